"""What a plan or a workspace can be saved as: one table of formats."""

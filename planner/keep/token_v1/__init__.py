"""Token format 1, frozen: how a plan was written into a link before format 2."""

"""Goal seek as a question and its answer."""

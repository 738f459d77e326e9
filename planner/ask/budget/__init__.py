"""Budget allocation: the best mix of volumes for a budget within every limit."""

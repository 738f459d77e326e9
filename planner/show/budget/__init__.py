"""The best mix in words, charts and tables."""

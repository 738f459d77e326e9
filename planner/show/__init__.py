"""What a person sees of a plan: tables, charts and their words. Nothing here computes a result."""

"""Goal seek: which value of a lever brings a metric to its target."""

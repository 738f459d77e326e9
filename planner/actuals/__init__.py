"""What really happened: the value, reading it from files as they arrive, writing it back, and a sample of it."""

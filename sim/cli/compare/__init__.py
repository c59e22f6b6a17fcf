"""The command `compare`: compares scenarios, and results."""

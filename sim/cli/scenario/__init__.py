"""The command `scenario`: looks into scenario files."""

"""The command `solve`: says what it would take, and which values to write."""

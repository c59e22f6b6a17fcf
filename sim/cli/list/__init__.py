"""The command `list`: says what there is."""

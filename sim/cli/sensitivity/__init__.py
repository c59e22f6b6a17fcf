"""The command `sensitivity`: says what drives probabilities."""

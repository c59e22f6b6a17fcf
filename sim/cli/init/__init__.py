"""The command `init`: writes the forms of a new region."""

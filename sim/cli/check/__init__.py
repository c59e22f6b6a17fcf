"""The command `check`: checks the ledger and the targets."""

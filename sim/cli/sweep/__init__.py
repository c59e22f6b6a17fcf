"""The command `sweep`: runs a batch of scenarios."""

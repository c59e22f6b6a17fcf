"""The registry of indicators and their definitions."""

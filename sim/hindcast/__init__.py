"""Hindcasts of many regions: rivals of the model, outcomes and scores."""

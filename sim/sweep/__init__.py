"""Batches of scenarios: specification, points, workers and an append-safe store."""

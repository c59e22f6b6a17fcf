"""Runs over many draws: blocks, summaries, tallies of targets, results."""

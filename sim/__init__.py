"""Regional economy scenario simulator: from a plan's baselines to the probability of each of its targets."""

__version__ = "0.1.0"

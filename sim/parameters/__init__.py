"""Priors with their sources, and the parameters drawn from them."""

"""Conditioning on reported facts: from normal scores and a simulation to a posterior in a few directions."""

"""The reference class: how regions like these have grown, estimated from a panel with a year's cut-off."""

from sim.reference_class.estimates import CUT_OFFS, Estimate, Estimates, EstimatesAt, read_estimates
from sim.reference_class.writing import committed_path, make_estimates, write_estimates

__all__ = [
    "CUT_OFFS",
    "Estimate",
    "Estimates",
    "EstimatesAt",
    "committed_path",
    "make_estimates",
    "read_estimates",
    "write_estimates",
]

"""What a simulated number rests on: facts, priors, assumptions and chance, each with its share of the variance."""

from sim.provenance.contribution import Contribution, Provenance
from sim.provenance.trace import rests_on

__all__ = ["Contribution", "Provenance", "rests_on"]

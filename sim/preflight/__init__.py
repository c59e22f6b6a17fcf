"""Pre-flight of targets: what can be said of them before any simulation, by arithmetic on the ledger."""

from sim.preflight.checks import preflight
from sim.preflight.finding import KINDS, Finding
from sim.preflight.pace import Pace, paces

__all__ = ["KINDS", "Finding", "Pace", "paces", "preflight"]

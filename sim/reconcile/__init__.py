"""Reported figures against each other: identities with intervals, suspects, definition breaks, measured power."""

from sim.reconcile.conflict import Conflict
from sim.reconcile.engine import reconcile
from sim.reconcile.wording import Labels

__all__ = ["Conflict", "Labels", "reconcile"]

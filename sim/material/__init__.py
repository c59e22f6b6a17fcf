"""Finished results read back from their folders, as material for reports; nothing is computed here."""

from sim.material.gather import Material, View, gather
from sim.material.stored import KINDS, Doubt, Finished, read_finished

__all__ = ["KINDS", "Doubt", "Finished", "Material", "View", "gather", "read_finished"]

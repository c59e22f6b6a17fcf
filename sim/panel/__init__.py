"""The panel of many regions: reading and checking it, growth rates, deflators and shares."""

from sim.panel.growth import Panel
from sim.panel.reading import read_panel

__all__ = ["Panel", "read_panel"]

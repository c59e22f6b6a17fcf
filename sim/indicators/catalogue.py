"""All indicators. Importing this module fills the registry: economy first, then society."""

from __future__ import annotations

from sim.indicators import economy as indicators_economy
from sim.indicators import society as indicators_society
from sim.indicators.registry import INDICATORS, Indicator, Mechanism, Moment, missing_of

#: The modules that define indicators, in the order of the registry.
DEFINED_IN = (indicators_economy, indicators_society)

__all__ = ["DEFINED_IN", "INDICATORS", "Indicator", "Mechanism", "Moment", "missing_of"]

"""All levers and world assumptions a scenario may set, with bounds, meaning and the honesty of their
evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sim.levers.environment import ENVIRONMENT
from sim.levers.investment import INVESTMENT
from sim.levers.kinds import FAMILIES, GRADES, Ceiling, Lever, Seen, WorldAssumption
from sim.levers.openness import OPENNESS, PEOPLE
from sim.levers.productivity import PRODUCTIVITY
from sim.levers.services import FINANCE, SERVICES
from sim.levers.world import ASSUMPTIONS

__all__ = ["ENTRIES", "FAMILIES", "GRADES", "LEVERS", "WORLD", "Ceiling", "Lever", "Seen", "WorldAssumption"]

_ALL = (*INVESTMENT, *PRODUCTIVITY, *OPENNESS, *PEOPLE, *ENVIRONMENT, *SERVICES, *FINANCE)

LEVERS: Mapping[str, Lever] = MappingProxyType({lever.id: lever for lever in _ALL})
WORLD: Mapping[str, WorldAssumption] = MappingProxyType({assumption.id: assumption for assumption in ASSUMPTIONS})
#: Both, levers first.
ENTRIES: Mapping[str, Lever | WorldAssumption] = MappingProxyType({**LEVERS, **WORLD})

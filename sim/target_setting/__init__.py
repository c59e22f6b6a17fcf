"""Target setting for the next plan: values at given probabilities, how to write them, and the way to a target."""

from sim.target_setting.goals import Goal, Relaxed, SetResult
from sim.target_setting.history import History, Window
from sim.target_setting.offers import Offer
from sim.target_setting.periods import Period, plan_base
from sim.target_setting.proposed import Proposal, Unjudged, proposals
from sim.target_setting.reach import PROBABILITIES
from sim.target_setting.required import RequiredPath, required_paths
from sim.target_setting.rows import ValueRow
from sim.target_setting.setting import Setting, set_targets
from sim.target_setting.wording import Suggestion

__all__ = [
    "PROBABILITIES",
    "Goal",
    "History",
    "Offer",
    "Period",
    "Proposal",
    "Relaxed",
    "RequiredPath",
    "SetResult",
    "Setting",
    "Suggestion",
    "Unjudged",
    "ValueRow",
    "Window",
    "plan_base",
    "proposals",
    "required_paths",
    "set_targets",
]

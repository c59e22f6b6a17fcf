"""What the scatter over an axis of seeds shows, and what it does not."""

from __future__ import annotations

from sim.language import Text
from sim.sweep.kinds import SEED
from sim.sweep.parts import Sweep


def seeds_said(sweep: Sweep) -> list[Text]:
    """On reported figures the draws of what they tell of are the posterior's, whatever the seed."""
    if sweep.plan.posterior is None or SEED not in (axis.id for axis in sweep.axes):
        return []
    return [
        Text(
            "用了公布数（--as-of）：公布数管到的部分各种子取同一组抽样，种子之间的散布小于全部抽样误差，请以标准误为准",
            "with reported figures (--as-of) all seeds share the draws of what these tell of: seeds scatter by less "
            "than the sampling error; go by the standard error",
        )
    ]

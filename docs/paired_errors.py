"""The table of docs/compare.md that says how much error the same draws save: measured, not claimed."""

from __future__ import annotations

import numpy as np

from sim.cli.inputs import load_pack, load_scenarios, plan_of
from sim.experiment.run import run
from sim.indicators.catalogue import INDICATORS

DRAWS = 5000
#: Policies first, then scenarios that set the world itself.
SCENARIOS = ("plan_targets", "manufacturing_power", "marine", "people_and_talent", "weak_external_demand", "stress")
ROWS = (("gdp_growth", 2025), ("gdp_growth", 2030), ("manufacturing_share", 2025), ("marine_share", 2025),
        ("services_share", 2025))  # fmt: skip


def paired_ratios() -> dict[str, list[float]]:
    """Spread of unpaired over that of paired differences to the baseline, by scenario, one for each of ROWS."""
    pack = load_pack("west_coast")
    found = load_scenarios(pack, ("baseline", *SCENARIOS), None)
    plan = plan_of(pack, found, seed=1, draws=DRAWS, chunk=None, workers=1, keep=True)
    (first, *others), _ = run(plan)
    assert first.kept is not None
    ratios: dict[str, list[float]] = {}
    for other in others:
        assert other.kept is not None
        ratios[other.scenario] = []
        for name, year in ROWS:
            one, two = (kept[name][:, year - pack.base_year] for kept in (first.kept, other.kept))
            ratios[other.scenario].append(float(np.sqrt(one.var() + two.var()) / (two - one).std()))
    return ratios


def paired_table() -> str:
    """Rows of Markdown, one for each scenario, and what the least of the policies is."""
    ratios = paired_ratios()
    labels = {s.name: s.label.zh for s in load_scenarios(load_pack("west_coast"), SCENARIOS, None)}
    heads = [f"{INDICATORS[name].label.zh}，{year}年" for name, year in ROWS]
    lines = ["| 与基准情景相比 | " + " | ".join(heads) + " |", "|---|" + "---:|" * len(heads)]
    for name, row in ratios.items():
        lines.append(f"| {labels[name]} | " + " | ".join(f"{ratio:.0f}" for ratio in row) + " |")
    policies = min(ratio for name in SCENARIOS[:4] for ratio in ratios[name])
    worlds = min(ratio for name in SCENARIOS[4:] for ratio in ratios[name])
    return (
        f"若两个情景各用各的随机数，差值的抽样误差会是现在的多少倍（{DRAWS:,}次模拟，实测）：\n\n"
        + "\n".join(lines)
        + f"\n\n政策情景至少{_floored(policies)}倍，即要多抽{_floored(policies) ** 2}倍的样本才能分得一样清。"
        f"改变外部世界的情景（后两行）最少{worlds:.1f}倍：同一次模拟里，罕见冲击在一个情景中发生、在另一个中不发生，"
        "这样的差别是真的，配对也消不掉。"
    )


def _floored(ratio: float) -> int:
    return int(ratio)

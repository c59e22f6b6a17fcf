"""The generated part of docs/proof.md, from the ranks in calibration/proof alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from sim.conditioning.proof import Result, judged, read_results
from sim.conditioning.synthetic import label_of

RANKS = Path(__file__).resolve().parent.parent / "calibration" / "proof" / "ranks.csv"
FORECASTS = ("2023", "2024", "2025")


@cache
def results() -> tuple[Result, ...]:
    return read_results(RANKS)


def _cohort(name: str) -> list[Result]:
    return [one for one in results() if one.cohort == name]


def _name(quantity: str) -> str:
    label = label_of(quantity)
    return f"`{quantity}`" if label is None else label.zh


def _coverage(cohort: str) -> str:
    """Mean coverage of 50 and 90 % intervals of the forecasts of a cohort."""
    found = judged(results(), cohort)
    forecasts = [u for n, u in found.items() if n.split(".")[-1] in FORECASTS and not n.startswith("shock")]
    return "、".join(f"{100 * np.mean([u.covered[k] for u in forecasts]):.0f}%" for k in (0, 1))


def summary() -> str:
    """What 500 regions, or as many as were made, say."""
    drawn, wrong = _cohort("as_drawn"), [one for one in _cohort("outlier") if not one.refused]
    made = [one for one in drawn if not one.refused]
    found = judged(results())
    outside = [_name(name) for name, u in found.items() if not u.inside]
    said = np.array([float(one.said["weight_of_events"]) for one in made])
    struck = np.array([one.history != "" for one in made], dtype=np.float64)
    share = [float(one.said["effective"]) for one in made]
    tail = max(float(one.said["pareto_k"]) for one in made)
    lines = [
        f"已完成 {len(drawn)} 个地区，其中 {int(struck.sum())} 个遇上罕见冲击，{len(drawn) - len(made)} 个被拒绝；"
        f"另有 {len(wrong)} 个含错误公布数；种子 {drawn[0].seed}。"
        "逐个地区的名次在 `calibration/proof/ranks.csv`，汇总在 `summary.csv`。",
        "",
        f"- 出带 {len(outside)} 个（{len(found)} 个中，因偶然约有 {0.05 * len(found):.0f} 个）："
        f"{'、'.join(outside) or '无'}。",
        f"- 预测（2023—2025年各指标）：50%、90%区间平均覆盖 {_coverage('as_drawn')}。",
        f"- 罕见冲击：给出的概率平均 {100 * said.mean():.1f}%，实际 {100 * struck.mean():.1f}%，"
        f"布里尔分 {np.square(said - struck).mean():.3f}。",
        f"- 有效抽样比例 {min(share):.2f}—{max(share):.2f}，帕累托 k 最大 {tail:.2f}。",
        *_of_wrong(wrong),
    ]
    return "\n".join(lines)


def _of_wrong(wrong: Sequence[Result]) -> list[str]:
    if not wrong:
        return []
    named = sum(one.said["furthest_fact"] == one.said["wrong_fact"] for one in wrong)
    return [
        f"- 一项错5个标准差：预测的50%、90%区间覆盖 {_coverage('outlier')}；残差最大的正是错的那一项的有 {named} 个"
        f"（共 {len(wrong)} 个）。误差小而没有别的数印证的数（如生产总值、比重）错了，模型会顺着它走，"
        "**残差看不出来**，要靠[核对](check.md)。"
    ]


def table() -> str:
    """Every quantity with a name: whether it stays in its band, and its coverage."""
    lines = ["| 量 | 在带内 | p | 平均名次 | 50%覆盖 | 90%覆盖 |", "| --- | --- | ---: | ---: | ---: | ---: |"]
    for name, u in judged(results()).items():
        if label_of(name) is not None:
            inside = "是" if u.inside else "**否**"
            covered = " | ".join(f"{100 * share:.0f}%" for share in u.covered[:2])
            lines.append(f"| {_name(name)} | {inside} | {u.p_value:.2f} | {u.mean:.2f} | {covered} |")
    return "\n".join(lines)


PARTS = {"proof-summary": summary, "proof-table": table}

"""Pasted figure of contributions: the points each industry adds to growth, and its share of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sim.charts.contribution_columns import ContributionData, Member, contribution_chart, native
from sim.charts.palette import INDUSTRIES as COLOURS
from sim.charts.yearly import NOTHING, Point
from sim.growth_accounting.channels import INDUSTRIES, REAL, TOTAL
from sim.language import Text
from sim.material import Material, View
from sim.output.tables import number_text
from sim.report.blocks import Figure, Missing
from sim.report.editions import MODEL_VALUES, Edition
from sim.report.figures.pasted_shared import (
    NO_RUN,
    PLAN_YEARS,
    ROUNDED,
    YearPoints,
    clean,
    plan_end,
    sentence,
    source_text,
)

Record = Mapping[str, Any]
#: Growth below which a share of it says nothing; the same limit as in contributions.csv.
LEAST_GROWTH = 0.5
GROWTH = "gdp_growth"


def contributions(material: Material, edition: Edition, lang: str) -> Figure | Missing:
    """Columns by year to the end of the plan, then the averages of this plan's years and of the next one's."""
    what = Text("拉动点与贡献率图", "the chart of contributions to growth")
    if material.lead is None:
        return Missing(what, NO_RUN)
    view = next((view for view in material.views if view.document["contributions"]), None)
    if view is None:
        zh = "材料中没有增长核算；compare 不含，请用 run 测算主情景，把其结果文件夹也交给 report"
        en = "no growth accounting: `compare` has none; `run` the leading scenario and give its folder as well"
        return Missing(what, Text(zh, en))
    table = _table(view.document["contributions"])
    periods = _periods(view, sorted({year for _, year in table}), max(plan_end(view), material.as_of))
    if not periods:
        return Missing(what, Text("结果没有覆盖规划期的增长核算", "the results hold no year of the plan"))
    data = _data(material, edition, view, table, periods, lang)
    first, last = periods[0][0], periods[-1][-1]
    title = Text(f"三次产业对经济增长的拉动和贡献率（{first}—{last}年）",
                 f"Contributions of the industries to growth, {first}–{last}")  # fmt: skip
    draw = partial(contribution_chart, data, lang)
    return Figure("contributions", title.pick(lang), draw, _alt(title, data, lang), native(data, lang), "contributions")


def _table(records: Sequence[Record]) -> dict[tuple[str, int], float]:
    """Points at constant prices by industry (or `total`) and year, all channels together."""
    return {
        (r["member"], r["year"]): r["points"]
        for r in records
        if r["account"] == REAL and r["channel"] == TOTAL and r["kind"] in ("industry", TOTAL)
    }


def _periods(view: View, known: Sequence[int], end: int) -> list[tuple[int, ...]]:
    """Single years to the end of the plan, then whole plans as averages."""
    base = view.document["base_year"]
    single = [year for year in known if base < year <= end]
    spans = [tuple(range(base + 1, end + 1)), tuple(range(end + 1, end + 1 + PLAN_YEARS))]
    return [*((year,) for year in single), *(span for span in spans if len(span) > 1 and set(span) <= set(known))]


def _data(
    material: Material, edition: Edition, view: View, table: Mapping[tuple[str, int], float],
    periods: Sequence[tuple[int, ...]], lang: str,
) -> ContributionData:  # fmt: skip
    present = [industry for industry in reversed(INDUSTRIES) if any(member == industry for member, _ in table)]
    published = YearPoints(material, view, GROWTH, [year for (year, *more) in periods if not more], lang)
    by_year = dict(zip(published.years, published.points, strict=True))
    growth = tuple(_growth(table, period, by_year) for period in periods)
    members = tuple(
        Member(
            INDUSTRIES[industry],
            COLOURS[industry],
            tuple(_point(_mean(table, industry, period)) for period in periods),
            tuple(_share(table, industry, period) for period in periods),
        )
        for industry in present
    )
    model = Text(f"各产业拉动和贡献率为本模型分解（{clean(view.label).zh}）",
                 f"the split by industry: this model ({clean(view.label).en})")  # fmt: skip
    return ContributionData(
        quantity=Text("地区生产总值增速", "Growth of GDP"),
        periods=tuple(_named(period) for period in periods),
        members=members,
        growth=growth,
        source=source_text(published.facts.values(), material, edition, model.pick(lang), lang),
        notes=_notes(),
        gap_before=next((index for index, period in enumerate(periods) if len(period) > 1), None),
    )


def _mean(table: Mapping[tuple[str, int], float], member: str, period: Sequence[int]) -> float:
    return sum(table.get((member, year), 0.0) for year in period) / len(period)


def _point(value: float) -> Point:
    return Point(value, number_text(value, 1), False)


def _growth(table: Mapping[tuple[str, int], float], period: Sequence[int], published: Mapping[int, Point]) -> Point:
    """The published growth of a single year, else the mean of the simulations."""
    found = published.get(period[0], NOTHING) if len(period) == 1 else NOTHING
    return found if found.reported else _point(_mean(table, TOTAL, period))


def _share(table: Mapping[tuple[str, int], float], industry: str, period: Sequence[int]) -> Point:
    """Share of growth in percent; none where growth is too small for one."""
    total = _mean(table, TOTAL, period)
    if abs(total) < LEAST_GROWTH:
        return NOTHING
    value = 100.0 * _mean(table, industry, period) / total
    return Point(value, number_text(value, 1), False)


def _named(period: Sequence[int]) -> Text:
    if len(period) == 1:
        return Text(f"{period[0]}年", str(period[0]))
    return Text(f"{period[0]}—{period[-1]}年平均", f"{period[0]}–{period[-1]} mean")


def _notes() -> tuple[Text, ...]:
    zh = f"按不变价计算；各产业的拉动和贡献率在各年都由模型分解，推算值为各次模拟的平均，系{MODEL_VALUES.zh}"
    en = (
        "at constant prices; the split by industry is the model's in all years, projected values are means of the "
        f"simulations: {MODEL_VALUES.en}"
    )
    share = Text("贡献率为拉动点占增速的比重", "the share is the points over growth")
    return Text(zh, en), share, ROUNDED


def _alt(title: Text, data: ContributionData, lang: str) -> str:
    said = []
    for index, period in enumerate(data.periods):
        parts = [f"{member.name.pick(lang)} {member.points[index].text}" for member in reversed(data.members)]
        joined = ("，" if lang == "zh" else ", ").join(parts)
        said.append(f"{period.pick(lang)} {data.growth[index].text}%（{joined}）" if lang == "zh" else
                    f"{period.pick(lang)} {data.growth[index].text} % ({joined})")  # fmt: skip
    return sentence(title, said, lang)

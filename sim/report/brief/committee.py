"""What a committee asks beside the ten questions, where it concerns the number and the figures can answer it."""

from __future__ import annotations

from sim.language import Text
from sim.output.tables import number_text
from sim.preflight.statements import stem
from sim.report.brief.answers import Answer
from sim.report.brief.subject import Context, Subject
from sim.report.indicator_notes.changes import CHANGED, KEPT, changes
from sim.report.wording import allowed, growth
from sim.targets import comparable_fact
from sim.targets.outcome import reported_fact

_REVENUE = ("budget_revenue", "budget_revenue_growth", "gdp_growth", "gdp")
_CARBON = ("co2_emissions", "co2_intensity_reduction", "energy_use", "energy_intensity_reduction")


def committee(subject: Subject, context: Context) -> list[Answer]:
    """Answers to what concerns this number; none where the figures cannot say."""
    found = [
        (Text("收入与地区生产总值为何不同步", "Why do revenue and GDP differ?"), _revenue(subject, context)),
        (Text("强度下降时总量升不升", "Does the total still rise?"), _carbon(subject, context)),
        (Text("为何增删调整", "Why added or changed?"), _change(subject, context)),
        (Text("推算准不准", "What is the forecast record?"), _past(subject, context)),
    ]
    return [Answer(question, (text,)) for question, text in found if text]


def _revenue(subject: Subject, context: Context) -> str:
    """Growth of revenue and of GDP in the last year that has both, and what makes the two differ by construction."""
    page, pack = context.page, context.material.pack
    if subject.indicator not in _REVENUE:
        return ""
    for year in range(page.as_of, pack.base_year - 1, -1):
        money, output = (
            comparable_fact(pack, name, year) or reported_fact(pack, name, year)
            for name in ("budget_revenue_growth", "gdp_growth")
        )
        if money is not None and output is not None:
            first, second = (growth(fact.number, 1, page.lang) for fact in (money, output))
            return page.pick(
                f"{year}年一般公共预算收入{first}（{page.cite(money)}），地区生产总值{second}（{page.cite(output)}）；"
                "前者按现价并受税收政策影响，后者按不变价，两者不必同步",
                f"{year}: revenue {first} ({page.cite(money)}), GDP {second} ({page.cite(output)}); revenue is at "
                "current prices and moves with tax policy, GDP growth at constant prices",
            )
    return page.pick(
        "缺同一年份的一般公共预算收入增速，可向财政部门索取",
        "no growth of revenue is published; ask the finance bureau",
    )


def _carbon(subject: Subject, context: Context) -> str:
    """The projected total beside the projected fall per unit of GDP."""
    page, view = context.page, context.view
    if stem(subject.indicator) not in _CARBON or not page.edition.reasons:
        return ""
    carbon = "co2" in subject.indicator
    total, fall = (
        ("co2_emissions", "co2_intensity_reduction_cumulative")
        if carbon
        else ("energy_use", "energy_intensity_reduction_cumulative")
    )
    year = subject.year if subject.year is not None and subject.year > page.as_of else page.as_of + 2
    level, less = (view.indicator(name, year) for name in (total, fall))
    if level is None or less is None or level["p50"] is None or less["p50"] is None:
        return ""
    base = context.material.pack.base_year
    change = growth(level["p50"] - 100.0, 1, page.lang)
    drop = number_text(less["p50"], 1)
    return page.pick(
        f"推算{year}年总量比{base}年{change}，单位地区生产总值累计降低{drop}%（模型推算值）；总量升降取决于经济增长快于还是慢于强度下降",
        f"in {year} the total is {change} on {base}, per unit of GDP down {drop} % (model values)",
    )


def _change(subject: Subject, context: Context) -> str:
    """What the draft of the next plan does with the indicator, as it says itself; nothing of what is simply kept."""
    page = context.page
    for change in changes(context.targets):
        rows = [row for row in (change.old, change.new) if row is not None]
        if not any(row.indicator == subject.indicator for row in rows) or change.status is KEPT:
            continue
        if not page.edition.reasons:
            return ""
        if change.new is None:
            return allowed(change.reason.pick(page.lang), page.edition)
        name = "" if change.new is None else f"“{change.new.label.pick(page.lang)}”"
        reason = allowed(change.reason.pick(page.lang), page.edition).rstrip("。. ")
        status = change.status.pick(page.lang)
        joint = page.pick("为", " to ") if change.status is CHANGED and name else ""
        return page.pick(
            f"新规划草稿{status}{joint}{name}：{reason}", f"draft of the new plan: {status}{joint}{name}; {reason}"
        )
    return ""


def _past(subject: Subject, context: Context) -> str:
    """What record forecasts of the indicator have, in the words of the hindcast."""
    page, record = context.page, subject.record
    if record is None or not page.edition.reasons or record["probability"] is None:
        return ""
    text = record["grade_text" if page.zh else "grade_text_en"]
    return page.pick(f"{text}（详见 hindcast）", f"{text} (see hindcast)") if text else ""

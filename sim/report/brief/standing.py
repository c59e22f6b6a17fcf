"""How far a number is from its target: by published figures, in words, with what the years left must bring."""

from __future__ import annotations

from dataclasses import asdict, replace

from sim.language import Text
from sim.midterm import CONCLUSIONS, MidtermRow, midterm_row
from sim.output.probability import probability_text, ranged_text
from sim.output.tables import figure_text, number_text
from sim.report.brief.chance import moved_chances, step_of
from sim.report.brief.money import money_text
from sim.report.brief.sources import Page
from sim.report.brief.subject import Context, Subject
from sim.report.standing import needed_words
from sim.report.wording import above_or_below, growth, years_text
from sim.targets import Target


def standing_parts(subject: Subject, context: Context) -> list[str]:
    """Distance from the target, verdict against time, what it comes to in money, what is still needed."""
    page, target = context.page, subject.target
    if target is None:
        return [page.pick("没有对应的规划目标，不作比较", "no target is set for it"), _money(subject, None, page)]
    row = midterm_row(target, context.material.pack, page.as_of)
    said, points = _distance(row, page)
    verdict = CONCLUSIONS[row.standing.conclusion].pick(page.lang)
    pace = _pace(row, page)
    first = page.pick(f"{said}，评估结论：{verdict}{pace}", f"{said}: {verdict}{pace}")
    return [first, _money(subject, points, page), needed_part(row, page)]


def _money(subject: Subject, points: float | None, page: Page) -> str:
    return money_text(subject.indicator, subject.unit, points, page.as_of, page)


def _distance(row: MidtermRow, page: Page) -> tuple[str, float | None]:
    """What was reached, beside the target; and the distance in the unit of the target where it can be told."""
    target, standing = row.target, row.standing
    asked = target.target_text or figure_text(target.value)
    head = page.pick(f"{target.year}年目标{asked}", f"target of {target.year}: {asked}")
    if standing.average is not None and standing.year is not None:
        years = years_text(page.pack.base_year + 1, standing.year, page.lang)
        apart = None if target.value is None else standing.average - target.value
        said = page.pick(f"{years}年均{growth(standing.average, 1, 'zh')}", f"{years}: {standing.average:.1f} % a year")
    else:
        known = {year: figure for year, figure in row.years.items() if figure.counts} or dict(row.years)
        if not known:
            return page.pick(
                f"{head}，没有{page.pack.base_year}年以后的公布数", f"{head}; no figure is published since"
            ), None
        year, figure = max(known.items())
        said = page.pick(f"{year}年{page.value(figure.fact)}", f"{page.value(figure.fact)} in {year}")
        blocked = not figure.counts or standing.conclusion == "not_comparable"
        apart = (
            None
            if blocked or target.value is None or target.operator in ("cumulative", "change")
            else (figure.value - target.value)
        )
    if apart is None:
        return page.pick(f"{head}，{said}", f"{head}; {said}"), None
    word = above_or_below(apart, target.unit, 2 if 0 < abs(apart) < 0.1 else 1, page.lang)
    beside = page.pick(f"，比目标值{word}" if word != "持平" else "，与目标值持平", f", {word}")
    return page.pick(f"{head}，{said}{beside}", f"{head}; {said}{beside}"), apart


def _pace(row: MidtermRow, page: Page) -> str:
    """Share of the way against the share of the time."""
    standing = row.standing
    elapsed = None if standing.elapsed is None else number_text(100 * standing.elapsed, 0)
    if elapsed is None:
        return ""
    if standing.progress is None:
        return page.pick(f"（时序进度{elapsed}%）", f" ({elapsed}% of the time over)")
    share = number_text(100 * standing.progress, 0)
    return page.pick(f"（完成进度{share}%，时序进度{elapsed}%）", f" ({share}% of the way, {elapsed}% of the time)")


def needed_part(row: MidtermRow, page: Page) -> str:
    """What the years left must bring."""
    text = _needed(row, page)
    if row.needed is not None and row.needed.kind == "reached":
        counted = any(figure.counts for figure in row.years.values())
        what = Text("公布数", "the figure") if counted else Text(f"{page.pack.base_year}年基数", "the base")
        return (
            page.pick(f"{what.zh}已达到目标值，须保持", f"{what.en} is at the target and must be kept") if text else ""
        )
    span = _span(row, page)
    return page.pick(f"{span}达到目标尚需{text}", f"still needed{span}, {text}") if text else ""


def _span(row: MidtermRow, page: Page) -> str:
    """That a rate of growth is judged by its average over the plan."""
    if row.needed is None or row.needed.kind != "average":
        return ""
    years = years_text(page.pack.base_year + 1, row.target.year, page.lang)
    return page.pick(f"按{years}年均，", f" as an average of {years}")


def _needed(row: MidtermRow, page: Page) -> str:
    if row.needed is None or not page.edition.reasons:
        return ""
    told = needed_words({"needed": asdict(row.needed), "unit": row.target.unit}, page.lang)
    if row.needed.kind != "reached" and row.needed.first <= page.as_of:  # from the base: years that are over count
        base = page.pack.base_year
        told += page.pick(
            f"（按{base}年基数折算，含已过各年）", f" (from the base of {base}, years that are over included)"
        )
    return told


def moved_parts(subject: Subject, context: Context) -> list[str]:
    """What the target half a point (or five per cent) lower and higher asks for, and how its probability changes."""
    page, target = context.page, subject.target
    if target is None or target.value is None:
        why = page.pick("没有带数值的目标，无从上调下调", "no target with a number that could be moved")
        return [why]
    step = step_of(target.value, target.unit)
    if not page.edition.reasons:
        return [
            page.pick(
                "公开稿不列测算；目标值调整须按程序报批", "not in this edition; targets are changed by due procedure"
            )
        ]
    said = [_chances(subject, target, step, context), _asks(target, step, context)]
    return [text for text in said if text] or [
        page.pick("没有可比的公布数，所需增速无从折算", "no comparable figure to reckon from")
    ]


def _moved(target: Target, by: float) -> Target:
    high = None if target.value_high is None else target.value_high + by
    return replace(target, value=(target.value or 0.0) + by, value_high=high)


def _asks(target: Target, step: float, context: Context) -> str:
    """What each of the years left must bring for the target lowered and raised: arithmetic on published figures."""
    page = context.page
    said: list[str] = []
    for by in (-step, step):
        other = _moved(target, by)
        row = midterm_row(other, context.material.pack, page.as_of)
        text = _needed(row, page)
        if text:
            value, span = figure_text(round(other.value or 0.0, 4)), "" if said else _span(row, page)
            said.append(page.pick(f"{span}定为{value}须{text}", f"at {value}{span}: {text}"))
    return page.joined(said)


def _chances(subject: Subject, target: Target, step: float, context: Context) -> str:
    """Probabilities at the target and at the values beside it, to 5 points; the ends have no range of their own."""
    page, record = context.page, subject.record
    if not page.edition.chances or record is None or record["probability"] is None:
        return ""
    found = moved_chances(context.view.document, target, record)
    now = ranged_text(record, page.lang)
    if found is None:
        return page.pick(
            f"达成概率{now}；目标随另一个数变动，上下移动后的概率不能由保存的分布读出",
            f"probability {now}; how it changes cannot be read from what is stored",
        )
    low, high = (figure_text(round((target.value or 0.0) + by, 4)) for by in (-step, step))
    first, second = (probability_text(chance) for chance in found)
    asked, year = target.target_text or figure_text(target.value), target.year
    about = ""
    if target.operator == "about" and target.tolerance:
        least = figure_text(round((target.value or 0.0) - target.tolerance, 4))
        about = page.pick(f"（不低于{least}即达到，上下移动同此）", f" (met from {least} on, and likewise when moved)")
    basis = _basis(target)
    return page.pick(
        f"按{year}年{basis.zh}，目标{asked}{about}的达成概率{now}，定为{low}为{first}，定为{high}为{second}（后两数未另算范围）",
        f"{basis.en} of {year}: probability {now} at {asked}{about}; {first} at {low}, {second} at {high} (no ranges)",
    )


def _basis(target: Target) -> Text:
    """What a probability is about: the year alone, an average or a sum up to it."""
    if target.operator == "cumulative" or target.indicator.endswith("_cumulative"):
        return Text("累计数", "the sum")
    return Text("年均数", "the average") if target.indicator.endswith("_average") else Text("当年数", "the figure")

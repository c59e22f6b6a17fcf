"""The second opinion in the document of a run and in words: a record of provinces beside a target's probability."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.language import Text
from sim.output.probability import probability_text
from sim.second_opinion import Opinion

Record = Mapping[str, Any]


def opinion_record(opinion: Opinion | None) -> dict[str, Any] | None:
    """The field `second_opinion` of a target: shares 0-1 and unrounded, distances in percentage points."""
    if opinion is None:
        return None
    met, record = opinion.met, opinion.record
    years = f"{record.first_year}—{record.last_year}"
    return {
        "share": met.share,
        "standard_error": met.standard_error,
        "asked": opinion.asked,
        "distance": opinion.distance,
        "n": met.cases,
        "effective_years": met.effective_years,
        "low": None if met.low == float("-inf") else met.low,
        "high": None if met.high == float("inf") else met.high,
        "mean_distance": met.distance,
        "last_growth": opinion.last_growth,
        "last_year": opinion.last_year,
        "cut_off": record.cut_off,
        "source": f"{record.regions}个省{years}年的当年增长目标（按达到目标数计），不是本区",
        "source_en": f"targets of {record.regions} provinces for the year ahead, {years}; not of this region",
    }


def opinion_text(found: Record, lang: str, brief: bool = False) -> str:
    """历史对照：… in one sentence, with the effective years beside the number of cases.

    `brief` : of a second reading, which stands below the first and need not say again whose record it is.
    """
    above = found["distance"] >= 0.0
    away = f"{abs(found['distance']):.1f}"
    share, error = probability_text(found["share"]), f"{100 * found['standard_error']:.0f}"
    mean, worth = f"{abs(found['mean_distance']):.1f}", f"{found['effective_years']:.1f}"
    if brief:
        zh = f"历史对照：按此读法今后每年需{found['asked']:.1f}%，{'高' if above else '低'}{away}个百分点，"
        en = f" Record elsewhere: so read {found['asked']:.1f} % a year is asked for, {away} points "
        en += f"{'above' if above else 'below'}; of {found['n']} cases (worth {worth} years) about {share} were met."
        return Text(zh + f"同类{found['n']}例（有效年数{worth}）完成约{share}。", en).pick(lang)
    if lang == "zh":
        return (
            f"历史对照：今后每年需{found['asked']:.1f}%，比{found['last_year']}年增速{found['last_growth']:g}%"
            f"{'高' if above else '低'}{away}个百分点；"
            f"{found['source']}，其中{_span(found, lang)}的{found['n']}例"
            f"（平均{'高' if above else '低'}{mean}个百分点，有效年数{worth}）"
            f"完成约{share}（标准误{error}个百分点）。仅供对照，未并入概率。"
        )
    side = "above" if above else "below"
    return (
        f" Record elsewhere: {found['asked']:.1f} % a year is asked for, {away} points {side} the "
        f"{found['last_growth']:g} % of {found['last_year']}; "
        f"{found['source_en']}; of {found['n']} set {_span(found, lang)} (on average {mean}, worth {worth} years) "
        f"about {share} were met (standard error {error} points). For comparison only, not part of the probability."
    )


def _span(found: Record, lang: str) -> str:
    """The distances that count as alike, in words."""
    low, high = found["low"], found["high"]
    above = low is not None and low >= 0.0
    ends = [abs(end) for end in (low, high) if end is not None]
    if len(ends) == 1:
        zh, en = f"{ends[0]:g}个百分点以上", f"{ends[0]:g} {'point' if ends[0] == 1.0 else 'points'} or more"
    else:
        zh, en = f"{min(ends):g}—{max(ends):g}个百分点", f"{min(ends):g} to {max(ends):g} points"
    return Text(f"{'高出' if above else '低于'}上年增速{zh}", f"{en} {'above' if above else 'below'} last growth").pick(
        lang
    )

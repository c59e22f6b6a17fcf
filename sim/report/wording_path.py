"""What a target asks for a year, in words: from the records of `solve --required-path`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.language import Text
from sim.output.tables import figure_text, number_text
from sim.report.wording import gap, years_text

Record = Mapping[str, Any]
#: Measures whose rates are in percent a year; of the others the rate is in the target's unit.
_RATES = ("growth", "average", "reduction")


def rate_text(value: float, one: Record, lang: str) -> str:
    """A yearly rate without its direction: 4.1%, 1.0个百分点, 0.32人/千人."""
    digits = 1 if abs(value) >= 0.95 else 2
    if one["measure"] in _RATES:
        text = number_text(value, digits)
        return f"{text}%" if lang == "zh" else f"{text} %"
    return gap(value, one["unit"], digits, lang)


def rates_text(low: float, high: float, one: Record, lang: str, as_published: bool = False) -> str:
    """A range of yearly rates with one unit: −1.5至−0.24个百分点; rates of single years as they were published."""
    if as_published:
        digits = max(len(figure_text(round(value, 2)).partition(".")[2]) for value in (low, high))
    else:
        digits = 1 if max(abs(low), abs(high)) >= 0.95 else 2
    rates = one["measure"] in _RATES
    last = f"{number_text(high, digits)}%" if rates else _with_unit(high, one, digits, lang)
    if number_text(high, digits) == number_text(low, digits):
        return last
    # In English some units become larger ones: the first number with them.
    converted = not rates and lang == "en"
    first = _with_unit(low, one, digits, lang).partition(" ")[0] if converted else number_text(low, digits)
    return Text(f"{first}至{last}", f"{first} to {last}").pick(lang)


def _printed(found: Record, one: Record) -> bool:
    """Whether the rates of a record are figures as published: rates and amounts of single years."""
    return found["years"] == 1 and one["measure"] in ("average", "reduction", "amount")


def _with_unit(value: float, one: Record, digits: int, lang: str) -> str:
    sign = "−" if float(number_text(value, digits).replace("−", "-")) < 0 else ""
    return sign + gap(value, one["unit"], digits, lang)


def needed_phrase(one: Record, lang: str, start: Record | None = None) -> str:
    """2024—2025年年均需增长8.2%; 2025年需增长7.5%; 已达到，须保持.

    With `start` it is told from which figure the years are counted where some of them are over: 按2020年数折算，….
    """
    needed = one["needed"]
    if needed is None:
        return ""
    if needed["kind"] == "reached":
        return Text("已达到，须保持", "reached, to be kept").pick(lang)
    first, last, value = needed["first"], needed["last"], needed["value"]
    years, rate = years_text(first, last, lang), rate_text(abs(value), one, lang)
    single = first >= last
    verb = _verb(one, value)
    if lang == "zh":
        from_base = "" if start is None else f"，按{start['year']}年公布数折算，"
        return f"{from_base}{years}{'' if single else '年均'}需{verb.zh}{rate}"
    return f"{years}: {verb.en}{rate}{'' if single else ' a year'}"


def _verb(one: Record, value: float) -> Text:
    measure, more = one["measure"], value >= 0
    if measure == "reduction":
        return Text("降低", "down ") if more else Text("提高", "up ")
    if measure in ("growth", "average"):
        return Text("增长", "growth of ") if more else Text("下降", "fall of ")
    if measure == "amount":
        return Text("达到", "")
    words = ("提高", "降低") if one["unit"] in ("%", "岁", "年") else ("增加", "减少")
    return Text(words[0 if more else 1], "up " if more else "down ")


def start_phrase(one: Record, lang: str) -> str:
    """Where it starts: 6（2023年）, or an average or sum of the years that are over."""
    start = one["start"]
    if start is None or start["value"] is None:
        return "—"
    single = start["first"] == start["year"]
    value = figure_text(float(f"{start['value']:.6g}")) if single else number_text(start["value"], 1)
    years = years_text(start["first"], start["year"], lang)
    if single:
        return f"{value}（{years}）" if lang == "zh" else f"{value} ({years})"
    word = Text("年均", "average") if one["measure"] == "average" else Text("累计", "in all")
    return f"{value}（{years}{word.zh}）" if lang == "zh" else f"{value} ({years} {word.en})"


def record_phrase(found: Record, one: Record, lang: str) -> str:
    """The record of one region: 任意2年年均5.4%—11.7%，5次中2次达到."""
    span = rates_text(found["least"], found["most"], one, lang, _printed(found, one))
    count, years = found["count"], found["years"]
    window = (
        Text("各年", "single years").pick(lang)
        if years == 1
        else Text(f"连续{years}年年均", f"averages of {years} years").pick(lang)
    )
    if count == 1:
        at = years_text(found["first"], found["last"], lang)
        window = at if lang == "zh" else f"{at}:"
    text = f"{window}{span}" if lang == "zh" else f"{window} {span}"
    if found["reached"] is None or count == 1:
        return text
    reached = Text(f"，{count}次中{found['reached']}次达到", f", reached in {found['reached']} of {count}")
    return text + reached.pick(lang)


def level_text(found: Record, lang: str) -> str:
    """Whose record it is."""
    return str(found["level" if lang == "zh" else "level_en"])

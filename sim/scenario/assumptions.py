"""Reading levers and world assumptions: a value, a path {year: value}, steps or growth, every mistake reported."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from sim.errors import Problem, nearest, unknown_name
from sim.language import Text
from sim.reading.hints import WIDE_CLOSING, spaced, width_hint
from sim.reading.messages import describe
from sim.reading.nodes import dotted
from sim.reading.source import Keys, YamlSource
from sim.scenario.distributions import FORMS, extremes
from sim.scenario.naming import id_of_label
from sim.scenario.paths import Assumption, Spread, Years, alike, value_in
from sim.scenario.values import Kind, Reader

GROWTH_KEYS = ("from", "value", "rate", "to")
WAYS = ("steps", "growth")
STEEPEST = 100  # percent a year

#: What may stand behind a lever.
A_WHOLE = Text(
    "数值、[p5, p95] 或 {年份: 值}（也可用 steps、growth 或分布）",
    "a number, [p5, p95] or {year: value} (also steps, growth or a distribution)",
)
A_PATH = Text("{年份: 值}，如 {2022: 3, 2026: 0}", "{year: value}, such as {2022: 3, 2026: 0}")
A_GROWTH = Text(
    "{from: 年份, value: 值, rate: 每年增长%}，可加 to: 年份",
    "{from: year, value: value, rate: percent a year}, with to: year if wanted",
)


def read_assumptions(
    source: YamlSource, section: str, kinds: Mapping[str, Kind], years: Years, others: Mapping[str, Kind]
) -> tuple[dict[str, Assumption], list[Problem]]:
    """The assumptions of a section ("levers" or "world") of a file, and every problem with them.

    others : what belongs in the other section, so that a message can say so.
    """
    written = source.data.get(section) if isinstance(source.data, dict) else None
    good: dict[str, Assumption] = {}
    problems: list[Problem] = []
    if not isinstance(written, dict):  # the model of the file reports a section of the wrong type
        return good, problems
    for name, value in written.items():
        keys = (section, name)
        if name not in kinds and value is None and problems and str(name)[-1:] in WIDE_CLOSING:
            continue  # the rest of a list in full-width brackets, which is reported
        if name not in kinds:
            problems.append(source.problem(keys, _unknown(str(name), kinds, others, section), at_key=True))
        elif keys not in source.spoiled:
            before = len(problems)
            found = _assumption(Reader(source, kinds[name], years, problems), keys, value)
            if found is not None and len(problems) == before:
                good[str(name)] = found
    return good, problems


def _unknown(name: str, kinds: Mapping[str, Kind], others: Mapping[str, Kind], section: str) -> Text:
    """A name that is no lever: one of the other section, the label of one, or simply unknown."""
    if name in others:
        other = "world" if section == "levers" else "levers"
        return Text(f"“{name}”应写在 {other} 之下", f'"{name}" belongs under {other}')
    labelled = id_of_label(name, {kind.label.zh: kind.id for kind in (*kinds.values(), *others.values())})
    if labelled is not None:
        return labelled
    hint = width_hint(name)
    if hint is not None:
        return Text(f"未知的名称“{name}”：{hint.zh}", f'unknown name "{name}": {hint.en}')
    told = unknown_name(name, kinds)
    if nearest(name, kinds) is not None:
        return told
    return Text(f"{told.zh}；中文名称见 list levers", f"{told.en}; what they are: list levers")


def _assumption(reader: Reader, keys: Keys, value: Any) -> Assumption | None:
    if not isinstance(value, dict) or _is_distribution(value):
        constant = reader.spread(keys, value, A_WHOLE)
        first = reader.years.base + 1
        return None if constant is None else Assumption("constant", {first: constant}, keys={first: keys})
    if not value:
        if any(problem.key == dotted(keys) for problem in reader.source.problems):
            return None  # its only key is none, which is reported
        reader.wrong(keys, f"没有任何年份，应为{A_PATH.zh}", f"no year stands here; write {A_PATH.en}")
        return None
    chosen = [name for name in WAYS if name in value]
    if not chosen:
        return _path(reader, keys, value, "path")
    if len(value) > 1:
        other = next(name for name in value if name != chosen[0])
        text = f"{chosen[0]} 不能与“{other}”并列"
        reader.wrong((*keys, other), f"{text}；只写一种", f'{chosen[0]} stands alone, without "{other}"', at_key=True)
        return None
    here = (*keys, chosen[0])
    if here in reader.source.spoiled:
        return None
    inner, wanted = value[chosen[0]], A_PATH if chosen[0] == "steps" else A_GROWTH
    if not isinstance(inner, dict) or not inner:
        got = Text("空的 {}", "an empty {}") if inner == {} else describe(inner)
        reader.wrong(here, f"{chosen[0]} 应写成 {wanted.zh}，现为{got.zh}", f"must be {wanted.en}, got {got.en}")
        return None
    return _path(reader, here, inner, "steps") if chosen[0] == "steps" else _growth(reader, here, inner)


def _is_distribution(value: dict[Any, Any]) -> bool:
    """Whether a set of keys was meant as a distribution: it names one, or nearly."""
    texts = [name for name in value if isinstance(name, str)]
    return any(name in FORMS or (nearest(name, (*FORMS, *WAYS)) in FORMS) for name in texts) and not any(
        isinstance(name, int) for name in value
    )


def _path(reader: Reader, keys: Keys, value: dict[Any, Any], way: Any) -> Assumption | None:
    points: dict[int, Spread] = {}
    if way == "path" and not any(isinstance(name, int) or re.search("[0-9０-９]{2}", name) for name in value):
        first = next(iter(value))
        reader.wrong((*keys, first), *_not_a_form(first), at_key=True)
        return None
    for year, at_year in value.items():
        here = (*keys, year)
        trouble = reader.years.trouble(year) if isinstance(year, int) else _not_a_year(year, at_year)
        if trouble is not None:
            reader.wrong(here, trouble.zh, trouble.en, at_key=True)
        if not isinstance(year, int):
            continue
        point = reader.spread(here, at_year)
        if point is not None:
            points[year] = point
    if way == "path":
        _check_lines(reader, keys, points)
    return Assumption(way, points, keys={year: (*keys, year) for year in points}) if points else None


def _check_lines(reader: Reader, keys: Keys, points: Mapping[int, Spread]) -> None:
    """Report neighbouring points between which there is no line: their distributions differ."""
    ordered = sorted(points)
    for first, second in itertools.pairwise(ordered):
        pair = points[first], points[second]
        plain = pair[0].shape is None and pair[1].shape is None
        if second == first + 1 or plain or alike(*pair) is not None:
            continue
        reader.wrong(
            (*keys, second),
            f"与 {first} 年的写法不同，其间各年无法连线；两点请用同一种分布，或改用 steps",
            f"is of another kind than {first}, so no line joins them; use one distribution for both, or steps",
        )


def _growth(reader: Reader, keys: Keys, written: dict[Any, Any]) -> Assumption | None:
    before = len(reader.problems)
    _check_growth_keys(reader, keys, written)
    first = _year(reader, keys, written, "from")
    until = _year(reader, keys, written, "to")
    value = reader.spread((*keys, "value"), written["value"]) if "value" in written else None
    rate = _rate(reader, keys, written)
    if len(reader.problems) > before or first is None or value is None or rate is None:
        return None
    if until is not None and until < first:
        reader.wrong(
            (*keys, "to"), f"应不早于 from（{first}），现为 {until}", f"must not be before {first}, got {until}"
        )
        return None
    return Assumption("growth", {first: value}, rate, until, {first: keys})


def _check_growth_keys(reader: Reader, keys: Keys, written: dict[Any, Any]) -> None:
    """Report keys that growth does not have, or else those that it lacks."""
    unknown = [name for name in written if name not in GROWTH_KEYS]
    for name in unknown:
        near = nearest(str(name), GROWTH_KEYS)
        zh = "" if near is None else f"，您是否想写“{near}”？"
        en = "" if near is None else f', did you mean "{near}"?'
        reader.wrong(
            (*keys, name),
            f"未知的键“{name}”{zh or '；'}应写成 {A_GROWTH.zh}",
            f'unknown key "{name}"{en or ";"} write {A_GROWTH.en}',
            at_key=True,
        )
    missing = [name for name in GROWTH_KEYS[:3] if name not in written]
    if missing and not unknown:
        names = "、".join(missing), ", ".join(missing)
        reader.wrong(keys, f"缺少 {names[0]}；应写成 {A_GROWTH.zh}", f"{names[1]} missing; write {A_GROWTH.en}")


def _year(reader: Reader, keys: Keys, written: dict[Any, Any], name: str) -> int | None:
    here, value = (*keys, name), written.get(name)
    if name not in written or here in reader.source.spoiled:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        got = describe(value)
        reader.wrong(here, f"应为年份（如 2025），现为{got.zh}", f"must be a year such as 2025, got {got.en}")
        return None
    trouble = reader.years.trouble(value)
    if trouble is not None:
        reader.wrong(here, trouble.zh, trouble.en)
        return None
    return value


def _rate(reader: Reader, keys: Keys, written: dict[Any, Any]) -> float | None:
    here = (*keys, "rate")
    rate = reader.number(here, written["rate"]) if "rate" in written else None
    if rate is not None and not -STEEPEST < rate <= STEEPEST:
        reader.wrong(
            here,
            f"每年增长应大于 -{STEEPEST}、不大于 {STEEPEST}（%），现为 {rate:g}",
            f"must be above -{STEEPEST} and at most {STEEPEST} (% a year), got {rate:g}",
        )
        return None
    return rate


def growth_trouble(assumption: Assumption, kind: Kind, last: int) -> Text | None:
    """What is wrong with growth that leaves the bounds by the year `last`, or None."""
    for year in range(min(assumption.points), min(assumption.until or last, last) + 1):
        now = value_in(assumption, year)
        if now is None:
            continue
        low, high = (now.low, now.high) if now.shape is None else extremes(now.shape)
        if kind.low <= low and high <= kind.high:
            continue
        size, rate = high if high > kind.high else low, assumption.rate
        return Text(
            f"每年增长 {rate:g}%，{year} 年达 {size:.4g}，超出 {kind.low:g} 至 {kind.high:g}（{kind.unit.zh}）；"
            f"请减小 rate，或加 to: {year - 1}",
            f"at {rate:g} % a year {year} reaches {size:.4g}, beyond {kind.low:g} to {kind.high:g} ({kind.unit.en}); "
            f"lower the rate, or add to: {year - 1}",
        )
    return None


def _not_a_year(written: str, value: Any) -> Text:
    narrow = unicodedata.normalize("NFKC", written).strip()
    if re.fullmatch("[0-9]{4}", narrow):
        return Text(f"年份请写半角数字且不加引号：{narrow}", f"write the year in plain digits without quotes: {narrow}")
    if re.fullmatch(r"[0-9]{4} *: *\S.*", narrow) and value is None:
        zh = f"年份和值之间应为半角冒号加空格：{spaced(written)}"
        return Text(zh, f"a colon and a space stand between year and value: {spaced(written)}")
    if re.fullmatch("[0-9]{4} *年", narrow):
        return Text(f"年份只写数字：{narrow[:4]}", f"the year is written as a number only: {narrow[:4]}")
    span = re.fullmatch(r"([0-9]{4}) *年? *(?:-|–|—|~|至|到|to) *([0-9]{4}) *年?", narrow)
    if span:
        zh = f"不能写一段年份；请分别写 {span[1]} 和 {span[2]} 两点"
        return Text(zh, f"a span of years is not understood; write the two points {span[1]} and {span[2]}")
    got = describe(written)
    return Text(f"应为年份（如 2025），现为{got.zh}", f"must be a year such as 2025, got {got.en}")


def _not_a_form(written: str) -> tuple[str, str]:
    """What to say of a set of keys in which no year stands."""
    near = nearest(written, (*WAYS, *FORMS))
    if near is not None:
        return f"未知的写法“{written}”，您是否想写“{near}”？", f'unknown form "{written}", did you mean "{near}"?'
    zh, en = "、".join((*WAYS, *FORMS)), ", ".join((*WAYS, *FORMS))
    return (
        f"未知的写法“{written}”：应为 {{年份: 值}}，或 {zh} 之一",
        f'unknown form "{written}": write {{year: value}}, or one of {en}',
    )

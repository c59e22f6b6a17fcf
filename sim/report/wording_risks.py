"""Sentences on what drives a target, when targets fail, and which number to ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.language import Text
from sim.material import Material
from sim.output.probability import probability_text
from sim.report.editions import Edition
from sim.report.tables.sensitivity import (
    boxes,
    clear_bars,
    input_name,
    part_of,
    setting_text,
    target_name,
    tornado_record,
)
from sim.report.wording import listed, sentence, softened
from sim.report.wording_figures import chance_only

Record = Mapping[str, Any]
#: Drivers named in a sentence.
MOST_NAMED = 3
#: Boxes told in sentences.
MOST_BOXES = 4
#: Restrictions on parameters mostly say that an indicator fails when its own trend is weak: they stay in the table.
PARAMETER = "parameters."


def driver_sentences(material: Material, lang: str) -> list[str]:
    """What moves the headline target most: outside conditions apart from levers and parameters."""
    record = tornado_record(material)
    if record is None:
        return []
    bars = [bar for bar in clear_bars(record) if _shows(bar)]
    name = target_name(record, lang)
    if not bars:
        zh = f"没有哪个因素单独变动能使{name}的达成概率有可区分的变化"
        return [sentence(Text(zh, f"no input alone moves the probability of {name} distinguishably").pick(lang), lang)]
    out = []
    for kind, zh, en in (("world", "外部条件中", "Of the world,"), ("lever", "政策力度中", "of the levers,")):
        found = [bar for bar in bars if bar["kind"] == kind][:MOST_NAMED]
        if not found:
            continue
        said = [_moved(bar, lang) for bar in found]
        body = "；".join(said) if lang == "zh" else "; ".join(said)
        out.append(sentence(f"{zh}，{body}" if lang == "zh" else f"{en} {body}", lang))
    priors = [input_name(bar, lang) for bar in bars if bar["kind"] == "prior"][:MOST_NAMED]
    if priors:
        zh = f"模型参数中，影响较大的是{listed(priors, 'zh')}"
        out.append(sentence(Text(zh, f"of the parameters mostly {listed(priors, 'en')}").pick(lang), lang))
    chance = chance_only(record["probability"], lang)
    zh = f"{name}的达成概率{chance}，对下列因素最为敏感"
    return [
        sentence(Text(zh, f"the probability of {name}, {chance}, is most sensitive to these").pick(lang), lang),
        *out,
    ]


def _shows(bar: Record) -> bool:
    """Whether the two probabilities differ once they are rounded."""
    return probability_text(bar["probability_low"]) != probability_text(bar["probability_high"])


def _moved(bar: Record, lang: str) -> str:
    """全国经济增速由4.2%变为6.4%，概率由约25%变为约55%."""
    low, high = (chance_only(bar[f"probability_{end}"], lang) for end in ("low", "high"))
    first, _, last = setting_text(bar, lang).partition(" → ")
    label = input_name(bar, lang)
    if lang == "en":
        return f"{label} from {first} to {last}: probability from {low} to {high}"
    number, _, unit = last.partition(" ")
    yearly = unit.endswith("/年") and "百分点" in unit
    unit = unit.removesuffix("/年")
    if unit == "%":
        return f"{label}由{first}%变为{number}%，概率由{low}变为{high}"
    unit = "个百分点" if unit == "百分点" else unit
    return f"{label}由{'每年' if yearly else ''}{first}变为{number}{unit}，概率由{low}变为{high}"


def driver_names(material: Material, edition: Edition, lang: str) -> str:
    """The same without chances: which conditions and levers matter most."""
    record = tornado_record(material)
    if record is None:
        return ""
    bars = [bar for bar in clear_bars(record) if _shows(bar)]
    world, levers = (
        [softened(input_name(bar, lang), edition) for bar in bars if bar["kind"] == kind][:MOST_NAMED]
        for kind in ("world", "lever")
    )
    parts = []
    if world:
        parts.append(
            Text(f"外部条件主要是{listed(world, 'zh')}", f"of the world mostly {listed(world, 'en')}").pick(lang)
        )
    if levers:
        parts.append(
            Text(f"政策力度主要是{listed(levers, 'zh')}", f"of the levers mostly {listed(levers, 'en')}").pick(lang)
        )
    if not parts:
        return ""
    body = "，".join(parts) if lang == "zh" else ", ".join(parts)
    name = target_name(record, lang)
    return sentence(Text(f"从测算看，影响{name}的{body}", f"what moves {name}: {body}").pick(lang), lang)


def box_sentences(material: Material, lang: str) -> list[str]:
    """When targets fail, the plan's order; conditions on an indicator's own trend are left to the table."""
    found = part_of(material, "failure")
    if found is None:
        return []
    out = []
    for record in found.document["failure"]["targets"]:
        for box in record["boxes"][:1]:
            if not any(restriction["input"].startswith(PARAMETER) for restriction in box["restrictions"]):
                text = box["sentence" if lang == "zh" else "sentence_en"]
                name = target_name(record, lang)
                text = text.replace("该目标", "").replace("the target", "it")
                out.append(f"{name}：{text}" if lang == "zh" else f"{name}: {text}")
    return out[:MOST_BOXES]


def unboxed_sentence(material: Material, edition: Edition, lang: str) -> str:
    """How many targets have no such condition, and why that is no comfort."""
    found = part_of(material, "failure")
    if found is None or not edition.chances:
        return ""
    records = found.document["failure"]["targets"]
    made = boxes(material, edition, lang)
    boxed = sum(bool(record["boxes"]) for record in records)
    if boxed == len(records) or not hasattr(made, "rows"):
        return ""
    left = len(records) - boxed
    zh = f"可测算的{len(records)}项目标中，{boxed}项有明显更易落空的情形；另{left}项没有，"
    en = f"under some conditions {boxed} of {len(records)} targets fail clearly more often; the other {left} "
    zh, en = (
        f"{zh}或几乎总是落空、几乎总能达成，或由多种因素共同决定",
        f"{en}nearly always fail or succeed, or have many causes",
    )
    return sentence(Text(zh, en).pick(lang), lang)


def information_sentences(rows: Sequence[Sequence[Any]], lang: str) -> list[str]:
    """Who is to be asked first for which number; `rows` of the table of numbers to ask for."""
    first: dict[str, list[str]] = {}
    for row in rows:
        first.setdefault(row[2].text, []).append(row[0].text)
    parts = []
    for holder, numbers in list(first.items())[:MOST_NAMED]:
        names = listed(numbers, lang, 2)
        parts.append(Text(f"{holder}提供{names}", f"{names} from {holder}").pick(lang))
    if not parts:
        return []
    body = ("，" if lang == "zh" else "; ").join(parts)
    zh = f"为提高测算精度，建议先行索取下列数据：由{body}"
    return [sentence(Text(zh, f"to be surer, ask first for: {body}").pick(lang), lang)]

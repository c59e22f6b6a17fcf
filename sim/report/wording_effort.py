"""Sentences on what targets need a year against the record, and on what a sweep of settings reaches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.language import Text
from sim.levers.catalogue import ENTRIES
from sim.material import Material
from sim.output.tables import figure_text
from sim.report.blocks import Table
from sim.report.editions import Edition
from sim.report.tables.path import path_rows
from sim.report.tables.sweep import axes_of
from sim.report.wording import listed, sentence, short_label
from sim.report.wording_path import level_text, needed_phrase, record_phrase

Record = Mapping[str, Any]
#: Targets told one by one.
MOST_TOLD = 4
#: The reading of a growth target as the average of the whole span.
AVERAGE = ".average"


def harder_sentences(material: Material, edition: Edition, lang: str) -> list[str]:
    """How many rows ask for more than the record shows, and those that can be held against one."""
    rows = [one for one in path_rows(material) if one["reading_of"] is None or one["id"].endswith(AVERAGE)]
    whole = [one for one in rows if one["reading_of"] is None]
    reached = [one for one in rows if one["needed"]["kind"] == "reached"]
    open_rows = [one for one in rows if one["needed"]["kind"] != "reached"]
    zh = f"可折算为每年所需水平的目标有{len(whole)}项"
    parts = [Text(zh, f"{len(whole)} targets can be told as a need a year").pick(lang)]
    if reached:
        names = listed([_name(one, lang) for one in reached], lang)
        parts.append(
            Text(f"其中{names}按最近公布数已达到，须保持", f"{names} reached by the last figure, to be kept").pick(lang)
        )
    out = [sentence(("，" if lang == "zh" else "; ").join(parts), lang)]
    told = [text for one in open_rows if (text := _against_record(one, material, lang))]
    out += told[:MOST_TOLD]
    beyond = [one for one in open_rows if _beyond_model(one)]
    if beyond:
        names = listed([_name(one, lang) for one in beyond], lang)
        if edition.chances:
            zh = f"{names}每年所需高于推算的80%区间，按现有走势难以实现"
            en = f"{names}: what is needed a year lies above the projected 80 % interval"
        else:
            zh, en = (
                f"{names}每年所需明显高于推算水平",
                f"{names}: what is needed a year is clearly above what is projected",
            )
        out.append(sentence(Text(zh, en).pick(lang), lang))
    return out


def _name(one: Record, lang: str) -> str:
    name = short_label(one["label" if lang == "zh" else "label_en"], one["unit"])
    if not one["id"].endswith(AVERAGE):
        return name
    return f"{name}（按全期年均）" if lang == "zh" else f"{name} (average of the whole span)"


def _counted(one: Record, lang: str) -> str:
    """From which value a target of 左右 counts as reached, which is what it asks for a year."""
    if one["operator"] != "about" or one["wanted"] is None:
        return ""
    least = figure_text(one["wanted"])
    return Text(f"按不低于{least}计，", f"counted as met from {least}, ").pick(lang)


def _beyond_model(one: Record) -> bool:
    """Whether even the better end of the model's interval is short of what is needed."""
    model = one["model"]
    if model is None or one["reading_of"] is not None:
        return False
    value = one["needed"]["value"]
    return bool(model["p10"] > value if one["less"] else model["p90"] < value)


def _against_record(one: Record, material: Material, lang: str) -> str:
    """地区生产总值增速2024—2025年年均需增长8.2%；本区…; empty without a record of its own."""
    found = material.required_path
    assert found is not None
    own = [record for record in one["history"] if record["region"] == found.document["region"] and record["count"] > 1]
    if not own:
        return ""
    above = [
        record for record in one["history"] if record["region"] != found.document["region"] and record["count"] > 1
    ]
    before = "以往" if lang == "zh" else " "
    said = [f"{level_text(found, lang)}{before}{record_phrase(found, one, lang)}" for found in (*own[:1], *above[:1])]
    stop = "；" if lang == "zh" else "; "
    needed = _counted(one, lang) + needed_phrase(one, lang)
    text = f"{_name(one, lang)}{needed}" if lang == "zh" else f"{_name(one, lang)}, {needed}"
    return sentence(f"{text}{stop}{stop.join(said)}", lang)


def sweep_sentence(material: Material, place: int, made: Table, lang: str) -> str:
    """How far probabilities range over the combinations tried."""
    found = material.sweeps[place]
    axes = listed([ENTRIES[axis].label.pick(lang) for axis in axes_of(found)], lang)
    points = len({row["point"] for row in found.tables["points.csv"]})
    said = [
        Text(
            f"{row[0].text}的达成概率在{row[1].text}到{row[3].text}之间",
            f"{row[0].text} ranges from {row[1].text} to {row[3].text}",
        ).pick(lang)
        for row in made.rows[:MOST_TOLD]
    ]
    body = ("；" if lang == "zh" else "; ").join(said)
    zh = f"对{axes}共试算{points}种取值组合：{body}"
    return sentence(Text(zh, f"{points} combinations of {axes} were tried: {body}").pick(lang), lang)

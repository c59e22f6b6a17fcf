"""Sentences on what the model expects: by topic for one scenario, and against the first one for the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.growth_accounting.channels import TOTAL
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.levers.catalogue import ENTRIES
from sim.material import Material, View
from sim.output.contributions import member_label
from sim.output.tables import decimals, number_text
from sim.report.editions import EDITIONS, Edition
from sim.report.tables.comparison import INDISTINGUISHABLE
from sim.report.tables.scenarios import settings
from sim.report.wording import above_or_below, gap, listed, name_allowed, quoted, sentence, softened
from sim.report.wording_figures import projected_figure, reported_figure

Record = Mapping[str, Any]
#: A part of a difference is named when it is at least this share of the whole.
LEAST_SHARE = 0.1
#: Phrases without intervals, which stand in the tables.
PUBLIC = EDITIONS["public"]
ENERGY = ("energy_use", "co2_emissions", "energy_intensity_reduction_cumulative", "co2_intensity_reduction_cumulative")


def setting_names(view: View, edition: Edition, lang: str) -> list[str]:
    """Names of what a scenario sets, projects and shocks with their own."""
    found = []
    for kind, id, value in settings(view, int(view.document["as_of"])):
        if id in ENTRIES and kind in ("levers", "world"):
            found.append(softened(ENTRIES[id].label.pick(lang), edition))
        else:
            label = value.get("label")
            text = label.get(lang, id) if isinstance(label, dict) else str(label or id)
            found.append(name_allowed(text, id, edition))
    return found


def level_sentences(view: View, years: Sequence[int], edition: Edition, lang: str) -> list[str]:
    """Level and growth of output in the milestone years."""
    out = []
    for place, year in enumerate(years):
        level = projected_figure(view, "gdp", year, edition, lang)
        rate = projected_figure(view, "gdp_growth", year, edition, lang, rate=True)
        if level is None or rate is None:
            continue
        if place == 0:
            zh = f"{year}年地区生产总值为{level.text}，当年{rate.text}"
        else:
            zh = f"到{year}年，地区生产总值为{level.text}，当年{rate.text}"
        out.append(
            sentence(Text(zh, f"GDP of {year} is projected at {level.text}, {rate.text} in that year").pick(lang), lang)
        )
    return out


def average_sentence(view: View, year: int, edition: Edition, lang: str) -> str:
    """Average growth from the first year of the plan up to its last."""
    found = projected_figure(view, "gdp_growth_average", year, edition, lang)
    if found is None:
        return ""
    base = int(view.document["base_year"])
    zh = f"{base + 1}—{year}年年均增速为{found.text}"
    return sentence(Text(zh, f"growth averages {found.text} in {base + 1}–{year}").pick(lang), lang)


def structure_sentence(material: Material, view: View, years: Sequence[int], lang: str) -> str:
    """How the shares of industry and services move from the last published year on."""
    parts = []
    for name, zh, en in (("secondary_share", "第二产业增加值占比", "secondary industry"),
                         ("services_share", "第三产业增加值占比", "tertiary industry")):  # fmt: skip
        moved = _from_to(material, view, name, years, lang)
        if moved:
            parts.append(f"{zh}{moved}" if lang == "zh" else f"the share of {en} {moved}")
    return sentence(("；" if lang == "zh" else "; ").join(parts), lang)


def _last_reported(view: View, name: str) -> int | None:
    years = [r["year"] for r in view.document["indicators"]
             if r["indicator"] == name and r["reported"] is not None and not r["other_basis"]]  # fmt: skip
    return max(years, default=None)


def _from_to(material: Material, view: View, name: str, years: Sequence[int], lang: str) -> str:
    """由2023年的34.02%降至2025年的31.9%、2030年的28.0%; the table holds the intervals."""
    start_year = _last_reported(view, name) or int(view.document["base_year"])
    start = reported_figure(material, view, name, start_year, lang)
    ends = [(year, projected_figure(view, name, year, PUBLIC, lang)) for year in years]
    known = [(year, found) for year, found in ends if found is not None]
    if start is None or not known:
        return ""
    last = known[-1][1]
    share = INDICATORS[name].unit == "%"
    rises = last.value > start.value
    verb = Text("升至" if share else "增至", "rises") if rises else Text("降至" if share else "减至", "falls")
    if lang == "zh":
        return f"由{start_year}年的{start.text}{verb.zh}{'、'.join(f'{year}年的{found.text}' for year, found in known)}"
    listed_ends = ", ".join(f"{found.text} in {year}" for year, found in known)
    return f"{verb.en} from {start.text} in {start_year} to {listed_ends}"


def topic_sentence(material: Material, view: View, names: Sequence[str], years: Sequence[int], lang: str) -> str:
    """Several indicators, each from its last published figure to the milestone years."""
    parts = []
    for name in names:
        moved = _from_to(material, view, name, years, lang)
        if moved:
            label = INDICATORS[name].label.pick(lang).partition("（")[0]
            parts.append(f"{label}{moved}" if lang == "zh" else f"{label[:1].lower() + label[1:]} {moved}")
    return sentence(("；" if lang == "zh" else "; ").join(parts), lang)


def energy_sentence(view: View, year: int, lang: str) -> str:
    """Energy and carbon: totals against the base year beside intensities, so that one is not taken for the other."""
    found = [projected_figure(view, name, year, PUBLIC, lang) for name in ENERGY]
    if any(one is None for one in found):
        return ""
    energy, carbon, less_energy, less_carbon = (one for one in found if one is not None)
    base = int(view.document["base_year"])
    changes = [_change(one.value - 100, lang) for one in (energy, carbon)]
    zh = (
        f"与{base}年相比，{year}年能源消费总量{changes[0]}、二氧化碳排放总量{changes[1]}，"
        f"单位地区生产总值能源消耗和二氧化碳排放分别累计降低{less_energy.text}和{less_carbon.text}"
    )
    en = (
        f"against {base}, energy use is {changes[0]} and CO2 {changes[1]} in {year}, "
        f"while both per unit of GDP fall by {less_energy.text} and {less_carbon.text}"
    )
    return sentence(Text(zh, en).pick(lang), lang)


def _change(percent: float, lang: str) -> str:
    """A change of a total in percent with its direction: 增加17%."""
    text = number_text(abs(percent), 0)
    if lang == "zh":
        return f"{'增加' if percent >= 0 else '减少'}{text}%"
    return f"{'up' if percent >= 0 else 'down'} {text} %"


def contribution_sentence(view: View, year: int, lang: str) -> str:
    """By how many points each industry pulls growth in a year; empty without a run's contributions."""
    records = [
        r for r in view.document.get("contributions") or ()
        if r["account"] == "real" and r["year"] == year and r["channel"] == TOTAL
    ]  # fmt: skip
    parts = []
    for record in records:
        if record["kind"] != "industry":
            continue
        label = member_label(record, view.document["contribution_cells"]).pick(lang)
        points = number_text(record["points"], 1)
        share = "" if record["share"] is None else number_text(100 * record["share"], 0)
        zh = f"{label}拉动{points}个百分点" + (f"，贡献率{share}%" if share else "")
        parts.append(Text(zh, f"{label.lower()} gives {points} points" + (f" ({share} %)" if share else "")).pick(lang))
    if not parts:
        return ""
    body = ("；" if lang == "zh" else "; ").join(parts)
    return sentence(Text(f"按均值分解，{year}年增长中{body}", f"of mean growth in {year}, {body}").pick(lang), lang)


def difference_sentence(
    material: Material, scenario: str, name: str, names: Sequence[str], years: Sequence[int], lang: str
) -> str:
    """与“基准情景”相比，“压力情景”2025年地区生产总值低325亿元、增速低1.6个百分点; 不可区分 where so."""
    found = material.comparison
    if found is None:
        return ""
    first = names[0]
    by_key = {(d["indicator"], d["year"]): d for d in found.document["differences"]
              if d.get("indicator") and d["scenario"] == scenario}  # fmt: skip
    parts = []
    for year in years:
        said = [_said(by_key.get((id, year)), id, lang) for id in ("gdp", "gdp_growth")]
        known = [text for text in said if text]
        if known:
            body = ("，" if lang == "zh" else ", ").join(known)
            parts.append(Text(f"{year}年{body}", f"in {year} {body}").pick(lang))
    if not parts:
        return ""
    body = ("；" if lang == "zh" else "; ").join(parts)
    zh = f"与{quoted(first, 'zh')}相比，{quoted(name, 'zh')}{body}"
    return sentence(Text(zh, f"compared with {quoted(first, 'en')}, in {quoted(name, 'en')}, {body}").pick(lang), lang)


def _said(record: Record | None, id: str, lang: str) -> str:
    """One indicator's difference as a phrase."""
    if record is None:
        return ""
    label = Text("地区生产总值", "GDP") if id == "gdp" else Text("增速", "growth")
    if record["difference"] == 0.0:
        return Text(f"{label.zh}相同", f"{label.en} is equal").pick(lang)
    if not record["distinguishable"]:
        return f"{label.zh}{INDISTINGUISHABLE.zh}" if lang == "zh" else f"{label.en} is {INDISTINGUISHABLE.en}"
    digits = decimals(10 * abs(record["difference"]), ())
    phrase = above_or_below(record["difference"], INDICATORS[id].unit, digits, lang)
    return f"{label.zh}{phrase}" if lang == "zh" else f"{label.en} is {phrase}"


def attribution_sentence(material: Material, scenario: str, year: int, lang: str) -> str:
    """Which groups of settings the difference of growth comes from; parts within sampling error are left out."""
    found = material.comparison
    if found is None:
        return ""
    of_growth = (a for a in found.document["attribution"] if a.get("indicator") == "gdp_growth")
    record = next((a for a in of_growth if a["scenario"] == scenario and a["year"] == year), None)
    groups = found.document["groups"].get(scenario)
    if record is None or not groups or not record["total"]:
        return ""
    parts = sorted(
        (
            (record["contributions"][group["id"]], group["label" if lang == "zh" else "label_en"])
            for group in groups
            if abs(record["contributions"][group["id"]]) > 2 * record["standard_errors"][group["id"]]
            and abs(record["contributions"][group["id"]]) >= LEAST_SHARE * abs(record["total"])
        ),
        key=lambda part: -abs(part[0]),
    )
    if len(parts) < 2:
        return ""
    said = [
        Text(f"{label}{'拉高' if value > 0 else '拉低'}{gap(value, '%', 1, 'zh')}",
             f"{label} {'adds' if value > 0 else 'takes'} {gap(value, '%', 1, 'en')}").pick(lang)
        for value, label in parts
    ]  # fmt: skip
    body = "，".join(said) if lang == "zh" else listed(said, lang)
    return sentence(
        Text(f"{year}年增速的差别中，{body}", f"of the difference of growth in {year}, {body}").pick(lang), lang
    )

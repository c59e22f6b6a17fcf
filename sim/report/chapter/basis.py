"""一、口径与基准: which figures are used, where things stand, and first of all where published figures differ."""

from __future__ import annotations

from sim.language import Text
from sim.material import Material
from sim.reconcile import Conflict
from sim.report.blocks import Table
from sim.report.chapter.draft import Draft
from sim.report.disagreements import bearing_on, disagreements, message
from sim.report.editions import MODEL_VALUES
from sim.report.sources import TO_CHECK, fact_of, indicator_name
from sim.report.tables.sources import sources_table
from sim.report.wording import allowed, listed, years_text
from sim.report.wording_figures import reported_figure, reported_growth

#: Findings told in full; the rest are counted.
MOST_TOLD = 3


def write_basis(draft: Draft) -> None:
    """The section, its first part being where the figures do not agree."""
    draft.heading("口径与基准", "Basis")
    differing = _differing(draft)
    if differing and draft.edition.reasons:
        draft.heading("需要衔接的数据", "Figures to be aligned", 2)
        _write_differing(draft, differing)
        draft.heading("数据范围与基期情况", "Figures used and where things stand", 2)
    elif differing:
        draft.leave_out(
            f"公布数之间需要衔接的{len(differing)}处（内部测算稿、审议稿列出）",
            f"{len(differing)} groups of published figures to be aligned (listed in the other editions)",
        )
    _write_scope(draft)
    _write_standing(draft)
    if draft.edition.ids:
        _write_runs(draft)
        _write_absent(draft)


def _differing(draft: Draft) -> list[Conflict]:
    found = disagreements(draft.material)
    return bearing_on(found, draft.facts, draft.material.pack.base_year, draft.material.as_of)


def _write_differing(draft: Draft, found: list[Conflict]) -> None:
    count = len(found)
    draft.write(
        draft.say(
            f"本章所用公布数中，有{count}处在不同文件或不同指标之间口径不一致，需衔接，以统计部门最终核实数为准。",
            f"Among the published figures used here, {count} groups differ between documents or indicators and are to "
            "be aligned.",
        )
    )
    draft.items([allowed(message(one, draft.lang), draft.edition) for one in found[:MOST_TOLD]])
    for one in found[:MOST_TOLD]:
        draft.cited.update(dict.fromkeys(one.facts))
    if count > MOST_TOLD:
        left = count - MOST_TOLD
        rest = listed(list(dict.fromkeys(_subject(draft, one) for one in found[MOST_TOLD:])), draft.lang, 6)
        draft.write(
            draft.say(
                f"其余{left}处涉及{rest}，多为口径变动或统计范围不同，本章不作衔接，各按其口径使用。",
                f"The other {left} concern {rest}: mostly changes of definition or scope, each used in its own.",
            )
        )


def _subject(draft: Draft, conflict: Conflict) -> str:
    fact = fact_of(draft.material, conflict.facts[0])
    return "" if fact is None else indicator_name(fact.indicator).pick(draft.lang)


def _write_scope(draft: Draft) -> None:
    lead = draft.lead
    as_of = draft.material.as_of
    base = draft.material.pack.base_year if lead is None else int(lead.document["base_year"])
    if as_of > base:
        draft.write(
            draft.say(
                f"本章以{base}年为基年，使用截至{as_of}年的公布数：{years_text(base + 1, as_of, 'zh')}为已公布数，"
                f"{as_of + 1}年及以后为{MODEL_VALUES.zh}。绝对额按现价计算，增长速度按不变价计算；"
                "初步数以统计部门最终核实数为准。",
                f"The base year is {base}; figures up to {as_of} are used: those of "
                f"{years_text(base + 1, as_of, 'en')} as published, later ones are {MODEL_VALUES.en}. "
                "Amounts are at current prices, growth at constant prices; preliminary figures give way to final ones.",
            )
        )
        return
    draft.write(
        draft.say(
            f"本章以{base}年为基年，仅使用{as_of}年及以前的公布数，其后各年为{MODEL_VALUES.zh}。"
            "绝对额按现价计算，增长速度按不变价计算。",
            f"The base year is {base}; only figures up to {as_of} are used, later ones are {MODEL_VALUES.en}. "
            "Amounts are at current prices, growth at constant prices.",
        )
    )


def _write_standing(draft: Draft) -> None:
    """The base year and the last published year in the words of a work report, with the figures of level and growth."""
    if draft.lead is None:
        return
    lead, region = draft.lead, draft.material.pack.label.pick(draft.lang)
    base, as_of = int(lead.document["base_year"]), int(lead.document["as_of"])
    level, structure = draft.figure("level_growth"), draft.figure("structure")
    told = [_year_sentence(draft, base, region)]
    if as_of > base:
        told.append(_year_sentence(draft, as_of, ""))
    sources = draft.refer(_sources(draft), zh="各数出处见", en="Sources in ") if any(told) else ()
    draft.write(*told, draft.refer(level, structure), sources)
    draft.add(level, structure)
    peers = draft.figure("peers")
    draft.write(_share_sentence(draft), draft.refer(peers, zh="与其他地区的对标见", en="Other regions are in "))
    draft.add(peers)


def _sources(draft: Draft) -> Table | None:
    return draft.table(sources_table(draft.material, draft.edition, draft.lang, facts=draft.facts))


def _year_sentence(draft: Draft, year: int, region: str) -> str:
    """2023年，地区生产总值5003.38亿元，增长6%；第二、第三产业比重分别为34.02%和64.07%。"""
    lead, lang = draft.lead, draft.lang
    assert lead is not None
    parts = [_level_part(draft, year), _structure_part(draft, year)]
    population = reported_figure(draft.material, lead, "population", year, lang)
    base = int(lead.document["base_year"])
    if population is not None:
        parts.append(draft.say(f"常住人口{population.text}", f"residents {population.text}"))
    if year > base:
        average = reported_figure(draft.material, lead, "gdp_growth_average", year, lang)
        if average is not None and year > base + 1:
            years = years_text(base + 1, year, lang)
            text = average.text
            parts.insert(1, draft.say(f"{years}年均增长{text}", f"growth averaged {text} in {years}"))
    draft.cited.update(dict.fromkeys(() if population is None else population.facts))
    said = [part for part in parts if part]
    if not said:
        return ""
    body = "；".join(said) if lang == "zh" else "; ".join(said)
    return draft.say(f"{year}年，{region}{body}。", f"In {year}, {body}{f' ({region})' if region else ''}.")


def _share_sentence(draft: Draft) -> str:
    """地区生产总值占全市比重: the published years only."""
    lead = draft.lead
    assert lead is not None
    base, as_of = int(lead.document["base_year"]), int(lead.document["as_of"])
    found = [
        (y, reported_figure(draft.material, lead, "gdp_share_of_city", y, draft.lang)) for y in range(base, as_of + 1)
    ]
    known = [(year, one) for year, one in found if one is not None]
    if not known:
        return ""
    ends = [known[0], known[-1]] if len(known) > 1 else known
    for _, one in ends:
        draft.cited.update(dict.fromkeys(one.facts))
    said = [draft.say(f"{year}年为{one.text}", f"{one.text} in {year}") for year, one in ends]
    return draft.say(
        f"地区生产总值占全市比重，{'，'.join(said)}。", f"The share of the city's GDP was {' and '.join(said)}."
    )


def _level_part(draft: Draft, year: int) -> str:
    lead = draft.lead
    assert lead is not None
    level = reported_figure(draft.material, lead, "gdp", year, draft.lang)
    rate = reported_growth(draft.material, lead, "gdp_growth", year, draft.lang)
    for one in (level, rate):
        draft.cited.update(dict.fromkeys(() if one is None else one.facts))
    if level is None and rate is None:
        return ""
    if level is None or rate is None:
        one = level or rate
        assert one is not None
        return draft.say(f"地区生产总值{one.text}", f"GDP {'was ' if level else ''}{one.text}")
    return draft.say(f"地区生产总值{level.text}，比上年{rate.text}", f"GDP was {level.text}, {rate.text} on the year")


def _structure_part(draft: Draft, year: int) -> str:
    lead = draft.lead
    assert lead is not None
    found = [
        reported_figure(draft.material, lead, name, year, draft.lang) for name in ("secondary_share", "services_share")
    ]
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        return ""
    for one in known:
        draft.cited.update(dict.fromkeys(one.facts))
    second, third = (one.text for one in known)
    return draft.say(
        f"第二、第三产业增加值占比分别为{second}和{third}",
        f"secondary and tertiary industry made {second} and {third} of it",
    )


def _write_runs(draft: Draft) -> None:
    """How many draws, which results, and every doubt about them: for whoever checks the draft."""
    material = draft.material
    seeds = "、".join(dict.fromkeys(str(found.seed) for found in material.results))
    ids = (", " if draft.lang == "en" else "、").join(material.run_ids)
    draft.write(
        draft.say(
            f"注：概率和区间由{draws_text(material, 'zh')}次模拟得出，随机种子{seeds}；所用结果编号：{ids}。",
            f"Note: chances and intervals are of {draws_text(material, 'en')} draws with seed {seeds}; results: {ids}.",
        ),
        style="note",
    )
    doubts = [doubt.text.pick(draft.lang) for doubt in material.doubts if not doubt.grave]
    if doubts:
        told = ("；" if draft.lang == "zh" else "; ").join(doubts)
        draft.write(draft.say(f"注：{told}。", f"Note: {told}."), style="note")
    unchecked = [fact for fact in draft.facts if _to_check(draft, fact.document)]
    if unchecked:
        documents = len({fact.document for fact in unchecked})
        draft.write(
            draft.say(
                f"注：所用公布数中有{len(unchecked)}个出自转载页面等{documents}份待核对原件的文件，附录中在文件名后注明。",
                f"Note: {len(unchecked)} of the figures used are from {documents} reprints to be checked against the "
                "original; the appendix marks each.",
            ),
            style="note",
        )


def draws_text(material: Material, lang: str) -> str:
    """How many draws the results have: one number, or the least and the most."""
    counts = [found.draws for found in material.results]
    least, most = min(counts), max(counts)
    return str(least) if least == most else Text(f"{least}至{most}", f"{least} to {most}").pick(lang)


def _write_absent(draft: Draft) -> None:
    """Which parts of the chapter have no material yet, and the command that gives it."""
    material = draft.material
    parts = [
        (bool(material.views), draft.say("情景设定、主要结果和目标达成", "scenarios, results and targets"), "run"),
        (material.comparison is not None, draft.say("情景比较", "scenarios compared"), "compare"),
        (bool(material.sensitivity), draft.say("敏感性与风险", "sensitivity and risks"), "sensitivity"),
        (
            material.required_path is not None,
            draft.say("每年所需水平", "what is needed a year"),
            "solve --required-path",
        ),
        (bool(material.solutions), draft.say("所需政策力度", "what levers would have to do"), "solve"),
        (
            material.target_values is not None,
            draft.say("目标值建议", "proposed target values"),
            "solve --target-values",
        ),
    ]
    absent = [draft.say(f"{what}（{command}）", f"{what} ({command})") for there, what, command in parts if not there]
    if absent:
        draft.write(
            draft.say(
                f"注：本稿尚无{'、'.join(absent)}，用括号内的命令测算后列入。",
                f"Note: not in this draft, for want of a result of the command in brackets: {', '.join(absent)}.",
            ),
            style="note",
        )


def _to_check(draft: Draft, document: str) -> bool:
    source = draft.material.pack.sources.get(document)
    return source is not None and source.grade in TO_CHECK

"""附录: where the figures come from, how they were computed, and what the results cannot tell."""

from __future__ import annotations

from sim.experiment.results import WORDS
from sim.language import Text
from sim.output.second_opinion import opinion_text
from sim.report.blocks import PageBreak, Table
from sim.report.chapter.basis import draws_text
from sim.report.chapter.draft import Draft
from sim.report.editions import MODEL_VALUES
from sim.report.tables.sources import sources_table, statements_table
from sim.report.tables.targets import basis_table
from sim.report.wording import years_text
from sim.report.wording_targets import first_readings, judged


def write_appendix(draft: Draft) -> None:
    """Sources, how targets are read, method and limits."""
    draft.blocks.append(PageBreak())
    draft.plain_heading("附录", "Appendix")
    parts = [_write_sources, _write_readings, _write_method, _write_limits]
    number = 0
    for part in parts:
        number += part(draft, number + 1)


def _head(draft: Draft, number: int, zh: str, en: str) -> None:
    draft.plain_heading(f"附{number}　{zh}", f"A{number} {en}", 2)


def _write_sources(draft: Draft, number: int) -> int:
    made = draft.table(sources_table(draft.material, draft.edition, draft.lang, draft.cited, draft.facts))
    stated = statements_table(draft.material, draft.lang) if draft.edition.sources else None
    statements = stated if isinstance(stated, Table) else None
    if made is None and statements is None:
        return 0
    _head(draft, number, "数据来源", "Sources")
    draft.write(
        draft.refer(made, zh="本章所用公布数逐个列于", en="Every reported figure used is listed in "),
        draft.refer(statements, zh="情景设定所依据的原文列于", en="The statements that scenarios rest on are in "),
    )
    draft.add(made, statements)
    return 1


def _write_readings(draft: Draft, number: int) -> int:
    if not draft.edition.reasons:
        return 0
    made = draft.table(basis_table(draft.material, draft.lead, draft.edition, draft.lang))
    if made is None:
        return 0
    _head(draft, number, "指标口径", "How targets are read")
    draft.write(
        draft.refer(
            made, zh="规划指标的口径、读法和责任单位见", en="How each target is read, and who answers for it, is in "
        )
    )
    draft.add(made)
    return 1


def _write_method(draft: Draft, number: int) -> int:
    _head(draft, number, "方法", "Method")
    material = draft.material
    base, as_of = material.pack.base_year, material.as_of
    cells = len(material.pack.cells)
    text = draft.say(
        f"推算模型以{base}年为基年，把地区生产总值分为{cells}个部门，逐年推算各部门的产出、价格、投资和就业，再由此得出人口、收入、"
        "财政、能源等指标；政策力度和外部条件按情景设定进入。",
        f"The model starts from {base} and computes output, prices, investment and jobs of {cells} sectors by year, "
        "and from them people, income, revenue and energy; levers and the world enter as scenarios set them.",
    )
    known = ""
    if as_of > base:
        years = years_text(base + 1, as_of, draft.lang)
        known = draft.say(
            f"{years}的公布数用于校准：与公布数相符的参数权重大，不符的权重小。",
            f"Published figures of {years} settle the parameters: those in line with them weigh more.",
        )
    draft.write(text, known)
    if draft.edition.chances:
        draft.write(
            draft.say(
                f"达成概率为{draws_text(material, 'zh')}次模拟中达到目标的比例，取整到5个百分点；"
                f"括号内的范围考虑了先验取值和模型误差，比抽样误差宽得多。用词与概率的对应为：{_words('zh')}。",
                f"A probability is the share of {draws_text(material, 'en')} draws that reach the target, to 5 "
                "points; its range is over priors and model error and is far wider than sampling error. "
                f"Words: {_words('en')}.",
            )
        )
        opinions = _opinions(draft)
        if opinions:
            draft.write(opinions[0])
        reliability = draft.figure("reliability")
        draft.write(
            draft.refer(reliability, zh="以往推算与实际的对照见", en="Past projections against what happened are in ")
        )
        draft.add(reliability)
    else:
        draft.write(
            draft.say(
                f"表中推算值为模型结果的居中值，即{MODEL_VALUES.zh}，不作为考核依据。",
                f"Projected values are the middle of the model's results: {MODEL_VALUES.en}.",
            )
        )
    return 1


def _words(lang: str) -> str:
    """The planners' words with the least probability of each."""
    said = []
    for place, (bound, word) in enumerate(WORDS):
        last = place == len(WORDS) - 1
        limit = WORDS[place - 1][0] if last else bound
        zh = f"{word.zh}为{100 * limit:.0f}%{'以下' if last else '及以上'}"
        said.append(Text(zh, f"{word.en} {'below' if last else 'from'} {100 * limit:.0f}%").pick(lang))
    return ("，" if lang == "zh" else ", ").join(said)


def _opinions(draft: Draft) -> list[str]:
    """How often such growth targets were met elsewhere."""
    if draft.lead is None:
        return []
    records = [record["second_opinion"] for record in judged(first_readings(draft.lead)) if record["second_opinion"]]
    return [opinion_text(record, draft.lang).strip() for record in records[:1]]


def _write_limits(draft: Draft, number: int) -> int:
    _head(draft, number, "局限", "Limits")
    limits = [
        Text(
            "推算结果是在所列设定下的推算，不是对未来的承诺；情景说明“若做到则如何”，不说明用什么措施做到。",
            "Results hold under what is set; scenarios say what if, not how.",
        ),
        Text(
            f"各指标分别推算，{'建议值' if draft.material.target_values else ''}不出自同一条路径，定稿前须相互衔接。",
            "Indicators are computed side by side; values are not of one path and must be reconciled.",
        ),
    ]
    if draft.edition.reasons:
        limits.append(
            Text(
                "公布数中有初步数和转载页面所载的数，统计部门最终核实后应重新测算。",
                "Some figures are preliminary or from reprints; compute again once they are final.",
            )
        )
    else:
        zh = "公布数中有初步数，以统计部门最终核实数为准。"
        limits.append(Text(zh, "Some figures are preliminary and give way to final ones."))
    lead = draft.lead
    if lead is not None:
        left = [record for record in first_readings(lead) if record["status"] not in ("evaluated", "reported")]
        if left:
            limits.insert(
                1,
                Text(
                    f"规划指标中有{len(left)}项因缺基数、目标未量化或模型不涉及而未测算，不等于没有风险。",
                    f"{len(left)} targets could not be computed (no baseline, no number, or outside the model): "
                    "that is not to say that they are safe.",
                ),
            )
    draft.items([limit.pick(draft.lang) for limit in limits])
    if draft.edition.ids:
        _write_warnings(draft)
    return 1


def _write_warnings(draft: Draft) -> None:
    """What the commands said when they computed, but for what the chapter says itself: of years that are over, and of
    scenarios that assume another world.
    """
    told: dict[str, None] = {}
    for found in draft.material.results:
        pairs = zip(found.document.get("warnings", ()), found.document.get("warnings_en", ()), strict=True)
        for zh, en in pairs:
            if not any(mark in zh for mark in _SAID):
                told[Text(zh, en).pick(draft.lang).rstrip("。.")] = None
    if told:
        draft.write(draft.say("测算时另提示：", "Notes of the computation:"))
        stop = "。" if draft.lang == "zh" else "."
        draft.items([text + stop for text in told])


#: Parts of notes that the chapter words itself.
_SAID = ("这些年份已有公布数", "外部世界假设不同")

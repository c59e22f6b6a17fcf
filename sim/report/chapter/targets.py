"""四、目标达成: how far the plan has come by reported figures, and how likely its targets are."""

from __future__ import annotations

from sim.report.blocks import Table
from sim.report.chapter.draft import Draft
from sim.report.standing import standing_rows
from sim.report.tables.comparison import compare_table
from sim.report.tables.scenarios import scenario_names
from sim.report.tables.targets import target_table
from sim.report.wording_standing import late_sentences, on_the_way_sentence, open_sentence, standing_sentence
from sim.report.wording_targets import (
    binding_sentence,
    chance_sentences,
    first_readings,
    joint_sentence,
    judged,
    missing_heads,
    missing_sentences,
    relative_sentence,
    shift_sentence,
    tested_sentence,
)

#: Scenarios whose effect on the targets is told in words.
MOST_TOLD = 4


def write_targets(draft: Draft) -> None:
    """The section; left out for a region without targets."""
    if draft.lead is None:
        return
    made = draft.table(target_table(draft.material, draft.lead, draft.edition, draft.lang))
    if made is None:
        return
    draft.heading("目标达成", "Targets")
    rows = [row for row in standing_rows(draft.material, draft.lead).values() if row["row"] is not None]
    split = bool(rows) and draft.edition.chances
    if split:
        draft.heading("进展情况", "How far they have come", 2)
    if rows:
        progress = draft.figure("progress")
        draft.write(
            standing_sentence(rows, draft.material.as_of, draft.lang),
            on_the_way_sentence(rows, draft.lang),
            *late_sentences(rows, draft.lang),
            open_sentence(rows, draft.lang),
            draft.refer(progress, None if draft.edition.chances else made),
        )
        draft.add(progress)
    elif not draft.edition.chances:
        draft.write(draft.refer(made, zh="规划目标见", en="The targets are in "))
    if draft.edition.chances:
        if split:
            draft.heading("达成可能性", "How likely they are", 2)
        _write_chances(draft, made)
    else:
        draft.add(made)
        _write_projected(draft)


def _write_chances(draft: Draft, made: Table) -> None:
    lead, lang = draft.lead, draft.lang
    assert lead is not None
    if not judged(first_readings(lead)):
        draft.write(draft.refer(made))
        draft.add(made)
        return
    attainment, chances = draft.figure("attainment"), draft.figure("chances")
    head, groups, tail = chance_sentences(lead, lang)
    draft.write(head)
    draft.items(groups)
    draft.write(tail, draft.refer(made, attainment, zh="逐项结果见", en="Row by row in "))
    draft.add(made, attainment)
    _write_missing(draft)
    draft.write(binding_sentence(lead, draft.edition, lang), joint_sentence(lead, lang), draft.refer(chances))
    draft.add(chances)
    draft.write(tested_sentence(lead, lang))
    _write_scenarios(draft)


def _write_missing(draft: Draft, intro: str = "") -> None:
    """Targets that the projected values miss, one a line."""
    assert draft.lead is not None
    head, tail = missing_heads(draft.lead, draft.edition, draft.lang)
    draft.write(intro + head if head else "")
    draft.items(missing_sentences(draft.material, draft.lead, draft.edition, draft.lang))
    draft.write(tail, relative_sentence(draft.lead, draft.edition, draft.lang))


def _write_scenarios(draft: Draft) -> None:
    material, lang = draft.material, draft.lang
    table = draft.table(compare_table(material, draft.edition, lang)) if len(material.views) > 1 else None
    if table is None:
        return
    names = scenario_names(material, draft.edition, lang)
    others = list(zip(material.views, names, strict=True))[1 : MOST_TOLD + 1]
    draft.write(*(shift_sentence(material, view.id, name, lang) for view, name in others), draft.refer(table))
    draft.add(table)


def _write_projected(draft: Draft) -> None:
    """Where chances are not shown: which projected values stay below their targets, and the scenarios side by side."""
    lead, lang = draft.lead, draft.lang
    assert lead is not None
    if draft.edition.reasons:
        intro = draft.say(
            "按现有口径测算（模型推算值，非统计数据），", "As projected (model values, not official statistics), "
        )
        _write_missing(draft, intro)
        draft.write(binding_sentence(lead, draft.edition, lang))
        material = draft.material
        table = draft.table(compare_table(material, draft.edition, lang)) if len(material.views) > 1 else None
        draft.write(draft.refer(table, zh="各情景的推算值见", en="Projections by scenario are in "))
        draft.add(table)
    draft.leave_out(
        "各项目标的达成概率、可能范围和合计完成的概率（内部测算稿列出）",
        "how likely each target is, its range, and all of them together (in the internal edition)",
    )

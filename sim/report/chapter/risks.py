"""五、敏感性与风险: what drives the headline target, when targets fail, and which number to ask for first."""

from __future__ import annotations

from sim.report.chapter.draft import Draft
from sim.report.tables.sensitivity import (
    NO_SENSITIVITY,
    boxes,
    information_table,
    part_of,
    sensitivity_table,
    tornado_record,
)
from sim.report.wording_risks import (
    box_sentences,
    driver_names,
    driver_sentences,
    information_sentences,
    unboxed_sentence,
)


def write_risks(draft: Draft) -> None:
    """The section; without chances one paragraph of names, in the public edition nothing."""
    material = draft.material
    if not material.sensitivity:
        draft.table(NO_SENSITIVITY)
        return
    if not draft.edition.chances:
        draft.leave_out(
            "敏感性的概率变动、落空情形和先问哪个数（内部测算稿列出）",
            "by how much inputs move probabilities, where targets fail, which number to ask for (internal edition)",
        )
        names = driver_names(material, draft.edition, draft.lang) if draft.edition.reasons else ""
        if names:
            draft.heading("敏感性与风险", "Sensitivity and risks")
            draft.write(names)
        return
    draft.heading("敏感性与风险", "Sensitivity and risks")
    if tornado_record(material) is not None:
        _write_drivers(draft)
    if part_of(material, "failure") is not None:
        _write_failure(draft)
    if part_of(material, "information") is not None:
        _write_information(draft)


def _write_drivers(draft: Draft) -> None:
    draft.heading("主要影响因素", "What drives it", 2)
    table = draft.table(sensitivity_table(draft.material, draft.edition, draft.lang))
    drawn = draft.figure("tornado")
    draft.write(*driver_sentences(draft.material, draft.lang), draft.refer(table, drawn))
    draft.add(table, drawn)


def _write_failure(draft: Draft) -> None:
    draft.heading("容易落空的情形", "Where targets fail", 2)
    table, drawn = draft.table(boxes(draft.material, draft.edition, draft.lang)), draft.figure("box")
    told = box_sentences(draft.material, draft.lang)
    draft.write(unboxed_sentence(draft.material, draft.edition, draft.lang), draft.refer(table, drawn))
    if told:
        draft.write(draft.say("其中与外部条件、重大项目有关的有：", "Those that turn on the world or on projects:"))
        draft.items(told)
    draft.add(table, drawn)


def _write_information(draft: Draft) -> None:
    table = draft.table(information_table(draft.material, draft.edition, draft.lang))
    if table is None:
        return
    draft.heading("先行索取的数据", "Numbers to ask for first", 2)
    draft.write(*information_sentences(table.rows, draft.lang), draft.refer(table))
    draft.add(table)

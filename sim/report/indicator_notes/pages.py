"""指标测算说明: one indicator a page, in the order in which a congress committee examines them; then what changes."""

from __future__ import annotations

from collections.abc import Sequence

from sim.material import Material
from sim.output.probability import chance_text
from sim.output.tables import cut_off_text
from sim.report.blocks import Block, Cell, Column, PageBreak, Paragraph, Ref, Report, Table
from sim.report.brief.figures import (
    meaning_text,
    reported_text,
    source_text,
)
from sim.report.brief.parts import (
    above_text,
    beside_text,
    owner_text,
    path_text,
    projects_text,
    proposed,
    scenario_text,
)
from sim.report.brief.subject import Context, Record, Subject, context_of, of_target
from sim.report.editions import Edition
from sim.report.evaluation import doubted, warnings_of
from sim.report.indicator_notes.changes import changes, changes_table, plans_of
from sim.report.numbering import Numbering
from sim.report.wording import allowed
from sim.targets import Target


def indicator_notes(material: Material, edition: Edition, lang: str) -> Report:
    """The notes of every indicator of the plan and of the draft of the next, and the table of what changes."""
    context = context_of(material, edition, lang)
    page, number = context.page, Numbering(lang)
    blocks: list[Block] = [*doubted(material, page), Paragraph((_preface(page.zh),))]
    old, new = plans_of(context.targets)
    rows = _each(old, new)
    for i, (first, later) in enumerate(rows):
        blocks += [*([PageBreak()] if i else []), *_note(first, later, context, number)]
    found = changes(context.targets)
    if new and found:
        table = changes_table(found, page)
        heading = number.heading(page.pick("指标调整对照表", "Changes of indicators"))
        text = page.pick(
            "原规划与新规划草稿的指标逐项对照见", "The indicators of the plan and of the draft side by side: "
        )
        blocks += [PageBreak(), heading, Paragraph((text, Ref(table.key), page.pick("。", "."))), table]
    place = material.pack.label.pick(lang)
    return Report(
        title=page.pick(f"{place}规划指标测算说明", f"{place}: notes on the plan's indicators"),
        subtitle="",
        template="indicator-notes",
        edition=edition,
        lang=lang,
        region_label=place,
        cut_off=cut_off_text(context.view.document, lang),
        blocks=tuple(blocks),
        left_out=_left_out(context, bool(new)),
        warnings=warnings_of(material, page),
        run_ids=material.run_ids,
    )


def _preface(zh: bool) -> str:
    if zh:
        return (
            "本说明逐项列出规划指标的含义、口径、来源、完成情况和建议值；"
            "暂缺的写明缺什么、可向谁索取，不以估计数代替公布数。"
        )
    return (
        "Each indicator with its meaning, scope, sources, record and proposal; what is missing is said, and who has it."
    )


def _each(old: Sequence[Target], new: Sequence[Target]) -> list[tuple[Target, Target | None]]:
    """Every indicator once: the old table in its order with the draft's row of the same indicator, then the rest."""
    later = {target.indicator: target for target in new}
    rows: list[tuple[Target, Target | None]] = [(target, later.pop(target.indicator, None)) for target in old]
    return rows + [(target, None) for target in later.values()]


def _note(first: Target, later: Target | None, context: Context, number: Numbering) -> list[Block]:
    """The page of one indicator."""
    page = context.page
    subject = of_target(first, context)
    lines = _lines(subject, later, context)
    columns = (Column("item", page.pick("项目", "Item"), 1.6), Column("said", page.pick("说明", "Note"), 8.4))
    rows = tuple((Cell(item), Cell(text or "—")) for item, text in lines)
    name = first.label.pick(page.lang)
    title = page.pick(f"{name}测算说明", f"Notes on: {name}")
    return [number.heading(name), Table(f"note_{first.id}", title, columns, rows, prose=True)]


def _lines(subject: Subject, later: Target | None, context: Context) -> list[tuple[str, str]]:
    """The eleven items in their order."""
    page = context.page
    meaning, formula = meaning_text(subject, context)
    value = proposed(subject, context)
    year = _year(subject, later, value, context)
    wording = [] if later is None else [later]
    texts = [
        (page.pick("含义", "Meaning"), meaning),
        (page.pick("口径与公式", "Scope and formula"), formula or page.pick("文件未注明口径", "no scope is printed")),
        (page.pick("数据来源", "Sources"), source_text(subject, context)),
        (page.pick("完成情况", "Record"), _record(subject, context)),
        (page.pick("上级目标", "Targets from above"), above_text(subject, context, _years(subject, later))),
        (page.pick("横向对标", "Beside others"), beside_text(subject, context)),
        (page.pick("高中低方案", "Scenarios"), scenario_text(subject, year, context)),
        (page.pick("建议值与写法", "Proposed value"), _proposal(subject, wording, value, context)),
        (page.pick("支撑项目", "Projects"), projects_text(subject, context)),
        (page.pick("责任单位", "Owner"), owner_text(subject, context)),
        (page.pick("年度分解", "Year by year"), _path(value, context)),
    ]
    return [(item, text) for item, text in texts if page.edition.reasons or item not in _silent(page.zh)]


def _silent(zh: bool) -> tuple[str, ...]:
    """What the public edition does not say: values of the model, which nobody has approved."""
    return ("高中低方案", "建议值与写法", "年度分解") if zh else ("Scenarios", "Proposed value", "Year by year")


def _year(subject: Subject, later: Target | None, value: Record | None, context: Context) -> int:
    """The year that scenarios are compared in: that of the proposal, of the draft's row, else of the target."""
    if value is not None:
        return int(value["year"])
    target = later or subject.target
    return context.material.pack.base_year if target is None else target.year


def _years(subject: Subject, later: Target | None) -> list[int]:
    return [target.year for target in (subject.target, later) if target is not None]


def _record(subject: Subject, context: Context) -> str:
    """The target, its base, and the published years."""
    page, target = context.page, subject.target
    if target is None:
        return reported_text(subject, context)
    if target.row is None:
        head = page.pick("原规划指标表未列本指标", "not in the table of the old plan")
        return page.joined([head, reported_text(subject, context)])
    head = page.pick(
        f"{target.year}年目标“{target.target_text or '未列'}”",
        f"target of {target.year}: {target.target_text or 'none'}",
    )
    return page.joined([head, reported_text(subject, context)])


def _proposal(subject: Subject, wording: Sequence[Target], value: Record | None, context: Context) -> str:
    """The wording proposed and the value behind it; how the draft words it; that none is proposed, and why."""
    page = context.page
    said = [page.pick(f"草稿写法：“{t.target_text}”", f"wording of the draft: “{t.target_text}”") for t in wording]
    if value is None:
        return page.joined([*said, _no_value(subject, context)])
    found = value["suggestion"]
    if found is None:
        return page.joined(
            [
                *said,
                page.pick(
                    "测算未给出建议值，待与上级衔接后确定", "no value is proposed; to be agreed with the level above"
                ),
            ]
        )
    words = found["words" if page.zh else "words_en"]
    text = page.pick(
        f"建议写“{words}”（{value['year']}年，模型推算值，供论证）",
        f"proposed: {words} ({value['year']}, a model value)",
    )
    remark = allowed(found["remark" if page.zh else "remark_en"] or "", page.edition)
    if page.edition.chances and value["chance"] is not None:
        chance = chance_text(value["chance"], page.lang)
        remark = page.joined([remark, page.pick(f"达成概率{chance}", f"probability {chance}")])
    return page.joined([*said, text, remark])


def _no_value(subject: Subject, context: Context) -> str:
    """Why no value is proposed."""
    page, found = context.page, context.material.target_values
    if found is None:
        return page.pick(
            "所给结果没有目标值测算，用 solve --target-values 测算后可得",
            "run solve --target-values for a proposed value",
        )
    skipped = next((s for s in found.document["skipped"] if s["indicator"] == subject.indicator), None)
    why = page.pick("不在目标值测算的指标之内", "not among the indicators it is done for")
    if skipped is not None:
        why = skipped["reason" if page.zh else "reason_en"]
    return page.pick(f"暂不能建议：{why}", f"none can be proposed: {why}")


def _path(value: Record | None, context: Context) -> str:
    page = context.page
    text = path_text(value, page)
    if not text:
        return page.pick("待目标值确定后分解到年", "to be set year by year once the value is agreed")
    return page.pick(f"{text}（基准情景推算，模型推算值）", f"{text} (baseline, model values)")


def _left_out(context: Context, has_draft: bool) -> tuple[str, ...]:
    page = context.page
    said = []
    if not has_draft:
        said.append(
            page.pick(
                "指标调整对照表：地区包没有新规划草稿（targets/*_draft.yaml）",
                "no draft of a new plan: no table of changes",
            )
        )
    if not page.edition.chances:
        said.append(page.pick("80%区间和达成概率", "intervals and probabilities"))
    if not page.edition.reasons:
        said.append(
            page.pick(
                "高中低方案、建议值、年度分解（均为模型推算值）和调整理由", "model values and reasons for changes"
            )
        )
    return tuple(said)

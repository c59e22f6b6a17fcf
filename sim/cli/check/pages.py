"""How `check` prints what it found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import click

from sim.cli.check.outcomes import print_outcomes
from sim.cli.check.residuals import print_residuals
from sim.cli.terminal import page_width, wrap_cells
from sim.facts.ledger import Fact
from sim.language import Text
from sim.output.layout import fitted, grid
from sim.preflight import KINDS
from sim.preflight.finding import derived, place, plain
from sim.region.pack import Pack

Record = Mapping[str, Any]

#: Kinds of conflicts between figures as readers call them.
KINDS_OF_CONFLICTS = {
    "identity": Text("恒等关系", "identities"),
    "plausibility": Text("合理幅度", "plausible ranges"),
    "reports": Text("同一数的不同发布", "differing reports"),
    "definition_break": Text("口径变动", "definition breaks"),
    "scope": Text("统计范围", "scopes"),
    "concept": Text("概念不同", "concepts"),
    "price_basis": Text("价格口径", "price basis"),
}


#: Gaps beyond this many rounding widths are told as “more than”.
WIDE_GAP = 100


def print_check(pack: Pack, record: Record, lang: str, letters: Sequence[str]) -> None:
    """The summary, conflicts, findings by kind, speeds, quotes, coverage, and the letters written."""
    _summary(pack, record, lang)
    facts = {fact.id: fact for fact in pack.ledger.facts}
    _heading(Text("一、数字之间的衔接", "1. Figures held against each other"), lang)
    kind = ""
    for number, conflict in enumerate(record["conflicts"], 1):
        if conflict["kind"] != kind:
            kind = conflict["kind"]
            click.echo(_kind(kind).pick(lang))
        _conflict(number, conflict, facts, lang)
    if not record["conflicts"]:
        _paragraph(Text("没有需要衔接的数字。", "Nothing to be aligned.").pick(lang), 0)
    _heading(Text("二、目标", "2. Targets"), lang)
    for kind, title in KINDS.items():
        _findings(title, [f for f in record["targets"] if f["finding"] == kind], lang)
    _heading(Text("三、所需速度与以往速度（每年）", "3. Speed required and speed on record, a year"), lang)
    _speeds(record["paces"], lang)
    _heading(Text("四、到期目标的完成情况", "4. Targets whose year is over"), lang)
    print_outcomes(record["outcomes"], lang)
    quotes = record["quotes"]
    if quotes["checked"] or quotes["skipped"] or quotes["number_not_in_quote"]:
        _heading(Text("五、引文", "5. Quotes"), lang)
        _quotes(record["quotes"], lang)
    if "coverage" in record:
        _heading(Text("六、尚未入账的数字", "6. Numbers that no fact cites"), lang)
        _coverage(record, lang)
    print_residuals(record["calibration"], lang)
    for path in letters:
        click.echo(Text(f"已写：{path}", f"Written: {path}").pick(lang))


def _summary(pack: Pack, record: Record, lang: str) -> None:
    kinds = Counter(conflict["kind"] for conflict in record["conflicts"])
    findings = Counter(finding["finding"] for finding in record["targets"])
    by_kind = "、".join(f"{_kind(kind).pick(lang)} {count}" for kind, count in kinds.items()) or "0"
    of_targets = "、".join(f"{text.pick(lang)} {findings[kind]}" for kind, text in KINDS.items() if findings[kind])
    line = Text(
        f"{pack.label.zh}：{_facts(pack, record).zh}，出自 {record['documents']} 份文件；"
        f"目标 {record['targets_checked']} 项。数字待衔接 {len(record['conflicts'])} 处（{by_kind}）；"
        f"目标提示 {len(record['targets'])} 条（{of_targets or '无'}）。",
        f"{pack.label.en}: {_facts(pack, record).en} from {record['documents']} documents, {record['targets_checked']} "
        f"targets. {len(record['conflicts'])} groups of figures to be aligned ({by_kind}); {len(record['targets'])} "
        f"findings on targets ({of_targets or 'none'}).",
    )
    text = line.pick(lang)
    _paragraph(text if lang == "zh" else text.replace("、", ", "), 0)


def _facts(pack: Pack, record: Record) -> Text:
    """How many facts are the region's own, and how many with those that its packs bring along."""
    own, every = record["own_facts"], record["facts"]
    mine, others = Text("本地区", "its own"), Text("全国", "the nation")
    if pack.districts:
        mine, others = Text("本市", "its own"), Text("各区、全国", "its districts and the nation")
    elif pack.surroundings is not None:
        mine, others = Text("本区", "its own"), Text("全市、全国", "the city and the nation")
    return Text(
        f"{mine.zh}事实 {own} 条，连同{others.zh}共 {every} 条",
        f"{own} facts of {mine.en}, {every} with those of {others.en},",
    )


def _kind(kind: str) -> Text:
    return KINDS_OF_CONFLICTS.get(kind, Text(kind, kind))


def _heading(text: Text, lang: str) -> None:
    click.echo(f"\n{text.pick(lang)}\n")


def _paragraph(text: str, indent: int, first: str = "") -> None:
    """Text wrapped to the page, `first` before it on the first line."""
    lines = wrap_cells(text, page_width() - indent)
    for i, line in enumerate(lines):
        head = first.ljust(indent) if i == 0 else " " * indent
        click.echo((head + line).rstrip())


def _conflict(number: int, conflict: Record, facts: Mapping[str, Fact], lang: str) -> None:
    _paragraph(conflict["message" if lang == "zh" else "message_en"], 4, f"{number}.")
    for id in conflict["facts"]:
        if id in facts:
            fact = facts[id]
            _paragraph(f"{id} = {fact.printed or fact.quote} {fact.unit} · {place(fact)}", 6)
    parts = []
    if conflict["gap"] is not None:
        gap = f"{conflict['gap']:.1f}" if conflict["gap"] <= WIDE_GAP else f">{WIDE_GAP}"
        parts.append(Text(f"差距 {gap} 个修约宽度", f"gap {gap} rounding widths"))
    if conflict["suspects"]:
        ids = "、".join(conflict["suspects"])
        parts.append(Text(f"先核实 {ids}", f"confirm first: {ids}".replace("、", ", ")))
    if conflict["used"]:
        word = Text("已选用", "chosen") if conflict["kind"] == "definition_break" else Text("暂用", "used until then")
        parts.append(Text(f"{word.zh} {conflict['used']}", f"{word.en}: {conflict['used']}"))
    if parts:
        _paragraph(" · ".join(part.pick(lang) for part in parts), 6)


def _findings(title: Text, findings: Sequence[Record], lang: str) -> None:
    if not findings:
        return
    click.echo(f"{title.pick(lang)}（{len(findings)}）" if lang == "zh" else f"{title.en} ({len(findings)})")
    for finding in findings:
        _paragraph(_named(finding["label" if lang == "zh" else "label_en"], finding["id"], lang), 2)
        _paragraph(finding["message" if lang == "zh" else "message_en"], 6)
    click.echo()


def _named(label: str, id: str, lang: str) -> str:
    """A name with the id behind it, the id alone where it is the name."""
    if label == id:
        return id
    return f"{label}（{id}）" if lang == "zh" else f"{label} ({id})"


def _speeds(paces: Sequence[Record], lang: str) -> None:
    """A table of the speeds; targets without a speed on record last of each row's order in the file."""
    header = [
        text.pick(lang)
        for text in (
            Text("目标", "Target"),
            Text("起点", "From"),
            Text("目标值", "To"),
            Text("单位", "Unit"),
            Text("需要", "Required"),
            Text("以往", "On record"),
            Text("年份", "Years"),
        )
    ]
    rows = [
        [
            pace["id"],
            "—" if pace["start_value"] is None else f"{pace['start_period']}：{plain(pace['start_value'])}",
            f"{pace['year']}：{plain(pace['value'])}",
            pace["target_unit"],
            f"{derived(pace['required'])} {pace['unit']}",
            "—" if pace["achieved"] is None else f"{derived(pace['achieved'])} {pace['unit']}",
            pace["achieved_span"] or "—",
        ]
        for pace in paces
    ]
    if lang == "en":
        rows = [[cell.replace("：", ": ") for cell in row] for row in rows]
    widths = fitted(list(zip(header, *rows, strict=True)), [4] * 7, [60, 18, 16, 10, 16, 16, 12])
    click.echo(grid(header, rows, widths, [False, False, False, False, True, True, False], ruled=False))


def _quotes(quotes: Record, lang: str) -> None:
    if quotes["checked"] or quotes["skipped"]:
        _compared(quotes, lang)
    if quotes["number_not_in_quote"]:
        ids = "、".join(quotes["number_not_in_quote"])
        line = Text(f"数值不见于引文，备注也未说明换算：{ids}。", f"Numbers that their quotes do not hold: {ids}.")
        _paragraph(line.pick(lang) if lang == "zh" else line.en.replace("、", ", "), 0)
    if quotes["converted"]:
        ids = "、".join(quotes["converted"])
        line = Text(f"数值按备注换算的：{ids}。", f"Converted as the note says: {ids}.".replace("、", ", "))
        _paragraph(line.pick(lang), 0)


def _compared(quotes: Record, lang: str) -> None:
    """How many quotes were held against the documents of the folder."""
    if not quotes["checked"]:
        line = Text("已核对 0 条，文件夹里没有任何原文。", "0 checked: the folder holds none of the documents.")
        _paragraph(line.pick(lang), 0)
        return
    skipped = sum(quotes["skipped"].values())
    line = Text(
        f"已核对 {quotes['checked']} 条，不符 {len(quotes['failed'])} 条；{len(quotes['skipped'])} 份文件没有原文，"
        f"其 {skipped} 条未核对。",
        f"{quotes['checked']} checked, {len(quotes['failed'])} do not match; {len(quotes['skipped'])} documents with "
        f"{skipped} facts have no text here.",
    )
    _paragraph(line.pick(lang), 0)


def _coverage(record: Record, lang: str) -> None:
    for line in record["coverage_counts"]:
        text = Text(
            f"{line['document']}：带单位的数字 {line['figures']} 个，"
            f"已入账 {line['cited']} 个，未入账 {line['uncited']} 个",
            f"{line['document']}: {line['figures']} numbers with a unit, {line['cited']} cited, {line['uncited']} not",
        )
        click.echo(text.pick(lang))
    for figure in record["coverage"]:
        _paragraph(
            f"{figure['number']}{figure['unit']} · {figure['context']}", 28, f"{figure['document']}:{figure['line']}"
        )

"""Letters to those who hold the figures: a 数据核实单 for each bureau, and one 数据需求清单.

Markdown in Chinese, in a stable order and without dates, so that the same ledger gives the same files.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sim.cli.check.questions import NO_LABELS, Disagreement, Question, of_conflict, of_finding
from sim.errors import InputError, Problem
from sim.facts.ledger import Fact
from sim.language import Text
from sim.preflight import Finding
from sim.preflight.statements import is_from_above, says_proposed, stem
from sim.reconcile import Labels
from sim.reconcile.wording import period_text
from sim.region.pack import Pack
from sim.targets import Target

#: Findings that ask for a figure that is not there; the others ask about figures that are.
MISSING = ("no_baseline", "unquantified")
_NO_OWNER = "责任单位待明确"
_STATISTICS = "统计部门"
_CHECK, _NEED = "数据核实单", "数据需求清单"


def letters(
    pack: Pack,
    targets: Sequence[Target],
    findings: Sequence[Finding],
    conflicts: Sequence[Disagreement],
    labels: Labels = NO_LABELS,
) -> Mapping[str, str]:
    """File name to text of every letter, in order of the names; `labels` are what readers call things."""
    facts = {fact.id: fact for fact in pack.ledger.facts}
    by_id = {target.id: target for target in targets}
    names = merged(owner for target in targets for owner in target.owners)
    questions: dict[str, list[Question]] = {}
    for conflict in conflicts:
        asked = of_conflict(conflict, facts, labels)
        questions.setdefault(statistics_office(pack), []).append(asked)
    for finding in findings:
        target = by_id.get(finding.id)
        if target is None or finding.finding in MISSING or _holds_the_line(finding, target):
            continue
        if is_from_above(target, facts, pack.id) or says_proposed(target.target_text):
            continue  # what another region set, or a draft proposes, is not the bureaus' to confirm
        question = of_finding(finding, target, facts, by_id)
        for owner in dict.fromkeys(names[name] for name in target.owners) or (_NO_OWNER,):
            questions.setdefault(owner, []).append(question)
    spelt = {name: [other for other in names if names[other] == name and other != name] for name in questions}
    out = {
        _file(_CHECK, pack.label.zh, owner): _letter(pack, owner, spelt[owner], rows, labels)
        for owner, rows in questions.items()
    }
    missing = [f for f in findings if f.finding in MISSING and f.id in by_id and _asks(f, by_id[f.id], facts, pack.id)]
    if missing:
        out[_file(_NEED, pack.label.zh)] = _needs(pack, missing, by_id, names)
    return dict(sorted(out.items()))


def _holds_the_line(finding: Finding, target: Target) -> bool:
    """Whether nothing is to be asked: a threshold that is its baseline on purpose."""
    return finding.finding == "already_met" and target.base is not None and target.base == target.value


def _asks(finding: Finding, target: Target, facts: Mapping[str, Fact], region: str) -> bool:
    """Whether a finding asks for a figure: goals in words, proposals and targets of other regions ask for none."""
    if finding.finding == "no_baseline":
        return True
    set_above = is_from_above(target, facts, region)
    return target.operator == "assigned" and not set_above and not says_proposed(target.target_text)


def merged(owners: Iterable[str]) -> dict[str, str]:
    """Each bureau as printed to its fullest printed name: 区卫健局 is 区卫生健康局."""
    names = sorted(set(owners), key=lambda name: (-len(name), name))
    found: dict[str, str] = {}
    for name in names:
        found[name] = next((full for full in found.values() if _abbreviates(name, full)), name)
    return found


def _abbreviates(short: str, full: str) -> bool:
    """Whether all hanzi of a name stand in a longer one in their order, both ends alike."""
    rest = iter(full)
    return short[:1] == full[:1] and short[-1:] == full[-1:] and all(mark in rest for mark in short)


def statistics_office(pack: Pack) -> str:
    """Who publishes the region's statistics, by the sources its facts cite; else the plain word."""
    cited = Counter(f.document for f in pack.ledger.facts if f.region == pack.id and f.document in pack.sources)
    found = Counter[str]()
    for document, count in cited.items():
        publisher = pack.sources[document].publisher
        if publisher.endswith("统计局") and pack.sources[document].grade == "official":
            found[publisher] += count
    return found.most_common(1)[0][0] if found else _STATISTICS


def _letter(pack: Pack, owner: str, spelt: Sequence[str], questions: Sequence[Question], labels: Labels) -> str:
    also = f"（原文亦作{'、'.join(spelt)}）" if spelt else ""
    used = {fact.document: None for q in questions for fact in q.figures}
    rows = []
    for i, q in enumerate(questions, 1):
        sides = (_figures(side, q, pack, labels) for side in (q.first, q.second))
        rows.append(f"| {i} | {_cell(q.subject)} | {' | '.join(sides)} | {_cell(q.text)} | |")
    return "\n".join([
        f"# {_CHECK}", "", f"地区：{pack.label.zh}", "", f"收件单位：{owner}{also}", "",
        "下列数据在不同文件或不同指标之间需要衔接，请逐项核实，在“答复”栏填写核实后的数值、口径和依据。"
        "最终以统计部门核实数为准。表中“前者”指数据一，“后者”指数据二。", "",
        "| 序号 | 指标 | 数据一 | 数据二 | 需核实的问题 | 答复 |", "|---|---|---|---|---|---|", *rows, "",
        "文件：", "", *(f"- {_short(pack, document)}：{_title(pack, document)}" for document in used), "",
        "填报人：　　　　　　联系电话：　　　　　　单位（盖章）：", "",
    ])  # fmt: skip


def _needs(pack: Pack, missing: Sequence[Finding], targets: Mapping[str, Target], names: Mapping[str, str]) -> str:
    """One row for each indicator, whatever number of targets lack its figure."""
    groups: dict[str, list[Finding]] = {}
    for finding in missing:
        groups.setdefault(stem(targets[finding.id].indicator), []).append(finding)
    rows = []
    for i, group in enumerate(groups.values(), 1):
        goals = [targets[finding.id] for finding in group]
        owner = "、".join(dict.fromkeys(names[name] for goal in goals for name in goal.owners)) or _NO_OWNER
        scopes = dict.fromkeys(goal.note.zh for goal in goals if goal.note is not None) or ("与目标同一口径",)
        asked = dict.fromkeys(finding.message.zh for finding in group)
        rows.append(
            f"| {i} | {_cell(goals[0].label.zh)} | {_cell(goals[0].unit)} | {_cell(chr(10).join(asked))} "
            f"| {_cell(chr(10).join(scopes))} | {owner} | | |"
        )
    return "\n".join([
        f"# {_NEED}", "", f"地区：{pack.label.zh}", "",
        "下列目标缺少基数或上级下达的数值，暂不能测算或对照。请提供单位填写数值，并注明口径、年份和出处。", "",
        "| 序号 | 指标 | 单位 | 缺少的数据 | 口径要求 | 提供单位 | 数值 | 出处 |", "|---|---|---|---|---|---|---|---|",
        *rows, "",
    ])  # fmt: skip


def _figures(figures: Sequence[Fact], question: Question, pack: Pack, labels: Labels) -> str:
    """Period, number, quote and place of each figure; what it is of where the row is about several things."""
    many = len({(fact.region, fact.indicator) for fact in question.figures}) > 1
    lines = []
    for fact in figures:
        name = labels.indicators.get(fact.indicator, Text(fact.indicator, fact.indicator)).zh
        region = "" if fact.region == pack.id else labels.regions.get(fact.region, Text(fact.region, fact.region)).zh
        word = "" if fact.rounding in ("exact", "") else f"（{fact.rounding}）"
        value = f"{fact.printed.replace('-', '−')}{fact.unit}{word}" if fact.printed else "（文字目标）"
        where = f"{_short(pack, fact.document)}，第{fact.line}行" if fact.line else _short(pack, fact.document)
        quote = " ".join(fact.quote.split())
        lines.append(f"{region + name if many else ''}{period_text(fact.period)}：{value}，“{quote}”（{where}）")
    return _cell("\n".join(lines))


def _cell(text: str) -> str:
    """Text as a cell of a Markdown table."""
    return text.replace("|", "｜").replace("\n", "<br>")


def _short(pack: Pack, document: str) -> str:
    source = pack.sources.get(document)
    return document if source is None else f"《{source.name}》"


def _title(pack: Pack, document: str) -> str:
    source = pack.sources.get(document)
    return document if source is None else f"《{source.title}》，{source.publisher}（{document}）"


def _file(*parts: str) -> str:
    """A file name of hanzi, letters and digits only, and of the parts it is made of."""
    return "-".join(re.sub(r"\W", "", part) for part in parts) + ".md"


def write_letters(folder: Path, texts: Mapping[str, str], force: bool = False) -> tuple[Path, ...]:
    """Write the letters, each under a temporary name first.

    Raises InputError when the folder cannot be written, and, unless `force`, when it has letters of these names
    with another text: somebody may have filled them in.
    """
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse(folder, [name for name, text in texts.items() if _differs(folder / name, text)] if not force else [])
        for name, text in texts.items():
            path, part = folder / name, folder / f"{name}.part"
            part.write_text(text, encoding="utf-8", newline="\n")
            os.replace(part, path)
            paths.append(path)
    except OSError as error:
        zh, en = f"无法写入“{folder}”：{error.strerror}", f'cannot write to "{folder}": {error.strerror}'
        raise InputError(Problem(None, None, None, "--letters", Text(zh, en))) from error
    return tuple(paths)


def _differs(path: Path, text: str) -> bool:
    return path.exists() and path.read_bytes() != text.encode("utf-8")


def _refuse(folder: Path, names: Sequence[str]) -> None:
    if names:
        zh = "文件已存在且内容不同，可能已有人填写，未作改动；请换一个文件夹，确要覆盖请加 --force"
        en = "exists with another text, perhaps filled in; nothing was written. Choose another folder, or --force"
        raise InputError([Problem((folder / name).as_posix(), None, None, "--letters", Text(zh, en)) for name in names])

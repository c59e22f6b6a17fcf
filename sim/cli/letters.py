"""Letters to those who hold the figures: a 数据核实单 for each bureau, and one 数据需求清单.

Markdown in Chinese, in a stable order and without dates, so that the same ledger gives the same files.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sim.errors import InputError, Problem
from sim.facts.ledger import Fact
from sim.language import Text
from sim.preflight import Finding
from sim.region.pack import Pack
from sim.targets import Target

#: Findings that ask for a figure that is not there; the others ask about figures that are.
MISSING = ("no_baseline", "unquantified")
_NO_OWNER = "责任单位待明确"
_STATISTICS = "统计部门"
_CHECK, _NEED = "数据核实单", "数据需求清单"


class Disagreement(Protocol):
    """What a letter needs of a conflict between figures."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the figures."""

    @property
    def message(self) -> Text:
        """What is to be confirmed."""


@dataclass(frozen=True, slots=True)
class Question:
    """One row of a letter: the name of what is asked about, the figures it rests on, the question."""

    subject: str
    figures: tuple[Fact, ...]
    text: str


def letters(
    pack: Pack, targets: Sequence[Target], findings: Sequence[Finding], conflicts: Sequence[Disagreement]
) -> Mapping[str, str]:
    """File name to text of every letter, in order of the names."""
    facts = {fact.id: fact for fact in pack.ledger.facts}
    by_id = {target.id: target for target in targets}
    names = merged(owner for target in targets for owner in target.owners)
    questions: dict[str, list[Question]] = {}
    for conflict in conflicts:
        figures = tuple(facts[id] for id in conflict.facts if id in facts)
        subject = "、".join(dict.fromkeys(fact.indicator for fact in figures))
        questions.setdefault(statistics_office(pack), []).append(Question(subject, figures, conflict.message.zh))
    for finding in findings:
        target = by_id.get(finding.id)
        if target is None or finding.finding in MISSING or _holds_the_line(finding, target):
            continue
        question = _question(finding, target, facts, by_id)
        for owner in dict.fromkeys(names[name] for name in target.owners) or (_NO_OWNER,):
            questions.setdefault(owner, []).append(question)
    spelt = {name: [other for other in names if names[other] == name and other != name] for name in questions}
    out = {_file(_CHECK, owner): _letter(pack, owner, spelt[owner], rows) for owner, rows in questions.items()}
    missing = [f for f in findings if f.finding in MISSING and f.id in by_id and _asks(f, by_id[f.id])]
    if missing:
        out[f"{_NEED}.md"] = _needs(pack, missing, by_id, names)
    return dict(sorted(out.items()))


def _holds_the_line(finding: Finding, target: Target) -> bool:
    """Whether nothing is to be asked: a threshold that is its baseline on purpose."""
    return finding.finding == "already_met" and target.base is not None and target.base == target.value


def _asks(finding: Finding, target: Target) -> bool:
    """Whether a finding asks for a figure: goals in words ask for none."""
    return finding.finding == "no_baseline" or target.operator == "assigned"


def _question(finding: Finding, target: Target, facts: Mapping[str, Fact], targets: Mapping[str, Target]) -> Question:
    """The figures of the target and of the others, and the message."""
    others = (targets[id].fact if id in targets else id for id in finding.others)
    ids = dict.fromkeys(id for id in (target.fact, target.base_fact, *others) if id in facts)
    return Question(target.label.zh, tuple(facts[id] for id in ids if id is not None), finding.message.zh)


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


def _letter(pack: Pack, owner: str, spelt: Sequence[str], questions: Sequence[Question]) -> str:
    also = f"（原文亦作{'、'.join(spelt)}）" if spelt else ""
    used = {fact.document: None for q in questions for fact in q.figures}
    rows = [
        f"| {i} | {_cell(q.subject)} | {_figures(q.figures)} | {_quotes(q.figures)} | {_cell(q.text)} | |"
        for i, q in enumerate(questions, 1)
    ]
    return "\n".join([
        f"# {_CHECK}", "", f"地区：{pack.label.zh}", "", f"收件单位：{owner}{also}", "",
        "下列数据在不同文件或不同指标之间需要衔接，请逐项核实，在“答复”栏填写核实后的数值、口径和依据。"
        "最终以统计部门核实数为准。", "",
        "| 序号 | 指标 | 数据与出处 | 原文 | 需核实的问题 | 答复 |", "|---|---|---|---|---|---|", *rows, "",
        "文件：", "", *(f"- {document}：{_title(pack, document)}" for document in used), "",
        "填报人：　　　　　　联系电话：　　　　　　单位（盖章）：", "",
    ])  # fmt: skip


def _needs(pack: Pack, missing: Sequence[Finding], targets: Mapping[str, Target], names: Mapping[str, str]) -> str:
    rows = []
    for i, finding in enumerate(missing, 1):
        target = targets[finding.id]
        owner = "、".join(dict.fromkeys(names[name] for name in target.owners)) or _NO_OWNER
        scope = target.note.zh if target.note is not None else "与目标同一口径"
        rows.append(
            f"| {i} | {_cell(target.label.zh)} | {_cell(target.unit)} | {_cell(finding.message.zh)} | {_cell(scope)} "
            f"| {owner} | | |"
        )
    return "\n".join([
        f"# {_NEED}", "", f"地区：{pack.label.zh}", "",
        "下列目标缺少基数或上级下达的数值，暂不能测算或对照。请提供单位填写数值，并注明口径、年份和出处。", "",
        "| 序号 | 指标 | 单位 | 缺少的数据 | 口径要求 | 提供单位 | 数值 | 出处 |", "|---|---|---|---|---|---|---|---|",
        *rows, "",
    ])  # fmt: skip


def _figures(figures: Sequence[Fact]) -> str:
    """Number and place of each figure, one under the other."""
    lines = []
    for fact in figures:
        period = f"{fact.period.replace('-', '—')}年" if "M" not in fact.period else fact.period
        value = f"{fact.printed}{fact.unit}" if fact.printed else "（文字目标）"
        where = f"{fact.document}，第{fact.line}行" if fact.line else fact.document
        lines.append(f"{period}：{value}（{where}）")
    return _cell("\n".join(lines))


def _quotes(figures: Sequence[Fact]) -> str:
    return _cell("\n".join(dict.fromkeys(f"“{' '.join(fact.quote.split())}”" for fact in figures)))


def _cell(text: str) -> str:
    """Text as a cell of a Markdown table."""
    return text.replace("|", "｜").replace("\n", "<br>")


def _title(pack: Pack, document: str) -> str:
    source = pack.sources.get(document)
    return document if source is None else f"《{source.title}》，{source.publisher}"


def _file(kind: str, owner: str) -> str:
    """A file name of hanzi, letters and digits only."""
    name = re.sub(r"\W", "", owner)
    return f"{kind}-{name}.md"


def write_letters(folder: Path, texts: Mapping[str, str]) -> tuple[Path, ...]:
    """Write the letters, each under a temporary name first; raises InputError when the folder cannot be written."""
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            path, part = folder / name, folder / f"{name}.part"
            part.write_text(text, encoding="utf-8", newline="\n")
            os.replace(part, path)
            paths.append(path)
    except OSError as error:
        zh, en = f"无法写入“{folder}”：{error.strerror}", f'cannot write to "{folder}": {error.strerror}'
        raise InputError(Problem(None, None, None, "--letters", Text(zh, en))) from error
    return tuple(paths)

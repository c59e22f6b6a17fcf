"""One A4 page on one number: the ten questions asked of it, in fixed order, each with its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sim.material import Material
from sim.output.layout import wrap_cells
from sim.output.tables import cut_off_text
from sim.report.blocks import Block, Cell, Column, Report, Table
from sim.report.brief.answers import Answer, answers
from sim.report.brief.committee import committee
from sim.report.brief.subject import Context, Subject, context_of, find_subject
from sim.report.editions import Edition
from sim.report.evaluation import doubted, warnings_of
from sim.report.wording import sentence

#: Room of one A4 page below its title by language: lines of table text, and cells in a line of question and of answer.
ROOM = {"zh": (29, 14, 60), "en": (35, 22, 62)}
#: Lines of table text that a line of a doubt takes, and its cells.
_DOUBT, _DOUBT_CELLS = 2, 52
#: The same of a further line of the title.
_TITLE, _TITLE_CELLS = 3, 38


def brief(material: Material, edition: Edition, lang: str, id: str) -> Report:
    """The page about a target, an indicator or a figure; raises InputError for an id that does not exist."""
    return brief_in(context_of(material, edition, lang), id)


def brief_in(context: Context, id: str) -> Report:
    """The same in a context that serves several pages."""
    material, page, subject = context.material, context.page, find_subject(id, context)
    lang = page.lang
    asked = answers(subject, context)
    warnings = warnings_of(material, page)
    name, place = subject.label.pick(lang), material.pack.label.pick(lang)
    title = page.pick(f"{place}{_year(subject, lang)}{name}", f"{place}: {name}{_year(subject, lang)}")
    room = ROOM[lang][0] - _DOUBT * sum(len(wrap_cells(text, _DOUBT_CELLS)) for text in warnings)
    room -= _TITLE * (len(wrap_cells(title, _TITLE_CELLS)) - 1)
    kept, extra, dropped = fitted(asked, committee(subject, context), lang, room)
    lines = [*kept, *extra]
    rows = tuple(
        (Cell(f"{i}. {answer.question.pick(lang)}"), Cell(told(answer, lang))) for i, answer in enumerate(lines, 1)
    )
    columns = (
        Column("question", page.pick("问题", "Question"), 2.0),
        Column("answer", page.pick("回答", "Answer"), 10.0),
    )
    table = Table(
        "brief", page.pick(f"一页说明（{subject.id}）", f"One page on {subject.id}"), columns, rows, prose=True
    )
    blocks: list[Block] = [*doubted(material, page), table]
    return Report(
        title=title,
        subtitle="",
        template="brief",
        edition=page.edition,
        lang=lang,
        region_label=place,
        cut_off=cut_off_text(context.view.document, lang),
        blocks=tuple(blocks),
        left_out=_left_out(context, dropped),
        warnings=warnings,
        run_ids=material.run_ids,
    )


def _year(subject: Subject, lang: str) -> str:
    if subject.year is None:
        return ""
    return f"{subject.year}年" if lang == "zh" else f", {subject.year}"


def told(answer: Answer, lang: str) -> str:
    """An answer as one passage."""
    return sentence(("；" if lang == "zh" else "; ").join(part.rstrip("；;。 ") for part in answer.parts), lang)


def fitted(
    ten: Sequence[Answer], more: Sequence[Answer], lang: str, room: int
) -> tuple[list[Answer], list[Answer], int]:
    """The ten and what else there is room for; where the page is too short the last parts of the longest answers go.

    The third is how many parts or further answers were left out.
    """
    kept, dropped = list(ten), 0
    while sum(lines_of(answer, lang) for answer in kept) > room:
        longest = _longest([a for a in kept if len(a.parts) > a.needed] or [a for a in kept if len(a.parts) > 1], lang)
        if longest is None:
            break
        kept[kept.index(longest)] = replace(longest, parts=longest.parts[:-1])
        dropped += 1
    room -= sum(lines_of(answer, lang) for answer in kept)
    extra = []
    for answer in more:
        need = lines_of(answer, lang)
        if need <= room:
            extra.append(answer)
            room -= need
        else:
            dropped += 1
    return kept, extra, dropped


def _longest(found: Sequence[Answer], lang: str) -> Answer | None:
    return max(found, key=lambda answer: lines_of(answer, lang), default=None)


def lines_of(answer: Answer, lang: str) -> int:
    """How many lines of the table a question with its answer takes."""
    _, asked, told_in = ROOM[lang]
    return max(
        len(wrap_cells(f"10. {answer.question.pick(lang)}", asked)), len(wrap_cells(told(answer, lang), told_in))
    )


def _left_out(context: Context, dropped: int) -> tuple[str, ...]:
    page, said = context.page, []
    if dropped:
        said.append(
            page.pick(
                f"一页写不下的{dropped}处次要内容；全部来源用 facts 查看",
                f"{dropped} minor points for want of room; see facts",
            )
        )
    if not page.edition.chances:
        said.append(page.pick("达成概率", "probabilities"))
    if not page.edition.reasons:
        said.append(page.pick("口径说明、达到目标尚需的增速和推算路径", "scope, what is still needed, projected path"))
    return tuple(said)

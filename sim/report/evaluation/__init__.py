"""The evaluation of a plan's implementation: mid-term while its year is to come, final once it is over."""

from __future__ import annotations

from collections.abc import Sequence

from sim.material import Material, View
from sim.output.tables import cut_off_text
from sim.report.blocks import Block, Items, Missing, Paragraph, Ref, Report, Span
from sim.report.brief.sources import Page, page_of
from sim.report.editions import Edition
from sim.report.evaluation.asked import checks_table, needs_table
from sim.report.evaluation.rows import SHORT, Evaluated, evaluated, lead_view
from sim.report.evaluation.table import main_table, outlook_table
from sim.report.evaluation.text import cut_off, judgement, rows_of, scope_items, shortfall
from sim.report.figures import figure
from sim.report.numbering import Numbering


def evaluation(material: Material, edition: Edition, lang: str) -> Report:
    """The report: judgement by counts, the bureau's table, what falls short, scope, what is asked of the bureaus."""
    view, found = lead_view(material), evaluated(material)
    page = page_of(material.pack, edition, lang, material.as_of)
    number = Numbering(lang)
    blocks: list[Block] = [*doubted(material, page)]
    left: list[str] = []
    for one in found:
        blocks += _of_year(one, len(found) > 1, material, view, page, number, left)
    place = material.pack.label.pick(lang)
    final = bool(found) and all(one.final for one in found)
    kind = page.pick("总结评估" if final else "中期评估", "final evaluation" if final else "mid-term evaluation")
    return Report(
        title=page.pick(f"{place}规划实施{kind}", f"{place}: {kind} of the plan"),
        subtitle="",
        template="evaluation",
        edition=edition,
        lang=lang,
        region_label=place,
        cut_off=cut_off_text(view.document, lang),
        blocks=tuple(blocks) if found else (*blocks, _nothing(page)),
        left_out=tuple(dict.fromkeys([*left, *_left_out(page)])),
        warnings=warnings_of(material, page),
        run_ids=material.run_ids,
    )


def _nothing(page: Page) -> Paragraph:
    return Paragraph((page.pick("规划没有可评估的目标。", "The plan has no target that can be evaluated."),))


def warnings_of(material: Material, page: Page, grave: bool = False) -> tuple[str, ...]:
    """Doubts about the results, or the grave ones; folders, whose names hold hashes, are named where ids are shown."""
    texts = []
    for doubt in material.grave if grave else material.doubts:
        text = doubt.text.pick(page.lang)
        for i, found in enumerate(material.results, 1):
            text = text if page.edition.ids else text.replace(found.folder.name, str(i))
        texts.append(text)
    return tuple(dict.fromkeys(texts))


def doubted(material: Material, page: Page) -> list[Block]:
    """Grave doubts, in red on the page."""
    return [Paragraph((text,), "warning") for text in warnings_of(material, page, grave=True)]


def _of_year(
    found: Evaluated, several: bool, material: Material, view: View, page: Page, number: Numbering, left: list[str]
) -> list[Block]:
    """The parts of one target year."""
    year = (
        f"（{found.target_year}年目标）"
        if several and page.zh
        else f" (targets of {found.target_year})"
        if several
        else ""
    )
    table = main_table(found, material, view, page)
    blocks: list[Block] = [
        number.heading(page.pick("总体判断", "Judgement") + year),
        Paragraph((cut_off(found, page),)),
        Paragraph((judgement(found, page), *_see(table.key, page))),
        Items(tuple(rows_of(found, page)), numbered=False),
        *_figures(material, page, left),
        number.heading(page.pick("主要指标完成情况", "The indicators") + year),
        table,
    ]
    blocks += _short(found, page, number)
    blocks += _expected(found, view, page, number)
    if page.edition.reasons:
        blocks += _scopes(found, page, number)
        blocks += _asked(found, material, page, number)
    return blocks


def _see(key: str, page: Page) -> tuple[Span, ...]:
    return ("逐项见", Ref(key), "。") if page.zh else (" All of them are in ", Ref(key), ".")


def _figures(material: Material, page: Page, left: list[str]) -> list[Block]:
    drawn = figure("progress", material, page.edition, page.lang)
    if isinstance(drawn, Missing):
        left.append(drawn.sentence(page.lang))
        return []
    return [drawn]


def _short(found: Evaluated, page: Page, number: Numbering) -> list[Block]:
    rows = found.of(*SHORT)
    words = ("未完成", "not fulfilled") if found.final else ("滞后和未达到", "behind or not met")
    heading = number.heading(page.pick(f"{words[0]}的指标", f"Indicators {words[1]}"))
    if not rows:
        text = page.pick(f"可评估的指标中没有{words[0]}的。", f"None of those judged is {words[1]}.")
        return [heading, Paragraph((text,))]
    return [heading, Items(tuple((shortfall(row, found, page),) for row in rows))]


def _expected(found: Evaluated, view: View, page: Page, number: Numbering) -> list[Block]:
    table = outlook_table(found, view, page)
    if table is None:
        return []
    text = page.pick(
        f"按截至{found.as_of}年的数据推算，达到{found.target_year}年目标每年需要的增长和达成概率见",
        f"What the years left must bring, and the probabilities on figures up to {found.as_of}: ",
    )
    return [
        number.heading(page.pick("后续年度需要和达成概率", "What is needed, and how likely it is")),
        Paragraph((text, Ref(table.key), page.pick("。", "."))),
        table,
    ]


def _scopes(found: Evaluated, page: Page, number: Numbering) -> list[Block]:
    items = scope_items(found, page)
    if not items:
        return []
    text = page.pick(
        "以下指标公布数与目标口径不同，暂不作进度评估，逐项说明如下。",
        "Figures of these indicators are of another scope than their targets; progress is not judged.",
    )
    return [
        number.heading(page.pick("口径调整的指标", "Indicators of another scope")),
        Paragraph((text,)),
        Items(tuple(items)),
    ]


def _asked(found: Evaluated, material: Material, page: Page, number: Numbering) -> list[Block]:
    tables = [t for t in (needs_table(found, material, page), checks_table(found, material, page)) if t is not None]
    if not tables:
        return []
    blocks: list[Block] = [number.heading(page.pick("需衔接和待核实事项", "To be aligned and confirmed"))]
    refs: list[Span] = []
    for i, table in enumerate(tables):
        refs += [page.pick("、", " and ") if i else "", Ref(table.key)]
    blocks.append(
        Paragraph(
            (
                page.pick("请有关单位按下列清单提供、核实数据，见", "Bureaus are asked for what "),
                *refs,
                page.pick("。", " list."),
            )
        )
    )
    return [*blocks, *tables]


def _left_out(page: Page) -> Sequence[str]:
    """What the edition does not show, for the author."""
    if page.edition.chances:
        return ()
    said = [page.pick("达成概率、80%区间（表“达到目标的需要和概率”）", "probabilities and intervals")]
    if not page.edition.reasons:
        said.append(
            page.pick(
                "模型推算的预计数、备注、滞后原因、口径说明、数据需求清单和核实单",
                "expected values of the model, remarks, reasons, scope, requests for figures",
            )
        )
    return tuple(said)

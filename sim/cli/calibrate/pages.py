"""How `calibrate` prints what it found, in the order in which it is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import click

from sim.cli.terminal import page, page_width, wrap_cells, write_table
from sim.conditioning.condition import LEAST_WEIGHT, MOST_K, RESAMPLE, USE
from sim.conditioning.residuals import expected, large, large_words, reported, shown, signed
from sim.language import Text
from sim.output.calibration_words import interval, what, whose
from sim.output.layout import fitted, grid

Record = Mapping[str, Any]
#: Parameters and shocks on the page; all are in parameters.csv.
PARAMETERS_SHOWN, SHOCKS_SHOWN = 20, 12


def print_calibration(document: Record, lang: str, result: str) -> None:
    """The whole page: cut-off, facts used and refused, quality, facts, parameters, shocks, files."""
    _cut_off(document, lang)
    if not document["facts"]:
        nothing = Text(
            f"{document['base_year']}年以后没有用到公布数：各参数就是先验，测算从基年公布数出发。",
            f"No figures after {document['base_year']} are used: all parameters are as the prior has them.",
        )
        _paragraph(nothing.pick(lang))
    else:
        _refused(document, lang)
        _quality(document, lang)
        _widened(document, lang)
        _large(document, lang)
        _facts(document, lang)
        _parameters(document, lang)
        _shocks(document, lang)
    names = "calibration.json、facts.csv、parameters.csv、manifest.json、figures/"
    names = names if document["parameters"] else names.removesuffix("、figures/")
    names = names if lang == "zh" else names.replace("、", ", ")
    click.echo(f"结果文件夹：{result}（{names}）" if lang == "zh" else f"Files: {result} ({names})")


def _paragraph(text: str, indent: int = 0) -> None:
    for line in wrap_cells(text, page_width() - indent):
        click.echo((" " * indent + line).rstrip())


def _heading(text: Text, lang: str) -> None:
    click.echo(f"\n{text.pick(lang)}\n")


def _cut_off(document: Record, lang: str) -> None:
    counts = [(part[f"label{'' if lang == 'zh' else '_en'}"], part["count"]) for part in document["facts_of"]]
    if lang == "zh":
        by = "、".join(f"{label} {count} 项" for label, count in counts)
        told = (
            f"{document['region_label']}：数据截止{document['as_of']}年，用公布数 {document['facts_used']} 项（{by}）"
        )
        told += f"，外部世界 {document['surprises']} 项。" if document["surprises"] else "。"
    else:
        by = ", ".join(f"{label} {count}" for label, count in counts)
        told = f"{document['region_label_en']}: figures up to {document['as_of']}, {document['facts_used']} used ({by})"
        told += f", {document['surprises']} of the world." if document["surprises"] else "."
    _paragraph(told)


def _refused(document: Record, lang: str) -> None:
    refused = document["refused"]
    reasons = Counter(line["reason" if lang == "zh" else "reason_en"] for line in refused)
    if lang == "zh":
        _paragraph(f"口径不可比、没有用的 {len(refused)} 项；由其他数推出、不重复用的 {len(document['implied'])} 项。")
    else:
        _paragraph(f"{len(refused)} not comparable and not used; {len(document['implied'])} implied by others.")
    for reason, count in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])):
        _paragraph(f"{count} 项：{reason}" if lang == "zh" else f"{count}: {reason}", 2)
    click.echo()


def _quality(document: Record, lang: str) -> None:
    count = document["facts_used"] + document["surprises"]
    _paragraph(
        Text(
            f"已按 {count} 项公布数条件化，{document['directions']} 个方向"
            f"（其中 {document['halved']} 个把不确定性减半以上）；随机种子 {document['seed']}。",
            f"Conditioned on {count} figures in {document['directions']} directions, {document['halved']} of which at "
            f"least halve the uncertainty; seed {document['seed']}.",
        ).pick(lang)
    )
    header = [Text("以往各年", "The past"), Text("先验概率", "Prior"), Text("校准后", "After"),
              Text("有效抽样ESS", "ESS"), Text("Pareto k", "Pareto k"), Text("抽样方式", "Draws")]  # fmt: skip
    rows = [
        [line["label" if lang == "zh" else "label_en"], f"{line['prior']:.1%}", _weight(line["weight"]),
         f"{line['effective']:.0%}", f"{line['pareto_k']:.2f}", _kind(line).pick(lang)]
        for line in document["hypotheses"]
    ]  # fmt: skip
    click.echo()
    write_table(header, rows, [40, 10, 10, 12, 10, 24], lang, ruled=False)
    _paragraph(
        Text(
            f"ESS 不低于 {USE:.0%} 且 Pareto k 低于 {MOST_K} 时抽样直接可用，否则重抽，低于 {RESAMPLE:.0%} 即拒绝。"
            "这些数还能说明冲击通常有多大，这一部分大体没有采用：只随公布数所及的方向略有移动，"
            f"冲击大小仍按参照组（各省历史）估计（放下的部分 {_kept_back(document):.1f}，为对数权重的方差）。",
            f"With an ESS of {USE:.0%} and Pareto k below {MOST_K} draws are used as they are, else resampled, and "
            f"refused below {RESAMPLE:.0%}. What these figures would also say about how large shocks usually are is "
            "mostly left to the reference class: it moves a little, only along the directions that the figures reach "
            f"(variance of the log weights left aside: {_kept_back(document):.1f}).",
        ).pick(lang)
    )
    if document["unsolved"]:
        share = f"{document['unsolved']:.2%}"
        _paragraph(Text(f"{share} 的抽样没有完全落到公布数上。", f"{share} of the draws miss the figures.").pick(lang))


def _weight(weight: float) -> str:
    return f"{weight:.1%}" if weight else f"<{LEAST_WEIGHT:.1%}"


def _kept_back(document: Record) -> float:
    main = max(document["hypotheses"], key=lambda line: line["weight"])
    return float(main["kept_back"])


def _kind(line: Record) -> Text:
    if not line["weight"]:
        return Text("不抽（概率太小）", "none (too unlikely)")
    return Text("直接使用", "as drawn") if line["kind"] == "draws" else Text("重抽", "resampled")


def _widened(document: Record, lang: str) -> None:
    """Facts whose errors were widened, which is said before anything that rests on them."""
    if not document["inflated"]:
        return
    click.echo()
    zh = lang == "zh"
    _paragraph(
        "应 --inflate 要求，下列公布数超出模型所能解释的范围，已放宽其误差后校准；测算（run）不用这一结果："
        if zh
        else "As --inflate asks, the errors of these figures, which are beyond the model, were widened; runs do not "
        "use this result:"
    )
    for line in document["inflated"]:
        times = f"{line['factor']:.1f}"
        text = f"{line['label']}：误差放宽到 {times} 倍" if zh else f"{line['label_en']}: error times {times}"
        _paragraph(f"{text}（{line['id']}）" if zh else f"{text} ({line['id']})", 2)


def _large(document: Record, lang: str) -> None:
    """What to confirm: figures of the regions that are far off, in words that judge no publication."""
    _heading(Text("一、需要先看的数", "1. Figures to look at first"), lang)
    found = [line for line in document["facts"] if large(line)]
    if not found:
        _paragraph(Text("没有。", "None.").pick(lang))
        return
    for line in found:
        _paragraph(large_words(line).pick(lang), 2)
    if any(line["region"] is not None for line in found):
        note = Text(
            "以统计部门最终核实数为准；核实以前仍按台账使用。",
            "The final figure of the statistical office counts; until then they are used as the ledger has them.",
        )
        _paragraph(note.pick(lang))


def _facts(document: Record, lang: str) -> None:
    _heading(Text("二、每个公布数：先验预期与校准后的余差", "2. Figures: expected, and what is left"), lang)
    header = [Text("公布数", "Figure"), Text("数值", "Value"), Text("误差", "Error"), Text("先验预期", "Expected"),
              Text("偏离", "Before"), Text("余差", "After"), Text("单位", "Unit")]  # fmt: skip
    end = "" if lang == "zh" else "_en"
    rows = [
        [line[f"label{end}"], *_numbers(line), signed(line["before"]), signed(line["residual"]), line["unit"] or "—"]
        for line in document["facts"]
    ]
    _table(header, rows, [64, 12, 8, 18, 6, 6, 10], [False, True, True, True, True, True, False], lang)
    _paragraph(
        Text(
            "偏离以先验预期的离散程度为单位，余差以公布数的误差为单位；正数为公布数较高。外部世界各行为当年冲击。",
            "Before: in spreads of what the prior expected; after: in errors of the figure; positive where the figure "
            "is higher. Rows of the world are the shocks of those years.",
        ).pick(lang)
    )


def _numbers(line: Record) -> list[str]:
    if line["value"] is None:
        return ["—", "—", "—"]
    return [reported(line), shown(line["error"], line["error"]), expected(line)]


def _table(header: Sequence[Text], rows: Sequence[Sequence[str]], most: Sequence[int], right: Sequence[bool],
           lang: str) -> None:  # fmt: skip
    """A table whose first column gives way where the page is narrow."""
    heads = [text.pick(lang) for text in header]
    widths = fitted(list(zip(heads, *rows, strict=True)), [4] * len(most), most)
    widths[0] = max(16, min(widths[0], page() - sum(widths[1:]) - 2 * (len(widths) - 1)))
    click.echo(grid(heads, rows, widths, right, ruled=False))


def _parameters(document: Record, lang: str) -> None:
    records = document["parameters"]
    some = records[:PARAMETERS_SHOWN]
    _heading(
        Text(
            f"三、移动了的参数 {len(records)} 个（列前 {len(some)} 个）：p5—p95（中位数）",
            f"3. Parameters that moved: {len(records)}, the first {len(some)}: p5 to p95 (median)",
        ),
        lang,
    )
    header = [Text("参数", "Parameter"), Text("地区、部门", "Of"), Text("校准前", "Before"), Text("校准后", "After"),
              Text("主要由哪些公布数", "Moved by")]  # fmt: skip
    rows = [
        [what(r, lang), whose(r, lang), *(interval(r[when], r["before"], r["unit"], lang) for when in
                                         ("before", "after")), _causes(r, lang)]
        for r in some
    ]  # fmt: skip
    write_table(header, rows, [30, 30, 28, 28, 60], lang, ruled=False)
    _paragraph(
        Text(
            "推高、压低后面的数以先验标准差为 1（按线性分摊）。各参数的依据写在 parameters.csv 的 place 一列所指的行。",
            "In parentheses: by how many standard deviations of the prior a figure moved it (linear shares).",
        ).pick(lang)
    )


def _shocks(document: Record, lang: str) -> None:
    records = document["shocks"]
    some = records[:SHOCKS_SHOWN]
    _heading(
        Text(
            f"四、以往各年的冲击 {len(records)} 个（列前 {len(some)} 个），以常年大小为 1",
            f"4. Shocks of past years: {len(records)}, the first {len(some)}; 1 is the usual size",
        ),
        lang,
    )
    header = [Text("年份、地区、部门", "Where and when"), Text("冲击", "Shock"), Text("大小", "Size"),
              Text("主要由哪些公布数", "Moved by")]  # fmt: skip
    rows = [[whose(r, lang), what(r, lang), f"{signed(r['mean'])} ± {r['sd']:.1f}", _causes(r, lang)] for r in some]
    write_table(header, rows, [34, 36, 12, 70], lang, ruled=False)
    click.echo()


def _causes(record: Record, lang: str) -> str:
    least = 0.2 * max((abs(fact["part"]) for fact in record["facts"]), default=0.0)
    parts = [fact for fact in record["facts"] if abs(fact["part"]) >= least][:2]
    if lang == "zh":
        return "；".join(f"{f['label']}{_pushed(f['part'])}{abs(f['part']):.1f}" for f in parts) or "—"
    return "; ".join(f"{f['label_en']} ({signed(f['part'])})" for f in parts) or "—"


def _pushed(part: float) -> str:
    return "推高" if part > 0 else "压低"

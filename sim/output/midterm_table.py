"""The mid-term tables as printed, one for each target year, in the layout of a mid-term evaluation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.language import Text
from sim.output.layout import fitted, grid
from sim.output.probability import chance_text, ranged_text
from sim.output.tables import NATURES, decimals, figure_text, number_text, unit_text

Record = Mapping[str, Any]

#: Widest page for which owner and remark stand in the table; on a narrower one they follow it.
FULL_PAGE = 230
NARROW_PAGE = 160  # below it what is needed a year follows the table as well
#: Rounding words that stand after the number; all others stand before it.
AFTER = ("左右", "以上", "以内")
NOT_COUNTED = "*"


def midterm_table(document: Record, lang: str, width: int) -> str:
    """One table for each target year, the earliest first, each with its cut-off and share of the time, and the notes.

    Empty where the run has no mid-term evaluation.
    """
    midterm = document["midterm"]
    if midterm is None or not midterm["rows"]:
        return ""
    years = sorted({record["year"] for record in midterm["rows"]})
    pages, rows = [], []
    for year in years:
        of_year = [row for record in midterm["rows"] if record["year"] == year for row in _rows(record, midterm, lang)]
        rows += of_year
        title = _title(midterm, year, len(years) > 1, lang)
        pages.append("\n".join([title, *_table(midterm, year, of_year, lang, width)]))
    return "\n".join(["\n\n".join(pages), *_footnotes(midterm, rows, lang)])


def _table(midterm: Record, target_year: int, rows: Sequence[list[str]], lang: str, width: int) -> list[str]:
    """The grid of one target year, and below it what a narrower page leaves out of it."""
    header = _header(midterm, target_year, lang)
    count = len(midterm["years"])
    least = [4, 14, 4, 6, 10, 10, *[6] * count, 8, 8, 10, 10, 12, 8, 8, 16]
    most = [4, 24, 8, 8, 10, 12, *[8] * count, 11, 10, 15, 18, 18, 18, 14, max(24, width - 200)]
    right = [True, False, False, False, True, True, *[True] * count, False, False, True, False, False, False, False,
             False]  # fmt: skip
    keep = list(range(len(header)))
    if all(not row[-3] for row in rows):
        keep.remove(len(header) - 3)
    wide = width >= FULL_PAGE
    left_out = () if wide else (2, 3) if width >= NARROW_PAGE else (2, 3, len(header) - 5)
    shown = [i for i in keep if wide or (i < len(header) - 3 and i not in left_out)]
    heads, cells = [header[i] for i in shown], [[row[i] for i in shown] for row in rows]
    widths = fitted(list(zip(heads, *cells, strict=True)), [least[i] for i in shown], [most[i] for i in shown])
    table = grid(heads, cells, widths, [right[i] for i in shown])
    return [table] if wide else [table, *_notes(rows, lang, width < NARROW_PAGE)]


def _title(midterm: Record, target_year: int, named: bool, lang: str) -> str:
    """Cut-off and share of the time up to the target year, which is `named` where other tables stand beside it."""
    as_of, base = midterm["as_of"], midterm["base_year"]
    share = f"{100 * min(1.0, (as_of - base) / (target_year - base)):.0f}%"
    if lang == "zh":
        year = f"：{target_year}年目标" if named else ""
        return f"规划目标中期评估{year}（数据截至{as_of}年，时序进度{share}）"
    year = f", targets of {target_year}" if named else ""
    return f"Mid-term evaluation{year} (figures up to {as_of}, {share} of the time over)"


def _header(midterm: Record, target_year: int, lang: str) -> list[str]:
    as_of, base = midterm["as_of"], midterm["base_year"]
    texts = [
        Text("序号", "No."), Text("指标", "Indicator"), Text("单位", "Unit"), Text("属性", "Nature"),
        Text(f"{base}年基数", f"Base {base}"), Text(f"{target_year}年目标", f"Target {target_year}"),
        *(Text(f"{year}年", str(year)) for year in midterm["years"]),
        Text("完成进度", "Progress"), Text("评估结论", "Conclusion"),
        Text(f"{target_year}年预计（80%区间）", f"Expected {target_year} (80 %)"),
        Text("达到目标每年需要", "Needed a year to reach it"),
        Text(f"达成概率：{base}年测算→{as_of}年测算", f"Probability as of {base} → {as_of}"),
        Text("新数据的影响", "What moved it"), Text("责任单位", "Owner"), Text("备注（口径）", "Remark"),
    ]  # fmt: skip
    return [text.pick(lang) for text in texts]


def _rows(record: Record, midterm: Record, lang: str) -> list[list[str]]:
    """The row of a target, and one for its other reading where there is one."""
    out = [_row(record, midterm, lang)]
    for other in record["readings"]:
        said = {**record, **other, "average": None}
        label = other["label" if lang == "zh" else "label_en"]
        empty = [""] * (6 + len(midterm["years"]) + 2)
        empty[1] = label
        out.append([*empty, _expected(said, lang), "", _chances(said, lang), "", "", ""])
    return out


def _row(record: Record, midterm: Record, lang: str) -> list[str]:
    zh = lang == "zh"
    nature = record["nature"] or ""
    return [
        "" if record["row"] is None else str(record["row"]),
        record["label"] if zh else record["label_en"],
        unit_text(record["unit"], lang),
        nature if zh else NATURES.get(nature, nature),
        record["base_text"] or "—",
        record["target_text"] or figure_text(record["value"]),
        *(_published(record["years"].get(str(year)), lang) for year in midterm["years"]),
        _progress(record, lang),
        record["conclusion_text" if zh else "conclusion_text_en"],
        _expected(record, lang),
        needed_text(record["needed"], record, lang),
        _chances(record, lang),
        record["changed_by" if zh else "changed_by_en"] or "",
        "、".join(record["owner"]),
        record["remark" if zh else "remark_en"] or "",
    ]


def _published(figure: Record | None, lang: str) -> str:
    """A published figure as it was printed, with its rounding word; a star where it does not count."""
    if figure is None:
        return "—"
    text, word = figure["printed"] or figure_text(figure["value"]), figure["rounding"]
    if word and lang == "zh":
        text = f"{text}{word}" if word in AFTER else f"{word}{text}"
    elif word:
        text = f"c. {text}"
    return text if figure["comparable"] else text + NOT_COUNTED


def _progress(record: Record, lang: str) -> str:
    """Share of the way with the share of the time, or the average growth with its distance from what is asked."""
    if record["average"] is not None:
        return Text(f"年均{record['average']:.1f}%", f"{record['average']:.1f} % a year").pick(lang)
    if record["progress"] is None:
        return "—"
    share, elapsed = (number_text(100 * record[name], 0) for name in ("progress", "elapsed"))
    return Text(f"{share}%（时序{elapsed}%）", f"{share}% (time {elapsed}%)").pick(lang)


def _expected(record: Record, lang: str) -> str:
    if record["p50"] is None:
        return "—"
    digits = decimals(record["p90"] - record["p10"], (record["base_text"], record["target_text"]))
    middle, low, high = (number_text(record[name], digits) for name in ("p50", "p10", "p90"))
    if record["reading"] is not None and record["average"] is not None:
        middle = Text(f"年均{middle}", f"{middle} on average").pick(lang)
    return f"{middle}（{low}—{high}）" if lang == "zh" else f"{middle} ({low} to {high})"


def needed_text(wanted: Record | None, record: Record, lang: str) -> str:
    """What the years from the last comparable figure on must bring, in words: 2024—2025年年均增长9.5%."""
    if wanted is None:
        return "—"
    kind, first, last = wanted["kind"], wanted["first"], wanted["last"]
    if kind == "reached":
        return Text("保持现有水平", "keep the level").pick(lang)
    value = wanted["value"]
    years = f"{first}—{last}" if last > first else str(first)
    unit = unit_text("百分点" if kind == "points" else record["unit"], lang)
    amount = f"{abs(value):.1f}" if abs(value) >= 0.95 else f"{abs(value):.2g}"
    if lang == "en":
        rate = {"growth": f"{value:+.1f} % a year", "average": f"{value:.1f} % a year on average",
                "amount": f"{amount} {unit} a year"}.get(kind, f"{'−' if value < 0 else '+'}{amount} "
                f"{'points' if kind == 'points' else unit} a year")  # fmt: skip
        return f"{years}:\n{rate}"
    moved = "提高" if kind == "points" else "增加"
    rate = {
        "growth": f"年均{'增长' if value >= 0 else '下降'}{abs(value):.1f}%",
        "average": f"年均增速{number_text(value, 1)}%",
        "amount": f"每年{amount}{unit}",
    }.get(kind, f"年均{moved if value >= 0 else '降低'}{amount}{unit}")
    return f"{years}年\n{rate}"


def _chances(record: Record, lang: str) -> str:
    """Both probabilities; ranges and the word of the later one on a line of their own."""
    after: dict[str, Any] = {
        name: record[f"{name}_after"] for name in ("probability", "probability_low", "probability_high")
    }
    if record["probability_before"] is None and after["probability"] is None:
        return "—"
    before = {name: record[f"{name}_before"] for name in after}
    after["non_binding"] = record["non_binding"]
    return f"{ranged_text(before, lang)}\n→{chance_text(after, lang, chr(10))}"


def _notes(rows: Sequence[Sequence[str]], lang: str, narrow: bool) -> list[str]:
    """Owner, remark and what moved the probability below a narrow table, by row."""
    lines = []
    for row in rows:
        wanted = row[-5].replace("\n", "") if narrow and row[-5] != "—" else ""
        said = "；".join(text for text in (wanted, *row[-2:], row[-3]) if text)
        if said:
            unit = "" if row[2] in row[1] else row[2]  # many a name in a plan's table ends with its unit
            kind = "，".join(text for text in (unit, row[3]) if text)
            lines.append(f"  {row[0] or '·'} {row[1]}{f'（{kind}）' if kind else ''}：{said}")
    return [Text("单位、属性、责任单位与备注（口径）：", "Units, natures, owners and remarks:").pick(lang), *lines]


def _footnotes(midterm: Record, rows: Sequence[Sequence[str]], lang: str) -> list[str]:
    base = midterm["base_year"]
    averaged = any(record["readings"] for record in midterm["rows"])
    zh = (
        f"注：完成进度＝（公布数－{base}年基数）÷（目标－{base}年基数），与时序进度比较；增速类按年均增速比较，"
        "相差0.5个百分点以内为基本符合；约束性和保持型指标按达到、未达到评估。"
        f"{'增速类的预计和概率也按规划期年均增速，按当年理解的另列一行。' if averaged else ''}"
        f"没有可比公布数的，达到目标每年需要按{base}年基数折算，所列年份含已过各年。各年列为已公布数，以统计部门最终核实数为准；预计和概率为模型推算值。"
    )
    en = (
        f"Progress = (figure − base {base}) / (target − base), against the share of time over; growth by its average, "
        "within 0.5 points is in time; binding targets are met or not. "
        f"{'Expectation and probability of growth are of the average as well. ' if averaged else ''}"
        f"Without a comparable figure the need is counted from the base of {base}, years that are over included. "
        "Expectations are model estimates."
    )
    lines = [Text(zh, en).pick(lang)]
    if any(NOT_COUNTED in text for row in rows for text in row[6 : 6 + len(midterm["years"])]):
        star = Text("* 口径与目标不同，不计入评估，见备注。", "* of another scope, does not count; see the remark.")
        lines.append(star.pick(lang))
    return lines

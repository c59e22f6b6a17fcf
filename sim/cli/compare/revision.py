"""What `compare` of two finished results prints: before, after, and each kind of input's share of the change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from sim.cli.run.replay_pages import MOST_FILES, PARTS, change_lines
from sim.cli.terminal import page, page_width, wrap_cells
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.output.outlook import HEADLINES
from sim.output.paged import paged
from sim.output.probability import probability_text
from sim.output.tables import OUTCOMES, decimals, number_text, unit_text
from sim.revision.changes import first_of
from sim.revision.groups import CHANCE, kinds_of
from sim.revision.quantities import MEDIAN
from sim.targets import document_of

Record = Mapping[str, Any]

NAMES = {
    "as_of": Text("数据截至", "figures up to"),
    "horizon": Text("期末", "horizon"),
    "seed": Text("随机种子", "seed"),
    "draws": Text("模拟次数", "draws"),
    "sources": Text("不确定性来源", "sources of uncertainty"),
}
#: A share below this many percentage points, or of this part of an indicator, is printed as none.
LEAST_POINTS, LEAST_PART = 0.05, 1e-6
#: Indicators of the printed table; the document has those of all targets too.
SHOWN = (*HEADLINES, "manufacturing_share", "marine_share", "trade_total", "fdi")


def print_revision(document: Record, targets: Sequence[Record], lang: str) -> None:
    """Print a revision's document; `targets` are those of the newer result, for their names."""
    for text in _head(document):
        _say(text, lang)
    click.echo()
    for table in (_target_table(document, targets, lang), _indicator_table(document, lang)):
        if table:
            click.echo(f"{table}\n")
    for text in (*_remarks(document), *_changes(document), *_published(document)):
        _say(text, lang)
    if document["result"]:
        _say(Text(f"结果文件夹：{document['result']}", f"Files: {document['result']}"), lang)


def _say(text: Text, lang: str) -> None:
    for line in wrap_cells(text.pick(lang), page_width()):
        click.echo(line)


def _head(document: Record) -> Iterator[Text]:
    yield Text(
        f"{document['region_label']}：两次测算结果为什么不同（新结果减旧结果，各项合计等于变化）",
        f"{document['region_label_en']}: why two results differ (newer less older; shares sum to the change)",
    )
    for word, result in zip((Text("旧", "older"), Text("新", "newer")), document["results"], strict=True):
        own = result["made_by_this_program"]
        zh = "现在的程序" if own else f"程序 {result['model'][:12]}（不是现在的）"
        en = "this program" if own else f"program {result['model'][:12]} (not this one)"
        yield Text(
            f"{word.zh}：{result['result']} · {result['scenario_label']} · 数据截至{result['as_of']}年 · "
            f"{result['draws']:,}次 · 种子{result['seed']} · {zh}",
            f"{word.en}: {result['result']} · {result['scenario_label_en']} · figures up to {result['as_of']} · "
            f"{result['draws']:,} draws · seed {result['seed']} · {en}",
        )


def _header(document: Record, first: Sequence[Text], lang: str) -> list[str]:
    columns = [*first, Text("旧", "Older"), Text("新", "Newer"), Text("变化", "Change")]
    labels = [Text(group["label"], group["label_en"]) for group in document["groups"]]
    return [text.pick(lang) for text in (*columns, *labels)]


def _target_table(document: Record, targets: Sequence[Record], lang: str) -> str:
    """Targets whose probability changed, readings of a row once, in percentage points."""
    known = {t["id"]: t for t in targets if t["reading_of"] is None}
    rows = []
    for record, difference in _pairs(document, "target"):
        target = known.get(record["target"])
        if target is None or not _moved(record, LEAST_POINTS / 100.0):
            continue
        label = target["label"] if lang == "zh" else target["label_en"]
        ends = [probability_text(difference["first"]), probability_text(difference["second"])]
        change = _told(_points(record["total"]), difference, lang)
        shares = [_points(value) for value in record["contributions"].values()]
        rows.append([document_of(record["target"]), label, str(record["year"]), *ends, change, *shares])
    name = Text("目标（达成概率，变化为百分点）", "Target (probability, points)")
    return _grid(_header(document, (Text("文件", "Document"), name, Text("年份", "Year")), lang), rows, 2)


def _indicator_table(document: Record, lang: str) -> str:
    """Medians of the headline indicators that changed."""
    rows = []
    for record, difference in _pairs(document, "indicator"):
        largest = max(abs(difference["first"]), abs(difference["second"]), 1e-12)
        if (
            record["statistic"] != MEDIAN
            or record["indicator"] not in SHOWN
            or not _moved(record, LEAST_PART * largest)
        ):
            continue
        digits = decimals(10.0 * max(abs(x) for x in (record["total"], *record["contributions"].values())), ())
        name = INDICATORS[record["indicator"]].label.pick(lang)
        numbers = [number_text(difference[end], digits) for end in ("first", "second")]
        change = _told(_signed(record["total"], digits), difference, lang)
        shares = [_signed(value, digits) for value in record["contributions"].values()]
        rows.append([name, unit_text(record["unit"], lang), str(record["year"]), *numbers, change, *shares])
    first = (Text("指标（中位数）", "Indicator (median)"), Text("单位", "Unit"), Text("年份", "Year"))
    return _grid(_header(document, first, lang), rows, 2)


def _pairs(document: Record, kind: str) -> Iterator[tuple[Record, Record]]:
    for record, difference in zip(document["attribution"], document["differences"], strict=True):
        if kind in record:
            yield record, difference


def _moved(record: Record, least: float) -> bool:
    return any(abs(value) >= least for value in (record["total"], *record["contributions"].values()))


def _told(change: str, difference: Record, lang: str) -> str:
    """The change, or that it may be noise alone."""
    if difference["distinguishable"] is False:
        return f"{change} {Text('不可区分', 'noise').pick(lang)}"
    return change


def _points(value: float) -> str:
    return _signed(100.0 * value, 1)


def _signed(value: float, digits: int) -> str:
    text = number_text(value, digits)
    return text if text.startswith("−") or float(text) == 0.0 else f"+{text}"


def _grid(header: Sequence[str], rows: Sequence[Sequence[str]], left: int) -> str:
    """A table whose first three columns are repeated where it is cut to fit the page; empty without rows."""
    if not rows:
        return ""
    others = len(header) - 1
    most = [max(24, min(46, page() // 3)), *[26] * others]
    right = [False] * left + [True] * (len(header) - left)
    return paged(header, rows, right, most, [3, *[1] * (len(header) - 3)], page())


def _remarks(document: Record) -> Iterator[Text]:
    if any("target" in record and record["total"] for record in document["attribution"]):
        yield Text(
            "概率取整到5%，变化和各项贡献按未取整的数算；其余指标和均值见 --json。",
            "Probabilities are rounded to 5 %, changes and shares are not; means and other indicators: --json.",
        )
    if not any(record["total"] for record in document["attribution"]):
        if not document["groups"]:
            yield Text(
                "两次结果的输入和程序都相同，所有数值完全相同。", "Same inputs, same program: all numbers are equal."
            )
        else:
            yield Text("所有目标和主要指标的数值都没有变化。", "No probability and no headline indicator has changed.")
    elif any(CHANCE in kinds_of(group["id"]) for group in document["groups"]):
        largest = max((100.0 * d["standard_error"] for d in document["differences"] if "target" in d), default=0.0)
        yield Text(
            f"随机种子或模拟次数不同：概率变化的标准误最大{largest:.1f}个百分点；“不可区分”为变化未超出抽样误差。",
            f"Seed or draws differ: standard errors of changes are at most {largest:.1f} points; "
            "'noise' marks changes within it.",
        )
    if document["joined"]:
        yield Text(
            "有些输入互相依赖，不能单独替换，合在一起计算（列名中有“＋”）。",
            "Inputs that depend on each other were exchanged together (columns with a '+').",
        )
    if document["dropped"]:
        count = len(document["dropped"])
        yield Text(
            f"有{count}个数在某一种组合下算不出来，未列。", f"{count} numbers do not exist in a mixture; left out."
        )


def _changes(document: Record) -> Iterator[Text]:
    changes = document["changes"]
    for line in changes["settings"]:
        name = NAMES[line["setting"]]
        old, new = (_shown(line[end]) for end in ("old", "new"))
        yield Text(f"{name.zh}：{old} → {new}", f"{name.en}: {old} → {new}")
    if changes["scenario"]:
        yield Text("情景的改动：", "Changes of the scenario:")
        yield from change_lines(changes["scenario"])
    if changes["inputs"]:
        yield Text("公布数、目标和先验的改动：", "Changes of facts, targets and priors:")
        yield from change_lines(changes["inputs"])
    for result, versions in zip(document["results"], changes["versions"], strict=True):
        if not result["made_by_this_program"]:
            named = [f"{PARTS.get(v['part'], Text(v['part'], v['part'])).zh} {v['made'][:12]}" for v in versions]
            yield Text(
                f"{result['result']} 由另一版本算出：{'、'.join(named)}", f"{result['result']} is of another program"
            )
    files = changes["program_files"]
    if files:
        zh, en = (first_of(files, MOST_FILES, lang) for lang in ("zh", "en"))
        yield Text(f"两次之间改过的程序文件：{zh}", f"Files of the program that changed between them: {en}")


def _shown(value: Any) -> str:
    return "、".join(value) if isinstance(value, list) else f"{value}"


def _published(document: Record) -> Iterator[Text]:
    for one in document["published"]:
        outcome = OUTCOMES.get(one["outcome"], Text("", ""))
        yield Text(
            f"此后已公布：{one['label']}（{one['year']}年）{outcome.zh}，旧结果给的概率是{probability_text(one['probability'])}",
            f"Published since: {one['label_en']} ({one['year']}) {outcome.en}; the older result gave "
            f"{probability_text(one['probability'])}",
        )

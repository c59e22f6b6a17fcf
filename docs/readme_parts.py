"""The generated parts of the README and of the pages in docs/: tables, figures, and what commands print.

`python docs/readme_parts.py --write` renews them, `--check` says which are not current (exit 1).

    <!-- generated:NAME -->            one of `parts()`
    <!-- generated:prints 1-8 12 -->   these lines of what the last `python run.py` command above prints
    <!-- generated:says -->            what that command answers on standard error (wrong input)
    <!-- /generated -->
"""

from __future__ import annotations

import functools
import io
import json
import os
import re
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
sys.path[:0] = [str(ROOT), str(ROOT / "docs")]

import readme_figures as figures  # noqa: E402 - the checkout must be on the path first
from lever_record import short_levers, short_world  # noqa: E402
from paired_errors import paired_table  # noqa: E402
from scenario_parts import PARTS as SCENARIO_PARTS  # noqa: E402

from sim.language import Text  # noqa: E402
from sim.output.contributions_table import contribution_table  # noqa: E402
from sim.output.layout import cell_width  # noqa: E402

Document = dict[str, Any]

#: Pages with generated parts; those not listed are made elsewhere.
PAGES = (
    "README.md", "README.zh-CN.md", "docs/run.md", "docs/compare.md", "docs/sweep.md", "docs/facts.md",
    "docs/check.md", "docs/peers.md", "docs/scenario.md", "docs/results.md", "docs/install.md", "docs/README.md",
    "docs/calibrate.md", "docs/cluster.md", "docs/sensitivity.md", "docs/failure.md", "docs/information.md",
    "docs/solve.md",
)  # fmt: skip
EXAMPLES = {"first-scenario": "first.yaml", "example-scenario": "port_and_talent.yaml",
            "example-sweep": "sweeps/quick_sweep.yaml"}  # fmt: skip
#: The year up to which the README's main result uses reported figures.
YEAR = 2023
SCENARIOS = ("baseline", "plan_targets", "stress")
#: Rows of the plan's table that the README shows: one of each kind, those without a probability included.
ROWS = ("gdp_growth", "labour_productivity", "manufacturing_share", "marine_share", "fdi", "trade_total",
        "urbanisation_rate", "rail_length", "good_air_ratio", "doctors_per_1000")  # fmt: skip
WINDOW = 118  # cells across a terminal of usual width
WIDEST = 160  # cells of a line of printed text; wider lines end in …
BLOCK = re.compile(r"(<!-- generated:([^>]+?) -->\n).*?(<!-- /generated -->)", re.DOTALL)
COMMAND = re.compile(r"^python run\.py (.+)$", re.MULTILINE)


def call(arguments: str) -> tuple[str, str, int]:
    """Runs `python run.py <arguments>` from the project's folder: standard output, standard error, exit code.

    In this process: starting Python and loading the libraries anew would take longer than most commands.
    """
    from sim.cli.main import main

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    before = Path.cwd(), os.environ.get("COLUMNS")
    os.chdir(ROOT)
    os.environ["COLUMNS"] = "100"
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = main(shlex.split(arguments), program="python run.py")
    finally:
        os.chdir(before[0])
        os.environ.pop("COLUMNS") if before[1] is None else os.environ.update(COLUMNS=before[1])
    out.flush(), err.flush()
    if code not in (0, 2):
        raise RuntimeError(f"python run.py {arguments}: exit code {code}")
    return out.buffer.getvalue().decode("utf-8"), err.buffer.getvalue().decode("utf-8"), code


@functools.cache
def run_document() -> Document:
    """The baseline at the default number of draws as of the base year, as `run --json` gives it."""
    document: Document = json.loads(call("run --json --no-figures")[0])
    return document


@functools.cache
def latest_document() -> Document:
    """The baseline conditioned on the figures reported up to YEAR."""
    document: Document = json.loads(call(f"run --as-of {YEAR} --json --no-figures")[0])
    return document


@functools.cache
def compare_document() -> Document:
    """The scenarios that come with the program, as `compare --json` gives them."""
    document: Document = json.loads(call(f"compare {' '.join(SCENARIOS)} --json --no-figures --no-attribution")[0])
    return document


@functools.cache
def attribution_document() -> Document:
    """What explains the plan's own paths, as `compare --json` gives it."""
    document: Document = json.loads(call("compare baseline plan_targets --draws 3000 --json --no-figures")[0])
    return document


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> str:
    """A table of Markdown; `right` says which columns are set to the right."""
    lines = [header, ["---:" if flag else "---" for flag in right], *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def plan_rows(lang: str) -> str:
    """Some rows of the plan's table with their probabilities, before the figures of later years and after them."""
    from sim.experiment.model_error import GRADES as RECORDS
    from sim.output.probability import probability_text, ranged_text
    from sim.output.tables import STATUSES, decimals, number_text

    document, before = latest_document(), {t["id"]: t for t in run_document()["targets"]}
    earlier = run_document()["as_of"]
    header = {
        "zh": ["指标", "2020年", "2025年目标", "预测中位数", "80%区间"],
        "en": ["Indicator", "2020", "Target 2025", "Median", "80 % interval"],
    }[lang]
    header += {
        "zh": [f"截至{earlier}年", f"截至{YEAR}年：达成概率（区间）", "说明"],
        "en": [f"As of {earlier}", f"As of {YEAR}: probability (range)", ""],
    }[lang]
    found = {t["id"]: t for t in document["targets"]}
    rows = []
    for name in ROWS:
        t = found[f"plan14.{name}.2025"]
        known = t["p90"] is not None
        digits = decimals(t["p90"] - t["p10"] if known else None, (t["base_text"], t["target_text"]))
        numbers = [number_text(t[key], digits) for key in ("p50", "p10", "p90")]
        record = RECORDS[t["grade"]].pick(lang) if known else ""
        said = f"{_said(t, lang)} · {record}" if known else STATUSES[t["status"]].pick(lang)
        rows.append(
            [
                f"{t['row']} {t['label' if lang == 'zh' else 'label_en']}", t["base_text"] or "—", t["target_text"],
                numbers[0], f"{numbers[1]}—{numbers[2]}" if known else "—",
                probability_text(before[t["id"]]["probability"]),
                ranged_text(t, lang), said,
            ]
        )  # fmt: skip
    right = [False, True, True, True, True, True, True, False]
    said = Text(
        f"{document['scenario_label']}，{document['draws']:,} 次模拟，随机种子 {document['seed']}；"
        f"以{YEAR}年及以前的公布数条件化。",
        f"{document['scenario_label_en']}, {document['draws']:,} draws, seed {document['seed']}, conditioned on the "
        f"figures reported up to {YEAR}; targets in the plan's own words (8左右: about 8; 高于全市: above the city's).",
    ).pick(lang)
    return markdown_table(header, rows, right) + "\n\n" + said


def _said(target: Mapping[str, Any], lang: str) -> str:
    from sim.experiment.results import confidence_word

    return confidence_word(round(target["probability"] * 20) / 20).pick(lang)  # of the probability as printed


def cell_table() -> str:
    """The production cells a project may belong to."""
    from sim.region.reading import read_pack

    pack = read_pack(ROOT / "calibration", "west_coast")
    rows = [[f"`{c.id}`", c.label.zh, "是" if c.marine else ""] for c in pack.cells]
    return markdown_table(["编号", "部门", "涉海"], rows, [False] * 3)


def printed(text: str, lines: str) -> str:
    """Chosen lines ("1-8 12") of printed text in a fence; what is left out between them shows as ……."""
    rows, shown, last = text.rstrip("\n").split("\n"), [], 0
    for piece in lines.split():
        first, _, end = piece.partition("-")
        start, stop = int(first), int(end or first)
        if start > last + 1:
            shown.append("……")
        shown += rows[start - 1 : stop]
        last = min(stop, len(rows))
    if last < len(rows):
        shown.append("……")
    return "```text\n" + "\n".join(_cut(row) for row in shown) + "\n```"


def _cut(row: str) -> str:
    """A line no wider than WIDEST cells."""
    if cell_width(row) <= WIDEST:
        return row
    while cell_width(row) > WIDEST - 2:
        row = row[:-1]
    return row.rstrip() + " …"


def run_table() -> str:
    """The upper part of what `run` prints in a terminal of usual width."""
    from sim.output.further import plan_rows
    from sim.output.tables import target_table

    return printed(target_table(run_document(), plan_rows(run_document()["targets"]), "zh", WINDOW), "1-24")


def compare_table() -> str:
    """Upper parts of the two tables that `compare` prints."""
    from sim.output.comparison import compare_tables

    text = compare_tables(compare_document(), "zh", 200)
    rows = text.split("\n")
    second = next(number for number, row in enumerate(rows, 1) if row.startswith("指标（均值）"))
    return printed(text, f"1-14 {second - 1}-{second + 7}")


def attribution_table() -> str:
    """Upper and lower rows of the table of contributions that `compare` prints."""
    from sim.output.attribution import attribution_tables

    (text,) = attribution_tables(attribution_document(), (2025, 2030), "zh")
    return printed(text, "1-40")


def images() -> dict[str, figures.Image]:
    """File name to contents of every image of the pages."""
    from sim.output.figures import fan_data, heatmap_data

    compared = compare_document()
    labels = zip(compared["scenario_labels"], compared["scenario_labels_en"], strict=True)
    targets = [compared["targets"][name] for name in compared["scenarios"]]
    fan = fan_data(latest_document(), "gdp_growth")
    return {
        "gdp_growth.png": (fan, "en"),
        "gdp_growth.zh.png": (fan, "zh"),
        "attainment.zh.png": (heatmap_data([Text(*pair) for pair in labels], targets), "zh"),
    }


def write_images(folder: Path) -> None:
    """Draws the images of the pages into `folder`."""
    figures.write(images(), folder)


def example(name: str) -> str:
    """An example file, word for word."""
    return "```yaml\n" + (ROOT / "docs" / "examples" / name).read_text(encoding="utf-8") + "```"


def makers() -> dict[str, Callable[[], str]]:
    """Name of every part to the function that makes it."""
    found: dict[str, Callable[[], str]] = {
        "readme-table": lambda: plan_rows("en"),
        "readme-table-zh": lambda: plan_rows("zh"),
        "readme-chart": lambda: figures.linked(images(), "gdp_growth.png", "docs/images"),
        "readme-chart-zh": lambda: figures.linked(images(), "gdp_growth.zh.png", "docs/images"),
        "compare-chart": lambda: figures.linked(images(), "attainment.zh.png", "images"),
        "run-table": run_table,
        "growth-table": lambda: printed(contribution_table(run_document(), "zh"), "1-27"),
        "compare-table": compare_table,
        "attribution-table": attribution_table,
        "paired-errors": paired_table,
        "levers": short_levers,
        "world": short_world,
        "cells": cell_table,
    }
    return found | SCENARIO_PARTS | {part: functools.partial(example, file) for part, file in EXAMPLES.items()}


def parts() -> dict[str, str]:
    """Every named part and its text."""
    return {name: make() for name, make in makers().items()}


def renewed(page: str) -> str:
    """The text of a page with its generated parts as they should be now."""
    text = (ROOT / page).read_text(encoding="utf-8")

    def part(match: re.Match[str]) -> str:
        kind, _, rest = match[2].partition(" ")
        if kind not in ("prints", "says"):
            return match[1] + makers()[kind]() + "\n" + match[3]
        out, errors, _ = call(COMMAND.findall(text[: match.start()])[-1])
        body = printed(out, rest) if kind == "prints" else printed(errors, "1-99")
        return match[1] + body + "\n" + match[3]

    return BLOCK.sub(part, text)


def main(arguments: Sequence[str]) -> int:
    """Renews or checks all pages and images."""
    if list(arguments) not in (["--write"], ["--check"]):
        print("usage: python docs/readme_parts.py --write | --check", file=sys.stderr)
        return 2
    write = arguments[0] == "--write"
    pages = {page: renewed(page) for page in PAGES if (ROOT / page).is_file()}
    stale = [page for page, text in pages.items() if text != (ROOT / page).read_text(encoding="utf-8")]
    pictures = figures.stale(images(), IMAGES)
    if write:
        for page in stale:
            (ROOT / page).write_bytes(pages[page].encode())
        if pictures:
            write_images(IMAGES)
    for name in [*stale, *pictures]:
        print(("renewed: " if write else "not current: ") + name)
    return 0 if write or not (stale or pictures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

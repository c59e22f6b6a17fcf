"""Rewrite the real tables of docs/target_values.md and docs/required_path.md: `python docs/target_values_record.py`.

20,000 draws as of the latest facts; about half a minute. A part stands between `<!-- record:NAME -->` and
`<!-- /record -->`. tests/test_target_setting_page.py holds the pages to a smaller run.
"""

from __future__ import annotations

import io
import json
import re
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent
sys.path[:0] = [str(DOCS.parent)]

from sim.cli.main import main as run_command  # noqa: E402
from sim.cli.solve.path_pages import path_cells  # noqa: E402
from sim.cli.solve.values_above import sources_above  # noqa: E402
from sim.cli.solve.values_pages import side_by_side_cells, value_cells  # noqa: E402
from sim.cli.solve.values_sets import proposed_cells, set_sentences  # noqa: E402

DRAWS = 20_000
YEARS = (2030, 2035)
#: 中方案 first, then 高方案 and 低方案.
SCENARIOS = ("baseline", "plan15_base", "weak_external_demand")
EXAMPLE = DOCS / "examples" / "targets_plan15.yaml"
VALUES_PAGE, PATH_PAGE = DOCS / "target_values.md", DOCS / "required_path.md"
PART = re.compile(r"(<!-- record:([\w-]+) -->\n).*?(<!-- /record -->)", re.DOTALL)
Record = Mapping[str, Any]


def solved(folder: Path, draws: int, *arguments: str) -> dict[str, Any]:
    """The document of one command line of `solve`, from the folder it writes."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as told:
        code = run_command(["solve", *arguments, "--draws", str(draws), "--out", str(folder), "--lang", "zh"])
    if code:
        raise SystemExit(told.getvalue())
    document: dict[str, Any] = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    return document


def solved_values(folder: Path, draws: int) -> dict[str, Any]:
    """The document behind docs/target_values.md."""
    years = ",".join(map(str, YEARS))
    others = ("--scenarios", ",".join(SCENARIOS[1:]), "--proposed", str(EXAMPLE))
    return solved(folder, draws, SCENARIOS[0], "--target-values", "--years", years, *others)


def markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of the page."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "／") or " " for cell in line) + " |" for line in lines)


def values_parts(document: Record) -> dict[str, Callable[[], str]]:
    """The parts of docs/target_values.md."""

    def table(year: int, group: str) -> Callable[[], str]:
        return lambda: markdown(*value_cells(document, year, group, "zh"))

    parts: dict[str, Callable[[], str]] = {"values-made": lambda: made_words(document)}
    for year in YEARS:
        parts[f"values-{year}"] = table(year, "plan")
        parts[f"values-{year}-other"] = table(year, "other")
    parts["values-above"] = lambda: "\n".join(f"- {line}" for line in sources_above(document, "zh"))
    parts["values-scenarios"] = lambda: markdown(*side_by_side_cells(document, 2030, "zh"))
    parts["values-proposed"] = lambda: "\n\n".join(
        [markdown(*proposed_cells(document, "zh")), "\n".join(_sentences(document["proposed"][0], "拟议目标"))]
    )
    parts["values-suggested"] = lambda: "\n".join(
        line for one in document["suggested"] for line in _sentences(one, f"{one['year']}年建议写法")
    )
    return parts


def _sentences(found: Record, title: str) -> list[str]:
    return [f"- {line.strip()}" for line in set_sentences(found, "zh", title)]


def made_words(document: Record) -> str:
    """What made the tables."""
    named = "、".join(document.get("scenario_labels") or [document["scenario_label"]])
    return (
        f"{document['region_label']}，数据截至{document['as_of']}年，{document['draws']:,} 次模拟，"
        f"随机种子 {document['seed']}，情景：{named}（第一个为表中所用）。推算值均为模型推算值，非统计数据。"
    )


def path_parts(document: Record) -> dict[str, Callable[[], str]]:
    """The parts of docs/required_path.md."""
    return {
        "path-made": lambda: made_words(document),
        "path-table": lambda: markdown(*path_cells(document, "zh")),
    }


def renewed(text: str, parts: Mapping[str, Callable[[], str]]) -> str:
    """The page with every part made anew. Raises KeyError for a part that nothing makes."""
    return PART.sub(lambda match: f"{match[1]}{parts[match[2]]()}\n{match[3]}", text)


def main() -> int:
    """Write both pages."""
    with tempfile.TemporaryDirectory() as folder:
        values = solved_values(Path(folder) / "values", DRAWS)
        path = solved(Path(folder) / "path", DRAWS, "--required-path")
    for page, parts in ((VALUES_PAGE, values_parts(values)), (PATH_PAGE, path_parts(path))):
        fresh = renewed(page.read_text(encoding="utf-8"), parts)
        page.write_text(fresh, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The generated parts of docs/scenario.md: tables of keys, forms and distributions, and messages about mistakes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from sim.errors import InputError
from sim.indicators.catalogue import INDICATORS
from sim.region.reading import read_pack
from sim.scenario.distributions import FORMS
from sim.scenario.load import load_scenario
from sim.scenario.words import EVENT, OPERATORS, PROJECT, SCENARIO, STATEMENT, TARGET, Words

ROOT = Path(__file__).resolve().parent.parent

#: How a distribution is best used.
USES = {
    "uniform": "各值同样可能，两端为界",
    "triangular": "知道最小、最可能、最大，两端为界",
    "normal": "知道均值和标准差；超出杠杆取值范围的按边界计",
    "lognormal": "只能为正、可能偏大很多；两数为5%和95%分位，超出取值范围的按边界计",
}

#: Usual slips that stop at the first one, each a whole file.
SLIPS = (
    "levers:\n  trade_growth：2",
    "levers:\n  trade_growth:2",
    "levers:\n\ttrade_growth: 2",
    "levers:\n  trade_growth: 2%",
    "levers:\n  trade_growth: 1-3",
    "levers:\n  trade_growth: [1，3]",
    "levers:\n  trade_growth: {2022-2025: 2}",
    "levers:\n  trade_growth: {2022年: 2}",
    "levers:\n  外贸与港口开放: 2",
    "trade_growth: 2",
    "levers:\n  trade_growth: 2\n  trade_growth: 3",
    "levers:\n  trade_growth: 010",
    "targets:\n  - id: t\n    operator: >=",
    "question: 若开放: 外贸多少？",
)


def _table(header: tuple[str, ...], rows: list[list[str]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _keys(words: Mapping[str, Words]) -> str:
    return _table(("键", "意思"), [[f"`{key}`", _spoken(each.meaning.zh)] for key, each in words.items()])


def _spoken(text: str) -> str:
    """A meaning with the full-width signs of the pages."""
    return text.replace("编号：文字", "文字")


def distribution_table() -> str:
    """The named distributions and when to use each."""
    rows = [[f"`{{{name}: {form.written.zh}}}`", form.label.zh, USES[name]] for name, form in FORMS.items()]
    return _table(("写法", "分布", "何时用"), rows)


def operator_table() -> str:
    """When a target is met, by operator."""
    rows = [[f'`"{name}"`' if name in (">=", "<=") else f"`{name}`", text.zh] for name, text in OPERATORS.items()]
    return _table(("`operator`", "达成的条件"), rows)


def slips() -> str:
    """Usual slips, and what the program answers to each."""
    blocks = []
    pack = read_pack(ROOT / "calibration", "west_coast")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.yaml"
        for slip in SLIPS:
            path.write_text(slip + "\n", encoding="utf-8")
            blocks.append("\n".join([slip.replace("\t", "⇥ "), *_answers(path, pack.base_year, pack.cell_ids)]))
    return "```text\n" + "\n\n".join(blocks) + "\n```"


def _answers(path: Path, base_year: int, cells: tuple[str, ...]) -> list[str]:
    try:
        load_scenario(
            str(path), folder=ROOT / "scenarios", base_year=base_year, horizon=None, cells=cells,
            indicators=tuple(INDICATORS), region="west_coast",
        )  # fmt: skip
    except InputError as error:
        return ["→ " + problem.show("zh").removeprefix(f"{path}:") for problem in error.problems]
    raise ValueError(f"no mistake: {path.read_text(encoding='utf-8')}")


#: Name of every part to the function that makes it.
PARTS: dict[str, Callable[[], str]] = {
    "scenario-keys": lambda: _keys(SCENARIO),
    "statement-keys": lambda: _keys(STATEMENT),
    "project-keys": lambda: _keys(PROJECT),
    "event-keys": lambda: _keys(EVENT),
    "target-keys": lambda: _keys(TARGET),
    "operators": operator_table,
    "distributions": distribution_table,
    "slips": slips,
}

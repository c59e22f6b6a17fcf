"""What the figures of the working table share: which target is asked for, names without stray marks, reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.language import Text
from sim.language import clean as cleaned
from sim.material import Material
from sim.output.further import plan_rows
from sim.report.blocks import Missing
from sim.report.editions import Edition

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

    from sim.charts.fonts import ChartFont

Record = Mapping[str, Any]

#: The commands that make what a figure lacks.
BY_RUN = Text(
    "没有情景的测算结果；先运行 python run.py run 情景", "no result of a scenario; first: python run.py run SCENARIO"
)
BY_COMPARE = Text(
    "没有情景比较的结果；先运行 python run.py compare 情景1 情景2",
    "no comparison of scenarios; first: python run.py compare SCENARIO1 SCENARIO2",
)
BY_SENSITIVITY = Text(
    "没有敏感性分析的结果；先运行 python run.py sensitivity 情景",
    "no sensitivity analysis; first: python run.py sensitivity SCENARIO",
)
BY_VALUES = Text(
    "没有目标值测算的结果；先运行 python run.py solve 情景 --target-values",
    "no target values; first: python run.py solve SCENARIO --target-values",
)


def drawn(made_by: str, data: Any, lang: str) -> Callable[[ChartFont | None], Drawing]:
    """What draws `data` by a function of `sim.charts`, which is imported only then."""

    def draw(font: ChartFont | None) -> Drawing:
        module, _, function = made_by.partition(":")
        chart: Callable[[Any, str, ChartFont | None], Drawing] = getattr(
            import_module(f"sim.charts.{module}"), function
        )
        return chart(data, lang, font)

    return draw


def clean(text: Any) -> str:
    """Text on one line without control characters and marks of direction, which no font draws."""
    return "" if text is None else cleaned(str(text))


def both(record: Record, key: str = "label") -> Text:
    """A text that a record holds in both languages."""
    return Text(clean(record[key]), clean(record.get(f"{key}_en") or record[key]))


def scenario_of(document: Record) -> Text:
    """Name of a document's scenario."""
    return both(document, "scenario_label")


def missing(what: Text, why: Text, asked: str | None = None) -> Missing:
    """Why there is no such figure; `asked` is named where it is what cannot be shown."""
    named = Text(f"{what.zh}（{asked}）", f"{what.en} ({asked})") if asked else what
    return Missing(named, why)


def matching(records: Iterable[Record], asked: str | None) -> Record | None:
    """The record of the target or indicator asked for, the first one for None.

    An id of a target comes before one of an indicator.
    """
    found = list(records)
    if asked is None:
        return next(iter(found), None)
    by_id = next((record for record in found if record.get("id") == asked), None)
    return by_id or next((record for record in found if record.get("indicator") == asked), None)


def indicator_of(material: Material, asked: str | None) -> str | None:
    """The indicator of what is asked for, which may be a target."""
    if asked is None or material.lead is None:
        return asked
    target = material.lead.target(asked)
    return asked if target is None else str(target["indicator"])


def first_readings(targets: Sequence[Record]) -> list[Record]:
    """Rows of the plan's table, each in the reading that its status is given in."""
    return [record for record in plan_rows(targets) if record["reading_of"] is None]


def with_id(text: str, run_id: str, edition: Edition, lang: str) -> str:
    """An alternative text that ends with the result it comes from, where the edition shows ids."""
    if not edition.ids:
        return text
    return text + (f"结果编号{run_id}。" if lang == "zh" else f" Result {run_id}.")

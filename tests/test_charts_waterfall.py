"""The waterfall: bars where the numbers say, every text legible, probabilities in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text as MatplotlibText

from sim.charts import ChartError, Step, WaterfallData, waterfall_caption, waterfall_chart
from sim.language import Text
from tests.chart_examples import LONG_NAME, SOURCE, by_gid, is_legible, line

DATA = WaterfallData(
    quantity=Text("地区生产总值", "GDP"),
    unit=Text("亿元", "100 m yuan"),
    year=2030,
    first=Text("基准情景", "Baseline"),
    second=Text("规划目标情景", "The plan's own paths"),
    start=7600.0,
    steps=(
        Step(Text("投资", "investment"), 200.0, 1.2),
        Step(Text("外部环境", "the world"), -350.0, 0.2),
        Step(Text("民生", "services"), 0.0, 0.0),
    ),
    decimals=0,
    source=SOURCE,
)


def words(figure: Figure) -> str:
    return "".join(text.get_text() for text in figure.findobj(MatplotlibText)).replace("\n", "")


def test_bars_run_from_one_level_to_the_next() -> None:
    figure = waterfall_chart(DATA)
    bars = {p.get_gid(): p for p in figure.axes[0].patches if isinstance(p, Rectangle) and p.get_gid()}
    spans = [(bars[f"step:{i}"].get_x(), bars[f"step:{i}"].get_width()) for i in range(3)]
    assert spans == [(7600.0, 200.0), (7450.0, 350.0), (7450.0, 0.0)]
    assert list(line(figure, "start").get_xdata()) == [7600.0]
    assert list(line(figure, "end").get_xdata()) == [7450.0]
    assert [by_gid(figure, f"number:{row}") for row in range(5)] == ["7600", "+200 ± 1", "−350 ± <1", "0", "7450"]


def test_a_probability_is_told_to_five_points() -> None:
    chance = replace(DATA, start=28.6, steps=(Step(Text("投资", "investment"), 24.4, 0.3),), probability=True)
    figure = waterfall_chart(chance)
    assert [by_gid(figure, f"number:{row}") for row in range(3)] == ["30%", "+24 ± <1", "55%"]
    assert "取整到5个百分点" in words(figure)
    assert "取整" not in words(waterfall_chart(DATA))
    assert waterfall_caption(chance).endswith("由“基准情景”的30%到“规划目标情景”的55%")


def test_the_caption_names_both_ends() -> None:
    assert waterfall_caption(DATA) == "2030年地区生产总值：由“基准情景”的7600到“规划目标情景”的7450（亿元）"
    assert waterfall_caption(DATA, "en").startswith('GDP in 2030: from 7,600 in "Baseline"')


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("count", [1, 10])
def test_it_is_legible(lang: str, count: int) -> None:
    steps = tuple(Step(Text(LONG_NAME, "research and development " * 3), 10.0 * (-1) ** i, 0.5) for i in range(count))
    figure = waterfall_chart(replace(DATA, steps=steps), lang)
    is_legible(figure)
    assert figure.get_size_inches()[0] * 2.54 == pytest.approx(15.6)


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="no steps"):
        waterfall_chart(replace(DATA, steps=()))
    with pytest.raises(ChartError, match="U\\+"):
        waterfall_chart(replace(DATA, first=Text("\U0001f600", "x")))

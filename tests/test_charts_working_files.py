"""Files and colours of the charts of the working table: equal bytes, text that can be selected, eyes of all kinds."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from sim.charts.box import INSIDE, OUTSIDE, box_chart
from sim.charts.cells import cells_chart, paler
from sim.charts.chances import chances_chart
from sim.charts.fonts import ChartError
from sim.charts.palette import INDUSTRIES, LEAST_DIFFERENCE
from sim.charts.reliability import COLOURS, reliability_chart
from sim.charts.save import rendered
from sim.charts.target_curve import target_curve_chart
from sim.charts.tornado import HIGH_COLOUR, LOW_COLOUR, NOISE, tornado_chart
from sim.charts.vision import EYES, difference
from tests.chart_examples import texts
from tests.working_charts import BARS, BOX, CELLS, CURVE, TORNADO, chances, mark, reliability, same


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize(
    "beside",
    [
        (LOW_COLOUR, HIGH_COLOUR, NOISE), (INSIDE, OUTSIDE), tuple(INDUSTRIES.values()),
        tuple(paler(colour) for colour in INDUSTRIES.values()),
    ],
    ids=["tornado", "box", "industries", "projected"],
)  # fmt: skip
def test_colours_beside_each_other_differ_for_all_eyes_and_in_print(eyes: str, beside: tuple[str, ...]) -> None:
    pairs = [pair for pair in combinations(beside, 2) if not (eyes == "grey" and set(pair) == {LOW_COLOUR, NOISE})]
    assert min(difference(*pair, eyes) for pair in pairs) >= LEAST_DIFFERENCE


def test_marks_of_the_record_differ_in_shape_where_colours_fail() -> None:
    figure = reliability_chart(reliability())
    shapes = [mark(figure, f"found:0:0:{place}").get_marker() for place in range(3)]
    assert len(set(shapes)) == len(COLOURS) == 3


DRAWN = {
    "chances": lambda: chances_chart(chances(4, 2)),
    "tornado": lambda: tornado_chart(TORNADO),
    "cells": lambda: cells_chart(CELLS),
    "curve": lambda: target_curve_chart(CURVE),
    "box": lambda: box_chart(BOX),
    "reliability": lambda: reliability_chart(reliability()),
}


@pytest.mark.parametrize("name", DRAWN)
def test_pictures_are_equal_byte_by_byte(name: str) -> None:
    assert rendered(DRAWN[name](), "png") == rendered(DRAWN[name](), "png")


def test_hatched_columns_are_equal_byte_by_byte_in_all_formats() -> None:
    assert rendered(cells_chart(CELLS), "svg") == rendered(cells_chart(CELLS), "svg")
    assert rendered(cells_chart(CELLS), "pdf") == rendered(cells_chart(CELLS), "pdf")


@pytest.mark.parametrize("name", ["tornado", "curve"])
def test_text_of_a_pdf_can_be_selected(name: str, tmp_path: Path) -> None:
    pdf = rendered(DRAWN[name](), "pdf")
    assert b"/ToUnicode" in pdf
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext (poppler) to read the text back")
    (tmp_path / "a.pdf").write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", str(tmp_path / "a.pdf"), "-"], capture_output=True, check=True)
    found = "".join(done.stdout.decode("utf-8").split())
    expected = {"".join(text.split()) for text in texts(DRAWN[name]()) if len(text) < 8}
    assert len(expected) > 5
    assert [text for text in expected if text not in found] == []


def test_a_character_that_the_font_lacks_is_an_error_not_a_box() -> None:
    with pytest.raises(ChartError, match="缺少字符"):
        tornado_chart(replace(TORNADO, bars=(replace(BARS[0], label=same("增速🙂")),)))

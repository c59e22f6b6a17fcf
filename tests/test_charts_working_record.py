"""The figure of reliability: what is counted from the record of hindcasts, and the committed record drawn."""

from __future__ import annotations

import pytest

from sim.charts.style import overlapping
from sim.hindcast.record import TargetYear, YearScore
from sim.hindcast.region import Fallen
from sim.language import Text
from sim.report.blocks import Figure
from sim.report.editions import INTERNAL
from sim.report.figures import figure
from sim.report.figures.working_record import reliability_data
from tests.chart_examples import texts
from tests.working_cases import FONT, PACK, material


def scored(inside: tuple[int, int, int], locked: str = "abc", origin: int = 2010) -> YearScore:
    fixed = {f"pit_{tenth:02d}": 0 for tenth in range(1, 11)}
    return YearScore(
        "model", "model", "gdp_growth", 1, origin, 10, 1.0, 1.0, *inside, 0.5, 0.0, 1.0, **fixed, locked=locked
    )


def test_coverage_is_counted_from_the_record_and_a_lock_comes_first() -> None:
    rows = [scored((5, 7, 8)), scored((3, 9, 10), origin=2011), scored((10, 10, 10), locked="", origin=2005)]
    target_ = TargetYear("model", "one_sided", 2010, 10, 0.1, 0.1, 4, 0.8, 1, 0, 0.0, 0, 6, 4.8, 6, "abc")
    own = Fallen("west_coast", 2020, 2021, "gdp", "亿元", 1.0, "gdp.2021", 0.0, 0.0, 1.0, 2.0, 3.0, 90.5)
    data = reliability_data(rows, [target_], [own], Text("新区", "the area"))
    assert data is not None
    ranges, judged, region = data.sections
    assert [kept.found for kept in ranges.rows[0].shares] == pytest.approx([0.4, 0.8, 0.9])
    assert "2010—2011年为起点，锁定后计分" in ranges.heading.zh
    assert ranges.rows[0].cases.zh == "20个"
    assert [(row.shares[0].said, row.shares[0].found) for row in judged.rows] == [
        (0.2, 0.25),
        (pytest.approx(0.8), 1.0),
    ]
    assert [kept.found for kept in region.rows[0].shares] == [0.0, 0.0, 1.0]  # above p90, below p95
    assert reliability_data([], [], [], Text("新区", "the area")) is None


def test_the_record_that_comes_with_the_program_is_drawn() -> None:
    found = figure("reliability", material(), INTERNAL, "zh")
    assert isinstance(found, Figure)
    drawn = found.draw(FONT)
    assert any(PACK.label.zh in text for text in texts(drawn))
    assert overlapping(drawn) == ()

"""Files of priors: every mistake is told with its place, and what is drawn belongs to the file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.parameters.names import Parameters, PerBounded, PerCell, WorldParameters
from sim.parameters.priors import Priors, read_priors, sample, sections_of
from sim.randomness import SOURCES, Array, Draws


@dataclass(frozen=True, slots=True)
class Tiny:
    """Parameters of a model of four."""

    speed: Array
    share: Array
    by_cell: PerCell
    by_indicator: PerBounded


GOOD = """\
parameters:
  speed: {range: [1.0, 3.0], unit: pp, grade: J, date: 2020-12, source: "a reason"}
  share: {range: [0.2, 0.8], unit: "1", shape: logit, grade: J, date: "2019", source: "a reason"}
cells:
  by_cell: {unit: "1", grade: J, date: 2020-12, source: "a reason", cells: {farms: [1, 2], works: [3, 4]}}
bounded:
  by_indicator: {unit: "1", grade: J, date: 2020-12, source: "a reason", indicators: {air: [0, 1]}}
"""


def read_text(tmp_path: Path, text: str) -> Priors:
    path = tmp_path / "priors.yaml"
    path.write_text(text, encoding="utf-8")
    return read_priors(path, Tiny, ["farms", "works"], ["air"])


def problems(tmp_path: Path, *changes: tuple[str, str]) -> dict[str, str]:
    """Key and English message of every problem of the good file with changes."""
    text = GOOD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(InputError) as caught:
        read_text(tmp_path, text)
    assert all(problem.line for problem in caught.value.problems)
    return {problem.key: problem.text.pick("en") for problem in caught.value.problems}


def test_a_good_file_gives_scalars_and_vectors(tmp_path: Path) -> None:
    found = read_text(tmp_path, GOOD)
    assert list(found.scalars) == ["speed", "share"]
    assert [p.name for p in found.vectors["by_cell"]] == ["by_cell.farms", "by_cell.works"]
    assert [(p.low, p.centre, p.high) for p in found.vectors["by_cell"]] == [(1, 1.5, 2), (3, 3.5, 4)]
    assert found.scalars["share"].origin.endswith("priors.yaml:3")


def test_all_mistakes_of_names_and_ranges_are_told_at_once(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        ("speed:", "sped:"),
        ("[0.2, 0.8]", "[0.2, 1.0]"),
        ("farms: [1, 2]", "farm: [1, 2]"),
        ("works: [3, 4]", "works: [4, 3]"),
        ("air: [0, 1]", "air: [0, 1, 2, 3]"),
    )
    assert 'did you mean "speed"' in found["parameters.sped"]
    assert "missing priors: speed" in found[""]
    assert "[0.2, 1.0] (logit)" in found["parameters.share"].replace("（", " (").replace("）", ")")
    assert 'did you mean "farms"' in found["cells.by_cell.cells.farm"]
    assert found["cells.by_cell.cells"] == "missing: farms"
    assert "4.0" in found["cells.by_cell.cells.works"]
    assert "rising order" in found["bounded.by_indicator.indicators.air"]
    assert len(found) == 7


@pytest.mark.parametrize(
    ("numbers", "shape"),
    [("[3.0, 1.0]", "normal"), ("[1.0, 5.0, 3.0]", "normal"), ("[1.0, 0.5, 3.0]", "normal"),
     ("[0.0, 1.0]", "lognormal"), ("[-1.0, 1.0]", "lognormal"), ("[0.0, 0.5]", "logit"), ("[0.5, 1.0]", "logit"),
     ("[-0.1, 0.5]", "logit"), ("[0.2, 1.5, 0.9]", "logit")],
)  # fmt: skip
def test_ranges_that_are_none(tmp_path: Path, numbers: str, shape: str) -> None:
    found = problems(tmp_path, ("[1.0, 3.0], unit: pp", f"{numbers}, unit: pp, shape: {shape}"))
    assert list(found) == ["parameters.speed"]
    assert "[p5, p95]" in found["parameters.speed"]


def test_a_range_that_is_none_is_told_in_chinese_with_its_place(tmp_path: Path) -> None:
    text = GOOD.replace("[0.2, 0.8]", "[0.8, 0.2]").replace("works: [3, 4]", "works: [4, 3]")
    with pytest.raises(InputError) as caught:
        read_text(tmp_path, text)
    assert [(p.line, p.key) for p in caught.value.problems] == [
        (3, "parameters.share"), (5, "cells.by_cell.cells.works"),
    ]  # fmt: skip
    assert "且由小到大，现为 0.8 ≤ 0.5 ≤ 0.2" in caught.value.problems[0].text.pick("zh")


def test_a_name_in_the_wrong_section_is_told_where_it_belongs(tmp_path: Path) -> None:
    scalar = 'unit: "1", grade: J, date: 2020-12, source: "a reason"'
    text = "parameters:\n" + "".join(
        f"  {name}: {{range: [0, 1], {scalar}}}\n" for name in ("speed", "by_cell", "by_indicator")
    )
    text += f"cells:\n  share: {{{scalar}, cells: {{farms: [1, 2], works: [3, 4]}}}}\n"
    text += f"bounded:\n  speed: {{{scalar}, indicators: {{air: [0, 1]}}}}\n"
    with pytest.raises(InputError) as caught:
        read_text(tmp_path, text)
    told = {p.key: (p.line, p.text.pick("zh"), p.text.pick("en")) for p in caught.value.problems}
    assert told.pop("")[2] == "missing priors: by_cell, by_indicator, share"
    assert told == {
        "parameters.by_cell": (3, "应写在 cells 之下", "belongs under cells"),
        "parameters.by_indicator": (4, "应写在 bounded 之下", "belongs under bounded"),
        "cells.share": (6, "应写在 parameters 之下", "belongs under parameters"),
        "bounded.speed": (8, "应写在 parameters 之下", "belongs under parameters"),
    }


def test_parameters_say_in_which_section_they_stand() -> None:
    assert sections_of(Tiny) == {
        "speed": "parameters", "share": "parameters", "by_cell": "cells", "by_indicator": "bounded",
    }  # fmt: skip
    sections = sections_of(Parameters)
    assert (sections["depreciation_rate"], sections["marine_share"]) == ("parameters", "cells")
    assert sections["bounded_drift"] == sections["bounded_volatility"] == "bounded"
    assert set(sections_of(WorldParameters).values()) == {"parameters"}


@pytest.mark.parametrize("date", ["2020-00", "2020-13", "2020-1", "202-12", "2020-12-31", "'2020 '", "20201"])
def test_dates_that_are_no_month(tmp_path: Path, date: str) -> None:
    assert "parameters.speed.date" in problems(tmp_path, ("date: 2020-12", f"date: {date}"))


@pytest.mark.parametrize("date", ["2020-01", "2020-09", "2020-10", "2020-12", '"2020"'])
def test_dates_that_are_a_month_or_a_year(tmp_path: Path, date: str) -> None:
    found = read_text(tmp_path, GOOD.replace("date: 2020-12", f"date: {date}", 1))
    assert found.scalars["speed"].date == date.strip('"')


def test_bounds_of_a_line_hold_for_its_draws(tmp_path: Path) -> None:
    text = GOOD.replace("[1.0, 3.0], unit: pp", "[1.0, 3.0], unit: pp, minimum: 0.9, maximum: 3.1")
    text = text.replace('by_cell: {unit: "1"', 'by_cell: {unit: "1", minimum: 1, maximum: 4')
    found = sample(read_text(tmp_path, text), Tiny, Draws(1, 0, frozenset(SOURCES)), "here")
    assert (found.speed.min(), found.speed.max()) == pytest.approx((0.009, 0.031))
    # bounds at p5 of farms and p95 of works: one draw in twenty is cut; 0.0034 is the error of a share
    assert (found.by_cell[0] == 1.0).mean() == pytest.approx(0.05, abs=0.017)
    assert (found.by_cell[1] == 4.0).mean() == pytest.approx(0.05, abs=0.017)


def test_all_mistakes_of_form_are_told_at_once(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        ("unit: pp", "unit: furlong"),
        (', source: "a reason"', ""),
        ("date: 2020-12", "date: lately"),
        ('grade: J, date: "2019"', 'grade: Z, date: "2019"'),
        ("[0.2, 0.8]", "[]"),
    )
    assert {"parameters.speed.unit", "parameters.speed.source", "parameters.speed.date"} <= set(found)
    assert {"parameters.share.grade", "parameters.share.range"} <= set(found)


# --- Sampling -----------------------------------------------------------------------------------------------


def test_with_chance_switched_off_every_parameter_is_at_its_centre(tmp_path: Path) -> None:
    found = sample(read_text(tmp_path, GOOD), Tiny, Draws(1, 0, frozenset(), size=1), "here")
    assert found.speed == pytest.approx([0.02])
    assert found.share == pytest.approx([0.5])
    np.testing.assert_allclose(found.by_cell, [[1.5], [3.5]])
    np.testing.assert_allclose(found.by_indicator, [[0.5]])


def test_sampled_parameters_have_their_percentiles_and_are_read_only(tmp_path: Path) -> None:
    found = sample(read_text(tmp_path, GOOD), Tiny, Draws(1, 0, frozenset(SOURCES)), "here")
    # the standard deviation of the share of 4096 draws below p5 is 0.0034
    for values, low, high in ((found.speed, 0.01, 0.03), (found.share, 0.2, 0.8), (found.by_cell[1], 3.0, 4.0)):
        assert (values < low).mean() == pytest.approx(0.05, abs=0.017)
        assert (values > high).mean() == pytest.approx(0.05, abs=0.017)
        assert not values.flags.writeable
    assert np.abs(np.corrcoef(found.by_cell)[0, 1]) < 5.0 / 64.0


def test_a_parameter_does_not_depend_on_its_neighbours_nor_the_cells_on_their_order(tmp_path: Path) -> None:
    draws = Draws(1, 0, frozenset(SOURCES))
    priors = read_text(tmp_path, GOOD)
    before = sample(priors, Tiny, draws, "here")
    turned = replace(
        priors,
        scalars=dict(reversed(priors.scalars.items())),
        vectors={**priors.vectors, "by_cell": priors.vectors["by_cell"][::-1]},
    )
    after = sample(turned, Tiny, draws, "here")
    assert np.array_equal(after.speed, before.speed)
    assert np.array_equal(after.by_cell, before.by_cell[::-1])
    assert not np.array_equal(sample(priors, Tiny, draws, "there").speed, before.speed)


def test_a_prior_belongs_to_the_source_it_names(tmp_path: Path) -> None:
    text = GOOD.replace("unit: pp,", "unit: pp, part: discrepancy,")
    found = sample(read_text(tmp_path, text), Tiny, Draws(1, 0, frozenset({"discrepancy"})), "here")
    assert np.ptp(found.speed) > 0.01
    assert np.ptp(found.share) == 0.0

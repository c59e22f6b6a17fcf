"""The file of the model's own error, and all targets together: a mistake in a line, and formulas worked by hand."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.experiment.model_error import read_model_error
from sim.experiment.ranges import joint_range, one_factor
from sim.indicators.catalogue import INDICATORS


@pytest.mark.parametrize(
    ("probabilities", "correlation", "joint"),
    [
        ([0.5, 0.4, 0.3], 0.0, 0.06),
        ([0.5, 0.5], 0.6, 0.25 + math.asin(0.6) / (2.0 * math.pi)),
        ([0.5] * 3, 0.3, 0.125 + 3.0 * math.asin(0.3) / (4.0 * math.pi)),
        # Correlation one half: the largest of ten exchangeable normals is as often the common one as any other.
        ([0.5] * 9, 0.5, 0.1),
        ([0.3, 1.0], 0.6, 0.3),
        ([0.3, 0.0], 0.6, 0.0),
    ],
)
def test_one_common_factor(probabilities: list[float], correlation: float, joint: float) -> None:
    assert one_factor(np.array(probabilities), correlation) == pytest.approx(joint, abs=1e-10)


def test_a_correlation_beyond_its_bounds_is_refused() -> None:
    for correlation in (-0.1, 1.0):
        with pytest.raises(ValueError, match="correlation in"):
            one_factor(np.array([0.5]), correlation)


def test_all_targets_together_between_independent_and_correlated() -> None:
    tied = 0.8
    pair = 0.25 + math.asin(0.6) / (2.0 * math.pi)
    assert joint_range(tied, np.array([0.5, 0.5]), 0.22) == pytest.approx((0.8 * 0.25, 0.8 * pair))
    # What the draws show is inside even where it lies beyond.
    assert joint_range(tied, np.array([0.5, 0.5]), 0.19)[0] == 0.19
    assert joint_range(tied, np.zeros(0), 0.8) == (0.8, 0.8)


def test_every_modelled_indicator_has_a_record(project: Path) -> None:
    errors = read_model_error(project / "calibration" / "model_error.yaml")
    modelled = {name for name, item in INDICATORS.items() if item.compute is not None}
    assert set(errors.families) == modelled
    near, far = errors.allowance("gdp_growth", 1), errors.allowance("gdp_growth", 60)
    assert (near.up_to, far.up_to) == (1, 15)
    assert errors.allowance("gdp_growth", 4).up_to == 5
    assert errors.priors["J"].centre > errors.priors["L"].centre > errors.priors["E"].centre


def test_every_mistake_of_the_file_is_told_at_once(project: Path, tmp_path: Path) -> None:
    text = (project / "calibration" / "model_error.yaml").read_text(encoding="utf-8")
    changes = {
        "  E: {centre: 0.2": "  F: {centre: 0.2",
        "indicators: [gdp_real, gdp_growth_average]": "indicators: [gdp_real, gdp_growth, populaton]",
    }
    for old, new in changes.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    text = text.replace("{up_to: 3,", "{up_to: 1, ", 1)
    first = text.index("grade: none")
    text = text[:first] + "grade:  A" + text[first + len("grade: none") :]
    basis = text.rindex("basis: judgement")
    text = text[:basis] + "basis: hindcast" + text[basis + len("basis: judgement") :]
    path = tmp_path / "model_error.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_model_error(path)
    shown = caught.value.show("en")
    lines = text.splitlines()
    for words, place in {
        'unknown name "F"': "  F: {",
        "missing: E": "  J: {",
        "gdp_growth is in growth_annual already": "gdp_growth, populaton]",
        'did you mean "population"': "gdp_growth, populaton]",
        "the years must exceed 1": "{up_to: 1,  bias",
        "that of a judgement none": "grade:  A",
        "hindcast needs n and effective_years": "basis: hindcast, n: null",
    }.items():
        row = next(i for i, line in enumerate(lines, 1) if place in line)
        assert any(words in line and f"model_error.yaml:{row}:" in line for line in shown.splitlines()), (words, shown)
    assert "missing: gdp_growth_average" in shown


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("scale_low: 0.8,", "scale_low: 1.2,"),
        ("scale_high: 1.25", "scale_high: 0.9"),
        ("bias: 0.25", "bias: -0.25"),
        ("date: 2020-12", "date: 2020"),
        ("date: 2020-12", "date: 2020-13"),
        ("n: null", "n: 0"),
        ("grade: none", "grade: D"),
        ("effective_years: null, ", ""),
    ],
)
def test_a_value_that_cannot_be_is_refused(project: Path, tmp_path: Path, old: str, new: str) -> None:
    text = (project / "calibration" / "model_error.yaml").read_text(encoding="utf-8")
    path = tmp_path / "model_error.yaml"
    place = text.index(old, text.index("families:"))
    path.write_text(text[:place] + new + text[place + len(old) :], encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_model_error(path)
    assert f":{text[:place].count(chr(10)) + 1}:" in caught.value.show("zh")

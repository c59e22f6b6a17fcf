"""Targets counted over a span of years that begins after the base year, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.test_target_evaluation import NAN, judge, target


def test_what_is_counted_from_the_base_year_is_counted_from_the_targets_first_year() -> None:
    """Output of 100, 110, 121, 145.2: from 2021 on it grows by 10 %, then by √(145.2 / 110) − 1 = 14.8913 % a year."""
    level = np.array([100.0, 110.0, 121.0, 145.2])[:, None]
    average = np.array([NAN, 10.0, 10.0, 13.2362])[:, None]
    for first, year, value in ((2021, 2023, 13.2362), (2022, 2022, 10.0), (2022, 2023, 14.891253)):
        wanted = replace(target(">=", year, value=9.0, first_year=first), indicator="gdp_growth_average")
        found = judge(wanted, average, gdp_real=level)
        assert found.value == pytest.approx([value], abs=1e-6)
        assert found.first.tolist() == [first]


def test_a_reduction_is_counted_from_the_targets_first_year() -> None:
    """10, 19 and 28 % since 2020 are 10 % since 2021 in 2022, and 1 − 0.72 / 0.9 = 20 % in 2023."""
    series = np.array([0.0, 10.0, 19.0, 28.0])[:, None]
    for year, value in ((2022, 10.0), (2023, 20.0)):
        wanted = target(">=", year, value=15.0, first_year=2022)
        found = judge(replace(wanted, indicator="co2_intensity_reduction_cumulative"), series)
        assert found.value == pytest.approx([value])
        assert found.first.tolist() == [2023]

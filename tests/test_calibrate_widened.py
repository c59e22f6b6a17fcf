"""Facts beyond the model, their errors widened; what `check`, the mid-term table and pages take from a calibration."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.conditioning import service
from sim.conditioning.changes import _told, changes_for
from sim.conditioning.inflation import beyond, more, refuse_beyond, residuals_at_centre, widened
from sim.conditioning.problem import ConditioningError, Problem
from sim.conditioning.residuals import shown, signed
from sim.conditioning.service import inflated_posterior, kept, region_problem
from sim.language import Text
from sim.output.calibration_family import unknowns_of
from sim.output.calibration_words import interval
from sim.posterior.posterior import Posterior
from sim.posterior.store import write_posterior
from sim.region.pack import Pack
from sim.targets import Target, read_targets
from tests.calibrate_cases import FACT, YEAR, by_hand, placed, prepared, rows_of
from tests.running import call


@pytest.fixture(scope="module")
def problem(district: Pack) -> Problem:
    return region_problem(district, YEAR).problem()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return prepared(tmp_path, monkeypatch)


def line(value: float, error: float, expected: float, spread: float, residual: float, name: str) -> dict[str, Any]:
    return {"id": name, "value": value, "error": error, "expected": expected, "spread": spread, "residual": residual}


def posterior_with(*lines: dict[str, Any]) -> Posterior:
    return Posterior(YEAR, "", 1, 0, (), (), tuple(one["id"] for one in lines), {"facts": list(lines)})


def test_what_is_beyond_the_model() -> None:
    lines = [
        line(10.0, 1.0, 10.0, 2.0, 4.5, "left"),
        line(10.0, 1.0, 10.0, 2.0, -3.9, "near"),
        line(30.0, 1.0, 10.0, 3.0, 0.5, "unheard_of"),  # 20 / 3 = 6.7 spreads off, 20 errors
        line(27.0, 1.0, 10.0, 3.0, 0.5, "far"),  # 17 / 3 = 5.7 spreads
    ]
    assert beyond(posterior_with(*lines)) == {"unheard_of": 20.0, "left": 4.5}
    with pytest.raises(ConditioningError) as caught:
        refuse_beyond(posterior_with(*lines))
    assert caught.value.facts == ("unheard_of", "left")
    assert refuse_beyond(posterior_with(lines[1])).facts == ("near",)


def test_errors_are_multiplied_by_half_the_distance() -> None:
    assert more({}, {"a": 5.0, "b": -8.0, "c": 3.9}) == {"a": 2.5, "b": 4.0}
    assert more({"a": 2.5}, {"a": -6.0}) == {"a": 7.5}


def simple(observed: Sequence[float], error: Sequence[float]) -> Problem:
    """Two reports of one unknown."""
    return Problem(
        lambda draws: np.repeat(draws.normal("parameters", "u"), 2, axis=0),
        np.array(observed), np.array(error), ("first", "second"),
    )  # fmt: skip


def test_residuals_where_the_model_comes_closest() -> None:
    # Reports 0 and 6 of a standard normal, both with error 0.1: the mode is (0 + 600) / (100 + 100 + 1) = 2.985.
    found = residuals_at_centre(simple([0.0, 6.0], [0.1, 0.1]), 1)
    assert found == pytest.approx({"first": -29.85, "second": 30.15}, abs=0.01)
    assert widened(simple([0.0, 6.0], [0.1, 0.2]), {"second": 3.0}).error == pytest.approx([0.1, 0.6])


def test_only_the_facts_beyond_the_model_are_widened(district: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(pack: Pack, as_of: int, problem: Problem, *more: object) -> tuple[Posterior, None]:
        left = problem.observed / problem.error  # as though the model always said nought
        lines = [line(v, e, v, 1.0, r, n) for v, e, r, n in
                 zip(problem.observed, problem.error, left, problem.ids, strict=True)]  # fmt: skip
        return posterior_with(*lines), None

    monkeypatch.setattr(service, "make_posterior", made)
    found = inflated_posterior(district, YEAR, simple([0.3, 6.0], [0.1, 0.5]), 1)
    # 6.0 is 12 errors off, so its error is times 6; 0.3 is 3 errors off and stays as it is.
    assert found.record["inflated"] == {"second": 6.0}
    assert found.record["facts"][1]["residual"] == pytest.approx(2.0)


def test_what_widening_does_not_help_is_refused(district: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(*arguments: object) -> tuple[Posterior, None]:
        raise ConditioningError("no value", ("first",))

    monkeypatch.setattr(service, "make_posterior", made)
    with pytest.raises(ConditioningError) as caught:
        inflated_posterior(district, YEAR, simple([0.3, 0.4], [1.0, 1.0]), 1)
    assert caught.value.facts == ("first",)


def test_runs_do_not_take_a_widened_posterior(place: Path, district: Pack, problem: Problem) -> None:
    plain = by_hand(problem)
    wide = widened(problem, {FACT: 3.0})
    record = {**by_hand(wide).record, "inflated": {FACT: 3.0}}
    posterior = replace(plain, record=record)
    placed(place, district, posterior)
    assert kept(district, YEAR, place / "posterior", problem) is None
    write_posterior(place / "posterior" / f"qingdao-{YEAR}-inflated.npz", posterior)
    found = kept(district, YEAR, place / "posterior", problem, inflate=True)
    assert found is not None
    assert found.record["inflated"] == {FACT: 3.0}
    code, page, _ = call("calibrate", "--as-of", str(YEAR), "--inflate", "--out", str(place / "放宽"))
    assert code == 0
    assert "误差放宽到 3.0 倍" in page
    used = {one["id"]: one["inflated"] for one in rows_of(place / "放宽" / "facts.csv")}
    assert {id for id, factor in used.items() if factor} == {FACT}


# --- What others take from it ---------------------------------------------------------------------------------


def test_check_lists_large_residuals_of_a_calibration_that_fits(place: Path, district: Pack, problem: Problem) -> None:
    assert "没有与现在的公布数相符的校准结果" in call("check")[1].replace("\n", "")
    placed(place, district, by_hand(problem, {"west_coast.population.2022": 3.0, "world.national_growth.2022": 3.0}))
    document = json.loads(call("check", "--json")[1])
    assert [one["id"] for one in document["calibration"]["large"]] == ["west_coast.population.2022"]
    placed(place, district, by_hand(problem, {}, {"west_coast.population.2022": 3.0}))
    (far,) = json.loads(call("check", "--json")[1])["calibration"]["large"]
    assert "先验未料到，其他公布数没有与之相抵的；校准按它移动，宜先核实" in far["message"]
    assert "no other figure speaks against it; calibration moves with it, so confirm it first" in far["message_en"]
    assert "附：校准残差" in call("check")[1]


def test_the_figures_that_moved_a_target_are_named(district: Pack, problem: Problem) -> None:
    posterior = by_hand(problem)
    targets = {target.id: target for target in read_targets(district)}
    wanted = [targets[name] for name in ("plan14.manufacturing_share.2025", "plan14.rail_length.2025")]
    found = changes_for(posterior, district, wanted)
    # The share of manufacturing is about that of the secondary industry; lines of rail hang on no figure.
    assert list(found) == ["plan14.manufacturing_share.2025"]
    assert "2023年第二产业比重：−" in found["plan14.manufacturing_share.2025"].zh
    assert found["plan14.manufacturing_share.2025"].zh.endswith("个百分点")
    assert found["plan14.manufacturing_share.2025"].zh.startswith("其中：")
    assert changes_for(replace(posterior, components=()), district, wanted) == {}


def said_of(total: float | None) -> Text | None:
    """What is said of a share that four facts move by 1.26, −0.5, 0.1 and 0.04 points."""
    target = Target("t", "x", 2025, ">=", Text("甲", "a"), "%", 35.0)
    words = {id: Text(f"数{id}", f"figure {id}") for id in "abcd"}
    return _told(target, 30.0, np.array([1.26, -0.5, 0.1, 0.04]), tuple("abcd"), words, total)


def test_the_parts_add_up_to_the_whole_move() -> None:
    whole, part = said_of(2.04), said_of(None)
    assert whole is not None
    assert part is not None
    # To one digit 1.3 − 0.5 = 0.8; 2.0 less that is 1.2.
    assert whole.zh == (
        "预计值变动+2.0个百分点，其中：数a：+1.3个百分点；数b：−0.5个百分点；"
        "其余（其他公布数、已知的外部环境等）：+1.2个百分点"
    )
    assert whole.en.startswith("expected value +2.0 points: figure a: +1.3 points; figure b: −0.5 points; the rest ")
    assert part.zh == "其中：数a：+1.3个百分点；数b：−0.5个百分点"


def test_numbers_of_the_rest_of_a_city_are_made_of_two_unknowns(city: Pack) -> None:
    # calibration/qingdao/region.yaml: parameters are related by 0.7, so the own part has sqrt(1 - 0.49).
    found = unknowns_of(city, "parameters", "qingdao.urbanisation_speed")
    assert found == [
        (pytest.approx(0.7141, abs=1e-4), "qingdao.urbanisation_speed"), (0.7, "west_coast.urbanisation_speed"),
    ]  # fmt: skip
    assert unknowns_of(None, "facts", "qingdao.gdp.2020") == [(1.0, "qingdao.gdp.2020")]


def test_numbers_as_printed() -> None:
    assert interval([0.0182, 0.0303, 0.0422], [0.010, 0.025, 0.040], "1", "zh") == "0.018—0.042（0.030）"
    assert interval([-3.36, -1.63, 0.08], [-4.5, -2.5, -0.5], "pp", "zh") == "−3.4至0.1个百分点（−1.6）"
    assert interval([4.86, 5.4, 5.95], [5.0, 5.6, 6.2], "growth %", "en") == "4.86 to 5.95% (5.40)"
    assert (shown(4368.53, 39.0), shown(10.3, 0.3), shown(-0.04, 1.0)) == ("4369", "10.30", "−0.0")
    assert (signed(-1.62), signed(0.04), signed(2.5, 0)) == ("−1.6", "+0.0", "+2")

"""`--inflate` of run, compare and sweep: figures beyond the model are used with wider errors, and that is said."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from sim.cli import inputs
from sim.cli.compare import document as compare_document
from sim.cli.run import document as run_document
from sim.conditioning.inflation import widened
from sim.conditioning.problem import ConditioningError, Problem
from sim.conditioning.service import Told, region_problem
from sim.posterior.posterior import Posterior
from sim.posterior.store import write_posterior
from sim.region.pack import Pack
from tests.calibrate_cases import FACT, YEAR, by_hand, placed, prepared
from tests.running import FEW, call

LATER = ("--as-of", str(YEAR))
SPEC = """\
name: one
label: 一点
draws: 240
targets: [plan14.gdp_growth.2025]
axes: {investment_growth: {values: [0]}}
"""


@pytest.fixture(scope="module")
def problem(district: Pack) -> Problem:
    return region_problem(district, YEAR).problem()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, district: Pack, problem: Problem) -> Path:
    """Results with a calibration that leaves five errors of a figure, and one with the error of that widened."""
    folder = prepared(tmp_path, monkeypatch)
    for module in (inputs, run_document, compare_document):
        monkeypatch.setattr(module, "results_folder", lambda: folder)
    placed(folder, district, by_hand(problem, {FACT: 5.0}))
    write_posterior(folder / "posterior" / f"qingdao-{YEAR}-inflated.npz", wide(problem))
    return folder


def wide(problem: Problem) -> Posterior:
    made = by_hand(widened(problem, {FACT: 2.5}))
    return replace(made, key="wide", record={**made.record, "inflated": {FACT: 2.5}})


def test_a_refusal_names_both_ways_on(place: Path) -> None:
    code, out, err = call("run", *FEW, *LATER)
    assert (code, out) == (2, "")
    told = err.replace("\n", "")
    assert FACT in told
    assert "solve可加--inflate" in told.replace(" ", "")
    assert "calibrate--inflate" in told.replace(" ", "")


def test_a_run_says_which_figures_are_widened(place: Path) -> None:
    code, out, err = call("run", *FEW, *LATER, "--inflate", "--json", "--out", str(place / "放宽"))
    assert (code, err) == (0, "")
    document = json.loads(out)
    assert document["warnings"][0].startswith("下列公布数与模型相距太远，放宽误差后使用")
    assert f"青岛西海岸新区2022年地区生产总值增速（{FACT}，误差放宽到2.5倍）" in document["warnings"][0]
    assert f"({FACT}, error times 2.5)" in document["warnings_en"][0]
    manifest = json.loads((place / "放宽" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["posterior"], manifest["warnings"][0]) == ("wide", document["warnings"][0])
    page = call("run", *FEW, *LATER, "--inflate", "--out", str(place / "放宽"))[1]
    assert "提示：下列公布数与模型相距太远" in page


def test_a_comparison_says_so_too(place: Path) -> None:
    words = ("compare", "baseline", "baseline", *FEW, *LATER, "--json")
    assert call(*words)[0] == 2
    code, out, _ = call(*words, "--inflate")
    assert code == 0
    assert FACT in json.loads(out)["warnings"][0]


def test_a_sweep_stands_on_the_same_posterior_as_a_run(place: Path) -> None:
    (place / "one.yaml").write_text(SPEC, encoding="utf-8")
    words = ("sweep", str(place / "one.yaml"), *LATER, "--out", str(place / "sweep"))
    assert call(*words)[0] == 2
    code, out, _ = call(*words, "--inflate", "--json")
    assert code == 0
    assert FACT in json.loads(out)["warnings"][0]
    assert "提示：下列公布数与模型相距太远" in call(*words, "--inflate")[1]
    with (place / "sweep" / "points.csv").open(encoding="utf-8-sig", newline="") as stream:
        (point,) = csv.DictReader(stream)
    document = json.loads(call("run", *FEW, *LATER, "--inflate", "--json")[1])
    (target,) = [t for t in document["targets"] if t["id"] == "plan14.gdp_growth.2025"]
    assert [float(point[name]) for name in ("probability", "p50")] == [target["probability"], target["p50"]]


def test_where_nothing_is_beyond_the_model_the_ordinary_calibration_is_used(
    place: Path, district: Pack, problem: Problem
) -> None:
    placed(place, district, replace(by_hand(problem), key="plain"))
    found = inputs.posterior_for(district, YEAR, inflate=True)
    assert found is not None
    assert found.key == "plain"


def test_what_is_made_is_kept_where_calibrate_keeps_it(
    place: Path, district: Pack, problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def make(pack: Pack, as_of: int, of: Problem, seed: int, told: Told) -> Posterior:
        made.append(as_of)
        return replace(wide(of), key="made")

    monkeypatch.setattr(inputs, "inflated_posterior", make)
    path = place / "posterior" / f"qingdao-{YEAR}-inflated.npz"
    path.unlink()
    for _ in range(2):
        found = inputs.posterior_for(district, YEAR, inflate=True)
        assert found is not None
        assert found.key == "made"
    assert (made, path.is_file()) == ([YEAR], True)


def test_what_widening_does_not_help_is_refused(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(*arguments: object) -> Posterior:
        raise ConditioningError("no value", (FACT,))

    monkeypatch.setattr(inputs, "inflated_posterior", make)
    (place / "posterior" / f"qingdao-{YEAR}-inflated.npz").unlink()
    code, _, err = call("run", *FEW, *LATER, "--inflate")
    assert code == 2
    assert "放宽误差后仍不能使用" in err.replace("\n", "")


def test_as_of_the_base_year_there_is_nothing_to_widen() -> None:
    code, _, err = call("run", *FEW, "--inflate")
    assert code == 2
    assert "--inflate" in err
    assert "2020" in err

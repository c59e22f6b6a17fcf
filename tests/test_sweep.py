"""Sweeps: the numbers of a point are those of `run`, whatever the workers and whoever shares its draws."""

from __future__ import annotations

import csv
import functools
from pathlib import Path

import numpy as np
import pytest

from sim.experiment.plan import Plan
from sim.experiment.results import ScenarioResult
from sim.experiment.run import run
from sim.experiment.shared import SharedDraws
from sim.indicators.catalogue import INDICATORS
from sim.randomness import Draws
from sim.region.reading import read_pack
from sim.resources import data_path
from sim.scenario.load import load_scenario
from sim.sweep import workers as sweep_workers
from sim.sweep.points import Evaluator, Sweep, read_sweep
from sim.sweep.store import carry_out
from sim.targets import read_targets

SPEC = """\
name: small
label: 小网格
scenario: baseline
draws: 300
targets: [plan14.gdp_growth.2025, plan14.trade_total.2025]
axes:
  investment_growth: {values: [-4, 4]}
  trade_growth: {from: -5, to: 5, steps: 3}
"""


@pytest.fixture(autouse=True)
def one_point_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep_workers, "POINTS_TOGETHER", 1)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small sweep, run without interruption."""
    place = tmp_path_factory.mktemp("sweep")
    carry_out(small(place), place / "out", workers=1)
    return place / "out"


the_pack = functools.cache(lambda region: read_pack(data_path("calibration"), region))


def small(folder: Path, text: str = SPEC, region: str = "west_coast") -> Sweep:
    file = folder / "small.yaml"
    file.write_text(text, encoding="utf-8")
    return read_sweep(file, pack=the_pack(region), scenarios=data_path("scenarios"))


def table(folder: Path, name: str = "points.csv") -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_table_has_a_row_for_each_point_and_target(finished: Path) -> None:
    assert (finished / "points.csv").read_bytes().startswith(b"\xef\xbb\xbfpoint,investment_growth,trade_growth,")
    rows = table(finished)
    measures = ["probability", "standard_error", "p10", "p50", "p90"]
    assert list(rows[0]) == ["point", "investment_growth", "trade_growth", "target", *measures]
    assert [(r["point"], r["investment_growth"], r["trade_growth"]) for r in rows[::2]] == [
        ("1", "-4", "-5"), ("2", "-4", "0"), ("3", "-4", "5"), ("4", "4", "-5"), ("5", "4", "0"), ("6", "4", "5")
    ]  # fmt: skip
    assert [r["target"] for r in rows] == ["plan14.gdp_growth.2025", "plan14.trade_total.2025"] * 6
    growth = [float(r["p50"]) for r in rows if r["target"] == "plan14.gdp_growth.2025"]
    trade = [float(r["p50"]) for r in rows if r["target"] == "plan14.trade_total.2025"]
    assert growth[3] > growth[0]  # more investment
    assert trade[0] < trade[1] < trade[2]  # more trade


OF_CITY = "plan14.gdp_per_capita_usd.2035, plan14.household_income_growth.2025"
ASKED = """\
indicators: [gdp_growth, {indicator}]
years: [2025, 2030]
"""


@pytest.mark.parametrize(
    ("region", "targets", "draws", "indicator"),
    [  # less than a block of draws, and more than one; two documents; a city
        ("west_coast", "plan14.gdp_growth.2025, plan14.trade_total.2025", 300, "gdp_share_of_city"),
        ("west_coast", "plan14.gdp_growth.2025, plan14.trade_total.2025", 6000, "marine_share"),
        ("west_coast", "plan14.gdp_growth.2025, report2021.gdp_growth.2021", 300, "trade_total"),
        ("qingdao", OF_CITY, 300, "gdp"),
    ],
)
def test_a_point_is_what_run_gives_for_its_scenario(
    tmp_path: Path, region: str, targets: str, draws: int, indicator: str
) -> None:
    text = SPEC.replace("draws: 300", f"draws: {draws}").replace("[-4, 4]", "[4]").replace("steps: 3", "steps: 2")
    text = text.replace("plan14.gdp_growth.2025, plan14.trade_total.2025", targets) + ASKED.format(indicator=indicator)
    carry_out(small(tmp_path, text, region=region), tmp_path / "out", workers=1)
    alone = run_alone(tmp_path, region, "levers: {investment_growth: 4, trade_growth: 5}", draws, 1)
    rows = table(tmp_path / "out")[2:]
    assert {row["target"] for row in rows} == set(targets.split(", "))
    for row in rows:
        found = next(t for t in alone.targets if t.target.id == row["target"])
        assert found.quantiles is not None
        expected = [found.probability, found.standard_error, *(found.quantiles[q] for q in (0.1, 0.5, 0.9))]
        assert [float(row[m]) for m in ("probability", "standard_error", "p10", "p50", "p90")] == expected
    figures = table(tmp_path / "out", "indicators.csv")[4:]
    assert [(row["indicator"], row["year"]) for row in figures] == [
        (name, year) for name in ("gdp_growth", indicator) for year in ("2025", "2030")
    ]
    for row in figures:
        name, year = row["indicator"], int(row["year"])
        mean = alone.means[alone.indicators.index(name), alone.years.index(year)]
        expected = [*(alone.quantile(name, year, level) for level in (0.1, 0.5, 0.9)), float(mean)]
        assert [float(row[m]) for m in ("p10", "p50", "p90", "mean")] == expected
        assert row["unit"] == INDICATORS[name].unit


def run_alone(folder: Path, region: str, changes: str, draws: int, seed: int) -> ScenarioResult:
    """What `run` gives for a scenario of these lines."""
    file = folder / "alone.yaml"
    file.write_text(f"name: alone\n{changes}\n", encoding="utf-8")
    pack = the_pack(region)
    scenario = load_scenario(
        str(file), folder=data_path("scenarios"), base_year=2020, horizon=2035, cells=pack.cell_ids,
        indicators=list(INDICATORS), region=region,
    )  # fmt: skip
    (alone,), _ = run(Plan(pack, (scenario,), (read_targets(pack),), draws=draws, seed=seed))
    return alone


MIXED = """\
name: mixed
scenario: plan_targets
draws: 200
targets: [plan14.gdp_growth.2025, plan14.trade_total.2025]
cross:
  - points:
      - {world_trade: -6, projects.key_industry_27: true, projects.key_industry_27.delay: 2}
      - {world_trade: 4, projects.key_industry_27: false, projects.key_industry_27.delay: 0}
  - axes:
      seed: {values: [5, 6]}
"""


def test_projects_worlds_and_seeds_are_those_of_run(tmp_path: Path) -> None:
    """Neighbours that share a world or a seed do not change each other, nor does the order they are computed in."""
    sweep = small(tmp_path, MIXED)
    done = carry_out(sweep, tmp_path / "out", workers=1)
    late = "world: {world_trade: -6}\nprojects:\n" + PROJECT.replace("[0.5, 0.3, 0.2]", "[0, 0, 1]")
    for point, seed in ((1, 5), (2, 6)):
        alone = run_alone(tmp_path, "west_coast", f"extends: plan_targets\n{late}", 200, seed)
        rows = [row for row in table(tmp_path / "out") if row["point"] == str(point)]
        assert [row["seed"] for row in rows] == [str(seed)] * 2
        for row in rows:
            found = next(t for t in alone.targets if t.target.id == row["target"])
            assert float(row["probability"]) == found.probability
            assert float(row["p50"]) == found.quantiles[0.5]  # type: ignore[index]
    assert [p.id for p in sweep.base.projects] == ["key_industry_27"]
    assert [len(sweep.scenario_of(point).projects) for point in (1, 2, 3, 4)] == [1, 1, 0, 0]
    mixed = [(r.point, r.flat().tolist()) for r in Evaluator(sweep).points([4, 1, 3, 2])]
    for point, numbers in mixed:
        assert numbers == [*done.values[point - 1].ravel(), *done.joint[point - 1]]


PROJECT = """\
  - id: key_industry_27
    label: 金能科技、芯恩等27个重点工业项目
    cell: manufacturing_other
    capex: 740
    start: 2020
    commissioning: 2022
    value_added: 150
    probability: 0.8
    delay: [0.5, 0.3, 0.2]
    additional: 0.35
"""


def test_all_targets_together(finished: Path, tmp_path: Path) -> None:
    """The joint probability is at most the least of the targets, and at least what they leave over one."""
    rows = table(finished)
    for place, row in enumerate(table(finished, "joint.csv")):
        each = [float(one["probability"]) for one in rows[2 * place : 2 * place + 2]]
        both = float(row["probability"])
        assert max(0.0, sum(each) - 1.0) - 1e-12 <= both <= min(each)
        assert float(row["standard_error"]) == pytest.approx((both * (1 - both) / 300) ** 0.5)
        assert row["targets"] == "2"
    alone = small(tmp_path, SPEC.replace(", plan14.trade_total.2025", ""))
    carry_out(alone, tmp_path / "one", workers=1)
    assert [r["probability"] for r in table(tmp_path / "one", "joint.csv")] == [
        r["probability"] for r in table(tmp_path / "one")
    ]
    everything = small(tmp_path, SPEC.replace("targets:", "question: 全部 #"))
    chosen = [everything.targets[place] for place in everything.together]
    assert {t.document for t in chosen} == {"plan14"}  # the plan's own rows, each once
    assert len({t.row for t in chosen}) == len(chosen) < len(everything.targets)


def test_kept_draws_are_the_first_of_the_block() -> None:
    fresh = Draws(3, 1, frozenset(["shocks"]))
    kept = SharedDraws(3, 1, frozenset(["shocks"]), 10, whole=fresh)
    asked = {name for name, value in vars(Draws).items() if callable(value) and not name.startswith("_")}
    assert asked == {"normal", "normals", "uniform"}, "a new method of Draws needs its like in SharedDraws"
    for _ in range(2):  # the second time from what is kept, whatever was written into the first
        for source in ("shocks", "facts"):
            for method in ("normal", "uniform"):
                part = getattr(kept, method)(source, "x", 3)
                assert np.array_equal(part, getattr(fresh, method)(source, "x", 3)[:, :10])
                part += 1.0
            several = kept.normals(source, ["x", "y"], 3)
            assert np.array_equal(several, fresh.normals(source, ["x", "y"], 3)[:, :, :10])
            several += 1.0


def test_workers_change_no_byte(finished: Path, tmp_path: Path) -> None:
    carry_out(small(tmp_path), tmp_path / "out", workers=2)
    for name in ("points.csv", "joint.csv", "manifest.json", "tables.json"):
        assert (tmp_path / "out" / name).read_bytes() == (finished / name).read_bytes()

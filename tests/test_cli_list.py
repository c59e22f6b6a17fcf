"""`list`: the tables and documents of levers, indicators, targets, scenarios and regions."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from sim.cli.main import main
from sim.language import Text
from sim.levers.catalogue import LEVERS, WORLD
from sim.output.layout import cell_width
from sim.resources import data_path

PROJECT = Path(__file__).resolve().parent.parent
KINDS = ("levers", "indicators", "targets", "scenarios", "regions")

# The names the contract promises for the plan's 25 indicators, in the order of the plan.
PLAN_IDS = (
    "gdp_growth labour_productivity manufacturing_share marine_share rd_intensity high_value_patents "
    "new_economy_share digital_core_share fdi trade_total urbanisation_rate rail_length "
    "energy_intensity_reduction co2_intensity_reduction good_air_ratio good_water_ratio forest_cover "
    "life_expectancy household_income_growth new_urban_jobs doctors_per_1000 schooling_years "
    "pension_coverage childcare_places_per_1000 grain_capacity"
)
OTHER_IDS = (
    "gdp gdp_real gdp_growth_average gdp_per_capita gdp_per_capita_usd gdp_share_of_city primary_share "
    "secondary_share services_share marine_gop marine_gop_growth industry_value_added_growth "
    "fixed_asset_investment_growth retail_sales_growth budget_revenue budget_revenue_growth population "
    "household_income new_urban_jobs_cumulative energy_use co2_emissions good_air_days"
)
PLAN, ALSO = PLAN_IDS.split(), OTHER_IDS.split()
NO_FIGURE = {"labour_productivity", "new_economy_share", "digital_core_share", "childcare_places_per_1000"}


def outcome(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["list", *arguments], program="python run.py")
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def records(capsys: pytest.CaptureFixture[str], kind: str, *more: str) -> list[dict[str, Any]]:
    code, out, err = outcome(capsys, kind, "--json", *more)
    assert (code, err) == (0, "")
    found: list[dict[str, Any]] = json.loads(out)
    return found


def test_levers_have_the_fields_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    found = records(capsys, "levers")
    promised = {"id", "label", "unit", "low", "high", "meaning", "evidence", "grade", "kind"}
    assert [r["id"] for r in found if promised - set(r)] == []
    assert [r["id"] for r in found if not r["low"] < r["high"]] == []
    assert [r["id"] for r in found if not all(r[key] for key in promised - {"low", "high"})] == []
    assert {r["grade"] for r in found} <= {"I", "A", "B", "C", "D"}
    assert len({r["id"] for r in found}) == len(found)


def test_the_world_is_told_apart_from_levers(capsys: pytest.CaptureFixture[str]) -> None:
    kinds = {r["id"]: r["kind"] for r in records(capsys, "levers")}
    assert {name for name, kind in kinds.items() if kind == "world"} == {
        "national_growth", "producer_prices", "world_trade", "exchange_rate", "rare_event_probability",
    }  # fmt: skip
    assert kinds["investment_growth"] == kinds["fdi_growth"] == "lever"


def test_levers_are_listed_with_what_is_known_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    """Direction, range in history, ceiling and measured effects; a region without a record of effects has none."""
    found = {r["id"]: r for r in records(capsys, "levers")}
    rail, invested = found["rail_delay"], found["investment_growth"]
    assert (rail["moves"], rail["family"], rail["history"], rail["ceilings"]) == (
        {"rail_length": -1},
        "services",
        None,
        [],
    )
    assert (invested["history"]["low"], invested["history"]["high"], invested["step"]) == (-11.5, 11.5, 1)
    assert [(c["effect"], c["within"], c["grade"]) for c in invested["ceilings"]] == [(0.1, 2, "C"), (0.45, None, "B")]
    growth = [e for e in invested["effects"] if (e["indicator"], e["year"]) == ("gdp_growth", 2025)]
    assert [0.0 < e["standard_error"] < 0.01 < e["effect"] < 0.45 for e in growth] == [True]
    assert found["childcare_places"]["effects"] == []
    assert found["producer_prices"]["history"]["high"] == 8.1
    page = outcome(capsys, "levers")[1]
    assert max(cell_width(line) for line in page.splitlines()) <= 160
    assert page.index("revenue_growth") < page.index("外部假设：") < page.index("national_growth")


def test_a_lever_out_of_the_listed_bounds_is_refused_by_run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    high = next(r["high"] for r in records(capsys, "levers") if r["id"] == "fdi_growth")
    path = tmp_path / "much.yaml"
    path.write_text(f"levers: {{fdi_growth: {high + 1}}}\n", encoding="utf-8")
    assert main(["run", str(path), "--draws", "1"]) == 2
    assert "levers.fdi_growth" in capsys.readouterr().err


def test_indicators_are_those_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    found = {r["id"]: r for r in records(capsys, "indicators")}
    assert set(PLAN) | set(ALSO) <= set(found)
    assert {name for name, r in found.items() if r["missing"]} == NO_FIGURE
    assert {name for name, r in found.items() if not r["computed"]} == NO_FIGURE
    assert all(r["unit"] and r["label"] and r["direction"] in (-1, 0, 1) for r in found.values())
    mechanisms = {name: found[name]["mechanism"] for name in PLAN}
    assert {n for n, m in mechanisms.items() if m == "land"} == {"forest_cover", "grain_capacity"}
    assert {n for n, m in mechanisms.items() if m == "bounded"} == {
        "good_air_ratio", "good_water_ratio", "life_expectancy", "schooling_years", "pension_coverage",
    }  # fmt: skip
    assert found["co2_emissions"]["direction"] == -1


def test_targets_follow_the_plan(capsys: pytest.CaptureFixture[str]) -> None:
    found = records(capsys, "targets")
    first = [r for r in found if r["row"] and r["reading_of"] is None]
    assert [r["id"] for r in first] == [f"plan14.{name}.2025" for name in PLAN]
    assert [r["row"] for r in first] == list(range(1, 26))
    by_id = {r["id"]: r for r in found}
    assert by_id["plan14.marine_share.2025"]["target_text"] == "≥42"
    assert by_id["plan14.marine_share.2025"]["owner"] == ["区海洋发展局"]
    assert by_id["plan14.marine_share.2025"]["status"] == "evaluated"
    assert by_id["plan14.gdp_growth.2025.average"]["reading_of"] == "plan14.gdp_growth.2025"
    assert {r["indicator"] for r in first if r["status"] == "no_baseline"} == NO_FIGURE
    assert all(r["note"] or r["reason"] for r in found if r["status"] != "evaluated")


def test_targets_of_every_document_and_those_outside_the_model(capsys: pytest.CaptureFixture[str]) -> None:
    """A past target waits for its figure, and an id that is no indicator has no mechanism."""
    found = {r["id"]: r for r in records(capsys, "targets")}
    files = (PROJECT / "calibration" / "west_coast" / "targets").glob("*.yaml")
    assert {id.partition(".")[0] for id in found} == {path.stem.removesuffix("_text") for path in files}
    past = found["report2020.fixed_asset_investment_growth.2020"]
    assert (past["year"], past["status"], past["reason"]) == (2020, "no_baseline", "缺2020年完成数")
    outside = found["plan14.hospital_beds_per_1000.2025"]
    assert (outside["mechanism"], outside["status"]) == ("none", "not_modelled")
    assert outside["reason"]


def test_a_city_lacks_what_it_does_not_report(capsys: pytest.CaptureFixture[str]) -> None:
    """Its base year has neither manufacturing nor foreign capital; research is not in it either."""
    found = {r["id"]: r for r in records(capsys, "indicators", "--region", "qingdao")}
    for name in ("manufacturing_share", "fdi", "rd_intensity", "rail_length", "good_water_ratio"):
        assert (found[name]["computed"], "青岛市2020年" in found[name]["missing"]) == (False, True), name
    assert all(found[name]["computed"] for name in ("gdp", "marine_share", "trade_total", "forest_cover"))


def test_scenarios_ask_their_question(capsys: pytest.CaptureFixture[str]) -> None:
    found = {r["id"]: r for r in records(capsys, "scenarios")}
    assert {"baseline", "plan_targets", "stress"} <= set(found)
    assert all(r["readable"] and r["question"].endswith("？") for r in found.values())
    assert found["baseline"]["label"] == "基准情景"


def test_a_broken_scenario_and_region_are_listed_as_such(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("calibration", "scenarios"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    (tmp_path / "scenarios" / "odd.yaml").write_text("levers: [", encoding="utf-8")
    (tmp_path / "calibration" / "moon").mkdir()
    (tmp_path / "calibration" / "moon" / "region.yaml").write_text("id: [", encoding="utf-8")
    monkeypatch.setattr("sim.cli.list.command.data_path", tmp_path.joinpath)
    assert [r["id"] for r in records(capsys, "scenarios") if not r["readable"]] == ["odd"]
    assert [r["id"] for r in records(capsys, "regions") if not r["readable"]] == ["moon"]
    assert "读不懂" in outcome(capsys, "scenarios")[1]
    assert "读不懂" in outcome(capsys, "regions")[1]


def test_regions(capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = [r for r in records(capsys, "regions") if r["id"] == "west_coast"]
    assert (found["label"], found["base_year"], found["city"]) == ("青岛西海岸新区", 2020, "qingdao")


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_names_everything_in_the_document(capsys: pytest.CaptureFixture[str], kind: str) -> None:
    code, page, err = outcome(capsys, kind)
    assert (code, err) == (0, "")
    assert [r["id"] for r in records(capsys, kind) if r["id"] not in page] == []


@pytest.mark.parametrize("kind", ["levers", "regions"])
def test_english_has_no_chinese(capsys: pytest.CaptureFixture[str], kind: str) -> None:
    code, page, _ = outcome(capsys, kind, "--lang", "en")
    assert code == 0
    assert re.findall(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", page) == []


def test_the_document_does_not_depend_on_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    for kind in KINDS:
        assert records(capsys, kind) == records(capsys, kind, "--lang", "en")


@pytest.mark.parametrize(("word", "meant"), [("lever", "levers"), ("Targets", "targets"), ("scenario", "scenarios")])
def test_a_wrong_kind_gives_the_nearest(capsys: pytest.CaptureFixture[str], word: str, meant: str) -> None:
    code, out, err = outcome(capsys, word)
    assert (code, out) == (2, "")
    assert f"您是否想写“{meant}”？" in err


def test_a_wrong_region_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = outcome(capsys, "targets", "--region", "west_cost")
    assert (code, out) == (2, "")
    assert "您是否想写“west_coast”？" in err


@pytest.mark.parametrize(
    ("evidence", "quantities"),
    [
        (LEVERS["investment_growth"].evidence, [("growth_on_investment_same_year", "")]),
        (WORLD["producer_prices"].evidence, [("deflator_mean", "secondary"), ("deflator_mean", "tertiary")]),
    ],
)
def test_evidence_from_the_panel_says_what_it_is_worth(evidence: Text, quantities: list[tuple[str, str]]) -> None:
    """The numbers are those of the committed estimates of 2014, rounded."""
    with data_path("calibration", "reference_class", "estimates.csv").open(encoding="utf-8-sig", newline="") as stream:
        found = {(r["quantity"], r["industry"]): r for r in csv.DictReader(stream) if r["cut_off"] == "2014"}
    regions = round(float(found["effective_regions", ""]["estimate"]))
    years = [str(round(float(found[which]["effective_years"]))) for which in quantities]
    assert f"（约抵{regions}个独立省份，有效年数约{'和'.join(years)}，见参照地区）" in evidence.zh
    assert f"{regions} independent provinces" in evidence.en
    assert f"{' and '.join(years)} effective years" in evidence.en

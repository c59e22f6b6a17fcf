"""`solve --target-values` on the real packs: the contract, figures of a plain run, files, pages and mistakes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from sim.cli.inputs import load_pack, load_scenarios, plan_of
from sim.cli.solve.path_pages import path_cells
from sim.cli.solve.values_above import sources_above
from sim.cli.solve.values_pages import value_cells
from sim.experiment.drawing import draw_block
from sim.experiment.measurement import COMPUTED
from sim.experiment.simulation import simulate_scenarios
from sim.randomness import BLOCK
from tests.pages import PROJECT
from tests.running import call

DRAWS = 5120
VALUES_PAGE, PATH_PAGE = (PROJECT / "docs" / name for name in ("target_values.md", "required_path.md"))
EXAMPLE = PROJECT / "docs" / "examples" / "targets_plan15.yaml"
LEVELS = {"p90": 0.9, "p70": 0.7, "p50": 0.5, "p30": 0.3}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("target_setting")


@pytest.fixture(scope="module")
def values(folder: Path) -> list[dict[str, Any]]:
    """The list of the contract, with the example's proposals."""
    asked = ("solve", "--target-values", "--proposed", str(EXAMPLE), "--draws", str(DRAWS), "--json")
    code, out, err = call(*asked, "--out", str(folder / "values"))
    assert code == 0, err
    found: list[dict[str, Any]] = json.loads(out)
    return found


@pytest.fixture(scope="module")
def document(folder: Path, values: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "values" / "result.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def draws() -> Mapping[str, Any]:
    """The block of draws that a run as of the latest facts makes: (draw, year from 2020) of every indicator."""
    pack = load_pack("west_coast")
    scenarios = load_scenarios(pack, ["baseline"], None)
    plan = plan_of(pack, scenarios, seed=1, draws=DRAWS, chunk=None, workers=1, as_of=2023)
    assert DRAWS == BLOCK
    block = draw_block(pack, plan.seed, 0, plan.horizon, plan.sources, plan.posterior)
    (path,) = simulate_scenarios(pack, scenarios, block, keep_states=False)
    return {name: path.value(name).T for name in COMPUTED}


def of(values: list[dict[str, Any]], indicator: str, year: int) -> dict[str, Any]:
    return next(one for one in values if (one["indicator"], one["year"]) == (indicator, year))


def share(values: Any, threshold: float, direction: int) -> float:
    return float((values <= threshold).mean() if direction < 0 else (values >= threshold).mean())


def test_every_value_is_reached_with_its_probability_in_the_draws_of_a_run(
    values: list[dict[str, Any]], draws: Mapping[str, Any]
) -> None:
    for one in values:
        drawn, direction = draws[one["indicator"]][:, one["year"] - 2020], one["direction"]
        for name, level in LEVELS.items():
            assert share(drawn, one[name], direction) == pytest.approx(level, abs=1e-3), one["indicator"]
    assert {one["year"] for one in values} == {2030, 2035}
    assert len(values) == 2 * len({one["indicator"] for one in values})


def test_plans_count_growth_reductions_and_sums_over_their_years(
    values: list[dict[str, Any]], draws: Mapping[str, Any]
) -> None:
    real, jobs = draws["gdp_real"], draws["new_urban_jobs"]
    saved = 1.0 - draws["co2_intensity_reduction_cumulative"] / 100.0
    for year in (2030, 2035):
        years, last = year - 2025, year - 2020
        counted = {
            "gdp_growth": 100.0 * ((real[:, last] / real[:, 5]) ** (1.0 / years) - 1.0),
            "co2_intensity_reduction": 100.0 * (1.0 - saved[:, last] / saved[:, 5]),
            "new_urban_jobs": jobs[:, 6 : last + 1].sum(axis=1),
        }
        for name, drawn in counted.items():
            plan = of(values, name, year)["plan"]
            assert (plan["first_year"], plan["base_year"]) == (2026, 2025)
            assert share(drawn, plan["p70"], 1) == pytest.approx(0.7, abs=1e-3)
    assert of(values, "marine_share", 2030)["plan"] is None


def test_values_fall_as_probabilities_rise_and_flip_where_less_is_better(values: list[dict[str, Any]]) -> None:
    for one in values:
        sign = -1.0 if one["direction"] < 0 else 1.0
        four = [sign * one[name] for name in LEVELS]
        assert four == sorted(four)
    assert of(values, "energy_use", 2030)["p90"] > of(values, "energy_use", 2030)["p30"]


def test_ranges_hold_their_probability_and_cautious_values_are_easier(values: list[dict[str, Any]]) -> None:
    for one in values:
        sign = -1.0 if one["direction"] < 0 else 1.0
        for name, level in LEVELS.items():
            assert one["probability_low"][name] < level < one["probability_high"][name]
            assert one["cautious"][name] is None or sign * one["cautious"][name] < sign * one[name]
        assert one["cautious"]["p70"] is not None
        assert 0.0 < one["standard_errors"]["p50"] < abs(one["high"] - one["low"])


def test_suggestions_carry_their_own_probability(values: list[dict[str, Any]], draws: Mapping[str, Any]) -> None:
    for one in values:
        threshold = one["suggestion"]["threshold"]
        if threshold is None:
            assert one["chance"] is None
        elif one["plan"] is None:
            drawn = draws[one["indicator"]][:, one["year"] - 2020]
            assert one["chance"]["probability"] == pytest.approx(share(drawn, threshold, one["direction"]), abs=1e-3)
    # What rounding gives away: never under half, and 85 % only where one could not round more finely.
    told = [one["chance"]["probability"] for one in values if one["chance"] is not None]
    assert min(told) > 0.5
    assert max(told) < 0.85


def test_paths_end_at_what_is_suggested(values: list[dict[str, Any]]) -> None:
    # The median of the draws within 5 points of its rank lies within a quarter of what lies between 90 and 30 %.
    told = [one for one in values if one["plan"] is None and one["suggestion"]["value"] is not None]
    assert len(told) > 30
    for one in told:
        last = one["path"][-1]
        assert last["year"] == one["year"]
        assert abs(last["value"] - one["suggestion"]["value"]) <= 0.04 * abs(one["p30"] - one["p90"])


def test_what_is_asked_of_a_row_without_values_is_shown(document: dict[str, Any]) -> None:
    (digital,) = [one for one in document["skipped"] if one["indicator"] == "digital_core_share"]
    assert [(one["year"], one["value"], one["region"]) for one in digital["above"]] == [(2030, 12.5, "china")]
    row = next(cells for cells in table_of(VALUES_PAGE, "values-2030") if cells[0] == "8")
    assert row[10] == "全国12.5%"
    (source,) = [line for line in sources_above(document, "zh") if "数字经济核心产业" in line]
    assert "草案" in source
    assert "达到12.5%" in source


def test_targets_from_above_come_from_the_ledgers(values: list[dict[str, Any]]) -> None:
    carbon = of(values, "co2_intensity_reduction", 2030)
    assert [(one["level"], one["value"]) for one in carbon["above"]] == [("全国", 17.0)]
    assert carbon["suggestion"]["words"] == "累计降低17%"
    grain = of(values, "grain_capacity", 2030)["above"][0]
    assert (grain["total"], grain["value"]) == (True, None)  # a nation's total is no yardstick
    assert of(values, "gdp_per_capita_usd", 2035)["above"][0]["value"] == 40_000.0  # the city's 4 万美元
    assert of(values, "gdp_per_capita_usd", 2030)["above"] == []


def test_what_cannot_be_evaluated_says_why(document: dict[str, Any]) -> None:
    skipped = {one["indicator"]: one for one in document["skipped"]}
    assert skipped["labour_productivity"]["row"] == 2
    assert "缺2020年" in skipped["labour_productivity"]["reason"]
    assert all(one["reason"] and one["reason_en"] for one in skipped.values())
    assert not {one["indicator"] for one in document["values"]} & set(skipped)


def test_the_proposed_set_is_judged_on_the_same_draws(document: dict[str, Any], draws: Mapping[str, Any]) -> None:
    (found,) = document["proposed"]
    goals = {one["id"]: one for one in found["targets"]}
    real = draws["gdp_real"]
    growth = 100.0 * ((real[:, 10] / real[:, 5]) ** 0.2 - 1.0)
    met = {
        "plan15.gdp_growth": growth >= 4.5,
        "plan15.gdp": draws["gdp"][:, 10] >= 7500.0,
        "plan15.marine_share": draws["marine_share"][:, 10] >= 40.0,
        "plan15.new_urban_jobs": draws["new_urban_jobs"][:, 6:11].sum(axis=1) >= 35.0,
    }
    for name, each in met.items():
        assert goals[name]["probability"] == pytest.approx(each.mean(), abs=1e-3)
        assert goals[name]["probability_low"] < goals[name]["probability"] < goals[name]["probability_high"]
    assert goals["plan15.gdp_growth"]["percentile"] == pytest.approx(100.0 * (growth < 5.0).mean(), abs=0.1)
    assert found["all"] <= min(one["probability"] for one in goals.values())
    assert found["all_low"] <= found["all"] <= found["all_high"]
    assert found["expected_count"] == pytest.approx(sum(one["probability"] for one in goals.values()))
    assert all(one["all"] >= found["all"] and one["gain"] >= 0.0 for one in found["relaxed"])


def test_files_hold_the_same_numbers_and_are_used_again(folder: Path, values: list[dict[str, Any]]) -> None:
    text = (folder / "values" / "target_values.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    level = next(r for r in rows if (r["indicator"], r["year"], r["kind"]) == ("gdp", "2030", "level"))
    assert float(level["p70"]) == of(values, "gdp", 2030)["p70"]
    assert sum(r["kind"] == "average" for r in rows) == sum(
        one["plan"] is not None and one["plan"]["kind"] == "average" for one in values
    )
    manifest = folder / "values" / "manifest.json"
    before = manifest.stat().st_mtime_ns
    asked = ("solve", "--target-values", "--proposed", str(EXAMPLE), "--draws", str(DRAWS))
    code, out, _ = call(*asked, "--out", str(folder / "values"))
    assert (code, manifest.stat().st_mtime_ns) == (0, before)
    for word in ("稳妥值", "预期值", "奋斗值", "上级目标", "建议写法", "从严预期值", "年均增长5%左右", "拟议目标"):
        assert word in out
    code, out, _ = call(*asked, "--out", str(folder / "values"), "--lang", "en")
    assert code == 0
    assert "suggested wording" in out
    assert "稳妥" not in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--years", "2023"), "应为 2024 至 2035"),
        (("--years", "2030,2040"), "--horizon 2040"),
        (("--scenarios", "basline"), "您是否想写“baseline”"),
        (("--draws", "60000"), "最多 50,000"),
        (("--proposed", "no-such-file.yaml"), "文件不存在"),
    ],
)
def test_mistakes_of_options_are_refused(arguments: tuple[str, ...], said: str) -> None:
    code, out, err = call("solve", "--target-values", *arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_every_mistake_of_a_proposed_file_is_reported_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "proposed.yaml"
    path.write_text(
        "targets:\n"
        '  - {id: a, indicator: gdp_grwth, year: 2030, operator: ">=", value: 5}\n'
        '  - {id: b, indicator: gdp_growth, year: 2030, operator: "=>", value: 5}\n'
        '  - {id: b, indicator: marine_share, year: 2060, operator: ">=", value: 40}\n'
        "of_pack: [plan15_drft.gdp_growth.2030]\n",
        encoding="utf-8",
    )
    code, _, err = call("solve", "--target-values", "--proposed", str(path))
    assert code == 2
    for place in (":2:24:", ":3:58:", ":4:10:", ":4:44:", ":5:11:"):
        assert f"proposed.yaml{place}" in err
    for said in ("gdp_growth", '">="', "“b”重复", "2035", "plan15_draft.gdp_growth.2030"):
        assert said in err
    path.write_text(
        'targets:\n  - {id: a, indicator: marine_share, first_year: 2026, year: 2030, operator: ">=", value: 9}\n',
        encoding="utf-8",
    )
    code, _, err = call("solve", "--target-values", "--proposed", str(path))
    assert (code, "proposed.yaml:2:50" in err) == (2, True)


NUMBER = re.compile(r"−?\d+(?:\.\d+)?")


def table_of(page: Path, part: str) -> list[list[str]]:
    """Rows of a table of a page, its header first."""
    found = re.search(rf"<!-- record:{part} -->\n(.*?)<!-- /record -->", page.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    lines = found[1].strip().splitlines()
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in (lines[0], *lines[2:])]


@pytest.mark.parametrize(("year", "group"), [(2030, "plan"), (2035, "plan"), (2030, "other"), (2035, "other")])
def test_the_page_shows_the_real_table(document: dict[str, Any], year: int, group: str) -> None:
    """Same columns and rows as a smaller run; the expected values lie within the errors of both."""
    page = table_of(VALUES_PAGE, f"values-{year}{'' if group == 'plan' else '-other'}")
    header, rows = value_cells(document, year, group, "zh")
    assert page[0] == header
    assert [row[1] for row in page[1:]] == [row[1] for row in rows]
    by_label = {one["label"]: one for one in document["values"] if one["year"] == year and not one["repeats"]}
    compared = 0
    for row in page[1:]:
        one = by_label.get(row[1].split("·20")[0])
        if one is None or not NUMBER.fullmatch(row[6]):
            continue
        offer = one["plan"] or one
        error = offer["standard_errors"]["p70"] * (1.0 + DRAWS / 20_000) ** 0.5
        allowed = 4.5 * error + one["suggestion"]["shown_unit"]
        assert abs(float(row[6].replace("−", "-")) - offer["p70"]) <= allowed, row[1]
        compared += 1
    assert compared >= 15


def test_the_page_of_paths_shows_the_real_table(folder: Path) -> None:
    code, out, err = call("solve", "--required-path", "--draws", str(DRAWS), "--json", "--out", str(folder / "paths"))
    assert code == 0, err
    _, rows = path_cells(json.loads(out), "zh")
    # All but the model's columns rest on the ledgers alone: they must agree to the letter.
    assert [row[:7] for row in table_of(PATH_PAGE, "path-table")[1:]] == [row[:7] for row in rows]

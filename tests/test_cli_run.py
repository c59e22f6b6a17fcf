"""`run` from outside: what it prints, its document, its files, and the identities of what it keeps."""

from __future__ import annotations

import csv
import getpass
import io
import json
import math
import re
import unicodedata
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.cli.main import main

DRAWS = 240
FEW = ("--draws", str(DRAWS), "--no-figures")
YEARS = list(range(2020, 2036))
CELLS = ("agriculture fishery manufacturing_marine manufacturing_other construction_utilities services_marine "
         "services_other")  # fmt: skip
HANZI = re.compile(r"[\u3400-\u9fff]")

# Indicator, label and 2020 column, typed from the printed table of the plan (page break of the PDF taken out).
PLAN_TABLE = [
    ("gdp_growth", "地区生产总值增速", "3.9"),
    ("labour_productivity", "全员劳动生产率（万元/人）", None),
    ("manufacturing_share", "制造业增加值占地区生产总值比重（%）", "30"),
    ("marine_share", "海洋经济增加值占地区生产总值比重（%）", "37"),
    ("rd_intensity", "研发经费投入增长（%）", "2.8"),
    ("high_value_patents", "每万人口高价值发明专利拥有量（件）", "57"),
    ("new_economy_share", "四新经济增加值占生产总值比重（%）", None),
    ("digital_core_share", "数字经济核心产业增加值占生产总值比重（%）", None),
    ("fdi", "实际利用外资（亿美元）", "13.3"),
    ("trade_total", "外贸进出口总额（亿元）", "2078"),
    ("urbanisation_rate", "常住人口城镇化率（%）", "80.7"),
    ("rail_length", "轨道交通营运里程（公里）", "67.5"),
    ("energy_intensity_reduction", "单位地区生产总值能源消耗降低（%）", "1.15"),
    ("co2_intensity_reduction", "单位地区生产总值二氧化碳排放降低（%）", None),
    ("good_air_ratio", "空气质量优良天数比率（%）", "78"),
    ("good_water_ratio", "地表水达到或好于三类水体比例（%）", "52.38"),
    ("forest_cover", "森林覆盖率（%）", "23.09"),
    ("life_expectancy", "人均预期寿命（岁）", "81.4"),
    ("household_income_growth", "居民人均可支配收入增长（%）", "6"),
    ("new_urban_jobs", "城镇新增就业人数", "8"),
    ("doctors_per_1000", "每千人口拥有执业（助理）医师数（人）", "2.9"),
    ("schooling_years", "劳动年龄人口平均受教育年限（年）", "13"),
    ("pension_coverage", "基本养老保险参保率（%）", "97"),
    ("childcare_places_per_1000", "每千人口拥有3岁以下婴幼儿托位数（个）", None),
    ("grain_capacity", "粮食综合生产能力（万吨）", "25.65"),
]
#: GDP of 2020 is in the text of the plan, not in its table.
REPORTED = {"gdp": "3721.68", **{name: base for name, _, base in PLAN_TABLE if base is not None}}

TARGET_FIELDS = (
    "id indicator row category label target_text nature owner year operator value value_high benchmark margin base "
    "unit status probability standard_error probability_low probability_high confidence_word p10 p50 p90 shortfall "
    "first_year actual outcome source note"
)
INDICATOR_FIELDS = "indicator unit year p05 p10 p25 p50 p75 p90 p95 mean"
#: No figure of 2020 exists for these; a growth rate has none when the year before is unknown.
NO_BASE_YEAR = {
    "gdp_growth_average", "marine_gop_growth", "industry_value_added_growth", "fixed_asset_investment_growth",
    "retail_sales_growth", "budget_revenue_growth", "rd_spending_growth", "trade_total_growth",
    "co2_intensity_reduction",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished run: its folder, document, and kept draws by name."""

    folder: Path
    document: dict[str, Any]
    draws: dict[str, Any]


def call(*arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of one command line."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = main(arguments, program="python run.py")
    out.flush(), err.flush()
    return code, out.buffer.getvalue().decode("utf-8"), err.buffer.getvalue().decode("utf-8")


def project(folder: Path, *arguments: str) -> Finished:
    code, out, err = call("run", *arguments, *FEW, "--keep-draws", "--json", "--out", str(folder))
    assert (code, err) == (0, "")
    with np.load(folder / "draws.npz") as archive:
        return Finished(folder, json.loads(out), {name: archive[name] for name in archive.files})


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """The baseline."""
    return project(tmp_path_factory.mktemp("run") / "baseline")


def refused(*arguments: str) -> str:
    """The message of a command line that must be refused."""
    code, out, err = call("run", *arguments)
    assert (code, out) == (2, "")
    return err


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def printed_half_unit(printed: str) -> float:
    """Half a unit of the last printed digit: 30 stands for 29.5 to 30.5."""
    return 0.5 * 10.0 ** -len(printed.partition(".")[2])


# The page


def columns(line: str) -> str:
    """The line with a filler after every wide character, so that an index is a terminal cell."""
    return "".join(c + "\0" if unicodedata.east_asian_width(c) in "WF" else c for c in line)


def plan_rows(page: str) -> list[tuple[str, str]]:
    """(number, label) of the rows of the first table of a page, wrapped cells put together again."""
    table = page.split("━\n")[2]
    header = columns(next(line for line in page.splitlines() if line.startswith("类别")))
    number, label, unit = (header.index(columns(word)) for word in ("序号", "指标", "单位"))
    rows = []
    for block in re.split(r"^─+\n", table.split("\n━")[0], flags=re.MULTILINE):
        lines = [columns(line) for line in block.splitlines()]
        parts = ["".join(line[a:b].replace("\0", "").strip() for line in lines) for a, b in ((number, label), (label, unit))]
        rows.append((parts[0], parts[1]))
    return rows


def test_the_first_line_says_what_data_is_used(done: Finished) -> None:
    code, page, err = call("run", *FEW, "--keep-draws", "--out", str(done.folder))
    assert (code, err) == (0, "")
    assert page.splitlines()[0].startswith("仅使用2020年及以前数据")
    assert "模型推算值，非统计数据" in page.splitlines()[0]


def test_the_table_has_the_plans_25_rows_in_its_words(done: Finished) -> None:
    page = call("run", *FEW, "--keep-draws", "--out", str(done.folder))[1]
    numbered = [(number, label) for number, label in plan_rows(page) if number]
    assert numbered == [(str(i), label) for i, (_, label, _) in enumerate(PLAN_TABLE, 1)]


def test_the_page_goes_on_to_2035_and_ends_with_the_folder(done: Finished) -> None:
    page = call("run", *FEW, "--keep-draws", "--out", str(done.folder))[1]
    assert "2030年中位数" in page
    assert "2035年中位数" in page
    assert str(done.folder) in page.splitlines()[-1]


def test_english_keeps_chinese_for_verbatim_words_only(done: Finished) -> None:
    code, page, _ = call("run", *FEW, "--keep-draws", "--out", str(done.folder), "--lang", "en")
    assert code == 0
    assert page.splitlines()[0].startswith("Uses figures up to 2020 only")
    verbatim = {t["category"] for t in done.document["targets"]} | {t["unit"] for t in done.document["targets"]}
    verbatim |= {t["target_text"] for t in done.document["targets"]} | {r["unit"] for r in done.document["indicators"]}
    verbatim |= {owner for t in done.document["targets"] for owner in t["owner"]} | {"八左右"}
    # Cells are wrapped, so words cannot be looked up whole; those outside the plan's table can.
    assert set(HANZI.findall(page)) - set("".join(verbatim)) == set()
    outlook = page[page.index("Outlook") :]
    for unit in sorted(verbatim, key=len, reverse=True):
        outlook = outlook.replace(unit, "") if unit else outlook
    assert HANZI.findall(outlook.replace(str(done.folder), "")) == []


# The document


def numbers(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [n for v in value.values() for n in numbers(v)]
    if isinstance(value, list):
        return [n for v in value for n in numbers(v)]
    return [value] if isinstance(value, float) else []


def test_the_document_has_the_fields_of_the_contract(done: Finished) -> None:
    document = done.document
    expected = {
        "region": "west_coast", "scenario": "baseline", "seed": 1, "draws": DRAWS, "as_of": 2020, "horizon": 2035,
    }  # fmt: skip
    assert {key: document[key] for key in expected} == expected
    assert document["result"] == str(done.folder)
    assert [t["id"] for t in document["targets"] if set(TARGET_FIELDS.split()) - set(t)] == []
    assert [r for r in document["indicators"] if set(INDICATOR_FIELDS.split()) - set(r)] == []
    assert {"all", "expected_count", "evaluated", "conflict"} <= set(document["joint"])
    assert all(math.isfinite(number) for number in numbers(document))


def test_every_target_is_whole(done: Finished) -> None:
    for t in done.document["targets"]:
        if t["status"] == "evaluated":
            assert 0.0 <= t["probability"] <= 1.0
            assert t["standard_error"] > 0.0
            assert t["p10"] <= t["p50"] <= t["p90"]
            assert t["confidence_word"]
            assert 0.0 <= t["first_year"]["never"] <= 1.0
            assert t["shortfall"] is None if t["probability"] == 1.0 else t["shortfall"] >= 0.0
        else:
            assert t["status"] in ("not_quantified", "no_baseline", "not_modelled", "beyond_horizon")
            assert (t["probability"], t["standard_error"], t["p50"], t["first_year"]) == (None, None, None, None)


def test_at_least_18_rows_have_a_probability_and_the_others_name_what_is_missing(done: Finished) -> None:
    first = {t["row"]: t for t in done.document["targets"] if t["row"] and t["reading_of"] is None}
    assert [first[i + 1]["indicator"] for i in range(25)] == [name for name, _, _ in PLAN_TABLE]
    assert [first[i + 1]["label"] for i in range(25)] == [label for _, label, _ in PLAN_TABLE]
    without = [t for t in first.values() if t["probability"] is None]
    assert len(without) <= 7
    for t in without:
        assert re.search("缺.*(数|率|占比|托位数)|下达数未列", t["note"]), t["id"]
        assert "提供" in t["note"], t["id"]  # who would have it


def test_every_indicator_and_year_is_there(done: Finished) -> None:
    records = {(r["indicator"], r["year"]): r for r in done.document["indicators"]}
    names = {name for name, _ in records}
    assert set(records) == {(name, year) for name in names for year in YEARS}
    empty = {key for key, r in records.items() if any(r[q] is None for q in INDICATOR_FIELDS.split())}
    assert {year for _, year in empty} <= {2020}
    assert {name for name, _ in empty} <= NO_BASE_YEAR
    quantiles = ("p05", "p10", "p25", "p50", "p75", "p90", "p95")
    whole = [[r[q] for q in quantiles] for key, r in records.items() if key not in empty]
    assert all(row == sorted(row) for row in whole)


@pytest.mark.parametrize(("name", "printed"), REPORTED.items())
def test_2020_is_the_plans_in_every_draw(done: Finished, name: str, printed: str) -> None:
    start = done.draws[name][:, 0]
    assert np.abs(start - float(printed)).max() <= printed_half_unit(printed) + 1e-9


def test_the_document_agrees_with_the_draws(done: Finished) -> None:
    for r in done.document["indicators"]:
        values = done.draws[r["indicator"]][:, r["year"] - 2020]
        if r["p50"] is not None:
            assert r["p10"] == pytest.approx(np.quantile(values, 0.1), rel=1e-12, abs=1e-12)
            assert r["p50"] == pytest.approx(np.median(values), rel=1e-12, abs=1e-12)
            assert r["mean"] == pytest.approx(values.mean(), rel=1e-9, abs=1e-9)
    by_id = {t["id"]: t for t in done.document["targets"]}
    share = by_id["plan14.marine_share.2025"]
    reached = (done.draws["marine_share"][:, 5] >= 42.0).mean()
    assert share["probability"] == pytest.approx(reached, abs=1e-12)
    jobs = by_id["plan14.new_urban_jobs.2025"]
    assert jobs["probability"] == pytest.approx((done.draws["new_urban_jobs"][:, 1:6].sum(axis=1) >= 25.0).mean())


# The files


def read_csv(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_folder_holds_the_files_of_the_contract_and_nothing_else(done: Finished) -> None:
    assert set(files(done.folder)) == {
        "targets.csv", "indicators.csv", "manifest.json", "result.json", "draws.npz",
    }  # fmt: skip


def test_targets_csv_is_the_document(done: Finished) -> None:
    rows = read_csv(done.folder / "targets.csv")
    assert [row["id"] for row in rows] == [t["id"] for t in done.document["targets"]]
    for row, t in zip(rows, done.document["targets"], strict=True):
        assert row["probability"] == ("" if t["probability"] is None else repr(t["probability"]))
        assert row["owner"] == "、".join(t["owner"])
        assert (row["label"], row["target_text"]) == (t["label"], t["target_text"])


def test_indicators_csv_is_long_and_complete(done: Finished) -> None:
    rows = read_csv(done.folder / "indicators.csv")
    assert list(rows[0]) == ["region", "scenario", "indicator", "unit", "year", "quantile", "value"]
    values = {(r["indicator"], int(r["year"]), r["quantile"]): float(r["value"]) for r in rows}
    assert len(values) == len(rows)
    wanted = {
        (r["indicator"], r["year"], q): r[q]
        for r in done.document["indicators"]
        for q in INDICATOR_FIELDS.split()[3:]
        if r[q] is not None
    }
    assert values == wanted
    assert {(r["region"], r["scenario"]) for r in rows} == {("west_coast", "baseline")}


def test_the_manifest_says_what_made_the_numbers_and_nothing_of_the_machines_owner(tmp_path: Path) -> None:
    path = tmp_path / "我的情景.yaml"
    path.write_text("extends: baseline\nlevers: {fdi_growth: 1}\n", encoding="utf-8")
    folder = project(tmp_path / "out", str(path)).folder
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert {"scenario", "inputs", "seed", "draws", "packages", "warnings", "model", "outputs"} <= set(manifest)
    assert manifest["scenario"]["levers"]["fdi_growth"]["2021"] == [1.0, 1.0]
    assert manifest["scenario"]["origins"]["levers.fdi_growth"] == "我的情景.yaml:2"
    text = "".join(files(folder)[name].decode("utf-8") for name in ("manifest.json", "result.json", "targets.csv"))
    user = getpass.getuser()
    assert str(tmp_path) not in text
    assert str(Path.home()) not in text
    assert re.search(rf"\b{re.escape(user)}\b", text) is None
    assert re.search(r"\d\d:\d\d:\d\d|20\d\d-\d\d-\d\dT", text) is None


def test_draws_have_one_row_a_draw_and_one_column_a_year(done: Finished) -> None:
    quantities = ("value_added_real", "value_added_nominal", "capital", "investment", "depreciation")
    assert {f"{quantity}/{cell}" for quantity in quantities for cell in CELLS.split()} <= set(done.draws)
    assert {r["indicator"] for r in done.document["indicators"]} <= set(done.draws)
    assert {array.shape for array in done.draws.values()} == {(DRAWS, len(YEARS))}


# Folders that exist already


def test_an_identical_finished_folder_is_reused(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    first = call("run", *FEW, "--out", str(folder))
    before = {p.name: p.stat().st_mtime_ns for p in folder.iterdir()}
    assert call("run", *FEW, "--out", str(folder)) == first
    assert {p.name: p.stat().st_mtime_ns for p in folder.iterdir()} == before


def test_force_rewrites_the_same_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    assert call("run", *FEW, "--out", str(folder))[0] == 0
    before, written = files(folder), (folder / "result.json").stat().st_mtime_ns
    assert call("run", *FEW, "--force", "--out", str(folder))[0] == 0
    assert files(folder) == before
    assert (folder / "result.json").stat().st_mtime_ns > written


@pytest.mark.parametrize("name", ["targets.csv", "result.json", "indicators.csv"])
def test_a_damaged_folder_is_computed_again(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "r"
    first = call("run", *FEW, "--out", str(folder))
    before = files(folder)
    (folder / name).write_bytes(before[name][:-7])
    assert call("run", *FEW, "--force", "--out", str(folder)) == first
    assert files(folder) == before


def test_a_damaged_file_is_noticed_without_force(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    first = call("run", *FEW, "--out", str(folder))
    before = files(folder)
    (folder / "targets.csv").write_bytes(before["targets.csv"][:-7])
    assert call("run", *FEW, "--out", str(folder)) == first
    assert files(folder) == before


def test_keeping_the_draws_later_adds_them(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    assert call("run", *FEW, "--out", str(folder))[0] == 0
    before = files(folder)
    assert call("run", *FEW, "--keep-draws", "--out", str(folder))[0] == 0
    after = files(folder)
    assert set(after) - set(before) == {"draws.npz"}
    assert after["result.json"] == before["result.json"]


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "报告.docx").write_bytes(b"mine")
    for more in ((), ("--force",)):
        assert "不是本程序写的文件" in refused(*FEW, "--out", str(tmp_path), *more)
    assert files(tmp_path) == {"报告.docx": b"mine"}
    assert list(tmp_path.parent.glob(f".{tmp_path.name}-*")) == []


def test_the_result_of_another_run_is_replaced_only_by_force(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    assert call("run", *FEW, "--out", str(folder))[0] == 0
    before = files(folder)
    assert "--force" in refused(*FEW, "--seed", "2", "--out", str(folder))
    assert files(folder) == before
    assert call("run", *FEW, "--seed", "2", "--force", "--out", str(folder))[0] == 0
    assert files(folder)["result.json"] != before["result.json"]
    assert [p.name for p in tmp_path.iterdir()] == ["r"]


def test_what_changes_numbers_changes_the_folders_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.cli.run.results_folder", lambda: tmp_path)
    for more in ((), ("--seed", "0"), ("--horizon", "2030"), ("--without", "facts"), ("--chunk", "1")):
        assert call("run", *FEW, *more)[0] == 0
    assert call("run", "stress", *FEW)[0] == 0
    names = sorted(p.name for p in tmp_path.iterdir())
    assert len(names) == 5  # --chunk changes nothing
    assert [re.sub(r"-[0-9a-f]{12}$", "", name) for name in names] == ["baseline"] * 4 + ["stress"]


# Identities, to 1e-9 of the quantity


def close(a: Any, b: Any) -> bool:
    return bool(np.all(np.abs(a - b) <= 1e-9 * np.maximum(1.0, np.abs(b))))


@pytest.fixture(scope="module", params=["baseline", "plan_targets", "stress"])
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Kept draws of one scenario."""
    return project(tmp_path_factory.mktemp("kept") / "r", request.param).draws


def cells(draws: dict[str, Any], quantity: str, *chosen: str) -> Any:
    """The quantity in the chosen cells (all without a choice), added up."""
    return np.sum([draws[f"{quantity}/{cell}"] for cell in chosen or CELLS.split()], axis=0)


def test_cells_add_up_to_gdp(kept: dict[str, Any]) -> None:
    assert close(cells(kept, "value_added_nominal"), kept["gdp"])
    assert close(cells(kept, "value_added_real"), kept["gdp_real"])


def test_capital_closes(kept: dict[str, Any]) -> None:
    for cell in CELLS.split():
        capital, investment, lost = (kept[f"{q}/{cell}"] for q in ("capital", "investment", "depreciation"))
        assert close(capital[:, 1:], capital[:, :-1] + investment[:, :-1] - lost[:, :-1])


def test_contributions_sum_to_growth(kept: dict[str, Any]) -> None:
    real = kept["gdp_real"]
    growth = 100.0 * (real[:, 1:] / real[:, :-1] - 1.0)
    assert close(kept["gdp_growth"][:, 1:], growth)
    assert close(cells(kept, "contribution")[:, 1:], growth)


def test_shares_sum_to_100_and_are_those_of_the_cells(kept: dict[str, Any]) -> None:
    assert close(kept["primary_share"] + kept["secondary_share"] + kept["services_share"], 100.0)
    manufacturing = cells(kept, "value_added_nominal", "manufacturing_marine", "manufacturing_other")
    assert close(kept["manufacturing_share"], 100.0 * manufacturing / kept["gdp"])
    assert close(kept["marine_share"], 100.0 * kept["marine_gop"] / kept["gdp"])


def test_jobs_add_up(kept: dict[str, Any]) -> None:
    assert close(kept["new_urban_jobs_cumulative"][:, 1:], np.cumsum(kept["new_urban_jobs"][:, 1:], axis=1))


def test_everything_is_finite_and_positive_where_it_must_be(kept: dict[str, Any]) -> None:
    for name, values in kept.items():
        assert np.isfinite(values[:, 1:]).all(), name
    for name in ("gdp", "gdp_real", "population", "trade_total", "fdi", "budget_revenue", "energy_use"):
        assert (kept[name] > 0.0).all(), name


def test_marine_coverage_moves_the_marine_product_and_never_gdp(done: Finished, tmp_path: Path) -> None:
    """Until the census of 2023 reporting multiplies all cells by one factor; marine coverage comes on top."""
    plain = project(tmp_path / "r", "--without", "reporting").draws
    before_census = slice(1, 3)
    factor = (done.draws["gdp_real"] / plain["gdp_real"])[:, before_census]
    assert close((done.draws["gdp"] / plain["gdp"])[:, before_census], factor)
    coverage = (done.draws["marine_gop"] / plain["marine_gop"])[:, before_census] / factor
    assert (np.abs(coverage - 1.0) > 1e-3).mean() > 0.9


# Scenarios, and no uncertainty


def median(document: dict[str, Any], name: str, year: int) -> float:
    return next(r["p50"] for r in document["indicators"] if (r["indicator"], r["year"]) == (name, year))


def test_the_plans_path_is_above_the_baseline_and_stress_below(done: Finished, tmp_path: Path) -> None:
    plan = project(tmp_path / "plan", "plan_targets").document
    stress = project(tmp_path / "stress", "stress").document
    for name in ("gdp_growth", "gdp_growth_average", "trade_total", "fdi"):
        values = [median(document, name, 2025) for document in (plan, done.document, stress)]
        assert values[0] > values[1] > values[2], name


def test_without_all_there_is_one_path(tmp_path: Path) -> None:
    found = project(tmp_path / "r", "--without", "all")
    quantiles = INDICATOR_FIELDS.split()[3:]
    for r in found.document["indicators"]:
        assert len({r[q] for q in quantiles}) == 1, (r["indicator"], r["year"])
    assert {array.shape for array in found.draws.values()} == {(1, len(YEARS))}
    assert {t["probability"] for t in found.document["targets"]} <= {0.0, 1.0, None}


def test_seed_zero_is_a_seed(done: Finished, tmp_path: Path) -> None:
    found = project(tmp_path / "r", "--seed", "0")
    assert found.document["seed"] == 0
    assert median(found.document, "gdp", 2035) != median(done.document, "gdp", 2035)

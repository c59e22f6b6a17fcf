"""`init`: blank forms that say what is missing, and run once the numbers are in."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import numpy as np
import pytest
import yaml

from sim.cli.init import command as init
from sim.experiment.drawing import draw_block
from sim.indicators.catalogue import INDICATORS, missing_of
from sim.region.pack import Pack
from sim.region.reading import list_regions, read_pack
from tests.pages import PROJECT, copy_of_project, python

#: Twenty numbers of a place that does not exist, in the order of the forms; the last two only with seven cells.
NUMBERS = {
    "gdp.2020": "1000.00", "gdp_growth.2020": "3.0", "gdp_growth_average.2016-2020": "7.0",
    "primary_value_added.2020": "50.00", "secondary_value_added.2020": "400.00", "tertiary_value_added.2020": "550.00",
    "population.2020": "100.0", "urbanisation_rate.2020": "70.0", "trade_total.2020": "300.0", "exports.2020": "180.0",
    "fdi.2020": "2.0", "budget_revenue.2020": "90.0", "budget_revenue_growth.2020": "1.0",
    "household_income.2020": "40000", "household_income_growth.2020": "4.0", "new_urban_jobs.2020": "1.5",
    "rd_intensity.2020": "2.0", "high_value_patents.2020": "5.0", "energy_intensity_reduction.2020": "3.0",
    "doctors_per_1000.2020": "3.0", "manufacturing_share.2020": "30.0", "marine_share.2020": "35.0",
}  # fmt: skip
VALUE, QUOTE = 5, 14  # columns of facts.csv, counted from 1


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_of_project(tmp_path / "project")


def started(project: Path, *arguments: str) -> str:
    done = python("run.py", "init", *arguments, folder=project)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def refusal(project: Path, *arguments: str) -> str:
    done = python("run.py", *arguments, folder=project)
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def fill(pack: Path, numbers: dict[str, str]) -> None:
    """Types values and quotes into facts.csv as a planner would; rows without a number are deleted."""
    header, *rows = rows_of(pack / "facts.csv")
    kept = [row for row in rows if row[0] in numbers]
    for row in kept:
        row[VALUE - 1], row[QUOTE - 1] = numbers[row[0]], f"印作{numbers[row[0]]}"
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([header, *kept])
    (pack / "facts.csv").write_text(stream.getvalue(), encoding="utf-8-sig", newline="")


def without(pack: Path, *names: str) -> None:
    """Writes null for figures of the base year that the place does not have."""
    path = pack / "base_year.yaml"
    text = path.read_text(encoding="utf-8")
    for name in names:
        text, count = re.subn(rf"^  {name}: .*$", f"  {name}: null", text, flags=re.MULTILINE)
        assert count == 1
    path.write_text(text, encoding="utf-8")


def made(project: Path, cells: str, *no_figure: str) -> Pack:
    """A filled pack read by the program."""
    started(project, "my_city", "--label", "某市", "--cells", cells)
    folder = project / "calibration" / "my_city"
    fill(folder, NUMBERS)
    without(folder, *no_figure)
    return read_pack(project / "calibration", "my_city")


def test_what_was_written_is_one_json_document(project: Path) -> None:
    """Twenty figures are asked for, each a number and a quote; another folder is not looked into."""
    document = json.loads(started(project, "my_city", "--json"))
    assert document["region"] == "my_city"
    assert document["folder"] == "calibration/my_city"
    assert set(document["files"]) == set(init.FORMS)
    assert document["to_fill"] == 2 * 20
    assert document["to_rewrite"]["sources.yaml"] > 0
    assert json.loads(started(project, "my_city", "--out", "elsewhere", "--json"))["to_fill"] is None


@pytest.mark.parametrize(("delimiter", "name"), [(";", "分号"), ("\t", "制表符")])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_ledger_with_other_delimiters_is_one_message(project: Path, delimiter: str, name: str, encoding: str) -> None:
    started(project, "my_city")
    path = project / "calibration" / "my_city" / "facts.csv"
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows_of(path))
    path.write_text(stream.getvalue(), encoding=encoding, newline="")
    said = refusal(project, "run", "--region", "my_city")
    assert f"分隔符应为逗号，似为{name}" in said
    assert "缺少这一列" not in said


@pytest.mark.parametrize(("cells", "count"), [("3", 20), ("7", 22)])
def test_blank_forms_tell_every_cell_that_is_still_empty(project: Path, cells: str, count: int) -> None:
    printed = started(project, "my_city", "--label", "某市", "--cells", cells)
    assert f"待填或待改 {2 * count} 格" in printed
    found = refusal(project, "run", "--region", "my_city").splitlines()
    ids = [row[0] for row in rows_of(project / "calibration/my_city/facts.csv")[1:]]
    assert ids == list(NUMBERS)[:count]
    file = "calibration/my_city/facts.csv"
    assert found == [
        f"{file}:{row}:{column}: {name}: 还没有填（{id}）"
        for row, id in enumerate(ids, 2)
        for column, name in ((VALUE, "value"), (QUOTE, "quote"))
    ]


def test_one_number_left_out_is_named_alone(project: Path) -> None:
    started(project, "my_city")
    folder = project / "calibration" / "my_city"
    fill(folder, {**NUMBERS, "population.2020": ""})
    assert refusal(project, "run", "--region", "my_city") == (
        "calibration/my_city/facts.csv:8:5: value: 还没有填（population.2020）\n"
    )


def test_a_filled_pack_of_three_cells_runs_and_adds_up(project: Path) -> None:
    pack = made(project, "3")
    done = python(
        *(
            "run.py",
            "run",
            "--region",
            "my_city",
            "--draws",
            "200",
            "--without",
            "all",
            "--json",
            "--no-figures",
            "--out",
            "there",
        ),
        folder=project,
    )
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads(done.stdout)
    assert (document["region_label"], document["targets"]) == ("某市", [])
    start = {r["indicator"]: r["p50"] for r in document["indicators"] if r["year"] == 2020}
    expected = {
        "gdp": 1000.0, "gdp_growth": 3.0, "primary_share": 5.0, "secondary_share": 40.0, "services_share": 55.0,
        "population": 100.0, "gdp_per_capita": 100_000.0, "trade_total": 300.0, "fdi": 2.0, "budget_revenue": 90.0,
        "household_income": 40_000.0, "rd_intensity": 2.0, "doctors_per_1000": 3.0, "urbanisation_rate": 70.0,
    }  # fmt: skip
    assert {name: start[name] for name in expected} == pytest.approx(expected)
    block = draw_block(pack, 1, 0, 2020, frozenset(("facts", "parameters")))
    assert block.base.value_added.shape[0] == 3
    np.testing.assert_allclose(block.base.value_added.sum(axis=0), block.base["gdp"], rtol=1e-12)


def test_three_cells_have_no_marine_or_manufacturing_figures(project: Path) -> None:
    pack = made(project, "3")
    names = ("marine_gop", "marine_share", "marine_gop_growth", "manufacturing_share", "industry_value_added_growth")
    texts = {name: missing_of(INDICATORS[name], pack) for name in names}
    assert all(text is not None for text in texts.values())
    assert "可向海洋发展局、统计局（海洋生产总值核算）索取" in str(texts["marine_share"])
    assert missing_of(INDICATORS["fdi"], pack) is None
    assert "没有所属市的地区包" in str(missing_of(INDICATORS["gdp_share_of_city"], pack))


def test_seven_cells_close_on_gdp_and_on_the_marine_economy(project: Path) -> None:
    pack = made(project, "7")
    block = draw_block(pack, 1, 0, 2020, frozenset(("facts", "parameters")))
    value_added, marine = block.base.value_added, block.parameters.marine_share
    np.testing.assert_allclose(value_added.sum(axis=0), block.base["gdp"], rtol=1e-12)
    np.testing.assert_allclose(
        (value_added * marine).sum(axis=0), block.base["gdp"] * block.base["marine_share"] / 100.0, rtol=1e-9
    )
    manufacturing = value_added[[pack.cell_ids.index(f"manufacturing_{part}") for part in ("marine", "other")]]
    assert float(manufacturing.sum(axis=0).mean()) == pytest.approx(300.0, rel=0.002)
    done = python("run.py", "run", "--region", "my_city", "--draws", "200", "--no-figures", folder=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert "海洋生产总值" in done.stdout


def test_a_figure_that_is_not_there_is_null_in_one_place(project: Path) -> None:
    started(project, "my_city", "--label", "某市")
    folder = project / "calibration" / "my_city"
    fill(folder, {id: number for id, number in NUMBERS.items() if id != "fdi.2020"})
    message = refusal(project, "run", "--region", "my_city")
    assert "没有这个数就写 fdi: null" in message
    without(folder, "fdi")
    lacking = missing_of(INDICATORS["fdi"], read_pack(project / "calibration", "my_city"))
    assert lacking is not None
    assert lacking.zh == "缺某市2020年“实际利用外资”的基数，可向商务局（实际使用外资统计）索取"


def test_seven_cells_cannot_do_without_the_marine_share(project: Path) -> None:
    started(project, "my_city", "--cells", "7")
    fill(project / "calibration" / "my_city", NUMBERS)
    without(project / "calibration" / "my_city", "marine_share", "exports")
    text = (project / "calibration/my_city/base_year.yaml").read_text(encoding="utf-8")
    (project / "calibration/my_city/base_year.yaml").write_text(re.sub(r"  export_share:.*\n", "", text), "utf-8")
    message = refusal(project, "run", "--region", "my_city")
    assert "facts.marine_share: composition 的部门要由它组成" in message
    assert "facts.trade_total: 有 trade_total 时，须有 exports 的数或 assumptions 中的 export_share" in message


def test_an_existing_pack_is_kept_unless_told_otherwise(project: Path) -> None:
    started(project, "my_city")
    path = project / "calibration" / "my_city" / "facts.csv"
    path.write_text("我填的", encoding="utf-8")
    assert "已有内容，不会改写" in refusal(project, "init", "my_city")
    assert path.read_text(encoding="utf-8") == "我填的"
    started(project, "my_city", "--force")
    assert path.read_text(encoding="utf-8-sig").startswith("id,region,")


def test_force_spares_folders_that_are_no_packs(project: Path) -> None:
    (project / "mine").mkdir()
    (project / "mine" / "notes.txt").write_text("x", encoding="utf-8")
    assert "不是地区包" in refusal(project, "init", "my_city", "--out", "mine", "--force")
    assert [path.name for path in (project / "mine").iterdir()] == ["notes.txt"]
    assert "是文件，应为文件夹" in refusal(project, "init", "my_city", "--out", "mine/notes.txt")


@pytest.mark.parametrize("name", ["My_city", "2nd", "a-b", "某市", "../x", "", "reference", "china", "world"])
def test_names_that_cannot_be(project: Path, name: str) -> None:
    before = list_regions(project / "calibration")
    assert "REGION" in refusal(project, "init", name)
    assert list_regions(project / "calibration") == before


def test_only_the_year_of_the_world_outside(project: Path) -> None:
    assert "只校准了 2020 年" in refusal(project, "init", "my_city", "--base-year", "2023")
    assert not (project / "calibration" / "my_city").exists()


def test_a_pack_filled_elsewhere_is_put_in(project: Path) -> None:
    started(project, "my_city", "--label", "某市", "--out", "desk/form")
    fill(project / "desk" / "form", NUMBERS)
    assert "init other" not in started(project, "my_city", "--from", "desk/form")
    assert python("run.py", "list", "targets", "--region", "my_city", folder=project).returncode == 0
    assert "这是“my_city”的地区包" in refusal(project, "init", "other", "--from", "desk/form")


def test_a_renamed_folder_is_refused(project: Path) -> None:
    made(project, "3")
    (project / "calibration" / "my_city").rename(project / "calibration" / "other")
    assert "region.yaml:3:5: id: 应与文件夹同名，写“other”" in refusal(project, "run", "--region", "other")


@pytest.mark.parametrize("label", ['"引号"：#井号', "a: b", "'", "- x", "{}", "%s @YEAR@"])
def test_any_label_gives_valid_files(label: str) -> None:
    files = init.blank_forms("my_city", label, 2020, "7")
    parsed = {name: yaml.safe_load(text) for name, text in files.items() if name.endswith(".yaml")}
    assert parsed["region.yaml"]["label"] == label
    assert parsed["sources.yaml"]["sources"]["bulletin_2020"]["publisher"] == f"{label}统计局"


def test_the_worked_examples_of_targets_are_targets(project: Path) -> None:
    pack = made(project, "3")
    path = pack.folder / "targets" / "plan.yaml"
    text = path.read_text(encoding="utf-8").replace("targets: []", "targets:")
    path.write_text(re.sub(r"^#( +-| {4})", r"\1", text, flags=re.MULTILINE), encoding="utf-8")
    quotes = {"plan.gdp_growth_average.2025": ("6", "%"), "plan.new_urban_jobs.2025": ("20", "万人")}
    with (pack.folder / "facts.csv").open("a", encoding="utf-8", newline="") as stream:
        for id, (value, unit) in quotes.items():
            row = [id, "my_city", id.split(".")[1], "2021-2025", value, unit, "", "", "exact", "target", "预期性"]
            csv.writer(stream).writerow([*row, "report_2021", "", f"印作{value}", ""])
    done = python("run.py", "list", "targets", "--region", "my_city", "--json", folder=project)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert [(t["id"], t["status"]) for t in found] == [(id, "evaluated") for id in quotes]


def test_the_program_names_no_region_but_its_default() -> None:
    named = [
        f"{path.relative_to(PROJECT).as_posix()}: {line.strip()}"
        for path in sorted((PROJECT / "sim").rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search("青岛|西海岸|珠海|qingdao|west_coast|zhuhai", line) and "default" not in line.lower()
    ]
    assert named == []


def test_the_forms_name_no_region() -> None:
    for path in sorted((PROJECT / "calibration" / init.TEMPLATE).iterdir()):
        text = path.read_text(encoding="utf-8")
        assert re.findall("青岛|西海岸|新区|珠海|qingdao|west_coast|全市“|全区", text) == [], path.name

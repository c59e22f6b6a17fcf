"""What `check` refuses before it works anything out: impossible numbers, unknown regions, circular packs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sim.cli.check import command
from tests.preflight_cases import PROJECT
from tests.running import call

VALUE, REGION = 5, 2  # columns of a ledger, from 1


@pytest.fixture
def calibration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the packs that `check` reads."""
    folder = tmp_path / "calibration"
    shutil.copytree(PROJECT / "calibration", folder)
    monkeypatch.setattr(command, "data_path", lambda name: folder)
    return folder


def change(path: Path, old: str, new: str) -> int:
    """Replace a text that stands once; the line on which it stands."""
    text = path.read_text(encoding="utf-8-sig")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8-sig" if path.suffix == ".csv" else "utf-8")
    return text[: text.index(old)].count("\n") + 1


def refused(*arguments: str) -> str:
    code, out, err = call("check", *arguments)
    assert (code, out) == (2, ""), err
    return err


@pytest.mark.parametrize("power", [(), ("--power",)])
@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "population.2020,west_coast,population,2020,1903595,",
            "population.2020,west_coast,population,2020,0,",
            "正数",
        ),
        (
            "population.2020,west_coast,population,2020,1903595,",
            "population.2020,west_coast,population,2020,-1903595,",
            "应为正数，现为 -1903595",
        ),
        ("gdp.2020,west_coast,gdp,2020,3721.68,", "gdp.2020,west_coast,gdp,2020,-1,", "应为正数"),
        (
            "gdp_growth.2021,west_coast,gdp_growth,2021,10.3,",
            "gdp_growth.2021,west_coast,gdp_growth,2021,-100,",
            "−100%",
        ),
        (
            "gdp_growth.2021,west_coast,gdp_growth,2021,10.3,",
            "gdp_growth.2021,west_coast,gdp_growth,2021,-150,",
            "−100%",
        ),
    ],
)
def test_impossible_numbers(calibration: Path, old: str, new: str, words: str, power: tuple[str, ...]) -> None:
    row = change(calibration / "west_coast" / "facts.csv", f"\n{old}", f"\n{new}") + 1
    err = refused(*power)
    assert f"west_coast/facts.csv:{row}:{VALUE}: {old.partition(',')[0]}: " in err
    assert words in err


def test_a_fact_of_a_region_that_nobody_knows(calibration: Path) -> None:
    path = calibration / "west_coast" / "facts.csv"
    row = change(path, "\ngdp_growth.2021,west_coast,", "\ngdp_growth.2021,west_cost,") + 1
    err = refused()
    assert f"facts.csv:{row}:{REGION}: gdp_growth.2021: 未知的名称“west_cost”，您是否想写“west_coast”？" in err


@pytest.mark.parametrize(
    ("region", "old", "new", "words"),
    [
        ("west_coast", "city: qingdao", "city: nowhere", "city: 未知的名称“nowhere”"),
        ("west_coast", "city: qingdao", "city: west_coast", "city: “west_coast”不能是自己所属的市"),
        ("qingdao", "districts: [west_coast]", "districts: [qingdao]", "districts[0]: “qingdao”不能是自己的区"),
        (
            "qingdao",
            "districts: [west_coast]",
            "districts: [west_coast, west_coast]",
            "districts[1]: “west_coast”重复列出",
        ),
    ],
)
def test_circular_packs(calibration: Path, region: str, old: str, new: str, words: str) -> None:
    line = change(calibration / region / "region.yaml", old, new)
    err = refused(region)
    assert f"{region}/region.yaml:{line}:" in err
    assert words in err


def test_a_district_that_names_no_city(calibration: Path) -> None:
    change(calibration / "west_coast" / "region.yaml", "city: qingdao\n", "")
    assert "“west_coast”的 region.yaml 没有写 city: qingdao" in refused("qingdao")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            'indicator: gdp\n    period: "2016"',
            'indicator: gdp\n    period: "2017"',
            "的 period 是 2016，这里选的是 2017",
        ),
        ("others: [gdp.2016.ajunews]", "others: [gdp.2020]", "“gdp.2020”的 period 是 2020，这里选的是 2016"),
        ("others: [gdp.2016.ajunews]", "others: [population.2020]", "的 indicator 是 population，这里选的是 gdp"),
    ],
)
def test_choices_among_reports_of_something_else(calibration: Path, old: str, new: str, words: str) -> None:
    change(calibration / "west_coast" / "choices.yaml", old, new)
    err = refused()
    assert "west_coast/choices.yaml:" in err
    assert words in err


def test_a_folder_without_any_of_the_documents(tmp_path: Path) -> None:
    code, page, err = call("check", "--sources", str(tmp_path))
    assert (code, err) == (0, "")
    assert "已核对 0 条，文件夹里没有任何原文" in page

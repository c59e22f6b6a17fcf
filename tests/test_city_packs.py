"""The packs of a city and its districts: read together, refused together, and a district without its city."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.experiment.drawing import draw_block
from sim.experiment.simulation import simulate_scenarios
from sim.randomness import SOURCES
from sim.region.pack import Pack
from sim.region.reading import list_regions, read_pack
from tests.city_runs import CALIBRATION, HORIZON, PROJECT, scenario
from tests.running import call


@pytest.fixture
def calibration(tmp_path: Path) -> Path:
    shutil.copytree(CALIBRATION, tmp_path / "calibration")
    return tmp_path / "calibration"


def edit(path: Path, old: str, new: str) -> int:
    """Put new text in the place of old; the line it begins on."""
    text = path.read_text(encoding="utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def problem_of(calibration: Path, region: str) -> tuple[str, int | None, str]:
    with pytest.raises(InputError) as caught:
        read_pack(calibration, region)
    (problem,) = caught.value.problems
    return Path(problem.file or "").as_posix(), problem.line, problem.show("zh")


@pytest.mark.parametrize("rest", ["[]", "[other]"])
def test_a_city_that_does_not_list_the_region_is_refused(calibration: Path, rest: str) -> None:
    line = edit(calibration / "qingdao" / "region.yaml", "districts: [west_coast]", f"districts: {rest}")
    file, found, text = problem_of(calibration, "west_coast")
    assert (file.endswith("qingdao/region.yaml"), found) == (True, line)
    assert "“qingdao”的 districts 没有列出“west_coast”" in text


def test_a_district_without_a_pack_is_refused(calibration: Path) -> None:
    line = edit(calibration / "qingdao" / "region.yaml", "[west_coast]", "[west_coast, west_cost]")
    for region in ("qingdao", "west_coast"):
        file, found, text = problem_of(calibration, region)
        assert (file.endswith("qingdao/region.yaml"), found) == (True, line)
        assert "未知的名称“west_cost”，您是否想写“west_coast”？" in text


@pytest.mark.parametrize("region", ["west_coast", "qingdao"])
@pytest.mark.parametrize("folder", ["west_coast", "qingdao"])
def test_a_document_that_nothing_describes_is_refused(calibration: Path, folder: str, region: str) -> None:
    """Whichever of the two is asked for: both ledgers are read."""
    row = edit(calibration / folder / "facts.csv", "census7_districts", "census7_district")
    file, found, text = problem_of(calibration, region)
    assert (file.endswith(f"{folder}/facts.csv"), found) == (True, row)
    assert "您是否想写“census7_districts”？" in text


def test_a_fact_of_the_city_that_is_not_there_is_refused_in_both(calibration: Path) -> None:
    line = edit(calibration / "qingdao" / "base_year.yaml", "gdp: gdp.2020.press", "gdp: gdp.2020.pres")
    for region in ("west_coast", "qingdao"):
        file, found, text = problem_of(calibration, region)
        assert (file.endswith("qingdao/base_year.yaml"), found) == (True, line)
        assert "您是否想写“gdp.2020.press”？" in text


@pytest.mark.parametrize(
    ("old", "new"),
    [("gdp,2020,12400.56", "gdp,2020,3000.56"), ("marine_share,2020,30,", "marine_share,2020,3,")],
    ids=["smaller than its district", "less marine than its district"],
)
def test_a_city_that_leaves_nothing_for_the_rest_is_refused(
    calibration: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    """A district of 3721.68 in a city of 3000; its marine economy of 1377 in a city with 3 % of 12400, 372."""
    edit(calibration / "qingdao" / "facts.csv", old, new)
    shutil.copytree(PROJECT / "scenarios", calibration.parent / "scenarios")
    monkeypatch.setattr("sim.cli.inputs.data_path", calibration.parent.joinpath)
    for region in ("west_coast", "qingdao"):
        code, out, err = call("run", "--region", region, "--draws", "3", "--no-figures")
        assert (code, out) == (2, "")
        assert "各区的数超过全市" in err
        assert "Traceback" not in err


def test_a_rare_draw_whose_assumptions_leave_no_marine_services_is_mended(city: Pack) -> None:
    """In one draw of this block the assumed marine industry is larger than the whole marine economy of the rest."""
    base = draw_block(city, 1, 1, 2021, frozenset(SOURCES)).base
    services = base.value_added[-2] / (base.value_added[-2] + base.value_added[-1])
    assert services.min() == pytest.approx(0.01, rel=1e-9)
    assert (services > 0.011).mean() > 0.999


def test_facts_stand_behind_the_name_of_their_region(city: Pack, district: Pack) -> None:
    assert district.ledger.get("qingdao.gdp.2020.press").number == 12400.56
    assert city.ledger.get("west_coast.gdp.2020").number == 3721.68
    assert city.ledger.get("gdp.2020.press").region == "qingdao"
    assert district.parents == {"west_coast": "qingdao", "qingdao": "shandong"}
    assert city.parents == district.parents
    assert {fact.region for fact in district.own_facts} == {"west_coast"}
    assert (district.city, city.city) == ("qingdao", None)
    assert (district.benchmarks, city.benchmarks) == (("qingdao", "china"), ("china",))
    for pack in (city, district):
        ids = [fact.id for fact in pack.ledger.facts]
        assert len(set(ids)) == len(ids)


def test_the_grade_of_a_fact_is_that_of_its_publication(district: Pack) -> None:
    for fact in district.ledger.facts:
        assert fact.grade == district.sources[fact.document].grade, fact.id
    assert district.ledger.get("population.2020").grade == "mirror"
    # 1 903 595 persons within half a person and 1 %: 188.4559… to 192.2630… 万人
    found = district.ledger.get("population.2020").interval(district.words, "万人")
    assert (found.low, found.high) == pytest.approx((188.455855, 192.263145), abs=1e-6)


@pytest.fixture
def lone(calibration: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The district's pack with neither its city's nor any other beside it."""
    shutil.rmtree(calibration / "qingdao")
    shutil.copytree(PROJECT / "scenarios", calibration.parent / "scenarios")
    monkeypatch.setattr("sim.cli.inputs.data_path", calibration.parent.joinpath)
    return calibration


def test_a_lone_pack_is_read_and_has_no_city(lone: Path) -> None:
    assert list_regions(lone) == ("west_coast",)
    pack = read_pack(lone, "west_coast")
    assert (pack.city, pack.surroundings, pack.districts) == (None, None, ())
    block = draw_block(pack, 7, 0, HORIZON, frozenset(SOURCES))
    assert (block.others, dict(block.city_numbers)) == ((), {})


def test_a_lone_pack_gives_the_same_district(lone: Path, district: Pack) -> None:
    part = simulate_scenarios(district, [scenario()], draw_block(district, 7, 0, HORIZON, frozenset(SOURCES)))[0]
    pack = read_pack(lone, "west_coast")
    run = simulate_scenarios(pack, [scenario()], draw_block(pack, 7, 0, HORIZON, frozenset(SOURCES)))[0]
    for name in ("gdp", "gdp_growth", "marine_share", "population", "good_air_ratio", "rail_length"):
        assert np.array_equal(run.value(name), part.value(name), equal_nan=True), name
    assert np.isnan(run.value("gdp_share_of_city")).all()


def test_a_lone_pack_runs_and_says_what_it_cannot_compare(lone: Path, tmp_path: Path) -> None:
    code, out, err = call("run", "--draws", "20", "--no-figures", "--json", "--out", str(tmp_path / "r"))
    assert (code, err) == (0, "")
    records = {t["id"]: t for t in json.loads(out)["targets"]}
    assert records["plan14.gdp_growth.2025"]["status"] == "evaluated"
    assert records["plan14.labour_productivity.2025"]["status"] == "no_baseline"

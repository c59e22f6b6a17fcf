"""The mid-term table where a target is read in two ways: progress, expectation and probability are of one reading."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from sim.midterm import judged_reading, midterm_row
from sim.output.midterm_table import midterm_table
from sim.region.pack import Pack
from sim.region.reading import read_pack
from sim.resources import data_path
from sim.targets import Target, read_targets
from tests.running import Finished, project


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read_pack(data_path("calibration"), "west_coast")


@pytest.fixture(scope="module")
def targets(pack: Pack) -> dict[str, Target]:
    return {target.id: target for target in read_targets(pack)}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """The baseline as of 2023."""
    return project(tmp_path_factory.mktemp("run") / "later", "--as-of", "2023")


def test_growth_judged_by_its_average_has_the_probability_of_its_average(done: Finished) -> None:
    """Three years of 7.0 % against 8 are behind: the probability beside that is of the average as well."""
    known = {t["id"]: t for t in done.document["targets"]}
    rows = {row["id"]: row for row in done.document["midterm"]["rows"]}
    growth = rows["plan14.gdp_growth.2025"]
    year, average = known["plan14.gdp_growth.2025"], known["plan14.gdp_growth.2025.average"]
    assert (growth["reading"], growth["conclusion"]) == ("plan14.gdp_growth.2025.average", "behind")
    assert year["probability"] != average["probability"]
    names = ("p10", "p50", "p90")
    assert [growth[name] for name in names] == [average[name] for name in names]
    (other,) = growth["readings"]
    assert (other["id"], other["probability_after"]) == ("plan14.gdp_growth.2025", year["probability"])
    assert [other[name] for name in names] == [year[name] for name in names]
    # No other target of the plan is read as an average: each stands in its first reading.
    assert {id for id, row in rows.items() if row["reading"] or row["readings"]} == {"plan14.gdp_growth.2025"}


@pytest.mark.parametrize("width", [120, 240])
@pytest.mark.parametrize(
    ("lang", "name", "note"),
    [
        ("zh", "其中：按当年理解", "增速类的预计和概率也按规划期年均增速，按当年理解的另列一行"),
        ("en", "read as that year alone", "probability of growth are of the average as well"),
    ],
)
def test_the_reading_as_one_year_stands_below(done: Finished, lang: str, name: str, note: str, width: int) -> None:
    page = midterm_table(done.document, lang, width)
    assert note in page
    lines = page.splitlines()
    # In the table, wrapped where it is narrow, and not again among the remarks: it has none of its own.
    assert sum(name[:6] in line for line in lines) == 1
    (place,) = [i for i, line in enumerate(lines) if name[:6] in line]
    middle = done.document["midterm"]["rows"][0]["readings"][0]["p50"]
    assert f"{middle:.1f}" in lines[place]


def test_the_file_has_the_other_reading_below(done: Finished) -> None:
    rows = list(csv.DictReader((done.folder / "midterm.csv").read_text(encoding="utf-8-sig").splitlines()))
    first, second, third = rows[:3]
    assert [first["reading"], second["reading"]] == ["plan14.gdp_growth.2025.average", "plan14.gdp_growth.2025"]
    assert (second["id"], second["row"], second["label"]) == (first["id"], "", "其中：按当年理解")
    known = {t["id"]: t["probability"] for t in done.document["targets"]}
    assert float(second["probability_after"]) == known["plan14.gdp_growth.2025"]
    assert (third["row"], third["reading"], len(rows)) == ("2", third["id"], 26)


def test_only_a_reading_as_the_average_of_the_same_years_takes_its_place(
    pack: Pack, targets: dict[str, Target]
) -> None:
    growth, average = targets["plan14.gdp_growth.2025"], targets["plan14.gdp_growth.2025.average"]
    row = midterm_row(growth, pack, 2023)
    assert judged_reading(row, tuple(targets.values())) is average
    assert judged_reading(row, [growth, targets["plan14.gdp_growth.2025.band"]]) is growth
    assert judged_reading(row, [growth, replace(average, year=2024)]) is growth
    assert judged_reading(row, [growth, replace(average, reading_of=None)]) is growth
    fdi = midterm_row(targets["plan14.fdi.2025"], pack, 2023)
    assert judged_reading(fdi, [replace(average, reading_of="plan14.fdi.2025")]).id == "plan14.fdi.2025"

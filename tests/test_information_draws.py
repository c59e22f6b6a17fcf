"""Which number to ask for, on a real pack: what is offered, what it would do, and who is named."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from sim.cli.inputs import load_scenarios, plan_of
from sim.cli.sensitivity.information import holders_of, information_part
from sim.cli.sensitivity.information_lines import information_lines, number_label, points
from sim.cli.sensitivity.parts import Options, Part
from sim.experiment.plan import Plan, evaluated
from sim.experiment.run import run
from sim.language import Text
from sim.output.store import to_json
from sim.region.pack import Pack
from sim.sensitivity.information_candidates import COUNTED, KINDS, Candidate

DRAWS = 3000
RAIL, AIR, NEXT_YEAR = "plan14.rail_length.2025", "plan14.good_air_ratio.2025", "report2021.gdp_growth.2021"


@pytest.fixture(scope="module")
def base(district: Pack) -> Plan:
    return plan_of(district, load_scenarios(district, ["baseline"], None), seed=1, draws=DRAWS, chunk=None, workers=1)


@pytest.fixture(scope="module")
def part(base: Plan) -> Part:
    known = {target.id: target for target in evaluated(base, 0)}
    return information_part(base, [known[id] for id in (RAIL, AIR, NEXT_YEAR)], Options(), lambda now, of: None)


def effects(part: Part, target: str) -> dict[str, dict[str, float]]:
    (record,) = [record for record in part.document["targets"] if record["id"] == target]
    return {number["id"]: number for number in record["numbers"]}


def test_a_line_of_rail_that_decides_a_target_settles_it(part: Part) -> None:
    """Known, the probability goes to 0 or 1: it moves by sqrt(p (1 - p)), and nothing of the spread is left."""
    found = effects(part, RAIL)
    share = part.document["targets"][0]["probability"]
    first = next(iter(found.values()))
    assert first["kind"] == "progress"
    assert first["moved"] == pytest.approx(math.sqrt(share * (1.0 - share)), rel=0.01)
    assert first["narrowed"] > 0.97
    assert first["holder"] == "区轨道交通指挥部、区交通运输局"


def test_rounding_of_the_base_figure_and_the_next_release_matter(part: Part) -> None:
    """The air of the year to come and what rounding hides of the base year's both tell; the release tells more."""
    found = effects(part, AIR)
    release = found["good_air_ratio.2021"]
    assert release["kind"] == "release"
    assert release["moved"] > 0.1
    assert release["probability_at_p10"] < release["probability_at_p90"]
    assert release["p10"] < release["p90"]
    drift = found["parameters.west_coast.bounded_drift.good_air_ratio"]
    assert drift["kind"] == "research"
    assert drift["moved"] > 0.05
    assert drift["holder"] == ""


def test_a_figure_of_the_targets_own_year_is_no_way_to_know_it_beforehand(part: Part) -> None:
    assert not [id for id in effects(part, NEXT_YEAR) if id.endswith(".2021")]
    rows = [row for row in part.tables[0].rows if row[0] == NEXT_YEAR and row[3] == "gdp_growth.2021"]
    assert len(rows) == 1
    assert rows[0][-1] is False


def test_every_number_is_offered_once_and_nothing_that_is_counted_from_others(part: Part) -> None:
    rows = [row for row in part.tables[0].rows if row[0] == AIR]
    numbers = [row[3] for row in rows]
    assert len(numbers) == len(set(numbers)) == part.document["candidates"]
    assert not [id for id in numbers if str(id).partition(".")[0] in COUNTED]
    assert {row[4] for row in rows} == set(KINDS)
    assert all(len(row) == len(part.tables[0].header) for row in part.tables[0].rows)


def test_ranges_are_those_of_a_run(base: Plan, part: Part) -> None:
    (result,), _ = run(base)
    of_run = {target.target.id: target for target in result.targets}
    for record in part.document["targets"]:
        expected = of_run[record["id"]]
        assert record["probability"] == expected.probability
        assert record["probability_low"] == expected.probability_low
        assert record["probability_high"] == expected.probability_high
        assert [line["name"] for line in record["range_from"]] == [line.name for line in expected.range_from]


def test_the_page_comes_from_the_document_alone(part: Part) -> None:
    stored = json.loads(to_json(part.document))
    for lang, said in (("zh", "先问哪个数"), ("en", "Which number to ask for")):
        page = information_lines(stored, Options(), lang)
        assert page == information_lines(part.document, Options(), lang)
        assert said in page[0]
    assert any("“地铁6号线一期”开通年份" in line for line in information_lines(stored, Options(), "zh"))


def test_moves_are_told_in_whole_points() -> None:
    assert [points(share) for share in (0.004, 0.01, 0.126)] == ["<1", "±1", "±13"]


def test_who_has_a_figure_does_not_depend_on_the_targets_asked_about(base: Plan) -> None:
    """R&D intensity: the plan's table names the bureau, also where only a line of rail is asked about."""
    rail = next(target for target in evaluated(base, 0) if target.id == RAIL)
    label = Text("2021年研发经费投入强度", "R&D intensity, 2021")
    made = Candidate("rd_intensity.2021", "release", label, "%", 2021, "rd_intensity", "research_intensity", "coming")
    for plan in (base, replace(base, targets=((rail,),))):
        assert holders_of(plan)(made).zh == "区工信局"


def test_a_label_with_brackets_still_says_whether_the_figure_is_published() -> None:
    number = {"kind": "statistic", "label": "2023年外贸进出口总额（宽口径）", "status": "未公布"}
    assert number_label(number, "zh") == "2023年外贸进出口总额（宽口径）（未公布）"
    rounded = {"kind": "statistic", "label": "2020年人均预期寿命（公布数81.4的准确值）", "status": "只公布到四舍五入"}
    assert number_label(rounded, "zh") == rounded["label"]


def test_targets_that_hardly_ever_change_are_told_apart_from_numbers_that_tell_nothing(part: Part) -> None:
    assert all(record["enough"] for record in part.document["targets"][:2])
    record = {**part.document["targets"][0], "numbers": [], "enough": False}
    document = {**part.document, "numbers": []}
    few = "\n".join(information_lines({**document, "targets": [record]}, Options(), "zh"))
    assert "达成或落空的模拟不足100次，不下结论" in few
    overview = "\n".join(information_lines({**document, "targets": [record] * 4}, Options(), "zh"))
    assert overview.count("次数太少") == 12
    record |= {"enough": True}
    assert "次数太少" not in "\n".join(information_lines({**document, "targets": [record] * 4}, Options(), "zh"))

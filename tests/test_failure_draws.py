"""Inputs planners can read, checked against the draws they come from; the part of `sensitivity` on a real pack."""

from __future__ import annotations

import json

import numpy as np
import pytest

from sim.cli.inputs import load_scenarios, plan_of
from sim.cli.sensitivity.failure import failure_lines, failure_part
from sim.cli.sensitivity.parts import Options, Part
from sim.cli.sensitivity.words import input_words, words_key
from sim.experiment.plan import Plan, evaluated
from sim.experiment.shared import shared_block
from sim.experiment.simulation import follow_scenarios
from sim.failure.features import UNITS, Features, drift_unit, features_of, joined
from sim.levers.catalogue import WORLD
from sim.output.store import to_json
from sim.randomness import Array
from sim.region.pack import Pack
from sim.targets import Target

DRAWS = 3000
RAIL, GROWTH, CERTAIN = "plan14.rail_length.2025", "plan14.gdp_growth.2025.average", "plan14.population.2025"


def plan(pack: Pack, scenario: str = "baseline", draws: int = DRAWS) -> Plan:
    return plan_of(pack, load_scenarios(pack, [scenario], None), seed=1, draws=draws, chunk=None, workers=1)


def named(plan: Plan, *ids: str) -> tuple[Target, ...]:
    found = {target.id: target for target in evaluated(plan, 0)}
    return tuple(found[id] for id in ids)


def rows(features: Features) -> dict[str, Array]:
    return {feature.id: row for feature, row in zip(features.features, features.values, strict=True)}


@pytest.fixture(scope="module")
def base(district: Pack) -> Plan:
    return plan(district)


@pytest.fixture(scope="module")
def part(base: Plan) -> Part:
    done: list[tuple[int, int]] = []
    found = failure_part(base, named(base, RAIL, GROWTH, CERTAIN), Options(), lambda now, of: done.append((now, of)))
    assert done[-1] == (4, 4)  # one block and three targets
    return found


def test_averages_of_the_world_are_those_of_the_path(base: Plan) -> None:
    block = shared_block(base, 0)
    found = rows(features_of(base.pack, base.scenarios[0], block, 2021, 2025))
    (path,) = follow_scenarios(base.pack, base.scenarios, block, False, ())
    growth = path.value("benchmark/china/gdp_growth")[1:6]
    average = 100.0 * (np.prod(1.0 + growth / 100.0, axis=0) ** 0.2 - 1.0)
    np.testing.assert_allclose(found["national_growth"], average, rtol=1e-9)
    chance = block.draws.uniform("shocks", "world.rare_event", 6)
    struck = (chance[1:] < block.world_parameters.rare_event_probability).any(axis=0)
    assert (found["rare_event"] == struck).all()
    assert 0.0 < struck.mean() < 0.5


def test_projects_and_lines_are_as_likely_and_as_late_as_written(district: Pack) -> None:
    made = plan(district, "manufacturing_power")
    scenario = made.scenarios[0]
    found = rows(features_of(district, scenario, shared_block(made, 0), 2021, 2025))
    assert scenario.projects
    for project in scenario.projects:
        share, sure = found[f"projects.{project.id}"].mean(), project.probability
        assert abs(share - sure) <= 4.0 * np.sqrt(max(sure * (1.0 - sure), 0.0) / DRAWS)
        late = found[f"projects.{project.id}.delay"]
        for years, chance in enumerate(project.delay):
            assert abs((late == years).mean() - chance) <= 4.0 * np.sqrt(chance * (1.0 - chance) / DRAWS) + 1e-12
    varying = joined([features_of(district, scenario, shared_block(made, 0), 2021, 2025)])
    assert all(row.min() < row.max() for row in varying.values)


def test_a_line_of_rail_that_decides_a_target_is_found(part: Part) -> None:
    """The target needs a line that may be late: it is missed when the line is two years late, and only then."""
    record = part.document["targets"][0]
    (box,) = record["boxes"]
    assert box["density"] == 1.0
    assert box["coverage"] == 1.0
    (line,) = box["restrictions"]
    assert line["low"] == 2.0
    assert line["high"] is None
    assert line["reproduced"] == 1.0
    assert "推迟2年及以上时，该目标10次中超过9次落空（覆盖几乎全部落空情形）" in box["sentence"]
    assert box["sentence"].startswith("2021—2025年，当")


def test_growth_fails_where_growth_would_be_low(part: Part) -> None:
    """Every condition points the way the model works: less potential growth, worse luck, never more of either."""
    record = part.document["targets"][1]
    assert record["boxes"]
    for line in record["boxes"][0]["restrictions"]:
        assert line["low"] is None, line["input"]
        assert line["high"] is not None, line["input"]
    first = record["boxes"][0]
    assert first["density"] - first["elsewhere"] > 4.0 * np.hypot(first["density_error"], first["elsewhere_error"])
    assert abs(first["fitted_density"] - first["density"]) < 5.0 * first["density_error"]


def test_a_target_that_is_always_missed_is_told_as_such(part: Part) -> None:
    record = part.document["targets"][2]
    assert record["boxes"] == []
    assert record["missed"] == 1.0
    assert any("不足30次，不找条件：" in line for line in failure_lines(part.document, Options(), "zh"))


def test_the_page_comes_from_the_document_alone(part: Part) -> None:
    stored = json.loads(to_json(part.document))
    for lang in ("zh", "en"):
        assert failure_lines(stored, Options(), lang) == failure_lines(part.document, Options(), lang)
    header, table = part.tables[0].header, part.tables[0].rows
    assert all(len(row) == len(header) for row in table)
    assert {row[0] for row in table} == {RAIL, GROWTH}


def test_the_same_question_beside_others_has_the_same_answer(base: Plan, part: Part) -> None:
    alone = failure_part(base, named(base, RAIL), Options(), lambda now, of: None)
    assert alone.document["targets"][0] == part.document["targets"][0]


def test_a_yearly_drift_is_named_after_its_indicator_and_has_its_unit(district: Pack) -> None:
    words = input_words(district)
    assert words["west_coast.bounded_drift.forest_cover"]["label"] == "森林覆盖率自身的年度趋势"
    units = {name: drift_unit(district, f"west_coast.{name}") for name in (
        "bounded_drift.forest_cover", "bounded_drift.life_expectancy", "bounded_drift.good_air_ratio",
        "urbanisation_speed", "income_drift",
    )}  # fmt: skip
    shown = {name: None if unit is None else UNITS[unit].zh for name, unit in units.items()}
    assert shown == {
        "bounded_drift.forest_cover": "个百分点/年", "bounded_drift.life_expectancy": "岁/年",
        "bounded_drift.good_air_ratio": "（对数发生比/年）",
        "urbanisation_speed": "（对数发生比/年）", "income_drift": None,
    }  # fmt: skip


def test_an_assumption_and_the_prior_of_the_same_name_are_called_differently(district: Pack) -> None:
    words = input_words(district)
    bar, prior = words[words_key("world", "world.rare_event_probability")], words["world.rare_event_probability"]
    assert bar["label"] == WORLD["rare_event_probability"].label.zh
    assert (bar["of"], prior["of"]) == ("", "外部世界")
    assert prior["place"]
    assert not bar["place"]

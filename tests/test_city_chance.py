"""What city and district have in common by chance, and what a scenario for the city does to each of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.base_year import draw_fact
from sim.experiment.drawing import Block, draw_block
from sim.experiment.simulation import Path as Run
from sim.experiment.simulation import simulate_scenarios
from sim.language import Text
from sim.randomness import BLOCK, SOURCES, Draws, related_draws
from sim.region.pack import Pack
from sim.scenario.parts import Project, Scenario
from tests.city_runs import HORIZON, SAME, YEARS, parts_of, scenario


@pytest.fixture(scope="module")
def block(city: Pack) -> Block:
    return draw_block(city, 7, 0, HORIZON, frozenset(SOURCES))


# Chance

#: Years of one stream in the tests below: 16 rows of 5120 draws are 81 920 numbers.
ROWS = 16
NUMBERS = ROWS * BLOCK
#: Streams of some kinds and the correlation that region.yaml of the city gives them.
RELATED = [
    ("shocks", "relative", 0.4), ("shocks", "home", 0.4), ("shocks", "property", 0.7),
    ("shocks", "price_industry.tertiary", 0.7), ("shocks", "consumer_price", 0.95),
    ("reporting", "census_level", 0.6), ("reporting", "release", 0.3), ("reporting", "coverage", 0.8),
    ("shocks", "fuel", 0.6), ("parameters", "convergence_speed", 0.7), ("parameters", "anything.at_all", 0.7),
    ("shocks", "investment", 0.0), ("shocks", "trade", 0.0), ("shocks", "cell.services_other", 0.0),
    ("facts", "gdp.2020", 0.0),
]  # fmt: skip


@pytest.mark.parametrize(("source", "kind", "expected"), RELATED, ids=[f"{s}.{k}" for s, k, _ in RELATED])
def test_streams_of_the_rest_are_related_as_the_pack_says(city: Pack, source: str, kind: str, expected: float) -> None:
    """A correlation r of n pairs has a standard error of (1 − r²)/√n, a mean 1/√n, a variance √(2/n).

    4.5 of them are allowed, which one stream in 150 000 would miss by chance; the seed is fixed.
    """
    base = Draws(11, 0, frozenset(SOURCES))
    rest = related_draws(base, "qingdao", "west_coast", city.related).normal(source, f"qingdao.{kind}", ROWS).ravel()
    twin = base.normal(source, f"west_coast.{kind}", ROWS).ravel()
    within = 4.5 / np.sqrt(NUMBERS)
    assert abs(np.corrcoef(rest, twin)[0, 1] - expected) < within * (1.0 - expected**2)
    assert abs(rest.mean()) < within
    assert abs(rest.var() - 1.0) < within * np.sqrt(2.0)
    # Normal, not only of the right size: within one, two and three standard deviations of the mean.
    for limit, share in ((1.0, 0.682689), (2.0, 0.954500), (3.0, 0.997300)):
        assert abs((np.abs(rest) < limit).mean() - share) < within * np.sqrt(share * (1.0 - share))


def test_streams_of_different_years_and_kinds_stay_independent(city: Pack) -> None:
    rest = related_draws(Draws(11, 0, frozenset(SOURCES)), "qingdao", "west_coast", city.related)
    rows = rest.normal("shocks", "qingdao.relative", ROWS)
    other = rest.normal("shocks", "qingdao.property", ROWS)
    within = 4.5 / np.sqrt(BLOCK)
    for t in range(1, ROWS):
        assert abs(np.corrcoef(rows[t], rows[t - 1])[0, 1]) < within
        assert abs(np.corrcoef(rows[t], other[t])[0, 1]) < within


def test_several_streams_at_once_are_the_same_streams(city: Pack) -> None:
    rest = related_draws(Draws(11, 0, frozenset(SOURCES)), "qingdao", "west_coast", city.related)
    names = ["qingdao.price_industry.primary", "qingdao.cell.primary"]
    together = rest.normals("shocks", names, 3)
    for i, name in enumerate(names):
        assert np.array_equal(together[:, i], rest.normal("shocks", name, 3))


def test_parameters_of_the_two_parts_are_related(block: Block) -> None:
    """Normal priors are linear in their stream: 0.7 within 4.5 standard errors of (1 − 0.49)/√5120 = 0.0071."""
    (own,) = block.others
    for name in ("natural_rate", "migration_base_rate", "participation_trend"):
        mine, theirs = getattr(block.parameters, name), getattr(own.parameters, name)
        assert abs(np.corrcoef(mine, theirs)[0, 1] - 0.7) < 4.5 * 0.0072, name


def test_what_was_rounded_off_is_not_the_same_in_city_and_district(city: Pack, district: Pack) -> None:
    """Both have a gdp_growth.2020 with one decimal; the errors are independent: 0 within 4.5/√5120."""
    draws = Draws(11, 0, frozenset(SOURCES))
    facts = [(pack.base_facts["gdp_growth"], pack) for pack in (city, district)]
    errors = []
    for fact, pack in facts:
        assert fact is not None
        errors.append(draw_fact(fact, pack, draws))
    assert abs(np.corrcoef(*errors)[0, 1]) < 4.5 / np.sqrt(BLOCK)


def test_without_chance_there_is_one_path(city: Pack) -> None:
    paths = [
        simulate_scenarios(city, [scenario()], draw_block(city, seed, 0, HORIZON, frozenset()))[0] for seed in (1, 2)
    ]
    assert paths[0].values.shape == (paths[0].values.shape[0], len(YEARS) + 1, 1)
    assert np.array_equal(paths[0].values, paths[1].values, equal_nan=True)
    assert np.isfinite(paths[0].value("gdp")).all()
    # Every figure at the centre of its interval.
    assert paths[0].value("gdp")[0, 0] == pytest.approx(12400.56, rel=1e-12)
    assert paths[0].value("marine_gop")[0, 0] == pytest.approx(0.30 * 12400.56, rel=1e-12)


# Levers


@pytest.fixture(scope="module")
def certain(city: Pack) -> Block:
    return draw_block(city, 1, 0, HORIZON, frozenset())


def runs(pack: Pack, block: Block, *scenarios: Scenario) -> tuple[Run, ...]:
    return simulate_scenarios(pack, scenarios, block)


def changed(before: Run, after: Run, read: Any, t: int = -1) -> tuple[float, float]:
    """How much a quantity of the rest and of the district differs in one year."""
    return tuple((read(b) - read(a)).sum() for a, b in zip(parts_of(before, t), parts_of(after, t), strict=True))  # type: ignore[return-value]


def test_a_lever_in_percent_reaches_both_parts(city: Pack, certain: Block) -> None:
    before, after = runs(city, certain, scenario(), scenario({"investment_growth": 5.0}))
    rest, own = changed(before, after, lambda s: s.capital.investment, 1)
    assert rest > 0.0
    assert own > 0.0
    # Five points more of reported growth in each in the first year, and the same rise of what is built.
    rises = []
    for a, b in zip(parts_of(before, 1), parts_of(after, 1), strict=True):
        assert b.capital.reported_growth - a.capital.reported_growth == pytest.approx(0.05, abs=1e-12)
        rises.append(b.capital.investment.sum() / a.capital.investment.sum())
    assert rises[0] == pytest.approx(rises[1], rel=SAME)


def test_an_amount_counts_once_and_falls_to_the_rest(city: Pack, certain: Block) -> None:
    """2 万人 more a year: 2 more in 2021 in the city, and the district unmoved."""
    before, after = runs(city, certain, scenario(), scenario({"net_migration": 2.0}))
    assert (after.value("population") - before.value("population"))[1, 0] == pytest.approx(2.0, abs=1e-9)
    rest, own = changed(before, after, lambda s: s.people.population, 1)
    assert (rest, own) == (pytest.approx(2.0, abs=1e-9), 0.0)
    assert changed(before, after, lambda s: s.reporting.gdp)[1] == 0.0


def test_a_project_counts_once(city: Pack, certain: Block) -> None:
    built = Project("p", Text("", ""), "services_other", 100.0, 2021, 2022, 40.0, 1.0, (1.0,), 1.0)
    before, after = runs(city, certain, scenario(), scenario(projects=(built,)))
    rest, own = changed(before, after, lambda s: s.reporting.value_added_real)
    assert rest > 0.0
    assert own == 0.0


@pytest.mark.parametrize("lever", ["manufacturing_investment_share", "manufacturing_productivity"])
def test_a_lever_on_cells_that_only_the_district_has(city: Pack, certain: Block, lever: str) -> None:
    """The rest of the city has industry but no manufacturing cell of its own: only the district moves directly."""
    before, after = runs(city, certain, scenario(), scenario({lever: 1.0}))
    assert np.isfinite(after.value("gdp")).all()
    rest, _ = changed(before, after, lambda s: s.capital.investment, 1)
    assert rest == pytest.approx(0.0, abs=1e-9)
    assert (after.value("gdp")[2:] != before.value("gdp")[2:]).all()


def test_the_surroundings_of_a_district_do_not_follow_its_levers(district: Pack) -> None:
    block = draw_block(district, 1, 0, HORIZON, frozenset())
    before, after = runs(district, block, scenario(), scenario({"investment_growth": 5.0}))
    own = after.value("gdp") - before.value("gdp")
    around = after.value("benchmark/qingdao/gdp") - before.value("benchmark/qingdao/gdp")
    assert (own[2:] > 0.0).all()
    assert np.allclose(around, own, rtol=1e-6, atol=1e-9)  # the city grows by its district and by nothing else

"""The ledgers of the real packs: the known traps are found by arithmetic, and what agrees passes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sim.reconcile import Conflict, reconcile
from sim.reconcile.power import power
from sim.region.reading import read_pack
from tests.reconcile_cases import DEFINITIONS, NUMERIC, PROJECT, WORDS

CALIBRATION = PROJECT / "calibration"
PACK = read_pack(CALIBRATION, "west_coast")
FACTS = PACK.ledger.facts


@pytest.fixture(scope="module")
def conflicts() -> tuple[Conflict, ...]:
    return reconcile(FACTS, WORDS, DEFINITIONS, PACK.parents, PACK.chosen)


def about(conflicts: Sequence[Conflict], kind: str, *ids: str) -> Conflict:
    """The one finding of a kind that holds all of these facts."""
    (one,) = (one for one in conflicts if one.kind == kind and set(ids) <= set(one.facts))
    return one


def test_every_tag_of_the_ledgers_is_on_an_axis() -> None:
    assert {tag for fact in FACTS for tag in DEFINITIONS.unknown_tags(fact)} == set()


def test_the_figure_per_head_needs_154_people_in_ten_thousand(conflicts: tuple[Conflict, ...]) -> None:
    one = about(conflicts, "identity", "gdp_per_capita_usd.2020")
    assert (one.suspects, one.cause) == (("gdp_per_capita_usd.2020",), "population_concept")
    assert "约为154.0万人" in one.message.zh  # 3721.68亿 ÷ (3.5万 × 6.9042)
    assert "第59行" in one.message.zh


def test_marine_figures_agree(conflicts: tuple[Conflict, ...]) -> None:
    named = {id for one in conflicts if one.kind in NUMERIC for id in one.facts}
    for id in ("marine_gop.2020", "marine_share.2020", "marine_share.2020.text", "marine_share_of_city.2020"):
        assert id not in named
    assert not {"qingdao.marine_share.2020", "qingdao.gdp.2020"} & named


def test_new_jobs_of_one_year_against_the_yearly_mean(conflicts: tuple[Conflict, ...]) -> None:
    one = about(conflicts, "plausibility", "new_urban_jobs.2020", "new_urban_jobs_average.2016-2020")
    assert "第684行" in one.message.zh
    assert "第209行" in one.message.zh


def test_growth_before_the_census_leaves_two_per_cent_for_2019(conflicts: tuple[Conflict, ...]) -> None:
    one = about(conflicts, "definition_break", "gdp_growth_average.2016-2020", "gdp_growth.2016", "gdp_growth.2020")
    assert "2.206%" in one.message.zh  # 1.08^5 / (1.123 × 1.111 × 1.109 × 1.039)


def test_breaks_scopes_concepts_and_names(conflicts: tuple[Conflict, ...]) -> None:
    census = about(conflicts, "definition_break", "secondary_share.2018", "secondary_share.2020")
    assert "低8个百分点" in census.message.zh  # 45.6 → 37.6
    assert about(conflicts, "definition_break", "qingdao.population.2020")
    assert about(conflicts, "definition_break", "marine_gop.2020", "marine_gop.2023")
    assert about(conflicts, "scope", "trade_total.2020", "trade_total.2021.narrow")
    assert about(conflicts, "scope", "fdi.2020", "fdi.2020.with_bonded_port")
    assert about(conflicts, "concept", "grain_capacity.2020", "grain_output.2020")
    assert about(conflicts, "concept", "rd_intensity.2020").cause == "misnamed_indicator"
    assert about(conflicts, "price_basis", "household_income_growth.2020")
    core = [one for one in conflicts if one.kind == "concept" and any("marine_core" in id for id in one.facts)]
    assert len(core) == 1


def test_reports_that_differ_name_the_one_used(conflicts: tuple[Conflict, ...]) -> None:
    revenue = about(conflicts, "reports", "budget_revenue_growth.2018", "budget_revenue_growth.2018.press")
    assert revenue.used == "budget_revenue_growth.2018"
    paper = about(conflicts, "reports", "gdp.2020", "gdp.2020.paper")
    assert (paper.used, paper.suspects) == ("gdp.2020", ("gdp.2020.paper",))


def test_ids_of_a_finding_exist_and_suspects_are_few(conflicts: tuple[Conflict, ...]) -> None:
    ids = {fact.id for fact in FACTS}
    for one in conflicts:
        assert set(one.facts) | set(one.suspects) <= ids
        assert len(one.suspects) <= 4
        assert one.used is None or one.used in ids
        assert (one.kind in NUMERIC) == (one.gap is not None)


def test_power_on_the_real_ledger() -> None:
    """The aim: 95 % of errors that a link can see are found, 80 % of these localised, the clean part silent."""
    table = power(FACTS, WORDS, DEFINITIONS, PACK.parents, PACK.chosen)
    assert table.alarms == 0
    assert table.missed == ()
    assert table.linked > 250
    for row in table.rows:
        assert row.detected >= 0.95 * row.detectable
        assert row.localised >= 0.80 * row.detected
    # Over all linked facts, those whose links leave too much room included.
    rows = {row.kind: row for row in table.rows}
    assert rows["times_ten"].detected >= 0.85 * rows["times_ten"].injected

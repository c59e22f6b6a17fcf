"""`--as-of`: which reported figures are comparable with the model, and what a run as of a later year shows."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from sim.facts.ledger import Fact
from sim.output.figures import fan_data
from sim.output.further import further_table
from sim.output.outlook import outlook_table
from sim.output.tables import cut_off_text, target_table
from sim.region.pack import Pack
from sim.region.reading import read_pack
from sim.resources import data_path
from sim.targets import comparable_fact, known, latest_known, read_targets, refused_facts, status_of
from tests.running import FEW, Finished, call, project, refused

# The figures of 2021-2023 that may be compared, typed from the ledger by hand: 34.
COUNTED = {
    "gdp": ("gdp.2021", "gdp.2022", "gdp.2023"),
    "gdp_growth": ("gdp_growth.2021", "gdp_growth.2022", "gdp_growth.2023"),
    "primary_value_added": (None, "primary_value_added.2022", "primary_value_added.2023"),
    "primary_value_added_growth": (None, "primary_value_added_growth.2022", "primary_value_added_growth.2023"),
    "secondary_value_added": (None, "secondary_value_added.2022", "secondary_value_added.2023"),
    "secondary_value_added_growth": (None, "secondary_value_added_growth.2022", "secondary_value_added_growth.2023"),
    "tertiary_value_added": (None, "tertiary_value_added.2022", "tertiary_value_added.2023"),
    "tertiary_value_added_growth": (None, "tertiary_value_added_growth.2022", "tertiary_value_added_growth.2023"),
    "primary_share": (None, "primary_share.2022", "primary_share.2023"),
    "secondary_share": (None, "secondary_share.2022", "secondary_share.2023"),
    "services_share": (None, "services_share.2022", "services_share.2023"),
    "population": (None, "population.2022", None),
    "population_growth": (None, "population_growth.2022", None),
    "urbanisation_rate_census": (None, "urbanisation_rate.2022", None),
    "new_urban_jobs": (None, "new_urban_jobs.2022", None),
    "fdi": ("fdi.2021", None, None),
    "gdp_share_of_city": ("gdp_share_of_city.2021", None, None),
    "marine_gop": (None, None, "marine_gop.2023"),
    "marine_share": (None, None, "marine_share.2023"),
    "marine_gop_growth": (None, "marine_gop_growth.2022", "marine_gop_growth.2023"),
    "manufacturing_share": (None, None, None),
    "budget_revenue": (None, None, None),
}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read_pack(data_path("calibration"), "west_coast")


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """The baseline as of 2023."""
    return project(tmp_path_factory.mktemp("run") / "later", "--as-of", "2023")


def with_facts(pack: Pack, *more: Fact) -> Pack:
    """The pack with reports added, or put in the place of those with the same id."""
    ids = {fact.id for fact in more}
    kept = tuple(fact for fact in pack.ledger.facts if fact.id not in ids)
    return replace(pack, ledger=replace(pack.ledger, facts=(*kept, *more)))


def report(pack: Pack, like: str, id: str, **changes: object) -> Fact:
    """A report like one of the ledger, with another id and what else differs; its period is the id's second part."""
    return replace(pack.ledger.get(like), id=id, period=id.split(".")[1], **changes)  # type: ignore[arg-type]


def reason(pack: Pack, indicator: str, year: int) -> str:
    (found,) = refused_facts(pack, indicator, year)
    return found.reason.zh


def test_the_figures_that_count_are_those_of_the_record(pack: Pack) -> None:
    found = {
        name: tuple(fact and fact.id for fact in (comparable_fact(pack, name, year) for year in (2021, 2022, 2023)))
        for name in COUNTED
    }
    assert found == COUNTED
    assert sum(id is not None for ids in COUNTED.values() for id in ids) == 34


@pytest.mark.parametrize(
    ("indicator", "year", "id", "said"),
    [
        ("trade_total", 2021, "trade_total.2021.narrow", "外贸统计范围不同：公布数为“窄口径”，测算用“宽口径”"),
        ("trade_total_growth", 2021, "trade_total_growth.2021.narrow", "公布数为“窄口径”"),
        ("urbanisation_rate", 2022, "urbanisation_rate.2022", "测算用“普查前人口口径”"),
        ("industry_value_added_growth", 2023, "industry_value_added_growth.2023", "规模以上"),
    ],
)
def test_figures_of_another_scope_are_refused_with_the_reason(
    pack: Pack, indicator: str, year: int, id: str, said: str
) -> None:
    assert comparable_fact(pack, indicator, year) is None
    assert [found.fact.id for found in refused_facts(pack, indicator, year)] == [id]
    assert said in reason(pack, indicator, year)


@pytest.mark.parametrize(
    ("like", "changes", "indicator", "said"),
    [
        ("fdi.2021", {"scope": "含保税港区"}, "fdi", "测算用“规划表口径”"),
        ("fdi.2021", {"unit": "%"}, "fdi", "单位为%"),
        ("gdp.2023", {"scope": "五经普后口径"}, "gdp", "经济普查口径不同"),
        ("gdp.2023", {"scope": "功能区"}, "gdp", "地域范围不同"),
        ("marine_share.2023", {"scope": "海洋2006年版分类"}, "marine_share", "测算用“海洋2021年版分类”"),
        ("gdp_growth.2023", {"price_basis": "current"}, "gdp_growth", "为现价增速"),
        ("population.2022", {"scope": "户籍口径"}, "population", "测算用“第七次人口普查口径”"),
    ],
)
def test_the_same_figure_on_another_basis_is_refused(
    pack: Pack, like: str, changes: dict[str, object], indicator: str, said: str
) -> None:
    """Each of them counts as it stands in the ledger, and no longer once its scope, prices or unit differ."""
    fact, year = pack.ledger.get(like), int(like.split(".")[1])
    others = {f.id for f in pack.ledger.find(fact.indicator, fact.period, pack.id)} - {like}
    alone = replace(pack.ledger, facts=tuple(f for f in pack.ledger.facts if f.id not in others))
    only = replace(pack, ledger=alone)
    assert comparable_fact(only, indicator, year) == fact
    other = with_facts(only, replace(fact, **changes))  # type: ignore[arg-type]
    assert comparable_fact(other, indicator, year) is None
    assert said in reason(other, indicator, year)


def test_growth_counts_across_a_revision_of_levels(pack: Pack) -> None:
    """The fifth census moves the level of 2024, not its growth; neither figure has been reported so far."""
    later = with_facts(pack, report(pack, "gdp.2023", "gdp.2024"), report(pack, "gdp_growth.2023", "gdp_growth.2024"))
    assert comparable_fact(pack, "gdp_growth", 2024) is None
    assert comparable_fact(later, "gdp", 2024) is None
    assert "五经普后口径" in reason(later, "gdp", 2024)
    growth = comparable_fact(later, "gdp_growth", 2024)
    assert growth is not None
    assert growth.id == "gdp_growth.2024"
    assert (latest_known(pack), latest_known(later)) == (2023, 2024)


def test_income_growth_goes_to_the_prices_it_is_said_to_stand_at(pack: Pack) -> None:
    names = ("household_income_growth", "household_income_growth_nominal")
    for scope, wanted in (("实际", (True, False)), ("名义", (False, True)), ("未说明名义或实际", (False, False))):
        fact = report(pack, "household_income_growth.2020", "household_income_growth.2022", scope=scope)
        more = with_facts(pack, fact)
        assert tuple(comparable_fact(more, name, 2022) is not None for name in names) == wanted


def test_what_counts_from_the_base_year_needs_every_year(pack: Pack) -> None:
    """1.103 × 1.048 × 1.06 = 1.22530; its cube root is 1.07008. Jobs of 2021 were not reported: no sum."""
    average = known(pack, "gdp_growth_average", 2023)
    assert average is not None
    assert average.value == pytest.approx(7.00750, abs=5e-6)
    assert [fact.id for fact in average.facts] == ["gdp_growth.2021", "gdp_growth.2022", "gdp_growth.2023"]
    assert average.fact is None
    assert known(pack, "new_urban_jobs_cumulative", 2022) is None
    jobs = report(pack, "new_urban_jobs.2022", "new_urban_jobs.2021", value=80_000.0, unit="人")
    summed = known(with_facts(pack, jobs), "new_urban_jobs_cumulative", 2022)
    assert summed is not None
    assert summed.value == pytest.approx(8.0 + 7.9)


def test_a_target_is_over_as_of_a_later_year(pack: Pack) -> None:
    targets = {target.id: target for target in read_targets(pack)}
    growth, revenue = targets["report2021.gdp_growth.2021"], targets["report2021.budget_revenue_growth.2021"]
    assert status_of(growth, 2035, pack)[0] == "evaluated"
    assert status_of(growth, 2035, pack, 2020)[0] == "evaluated"
    assert status_of(growth, 2035, pack, 2021) == ("reported", None)
    status, why = status_of(revenue, 2035, pack, 2021)
    assert status == "no_baseline"
    assert why is not None
    assert why.zh == "缺2021年完成数"
    assert status_of(targets["plan14.fdi.2025"], 2035, pack, 2023)[0] == "evaluated"


def test_years_before_the_base_year_and_after_the_last_figure_are_refused() -> None:
    assert refused("--as-of", "2019") == "--as-of: 2019 早于基年 2020；可用2020至2023\n"
    assert refused("--as-of", "2024") == "--as-of: 2024 晚于可比公布数的最后一年 2023；可用2020至2023，或写 latest\n"
    assert "allowed: 2020 to 2023" in refused("--as-of", "2030", "--lang", "en")


@pytest.mark.parametrize("command", [("compare", "baseline", "stress"), ("sweep", "investment_by_trade")])
def test_every_simulation_takes_the_option(command: tuple[str, ...]) -> None:
    code, out, err = call(*command, "--as-of", "1990")
    assert (code, out) == (2, "")
    assert "1990 早于基年 2020" in err


def test_the_latest_year_is_said_on_standard_error(tmp_path: Path) -> None:
    code, out, err = call("run", *FEW, "--as-of", "latest", "--out", str(tmp_path / "run"))
    assert (code, err) == (0, "--as-of latest：使用截至2023年的数据。 (--as-of latest: figures up to 2023 are used.)\n")
    assert out.startswith("使用截至2023年的数据；")


def test_the_document_says_what_was_reported(done: Finished) -> None:
    records = {(r["indicator"], r["year"]): r for r in done.document["indicators"]}
    assert done.document["as_of"] == 2023
    wanted = {
        ("gdp", 2022): (4691.85, "gdp.2022"), ("marine_share", 2023): (40.0, "marine_share.2023"),
        ("trade_total", 2021): (None, None), ("gdp", 2020): (None, None), ("gdp", 2024): (None, None),
        ("urbanisation_rate_census", 2022): (82.86, "urbanisation_rate.2022"),
    }  # fmt: skip
    assert {key: (records[key]["reported"], records[key]["fact"]) for key in wanted} == wanted
    average = records["gdp_growth_average", 2022]
    assert average["reported"] == pytest.approx(100 * ((1.103 * 1.048) ** 0.5 - 1))
    assert (average["fact"], average["derived_from"]) == (None, ["gdp_growth.2021", "gdp_growth.2022"])


def test_the_long_table_holds_the_reported_figures(done: Finished) -> None:
    with (done.folder / "indicators.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["quantile"] == "reported"]
    assert {(r["indicator"], r["year"]): float(r["value"]) for r in rows if r["indicator"] == "fdi"} == {
        ("fdi", "2021"): 14.5
    }
    assert {r["year"] for r in rows} == {"2021", "2022", "2023"}


def test_pages_tell_the_cut_off_and_mark_what_was_published(done: Finished) -> None:
    assert cut_off_text(done.document, "zh").startswith("使用截至2023年的数据；2021—2023年列已公布数")
    assert cut_off_text({**done.document, "as_of": 2020}, "zh").startswith("仅使用2020年及以前数据")
    table = outlook_table(done.document, "zh").splitlines()
    assert table[2].count("已公布") == 3
    (gdp,) = [line for line in table if line.startswith("地区生产总值（现价）")]
    assert gdp.split()[3:6] == ["4368.53", "4691.85", "5003.38"]
    (trade,) = [line for line in table if line.startswith("外贸进出口总额（宽口径）")]
    assert trade.split()[3:6] == ["—", "—", "—"]


def test_a_reported_target_shows_its_figure_and_outcome(done: Finished) -> None:
    record = next(t for t in done.document["targets"] if t["id"] == "plan14.fdi.2025")
    over = {**record, "status": "reported", "probability": None, "p10": None, "p50": None, "p90": None,
            "actual": 17.25, "outcome": "met"}  # fmt: skip
    (row,) = [line for line in target_table(done.document, [over], "zh", 200).splitlines() if "17.25" in line]
    words = row.split()
    assert words[words.index("17.25") - 1 :][:4] == ["17", "17.25", "—", "完成"]


@pytest.mark.parametrize(
    ("low", "high", "said"), [(0.03, 0.31, "（<5%～30%）"), (None, None, ""), (0.4, 0.41, "（40%）")]
)
def test_probabilities_carry_their_range(done: Finished, low: float | None, high: float | None, said: str) -> None:
    record = next(t for t in done.document["targets"] if t["id"] == "plan14.fdi.2025")
    shown = {**record, "probability": 0.19, "probability_low": low, "probability_high": high}
    table = target_table(done.document, [shown], "zh", 200)
    assert f"20%{said}" in table
    assert "难度较大" in table


@pytest.mark.parametrize(("indicator", "last"), [("gdp_growth", 2023), ("fdi", 2021), ("manufacturing_share", 2020)])
def test_the_fan_opens_at_the_last_figure(done: Finished, indicator: str, last: int) -> None:
    data = fan_data(done.document, indicator)
    assert data.base_year == last
    assert data.reported[-1][0] == last
    assert data.later() == ()
    assert data.years[0] == (last + 1 if last > 2020 else 2020)
    assert data.years[-1] == 2035


@pytest.mark.parametrize(("year", "said"), [(2023, "暂缺数据"), (2024, "未测算：缺基数")])
def test_a_year_that_is_over_without_a_figure_lacks_data_and_no_baseline(done: Finished, year: int, said: str) -> None:
    record = next(t for t in done.document["targets"] if t["id"] == "plan14.childcare_places_per_1000.2025")
    assert record["status"] == "no_baseline"
    further = {**record, "id": "report.childcare_places_per_1000", "row": None, "year": year}
    page = further_table({**done.document, "targets": [*done.document["targets"], further]}, "zh")
    (row,) = [line for line in page.splitlines() if line.startswith("report  ")]
    assert row.endswith(said)

"""The mid-term evaluation: its rule, what is needed from here, and the table, with values worked out by hand."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sim.experiment.plan import Plan
from sim.experiment.run import run
from sim.facts.ledger import Fact
from sim.midterm import CONCLUSIONS, MidtermRow, growth_standing, level_standing, midterm_row
from sim.midterm.needed import needed, needed_growth, needed_sum
from sim.output.midterm_table import midterm_table, needed_text
from sim.region.pack import Pack
from sim.region.reading import read_pack
from sim.resources import data_path
from sim.targets import Target, read_targets
from tests.running import FEW, Finished, call, project


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


def with_report(pack: Pack, like: str, year: int, value: float, **changes: object) -> Pack:
    """The pack with one figure more, like a fact of the ledger but for its year and value."""
    old = pack.ledger.get(like)
    id = f"{old.indicator}.{year}"
    fact: Fact = replace(old, id=id, period=str(year), value=value, printed=f"{value:g}", **changes)  # type: ignore[arg-type]
    kept = tuple(fact for fact in pack.ledger.facts if fact.id != id)
    return replace(pack, ledger=replace(pack.ledger, facts=(*kept, fact)))


def verdict(row: MidtermRow) -> str:
    return CONCLUSIONS[row.standing.conclusion].zh


@pytest.mark.parametrize(
    ("base", "target", "actual", "less", "binding", "progress", "said"),
    [
        # From 30 to 35 with 60 % of the time over: on the line at 33, in time from 54 % of the way, 32.7.
        (30.0, 35.0, 33.0, False, False, 0.60, "基本符合"),
        (30.0, 35.0, 33.01, False, False, 0.602, "快于预期"),
        (30.0, 35.0, 32.7, False, False, 0.54, "基本符合"),
        (30.0, 35.0, 32.69, False, False, 0.538, "滞后"),
        (30.0, 35.0, 29.0, False, False, -0.2, "滞后"),
        (30.0, 35.0, 35.0, False, False, 1.0, "提前实现"),
        (30.0, 35.0, 36.0, False, False, 1.2, "提前实现"),
        # Down from 100 to at most 80.
        (100.0, 80.0, 87.0, True, False, 0.65, "快于预期"),
        (100.0, 80.0, 90.0, True, False, 0.5, "滞后"),
        (100.0, 80.0, 80.0, True, False, 1.0, "提前实现"),
        # Binding, or to be kept as it was: met or not, whatever the time.
        (78.0, 80.0, 79.9, False, True, 0.95, "未达到"),
        (78.0, 80.0, 80.0, False, True, 1.0, "达到"),
        (23.09, 23.09, 23.09, False, False, None, "达到"),
        (23.09, 23.09, 23.08, False, False, None, "未达到"),
        (8.0, 5.0, 6.0, False, False, None, "达到"),
    ],
)
def test_a_level_against_time(
    base: float, target: float, actual: float, less: bool, binding: bool, progress: float | None, said: str
) -> None:
    found = level_standing(base, target, actual, 0.6, less, binding)
    assert CONCLUSIONS[found.conclusion].zh == said
    assert found.progress == (None if progress is None else pytest.approx(progress))


@pytest.mark.parametrize(
    ("average", "said"), [(8.1, "快于预期"), (8.0, "基本符合"), (7.5, "基本符合"), (7.49, "滞后"), (-1.0, "滞后")]
)
def test_an_average_of_growth_may_miss_by_half_a_point(average: float, said: str) -> None:
    assert CONCLUSIONS[growth_standing(average, 8.0, 0.6).conclusion].zh == said


def test_what_is_needed_each_year() -> None:
    """Money by growth: (17/14.5)^(1/4) = 1.04057. Shares by points, the rest by amounts."""
    money = needed(14.5, 2021, 17.0, 2025, "亿美元")
    share = needed(27.0, 2023, 35.0, 2025, "%")
    rail = needed(67.5, 2020, 116.0, 2025, "公里")
    fall = needed(100.0, 2023, 80.0, 2025, "2020年=100", less=True)
    reached = needed(36.0, 2023, 35.0, 2025, "%")
    found = [n and (n.kind, round(n.value, 3), n.first, n.last) for n in (money, share, rail, fall, reached)]
    assert found == [
        ("growth", 4.057, 2022, 2025), ("points", 4.0, 2024, 2025), ("change", 9.7, 2021, 2025),
        ("change", -10.0, 2024, 2025), ("reached", 0.0, 2024, 2025),
    ]  # fmt: skip
    assert needed(27.0, 2025, 35.0, 2025, "%") is None


def test_growth_and_sums_that_are_left() -> None:
    """1.08^5 / (1.103 × 1.048 × 1.06) = 1.46933 / 1.22530 = 1.19916, over two years 1.09506; (25 − 16) / 3 = 3."""
    growth = needed_growth([10.3, 4.8, 6.0], 8.0, 2023, 2025)
    assert growth is not None
    assert (growth.kind, round(growth.value, 2), growth.first, growth.last) == ("average", 9.51, 2024, 2025)
    left, more = needed_sum(16.0, 25.0, 2022, 2025), needed_sum(26.0, 25.0, 2022, 2025)
    assert left is not None
    assert more is not None
    assert (left.kind, left.value, left.first) == ("amount", 3.0, 2023)
    assert more.kind == "reached"


@pytest.mark.parametrize(
    ("id", "said", "year", "progress"),
    [
        ("plan14.gdp_growth.2025", "滞后", 2023, None),  # 7.0 a year against 8
        ("plan14.fdi.2025", "快于预期", 2021, 1.2 / 3.7),  # of 13.3 → 17 by a fifth of the time
        ("plan14.marine_share.2025", "口径调整不可比", 2023, None),  # base of 2020 under the old classification
        ("plan14.urbanisation_rate.2025", "口径调整不可比", None, None),  # only a census figure
        ("plan14.trade_total.2025", "口径调整不可比", None, None),  # only a narrow figure
        ("plan14.manufacturing_share.2025", "暂缺数据", None, None),
        ("plan14.new_urban_jobs.2025", "暂缺数据", 2022, None),  # 2021 is missing
        ("plan14.new_economy_share.2025", "暂缺数据", None, None),  # the city's figure is missing
        ("plan14.energy_intensity_reduction.2025", "目标未量化", None, None),
    ],
)
def test_the_plan_as_of_2023(
    pack: Pack, targets: dict[str, Target], id: str, said: str, year: int | None, progress: float | None
) -> None:
    row = midterm_row(targets[id], pack, 2023)
    assert (verdict(row), row.standing.year) == (said, year)
    assert row.standing.progress == (None if progress is None else pytest.approx(progress))


def test_as_of_2022_growth_is_nearer_and_figures_of_2023_do_not_show(pack: Pack, targets: dict[str, Target]) -> None:
    """(1.103 × 1.048)^(1/2) = 1.07515: 0.5 points below 8 would be 7.5, so 7.515 is in time."""
    row = midterm_row(targets["plan14.gdp_growth.2025"], pack, 2022)
    assert (verdict(row), sorted(row.years)) == ("基本符合", [2021, 2022])
    assert row.standing.average == pytest.approx(7.515, abs=5e-4)


def test_figures_that_do_not_count_stand_beside_their_reason(pack: Pack, targets: dict[str, Target]) -> None:
    row = midterm_row(targets["plan14.urbanisation_rate.2025"], pack, 2023)
    assert {year: (f.value, f.counts) for year, f in row.years.items()} == {2022: (82.86, False)}
    assert "2022年公布数不计入评估：人口口径不同" in row.remarks[0].zh


@pytest.mark.parametrize(("value", "said"), [(35.5, "提前实现"), (33.5, "快于预期"), (32.8, "基本符合"), (31, "滞后")])
def test_a_new_figure_changes_the_conclusion(pack: Pack, targets: dict[str, Target], value: float, said: str) -> None:
    more = with_report(pack, "manufacturing_share.2020", 2023, value)
    assert verdict(midterm_row(targets["plan14.manufacturing_share.2025"], more, 2023)) == said


@pytest.mark.parametrize(("value", "said"), [(79.0, "未达到"), (80.0, "达到")])
def test_a_binding_target_is_met_or_not(pack: Pack, targets: dict[str, Target], value: float, said: str) -> None:
    more = with_report(pack, "good_air_ratio.2020", 2023, value)
    assert verdict(midterm_row(targets["plan14.good_air_ratio.2025"], more, 2023)) == said


@pytest.mark.parametrize(("jobs", "said"), [(8.0, "快于预期"), (1.0, "滞后"), (2.0, "基本符合")])
def test_a_sum_needs_every_year(pack: Pack, targets: dict[str, Target], jobs: float, said: str) -> None:
    """With 7.9 of 2022: 15.9, 8.9 and 9.9 of 25 by two fifths of the time, which asks for 10 and forgives down to 9."""
    more = with_report(pack, "new_urban_jobs.2022", 2021, jobs)
    row = midterm_row(targets["plan14.new_urban_jobs.2025"], more, 2022)
    assert verdict(row) == said
    assert row.needed is not None
    assert row.needed.value == pytest.approx((25.0 - 7.9 - jobs) / 3)


@pytest.mark.parametrize(("value", "said"), [(17.2, "完成"), (16.9, "未完成"), (None, "暂缺数据")])
def test_once_the_year_is_over(pack: Pack, targets: dict[str, Target], value: float | None, said: str) -> None:
    more = pack if value is None else with_report(pack, "fdi.2020", 2025, value)
    only = replace(more, ledger=replace(more.ledger, facts=tuple(f for f in more.ledger.facts if f.id != "fdi.2021")))
    row = midterm_row(targets["plan14.fdi.2025"], only, 2025)
    assert (verdict(row), row.needed) == (said, None)


def test_the_run_prints_the_table_with_both_probabilities(done: Finished) -> None:
    midterm = done.document["midterm"]
    assert (midterm["as_of"], midterm["years"]) == (2023, [2021, 2022, 2023])
    assert [row["row"] for row in midterm["rows"]] == list(range(1, 26))
    after = {t["id"]: t["probability"] for t in done.document["targets"]}
    assert all(row["probability_after"] == after[row["reading"] or row["id"]] for row in midterm["rows"])
    page = midterm_table(done.document, "zh", 240)
    assert page.startswith("规划目标中期评估（数据截至2023年，时序进度60%）\n")
    head = "".join(page.splitlines()[2:4]).replace(" ", "")
    for word in ("序号", "指标", "单位", "属性", "2020年基数", "2025年目标", "2021年", "2023年", "完成进度", "评估结论",
                 "2025年预计", "责任单位", "备注（口径）"):  # fmt: skip
        assert word in head
    (trade,) = [line for line in page.splitlines() if "外贸进出口总额" in line]
    assert trade.split()[4:9] == ["2078", "≥3000", "1890*", "—", "—"]
    assert "40左右" in page
    assert not re.search("错误|矛盾|可疑|冲突", page)


def test_the_earlier_probability_is_that_of_a_run_as_of_the_base_year(
    done: Finished, tmp_path_factory: pytest.TempPathFactory
) -> None:
    base = project(tmp_path_factory.mktemp("base") / "run")
    assert base.document["midterm"] is None
    assert "midterm.csv" not in {p.name for p in base.folder.iterdir()}
    earlier = {t["id"]: t["probability"] for t in base.document["targets"]}
    rows = done.document["midterm"]["rows"]
    found = {row["reading"] or row["id"]: row["probability_before"] for row in rows}
    found |= {other["id"]: other["probability_before"] for row in rows for other in row["readings"]}
    assert len(found) == 26
    assert found == {id: earlier[id] for id in found}


def test_the_file_opens_in_a_spreadsheet(done: Finished) -> None:
    content = (done.folder / "midterm.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = {row["id"]: row for row in csv.DictReader(content.decode("utf-8-sig").splitlines())}
    fdi = rows["plan14.fdi.2025"]
    assert [fdi[name] for name in ("2021", "2022", "conclusion_text", "needed_kind")] == [
        "14.5",
        "",
        "快于预期",
        "growth",
    ]


def test_narrow_pages_keep_owners_and_remarks_below_the_table(done: Finished) -> None:
    page = midterm_table(done.document, "zh", 120)
    assert "  9 实际利用外资（亿美元）（预期性）：2022—2025年年均增长4.1%；区商务局；" in page


def test_needed_in_words() -> None:
    record = {"unit": "%"}

    def said(kind: str, value: float, lang: str = "zh") -> str:
        wanted = {"kind": kind, "value": value, "first": 2024, "last": 2025}
        return needed_text(wanted, record, lang).replace("\n", "")

    assert said("points", 4.0) == "2024—2025年年均提高4.0百分点"
    assert said("points", 0.04) == "2024—2025年年均提高0.04百分点"
    assert said("growth", -0.6) == "2024—2025年年均下降0.6%"  # never a growth of minus something
    assert said("average", 9.506) == "2024—2025年年均增速9.5%"
    assert said("reached", 0.0) == "保持现有水平"
    assert said("points", 4.0, "en") == "2024—2025:+4.0 points a year"


def test_a_page_in_english_has_the_table() -> None:
    code, out, _ = call("run", *FEW, "--as-of", "2022", "--lang", "en")
    assert code == 0
    assert "Mid-term evaluation (figures up to 2022, 40% of the time over)" in out
    assert out.startswith("Uses figures up to 2022;")


def test_a_finished_run_as_of_the_base_year_is_not_computed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    years: list[int] = []

    def counted(plan: Plan, *more: Any) -> Any:
        years.append(plan.known_until)
        return run(plan, *more)

    monkeypatch.setattr("sim.cli.run.document.results_folder", lambda: tmp_path)
    monkeypatch.setattr("sim.cli.run.document.run", counted)
    # Files of the program may be edited while tests run; the key of a folder must not change in between.
    monkeypatch.setattr("sim.output.store.model_hash", lambda: "fixed")
    for words in ((), ("--as-of", "2023"), ("--as-of", "2022", "--seed", "2")):
        assert call("run", *FEW, *words)[0] == 0
    assert years == [2020, 2023, 2022, 2020]


def test_a_figure_that_is_not_comparable_says_nothing_of_what_is_needed(pack: Pack, targets: dict[str, Target]) -> None:
    """From 37 % in 2020 to 42 % in 2025 are 1.0 points a year, not 42 − 40 over the two years after 2023."""
    wanted = midterm_row(targets["plan14.marine_share.2025"], pack, 2023).needed
    assert wanted is not None
    assert (wanted.kind, wanted.first, wanted.last) == ("points", 2021, 2025)
    assert wanted.value == pytest.approx(1.0)

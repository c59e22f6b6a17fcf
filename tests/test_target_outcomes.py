"""Targets whose year is over, against figures of a small ledger: every operator's verdict worked out by hand.

The figures are invented ones of invented indicators, added to a copy of the real packs.
"""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.facts.checks import COLUMNS
from sim.language import Text
from sim.region.pack import Pack
from sim.region.reading import read_pack
from sim.targets import Target, reported, reported_fact, status_of

CALIBRATION = Path(__file__).resolve().parents[1] / "calibration"
GRADES = ("official", "dataset", "press", "mirror", "memory")
SOURCE = "  {id}: {{title: 甲, publisher: 乙, date: 2023-01, address: null, grade: {grade}, note: null}}\n"

# id, value, unit, and what differs from a figure of the district, exact, actual, in an official report.
DISTRICT: list[tuple[str, str, str, dict[str, str]]] = [
    ("level.2020", "100", "亿元", {}),
    ("level.2021", "110", "亿元", {}),
    ("level.2022", "0.0120", "万亿元", {}),
    ("pace.2021", "8.1", "%", {}),
    ("pace.2022", "7.4", "%", {}),
    ("income_pace.2021", "7.9", "%", {}),
    ("flow.2021", "4", "万人", {}),
    ("flow.2022", "50000", "人", {}),
    ("flow.2024", "9", "万人", {}),
    ("energy.2021", "1.2", "%", {}),
    ("wide.2021", "50", "亿元", {"scope": "宽口径"}),
    ("both.2021", "50", "亿元", {"scope": "宽口径"}),
    ("both.2021.narrow", "40", "亿元", {"scope": "窄口径"}),
    ("plan.wide.2021", "45", "亿元", {"scope": "窄口径", "nature": "target", "indicator": "wide", "period": "2021"}),
    ("plan.both.2021", "45", "亿元", {"scope": "窄口径", "nature": "target", "indicator": "both", "period": "2021"}),
    ("plan.level.2021", "45", "亿元", {"nature": "target", "indicator": "level", "period": "2021"}),
    ("part.2021-9M", "80", "亿元", {}),
    ("many.2021.memory", "1", "亿元", {"document": "memory_report"}),
    ("many.2021.mirror", "2", "亿元", {"document": "mirror_report"}),
    ("many.2021.press", "3", "亿元", {"document": "press_report"}),
    ("many.2021.dataset", "4", "亿元", {"document": "dataset_report"}),
    ("many.2021.final", "5", "亿元", {"nature": "final"}),
    ("many.2021.preliminary", "6", "亿元", {"nature": "preliminary"}),
    ("chosen.2021", "10", "亿元", {}),
    ("chosen.2021.mirror", "20", "亿元", {"document": "mirror_report"}),
]
CITY = [
    ("level.2021", "0.0105", "万亿元"), ("pace.2021", "7.6", "%"), ("pace.2022", "7.4", "%"),
]  # fmt: skip


def line(id: str, value: str, unit: str, region: str, changes: dict[str, str]) -> list[str]:
    indicator, _, rest = id.partition(".")
    record = dict.fromkeys(COLUMNS, "") | {
        "id": id, "region": region, "indicator": indicator, "period": rest.partition(".")[0], "value": value,
        "unit": unit, "rounding": "exact", "nature": "actual", "document": "official_report", "quote": f"为{value}",
    } | changes  # fmt: skip
    return [record[name] for name in COLUMNS]


def append(path: Path, rows: list[list[str]]) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packs with the figures above."""
    folder = tmp_path_factory.mktemp("packs") / "calibration"
    shutil.copytree(CALIBRATION, folder)
    append(folder / "west_coast" / "facts.csv", [line(i, v, u, "west_coast", more) for i, v, u, more in DISTRICT])
    append(folder / "qingdao" / "facts.csv", [line(i, v, u, "qingdao", {}) for i, v, u in CITY])
    for region in ("west_coast", "qingdao"):
        with (folder / region / "sources.yaml").open("a", encoding="utf-8") as file:
            file.write("".join(SOURCE.format(id=f"{grade}_report", grade=grade) for grade in GRADES))
    with (folder / "west_coast" / "choices.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "  - {region: west_coast, indicator: chosen, period: '2021', use: chosen.2021.mirror,\n"
            "     others: [chosen.2021], reason: 试验用的选择, reason_en: a trial choice}\n"
        )
    return folder


@pytest.fixture(scope="module")
def pack(folder: Path) -> Pack:
    return read_pack(folder, "west_coast")


def target(operator: str | None, indicator: str = "level", year: int = 2021, **more: object) -> Target:
    unit = {"pace": "%", "income_pace": "%", "energy": "%", "flow": "万人"}.get(indicator, "亿元")
    return Target("t", indicator, year, operator, Text("目标", "target"), unit, **more)  # type: ignore[arg-type]


def verdict(pack: Pack, wanted: Target, as_of: int = 2023) -> tuple[float, str, tuple[str, ...]] | None:
    found = reported(wanted, pack, as_of)
    return None if found is None else (found.actual, found.outcome, found.facts)


L21, L20 = "level.2021", "level.2020"


@pytest.mark.parametrize(
    ("wanted", "outcome"),
    [
        # The level of 2021 is 110.
        (target(">=", value=110.0), "met"),
        (target(">=", value=110.1), "missed"),
        (target("<=", value=110.0), "met"),
        (target("<=", value=109.9), "missed"),
        (target("about", value=115.0, tolerance=5.0), "met"),  # at least 110
        (target("about", value=115.0, tolerance=4.9), "missed"),
        (target("about", value=90.0, tolerance=1.0), "met"),  # more than asked for is no miss
        (target("between", value=110.0, value_high=120.0), "met"),
        (target("between", value=100.0, value_high=110.0), "met"),
        (target("between", value=100.0, value_high=109.9), "missed"),
        (target("between", value=110.1, value_high=120.0), "missed"),
    ],
)
def test_a_level_against_a_number(pack: Pack, wanted: Target, outcome: str) -> None:
    assert verdict(pack, wanted) == (110.0, outcome, (L21,))


def test_a_figure_in_another_unit_is_converted(pack: Pack) -> None:
    """0.0120 万亿元 are 120 亿元."""
    assert verdict(pack, target(">=", year=2022, value=120.0)) == (120.0, "met", ("level.2022",))
    assert verdict(pack, target(">=", year=2022, value=120.1)) == (120.0, "missed", ("level.2022",))


@pytest.mark.parametrize(("rise", "outcome"), [(10.0, "met"), (10.5, "missed")])
def test_a_change_is_counted_from_its_base(pack: Pack, rise: float, outcome: str) -> None:
    assert verdict(pack, target("change", value=rise, base_fact=L20)) == (110.0, outcome, (L21, L20))


def test_a_change_without_a_base_cannot_be_told(pack: Pack) -> None:
    assert verdict(pack, target("change", value=10.0)) is None


@pytest.mark.parametrize(
    ("year", "margin", "outcome"),
    [
        (2021, None, "met"),  # 8.1 over 7.6
        (2021, 0.4, "met"),
        (2021, 0.5, "missed"),  # 8.1 is 7.6 + 0.5, and "above" asks for more
        (2021, 0.6, "missed"),
        (2022, None, "missed"),  # 7.4 and 7.4
    ],
)
def test_above_another_region(pack: Pack, year: int, margin: float | None, outcome: str) -> None:
    found = verdict(pack, target("above", "pace", year, benchmark="qingdao", margin=margin))
    assert found is not None
    assert found[1:] == (outcome, (f"pace.{year}", f"qingdao.pace.{year}"))


def test_equal_in_binary_or_not_is_not_above(pack: Pack) -> None:
    """0.8 against 0.7 + 0.1, which binary arithmetic makes 0.7999…"""
    facts = {"pace.2021": 0.8, "qingdao.pace.2021": 0.7}
    ledger = replace(pack.ledger, facts=tuple(replace(f, value=facts.get(f.id, f.value)) for f in pack.ledger.facts))
    wanted = target("above", "pace", benchmark="qingdao", margin=0.1)
    found = reported(wanted, replace(pack, ledger=ledger), 2023)
    assert found is not None
    assert found.outcome == "missed"


@pytest.mark.parametrize(("margin", "outcome"), [(4.0, "met"), (6.0, "missed")])
def test_above_a_figure_in_another_unit(pack: Pack, margin: float, outcome: str) -> None:
    """The city's 0.0105 万亿元 are 105 亿元: 110 is 5 above it."""
    found = verdict(pack, target("above", benchmark="qingdao", margin=margin))
    assert found == (110.0, outcome, (L21, "qingdao.level.2021"))


def test_above_a_region_without_a_figure_cannot_be_told(pack: Pack) -> None:
    assert verdict(pack, target("above", year=2022, benchmark="qingdao")) is None
    assert verdict(pack, target("above", benchmark="china")) is None
    assert verdict(pack, target("above", benchmark="jinan")) is None


@pytest.mark.parametrize(
    ("more", "outcome"),
    [({}, "missed"), ({"tolerance": 0.2}, "met"), ({"tolerance": 0.1}, "missed"), ({"margin": -0.2}, "met")],
)
def test_in_step_with_another_indicator(pack: Pack, more: dict[str, float], outcome: str) -> None:
    """Incomes grew by 7.9 and the economy by 8.1: equal within 0.2."""
    found = verdict(pack, target("in_step", "income_pace", benchmark="pace", **more))
    assert found == (7.9, outcome, ("income_pace.2021", "pace.2021"))


@pytest.mark.parametrize(("value", "outcome"), [(9.0, "met"), (9.1, "missed")])
def test_a_sum_over_years(pack: Pack, value: float, outcome: str) -> None:
    """4 万人 and 50000 人 are 9 万人."""
    found = verdict(pack, target("cumulative", "flow", 2022, first_year=2021, value=value))
    assert found == (9.0, outcome, ("flow.2021", "flow.2022"))


def test_a_sum_with_a_missing_year_cannot_be_told(pack: Pack) -> None:
    """2023 was never reported, so neither 13 of three known years nor 22 are the sum of 2021 to 2024."""
    assert verdict(pack, target("cumulative", "flow", 2024, first_year=2021, value=1.0), 2024) is None
    assert verdict(pack, target("cumulative", "flow", 2024, value=9.0), 2024) == (9.0, "met", ("flow.2024",))


@pytest.mark.parametrize("operator", ["assigned", "direction", None])
def test_what_has_no_number_has_no_verdict(pack: Pack, operator: str | None) -> None:
    assert verdict(pack, target(operator, "energy")) is None


@pytest.mark.parametrize("operator", [">=", "<=", "about", "between", "change", "above", "in_step", "cumulative"])
def test_a_year_that_is_not_over_has_no_verdict(pack: Pack, operator: str) -> None:
    wanted = target(operator, value=1.0, value_high=2.0, base_fact=L20, benchmark="qingdao", first_year=2021)
    assert verdict(pack, wanted, 2020) is None


def test_a_figure_of_nine_months_is_none_of_the_year(pack: Pack) -> None:
    assert verdict(pack, target(">=", "part", value=1.0)) is None


def test_another_scope_is_not_comparable(pack: Pack) -> None:
    """The target is in the narrow scope, the only figure in the wide one: no verdict, whatever the numbers."""
    found = reported(target(">=", "wide", value=45.0, fact="plan.wide.2021"), pack, 2023)
    assert found is not None
    assert (found.actual, found.outcome, found.facts) == (50.0, "not_comparable", ("wide.2021",))
    assert found.reason is not None
    assert "窄口径" in found.reason.zh
    assert "宽口径" in found.reason.zh


def test_of_two_scopes_that_of_the_target_counts(pack: Pack) -> None:
    found = verdict(pack, target(">=", "both", value=45.0, fact="plan.both.2021"))
    assert found == (40.0, "missed", ("both.2021.narrow",))


def test_a_target_without_a_scope_takes_any(pack: Pack) -> None:
    assert verdict(pack, target(">=", fact="plan.level.2021", value=45.0)) == (110.0, "met", (L21,))


def test_the_recorded_choice_wins(pack: Pack) -> None:
    """20 of a mirror is chosen over the official 10."""
    assert verdict(pack, target(">=", "chosen", value=15.0)) == (20.0, "met", ("chosen.2021.mirror",))


def test_without_a_choice_the_best_publication_and_its_first_release(pack: Pack) -> None:
    """Official before dataset, press, mirror and memory; of two official figures the one published first."""
    order = ["preliminary", "final", "dataset", "press", "mirror", "memory"]
    values = [6.0, 5.0, 4.0, 3.0, 2.0, 1.0]
    for place, (name, value) in enumerate(zip(order, values, strict=True)):
        gone = {f"many.2021.{other}" for other in order[:place]}
        facts = tuple(fact for fact in pack.ledger.facts if fact.id not in gone)
        found = reported_fact(replace(pack, ledger=replace(pack.ledger, facts=facts)), "many", 2021)
        assert found is not None
        assert (found.id, found.value) == (f"many.2021.{name}", value)


def test_a_figure_of_the_city_is_not_the_districts(pack: Pack) -> None:
    facts = tuple(fact for fact in pack.ledger.facts if fact.id != L21)
    without = replace(pack, ledger=replace(pack.ledger, facts=facts))
    assert reported(target(">=", value=1.0), without, 2023) is None


def test_a_target_of_the_base_year_is_reported_and_one_without_a_figure_says_so(pack: Pack) -> None:
    assert status_of(target(">=", year=2020, value=100.0), 2035, pack) == ("reported", None)
    status, why = status_of(target(">=", "flow", 2020, value=100.0), 2035, pack)
    assert (status, why is not None and "2020" in why.zh) == ("no_baseline", True)


def test_a_choice_of_what_is_not_in_the_ledger_is_refused(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "calibration")
    path = tmp_path / "calibration" / "west_coast" / "choices.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("use: chosen.2021.mirror", "use: chosen.2021.miror"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_pack(tmp_path / "calibration", "west_coast")
    (problem,) = caught.value.problems
    assert problem.line == text[: text.index("use: chosen.2021.mirror")].count("\n") + 1
    assert "您是否想写“chosen.2021.mirror”" in problem.show("zh")

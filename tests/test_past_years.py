"""What a scenario says of years with figures: `run`, `compare` and `sweep` name it, and it changes nothing in them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from sim.cli.inputs import load_scenarios, plan_of, warnings_of
from sim.cli.past import CARRIED, past_warnings
from sim.experiment.run import run
from sim.language import Text
from sim.randomness import Array
from sim.region.pack import Pack
from sim.scenario.parts import Scenario
from tests.running import call

HEAD = "name: small\nlabel: 小\nlabel_en: Small\nhorizon: 2026\n"


def scenario(folder: Path, pack: Pack, text: str) -> Scenario:
    path = folder / "small.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return load_scenarios(pack, [str(path)], None)[0]


def said(folder: Path, pack: Pack, text: str, as_of: int = 2023) -> list[Text]:
    return past_warnings(pack, scenario(folder, pack, text), as_of)


def test_levers_and_world_paths_of_known_years_are_named_with_the_years(district: Pack, tmp_path: Path) -> None:
    text = "levers: {net_migration: {2022: 2, 2025: 3}}\nworld: {world_trade: {2023: 1, 2024: 2}}\n"
    (found,) = said(tmp_path, district, text)
    assert found.zh.startswith(
        "情景“小”为2022—2023年写的杠杆“人口与人才净迁入”、外部假设“世界贸易”不起作用：这些年份已有公布数"
    )
    assert found.en.startswith('what scenario "Small" says for 2022–2023 of lever "')
    assert found.en.endswith("changes nothing: those years have figures")


@pytest.mark.parametrize(
    "text",
    [
        "levers: {net_migration: {2024: 2}}\n",  # after the last known year
        "levers: {net_migration: {2021: 0, 2023: 0, 2024: 2}}\n",  # nothing was written for them
        "levers: {rail_delay: 1}\n",  # only its last year counts
        "world: {world_trade: {2024: 2}}\n",
    ],
)
def test_what_is_written_for_later_years_is_not_named(district: Pack, tmp_path: Path, text: str) -> None:
    assert said(tmp_path, district, text) == []


def test_nothing_is_said_as_of_the_base_year(district: Pack, tmp_path: Path) -> None:
    text = "levers: {net_migration: 2}\nworld: {world_trade: 1}\n"
    assert said(tmp_path, district, text, as_of=2020) == []
    assert len(said(tmp_path, district, text, as_of=2021)) == 1


def test_a_project_begun_is_named_and_one_to_come_is_not(district: Pack, tmp_path: Path) -> None:
    def project(id: str, start: int) -> str:
        return (
            f"  - {{id: {id}, label: 项目{id}, cell: manufacturing_other, capex: 100, start: {start}, "
            f"commissioning: {start + 2}, value_added: 20, probability: 0.9, delay: [1.0], additional: 0.5}}\n"
        )

    (found,) = said(tmp_path, district, "projects:\n" + project("a", 2022) + project("b", 2024))
    assert "为2022—2023年写的项目“项目a”（这些年份的投资和产出）不起作用" in found.zh
    assert "项目b" not in found.zh


def test_stress_as_of_2023_names_what_is_over(district: Pack) -> None:
    """Of stress: foreign capital, national growth and rare events act later; all else of 2021-2023 does not."""
    (stress,) = load_scenarios(district, ["stress"], None)
    gone, carried, seen = warnings_of(district, stress, 2023)
    assert seen.zh.startswith("外推：外部假设“全国经济增速”")
    assert "为2021—2023年写的" in gone.zh
    for kind, count in (("杠杆“", 1), ("外部假设“", 2), ("事件“疫情式冲击”", 1)):
        assert gone.zh.count(kind) == count
    assert "不起作用：这些年份已有公布数" in gone.zh
    assert (carried.zh.count("杠杆“"), carried.zh.count("外部假设“")) == (1, 2)
    assert "只经由滞后和趋势影响以后各年" in carried.zh
    assert [warning.zh[:2] for warning in warnings_of(district, stress, 2020)] == ["外推"]


def means(pack: Pack, found: Scenario) -> Array:
    plan = plan_of(pack, (found,), seed=1, draws=40, chunk=None, workers=1, as_of=2023)
    return run(plan)[0][0].means


def event(kind: str, year: int) -> str:
    return f"events:\n  - {{id: e, label: 事件, kind: {kind}, year: {year}, size: [-6, -5], duration: 1}}\n"


@pytest.mark.parametrize(
    ("kind", "year", "acts"),
    [("demand", 2023, False), ("investment", 2022, False), ("investment", 2023, True), ("world_trade", 2023, True)],
)
def test_an_event_of_known_years_may_still_be_left_behind(
    district: Pack, tmp_path: Path, kind: str, year: int, acts: bool
) -> None:
    (found,) = said(tmp_path, district, event(kind, year))
    assert ("只经由滞后和趋势" in found.zh) == acts
    with_event = means(district, scenario(tmp_path, district, event(kind, year)))
    same = np.allclose(with_event, means(district, scenario(tmp_path, district, "")), rtol=1e-9, equal_nan=True)
    assert same == (not acts)


@pytest.mark.parametrize(
    ("section", "name"),
    [("levers", "investment_growth"), ("levers", "fdi_growth"), ("world", "world_trade"), ("world", "national_growth")],
)
def test_what_is_said_to_change_nothing_changes_nothing(
    district: Pack, tmp_path: Path, section: str, name: str
) -> None:
    """Paths that differ up to 2023 only: the same numbers, but for those said to act on later years."""
    made = [
        means(district, scenario(tmp_path, district, f"{section}: {{{name}: {{2021: {v}, 2023: {v}, 2024: 4}}}}\n"))
        for v in (3, 6)
    ]
    assert np.array_equal(made[0], made[1], equal_nan=True) == (name not in CARRIED)


def test_run_compare_and_sweep_say_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = ("--draws", "40", "--horizon", "2026", "--as-of", "2023")
    words = "不起作用：这些年份已有公布数"
    code, page, _ = call("run", "stress", *few, "--no-figures", "--out", str(tmp_path / "r"))
    assert (code, page.count(words)) == (0, 1)
    code, page, _ = call("compare", "baseline", "stress", *few, "--no-figures", "--out", str(tmp_path / "c"), "--json")
    assert code == 0
    assert [words in text for text in json.loads(page)["warnings"]].count(True) == 1
    spec = tmp_path / "s.yaml"
    spec.write_text(
        "name: s\nlabel: 小\nscenario: stress\ntargets: [plan14.gdp_growth.2025]\n"
        "axes: {investment_growth: {values: [0]}}\n",
        encoding="utf-8",
    )
    code, page, _ = call("sweep", str(spec), *few, "--out", str(tmp_path / "s"), "--json")
    assert code == 0
    assert words in json.loads(page)["warnings"][0]

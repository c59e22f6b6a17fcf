"""Slips of planners who write their first scenario: one message each, at its place, with what to write instead."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.cli.inputs import load_pack
from sim.cli.scenario.doubts import doubts
from sim.errors import InputError
from sim.language import Text
from sim.lever_effects.steps import held, nothing
from sim.region.pack import Pack
from sim.scenario.fields import TargetRules
from sim.scenario.parts import Event, Project, ScenarioTarget
from sim.targets.rules import target_rules
from tests.scenario_files import enter_project, load, scenario, write

PROJECT = "projects:\n- {{id: p, cell: fishery, capex: {}, start: 2022, commissioning: 2024, value_added: 1}}"
EVENT = "events:\n- {{id: e, kind: {}, year: 2022, size: -3}}"
TARGET = "targets:\n- {{id: t, indicator: marine_share, year: 2025, {}}}"
YEARS = tuple(range(2021, 2036))


@pytest.fixture(autouse=True)
def in_a_project_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    enter_project(tmp_path, monkeypatch)


@pytest.fixture(scope="module")
def district() -> Pack:
    return load_pack("west_coast")


@pytest.mark.parametrize(
    ("text", "place", "zh", "en"),
    [
        ("levers:\n  doctors: 2万", "2:12: levers.doctors", "单位为人/年，请写 20000", "write 20000"),
        ("levers:\n  new_jobs: 20000人", "2:13: levers.new_jobs", "单位为万人/年，请写 2）", "write 2)"),
        ("levers:\n  new_jobs: [1, 2万]", "2:17: levers.new_jobs[1]", "不写单位：2）", "without a unit: 2)"),
        ("levers:\n  net_migration: 3亿美元", "2:18: levers.net_migration", "请换算成万人，只写数值", "convert it"),
        (PROJECT.format("5000万元"), "2:33: projects[0].capex", "单位为亿元，请写 0.5", "write 0.5"),
        (PROJECT.format("60亿"), "2:33: projects[0].capex", "不写单位：60", "without a unit: 60"),
        (PROJECT.format(500000), "2:33: projects[0].capex", "若指万元，请写 50", "10,000 yuan, write 50"),
        (TARGET.format("operator: '>=', value: 4万"), "2:71: targets[0].value", "换算成规定的单位", "convert it"),
        ("levers:\n  doctors: “2”", "2:12: levers.doctors", "请去掉引号：2", "leave out the quotes: 2"),
        ("levers:\n  doctors: –5", "2:12: levers.doctors", "请改为半角：-5", "write -5"),
        ("levers:\n  doctors: 2 ＃ 说明", "2:12: levers.doctors", "# 应为半角，前面有空格：2 # 说明", "2 # 说明"),
        ("＃ 说明\nlevers: {doctors: 2}", "1:1", "注释以半角的 # 开头", "half-width #"),
        ("levers:\n  doctors: ｛2022: 1｝", "2:12", "全角的括号，请改为半角", "a full-width bracket"),
        ("levers:\n  doctors: {2022.5: 1}", "2:13: levers.doctors", "年份写整数，如 2022", "such as 2022"),
        ("levers:\n  doctors: {steps: {}}", "2:20: levers.doctors.steps", "现为空的 {}", "got an empty {}"),
        ("levers.doctors: 2", "1:1: levers.doctors", "请写成两行：levers: 下一行缩进两格写 doctors: 值", "two lines"),
        ("question: ''\nname: ''", "2:7: name", "至少要有 1 个字，现为文字“”", 'got text ""'),
        (EVENT.format("世界贸易"), "2:17: events[0].kind", "您是否想写“world_trade”？", 'mean "world_trade"'),
        (EVENT.format("疫情"), "2:17: events[0].kind", "world_trade（世界贸易）、demand（本地需求）", "available"),
        (
            TARGET.format("operator: '>=', value: 42, value_high: 45"), "2:87: targets[0].value_high",
            "不起作用：请删去，或把 operator 改为 between", "has no effect",
        ),
        (
            TARGET.format("operator: about, value: 42, margin: 1"), "2:84: targets[0].margin",
            "改为 above 或 in_step", "make operator above or in_step",
        ),
    ],
)  # fmt: skip
def test_one_message_at_its_place_that_says_what_to_write(text: str, place: str, zh: str, en: str) -> None:
    with pytest.raises(InputError) as caught:
        scenario(text)
    (told,) = caught.value.problems
    assert told.show("zh").startswith(f"scenarios/test.yaml:{place}: ")
    assert zh in told.show("zh")
    assert en in told.show("en")


def test_targets_no_region_could_have_are_told_of_with_the_other_mistakes(district: Pack) -> None:
    """42 % written as 0.42, a region that is none, an indicator that is none, and a lever: four mistakes at once."""
    text = (
        "levers: {docters: 1}\ntargets:\n"
        "- {id: a, indicator: marine_share, year: 2025, operator: '>=', value: 0.42}\n"
        "- {id: b, indicator: marine_share, year: 2025, operator: above, benchmark: qingdoa}\n"
        "- {id: c, indicator: marine_share, year: 2025, operator: in_step, benchmark: gdp_grwth}\n"
    )
    write("scenarios/test.yaml", text)
    with pytest.raises(InputError) as caught:
        load("test", rules=target_rules(district))
    shown = [problem.show("zh").removeprefix("scenarios/test.yaml:") for problem in caught.value.problems]
    assert [one.split(": ")[0] for one in shown] == ["1:10", "3:71", "4:76", "5:78"]
    assert "若指 42%，请写 42" in shown[1]
    assert "您是否想写“qingdao”？" in shown[2]
    assert "您是否想写“gdp_growth”？" in shown[3]


def test_a_region_without_rules_takes_any_number() -> None:
    write("scenarios/test.yaml", TARGET.format("operator: '>=', value: 0.42"))
    assert load("test", rules=TargetRules()).targets[0].value == 0.42


def project(capex: float, value_added: float) -> Project:
    return Project("p", Text("厂", "plant"), "fishery", capex, 2022, 2024, value_added, 1.0, (1.0,), 1.0)


def event(size: float) -> Event:
    return Event("e", Text("事", "event"), "demand", 2023, None, size, size, 1)


def target(id_: str) -> ScenarioTarget:
    return ScenarioTarget(id_, "gdp_growth", 2025, ">=", 6.0, None, None, None, None, Text(id_, id_), None)


@pytest.mark.parametrize(
    ("lever", "value", "told"),
    [
        ("investment_growth", 0.05, ["“固定资产投资增长”的单位是百分点，各值都不超过0.05：若指5百分点，应写 5"]),
        ("investment_growth", -0.3, ["“固定资产投资增长”的单位是百分点，各值都不超过0.3：若指30百分点，应写 30"]),
        ("investment_growth", 0.31, []),  # 31 points are not allowed, so 0.31 stands for nothing else
        ("rare_event_probability", 0.05, ["“罕见冲击概率”的单位是%，各值都不超过0.05：若指5%，应写 5"]),
        ("services_productivity", 0.1, []),
        ("new_jobs", 0.01, []),  # not in percent
        ("investment_growth", 0.0, []),
    ],
)
def test_a_fraction_for_a_percentage_is_asked_about(district: Pack, lever: str, value: float, told: list[str]) -> None:
    assert [text.zh for text in doubts(district, held(lever, [value] * 15, YEARS))] == told


def test_sizes_and_projects_that_look_wrong_are_asked_about(district: Pack) -> None:
    empty = nothing(2035)

    def told(**parts: object) -> list[str]:
        return [text.zh for text in doubts(district, replace(empty, **parts))]  # type: ignore[arg-type]

    assert told(events=(event(-0.05),)) == ["事件“事”的幅度是百分数，都小于1%：若指5%，应写 5，不写 0.05"]
    assert told(events=(event(-5.0), event(0.0))) == []
    assert told(projects=(project(5, 5000),)) == ["项目“厂”每年的增加值（5000亿元）多于总投资（5亿元），请核对单位"]
    assert told(projects=(project(10, 0),)) == ["项目“厂”的增加值为 0，投产后不增加产出，只计投资"]
    assert told(projects=(project(10, 3), project(0, 0))) == []
    assert told(targets=(target("plan14.gdp_growht.2025"),)) == [
        "目标“plan14.gdp_growht.2025”是另加的；若要替换规划目标，编号应为 plan14.gdp_growth.2025"
    ]
    assert told(targets=(target("plan14.gdp_growth.2025"), target("own.speed"))) == []

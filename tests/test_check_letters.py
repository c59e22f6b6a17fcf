"""Letters of `check`: what is asked of whom, in which columns, and that filled ones are not overwritten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.cli.check.letters import letters, write_letters
from sim.cli.check.questions import of_conflict
from sim.errors import InputError
from sim.language import Text
from sim.reconcile import Conflict, Labels
from sim.targets import Target
from tests.preflight_cases import fact, findings, goal, pack

LABELS = Labels({"plan": "区规划"}, {"here": Text("某区", "here")}, {"gdp": Text("地区生产总值", "GDP")})


def needs(goals: list[tuple[Target, Any]], facts: list[Any] | None = None) -> list[str]:
    """Rows of the list of data needed; none where there is no such list."""
    rows = [*(facts or []), *(row for _, row in goals)]
    found = findings(goals, facts or [], "city")
    text = letters(pack(rows, "city"), [target for target, _ in goals], found, ()).get("数据需求清单-某区.md", "")
    return [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| 序号")]


def test_a_letter_that_was_filled_in_is_not_overwritten(tmp_path: Path) -> None:
    texts = {"甲.md": "问\n", "乙.md": "问\n"}
    assert len(write_letters(tmp_path, texts)) == 2
    write_letters(tmp_path, texts)  # the same text once more harms nobody
    (tmp_path / "甲.md").write_text("问\n答\n", encoding="utf-8")
    (tmp_path / "乙.md").unlink()
    with pytest.raises(InputError) as caught:
        write_letters(tmp_path, texts)
    assert [problem.file for problem in caught.value.problems] == [(tmp_path / "甲.md").as_posix()]
    assert "可能已有人填写" in str(caught.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["甲.md"]
    assert (tmp_path / "甲.md").read_text(encoding="utf-8") == "问\n答\n"
    write_letters(tmp_path, texts, force=True)
    assert (tmp_path / "甲.md").read_text(encoding="utf-8") == "问\n"


def test_two_sides_of_a_conflict_without_what_the_columns_say() -> None:
    rows = [fact("gdp.2020", 10, "亿元"), fact("gdp.2020.b", 12, "亿元"), fact("gdp.2019-H1", 4, "亿元"),
            fact("gdp.2020-Q1", 2, "亿元")]  # fmt: skip
    cited = [LABELS.cite(row).zh for row in rows[:3]]
    message = Text(f"{cited[1]}。{cited[0]}；{cited[2]}；另有1个数。两者不一致。", "")
    conflict = Conflict("reports", tuple(row.id for row in rows), None, (), message, None, None)
    found = of_conflict(conflict, {row.id: row for row in rows}, LABELS)
    assert [row.id for row in found.first] == ["gdp.2020.b"]
    assert [row.id for row in found.second] == ["gdp.2020", "gdp.2019-H1", "gdp.2020-Q1"]
    assert found.subject == "地区生产总值"
    assert found.text == "两者不一致。请确认：以哪一个数为准，各数的口径分别是什么？"
    text = letters(pack(rows), [], (), [conflict], LABELS)["数据核实单-某区-统计部门.md"]
    for part in ("2019年上半年：4亿元", "2020年一季度：2亿元"):
        assert part in text
    assert "gdp" not in text


def test_a_target_of_the_nation_is_not_sent_to_departments() -> None:
    years = goal("draft.schooling_years.2030", 11.7, "年", base=13.0, base_fact="schooling_years.2020",
                 fact_region="china", owners=("教体局",))  # fmt: skip
    facts = [fact("schooling_years.2020", 13, "年")]
    found = findings([years], facts)
    assert [f.finding for f in found] == ["vacuous"]
    assert "2030年上级目标（全国）“11.7”" in found[0].message.zh
    assert found[0].message.zh.endswith("上级目标不是本区目标值。")
    assert "教体局" not in found[0].message.zh
    assert letters(pack([*facts, years[1]]), [years[0]], found, ()) == {}


def test_only_values_that_somebody_sets_are_asked_for() -> None:
    assigned = goal("plan.forest_cover.2030", None, operator="assigned", target_text="完成上级下达")
    proposed = goal("draft.pm25.2030", None, "微克/立方米", operator="assigned", target_text="（候选，未定值）")
    kept = goal("draft.fdi.2030", None, "亿美元", operator="assigned", target_text="（沿用，未定值）")
    above = goal("draft.trade_total.2030", None, "亿元", operator="assigned", target_text="提高", fact_region="china")
    goals = [assigned, proposed, kept, above]
    facts = [fact("forest_cover.2020", 23), fact("pm25.2020", 30, "微克/立方米"), fact("fdi.2020", 13, "亿美元"),
             fact("trade_total.2020", 2078, "亿元")]  # fmt: skip
    words = {f.id: f.message.zh for f in findings(goals, facts) if f.finding == "unquantified"}
    assert "由上级下达，原文未列数值" in words["plan.forest_cover.2030"]
    assert "候选指标，未定值" in words["draft.pm25.2030"]
    assert "候选指标，未定值" in words["draft.fdi.2030"]
    assert "上级目标未列数值" in words["draft.trade_total.2030"]
    (row,) = needs(goals, facts)
    assert "“完成上级下达”" in row


def test_one_row_for_an_indicator_and_none_for_growth() -> None:
    first = goal("plan.digital_share.2025", 10)
    again = goal("draft.digital_share.2030", None, operator="assigned", target_text="（候选，未定值）", base_text="-",
                 owners=("乙局",))  # fmt: skip
    growth = goal("plan.retail_sales_growth.2025", 10)
    rows = needs([first, again, growth], [fact("digital_share.2023", 8, region="city")])
    assert len(rows) == 1
    assert "2025年目标“10”" in rows[0]
    assert "甲局、乙局" in rows[0]
    assert "2023年8%" not in rows[0]  # another region's figure of another year is of no use

"""Contributions to growth as printed and as written: the bureau's sentence, the tables, the file, the document."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.growth_accounting.contributions import Contributions, difference_of
from sim.output.contributions import HEADER, contribution_records, difference_records
from sim.output.contributions_table import contribution_table, contribution_years, difference_table
from tests.running import CELLS, Finished, call, project

CELL_RECORDS = [
    {"id": "factories", "label": "工厂", "label_en": "Factories", "industry": "secondary"},
    {"id": "services", "label": "服务", "label_en": "Services", "industry": "tertiary"},
]
ZERO = np.zeros((1, 5, 8))


def contributions(scale: float = 1.0) -> Contributions:
    """Growth of 6 %: factories 2.1 by capital, services 2.9 by productivity and 1.0 by demand; prices add 1.5."""
    real = ZERO.copy()
    for member, parts in ((0, {2: 2.1}), (1, {0: 2.9, 5: 1.0})):
        for channel, points in parts.items():
            for row in (member, member + 2, 4):
                real[0, row, channel] += scale * points
                real[0, row, 7] += scale * points
    nominal = np.insert(real, 7, 0.0, axis=2)
    for row in (1, 3, 4):
        nominal[0, row, 7] += scale * 1.5
        nominal[0, row, 8] += scale * 1.5
    spread = {"real": np.abs(real) / 10.0, "nominal": np.abs(nominal) / 10.0}
    return Contributions(
        (2025,), ("factories", "services"), ("secondary", "tertiary"), {"real": real, "nominal": nominal}, spread
    )


def document(found: Contributions | None) -> dict[str, Any]:
    return {
        "base_year": 2020,
        "as_of": 2020,
        "horizon": 2025,
        "contributions": contribution_records(found),
        "contribution_cells": CELL_RECORDS,
    }


def test_a_year_is_told_in_the_words_of_the_bureau() -> None:
    text = contribution_table(document(contributions()), "zh")
    assert (
        "2025年地区生产总值增长6.0%：第二产业拉动2.1个百分点，贡献率35%；第三产业拉动3.9个百分点，贡献率65%。"
        "现价增长7.5%，其中价格拉动1.5个百分点。"
    ) in text.split("\n")
    rows = [line.split() for line in text.split("\n")]
    assert ["第三产业", "3.9", "65"] in rows
    assert ["工厂", "2.1", "35"] in rows
    assert ["生产率", "2.9", "48"] in rows
    assert ["资本", "2.1", "35"] in rows
    assert ["需求", "1.0", "17"] in rows
    assert not [row for row in rows if row[:1] in (["项目"], ["劳动"])]  # nothing moved there


def test_a_year_is_told_in_english() -> None:
    text = contribution_table(document(contributions()), "en")
    assert (
        "GDP grows by 6.0 % in 2025: secondary industry 2.1 points (35 % of growth); tertiary industry 3.9 points "
        "(65 % of growth). At current prices by 7.5 %, of which prices 1.5 points."
    ) in text.split("\n")
    assert ["Factories", "2.1", "35"] in [line.split() for line in text.split("\n")]
    assert not any("\u4e00" <= character <= "\u9fff" for character in text)


def test_no_share_of_next_to_no_growth() -> None:
    """A growth of 0.48 %: shares would be parts of nearly nothing."""
    text = contribution_table(document(contributions(0.08)), "zh")
    assert "2025年地区生产总值增长0.5%：第二产业拉动0.2个百分点；第三产业拉动0.3个百分点。" in text
    assert "增速绝对值不足0.5%的年份不列贡献率" in text
    assert {r["share"] for r in contribution_records(contributions(0.08)) if r["account"] == "real"} == {None}
    assert "不列贡献率" not in contribution_table(document(contributions(0.09)), "zh")


def test_without_contributions_nothing_is_printed() -> None:
    assert contribution_table(document(None), "zh") == ""


def test_prices_that_never_move_add_nothing() -> None:
    found = document(contributions())
    found["contributions"] = [r for r in found["contributions"] if r["channel"] != "prices"]
    assert "其中价格拉动0.0个百分点。" in contribution_table(found, "zh")


@pytest.mark.parametrize(
    ("as_of", "horizon", "years"),
    [
        (2020, 2035, [2025, 2030, 2035]),
        (2025, 2035, [2030, 2035]),
        (2020, 2024, [2021, 2022, 2023]),
        (2023, 2024, [2024]),
    ],
)
def test_years_printed_are_milestones_ahead_or_the_first_years(as_of: int, horizon: int, years: list[int]) -> None:
    assert contribution_years({"base_year": 2020, "as_of": as_of, "horizon": horizon}) == years


def test_a_difference_is_told_by_cell_and_channel() -> None:
    """The second scenario has half as much growth more, everywhere."""
    records = difference_records(difference_of(contributions(), contributions(1.5)))
    text = difference_table(records, CELL_RECORDS, 2025, "制造强区", "zh")
    rows = [line.split() for line in text.split("\n")]
    assert rows[0] == ["制造强区：2025年增速之差的来源（百分点，不变价）"]
    assert ["产业和部门", "生产率", "资本", "需求", "合计"] in rows
    assert ["工厂", "0.00", "1.05", "0.00", "1.05"] in rows
    assert ["地区生产总值", "1.45", "1.05", "0.50", "3.00"] in rows
    same = difference_table(
        difference_records(difference_of(contributions(), contributions())), CELL_RECORDS, 2025, "乙", "zh"
    )
    assert same == "乙：2025年增速之差的来源（百分点，不变价）：没有差别"


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    return project(tmp_path_factory.mktemp("contributions") / "r", "stress")


def test_records_of_a_run_sum_to_its_growth(finished: Finished) -> None:
    growth = {r["year"]: r["mean"] for r in finished.document["indicators"] if r["indicator"] == "gdp_growth"}
    records = [r for r in finished.document["contributions"] if r["account"] == "real"]
    assert {r["year"] for r in records} == set(range(2021, 2036))
    assert {r["member"] for r in records if r["kind"] == "cell"} == set(CELLS)
    for year in range(2021, 2036):
        points = [r["points"] for r in records if r["year"] == year and r["kind"] == "cell" and r["channel"] != "total"]
        assert sum(points) == pytest.approx(growth[year], abs=1e-9)


def test_the_file_holds_the_records_of_the_document(finished: Finished) -> None:
    text = (finished.folder / "contributions.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    records = finished.document["contributions"]
    assert list(rows[0]) == list(HEADER)
    assert len(rows) == len(records) > 1000
    for row, record in zip(rows, records, strict=True):
        assert (row["region"], row["scenario"]) == ("west_coast", "stress")
        assert (row["member"], row["channel"], int(row["year"])) == (
            record["member"],
            record["channel"],
            record["year"],
        )
        assert float(row["points"]) == record["points"]
        assert row["share"] == ("" if record["share"] is None else repr(record["share"]))
    fishery = next(row for row in rows if row["member"] == "fishery")
    assert (fishery["label"], fishery["label_en"]) == ("渔业", "Fishery")


def test_cells_of_a_city_carry_the_name_of_their_part(tmp_path: Path) -> None:
    found = project(tmp_path / "r", "--region", "qingdao", "--horizon", "2022")
    labels = {cell["id"]: cell["label"] for cell in found.document["contribution_cells"]}
    assert labels["services_marine"] == "涉海服务业（其余地区）"
    assert labels["west_coast.fishery"] == "青岛西海岸新区·渔业"
    assert len(set(labels.values())) == len(labels)


@pytest.mark.parametrize(("lang", "words"), [("zh", "个百分点，贡献率"), ("en", " % of growth)")])
def test_a_run_prints_where_growth_comes_from(tmp_path: Path, lang: str, words: str) -> None:
    code, out, err = call("run", "--draws", "50", "--no-figures", "--lang", lang, "--out", str(tmp_path / "r"))
    assert (code, err) == (0, "")
    assert out.count(words) >= 3
    assert "contributions.csv" in out

"""The mid-term tables by target year, and the year of every row of the file."""

from __future__ import annotations

import csv

import pytest

from sim.output.midterm_table import midterm_table
from tests.running import Finished, project


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """The baseline as of 2023."""
    return project(tmp_path_factory.mktemp("run") / "later", "--as-of", "2023")


def test_each_target_year_has_a_table_with_its_own_header(done: Finished) -> None:
    """Of the plan's rows two asked for 2035: 3 of 15 years are over, not 3 of 5."""
    document = dict(done.document)
    rows = [{**row, "year": 2035 if row["row"] in (1, 4) else row["year"]} for row in document["midterm"]["rows"]]
    document["midterm"] = {**document["midterm"], "rows": rows}
    page = midterm_table(document, "zh", 240)
    first, second = page.split("规划目标中期评估：")[1:]
    assert first.startswith("2025年目标（数据截至2023年，时序进度60%）")
    assert second.startswith("2035年目标（数据截至2023年，时序进度20%）")
    marine = next(row["label"] for row in rows if row["row"] == 4)[:6]
    assert (marine in first, marine in second) == (False, True)
    heads = ["".join(part.splitlines()[2:4]).replace(" ", "") for part in (first, second)]
    assert ["2025年预计" in head for head in heads] == [True, False]
    assert ["2035年预计" in head for head in heads] == [False, True]
    assert all("达到目标每年需要" in head for head in heads)
    assert "今后" not in page
    assert page.count("注：完成进度") == 1
    english = midterm_table(document, "en", 240)
    assert "Mid-term evaluation, targets of 2035 (figures up to 2023, 20% of the time over)" in english


def test_every_row_of_the_file_has_its_year(done: Finished) -> None:
    content = (done.folder / "midterm.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(content.splitlines()))
    assert len(rows) == 26
    assert {row["id"]: row["year"] for row in rows} == {
        r["id"]: str(r["year"]) for r in done.document["midterm"]["rows"]
    }
    assert all(row["year"] for row in rows)

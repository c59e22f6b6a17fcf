"""The second opinion: the committed record, which line a target falls on, and how it is shown beside a probability."""

from __future__ import annotations

import math
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.hindcast.second_opinion import write_met
from sim.output.second_opinion import opinion_record, opinion_text
from sim.region.pack import Pack
from sim.resources import data_path
from sim.second_opinion import read_met, second_opinion
from sim.second_opinion.table import COLUMNS, MET_FILE, MetTable, ShareMet, met_csv
from sim.targets import Target, read_targets
from tests.panel_cases import TARGETS, needs_provinces

HEAD = ",".join(COLUMNS)
LINE = "2014,0,1,0.4,0.5,0.45,0.1,39,8.2,16,2001,2014"


def committed() -> Path:
    return data_path("calibration", *MET_FILE)


def target_of(pack: Pack, id: str) -> Target:
    return next(t for t in read_targets(pack) if t.id == id)


def written(folder: Path, *lines: str) -> Path:
    path = folder / "targets_met.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as error:
        read_met(path)
    return str(error.value)


# The committed record


@needs_provinces
def test_the_committed_record_is_what_the_file_of_targets_gives(tmp_path: Path) -> None:
    path = tmp_path / "made.csv"
    write_met(TARGETS, path)
    assert path.read_bytes() == committed().read_bytes()


def test_the_record_has_two_cut_offs_and_shares_that_fall_with_the_distance() -> None:
    tables = read_met(committed())
    assert [(t.cut_off, t.first_year, t.last_year) for t in tables] == [(2009, 2001, 2009), (2014, 2001, 2014)]
    # 187 targets in the file up to 2014, 13 in each of the first nine years.
    assert [sum(line.cases for line in t.lines) for t in tables] == [117, 187]
    for table in tables:
        shares = [line.share for line in table.lines]
        assert shares == sorted(shares, reverse=True)
        assert all(line.standard_error > 0.05 for line in table.lines)
        assert all(1.0 <= line.effective_years <= 14.0 for line in table.lines)
        assert [line.high for line in table.lines[:-1]] == [line.low for line in table.lines[1:]]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    lines = (
        ShareMet(-math.inf, 0.0, -1.0, 0.75, 0.75, 0.125, 8, 4.0),
        ShareMet(0.0, math.inf, 1.5, 0.5, 0.5, 0.25, 2, 2.0),
    )
    table = MetTable(2009, 13, 2001, 2009, lines)
    path = tmp_path / "met.csv"
    path.write_bytes(met_csv([table]))
    assert read_met(path) == (table,)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (LINE.replace("0.45", "1.45"), "比例应在0到1之间"),
        (LINE.replace("2001,2014", "2001,2015"), "年份不应晚于截止年"),
        (LINE.replace("39", "many"), "many"),
        (LINE.replace("8.2", "0"), "大于 0"),
    ],
)
def test_mistakes_are_told_with_their_place(tmp_path: Path, line: str, said: str) -> None:
    told = refusal(written(tmp_path, HEAD, line))
    assert "targets_met.csv:2" in told
    assert said in told


def test_a_line_given_twice_and_cut_offs_that_contradict_themselves(tmp_path: Path) -> None:
    assert "targets_met.csv:3" in refusal(written(tmp_path, HEAD, LINE, LINE))
    other = LINE.replace("2014,0,1", "2014,1,2").replace(",16,", ",15,")
    assert "应一致" in refusal(written(tmp_path, HEAD, LINE, other))


# The line of a target


def test_a_target_is_measured_from_the_last_growth_known(district: Pack) -> None:
    # 8 % after 3.9 % in 2020 and after 6 % in 2023; nine of 187 targets were that far above.
    target = target_of(district, "plan14.gdp_growth.2025")
    for as_of, distance in ((2020, 4.1), (2023, 2.0)):
        found = second_opinion(target, district, as_of)
        assert found is not None
        assert (found.asked, found.last_year) == (8.0, as_of)
        assert found.distance == pytest.approx(distance)
        assert (found.record.cut_off, found.met.low, found.met.cases) == (2014, 1.0, 9)


def test_an_average_asks_for_what_the_years_left_must_bring(district: Pack) -> None:
    # 1.08^5 = 1.469328; 1.103 x 1.048 x 1.06 = 1.225301; 1.469328 / 1.225301 = 1.199157, two years at 9.506 %.
    found = second_opinion(target_of(district, "plan14.gdp_growth_average.2025"), district, 2023)
    assert found is not None
    assert found.asked == pytest.approx(9.506, abs=5e-4)
    assert found.distance == pytest.approx(3.506, abs=5e-4)


def test_only_growth_targets_with_a_number_to_reach_have_a_second_opinion(district: Pack) -> None:
    found = {t.id for t in read_targets(district) if second_opinion(t, district, 2023) is not None}
    assert found == {
        "plan14.gdp_growth.2025", "plan14.gdp_growth.2025.average", "plan14.gdp_growth_average.2025",
        "report2021.gdp_growth_average.2025", "report2021.gdp_growth.2021", "report2025.gdp_growth.2025",
    }  # fmt: skip


def test_the_record_is_never_later_than_what_is_known(district: Pack, tmp_path: Path) -> None:
    early = tmp_path / "calibration"
    (early / MET_FILE[0]).mkdir(parents=True)
    shutil.copy(data_path("calibration", "definitions.yaml"), early)
    lines = committed().read_text(encoding="utf-8-sig").replace("2014,", "2021,", 1)
    path = early.joinpath(*MET_FILE)
    path.write_text(lines.replace("\n2014,", "\n2021,"), encoding="utf-8")
    moved = replace(district, folder=early / "west_coast")
    target = target_of(district, "plan14.gdp_growth.2025")
    cut_offs = [second_opinion(target, moved, as_of) for as_of in (2020, 2023)]
    assert [found.record.cut_off for found in cut_offs if found is not None] == [2009, 2021]


# In words


def shown(pack: Pack, id: str, as_of: int) -> dict[str, object]:
    record = opinion_record(second_opinion(target_of(pack, id), pack, as_of))
    assert record is not None
    return record


def test_the_words_name_provinces_effective_years_and_that_it_is_not_mixed_in(district: Pack) -> None:
    text = opinion_text(shown(district, "plan14.gdp_growth.2025", 2023), "zh")
    assert text.startswith("历史对照：今后每年需8.0%，比2023年增速6%高2.0个百分点；16个省2001—2014年")
    # 2 of 9 met: 22 %, to five points 20 %.
    assert "9例（平均高1.7个百分点，有效年数6.2）完成约20%（标准误18个百分点）" in text
    assert text.endswith("仅供对照，未并入概率。")
    assert "不是本区" in text
    english = opinion_text(shown(district, "report2025.gdp_growth.2025", 2023), "en")
    assert "0.5 points below the 6 % of 2023" in english
    assert "0 to 1 points below last growth" in english
    assert "16 provinces" in english
    assert "worth 10.9 years" in english


def test_the_field_of_the_document_has_the_contracts_names(district: Pack) -> None:
    record = shown(district, "plan14.gdp_growth.2025", 2020)
    assert {"share", "standard_error", "distance", "n", "effective_years", "source"} <= set(record)
    assert opinion_record(None) is None

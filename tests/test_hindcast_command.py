"""The command `hindcast` from outside: forecasts, scores, the record, and every mistake in what it is given."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.cli.hindcast import board as hindcast_board
from sim.cli.hindcast import record as hindcast_record
from sim.cli.hindcast.origin import guarded
from sim.conditioning.problem import ConditioningError
from sim.errors import InputError
from sim.hindcast import board as rolling
from sim.hindcast import record
from sim.hindcast.board import LONGEST
from sim.hindcast.outcomes import Forecast
from sim.hindcast.record import TargetYear, YearScore, read_rows
from sim.hindcast.rivals import Rival, five_year_mean
from sim.panel import Panel, read_panel
from tests.panel_cases import Table, table, write
from tests.running import call

PROJECT = Path(__file__).resolve().parents[1]
ONE = ("--origin", "2006", "--horizon", "2", "--quick")


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def forecast(panel: Path, out: Path, *more: str) -> tuple[int, str, str]:
    return call("hindcast", "--panel", str(panel), *ONE, "--out", str(out), *more)


def complaint(*arguments: str) -> str:
    """The message of a command line that must be refused, in one piece and without a traceback."""
    code, out, err = call("hindcast", *arguments)
    assert (code, out) == (2, ""), err
    assert "Traceback" not in err
    return err


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("panel"), table(2001, 2009))


@pytest.fixture(scope="module")
def scored(panel: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any], str]:
    """A forecast with its scores: its folder, the document printed, and what standard error said."""
    folder = tmp_path_factory.mktemp("scored")
    code, out, err = forecast(panel, folder / "f.csv", "--score", "--json")
    assert code == 0, err
    return folder, json.loads(out), err


# — One origin —


def test_the_file_is_that_of_the_contract(scored: tuple[Path, dict[str, Any], str]) -> None:
    folder, document, err = scored
    rows = rows_of(folder / "f.csv")
    assert list(rows[0]) == ["region", "origin", "year", "variable", *(f"q{i:02d}" for i in range(1, 100)), "mean"]
    keys = {(row["region"], row["year"], row["variable"]) for row in rows}
    variables = {"gdp_growth", "gdp_growth_cumulative", "secondary_share", "tertiary_share"}
    assert keys == {(region, year, name) for region in "甲乙" for year in ("2007", "2008") for name in variables}
    assert len(rows) == 16
    assert {row["origin"] for row in rows} == {"2006"}
    assert document["years"] == [2007, 2008]
    assert "2/2" in err  # progress


def test_scores_lie_beside_the_forecasts(scored: tuple[Path, dict[str, Any], str]) -> None:
    folder, document, _ = scored
    assert sorted(path.name for path in folder.iterdir()) == ["f.csv", "f.scores.csv"]
    scores = read_rows(folder / "f.scores.csv", YearScore)
    assert {(row.origin, row.regions, row.locked) for row in scores} == {(2006, 2, "")}
    assert {row.horizon for row in scores} == {1, 2}
    assert {row.forecaster for row in scores} == {
        "model", "persistence", "past_drift", "five_year_mean", "pooled_ar1", "random_walk", "flexible"
    }  # fmt: skip
    # Every year brings 10 %, so persistence is right to the point.
    exact = [row for row in scores if row.forecaster == "persistence" and row.variable == "gdp_growth"]
    assert all(row.crps == pytest.approx(0.0, abs=1e-9) for row in exact)
    assert {line["low"] for line in document["scores"]} == {None}  # one origin has no interval


@pytest.mark.parametrize("cells", [{"gdp": "1130", "gdp_index": "93"}, {"gdp": "abc", "gdp_index": "-5.0"}])
def test_later_rows_change_no_byte(cells: dict[str, str], scored: tuple[Path, Any, str], tmp_path: Path) -> None:
    rows = [row if int(row["year"]) < 2007 else row | cells for row in table(2001, 2009)]
    path = write(tmp_path, [*rows, rows[8], rows[8] | {"region": "丙"}, rows[8] | {"region": ""}])
    code, _, err = forecast(path, tmp_path / "f.csv")
    assert code == 0, err
    assert (tmp_path / "f.csv").read_bytes() == (scored[0] / "f.csv").read_bytes()
    assert "丙" in err  # a region without a row up to the origin is said, not dropped in silence
    # Scores need those rows, so their mistakes count, before anything is written. Row 20 repeats row 10.
    assert "panel.csv:20:1" in complaint("--panel", str(path), *ONE, "--out", str(tmp_path / "g.csv"), "--score")
    assert not (tmp_path / "g.csv").exists()


def test_the_panel_may_end_at_the_origin(scored: tuple[Path, dict[str, Any], str], tmp_path: Path) -> None:
    code, out, _ = forecast(write(tmp_path, table(2001, 2006)), tmp_path / "f.csv", "--seed", "1")
    assert code == 0
    assert "2007—2008" in out
    assert (tmp_path / "f.csv").read_bytes() == (scored[0] / "f.csv").read_bytes()


# — Bad input —


def edited(change: Callable[[Table], Table | None], folder: Path) -> Path:
    rows = table(2001, 2009)
    return write(folder, change(rows) or rows)


def _set(rows: Table, year: str, column: str, value: str) -> None:
    next(row for row in rows if row["year"] == year)[column] = value


BAD_PANELS: dict[str, tuple[Callable[[Table], Table | None], str]] = {
    "missing year": (lambda rows: [r for r in rows if (r["region"], r["year"]) != ("乙", "2004")], "2004"),
    "zero": (lambda rows: _set(rows, "2003", "gdp", "0"), "panel.csv:4:3: gdp"),
    "negative": (lambda rows: _set(rows, "2003", "gdp_index", "-1"), "panel.csv:4:9: gdp_index"),
    "three years": (lambda rows: [r for r in rows if r["region"] == "甲" or int(r["year"]) > 2003], "3"),
    "duplicate": (lambda rows: [*rows, rows[0]], "panel.csv:20"),
    "no number": (lambda rows: _set(rows, "2002", "gdp", "many"), "panel.csv:3:3: gdp"),
}


@pytest.mark.parametrize(("change", "place"), BAD_PANELS.values(), ids=BAD_PANELS)
def test_bad_panels_are_refused_with_their_place(
    change: Callable[[Table], Table | None], place: str, tmp_path: Path
) -> None:
    out = tmp_path / "f.csv"
    message = complaint("--panel", str(edited(change, tmp_path)), *ONE, "--out", str(out))
    assert place in message
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--origin", "2001", "--horizon", "2"), ("--origin", "2002")),  # before the second year
        (("--origin", "2010", "--horizon", "2"), ("--origin", "2009")),  # after the last
        (("--origin", "latest", "--horizon", "2"), ("--origin", "latest")),
        (("--origin", "2006", "--horizon", "0"), ("--horizon", "1到30")),
        (("--origin", "2006", "--horizon", "1000000"), ("--horizon", "1到30")),
        (("--origin", "2006"), ("--horizon", "需要写明")),
        (("--origin", "2009", "--horizon", "2", "--score"), ("--score", "2009")),
        (("--origin", "2006", "--horizon", "2", "--without", "price"), ("--without", "prices")),
        (("--origin", "2006", "--horizon", "2", "--region", "qingdao"), ("--region", "不能同用")),
    ],
)
def test_options_that_cannot_be(
    arguments: tuple[str, ...], words: tuple[str, str], panel: Path, tmp_path: Path
) -> None:
    message = complaint("--panel", str(panel), *arguments, "--out", str(tmp_path / "f.csv"))
    assert all(word in message for word in words), message


def test_places_that_cannot_be_written_to(panel: Path, tmp_path: Path) -> None:
    assert "是文件夹" in complaint("--panel", str(panel), *ONE, "--out", str(tmp_path))
    assert "没有文件夹" in complaint("--panel", str(panel), *ONE, "--out", str(tmp_path / "no" / "f.csv"))
    assert "不会覆盖" in complaint("--panel", str(panel), *ONE, "--out", str(panel))
    assert str(tmp_path / "none.csv") in complaint("--panel", str(tmp_path / "none.csv"), *ONE, "--out", "f.csv")


def test_an_origin_before_any_prior(tmp_path: Path) -> None:
    old = write(tmp_path, table(1991, 2001))
    message = complaint("--panel", str(old), "--origin", "1998", "--horizon", "1", "--out", str(tmp_path / "f.csv"))
    assert "2001" in message


# — Rolling origins —


@pytest.fixture
def small_board(monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of the model a quick forecaster: what is tested here is what the command does with forecasts."""

    class Named(Rival):
        def forecast(self, panel: Panel, horizon: int) -> Forecast:
            assert horizon == LONGEST
            return Rival("model", five_year_mean).forecast(panel, horizon)

    monkeypatch.setattr(
        hindcast_board, "model_forecasters", lambda *given: ((Named("model", five_year_mean), rolling.MODEL),)
    )


def board(panel: Path, folder: Path, *more: str) -> tuple[int, str, str]:
    return call("hindcast", "--panel", str(panel), "--scoreboard", "--out", str(folder), *more)


@pytest.mark.usefixtures("small_board")
def test_rolling_origins_write_the_record(panel: Path, tmp_path: Path) -> None:
    given = "region,year,baseline_value,target_value,qualifier,outcome_value,met\n" + "".join(
        f"甲,{year},10,9,around,{10 + year % 2},1\n" for year in range(2001, 2010)
    )
    (tmp_path / "targets.csv").write_text(given, encoding="utf-8")
    folder = tmp_path / "record"
    code, out, err = board(panel, folder, "--origins", "2005-2006", "--targets", str(tmp_path / "targets.csv"))
    assert code == 0, err
    scores = read_rows(folder / "scores.csv", YearScore)
    assert {row.origin for row in scores} == {2005, 2006}
    assert {row.horizon for row in scores if row.origin == 2006} == {1, 3}  # 2011 has not come
    assert "target_itself" in {row.forecaster for row in scores}
    targets = read_rows(folder / "targets.csv", TargetYear)
    assert {row.reading for row in targets} == {"exactly", "one_sided", "band"}
    assert "调试所用的起点 2005—2006" in out
    assert "2005 model" in err


@pytest.mark.usefixtures("small_board")
def test_origins_under_a_lock_are_scored_once(panel: Path, tmp_path: Path) -> None:
    assert board(panel, tmp_path, "--origins", "2005")[0] == 0
    assert board(panel, tmp_path, "--origins", "2006", "--locked", "0123abc")[0] == 0
    locks = {row.origin: row.locked for row in read_rows(tmp_path / "scores.csv", YearScore)}
    assert locks == {2005: "", 2006: "0123abc"}
    before = (tmp_path / "scores.csv").read_bytes()
    code, _, err = board(panel, tmp_path, "--origins", "2005-2006")
    assert code == 2
    assert "2006" in err
    assert (tmp_path / "scores.csv").read_bytes() == before


def test_a_board_needs_origins_and_outcomes(panel: Path, tmp_path: Path) -> None:
    for arguments, word in (
        ((), "--origins"),
        (("--origins", "2007-2005"), "2004-2009"),
        (("--origins", "2006-2009"), "2009"),
        (("--origins", "2006", "--locked", "yes"), "提交号"),
    ):
        code, _, err = board(panel, tmp_path / "record", *arguments)
        assert code == 2
        assert word in err
    assert "应为文件夹" in complaint("--panel", str(panel), "--scoreboard", "--origins", "2006", "--out", str(panel))


# — Without a panel —


def test_the_record_is_printed_without_a_panel() -> None:
    code, out, err = call("hindcast")
    assert (code, err) == (0, "")
    headings = ("模型与最强对照", "够不到的原因", "记录，不是评分", "■ 青岛西海岸新区  n = ", "■ 青岛市  n = ")
    what_to_type = "hindcast --region 地区（qingdao、west_coast）"
    assert [words for words in (*headings, what_to_type) if words not in out] == []


def test_the_record_as_json() -> None:
    code, out, _ = call("hindcast", "--json")
    assert code == 0
    document = json.loads(out)
    assert {stage["origins"][0] for stage in document["stages"]} <= {2004, 2010}
    assert set(document["regions"]) == {"west_coast", "qingdao"}


def test_a_copy_without_a_record_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(record, "data_path", tmp_path.joinpath)
    assert "还没有回测记录" in complaint()


def test_grades_are_written_by_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "calibration").mkdir()
    shutil.copy(PROJECT / "calibration" / "model_error.yaml", tmp_path / "calibration")
    monkeypatch.setattr(hindcast_record, "data_path", tmp_path.joinpath)
    code, out, err = call("hindcast", "--write-model-error", "--origins", "2004-2009")
    assert (code, err) == (0, "")
    assert "growth_cumulative 5年" in out
    text = (tmp_path / "calibration" / "model_error.yaml").read_text(encoding="utf-8")
    # Three horizons of three families, every other line as it was.
    assert text.count("basis: hindcast") == 9
    assert "--origins" in complaint("--write-model-error", "--origins", "1990")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ConditioningError("too far", ["甲.gdp_growth.2005"]), "甲.gdp_growth.2005"),
        (np.linalg.LinAlgError("Singular matrix"), "Singular matrix"),
    ],
)
def test_what_the_model_cannot_follow_is_a_message(error: Exception, words: str, panel: Path) -> None:
    def work() -> None:
        raise error

    with pytest.raises(InputError) as caught:
        guarded(read_panel(panel, 2006), work)
    assert words in caught.value.show("zh")
    assert "panel.csv" in caught.value.show("en")

"""`sensitivity`: its document and files, what is printed of them, and what is refused before anything is computed."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from sim.cli.sensitivity.parts import Options
from sim.cli.sensitivity.sobol import index_text, sobol_lines
from sim.cli.sensitivity.tornado import tornado_lines
from tests.running import call, files

TARGET = "plan14.rail_length.2025"
FEW = ("--draws", "300", "--horizon", "2026", "--target", TARGET, "--show", "sobol,tornado")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any], str]:
    folder = tmp_path_factory.mktemp("sensitivity") / "out"
    code, out, err = call("sensitivity", *FEW, "--out", str(folder))
    assert (code, err) == (0, "")
    return folder, json.loads((folder / "result.json").read_text(encoding="utf-8")), out


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_folder_holds_the_document_its_tables_and_what_was_asked(made: tuple[Path, dict[str, Any], str]) -> None:
    folder, document, _ = made
    assert set(files(folder)) == {"manifest.json", "result.json", "sobol.csv", "tornado.csv"}
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["kind"] == "sensitivity"
    assert manifest["asked"] == {"targets": [TARGET], "show": ["tornado", "sobol"]}
    (record,) = document["tornado"]["targets"]
    bars = rows_of(folder / "tornado.csv")
    assert [row["input"] for row in bars] == [bar["input"] for bar in record["bars"]]
    assert [float(row["swing"]) for row in bars] == [bar["swing"] for bar in record["bars"]]
    shares = [row for row in rows_of(folder / "sobol.csv") if row["group"] != "interaction"]
    assert len(shares) == sum(len(row["groups"]) for row in document["sobol"]["rows"])
    assert all(row["first_low"] and row["first_high"] and row["total_low"] and row["total_high"] for row in shares)


def test_only_what_can_delay_a_line_moves_the_length_of_lines(made: tuple[Path, dict[str, Any], str]) -> None:
    _, document, out = made
    (record,) = document["tornado"]["targets"]
    moving = {bar["input"] for bar in record["bars"] if not bar["nothing"]}
    assert "levers.rail_delay" in moving
    assert "levers.trade_growth" not in moving
    assert "world.world_trade" not in moving
    delay = next(bar for bar in record["bars"] if bar["input"] == "levers.rail_delay")
    assert delay["basis"] == "step"
    assert (delay["low"], delay["high"]) == (-1.0, 1.0)
    assert delay["probability_low"] >= record["probability"] > delay["probability_high"]
    assert delay["swing"] < 0.0
    assert delay["swing_error"] > 0.0
    assert delay["distinguishable"]
    assert "外贸与港口开放" not in out
    assert "轨道交通延期" in out
    (row,) = [row for row in document["sobol"]["rows"] if row["of_target"]]
    own = next(share for share in row["groups"] if share["group"] == "shocks_own")
    assert own["total_low"] > 0.8
    assert sum(not share["nothing"] for share in row["groups"]) <= 2


def test_the_same_question_is_answered_from_the_folder(made: tuple[Path, dict[str, Any], str]) -> None:
    folder, document, out = made
    before = (folder / "result.json").stat().st_mtime_ns
    code, again, _ = call("sensitivity", *FEW, "--out", str(folder), "--top", "5")
    assert (code, again) == (0, out)
    assert (folder / "result.json").stat().st_mtime_ns == before
    code, printed, _ = call("sensitivity", *FEW, "--out", str(folder), "--json")
    assert code == 0
    assert json.loads(printed) | {"result": None} == document
    code, _, said = call("sensitivity", *FEW, "--seed", "2", "--out", str(folder))
    assert code == 2
    assert "--force" in said


def test_it_speaks_english(made: tuple[Path, dict[str, Any], str]) -> None:
    folder, _, _ = made
    code, out, _ = call("--lang", "en", "sensitivity", *FEW, "--out", str(folder))
    assert code == 0
    assert "most sensitive to" in out
    assert not any("\u4e00" <= character <= "\u9fff" for character in out)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--target", "plan14.rail_lenth.2025"), "您是否想写“plan14.rail_length.2025”"),
        (("--target", "plan14.rail_length.2025", "--horizon", "2023"), "目标年2025晚于测算期末2023"),
        (("--horizon", "2023"), "没有可评估的规划目标"),
        (("--draws", "1"), "至少需要 200 次"),
        (("--show", "tornado,sobbol"), "您是否想写“sobol”"),
        (("--show", "，"), "没有写任何一部分"),
        (("--top", "0"), "--top"),
        (("no_such_scenario",), "no_such_scenario"),
    ],
)
def test_wrong_input_is_told_and_nothing_is_written(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    code, out, err = call("sensitivity", *words, "--out", str(tmp_path / "out"))
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
    assert not (tmp_path / "out").exists()


def test_every_wrong_target_is_told_at_once() -> None:
    code, _, err = call("sensitivity", "--target", "nobody", "--target", "plan14.gdp_growht.2025")
    assert code == 2
    assert len(err.strip().splitlines()) == 2


def test_an_index_is_never_printed_without_limits_nor_below_nothing() -> None:
    assert index_text(-0.02, -0.01, 0.004, "zh") == "与零不可区分（不足1%）"
    assert index_text(0.0, 0.0, 0.0, "zh") == "没有作用"
    assert index_text(0.283, 0.31, 0.337, "zh") == "31%（28%—34%）"
    assert index_text(0.97, 1.02, 1.07, "en") == "100% (97% to 100%)"


def document_of(bars: int, basis: str) -> dict[str, Any]:
    """A tornado of four targets as a folder holds it, with bars of one kind of lever."""
    bar = {
        "input": "levers.x", "kind": "lever", "basis": basis, "label": "杠杆甲", "label_en": "lever one", "of": "",
        "of_en": "", "low": -1.0, "high": 1.0, "unit": "%", "unit_en": "%", "probability_low": 0.2, "probability": 0.3,
        "probability_high": 0.5, "swing": 0.3, "swing_error": 0.01, "distinguishable": True, "nothing": False,
    }  # fmt: skip
    target = {
        "id": "t", "indicator": "gdp", "year": 2025, "label": "目标", "label_en": "target", "probability": 0.3,
        "screened_out": 0.02, "bars": [bar] * bars,
    }  # fmt: skip
    texts = {name: {"label": name, "label_en": name} for name in ("history", "step")}
    return {"targets": [target] * 4, "bases": texts, "kinds": {}, "unknowns": 9, "simulated": 2}


def test_of_many_targets_the_strongest_input_of_each_kind_is_printed() -> None:
    ranked = "\n".join(tornado_lines(document_of(1, "history"), Options(), "zh"))
    assert ranked.count("杠杆甲 +30.0 ± 1.0") == 4
    steps = "\n".join(tornado_lines(document_of(1, "step"), Options(), "zh"))
    assert steps.count("杠杆甲（减、加一步） +30.0 ± 1.0") == 4


def test_rows_beyond_those_asked_for_are_counted() -> None:
    document = document_of(7, "history")
    document["targets"] = document["targets"][:1]
    lines = tornado_lines(document, Options(top=3), "zh")
    assert sum("杠杆甲" in line for line in lines) == 3
    assert "另有4条见 tornado.csv。" in lines


def test_what_is_settled_as_a_whole_is_said() -> None:
    part = {"draws": 1, "resamples": 1, "settled": True, "groups": [], "rows": [], "left_out": []}
    assert "合为一类整体计算" in "".join(sobol_lines(part, Options(), "zh"))


def test_a_kind_without_a_bar_is_indistinguishable_and_a_dash_is_no_change_at_all() -> None:
    document = document_of(1, "history")
    page = tornado_lines(document, Options(), "zh")
    assert sum("不可区分" in line and "杠杆甲" in line and "—" not in line for line in page) == 4
    document["targets"][0]["bars"][0] |= {"kind": "prior", "distinguishable": False, "nothing": True}
    page = tornado_lines(document, Options(), "zh")
    assert sum("—" in line and "不可区分" in line and "目标" in line for line in page) == 4

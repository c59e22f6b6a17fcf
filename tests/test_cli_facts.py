"""`facts`: from a number to its document, line, sentence and uses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sim.cli.documents import sentence_around
from sim.cli.main import main

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ROOT.parent / "shared" / "sources"
NEEDS_DOCUMENTS = pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="the documents (../shared/sources beside the checkout) are not here"
)
PLAN = "003_7526d0927c5bbb45"


def outcome(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["facts", *arguments], program="python run.py")
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def document(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    code, out, err = outcome(capsys, *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_the_ledger_lists_every_row(capsys: pytest.CaptureFixture[str]) -> None:
    """Its own rows, then those of nation and province, then the city's behind its name."""
    ids = []
    for folder, prefix in (("west_coast", ""), ("reference", ""), ("qingdao", "qingdao.")):
        rows = (ROOT / "calibration" / folder / "facts.csv").read_text(encoding="utf-8-sig").splitlines()
        ids += [prefix + row.split(",")[0] for row in rows[1:] if row]
    assert [r["id"] for r in document(capsys)] == ids
    code, page, _ = outcome(capsys)
    assert code == 0
    assert [id for id in ids if id not in page] == []
    assert f"共 {len(ids)} 条" in page
    assert f"{PLAN}:57" in page


def test_a_fact_with_its_interval_document_and_uses(capsys: pytest.CaptureFixture[str]) -> None:
    fact = document(capsys, "gdp.2020")["fact"]
    # 3721.68 printed to two decimals: half a unit of the last digit either side, sd = 0.01/√12.
    assert fact["interval"]["low"] == pytest.approx(3721.675, abs=1e-9)
    assert fact["interval"]["high"] == pytest.approx(3721.685, abs=1e-9)
    assert fact["interval"]["sd"] == pytest.approx(0.0028867513, abs=1e-9)
    assert fact["source"]["publisher"] == "青岛西海岸新区管委"
    assert fact["source"]["date"] == "2021-04-01"
    assert {other["id"] for other in fact["others"]} == {"gdp.2020.statistics", "gdp.2020.paper"}
    assert [(u["role"], u["key"]) for u in fact["used_in"]] == [("base_year", "facts.gdp")]
    page = outcome(capsys, "gdp.2020")[1]
    number = ("3721.68 亿元", "3721.675 — 3721.685", "达到 3721.68 亿元")
    for part in (*number, f"{PLAN}:57", "gdp.2020.paper", "facts.gdp"):
        assert part in page


def test_uses_name_file_line_and_target(capsys: pytest.CaptureFixture[str]) -> None:
    uses = document(capsys, "rail_length.2020")["fact"]["used_in"]
    assert {(u["role"], u["target"]) for u in uses} == {("rail", None), ("target_base", "plan14.rail_length.2025")}
    for use in uses:
        name, _, line = use["place"].rpartition(":")
        text = (ROOT / "calibration" / name.partition("calibration/")[2]).read_text(encoding="utf-8").splitlines()
        assert "rail_length.2020" in text[int(line) - 1]


@pytest.mark.parametrize(
    ("id", "role"),
    [
        ("good_air_ratio.2020", "bounded"),
        ("report2021.gdp_growth.2021", "growth_targets"),
        ("household_income.2018", "base_year"),
        ("china.energy_intensity_reduction.2021-2025", "target"),
    ],
)
def test_every_kind_of_use_is_found(capsys: pytest.CaptureFixture[str], id: str, role: str) -> None:
    found = document(capsys, id)
    fact = found["fact"] or found["target"]["fact"]  # shown once where a target bears the same id
    assert role in {u["role"] for u in fact["used_in"]}


def test_a_fact_that_nothing_uses_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert document(capsys, "gdp.2020.paper")["fact"]["used_in"] == []
    assert "没有直接用于模型或目标" in outcome(capsys, "gdp.2020.paper")[1]


def test_a_target_answers_with_the_plans_words(capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, "plan14.marine_share.2025")
    target = found["target"]
    assert found["fact"] is None  # it is the fact of the target, shown once
    assert (target["label"], target["target_text"]) == ("海洋经济增加值占地区生产总值比重（%）", "≥42")
    assert (target["indicator"], target["mechanism"]) == ("marine_share", "structural")
    assert (target["fact"]["line"], target["base"]["id"]) == (595, "marine_share.2020")
    page = outcome(capsys, "plan14.marine_share.2025")[1]
    for part in ("≥42", "区海洋发展局", "目标的出处", "基数的出处 marine_share.2020", f"{PLAN}:595"):
        assert part in page


def test_a_second_reading_has_its_own_fact(capsys: pytest.CaptureFixture[str]) -> None:
    target = document(capsys, "plan14.gdp_growth.2025.average")["target"]
    assert target["reading_of"] == "plan14.gdp_growth.2025"
    assert target["fact"]["id"] == "plan14.gdp_growth_average.2025"
    assert document(capsys, "plan14.gdp_growth.2025")["target"]["readings"] == [
        "plan14.gdp_growth.2025.average",
        "plan14.gdp_growth.2025.band",
    ]


def test_a_target_in_words_has_no_number_and_no_base(capsys: pytest.CaptureFixture[str]) -> None:
    target = document(capsys, "plan14.labour_productivity.2025")["target"]
    assert (target["fact"]["value"], target["fact"]["interval"], target["base"]) == (None, None, None)
    page = outcome(capsys, "plan14.labour_productivity.2025")[1]
    assert "没有可用的基数" in page
    assert "缺" in page


def test_an_unknown_id_gives_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = outcome(capsys, "plan14.marine_shar.2025")
    assert (code, out) == (2, "")
    assert "您是否想写“plan14.marine_share.2025”？" in err
    assert outcome(capsys, "zzz", "--json")[:2] == (2, "")


def test_english(capsys: pytest.CaptureFixture[str]) -> None:
    page = outcome(capsys, "gdp.2020", "--lang", "en")[1]
    assert page.startswith("Fact gdp.2020\n")
    assert "Other figures" in page
    assert "：" not in page


PROSE = "前一句。地区生产总值年均\n   增长8%，达到 3721.68 \n亿元，占全市30%。后一句。\n"


def test_a_sentence_is_whole_across_lines() -> None:
    whole = "地区生产总值年均增长8%，达到3721.68亿元，占全市30%。"
    assert sentence_around(PROSE, "达到 3721.68 亿元", 2) == whole
    assert sentence_around(PROSE, "占全市30%。", 3) == whole  # the quote ends the sentence


def test_in_a_table_the_lines_around_are_given() -> None:
    table = "1 增速 3.9 8左右\n2 外资 13.3 17\n3 外贸 2078\n4 其他\n"
    assert sentence_around(table, "外资 13.3", 2) == "1 增速 3.9 8左右 / 2 外资 13.3 17 / 3 外贸 2078"


@NEEDS_DOCUMENTS
def test_sentences_come_from_the_documents(capsys: pytest.CaptureFixture[str]) -> None:
    fact = document(capsys, "gdp.2020", "--sources", str(DOCUMENTS))["fact"]
    assert fact["sentence"] == "地区生产总值年均增长8%，达到3721.68亿元，占全市比重30%。"
    assert document(capsys, "gdp.2020.paper", "--sources", str(DOCUMENTS))["fact"]["sentence"] is None
    assert outcome(capsys, "--sources", str(DOCUMENTS))[0] == 0


@pytest.fixture
def forged(tmp_path: Path) -> Path:
    """A document whose line 57 holds another number than the ledger."""
    text = "\n" * 56 + "地区生产总值达到 3721.86 亿元。\n"
    (tmp_path / f"{PLAN}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_quote_that_does_not_match_fails(capsys: pytest.CaptureFixture[str], forged: Path) -> None:
    code, out, err = outcome(capsys, "gdp.2020", "--sources", str(forged))
    assert (code, out) == (2, "")
    assert "facts.csv:53: gdp.2020: 引文“达到 3721.68 亿元”不在" in err


def test_a_quote_on_another_line_fails_and_names_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / f"{PLAN}.txt").write_text("\n达到3721.68亿元。\n", encoding="utf-8")
    code, _, err = outcome(capsys, "gdp.2020", "--sources", str(tmp_path))
    assert code == 2
    assert "而在第 2 行" in err


def test_documents_that_are_missing_fail(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "没有文件夹" in outcome(capsys, "gdp.2020", "--sources", str(tmp_path / "none"))[2]
    code, out, err = outcome(capsys, "gdp.2020", "--sources", str(tmp_path))
    assert (code, out) == (2, "")
    assert f"{PLAN}.txt: 文件不存在" in err
    code, out, err = outcome(capsys, "--sources", str(tmp_path))
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 5  # one line for each of the documents that the ledger cites by line

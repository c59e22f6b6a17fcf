"""The page and the record of what a number rests on."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from sim.cli.facts.provenance import print_provenance, provenance_of, provenance_record
from sim.cli.inputs import load_pack
from sim.language import Text
from sim.provenance import Contribution, Provenance

PRIOR = Contribution(
    "prior", "here.speed", Text("某地", "Somewhere"), Text("增长的快慢", "speed"), "-1—8", "growth %", "J", "2020-12",
    "priors.yaml:7", "增长的快慢", share=0.25, error=0.004,
)  # fmt: skip
FACT = replace(PRIOR, kind="fact", id="gdp.2020", label=Text("生产总值", "gdp"), unit="亿元", grade="official",
               place="facts.csv:2", quote="生产总值", share=0.0002, error=0.0001)  # fmt: skip
USED = replace(PRIOR, kind="target", id="plan.gdp.2025", share=None, error=None)


def page_of(contributions: tuple[Contribution, ...], lang: str, capsys: pytest.CaptureFixture[str]) -> str:
    found = Provenance("plan.gdp.2025", "baseline", "%", 6.0, 2.5, contributions, 0.125, 0.01, 10_240, 1)
    record = json.loads(json.dumps(provenance_record(found, Text("基准", "Baseline")), allow_nan=False))
    print_provenance(record, lang)
    return capsys.readouterr().out


def test_the_page_shows_shares_ranges_places_and_what_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    page = page_of((PRIOR, FACT, USED), "zh", capsys)
    assert page.startswith("这个数建立在：\n")
    (line,) = [line for line in page.splitlines() if "priors.yaml:7" in line]
    assert line.split() == [
        "25.0%",
        "±0.4",
        "先验",
        "某地",
        "·",
        "增长的快慢",
        "−1—8",
        "%（年增速）",
        "判断",
        "priors.yaml:7",
    ]
    (line,) = [line for line in page.splitlines() if "facts.csv:2" in line]
    assert line.split()[:3] == ["<0.1%", "±0.0", "事实"]
    assert "余下 12.5% ±1.0" in page
    assert "没有份额的：判定 1。" in page
    assert "其中事实：gdp.2020 <0.1%。" in page
    assert "另有" not in page


def test_twelve_are_shown_and_the_others_counted(capsys: pytest.CaptureFixture[str]) -> None:
    many = [replace(PRIOR, id=f"here.p{i}", share=0.5 / 2**i, place=f"priors.yaml:{i}") for i in range(13)]
    small = [replace(FACT, id=f"f{i}", share=0.01) for i in range(3)]
    page = page_of((*many, *small), "en", capsys)
    assert [line.split()[-1] for line in page.splitlines() if "priors.yaml" in line] == [
        f"priors.yaml:{i}" for i in range(12)
    ]
    # 0.5 / 4096 and three times 0.01
    assert "4 more, 3.0%: fact 3, prior 1." in page
    assert "Facts among them: f0 1.0%, f1 1.0%, f2 1.0%." in page


def test_a_target_of_the_pack_has_a_record_and_one_without_a_value_none(capsys: pytest.CaptureFixture[str]) -> None:
    pack = load_pack("west_coast")
    record: dict[str, Any] | None = provenance_of(pack, "plan14.forest_cover.2025")
    assert record is not None
    assert (record["scenario"], record["draws"], record["seed"], record["unit"]) == ("baseline", 10_240, 1, "%")
    made = next(c for c in record["contributions"] if c["id"] == "forest_cover.2020")
    assert made["kind"] == "fact"
    assert made["value"] == "23.09"
    assert "23.09" in made["quote"]
    assert made["place"].startswith("calibration/west_coast/facts.csv:")
    assert set(made) == {
        "kind", "id", "scope", "scope_en", "label", "label_en", "value", "unit", "grade", "date", "place", "source",
        "quote", "share", "error",
    }  # fmt: skip
    print_provenance(record, "zh")
    assert "west_coast/priors.yaml" in capsys.readouterr().out
    assert provenance_of(pack, "plan14.gdp_growth.2020") is None

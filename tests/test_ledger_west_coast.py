"""The plan's table of 25 rows in the west coast pack against the document it is typed from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.facts.ledger import read_ledger
from sim.facts.rounding import read_rounding
from sim.reading.source import read

ROOT = Path(__file__).resolve().parents[1]
PACK = ROOT / "calibration" / "west_coast"
DOCUMENTS = ROOT.parent / "shared" / "sources"
NEEDS_DOCUMENTS = pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="the documents (../shared/sources beside the checkout) are not here"
)
WORDS = read_rounding(ROOT / "calibration" / "rounding.yaml")
LEDGER = read_ledger(PACK / "facts.csv", WORDS)
REFERENCE = read_ledger(ROOT / "calibration" / "reference" / "facts.csv", WORDS)
TARGETS: list[dict[str, Any]] = read(PACK / "targets" / "plan14.yaml").data["targets"]
FIRST_READINGS = [target for target in TARGETS if target["row"] and target["reading_of"] is None]
PLAN = "003_7526d0927c5bbb45"
OPERATORS = {
    ">=",
    "<=",
    "about",
    "between",
    "cumulative",
    "above",
    "in_step",
    "change",
    "direction",
    "assigned",
}

# Indicator, 2020 column and 2025 column, typed from the printed table.
PLAN_TABLE = [
    ("gdp_growth", "3.9", "8左右"), ("labour_productivity", "-", "高于全市"),
    ("manufacturing_share", "30", "35"),
    ("marine_share", "37", "≥42"), ("rd_intensity", "2.8", "3.0"), ("high_value_patents", "57", "65"),
    ("new_economy_share", "-", "高于全市"), ("digital_core_share", "-", "高于全市"), ("fdi", "13.3", "17"),
    ("trade_total", "2078", "≥3000"), ("urbanisation_rate", "80.7", "82"), ("rail_length", "67.5", "116"),
    ("energy_intensity_reduction", "1.15", "完成上级下达"), ("co2_intensity_reduction", "-", "完成上级下达"),
    ("good_air_ratio", "78", "80"), ("good_water_ratio", "52.38", "53"), ("forest_cover", "23.09", "≥23.09"),
    ("life_expectancy", "81.4", "81.8"), ("household_income_growth", "6", "与经济增长同步"),
    ("new_urban_jobs", "8", "[25]"), ("doctors_per_1000", "2.9", "4.5"), ("schooling_years", "13", "14.5"),
    ("pension_coverage", "97", "98.8"), ("childcare_places_per_1000", "-", "4.2"),
    ("grain_capacity", "25.65", "26"),
]  # fmt: skip


def test_the_plans_25_rows_are_complete_and_in_order() -> None:
    assert [target["row"] for target in FIRST_READINGS] == list(range(1, 26))
    found = [(target["indicator"], target["base_text"], target["target_text"]) for target in FIRST_READINGS]
    assert found == PLAN_TABLE
    assert [target["id"] for target in FIRST_READINGS] == [f"plan14.{name}.2025" for name, _, _ in PLAN_TABLE]


@NEEDS_DOCUMENTS
def test_labels_values_and_owners_are_verbatim() -> None:
    joined = "".join((DOCUMENTS / f"{PLAN}.txt").read_text(encoding="utf-8").split())
    rows = [
        f"{target['row']}{target['label']}{target['nature']}{target['base_text']}{target['target_text']}"
        + "".join(target["owners"])
        for target in FIRST_READINGS
    ]
    assert [row for row in rows if row not in joined] == []


def test_the_2020_column_of_the_table_is_in_the_ledger_as_printed() -> None:
    for target in FIRST_READINGS:
        if target["base_text"] == "-":
            assert target["base"] is None
        else:
            base = LEDGER.get(target["base"])
            assert (base.printed, base.indicator, base.period) == (
                target["base_text"],
                target["indicator"],
                "2020",
            )


def test_target_values_are_those_of_their_facts() -> None:
    for target in FIRST_READINGS:
        fact = LEDGER.get(target["fact"])
        assert (fact.value, fact.unit, fact.nature) == (target["value"], target["unit"], "target"), target["id"]


def test_every_record_has_the_same_keys_a_known_operator_and_existing_facts() -> None:
    known = {fact.id for fact in (*LEDGER.facts, *REFERENCE.facts)}
    for target in TARGETS:
        assert list(target) == list(TARGETS[0])
        assert target["operator"] in OPERATORS
        assert {target[key] for key in ("base", "fact") if target[key] is not None} <= known
        if target["tolerance"] is not None:
            assert target["tolerance_reason"]
        assert target["note"]
        assert target["note_en"]
    assert len({target["id"] for target in TARGETS}) == len(TARGETS)


def test_second_readings_repeat_what_is_printed() -> None:
    first = {target["id"]: target for target in FIRST_READINGS}
    readings = [target for target in TARGETS if target["reading_of"]]
    assert {target["id"].rpartition(".2025")[2] for target in readings} == {
        ".average", ".band", ".growth", ".census", ".national", ".nominal",
    }  # fmt: skip
    for target in readings:
        printed = first[target["reading_of"]]
        for key in ("row", "category", "label", "unit", "target_text", "nature", "owners", "base_text"):
            assert target[key] == printed[key], (target["id"], key)

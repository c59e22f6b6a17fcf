"""`compare` of two finished results: shares by hand, exact sums, and refusals that say what is missing."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.cli.compare.results import are_results, compare_results
from sim.errors import InputError
from tests.result_cases import copied, other_program, own_project, printed, replaced, result, revised, rewritten, signed

EXACT = 1e-9
GROWTH = "plan14.gdp_growth.2025"
FACT = "gdp_growth.2020,west_coast,gdp_growth,2020,3.9,"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The baseline."""
    return result(tmp_path_factory.mktemp("revision") / "baseline")


@pytest.fixture
def copy(done: Path, tmp_path: Path) -> Path:
    return copied(done, tmp_path / "copy")


def probability(folder: Path, target: str = GROWTH) -> float:
    document = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    return float(next(t["probability"] for t in document["targets"] if t["id"] == target))


def record(document: dict[str, Any], target: str = GROWTH) -> dict[str, Any]:
    found: dict[str, Any] = next(r for r in document["attribution"] if r.get("target") == target)
    return found


def refused(*folders: Path) -> str:
    with pytest.raises(InputError) as error:
        revised(*folders)
    return error.value.show("zh")


def sums(document: dict[str, Any]) -> None:
    """Shares sum to the change, which is that of what is stored."""
    assert document["attribution"]
    for one, difference in zip(document["attribution"], document["differences"], strict=True):
        assert sum(one["contributions"].values()) == pytest.approx(one["total"], abs=EXACT)
        assert one["total"] == difference["second"] - difference["first"]


# --- Shares


def test_identical_results_differ_by_exactly_zero(done: Path, copy: Path) -> None:
    found = revised(done, copy)
    assert (found["groups"], found["runs"]) == ([], 0)
    assert {one["difference"] for one in found["differences"]} == {0.0}
    assert all(not changes for name, changes in found["changes"].items() if name != "versions")
    assert "所有数值完全相同" in printed(found, copy)


def test_another_seed_is_chance_alone_and_told_from_noise(done: Path, tmp_path: Path) -> None:
    other = result(tmp_path / "other", "--seed", "2")
    found = revised(done, other)
    assert [group["id"] for group in found["groups"]] == ["chance"]
    assert found["runs"] == 0
    assert found["changes"]["settings"] == [{"setting": "seed", "old": 1, "new": 2}]
    change = probability(other) - probability(done)
    assert record(found)["contributions"] == {"chance": pytest.approx(change, abs=EXACT)}
    # Two independent shares of 240 draws: sqrt(p (1 - p) / 240) each.
    errors = [(p * (1.0 - p) / 240) for p in (probability(done), probability(other))]
    error = sum(errors) ** 0.5
    assert record(found)["standard_errors"]["chance"] == pytest.approx(error, rel=1e-6)
    told = next(d for d in found["differences"] if d.get("target") == GROWTH)
    assert told["distinguishable"] == (abs(change) > 1.96 * error)
    sums(found)
    assert "不可区分" in printed(found, other)


def test_facts_and_assumptions_are_shared_out_by_hand(
    done: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two groups each share is the mean of its effects before and after the other: all four runs are made here."""
    lever = tmp_path / "lever.yaml"
    lever.write_text("extends: baseline\nlevers: {investment_growth: 3}\n", encoding="utf-8")
    levered = result(tmp_path / "levered", str(lever))
    calibration = own_project(tmp_path / "project", monkeypatch)
    replaced(calibration / "west_coast" / "facts.csv", FACT, FACT.replace("3.9", "5.9"))
    facts = result(tmp_path / "facts")
    both = result(tmp_path / "both", str(lever))
    found = revised(done, both)
    p, by_facts, by_lever, by_both = (probability(folder) for folder in (done, facts, levered, both))
    shares = record(found)["contributions"]
    assert shares["facts"] == pytest.approx((by_facts - p + by_both - by_lever) / 2.0, abs=EXACT)
    assert shares["assumptions"] == pytest.approx((by_lever - p + by_both - by_facts) / 2.0, abs=EXACT)
    assert (set(shares), found["runs"]) == ({"facts", "assumptions"}, 2)
    assert abs(shares["facts"]) > 0.0
    assert shares["assumptions"] > 0.0
    sums(found)
    assert [(c["item"], c["old"], c["new"]) for c in found["changes"]["inputs"]] == [
        ("gdp_growth.2020", "value=3.9", "value=5.9")
    ]
    assert [c["item"] for c in found["changes"]["scenario"]] == ["levers.investment_growth"]
    page = printed(found, both)
    assert "gdp_growth.2020（修改）：value=3.9 → value=5.9" in page
    assert "levers.investment_growth" in page


def test_priors_are_named_and_the_results_stay_as_they_are(
    done: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calibration = own_project(tmp_path / "project", monkeypatch)
    replaced(calibration / "west_coast" / "priors.yaml", "potential_growth_first_year: {range: [5.0, 6.5, 8.0]",
             "potential_growth_first_year: {range: [7.0, 8.5, 10.0]")  # fmt: skip
    other = result(tmp_path / "other")
    before = {path: path.read_bytes() for folder in (done, other) for path in folder.iterdir()}
    out = tmp_path / "out"
    found = revised(done, other, out=out)
    assert {path: path.read_bytes() for folder in (done, other) for path in folder.iterdir()} == before
    assert [group["id"] for group in found["groups"]] == ["priors"]
    assert record(found)["contributions"]["priors"] > 0.1  # two points more of potential growth
    sums(found)
    with (out / "attribution.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(found["attribution"])
    shares = {row["group"]: float(row["contribution"]) for row in rows if row["id"] == GROWTH}
    assert shares == record(found)["contributions"]
    assert set(os.listdir(out)) == {"attribution.csv", "manifest.json", "result.json"}
    with pytest.raises(InputError, match="compare 写的"):
        revised(out, done)
    with pytest.raises(InputError, match="不会写入"):
        compare_results([str(done), str(other)], "zh", True, done, force=True)


def test_the_share_of_the_program_is_what_it_gives_now_less_what_is_stored(
    done: Path, copy: Path, tmp_path: Path
) -> None:
    """The older result holds a probability lower by 0.25 and is of another program; the newer has another seed."""
    other = result(tmp_path / "other", "--seed", "2")
    right = probability(copy)
    other_program(rewritten(copy, lambda document: _target(document).update(probability=right - 0.25)))
    found = revised(copy, other)
    assert [group["id"] for group in found["groups"]] == ["chance", "code"]
    shares = record(found)["contributions"]
    assert shares["code"] == pytest.approx(0.25, abs=EXACT)
    assert shares["chance"] == pytest.approx(probability(other) - right, abs=EXACT)
    assert record(found, "plan14.fdi.2025")["contributions"]["code"] == 0.0
    sums(found)
    reverse = revised(done, copy)
    assert ([group["id"] for group in reverse["groups"]], reverse["runs"]) == (["code"], 0)
    assert record(reverse)["contributions"]["code"] == pytest.approx(-0.25, abs=EXACT)
    sums(reverse)
    assert "不是现在的" in printed(reverse, copy)
    assert "not this one" in printed(reverse, copy, "en").replace("\n", " ")


def _target(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(t for t in document["targets"] if t["id"] == GROWTH)
    return found


# --- What cannot be compared


def test_two_results_of_other_programs_are_refused_with_what_each_needs(copy: Path, tmp_path: Path) -> None:
    second = copied(copy, tmp_path / "second")
    signed(other_program(copy), lambda manifest: manifest.update(seed=2))
    signed(second, lambda manifest: manifest["packages"].update(numpy="0.9"))
    said = refused(copy, second)
    assert "model 000000000000" in said
    assert "numpy 0.9" in said


def test_every_reason_is_told_at_once(done: Path, copy: Path) -> None:
    signed(copy, lambda manifest: manifest.update(region="qingdao"))
    rewritten(copy, lambda document: document.update(base_year=2015))
    said = refused(done, copy)
    assert "地区不同：west_coast、qingdao" in said
    assert "基年不同：2020、2015" in said


def test_results_without_anything_in_common_are_refused(done: Path, copy: Path) -> None:
    rewritten(copy, lambda document: document.update(targets=[], indicators=[]))
    assert "没有相同的目标" in refused(done, copy)


def test_the_same_folder_and_other_numbers_of_folders_are_refused(done: Path, copy: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(done, target_is_directory=True)
    assert "同一个" in refused(done, tmp_path / "link")
    assert "现为3个" in refused(done, copy, copy)
    assert "现为1个" in refused(done)


@pytest.mark.parametrize("name", ["result.json", "inputs.zip", "manifest.json"])
def test_what_is_missing_or_damaged_is_named(done: Path, copy: Path, name: str) -> None:
    (copy / name).write_bytes((copy / name).read_bytes()[:1000] + b"}")
    assert name in refused(done, copy)
    (copy / name).unlink()
    assert name in refused(done, copy)


def test_words_are_results_where_all_are_folders(done: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert are_results([str(done), str(copy)])
    assert not are_results(["baseline", "stress"])
    with pytest.raises(InputError, match="不能与情景比较"):
        are_results([str(done), "baseline"])
    (copy / "baseline").mkdir()
    monkeypatch.chdir(copy)
    assert not are_results(["baseline", "stress"])  # a folder of that name changes nothing


def test_problems_of_both_folders_are_told(done: Path, copy: Path, tmp_path: Path) -> None:
    (copy / "inputs.zip").unlink()
    said = refused(copy, tmp_path)
    assert "inputs.zip" in said
    assert "不是 run 写完的结果" in said


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.pop("independent_draws"),
        lambda document: document.update(targets="x"),
        lambda document: document.pop("region_label"),
        lambda document: [target.pop("probability") for target in document["targets"]],
    ],
)
def test_a_document_that_no_run_has_written_is_refused(done: Path, copy: Path, change: Callable[..., object]) -> None:
    assert "result.json: 不是 run 写的结果" in refused(rewritten(copy, change), done)


def test_nothing_is_written_into_a_result_that_is_compared(done: Path, copy: Path) -> None:
    for out in (copy, copy / "deeper" / "out"):
        with pytest.raises(InputError, match="不会写入"):
            compare_results([str(done), str(copy)], "zh", True, out, True)
    assert not (copy / "deeper").exists()


def test_targets_of_one_name_are_told_apart_by_their_document(done: Path, copy: Path) -> None:
    targets = ["plan14.gdp_growth.2025", "report2025.gdp_growth.2025"]

    def lower(document: dict[str, Any]) -> None:
        for target in document["targets"]:
            if target["id"] in targets:
                target["probability"] -= 0.1

    rewritten(copy, lower)
    text = printed(revised(done, other_program(copy)), copy)
    assert [row.split()[0] for row in text.split("\n") if "−10.0" in row] == ["plan14", "report2025"]

"""Finished results read back as material for reports: what they are, what is doubted, what does not go together."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.errors import InputError
from sim.experiment.summaries import FINE_LEVELS
from sim.material import gather, read_finished
from sim.output.store import DOCUMENT, MANIFEST
from tests.result_cases import copied, result, rewritten, signed
from tests.running import FEW, call

SWEEP = """\
name: two
scenario: baseline
targets: [plan14.fdi.2025]
indicators: [fdi]
years: [2025]
axes:
  fdi_growth: {values: [-5, 5]}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of run, of compare with the same scenario, of a sweep, and of a run of another region."""
    folder = tmp_path_factory.mktemp("results")
    result(folder / "run", "baseline", "--keep-draws")
    result(folder / "city", "baseline", "--region", "qingdao")
    compared = ("compare", "stress", "baseline", *FEW, "--no-attribution", "--out", str(folder / "compare"))
    assert call(*compared)[0] == 0
    (folder / "two.yaml").write_text(SWEEP, encoding="utf-8")
    swept = ("sweep", str(folder / "two.yaml"), "--draws", FEW[1], "--out", str(folder / "sweep"))
    assert call(*swept)[0] == 0
    return folder


def told(folders: list[Path]) -> str:
    with pytest.raises(InputError) as caught:
        gather(folders)
    return caught.value.show("zh")


def test_a_run_is_read_back_whole(made: Path) -> None:
    material = gather([made / "run"])
    manifest = json.loads((made / "run" / MANIFEST).read_text(encoding="utf-8"))
    assert material.doubts == ()
    assert material.lead is not None
    assert (material.lead.id, material.lead.label.zh, material.as_of) == ("baseline", "基准情景", 2020)
    assert material.lead.resolved == manifest["scenario"]
    target = material.lead.target("plan14.fdi.2025")
    assert target is not None
    with (made / "run" / "targets.csv").open(encoding="utf-8-sig", newline="") as stream:
        row = next(row for row in csv.DictReader(stream) if row["id"] == "plan14.fdi.2025")
    assert target["probability"] == float(row["probability"])


def test_distributions_are_quantiles_of_the_draws(made: Path) -> None:
    lead = gather([made / "run"]).lead
    assert lead is not None
    found = lead.document["distributions"]
    with np.load(made / "run" / "draws.npz") as draws:
        for record in found["values"]:
            if record["indicator"] in ("gdp", "fdi", "rail_length"):
                expected = np.quantile(draws[record["indicator"]][:, record["year"] - 2020], found["levels"])
                assert record["values"] == pytest.approx(expected.tolist(), rel=1e-12)
    assert {record["year"] for record in found["values"]} == {2025, 2030, 2035}
    assert found["levels"] == list(FINE_LEVELS)
    assert len(FINE_LEVELS) == 45
    assert (FINE_LEVELS[0], FINE_LEVELS[-1]) == (0.01, 0.99)


def test_a_comparison_sets_the_order_and_a_run_tells_more(made: Path) -> None:
    material = gather([made / "run", made / "compare"])
    assert [view.id for view in material.views] == ["stress", "baseline"]
    assert material.comparison is not None
    stress, baseline = material.views
    assert stress.document["joint"] is None
    assert baseline.document["joint"]["evaluated"] == 19
    whole = material.comparison.document
    assert stress.document["targets"] == whole["targets"]["stress"]
    assert stress.resolved["name"] == "stress"


def test_a_sweep_is_its_tables(made: Path) -> None:
    material = gather([made / "sweep"])
    assert (material.lead, material.doubts) == (None, ())
    rows = material.sweeps[0].tables["points.csv"]
    assert [(row["fdi_growth"], row["target"]) for row in rows] == [
        ("-5", "plan14.fdi.2025"),
        ("5", "plan14.fdi.2025"),
    ]
    assert material.sweeps[0].draws == int(FEW[1])


def test_a_changed_file_is_a_grave_doubt(made: Path, tmp_path: Path) -> None:
    folder = copied(made / "run", tmp_path / "run")
    path = folder / "targets.csv"
    path.write_bytes(path.read_bytes() + b"\r\n")
    doubts = gather([folder]).grave
    assert [doubt.kind for doubt in doubts] == ["edited"]
    assert "targets.csv" in doubts[0].text.zh
    assert "targets.csv" in doubts[0].text.en


def test_a_changed_manifest_is_a_grave_doubt(made: Path, tmp_path: Path) -> None:
    folder = copied(made / "run", tmp_path / "run")
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["draws"] = 20_000
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    assert [doubt.kind for doubt in gather([folder]).doubts] == ["edited"]


def test_a_missing_file_is_told(made: Path, tmp_path: Path) -> None:
    folder = copied(made / "run", tmp_path / "run")
    (folder / "indicators.csv").unlink()
    found = gather([folder]).grave
    assert [doubt.kind for doubt in found] == ["incomplete"]
    assert "indicators.csv" in found[0].text.zh


def test_a_sweep_without_its_list_of_tables_is_incomplete(made: Path, tmp_path: Path) -> None:
    folder = copied(made / "sweep", tmp_path / "sweep")
    (folder / "tables.json").unlink()
    assert [doubt.kind for doubt in gather([folder]).doubts] == ["incomplete"]


def test_another_version_and_other_facts_are_told(made: Path, tmp_path: Path) -> None:
    def older(manifest: dict[str, Any]) -> None:
        manifest["model"] = "0" * 64
        manifest["inputs"]["world.yaml"] = "1" * 64

    folder = signed(copied(made / "run", tmp_path / "run"), older)
    doubts = gather([folder]).doubts
    assert [doubt.kind for doubt in doubts] == ["version", "data"]
    assert not any(doubt.grave for doubt in doubts)
    assert "world.yaml" in doubts[1].text.zh


def test_figures_up_to_different_years_are_told(made: Path, tmp_path: Path) -> None:
    later = result(tmp_path / "later", "stress", "--as-of", "2023")
    doubts = gather([made / "run", later]).doubts
    assert [doubt.kind for doubt in doubts] == ["mixed"]
    assert "later 截至2023年" in doubts[0].text.zh


def test_a_scenario_set_otherwise_is_told(made: Path, tmp_path: Path) -> None:
    own = tmp_path / "baseline.yaml"
    own.write_text("name: baseline\nextends: baseline\nlevers: {fdi_growth: 3}\n", encoding="utf-8")
    other = result(tmp_path / "own", str(own))
    doubts = gather([other, made / "compare"]).doubts
    assert [doubt.kind for doubt in doubts] == ["mixed"]


def test_regions_do_not_mix(made: Path) -> None:
    message = told([made / "run", made / "city"])
    assert "west_coast" in message
    assert "qingdao" in message
    assert len(message.splitlines()) == 2


def test_two_runs_of_one_scenario_are_refused(made: Path, tmp_path: Path) -> None:
    other = result(tmp_path / "other", "baseline", "--seed", "2")
    message = told([made / "run", other])
    assert "同一个情景 baseline" in message
    assert "other" in message


def _no_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


def _no_document(folder: Path) -> None:
    (folder / DOCUMENT).unlink()


def _torn(folder: Path) -> None:
    path = folder / DOCUMENT
    path.write_bytes(path.read_bytes()[:1000])


def _a_list(folder: Path) -> None:
    (folder / DOCUMENT).write_text("[]", encoding="utf-8")


def _deep(folder: Path) -> None:
    (folder / DOCUMENT).write_text("[" * 100_000, encoding="utf-8")


def _not_text(folder: Path) -> None:
    (folder / MANIFEST).write_bytes(b"\xff\xfe\x00")


def _without_region(folder: Path) -> None:
    signed(folder, lambda manifest: manifest.pop("region"))


def _without_draws(folder: Path) -> None:
    rewritten(folder, lambda document: document.pop("draws"))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_no_manifest, "manifest.json"),
        (_no_document, "缺少 result.json"),
        (_torn, "result.json: 不是完整的 JSON"),
        (_a_list, "内容不是结果"),
        (_deep, "不是完整的 JSON"),
        (_not_text, "manifest.json: 不是完整的 JSON"),
        (_without_region, "重新测算"),
        (_without_draws, "重新测算"),
    ],
)
def test_what_cannot_be_read_is_refused(made: Path, tmp_path: Path, damage: Callable[[Path], None], said: str) -> None:
    folder = copied(made / "run", tmp_path / "run")
    damage(folder)
    assert said in told([folder])


def test_every_wrong_folder_is_named_at_once(made: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    lines = told([tmp_path / "none", tmp_path / "empty", made / "run"]).splitlines()
    assert len(lines) == 2


def test_a_calibration_is_no_material(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text('{"kind": "calibration"}', encoding="utf-8")
    with pytest.raises(InputError, match="calibrate"):
        read_finished(tmp_path)

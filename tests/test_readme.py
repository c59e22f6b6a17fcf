"""The README and the pages of docs/ say what is so: set-up lines, generated parts, links, columns, keys, options."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from urllib.parse import urlparse

import pytest

from sim.scenario.schema import EventEntry, ProjectEntry, ScenarioFile, TargetEntry
from sim.sweep.spec import SweepFile
from tests.pages import FENCE, PAGES, PROJECT, copy_of_project, prose_of, python, text_of

READMES = ("README.md", "README.zh-CN.md")
#: docs/model.md holds formulas with Chinese names in them.
CHINESE = [page for page in PAGES if page not in ("README.md", "docs/model.md")]
#: Hosts that pages may link to: none is needed so far.
HOSTS: frozenset[str] = frozenset()
INSTALL = "-m pip install --require-hashes -r requirements.lock"
TAILS = {"run": "run.py run --as-of 2023", "test": "-m pytest"}


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_project(tmp_path_factory.mktemp("project"))


def set_up_lines(page: str) -> list[tuple[str, str]]:
    """(shell, line) of every line that makes an environment."""
    blocks = FENCE.findall(text_of(page))
    return [(shell, line) for shell, block in blocks for line in block.splitlines() if "venv .venv" in line]


def expected_lines(tail: str) -> set[tuple[str, str]]:
    """One job's line for each shell. PowerShell 5 has no `&&`, and reading `$?` resets it: hence the nesting."""
    windows = f".venv\\Scripts\\python.exe {INSTALL}", f".venv\\Scripts\\python.exe {tail}"
    return {
        ("bash", f"python3 -m venv .venv && .venv/bin/python {INSTALL} && .venv/bin/python {tail}"),
        ("bat", f"py -m venv .venv && {windows[0]} && {windows[1]}"),
        ("powershell", f"py -m venv .venv; if ($?) {{ .\\{windows[0]}; if ($?) {{ .\\{windows[1]} }} }}"),
    }


@pytest.mark.parametrize("page", READMES)
def test_two_jobs_each_in_one_line_for_three_shells(page: str) -> None:
    lines = set_up_lines(page)
    assert sorted(lines) == sorted(expected_lines(TAILS["run"]) | expected_lines(TAILS["test"]))


@pytest.mark.parametrize("page", READMES)
def test_test_line_is_the_one_of_the_continuous_check(page: str) -> None:
    script = (PROJECT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    tested = [line for shell, line in set_up_lines(page) if shell == "bash" and line.endswith("pytest")]
    assert tested == [line for line in script if "venv .venv" in line]


def test_generated_parts_are_current(workplace: Path) -> None:
    done = python("docs/readme_parts.py", "--check", folder=workplace)
    assert done.returncode == 0, f"run `python docs/readme_parts.py --write`\n{done.stdout}{done.stderr}"


def test_the_check_of_generated_parts_sees_a_changed_number(tmp_path: Path) -> None:
    folder = copy_of_project(tmp_path)
    page = folder / "docs" / "scenario.md"
    page.write_text(page.read_text(encoding="utf-8").replace("−30 至 30", "−31 至 30", 1), encoding="utf-8")
    script = "import readme_parts as r; t = r.renewed('docs/scenario.md'); print('−31 至 30' in t, '−30 至 30' in t)"
    done = python("-c", f"import sys; sys.path.insert(0, 'docs'); {script}", folder=folder)
    assert done.stdout == "False True\n", done.stderr


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", FENCE.sub("", text_of(page)))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (PROJECT / page).parent.joinpath(target).exists()] == []


def test_every_page_is_in_the_index() -> None:
    index = text_of("docs/README.md")
    pages = [path.name for path in (PROJECT / "docs").glob("*.md") if path.name != "README.md"]
    assert [name for name in pages if f"]({name})" not in index] == []


@pytest.mark.parametrize("page", PAGES)
def test_no_place_of_one_machine_and_no_package_index(page: str) -> None:
    text = text_of(page)
    places = re.findall(r"(?:^|[\s`'\"（(=])(?:/[\w.]+/[\w./]*|~/\w+|[A-Za-z]:\\\w+)", text)
    assert places == []
    assert {urlparse(found).hostname for found in re.findall(r"https?://[^\s)>`]+", text)} <= HOSTS
    assert re.findall(r"index-url|extra-index|pip\.conf|pip install -e", text) == []


@pytest.mark.parametrize("page", CHINESE)
def test_chinese_sentences_have_full_width_punctuation(page: str) -> None:
    assert half_width(prose_of(page)) == []


def half_width(prose: str) -> list[str]:
    """Half-width marks that touch a Chinese character, with what stands around them."""
    marks = r".{0,6}(?:[\u4e00-\u9fff][,;:?!()\"]|[,;:?!()\"][\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?=\s)).{0,6}"
    return re.findall(marks, prose)


def test_half_width_marks_are_found() -> None:
    assert half_width("概率，见（表1）：0.5 和 a,b。") == []
    assert [len(half_width(wrong)) for wrong in ("概率,见", "见(表", "完成. ", '说"好')] == [1, 1, 1, 1]


def columns_of(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return next(csv.reader(stream))


def test_every_column_and_file_of_a_run_is_explained(workplace: Path) -> None:
    out = workplace / "results" / "columns"
    done = python("run.py", "run", "--draws", "100", "--keep-draws", "--out", str(out), folder=workplace)
    assert done.returncode == 0, done.stderr
    page = text_of("docs/results.md")
    names = columns_of(out / "targets.csv") + columns_of(out / "indicators.csv") + columns_of(out / "contributions.csv")
    names += [path.name + ("/" if path.is_dir() else "") for path in out.iterdir()]
    assert [name for name in names if f"`{name}`" not in page] == []
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert [key for key in manifest if f"`{key}`" not in page] == []


def test_every_column_of_comparisons_sweeps_and_the_ledger_is_explained(workplace: Path) -> None:
    out = workplace / "results" / "difference"
    pair = ("baseline", "stress")
    done = python("run.py", "compare", *pair, "--draws", "50", "--no-figures", "--out", str(out), folder=workplace)
    assert done.returncode == 0, done.stderr
    tables = {out / "differences.csv": "docs/results.md", PROJECT / "calibration/west_coast/facts.csv": "docs/facts.md"}
    for table, page in tables.items():
        assert [name for name in columns_of(table) if f"`{name}`" not in text_of(page)] == [], page


@pytest.mark.parametrize("command", ["run", "compare", "sweep", "facts"])
def test_every_option_is_explained(command: str, workplace: Path) -> None:
    help_page = python("run.py", command, "--help", folder=workplace).stdout
    options = re.findall(r"^  (--[\w-]+)", help_page, flags=re.MULTILINE)
    assert len(options) > 3
    page = text_of(f"docs/{command}.md") + text_of("docs/run.md")
    assert [option for option in options if f"`{option}`" not in page] == []


def test_every_key_of_a_scenario_file_is_explained() -> None:
    page = text_of("docs/scenario.md")
    models = (ScenarioFile, ProjectEntry, EventEntry, TargetEntry)
    assert [key for model in models for key in model.model_fields if f"`{key}`" not in page] == []
    operators = TargetEntry.model_fields["operator"].annotation.__args__
    assert [name for name in operators if f"`{name}`" not in page and f'`"{name}"`' not in page] == []


def test_every_key_of_a_sweep_file_is_explained() -> None:
    page = text_of("docs/sweep.md")
    assert [key for key in SweepFile.model_fields if f"`{key}`" not in page] == []

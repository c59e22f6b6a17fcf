"""The program runs from an installed wheel as it does in place, and the lock installs everywhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from sim import resources

PROJECT = Path(__file__).resolve().parent.parent
SOURCES = ("sim", "scenarios", "calibration", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md")


def python(*arguments: str, folder: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Runs Python in `folder` with nothing on its path but `path`; open() without encoding= ends it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment |= {"PYTHONUTF8": "1", "COLUMNS": "80"} | ({"PYTHONPATH": str(path)} if path else {})
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8")


def succeeded(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, f"{done.args}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a wheel is built from, so that building leaves nothing in the checkout."""
    copy = tmp_path_factory.mktemp("source")
    for name in SOURCES:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(PROJECT / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    succeeded(python("-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), folder=source))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    pip = ("-m", "pip", "--disable-pip-version-check", "install", "--no-deps", "--no-index", "--no-compile")
    succeeded(python(*pip, "--target", str(target), str(wheel), folder=target))
    return target


def contents(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def expected(source: Path) -> set[str]:
    """Every file of the package under its own name, every data file under sim/_data/."""

    def files(folder: str) -> set[str]:
        return {path.relative_to(source).as_posix() for path in (source / folder).rglob("*") if path.is_file()}

    data = {f"sim/_data/{name}" for folder in resources.DATA_FOLDERS for name in files(folder)}
    return files("sim") | data


def test_wheel_holds_the_package_and_all_data(source: Path, wheel: Path) -> None:
    names = contents(wheel)
    assert "sim/resources.py" in names
    for folder in resources.DATA_FOLDERS:
        assert any(name.startswith(f"sim/_data/{folder}/") for name in names), f"no data from {folder}/"
    assert names == expected(source)


def test_source_archive_gives_the_same_wheel(source: Path, wheel: Path, tmp_path: Path) -> None:
    succeeded(python("-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path), folder=source))
    (archive,) = tmp_path.glob("*.tar.gz")
    shutil.unpack_archive(archive, tmp_path, filter="data")
    unpacked = tmp_path / archive.name.removesuffix(".tar.gz")
    succeeded(python("-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path), folder=unpacked))
    (again,) = tmp_path.glob("*.whl")
    assert again.read_bytes() == wheel.read_bytes()


def test_installed_program_finds_its_own_data(installed: Path, tmp_path: Path) -> None:
    question = "from sim import resources as r; print(r.data_path('scenarios')); print(r.results_folder())"
    scenarios, results = succeeded(python("-c", question, folder=tmp_path, path=installed)).splitlines()
    assert Path(scenarios) == (installed / "sim" / "_data" / "scenarios").resolve()
    assert Path(results) == tmp_path.resolve() / "results"


def test_installed_program_explains_itself(installed: Path, tmp_path: Path) -> None:
    help_page = succeeded(python("-m", "sim", "--help", folder=tmp_path, path=installed))
    assert help_page.startswith("用法：python -m sim")


def test_program_in_place_explains_itself_from_any_folder(tmp_path: Path) -> None:
    help_page = succeeded(python(str(PROJECT / "run.py"), "--help", folder=tmp_path))
    assert help_page.startswith("用法：python run.py")


def test_installed_program_runs_the_baseline(installed: Path, tmp_path: Path) -> None:
    before = {path for path in installed.rglob("*") if "__pycache__" not in path.parts}
    strict = ("-X", "warn_default_encoding", "-W", "error::EncodingWarning:sim")
    arguments = (*strict, "-m", "sim", "run", "--draws", "200")
    printed = succeeded(python(*arguments, folder=tmp_path, path=installed))
    assert "地区生产总值" in printed
    assert len(list((tmp_path / "results").glob("baseline-*/targets.csv"))) == 1
    assert {path for path in installed.rglob("*") if "__pycache__" not in path.parts} == before


def test_checkout_finds_its_data_in_place() -> None:
    assert not resources.is_installed()
    assert resources.project_root() == PROJECT
    assert resources.data_path("scenarios", "x.yaml") == PROJECT / "scenarios" / "x.yaml"
    assert resources.results_folder() == PROJECT / "results"
    with pytest.raises(ValueError, match="no data folder 'results'"):
        resources.data_path("results")


def locked() -> dict[str, str]:
    """Package to its whole entry in the lock: version, markers, hashes."""
    text = (PROJECT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {entry.partition("==")[0]: entry for entry in entries}


def test_lock_holds_every_dependency_with_hashes() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = settings["project"]["dependencies"] + settings["dependency-groups"]["dev"]
    names = {re.match(r"[\w-]+", requirement)[0].lower() for requirement in wanted}
    assert names <= set(locked())
    assert [name for name, entry in locked().items() if "--hash=sha256:" not in entry] == []


def test_lock_names_no_place_and_knows_windows() -> None:
    text = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    assert re.findall(r"://|--index|--find-links|--extra|file:|^-e|^/|@ ", text, flags=re.MULTILINE) == []
    assert "sys_platform == 'win32'" in locked()["colorama"]


def test_continuous_check_runs_the_readmes_test_command() -> None:
    script = (PROJECT / ".ci" / "run").read_text(encoding="utf-8")
    (command,) = [line for line in script.splitlines() if line.endswith("-m pytest")]
    for name in ("README.md", "README.zh-CN.md"):
        assert command in (PROJECT / name).read_text(encoding="utf-8").splitlines(), f"{name}: {command}"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no executable bit")
def test_continuous_check_can_be_executed() -> None:
    assert os.access(PROJECT / ".ci" / "run", os.X_OK)

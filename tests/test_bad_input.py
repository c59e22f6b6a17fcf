"""Wrong input to the real commands: a clear message with its place, exit code 2, nothing written."""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.running import call, files

PROJECT = Path(__file__).resolve().parent.parent
QUICK = ("--draws", "3", "--no-figures")


@pytest.fixture(autouse=True)
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where results would be written; commands start in an empty folder beside it."""
    place = tmp_path / "results"
    place.mkdir()
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr("sim.cli.run.document.results_folder", lambda: place)
    return place


def refused(results: Path, *arguments: str) -> str:
    """The message of a command line that must be refused, in Chinese, without a trace on disk."""
    before = files(results)
    quick = () if "--draws" in arguments else QUICK
    code, out, err = call("run", *arguments, *quick)
    assert (code, out) == (2, "")
    assert "Traceback" not in err
    assert re.search(r"[\u4e00-\u9fff]", err)
    assert files(results) == before
    assert list(results.iterdir()) == []  # nor an empty folder
    return err


BROKEN: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "x.yaml: 文件是空的"),
    "blank": (b"\n \n# \xe6\xb3\xa8\n", "x.yaml: 文件"),
    "binary": (b"\x00\x01\x02\xff", "x.yaml: 这是二进制文件"),
    "excel": (b"PK\x03\x04rest", "x.yaml: 这是 Excel"),
    "utf16": ("name: 甲\n".encode("utf-16"), "x.yaml: 文件编码为 UTF-16"),
    "gbk": ("name: 测试\n".encode("gbk"), "x.yaml:1:7: 文件编码似为 GBK"),
    "large": (b"# " + b"x" * 2_000_001, "x.yaml: 文件超过 2 MB"),
    "syntax": (b"levers: {fdi_growth: 1\n", "x.yaml:2:1: YAML 语法错误"),
}
SCENARIOS: dict[str, tuple[str, str]] = {
    "duplicate": ("levers: {fdi_growth: 1}\nlevers: {fdi_growth: 2}\n", "x.yaml:2:1: levers: 重复的键"),
    "unknown key": ("lever: {fdi_growth: 1}\n", "x.yaml:1:1: lever: 未知的键“lever”，您是否想写“levers”？"),
    "unknown lever": (
        "levers: {fdi_grwth: 1}\n", "x.yaml:1:10: levers.fdi_grwth: 未知的名称“fdi_grwth”，您是否想写“fdi_growth”？",
    ),
    "wrong type": ("levers: {fdi_growth: abc}\n", "x.yaml:1:22: levers.fdi_growth: 应为数值"),
    "out of bounds": ("levers: {fdi_growth: 999}\n", "x.yaml:1:22: levers.fdi_growth: "),
    "year": ("levers: {fdi_growth: {2050: 1}}\n", "x.yaml:1:23: levers.fdi_growth.2050: 应不晚于预测期末 2035"),
    "base year": ("levers: {fdi_growth: {2020: 1}}\n", "x.yaml:1:23: levers.fdi_growth.2020: 应晚于基年 2020"),
    "nan": ("levers: {fdi_growth: .nan}\n", "x.yaml:1:22: levers.fdi_growth: 不能用“.nan”"),
    "infinity": ("levers: {fdi_growth: -.inf}\n", "x.yaml:1:22: levers.fdi_growth: 不能用“-.inf”"),
    "world": ("world: {world_trad: 1}\n", "您是否想写“world_trade”？"),
    "horizon": ("horizon: 2015\n", "x.yaml:1:10: horizon: 预测期末应晚于基年 2020"),
    "extends": ("extends: baselin\n", "您是否想写“baseline”？"),
    "extends outside": ("extends: /etc/passwd\n", "x.yaml:1:10: extends"),
    "region": ("region: moon\n", "x.yaml:1:9: region: 该情景只适用于区域“moon”"),
    "percent": (
        "projects:\n- {id: p, cell: fishery, capex: 1, start: 2021, commissioning: 2023, value_added: 1,\n"
        "   probability: 80}\n",
        "x.yaml:3:17: projects[0].probability: 应为 0 至 1 的小数，现为 80；若指 80%，请写 0.8",
    ),
    "cell": (
        "projects:\n- {id: p, cell: fishry, capex: 1, start: 2021, commissioning: 2023, value_added: 1}\n",
        "您是否想写“fishery”？",
    ),
    "negative gdp": (
        "targets:\n- {id: x, indicator: gdp, year: 2025, operator: '>=', value: -5}\n",
        "x.yaml:2:62: targets[0].value: 应为正数，现为 -5",
    ),
    "share over 100": (
        "targets:\n- {id: x, indicator: marine_share, year: 2025, operator: '>=', value: 142}\n",
        "x.yaml:2:71: targets[0].value: 比重应在 0 至 100% 之间，现为 142",
    ),
    "indicator": (
        "targets:\n- {id: x, indicator: marine_shar, year: 2025, operator: '>=', value: 42}\n",
        "您是否想写“marine_share”？",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), BROKEN.values(), ids=list(BROKEN))
def test_files_that_are_no_scenario(results: Path, content: bytes, message: str) -> None:
    Path("x.yaml").write_bytes(content)
    assert message in refused(results, "x.yaml")


@pytest.mark.parametrize(("text", "message"), SCENARIOS.values(), ids=list(SCENARIOS))
def test_scenarios_with_a_mistake(results: Path, text: str, message: str) -> None:
    Path("x.yaml").write_text(text, encoding="utf-8")
    err = refused(results, "x.yaml")
    assert message in err
    assert len(err.splitlines()) == 1


def test_files_that_are_not_there(results: Path) -> None:
    Path("baseline2.yaml").write_text("levers: {}\n", encoding="utf-8")
    Path("folder.yaml").mkdir()
    assert "basline2.yaml: 文件不存在，您是否想写“baseline2.yaml”？" in refused(results, "basline2.yaml")
    assert "folder.yaml: 这是文件夹，不是文件" in refused(results, "folder.yaml")
    assert "您是否想写“plan_targets”？" in refused(results, "plan_target")


def test_all_mistakes_are_told_at_once_in_their_order(results: Path) -> None:
    Path("x.yaml").write_text(
        "levers: {fdi_growth: abc, fdi_grwth: 1}\nworld: {world_trade: .nan}\nhorizont: 2030\n", encoding="utf-8"
    )
    lines = refused(results, "x.yaml").splitlines()
    places = [tuple(map(int, re.findall(r":(\d+)", line)[:2])) for line in lines]
    assert places == [(1, 22), (1, 27), (2, 22), (3, 1)]


def test_english_on_request(results: Path) -> None:
    Path("x.yaml").write_text("levers: {fdi_grwth: 1}\n", encoding="utf-8")
    code, _, err = call("run", "x.yaml", *QUICK, "--lang", "en")
    assert code == 2
    assert 'did you mean "fdi_growth"?' in err


OPTIONS: dict[tuple[str, ...], str] = {
    ("--draws", "1000000000"): "--draws: “1000000000”应为1到10,000,000之间的整数",
    ("--draws", "1e9"): "--draws: “1e9”应为",
    ("--draws", "600000", "--keep-draws"): "--keep-draws: 最多保留",
    ("--horizon", "2015"): "--horizon: 预测期末应晚于基年 2020",
    ("--horizon", "2020"): "--horizon: 预测期末应晚于基年 2020",
    ("--horizon", "2099"): "--horizon: ",
    ("--as-of", "2019"): "--as-of: 2019 早于基年 2020；可用2020至2023",
    ("--as-of", "2024"): "--as-of: 2024 晚于可比公布数的最后一年 2023；可用2020至2023，或写 latest",
    ("--region", "west_cost"): "--region: 未知的名称“west_cost”，您是否想写“west_coast”？",
    ("--without", "shock"): "--without: 未知的名称“shock”，您是否想写“shocks”？",
}


@pytest.mark.parametrize(("words", "message"), OPTIONS.items(), ids=[" ".join(words) for words in OPTIONS])
def test_options_with_a_mistake(results: Path, words: tuple[str, ...], message: str) -> None:
    assert message in refused(results, *words)


def test_as_of_the_base_year_is_what_is_done_without_it() -> None:
    pages = [call("run", *QUICK, *words)[1] for words in (("--as-of", "2020"), ())]
    assert pages[0] == pages[1]
    assert pages[0].startswith("仅使用2020年及以前数据")


# Region packs


@pytest.fixture
def calibration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data that the commands read instead of the real one."""
    for name in ("calibration", "scenarios"):
        shutil.copytree(PROJECT / name, tmp_path / "data" / name)
    monkeypatch.setattr("sim.cli.inputs.data_path", (tmp_path / "data").joinpath)
    return tmp_path / "data" / "calibration"


FACTS = "west_coast/facts.csv"
PLAN = "west_coast/targets/plan14.yaml"
PACKS: dict[str, tuple[str, str, str, str]] = {
    "negative gdp": (FACTS, "gdp,2020,3721.68", "gdp,2020,-1", "facts.csv:53:5: gdp.2020: 应为正数，现为 -1"),
    "zero gdp": (FACTS, "gdp,2020,3721.68", "gdp,2020,0", "facts.csv:53:5: gdp.2020: 应为正数，现为 0"),
    "share": (FACTS, "marine_share,2020,37,", "marine_share,2020,137,", "比重应在 0 至 100% 之间，现为 137"),
    "nan": (FACTS, "gdp,2020,3721.68", "gdp,2020,nan", "facts.csv:53:5: value: 应为数字，得到“nan”"),
    "does not add up": (
        FACTS, "manufacturing_share,2020,30,", "manufacturing_share,2020,60,",
        "没有正的增加值：construction_utilities",
    ),
    "percent for a fraction": (
        "west_coast/base_year.yaml", "range: [0.35, 0.55]", "range: [35, 55]",
        "assumptions.fishery_share: 应为 0 至 1 的小数，现为 [35, 55]；若指百分数，请写 [0.35, 0.55]",
    ),
    "unknown fact": ("west_coast/base_year.yaml", "gdp: gdp.2020", "gdp: gdp.2020x", "您是否想写“gdp.2020”？"),
    "missing key": ("west_coast/base_year.yaml", "  gdp: gdp.2020\n", "", "base_year.yaml:3:3: facts: 缺少：gdp"),
    "target": (PLAN, "value: 42.0", "value: 142.0", "比重应在 0 至 100% 之间，现为 142"),
    "target years": (
        PLAN, "first_year: 2021", "first_year: 2026", "year: first_year 应不晚于 year",
    ),
    "band with one end": (PLAN, "value_high: 8.5", "value_high: null", "between 需要 value_high"),
    "in step with nothing": (
        PLAN, "benchmark: gdp_growth_average", "benchmark: gdp_growth_averag",
        "benchmark: 未知的名称“gdp_growth_averag”，您是否想写“gdp_growth_average”？",
    ),
    "prior of no month": ("west_coast/priors.yaml", "date: 2020-12", "date: 2020-13", "speed.date: 日期应写作"),
    "prior out of place": ("west_coast/priors.yaml", "  marine_share:", "  income_drift:", "应写在 parameters 之下"),
    "prior": ("west_coast/priors.yaml", "range: [", "range: [.nan, ", "不能用“.nan”"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "message"), PACKS.values(), ids=list(PACKS))
def test_region_packs_with_a_mistake(
    results: Path, calibration: Path, file: str, old: str, new: str, message: str
) -> None:
    path = calibration / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    err = refused(results)
    assert message in err
    assert re.search(r"(facts\.csv|base_year\.yaml|plan14\.yaml|priors\.yaml):\d+", err)


# Disks


def test_a_valid_scenario_anywhere_works(tmp_path: Path) -> None:
    path = tmp_path / "别处 的文件夹" / "我的 情景.yaml"
    path.parent.mkdir()
    path.write_text("\ufeffextends: baseline\r\nlevers: {fdi_growth: {2022: 1, 2025: [1, 3]}}\r\n", encoding="utf-8")
    code, page, err = call("run", str(path), *QUICK)
    assert (code, err) == (0, "")
    assert "我的 情景" in page


def test_a_folder_below_a_file_is_refused(results: Path) -> None:
    Path("file.txt").write_bytes(b"mine")
    assert "--out" in refused(results, "--out", "file.txt/r")
    assert "--out: “file.txt”是文件，应为文件夹" in refused(results, "--out", "file.txt")
    assert Path("file.txt").read_bytes() == b"mine"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_refused(results: Path) -> None:
    Path("closed").mkdir(mode=0o500)
    assert "写不进去" in refused(results, "--out", "closed/r")


def no_space(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("where", ["os.replace", "pathlib.Path.write_bytes", "zipfile.ZipFile.writestr"])
def test_a_full_disk_leaves_nothing_behind(results: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    monkeypatch.setattr(where, no_space)
    assert "写不进去：磁盘已满" in refused(results, "--keep-draws")


def test_a_full_disk_leaves_the_former_result(results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert call("run", *QUICK, "--out", "r")[0] == 0
    before = files(Path("r"))
    monkeypatch.setattr("pathlib.Path.write_bytes", no_space)
    assert "写不进去" in refused(results, "--force", "--out", "r")
    assert files(Path("r")) == before
    assert [p.name for p in Path().iterdir()] == ["r"]


# Ctrl-C

LONG_RUN = """
import sys
import sim.cli.run.document as command
from sim.cli.main import main

def watched(plan, progress, simulate=command.run):
    def told(count):
        print("working", flush=True)
        progress(count)
    return simulate(plan, told)

if __name__ == "__main__":
    command.run = watched
    sys.exit(main(["run", "--draws", "9000000", "--no-figures", "--out", sys.argv[1], *sys.argv[2:]]))
"""


@pytest.mark.skipif(os.name == "nt", reason="a process group cannot be interrupted alike on Windows")
@pytest.mark.parametrize("more", [(), ("--workers", "2")], ids=["alone", "with workers"])
def test_an_interrupted_run_says_one_line_and_leaves_nothing(tmp_path: Path, more: tuple[str, ...]) -> None:
    script = tmp_path / "long_run.py"
    script.write_text(LONG_RUN, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path / "out" / "r"), *more],
        env={**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,  # so that the signal reaches the workers too, as Ctrl-C in a terminal does
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "working\n"
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate()
    assert (process.returncode, err) == (130, "已中断。\n")
    assert not (tmp_path / "out").exists() or list((tmp_path / "out").iterdir()) == []

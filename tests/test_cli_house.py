"""The command line itself: language, help, messages, exit codes. What the commands do is tested elsewhere."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest

from sim.cli import main as cli
from sim.cli import options
from sim.cli.bilingual import language, language_asked
from sim.cli.terminal import cell_width
from sim.errors import InputError, Problem
from sim.language import Text

PROJECT = Path(__file__).resolve().parent.parent
HEAVY = ("numpy", "pandas", "matplotlib", "scipy", "yaml", "pydantic")


@pytest.fixture
def probe(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Any]:
    """Puts a command `probe` with all shared options into the table; what it receives lands in the dict."""
    received: dict[str, Any] = {}

    @options.command(Text(zh="试验命令", en="trial command"))
    @options.argument("scenario", Text(zh="情景名称或文件", en="scenario name or file"))
    @options.option("--kind", type=options.choice(["levers", "targets"]), text=Text(zh="种类", en="kind"))
    @options.option("--raise", "raises", text=Text(zh="报错", en="raise"))
    @options.simulation
    @options.result_files
    @options.as_json
    @click.pass_context
    def command(ctx: click.Context, **values: Any) -> None:
        received.update(values, lang=language(ctx))
        match values["raises"]:
            case "input":
                raise InputError(Problem("情景.yaml", 3, 5, "levers.x", Text(zh="错了", en="wrong")))
            case "interrupt":
                raise KeyboardInterrupt
            case "bug":
                raise ZeroDivisionError("a mistake of the program")
            case "seven":
                ctx.exit(7)

    for region in ("qingdao", "west_coast", "reference"):
        (tmp_path / "calibration" / region).mkdir(parents=True)
        if region != "reference":  # shared figures are no region
            (tmp_path / "calibration" / region / "region.yaml").touch()
    monkeypatch.setattr(options, "data_path", tmp_path.joinpath)
    monkeypatch.setitem(sys.modules, "sim.cli.probe", SimpleNamespace(command=command))
    monkeypatch.setitem(cli.COMMANDS, "probe", ("sim.cli.probe:command", Text(zh="试验", en="trial")))
    return received


def run(*arguments: str) -> int:
    return cli.main(arguments, program="python run.py")


def outcome(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(*arguments)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_options_arrive_with_their_defaults(probe: dict[str, Any]) -> None:
    assert run("probe", "baseline") == 0
    assert probe == {
        "scenario": "baseline", "kind": None, "raises": None, "region": "west_coast", "draws": 20000,
        "seed": 1, "as_of": None, "inflate": False, "horizon": None, "chunk": None, "workers": 1, "keep_draws": False,
        "out": None, "force": False, "as_json": False, "lang": "zh",
    }  # fmt: skip


def test_options_arrive_as_given(probe: dict[str, Any], tmp_path: Path) -> None:
    words = "--region qingdao --draws 10,000,000 --seed 0 --as-of latest --horizon 2030 --chunk 1 --workers 2"
    flags = [
        "--keep-draws",
        "--inflate",
        "--force",
        "--json",
        "--kind",
        "levers",
        "--lang",
        "en",
        "--out",
        str(tmp_path),
    ]
    assert run("probe", "文件 夹/情景.yaml", *words.split(), *flags) == 0
    assert probe == {
        "scenario": "文件 夹/情景.yaml", "kind": "levers", "raises": None, "region": "qingdao",
        "draws": 10_000_000, "seed": 0, "as_of": "latest", "inflate": True, "horizon": 2030, "chunk": 1, "workers": 2,
        "keep_draws": True, "out": tmp_path, "force": True, "as_json": True, "lang": "en",
    }  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [("--lang", "en", "probe", "x"), ("probe", "x", "--lang", "en"), ("--lang=en", "probe", "x")],
)
def test_language_before_and_after_the_command(probe: dict[str, Any], arguments: tuple[str, ...]) -> None:
    assert run(*arguments) == 0
    assert probe["lang"] == "en"


def test_the_last_language_counts_and_a_plain_argument_does_not() -> None:
    assert language_asked([]) == "zh"
    assert language_asked(["--lang", "en", "run", "--lang", "zh"]) == "zh"
    assert language_asked(["run", "--lang", "fr"]) == "zh"
    assert language_asked(["run", "--lang"]) == "zh"
    assert language_asked(["run", "--", "--lang", "en"]) == "zh"
    assert language_asked(["run", "--language=en", "--lang-x", "en"]) == "zh"


@pytest.mark.parametrize("arguments", [("--help",), ("probe", "--help"), ("probe", "--draws", "x", "--help")])
def test_help_in_chinese_holds_no_english(
    probe: dict[str, Any], capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    code, page, errors = outcome(capsys, *arguments)
    assert (code, errors) == (0, "")
    assert page.startswith("用法：python run.py ")
    assert "显示这段说明并退出" in page
    for english in (
        "Usage",
        "Options",
        "Commands",
        "Arguments",
        "Show this",
        "show this",
        "default",
        "[OPTIONS]",
    ):
        assert english not in page


@pytest.mark.parametrize("arguments", [("--help", "--lang", "en"), ("--lang", "en", "probe", "--help")])
def test_help_in_english_holds_no_chinese(
    probe: dict[str, Any], capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    code, page, _ = outcome(capsys, *arguments)
    assert code == 0
    assert page.startswith("Usage: python run.py ")
    assert re.findall(r"[\u3000-\u9fff\uff00-\uffef]", page) == []


@pytest.mark.parametrize("columns", ["60", "80", "200"])
def test_help_fits_the_terminal(
    probe: dict[str, Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    lines = outcome(capsys, "probe", "--help")[1].splitlines()
    assert any("用法" in line for line in lines)
    assert [line for line in lines if cell_width(line) > int(columns)] == []


MISTAKES = {
    ("probe",): "缺少参数“SCENARIO”",
    ("probe", "a", "b"): "多余的参数：b",
    ("probe", "a", "--drws", "5"): "没有选项“--drws”，您是否想写“--draws”？",
    ("probe", "a", "--draws"): "选项“--draws”后面需要一个值",
    ("probe", "a", "--force=1"): "选项“--force”不带值",
    ("prob", "a"): "没有命令“prob”，您是否想写“probe”？",
    ("zzzz",): "没有命令“zzzz”",
    ("--nothing",): "没有选项“--nothing”",
    ("--lang", "en-GB", "probe"): "“en-GB”",
    ("--lang",): "选项“--lang”后面需要一个值",
    ("--lang", "zh"): "缺少命令",
}


@pytest.mark.parametrize(("arguments", "message"), MISTAKES.items(), ids=[" ".join(words) for words in MISTAKES])
def test_mistakes_are_explained_in_chinese(
    probe: dict[str, Any], capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    code, out, errors = outcome(capsys, *arguments)
    assert (code, out) == (2, "")
    assert message in errors
    quoted_left_out = re.sub(r"“[^”]*”|--[\w-]+|python run\.py\S*|probe|SCENARIO|zh|en", "", errors.splitlines()[-1])
    assert re.findall(r"[A-Za-z]{2,}", quoted_left_out) == []


def test_mistakes_are_explained_in_english_on_request(
    probe: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, errors = outcome(capsys, "probe", "a", "--drws", "5", "--lang", "en")
    assert code == 2
    assert re.search(r"No such option '--drws'\. .*Did you mean .*'--draws'", errors)
    assert "python run.py probe --help --lang en" in errors


BAD_VALUES = {
    ("--draws", "0"): "--draws: “0”应为1到10,000,000之间的整数",
    ("--draws", "1e9"): "--draws: “1e9”应为1到10,000,000之间的整数",
    ("--draws", "1000000000"): "--draws: “1000000000”应为1到10,000,000之间的整数",
    ("--draws", "nan"): "--draws: “nan”应为1到10,000,000之间的整数",
    ("--seed", "-1"): "--seed: “-1”应为0到9,223,372,036,854,775,807之间的整数",
    ("--seed", str(2**63)): f"--seed: “{2**63}”应为0到9,223,372,036,854,775,807之间的整数",
    ("--chunk", "0"): "--chunk: “0”应为",
    ("--workers", "2.5"): "--workers: “2.5”应为",
    ("--as-of", "last"): "--as-of: “last”应为1978到2100之间的年份，或写 latest",
    ("--horizon", "203"): "--horizon: “203”应为1978到2100之间的年份",
    ("--horizon", "9" * 5000): "应为1978到2100之间的年份",
    ("--region", "westcoast"): "您是否想写“west_coast”？",
    ("--region", "reference"): "未知的名称“reference”。可用：qingdao、west_coast",
    ("--kind", "lever"): "您是否想写“levers”？",
    ("--out", " "): "--out: 文件夹的名称不能为空",
    ("--out", __file__): "是文件，应为文件夹",
    ("--out", "x" * 5000): "--out: 无法使用该文件夹：",
}


@pytest.mark.parametrize(("words", "message"), BAD_VALUES.items(), ids=[" ".join(words)[:30] for words in BAD_VALUES])
def test_wrong_values_are_refused(
    probe: dict[str, Any], capsys: pytest.CaptureFixture[str], words: tuple[str, ...], message: str
) -> None:
    code, out, errors = outcome(capsys, "probe", "baseline", *words)
    assert (code, out, probe) == (2, "", {})
    assert message in errors


def test_all_wrong_values_are_told_at_once(probe: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    code, _, errors = outcome(capsys, "probe", "x", "--draws", "0", "--seed", "a", "--region", "moon", "--lang", "en")
    assert code == 2
    assert [line.partition(":")[0] for line in errors.splitlines()] == ["--draws", "--region", "--seed"]


def test_exit_codes(probe: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(capsys, "probe", "x", "--raise", "input") == (2, "", "情景.yaml:3:5: levers.x: 错了\n")
    english = outcome(capsys, "probe", "x", "--raise", "input", "--lang", "en")
    assert english == (2, "", "情景.yaml:3:5: levers.x: wrong\n")
    assert outcome(capsys, "probe", "x", "--raise", "interrupt") == (130, "", "已中断。\n")
    assert outcome(capsys, "probe", "x", "--raise", "seven")[0] == 7
    with pytest.raises(ZeroDivisionError):
        run("probe", "x", "--raise", "bug")


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, errors = outcome(capsys)
    assert (code, out) == (2, "")
    assert errors.startswith("用法：")


@pytest.mark.parametrize("name", list(cli.COMMANDS))
def test_every_listed_command_exists_and_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    for lang, start in (("zh", "用法："), ("en", "Usage: ")):
        code, page, _ = outcome(capsys, name, "--help", "--lang", lang)
        assert code == 0
        assert page.startswith(f"{start}python run.py {name}")


def test_every_module_of_a_command_is_listed() -> None:
    places = [path.relative_to(PROJECT).with_suffix("") for path in (PROJECT / "sim" / "cli").rglob("*.py")]
    modules = {".".join(place.parts) for place in places if place.name != "__init__"}
    commands = {
        name for name in modules if isinstance(getattr(importlib.import_module(name), "command", None), click.Command)
    }
    assert commands == {place.partition(":")[0] for place, _ in cli.COMMANDS.values()}


@pytest.mark.parametrize("words", [["--help"], ["--help", "--lang", "en"], ["nothing"]])
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    code = f"import sys; from sim.cli.main import main; main({words!r}); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, encoding="utf-8")
    loaded = set(done.stderr.splitlines()[-1].split())
    assert "click" in loaded
    assert loaded & set(HEAVY) == set()

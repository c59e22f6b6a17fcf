"""What reaches the terminal: any console, any code page, lines that fit."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.cli.terminal import cell_width, definition_list, make_output_safe, wrap_cells, write_json


def test_output_of_a_narrow_code_page_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    console = io.TextIOWrapper(io.BytesIO(), encoding="cp936", errors="strict")
    monkeypatch.setattr(sys, "stdout", console)
    make_output_safe()
    print("公里²", flush=True)
    assert console.buffer.getvalue().decode("cp936").strip() == "公里2"


@pytest.mark.parametrize(("encoding", "shown"), [("gbk", "-0.6 — 5 2 × ? 新"), ("ascii", "-0.6 - 5 2 x ? ?")])
def test_a_narrow_console_loses_no_sign(encoding: str, shown: str) -> None:
    """Under gbk — and × are there, − and ² are not; what nothing stands in for becomes a question mark."""
    program = "from sim.cli.terminal import make_output_safe; make_output_safe(); print('−0.6 — 5 ² × ☃ 新')"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).resolve().parent.parent,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        check=True,
    )
    assert done.stdout.decode(encoding).strip() == shown


def test_json_is_utf8_whatever_the_console(monkeypatch: pytest.MonkeyPatch) -> None:
    console = io.TextIOWrapper(io.BytesIO(), encoding="cp936", errors="strict")
    monkeypatch.setattr(sys, "stdout", console)
    write_json({"单位": "公里²"})
    written = console.buffer.getvalue()
    assert json.loads(written.decode("utf-8")) == {"单位": "公里²"}
    assert "公里²".encode() in written
    with pytest.raises(ValueError, match="JSON compliant"):
        write_json({"p50": float("nan")})


def test_cells_and_lines() -> None:
    assert cell_width("GDP") == 3
    assert cell_width("地区，") == 6
    assert cell_width("e\u0301") == 1
    assert wrap_cells("一二三四", 4) == ["一二", "三四"]
    assert wrap_cells("一二，三", 4) == ["一", "二，", "三"]  # the comma does not start a line
    assert wrap_cells("一（二三", 4) == ["一", "（二", "三"]  # the bracket does not end one
    assert wrap_cells("one two", 5) == ["one", "two"]
    assert wrap_cells("a\n\nb", 5) == ["a", "", "b"]
    assert wrap_cells("abcdefgh 一", 4) == ["abcdefgh", "一"]
    assert definition_list([("名", "一二三四"), ("long-name", "五")], 14, indent=1) == [
        " 名    一二三",
        "       四",
        " long-name",
        "       五",
    ]


@given(st.text("一二，。（ab c", max_size=60), st.integers(6, 30))
def test_wrapping_loses_nothing_but_spaces(text: str, width: int) -> None:
    lines = wrap_cells(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_width(line) <= width or " " not in line.strip() for line in lines)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is not on this system")
def test_a_full_disk_behind_standard_output_is_one_line() -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "run.py", "list", "levers"],
            cwd=Path(__file__).resolve().parent.parent,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.strip() == "写不进去：磁盘已满。"

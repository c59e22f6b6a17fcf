"""The README and the pages of docs/ as the tests read them, and a copy of the project to run commands in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PAGES = tuple(
    path.relative_to(PROJECT).as_posix() for path in (*PROJECT.glob("README*.md"), *sorted(PROJECT.glob("docs/*.md")))
)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def text_of(page: str) -> str:
    return (PROJECT / page).read_text(encoding="utf-8")


def prose_of(page: str) -> str:
    """What a page says in sentences: without fences, code, comments and the targets of links."""
    text = re.sub(r"<!--.*?-->", "", FENCE.sub("", text_of(page)), flags=re.DOTALL)
    return re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", re.sub(r"`[^`\n]*`", "`", text))


def copy_of_project(folder: Path) -> Path:
    """All that commands and generated parts need, in `folder`; results come to lie there too."""
    for name in ("sim", "calibration", "scenarios", "docs"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (PROJECT / "run.py", *PROJECT.glob("README*.md")):
        shutil.copy(path, folder)
    return folder


def python(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs Python in `folder` with UTF-8 output, whatever the machine's locale."""
    environment = {**os.environ, "PYTHONUTF8": "1", "COLUMNS": "100"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8")

"""Every `python run.py` command of the README and of docs/ does what its page says it does."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pages import PAGES, copy_of_project, python, text_of

BLOCK = re.compile(r"(?:<!-- expect: (\d+) -->\s*\n)?^```bash\n(.*?)^```$", re.DOTALL | re.MULTILINE)
DRAWS = {"run": 500, "compare": 500, "sweep": 50}


def commands_of(text: str) -> Iterator[tuple[str, int]]:
    """Commands of a page and the exit code each must give."""
    for expected, block in BLOCK.findall(text):
        for line in block.splitlines():
            if line.startswith("python run.py"):
                yield line.removeprefix("python run.py").strip(), int(expected or 0)


def all_commands() -> list[tuple[str, int]]:
    """The commands of all pages in their order; the same one again only within one page (a resumed sweep)."""
    found: list[tuple[str, int]] = []
    for page in PAGES:
        earlier = set(found)
        found += [command for command in commands_of(text_of(page)) if command not in earlier]
    return found


def lightened(command: str) -> list[str]:
    """Arguments with few draws, and without figures except in the plain commands."""
    words = shlex.split(command)
    if "--prove" in words:  # two regions in a folder of their own instead of the whole proof
        words[words.index("--prove") + 1], words[words.index("--out") + 1] = "2", "results/proof"
    draws = DRAWS.get(words[0])
    if draws is None or "--help" in words or "--replay" in words or (words[1:2] and words[1].startswith("results/")):
        return words  # the manifests of results decide, and draws are told to be of no use
    if "--draws" in words:
        words[words.index("--draws") + 1] = str(draws)
    else:
        words += ["--draws", str(draws)]
    plain = command == "run" or "--out" in words
    return words if plain or words[0] == "sweep" else [*words, "--no-figures"]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_project(tmp_path_factory.mktemp("project"))


@pytest.mark.parametrize(("command", "expected"), all_commands(), ids=lambda value: str(value))
def test_command_of_a_page_works(command: str, expected: int, workplace: Path) -> None:
    arguments = shlex.split(command) if expected else lightened(command)
    done = python("run.py", *arguments, folder=workplace)
    assert done.returncode == expected, f"{done.stdout[-2000:]}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    if expected:
        assert done.stderr.strip()
        assert done.stdout == ""
    elif "--json" in arguments:
        assert json.loads(done.stdout)
    else:
        assert done.stdout.strip()


def test_the_pages_show_every_command() -> None:
    shown = {command.split()[0] for command, expected in all_commands() if expected == 0}
    assert {"run", "compare", "sweep", "facts", "list"} <= shown


def test_commands_are_found_and_made_light() -> None:
    page = "```bash\npython run.py run a --draws 20000\nls\n```\n"
    page += "\n<!-- expect: 2 -->\n```bash\npython run.py run b\n```\n"
    assert list(commands_of(page)) == [("run a --draws 20000", 0), ("run b", 2)]
    assert lightened("run a --draws 20000") == ["run", "a", "--draws", "500", "--no-figures"]
    assert lightened("run") == ["run", "--draws", "500"]
    assert lightened("sweep x --out y") == ["sweep", "x", "--out", "y", "--draws", "50"]
    assert lightened("list levers") == ["list", "levers"]

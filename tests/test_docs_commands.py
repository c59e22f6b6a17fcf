"""Every `python run.py` command of the README and of docs/ does what its page says it does."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.pages import PAGES, copy_of_project, python, text_of

BLOCK = re.compile(r"(?:<!-- expect: (\d+) -->\s*\n)?^```bash\n(.*?)^```$", re.DOTALL | re.MULTILINE)
DRAWS = {"brief": 500, "run": 500, "compare": 500, "sweep": 50, "sensitivity": 500, "solve": 500}


def commands_of(text: str) -> Iterator[tuple[str, int]]:
    """Commands of a page and the exit code each must give."""
    for expected, block in BLOCK.findall(text):
        for line in block.splitlines():
            if line.startswith("python run.py"):
                yield line.removeprefix("python run.py").strip(), int(expected or 0)


def all_commands() -> list[tuple[str, str, int]]:
    """Page, command and exit code in their order; the same command again only within one page (a resumed sweep)."""
    found: list[tuple[str, str, int]] = []
    for page in PAGES:
        earlier = {(command, expected) for _, command, expected in found}
        found += [(page, *command) for command in commands_of(text_of(page)) if command not in earlier]
    return found


def lightened(command: str) -> list[str]:
    """Arguments with few draws, and without figures except in the plain commands."""
    words = shlex.split(command)
    if "--prove" in words:  # two regions in a folder of their own instead of the whole proof
        words[words.index("--prove") + 1], words[words.index("--out") + 1] = "2", "results/proof"
    if words[0] == "report" and "all" in words:  # figures in three formats take longest; test_cli_report.py makes them
        place = words.index("all")
        words[place : place + 1] = ["xlsx", "--format", "html"]
    if words[0] == "compare" and "stress" in words and "--no-attribution" not in words:  # three scenarios, many groups
        words.append("--no-attribution")
    draws = DRAWS.get(words[0])
    if draws is None or "--help" in words or "--replay" in words or (words[1:2] and words[1].startswith("results/")):
        return words  # the manifests of results decide, and draws are told to be of no use
    if "--draws" in words:
        words[words.index("--draws") + 1] = str(draws)
    else:
        words += ["--draws", str(draws)]
    plain = command == "run" or "--out" in words
    return words if plain or words[0] not in ("run", "compare") else [*words, "--no-figures"]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_project(tmp_path_factory.mktemp("project"))


COMMANDS = all_commands()
Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def finished(workplace: Path, request: pytest.FixtureRequest) -> dict[int, Done]:
    """What every command asked for did: one after the other within a page, two pages at a time."""
    tests = [item for item in request.session.items if item.name.startswith("test_command_of_a_page_works[")]
    asked = [item.callspec.params["number"] for item in tests]  # type: ignore[attr-defined]
    pages: dict[str, list[int]] = {}
    for number in asked:
        pages.setdefault(COMMANDS[number][0], []).append(number)

    def run_page(numbers: list[int]) -> dict[int, Done]:
        found = {}
        for number in numbers:
            _, command, expected = COMMANDS[number]
            arguments = shlex.split(command) if expected else lightened(command)
            found[number] = python("run.py", *arguments, folder=workplace)
        return found

    with ThreadPoolExecutor(2) as pool:
        return {number: done for found in pool.map(run_page, pages.values()) for number, done in found.items()}


@pytest.mark.parametrize("number", range(len(COMMANDS)), ids=[command for _, command, _ in COMMANDS])
def test_command_of_a_page_works(number: int, finished: dict[int, Done]) -> None:
    _, command, expected = COMMANDS[number]
    done = finished[number]
    assert done.returncode == expected, f"{done.stdout[-2000:]}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    if expected:
        assert done.stderr.strip()
        assert done.stdout == ""
    elif "--json" in shlex.split(command):
        assert json.loads(done.stdout)
    else:
        assert done.stdout.strip()


def test_the_pages_show_every_command() -> None:
    shown = {command.split()[0] for _, command, expected in COMMANDS if expected == 0}
    assert {"run", "compare", "sweep", "facts", "list"} <= shown


def test_commands_are_found_and_made_light() -> None:
    page = "```bash\npython run.py run a --draws 20000\nls\n```\n"
    page += "\n<!-- expect: 2 -->\n```bash\npython run.py run b\n```\n"
    assert list(commands_of(page)) == [("run a --draws 20000", 0), ("run b", 2)]
    assert lightened("run a --draws 20000") == ["run", "a", "--draws", "500", "--no-figures"]
    assert lightened("run") == ["run", "--draws", "500"]
    assert lightened("sweep x --out y") == ["sweep", "x", "--out", "y", "--draws", "50"]
    assert lightened("list levers") == ["list", "levers"]

"""libyaml and PyYAML's own parser read the same values at the same places, and report the same mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.reading import compose, nodes

PROJECT = Path(__file__).resolve().parent.parent
FILES = sorted(p for folder in ("calibration", "scenarios", "docs") for p in (PROJECT / folder).rglob("*.yaml"))

pytestmark = pytest.mark.skipif(compose.FAST is None, reason="this PyYAML has no libyaml to compare with")


def seen(text: str) -> object:
    """All that comes of a text: values with their places and problems, or the error."""
    try:
        tree = nodes.parse(text, "file.yaml")
    except InputError as error:
        return error.show("zh")
    return tree.data, tree.places, tree.key_places, [problem.show("zh") for problem in tree.problems]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_every_file_of_the_project_reads_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = path.read_text(encoding="utf-8-sig")
    fast = seen(text)
    monkeypatch.setattr(compose, "FAST", None)
    assert seen(text) == fast


@pytest.mark.parametrize(
    "text",
    [
        "a: 010\nb: 1\nb: 2\nc: [1, .inf]\n<<: {d: 1}\n? [1]\n: 2\n",
        "a: [1, 2\nb: 3\n",
        "a:\n\t- 1\n",
        "a: &x [*x]\n",
        "标签: “引号”\n- 1\n",
        "a: 'open\n",
        "%YAML 9.9\n---\na: 1\n",
        "a: 1\n---\nb: 2\n",
        "",
        "[" * 60 + "]" * 60,
        "- " * 80 + "1\n",
    ],
)
def test_mistakes_are_told_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = seen(text)
    monkeypatch.setattr(compose, "FAST", None)
    assert seen(text) == fast

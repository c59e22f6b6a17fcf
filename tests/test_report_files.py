"""Files of `report` on disk: whole or not at all, never over what somebody has edited."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from sim.cli.report.writing import Content, write_all
from sim.errors import InputError

ONE, TWO = Content("a.docx", b"one"), Content("figures/b.png", b"two")


def told(folder: Path, *contents: Content, force: bool = False) -> str:
    with pytest.raises(InputError) as caught:
        write_all(folder, contents, force)
    return caught.value.show("zh")


def test_files_are_written_and_told_of(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert write_all(folder, [ONE, TWO], False) == ((folder / "a.docx", True), (folder / "figures" / "b.png", True))
    assert (folder / "figures" / "b.png").read_bytes() == b"two"
    assert write_all(folder, [ONE], False) == ((folder / "a.docx", False),)
    assert sorted(path.name for path in folder.rglob("*") if path.is_file()) == ["a.docx", "b.png"]


def test_other_content_is_not_overwritten_unasked(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"edited by hand")
    message = told(tmp_path, ONE, TWO)
    assert "a.docx" in message
    assert "--force" in message
    assert (tmp_path / "a.docx").read_bytes() == b"edited by hand"
    assert not (tmp_path / "figures").exists()
    write_all(tmp_path, [ONE], True)
    assert (tmp_path / "a.docx").read_bytes() == b"one"


def test_a_folder_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.docx").mkdir()
    assert "同名文件夹" in told(tmp_path, ONE, force=True)


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.write_bytes(b"")
    assert "应为文件夹" in told(place, ONE)


@pytest.mark.skipif(
    sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="the administrator may write everywhere",
)
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert "没有写入权限" in told(tmp_path, ONE)
    finally:
        tmp_path.chmod(0o700)


def test_an_open_document_is_named_and_left_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to replace a file that Word holds open, with just this error."""
    (tmp_path / "a.docx").write_bytes(b"open in Word")

    def held(source: object, target: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", held)
    message = told(tmp_path, ONE, force=True)
    assert "正在 Word、WPS 中打开" in message
    assert (tmp_path / "a.docx").read_bytes() == b"open in Word"
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]

"""`report` from the command line: files, editions, languages, damaged results, hostile names, closed places."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest

import sim.charts.fonts
from sim.output.store import MANIFEST
from sim.report.editions import EDITIONS
from sim.report.guard import violations
from tests.result_cases import copied, result
from tests.running import FEW, call, files

HOSTILE = '<script>alert(1)</script>=HYPERLINK("http://x","y")\u202e'
OWN = f"""\
name: own
label: '{HOSTILE}'
label_en: '{HOSTILE}'
extends: baseline
levers: {{fdi_growth: 3}}
"""
SUFFIXES = [".docx", ".html", ".xlsx"]
THREE = ("--format", "docx", "--format", "xlsx", "--format", "html")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with figures up to 2023 and a comparison."""
    folder = tmp_path_factory.mktemp("results")
    result(folder / "run", "baseline", "--as-of", "2023")
    compared = ("compare", "baseline", "plan_targets", "--as-of", "2023", *FEW, "--no-attribution")
    assert call(*compared, "--out", str(folder / "compare"))[0] == 0
    return folder


def told(*arguments: str) -> str:
    """What an accepted command line prints."""
    code, out, err = call("report", *arguments)
    assert (code, err) == (0, "")
    return out


def refused(*arguments: str) -> str:
    code, out, err = call("report", *arguments)
    assert (code, out) == (2, "")
    assert "Traceback" not in err
    return err


def texts(path: Path) -> list[str]:
    """Every text of a written file: of the parts of an office document, or of the page."""
    if path.suffix == ".html":
        return [path.read_text(encoding="utf-8")]
    return [text for name, text in parts(path.read_bytes()) if name.endswith((".xml", ".rels"))]


def parts(data: bytes) -> list[tuple[str, str]]:
    """Names and texts of an archive's members, those of workbooks inside it too; tags and their names left out."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith(".xlsx"):
                found += parts(content)
            elif name.endswith(".xml"):
                shown = re.sub(r"<[^>]*?(descr=\"[^\"]*\")[^>]*>", r" \1 ", content.decode("utf-8"))
                found.append((name, re.sub(r"<[^>]*>", " ", shown)))
    return found


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_edition_in_both_languages(made: Path, tmp_path: Path, edition: str, lang: str) -> None:
    asked = (str(made / "compare"), str(made / "run"), "--edition", edition, "--lang", lang, "--out", str(tmp_path))
    out = told(*asked, *THREE)
    written = sorted(tmp_path.iterdir(), key=lambda path: path.suffix)
    assert [path.suffix for path in written] == SUFFIXES
    assert all(edition in path.name for path in written)
    ids = [json.loads((made / name / MANIFEST).read_text(encoding="utf-8")) for name in ("run", "compare")]
    assert ids[0]["region"] == "west_coast"
    for path in written:
        assert str(path.name) in out
        assert violations(texts(path), EDITIONS[edition]) == []
        assert str(made) not in path.read_bytes().decode("latin-1")
    if edition != "internal":
        assert ("未列入" if lang == "zh" else "Left out") in out


def test_files_are_the_same_bytes_again(made: Path, tmp_path: Path) -> None:
    asked = (str(made / "run"), *THREE)
    told(*asked, "--out", str(tmp_path / "one"))
    told(*asked, "--out", str(tmp_path / "two"))
    assert files(tmp_path / "one") == files(tmp_path / "two")
    again = told(*asked, "--out", str(tmp_path / "one"))
    assert again.count("未变") == 3


def test_figures_of_their_own(made: Path, tmp_path: Path) -> None:
    told(str(made / "run"), "--format", "figures", "--edition", "public", "--out", str(tmp_path))
    names = sorted(files(tmp_path))
    stems = {Path(name).stem for name in names if name.endswith(".png")}
    assert stems
    for stem in stems:
        assert {f"figures-chapter-public/{stem}.{kind}" for kind in ("png", "svg", "pdf")} <= set(names)
    captions = (tmp_path / "figures-chapter-public" / "captions.txt").read_text(encoding="utf-8").splitlines()
    assert {line.partition("：")[0] for line in captions} == stems
    assert [re.search("图[0-9]+", line)[0] for line in captions] == [f"图{n + 1}" for n in range(len(captions))]  # type: ignore[index]


def test_names_cannot_become_code(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    compared = ("compare", "baseline", str(tmp_path / "own.yaml"), *FEW, "--no-attribution")
    assert call(*compared, "--out", str(tmp_path / "compare"))[0] == 0
    told(str(tmp_path / "compare"), *THREE, "--out", str(tmp_path / "out"))
    page = (tmp_path / "out" / "page-internal.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "\u202e" not in page
    for name in ("chapter-internal.docx", "tables-internal.xlsx"):
        with zipfile.ZipFile(tmp_path / "out" / name) as archive:
            members = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
            whole = "".join(archive.read(member).decode("utf-8") for member in members)
        assert "<script>" not in whole
        assert "\u202e" not in whole
        assert not re.search(r"<f>[^<]*HYPERLINK\(&quot;http", whole)
        assert "http://x" not in re.sub(
            r"<[^>]*>[^<]*alert[^<]*<", "", "".join(re.findall(r"Target=\"[^\"]*\"", whole))
        )


def test_a_changed_result_is_told_in_red(made: Path, tmp_path: Path) -> None:
    folder = copied(made / "run", tmp_path / "run")
    path = folder / "targets.csv"
    path.write_bytes(path.read_bytes() + b"\r\n")
    out = told(str(folder), *THREE, "--out", str(tmp_path / "out"))
    assert "改动过" in out
    with zipfile.ZipFile(tmp_path / "out" / "chapter-internal.docx") as archive:
        document = archive.read("word/document.xml").decode("utf-8")
    paragraph = next(
        text for text in re.findall(r"<w:p>.*?</w:p>|<w:p .*?</w:p>", document, re.DOTALL) if "改动过" in text
    )
    assert "warning" in paragraph.lower() or re.search(r'w:color w:val="(C|c|F|f)[0-9A-Fa-f]{5}"', paragraph)
    assert "改动过" in (tmp_path / "out" / "page-internal.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "out" / "tables-internal.xlsx") as archive:
        assert "改动过" in archive.read("xl/sharedStrings.xml").decode("utf-8")


def test_a_result_emptied_by_hand_is_refused(made: Path, tmp_path: Path) -> None:
    folder = copied(made / "run", tmp_path / "run")
    path = folder / "result.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["targets"] = {"x": 1}
    path.write_text(json.dumps(document), encoding="utf-8")
    assert "改动过" in refused(str(folder), "--out", str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "RESULT"),
        (("nowhere",), "没有这个结果文件夹"),
        (("nowhere", "--format", "pdf"), "docx"),
        (("nowhere", "--edition", "secret"), "internal"),
        (("nowhere", "--template", "chapters"), "chapter"),
        (("nowhere", "--fonts", "fancy"), "official"),
    ],
)
def test_mistakes_on_the_command_line(arguments: tuple[str, ...], said: str) -> None:
    assert said in refused(*arguments)


def test_a_sweep_alone_has_no_page(tmp_path: Path) -> None:
    (tmp_path / "two.yaml").write_text(
        "name: two\nscenario: baseline\ntargets: [plan14.fdi.2025]\naxes:\n  fdi_growth: {values: [-5, 5]}\n",
        encoding="utf-8",
    )
    swept = ("sweep", str(tmp_path / "two.yaml"), "--draws", FEW[1], "--out", str(tmp_path / "sweep"))
    assert call(*swept)[0] == 0
    told(str(tmp_path / "sweep"), "--format", "all", "--out", str(tmp_path / "out"))
    assert {path.suffix for path in (tmp_path / "out").glob("*.*")} == {".docx", ".xlsx"}
    assert "run" in refused(str(tmp_path / "sweep"), "--format", "html", "--out", str(tmp_path / "page"))


def test_a_path_in_a_name_stays_out_of_the_document(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "name: own\nlabel: 见 /home/someone/draft\nextends: baseline\n", encoding="utf-8"
    )
    assert call("run", str(tmp_path / "own.yaml"), *FEW, "--out", str(tmp_path / "run"))[0] == 0
    told(str(tmp_path / "run"), *THREE, "--out", str(tmp_path / "out"))
    for path in (tmp_path / "out").iterdir():
        assert "/home/someone" not in "".join(texts(path))


def test_a_font_that_is_gone(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = (str(made / "run"), "--out", str(tmp_path / "out"))
    assert "nowhere.ttf" in refused(*asked, "--font", "nowhere.ttf")
    monkeypatch.setattr(sim.charts.fonts, "_packaged_file", lambda: None)
    assert "zhplot" in refused(*asked)
    assert not (tmp_path / "out").exists()


def test_a_draft_that_was_edited_stays(made: Path, tmp_path: Path) -> None:
    (tmp_path / "chapter-internal.docx").write_bytes(b"edited")
    assert "--force" in refused(str(made / "run"), "--out", str(tmp_path))
    assert (tmp_path / "chapter-internal.docx").read_bytes() == b"edited"

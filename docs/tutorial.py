"""Make the pictures of docs/tutorial.md: `python docs/tutorial.py`.

Runs the page's own commands in a folder of their own, draws what they print, and sets the Word files they write as
pages. Pages need LibreOffice (`soffice`) and `pdftoppm` on the machine; without them those pictures are left as they
are, and the program says so.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).resolve().parent
sys.path[:0] = [str(DOCS.parent), str(DOCS)]

from PIL import Image  # noqa: E402
from terminal_picture import compact, picture  # noqa: E402

PAGE = DOCS / "tutorial.md"
IMAGES = DOCS / "images" / "tutorial"
TERMINAL, SHEET = 1500, 900  # pixels across
COLUMNS = "150"  # of the terminal


@dataclass(frozen=True, slots=True)
class Shown:
    """Which command of the page a picture shows (by its beginning), from which line on, and how many lines."""

    command: str
    start: str = ""
    lines: int = 26


PRINTED: Mapping[str, Shown] = {
    "check": Shown("check", lines=24),
    "run": Shown("run "),
    "compare": Shown("compare "),
    "sensitivity": Shown("sensitivity "),
    "values": Shown("solve --target-values"),
    "report": Shown("report ", lines=30),
}
#: Picture -> file that a command of the page writes, and the page of it.
SHEETS: Mapping[str, tuple[str, int]] = {
    "page1": ("材料/chapter-internal.docx", 1),
    "page2": ("材料/chapter-internal.docx", 5),
    "review": ("材料/chapter-review.docx", 5),
    "brief": ("海洋经济占比.docx", 1),
}


def commands() -> list[str]:
    """The page's commands in order, without `python run.py`."""
    blocks = re.findall(r"^```bash\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line.removeprefix("python run.py ").strip() for line in lines]


def main() -> int:
    """Runs the commands and writes the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        printed = {command: _output(command, place) for command in commands()}
        for stem, shown in PRINTED.items():
            command = next(command for command in printed if command.startswith(shown.command.strip()))
            _write(stem, _terminal(command, printed[command], shown))
        if shutil.which("soffice") is None or shutil.which("pdftoppm") is None:
            print("no soffice or pdftoppm: pictures of pages are left as they are", file=sys.stderr)
            return 1
        for stem, (file, page) in SHEETS.items():
            _write(stem, _sheet(place / "results" / "教程" / file, page, place))
    return 0


def _output(command: str, place: Path) -> str:
    words = [str(place / word) if word.startswith("results/") else word for word in shlex.split(command)]
    environment = {**os.environ, "COLUMNS": COLUMNS, "PYTHONUTF8": "1"}
    run = [sys.executable, str(DOCS.parent / "run.py"), *words]
    done = subprocess.run(run, capture_output=True, encoding="utf-8", env=environment, check=False, cwd=DOCS.parent)
    if done.returncode != 0:
        raise SystemExit(f"{command}\n{done.stderr}")
    return done.stdout.replace(f"{place}{os.sep}", "")


def _terminal(command: str, printed: str, shown: Shown) -> bytes:
    lines = printed.splitlines()
    first = next((place for place, line in enumerate(lines) if shown.start in line), 0)
    return picture(f"python run.py {command}", "\n".join(lines[first:]), shown.lines, TERMINAL)


def _sheet(document: Path, page: int, place: Path) -> bytes:
    profile = f"-env:UserInstallation={(place / 'office').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(place), str(document)]
    subprocess.run(convert, check=True, capture_output=True)
    made = place / f"{document.stem}.pdf"
    stem = place / document.stem
    draw = ["pdftoppm", "-png", "-r", "150", "-f", str(page), "-l", str(page), "-singlefile", str(made), str(stem)]
    subprocess.run(draw, check=True, capture_output=True)
    with Image.open(f"{stem}.png") as image:
        return compact(image.copy(), SHEET)


def _write(stem: str, content: bytes) -> None:
    (IMAGES / f"{stem}.png").write_bytes(content)
    print(f"docs/images/tutorial/{stem}.png", len(content))


if __name__ == "__main__":
    sys.exit(main())

"""An office program opens the Word file: pages, no warning, every number as the file says it. Skipped without one."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sim.charts.fonts import find_font
from sim.word import document_bytes
from tests.word_cases import sample

OFFICE, PDF_TEXT = shutil.which("soffice"), shutil.which("pdftotext")


@pytest.mark.skipif(OFFICE is None or PDF_TEXT is None, reason="needs LibreOffice (soffice) and pdftotext")
def test_an_office_program_lays_it_out(tmp_path: Path) -> None:
    assert OFFICE is not None
    assert PDF_TEXT is not None
    file = tmp_path / "sample.docx"
    file.write_bytes(document_bytes(sample(), "common", find_font()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    done = subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    complaints = [line for line in done.stderr.splitlines() if line and "javaldx" not in line]  # Java is not needed
    assert complaints == []
    shown = subprocess.run(
        [PDF_TEXT, str(tmp_path / "sample.pdf"), "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    pages = [re.sub(r"\s", "", page) for page in shown.split("\f") if page.strip()]
    # The number of each page, at its foot.
    assert all(f"—{number}—" in page for number, page in enumerate(pages, 1))
    whole = "".join(pages)
    assert "表4主要指标预测" in whole
    assert all(f"图{number}第{number}幅图" in whole for number in (1, 2, 3))
    assert "见表4和图1。" in whole
    # The heads of the long table stand on each of its pages.
    inside = [page for page in pages if "项指标" in page]
    assert len(inside) > 1
    assert all("达成概率" in page and "2030年" in page for page in inside)

"""docs/region.md: what it shows is what the program prints, step after step, and the example is what it says.

`pytest tests/test_init_page.py --update-golden` renews what the page shows.
"""

from __future__ import annotations

import csv
import io
import re
import shlex
from pathlib import Path

import numpy as np
import pytest

from sim.cli.init.command import TO_REWRITE
from sim.experiment.drawing import draw_block
from sim.indicators.catalogue import INDICATORS, missing_of
from sim.region.pack import Pack
from sim.region.reading import read_pack
from tests.pages import PROJECT, copy_of_project, python, text_of

PAGE = "docs/region.md"
EXAMPLE = PROJECT / "docs" / "examples" / "region" / "zhuhai"
SHOWN = re.compile(r"(<!-- shown (\d+)-(\d+) -->\n```text\n)(.*?)(```\n)", re.DOTALL)
COMMAND = re.compile(r"^python run\.py (.+)$", re.MULTILINE)
#: The public numbers of 2020, typed by hand from the statistical bulletin, the report and the census.
FIGURES = {
    "gdp": 3481.94, "gdp_growth": 3.0, "gdp_growth_average": 7.4, "primary": 60.02, "secondary": 1510.86,
    "trade_total": 2730.57, "budget_revenue": 379.13, "budget_revenue_growth": 10.1, "income_level": 55936.0,
    "population": 243.9585,
}  # fmt: skip
#: What nobody was found to have published for 2020.
ABSENT = {
    "exports", "fdi", "income_growth", "urbanisation", "new_urban_jobs", "research_intensity", "patents",
    "energy_intensity_reduction", "doctors_per_1000", "manufacturing_share", "marine_share", "gdp_per_capita_usd",
}  # fmt: skip


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = copy_of_project(tmp_path_factory.mktemp("example"))
    done = python("run.py", "init", "zhuhai", "--from", "docs/examples/region/zhuhai", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    return read_pack(folder / "calibration", "zhuhai")


def renewed(text: str, folder: Path) -> str:
    """The page as it should be: every command run in order, and the chosen lines of what it prints."""
    answers: dict[int, str] = {}
    for command in COMMAND.finditer(text):
        done = python("run.py", *shlex.split(command[1]), folder=folder)
        answers[command.start()] = done.stderr if done.returncode else done.stdout

    def part(match: re.Match[str]) -> str:
        answer = answers[max(place for place in answers if place < match.start())]
        lines = [line.rstrip() for line in answer.rstrip("\n").split("\n")]
        chosen = lines[int(match[2]) - 1 : int(match[3])]
        left_out = ["……"] if int(match[3]) < len(lines) else []
        return match[1] + "\n".join([*chosen, *left_out]) + "\n" + match[5]

    return SHOWN.sub(part, text)


def test_the_page_shows_what_the_program_prints(tmp_path: Path, update_golden: bool) -> None:
    text = text_of(PAGE)
    assert len(SHOWN.findall(text)) == 3
    fresh = renewed(text, copy_of_project(tmp_path))
    if update_golden:
        (PROJECT / PAGE).write_bytes(fresh.encode("utf-8"))
    assert text_of(PAGE) == fresh


def test_the_base_year_of_the_example_reproduces_its_figures(pack: Pack) -> None:
    assert {name for name, fact in pack.base_facts.items() if fact is None} == ABSENT
    base = draw_block(pack, 1, 0, 2020, frozenset()).base  # every figure at the centre of its rounding
    assert {name: float(base[name][0]) for name in FIGURES} == pytest.approx(FIGURES, rel=1e-9)
    services = 1911.06  # the bulletin's own figure of tertiary value added
    assert base.value_added[:, 0].tolist() == pytest.approx([60.02, 1510.86, services], abs=0.011)
    assert float(base.value_added.sum()) == pytest.approx(3481.94, rel=1e-12)


def test_draws_of_the_example_stay_near_its_figures(pack: Pack) -> None:
    base = draw_block(pack, 1, 0, 2020, frozenset(("facts", "parameters"))).base
    np.testing.assert_allclose(base.value_added.sum(axis=0), base["gdp"], rtol=1e-12)
    for name in ("gdp", "population", "income_level", "trade_total"):
        assert float(np.median(base[name])) == pytest.approx(FIGURES[name], rel=0.005)


def test_what_the_example_lacks_says_who_has_it(pack: Pack) -> None:
    offices = {"fdi": "商务局", "new_urban_jobs": "人力资源社会保障局", "household_income_growth": "国家统计局调查队"}
    for name, office in offices.items():
        text = missing_of(INDICATORS[name], pack)
        assert text is not None
        assert f"可向{office}" in text.zh


def test_every_quote_of_the_example_holds_its_number() -> None:
    rows = list(csv.DictReader(io.StringIO((EXAMPLE / "facts.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) > 20
    wrong = [
        row["id"] for row in rows if row["value"] and row["value"].lstrip("-") not in row["quote"].replace("，", "")
    ]
    assert wrong == []


def test_nothing_is_left_to_rewrite_in_the_example() -> None:
    for path in EXAMPLE.rglob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if TO_REWRITE in line and not line.startswith("#")] == [], path.name


def test_every_option_is_explained() -> None:
    help_page = python("run.py", "init", "--help", folder=PROJECT).stdout
    options = set(re.findall(r"^  (--[\w-]+)", help_page, flags=re.MULTILINE)) - {"--help", "--lang", "--json"}
    assert len(options) == 6
    assert [option for option in options if f"`{option}`" not in text_of(PAGE)] == []

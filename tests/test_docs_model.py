"""docs/model.md says what the program does: its generated parts are current, its numbers are the program's."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from sim.experiment.drawing import draw_block
from sim.experiment.simulation import simulate_scenarios
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.parameters.names import Parameters, WorldParameters
from sim.region.reading import read_pack
from sim.scenario.parts import Scenario

PROJECT = Path(__file__).resolve().parents[1]
PAGE = PROJECT / "docs" / "model.md"


def text() -> str:
    return PAGE.read_text(encoding="utf-8")


def part(name: str) -> list[list[str]]:
    """Rows of a generated table, header and rule left out."""
    found = re.search(rf"<!-- generated:{name} -->\n(.*?)<!-- /generated -->", text(), re.DOTALL)
    assert found, name
    lines = [line for line in found[1].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def test_no_generated_part_is_stale() -> None:
    """Parts that need ../shared are compared only where it lies beside the checkout."""
    done = subprocess.run(
        [sys.executable, "docs/make.py", "--check"], cwd=PROJECT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_stale_part_is_found(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, 'docs'); import make; "
        "t = make.PAGE.read_text(encoding='utf-8'); u = t.replace('| 3721.6800 |', '| 3721.6801 |'); "
        "print(t != u, make.stale(u, make.renewed(u)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.split(" ", 1)[0] == "True"
    assert "worked-base" in done.stdout


def test_the_worked_table_is_the_program() -> None:
    pack = read_pack(PROJECT / "calibration", "west_coast")
    block = draw_block(pack, 1, 0, 2035, frozenset())
    plain = Scenario("s", Text("", ""), "", None, 2035, {}, {}, (), (), (), {}, ())
    state = simulate_scenarios(pack, [plain], block)[0].states[1]
    rows = {row[0].split(" ")[0]: row[1:8] for row in part("worked-cells")}
    expected = {
        "Y*": state.supply.potential_output, "z₁": state.demand.demand_gap, "Y₁": state.demand.value_added,
        "I₁": state.capital.investment, "K₂": state.capital.capital, "N₁": state.prices.nominal,
    }  # fmt: skip
    for symbol, values in expected.items():
        digits = 6 if symbol == "z₁" else 4
        assert rows[symbol] == [f"{value:.{digits}f}" for value in values[:, 0]], symbol


def test_all_indicators_of_the_plan_have_a_mechanism() -> None:
    rows = part("indicators")
    assert [row[0] for row in rows] == [str(n) for n in range(1, 26)]
    ids = [row[1].strip("`") for row in rows]
    assert set(ids) <= set(INDICATORS)
    assert {row[4] for row in rows} == {"结构推算", "流量", "能力（工期）", "有界漂移", "用地约束（漂移）", "无起点"}
    assert sum(row[4] == "无起点" for row in rows) <= 7  # at least 18 have a probability


def test_every_indicator_is_on_the_page() -> None:
    listed = {row[1].strip("`") for row in part("indicators")} | {row[0].strip("`") for row in part("other-indicators")}
    assert listed == set(INDICATORS)


def test_only_what_is_named_so_drifts() -> None:
    """An indicator that nothing but its own programme reaches must be of a kind that may drift."""
    wrong = [row[0] for row in part("drifters") if row[2] not in {"有界漂移", "用地约束（漂移）"}]
    assert wrong == []


@pytest.mark.parametrize("parameters", [Parameters, WorldParameters])
def test_every_parameter_is_named_on_the_page(parameters: type) -> None:
    page = text()
    names = parameters.__dataclass_fields__  # type: ignore[attr-defined]
    assert [name for name in names if f"`{name}`" not in page] == []


def test_the_page_names_when_the_priors_were_written() -> None:
    page = text()
    assert "Write down the priors before any comparison with figures after 2020" in page
    assert "settle the priors" in page
    assert "样本内" in page


def test_the_weaknesses_are_told() -> None:
    weak = text().split("## 八、")[1].split("## 九、")[0]
    for word in ("不变价", "海洋份额", "条件化", "社会", "基准", "能源", "模型偏差", "靠拢", "罕见冲击", "资本份额"):
        assert word in weak, word

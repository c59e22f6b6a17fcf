"""The hand-written kernel is a yardstick only if it computes what the model computes."""

from __future__ import annotations

from dataclasses import fields, replace
from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks import inputs, kernel, sweeping
from benchmarks.measure import Measured, in_turn
from benchmarks.report import Row, cluster_part, page
from sim.model import simulate
from sim.sweep.points import Evaluator

YEARS = 5


@pytest.mark.parametrize("index", range(2), ids=inputs.SCENARIOS[:2])
def test_kernel_gives_the_models_values(index: int) -> None:
    both = inputs.plan(1, scenarios=2)
    chosen = replace(both, scenarios=both.scenarios[index : index + 1], horizon=both.pack.base_year + YEARS)
    initial, parameters, drivers = inputs.ready(chosen)
    states = simulate(initial, parameters, drivers)
    seen = []

    def compare(t: int, values: SimpleNamespace) -> None:
        seen.append(t)
        for block in fields(states[t]):
            if block.name == "premium":
                continue
            expected = getattr(states[t], block.name)
            for field in fields(expected):
                found = getattr(values, f"{block.name}_{field.name}")
                np.testing.assert_allclose(
                    found, getattr(expected, field.name), rtol=1e-9, atol=1e-12, err_msg=f"{block.name}.{field.name}"
                )

    kernel.run(initial, parameters, drivers)(compare)
    assert seen == [1, 2, 3, 4, 5]


def test_kernel_can_run_again_and_leaves_its_inputs_alone() -> None:
    chosen = replace(inputs.plan(1), horizon=2022)
    initial, parameters, drivers = inputs.ready(chosen)
    before = initial.capital.capital.copy()
    seen: list[np.ndarray] = []
    work = kernel.run(initial, parameters, drivers)
    for _ in range(2):
        work(lambda t, v: seen.append(v.reporting_gdp.copy()))
    np.testing.assert_array_equal(initial.capital.capital, before)
    np.testing.assert_array_equal(seen[:2], seen[2:])
    assert (seen[0] != seen[1]).all()


def test_pairs_take_turns_after_one_warm_up_each() -> None:
    order: list[str] = []
    _, _, ratio = in_turn(lambda: order.append("a"), lambda: order.append("b"), repeats=3)
    assert "".join(order) == "ab" + "ab" + "ba" + "ab"
    assert len(ratio.repeats) == 3


def test_median_and_middle_half() -> None:
    measured = Measured((4.0, 1.0, 3.0, 2.0, 5.0))
    assert measured.middle == 3.0
    assert measured.spread == (2.0, 4.0)
    assert Measured((7.0,)).spread == (7.0, 7.0)


def test_page_shows_measured_beside_aim() -> None:
    text = page([Row("help", Measured((0.1, 0.2, 0.3)), "< 0.15 秒", "明细")], "机器甲")
    assert "| `run.py --help` 启动用时（秒） | < 0.15 秒 | 0.20 | 0.15–0.25 | 明细 |" in text
    assert "机器：机器甲。" in text


def test_what_is_not_installed_is_said() -> None:
    text = page([Row("salib", None, ">= 20", "未安装 SALib")], "机器甲")
    assert "SALib 用时 ÷ 本程序用时 | >= 20 | — | — | 未安装 SALib |" in text


def test_the_plain_pool_computes_what_the_sweep_does(monkeypatch: pytest.MonkeyPatch) -> None:
    sweep = sweeping.the_sweep(16, draws=60)
    monkeypatch.setattr(sweeping, "_SWEEP", [])
    monkeypatch.setattr(sweeping, "_BLOCKS", {})
    sweeping._settle(sweep)
    found = sweeping._judge([3, 14])
    assert found == [result.values[:, 0].tolist() for result in Evaluator(sweep).points([3, 14])]
    assert found[0] != found[1]


def test_the_cost_of_a_cluster_by_hand() -> None:
    # 8 points of 0.2 s are 1.6 s; 5 ms beside them 0.3 %; 1e9 / 20,000 = 50,000 points of 0.2 s are 10,000 s;
    # n points take 0.1 n here and 4.9 + 0.002 n there, the same at n = 50
    rows = [line.split("|")[2].strip() for line in cluster_part(0.005, 0.2, 4.9).splitlines()[2:]]
    assert rows == ["4.9 秒", "5.0 毫秒", "0.20 秒", "1.6 秒", "0.3%", "50 个", "2.8 小时", "1.7 分钟"]

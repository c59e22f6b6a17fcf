"""Production, investment, demand, trade and prices: hand-worked values.

The arithmetic of each value stands beside it. A number given as a logarithm is ln of a round factor, so that
the result can be checked on paper.
"""

from __future__ import annotations

from math import log
from types import ModuleType

import numpy as np
import pytest

from sim.equations import demand, investment, prices, production, trade
from tests.equation_cases import Case, Equation, Number, assert_gives, equations_of, given

MODULES: tuple[ModuleType, ...] = (production, investment, demand, trade, prices)

WORKED: list[Case] = [
    # 0.05 + 0.012 + 0.003 - 0.001
    (production.regional_potential_growth,
     given(national_trend_growth=0.05, growth_gap=0.012, relative_growth=0.003, trend_error=-0.001), 0.064),
    # 0.005 + (0.02 - 0.005) * 0.9 = 0.005 + 0.0135
    (production.growth_gap_next, given(growth_gap=0.02, convergence_speed=0.1, mature_premium=0.005), 0.0185),
    # 0.6 * 0.02 + 0.005
    (production.autoregressive, given(level=0.02, persistence=0.6, innovation=0.005), 0.017),
    # 0.06 + 0.01 + 0.002; 0.06 - 0.03 + 0.001
    (production.cell_potential_growth,
     given(potential_growth=0.06, cell_premium=(0.01, -0.03), cell_relative=(0.002, 0.001)), (0.072, 0.031)),
    # 0.07 + 0.003 - 0.4 * 0.08 - 0.6 * 0.01 = 0.073 - 0.032 - 0.006; second cell 0.05 - 0.25 * 0.04 - 0.0075
    (production.productivity_growth,
     given(trend_growth=(0.07, 0.05), lever_growth=(0.003, 0.0), capital_share=(0.4, 0.25),
           reference_capital_growth=(0.08, 0.04), reference_employment_growth=0.01), (0.035, 0.0325)),
    # 3 * sqrt(400) * sqrt(4) + 15 = 3 * 20 * 2 + 15; 2 * 81^0.25 * 4^0.75 = 2 * 3 * 2.8284271247461903
    (production.potential_output,
     given(log_productivity=(log(3), log(2)), capital_share=(0.5, 0.25), productive_capital=(400.0, 81.0),
           log_employment=log(4), project_output=(15.0, 0.0)), (135.0, 16.970562748477143)),
    # 135 * 0.98; 50 * 1.02
    (production.output,
     given(potential_output=(135.0, 50.0), demand_gap=(log(0.98), log(1.02))), (132.3, 51.0)),
    # 120 / 0.96 = 125; 125 / sqrt(400) = 6.25
    (production.base_log_productivity,
     given(value_added=120.0, demand_gap=log(0.96), capital=400.0, capital_share=0.5), log(6.25)),
    # 0.08 + 0.1 * (0.05 - 0.08)
    (investment.reference_capital_growth_next,
     given(reference_capital_growth=0.08, cell_trend_growth=0.05, capital_convergence=0.1), 0.077),
    # 0.6 * (0.12 - 0.10) + 0.3 * (-0.02) + 0.05 + 0.01 = 0.012 - 0.006 + 0.06
    (investment.investment_growth_deviation,
     given(previous_deviation=0.12, own_lag=0.6, accelerator=0.3, growth_surprise=-0.02, lever_growth=0.05,
           previous_lever_growth=0.10, shock=0.01), 0.066),
    # 0.9 * 0.02 + 0.45 * 0.116 = 0.018 + 0.0522
    (investment.formation_deviation,
     given(previous_deviation=0.02, retention=0.9, formation_response=0.45, growth_deviation=0.116), 0.0702),
    # (1.05 - 1 + 0.10) * 1000; (0.98 - 1 + 0.10) * 500
    (investment.reference_formation,
     given(reference_capital=(1000.0, 500.0), reference_capital_growth=(log(1.05), log(0.98)),
           depreciation_rate=0.10), (150.0, 40.0)),
    # 150 * 1.1 * 1.2 + 12 = 198 + 12; 40 * 1.1 * 0.75
    (investment.investment,
     given(reference_formation=(150.0, 40.0), formation_deviation=log(1.1), allocation=(0.2, -0.25),
           project_spending=(12.0, 0.0)), (210.0, 33.0)),
    # ln(330 / 300) + ln 1.02 - 0.03 = ln 1.122 - 0.03 = 0.1151128 - 0.03
    (investment.reported_investment_growth,
     given(formation_total=330.0, formation_total_before=300.0, price_growth=log(1.02),
           growth_deviation=-0.03), log(1.122) - 0.03),
    # 0.096 * 500
    (investment.depreciation, given(capital=500.0, depreciation_rate=0.096), 48.0),
    # 500 + 60 - 48
    (investment.capital_next, given(capital=500.0, investment=60.0, depreciation=48.0), 512.0),
    # 0.03 / 0.2; -0.03 / 0.3
    (investment.allocation_shift, given(share_shift=(0.03, -0.03), base_share=(0.2, 0.3)), (0.15, -0.1)),
    # 0.5 * (-0.02) - 0.3 * 0.04 + 0.05 * 0.1 + 0 * (-0.08) + 1.2 * 0.01 + 0.006 + 0.001
    #   = -0.010 - 0.012 + 0.005 + 0.012 + 0.006 + 0.001
    # 0.5 * 0.01 + 0 + 0.2 * 0.1 - 0.25 * 0.08 + 0.5 * 0.01 + 0 - 0.002 = 0.005 + 0.02 - 0.02 + 0.005 - 0.002
    (demand.demand_gap_next,
     given(demand_gap=(-0.02, 0.01), persistence=0.5, trade_impulse=-0.04, trade_exposure=(0.3, 0.0),
           investment_impulse=0.1, investment_exposure=(0.05, 0.2), property_impulse=-0.08,
           property_exposure=(0.0, 0.25), national_impulse=0.01, national_exposure=(1.2, 0.5),
           entrepot_impulse=(0.006, 0.0), shock=(0.001, -0.002)), (0.002, 0.008)),
    # -0.05 - 0.5 * (-0.08)
    (demand.impulse, given(level_next=-0.05, level=-0.08, persistence=0.5), -0.01),
    # 1.5 * 0.04 - 0.6 * 0.02 + 0.01 - 0.008 = 0.060 - 0.012 + 0.002
    (trade.export_volume_growth,
     given(demand_elasticity=1.5, world_trade_growth=0.04, price_elasticity=-0.6, relative_price_growth=0.02,
           lever_growth=0.01, shock=-0.008), 0.05),
    # 0.6 * (1.2 * 0.05 + 0.01 - 0.02) + 0.4 * 0.1 = 0.6 * 0.05 + 0.04
    (trade.import_volume_growth,
     given(output_elasticity=1.2, output_growth=0.05, processing_share=0.4, export_growth=0.1,
           lever_growth=0.01, shock=-0.02), 0.07),
    # 0.01 + 0.5 * (0.03 - 0.01) + 0.7 * (-0.02)
    (trade.trade_price_growth,
     given(producer_price_growth=0.03, producer_price_mean=0.01, price_response=0.5, price_trend=0.01,
           exchange_rate_growth=-0.02, exchange_rate_response=0.7), 0.006),
    # 0.03 - 0.02 + 0.04: the yuan rises by 4 %, home goods become dearer abroad
    (trade.relative_price_growth,
     given(producer_price_growth=0.03, world_price_growth=0.02, exchange_rate_growth=-0.04), 0.05),
    # 2000 * 1.05
    (trade.level_next, given(level=2000.0, log_growth=log(1.05)), 2100.0),
    # 0.02 + 0.8 * (-0.01) + 0.03 + 0.05 - 0.12
    (trade.foreign_investment_growth,
     given(trend=0.02, growth_response=0.8, growth_surprise=-0.01, lever_growth=0.03, deviation=0.12,
           deviation_next=0.05), -0.028),
    # 0.01 + 0.8 * (0.04 - 0.01) - 0.003; 0.02 + 0.3 * 0.03 + 0
    (prices.deflator_growth,
     given(price_trend=(0.01, 0.02), producer_price_response=(0.8, 0.3), producer_price_growth=0.04,
           producer_price_mean=0.01, shock=(-0.003, 0.0)), (0.031, 0.029)),
    # 0.018 + 0.2 * (-0.02 - 0.01) + 0.001
    (prices.consumer_price_growth,
     given(mean=0.018, producer_price_response=0.2, producer_price_growth=-0.02, producer_price_mean=0.01,
           shock=0.001), 0.013),
    # 200 * 1.1; 300 * 0.9
    (prices.nominal, given(real=(200.0, 300.0), deflator=(1.1, 0.9)), (220.0, 270.0)),
    # 220 + 270
    (prices.total, given(values=(220.0, 270.0)), 490.0),
]  # fmt: skip


@pytest.mark.parametrize(("equation", "arguments", "expected"), WORKED, ids=lambda x: getattr(x, "__name__", ""))
def test_hand_worked_values(equation: Equation, arguments: dict[str, np.ndarray], expected: Number) -> None:
    assert_gives(equation, arguments, expected)


def test_every_equation_of_these_blocks_is_worked_by_hand() -> None:
    assert equations_of(MODULES) == {equation.__name__ for equation, _, _ in WORKED}

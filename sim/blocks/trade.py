"""Foreign trade and foreign capital."""

from __future__ import annotations

from dataclasses import dataclass

from sim.drivers.arrays import Drivers
from sim.equations.production import autoregressive
from sim.equations.trade import (
    export_volume_growth,
    foreign_investment_growth,
    import_volume_growth,
    level_next,
    relative_price_growth,
    trade_price_growth,
)
from sim.parameters.names import Parameters
from sim.randomness import Array


@dataclass(frozen=True, slots=True)
class Trade:
    """Trade of the wide scope; all (draw,)."""

    exports: Array  # 亿元, base-year prices
    imports: Array  # 亿元, base-year prices
    price: Array  # base year = 1
    total: Array  # 亿元, current prices
    fdi: Array  # 亿美元 actually used
    fdi_deviation: Array  # log


def trade_next(
    before: Trade, growth: Array, growth_surprise: Array, parameters: Parameters, drivers: Drivers, t: int
) -> Trade:
    """One year of trade. `growth` is the log growth of real GDP, `growth_surprise` what exceeds trend, (draw,)."""
    world, shocks, policy = drivers.world, drivers.shocks, drivers.policy
    exported = export_volume_growth(
        demand_elasticity=parameters.export_demand_elasticity,
        world_trade_growth=world.world_trade_growth[t],
        price_elasticity=parameters.export_price_elasticity,
        relative_price_growth=relative_price_growth(
            producer_price_growth=world.producer_price_growth[t],
            world_price_growth=world.world_price_growth,
            exchange_rate_growth=world.exchange_rate_growth[t],
        ),
        lever_growth=policy.trade_growth[t],
        shock=shocks.trade[t],
    )
    imported = import_volume_growth(
        output_elasticity=parameters.import_output_elasticity,
        output_growth=growth,
        processing_share=parameters.processing_share,
        export_growth=exported,
        lever_growth=policy.trade_growth[t],
        shock=shocks.trade[t],
    )
    exports = level_next(level=before.exports, log_growth=exported)
    imports = level_next(level=before.imports, log_growth=imported)
    price = level_next(
        level=before.price,
        log_growth=trade_price_growth(
            producer_price_growth=world.producer_price_growth[t],
            producer_price_mean=world.producer_price_mean,
            price_response=parameters.trade_price_response,
            price_trend=parameters.trade_price_trend,
            exchange_rate_growth=world.exchange_rate_growth[t],
            exchange_rate_response=parameters.exchange_rate_response,
        ),
    )
    deviation = autoregressive(
        level=before.fdi_deviation, persistence=parameters.fdi_persistence, innovation=shocks.fdi[t]
    )
    capital = foreign_investment_growth(
        trend=parameters.fdi_trend,
        growth_response=parameters.fdi_growth_response,
        growth_surprise=growth_surprise,
        lever_growth=policy.fdi_growth[t],
        deviation=before.fdi_deviation,
        deviation_next=deviation,
    )
    return Trade(
        exports=exports,
        imports=imports,
        price=price,
        total=(exports + imports) * price,
        fdi=level_next(level=before.fdi, log_growth=capital),
        fdi_deviation=deviation,
    )

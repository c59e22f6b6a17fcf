"""What a value asks for a year, and in all: the column 年均增速/累计 of a proposal's table."""

from __future__ import annotations

from sim.language import Text
from sim.target_setting.rounding import shown
from sim.target_setting.rows import ValueRow

#: Digits after the point of rates.
RATE = 1


def pace(row: ValueRow) -> Text | None:
    """In words, from where the plan starts to what is suggested, else to the expected value; None without either."""
    if row.suggestion.rule in ("index", "interval", "assigned"):
        return None
    if row.suggestion.rule in ("steady", "kept"):
        return Text("基本持平", "about level")
    value = row.plan.values[1] if row.suggestion.value is None else row.suggestion.value
    period = row.plan.period
    years = len(period.years)
    if period.kind != "level" and years == 1:
        return None
    if period.kind == "average":
        total = 100.0 * ((1.0 + value / 100.0) ** years - 1.0)
        return Text(f"累计{_signed(total, '增长', '下降')}%", f"{total:+.0f} % in all".replace("-", "−"))
    if period.kind == "reduction":
        yearly = 100.0 * (1.0 - (1.0 - value / 100.0) ** (1.0 / years))
        return Text(f"年均降低{yearly:.{RATE}f}%", f"{yearly:.{RATE}f} % a year")
    if period.kind == "sum":
        return Text(f"年均{value / years:.{RATE}f}", f"{value / years:.{RATE}f} a year")
    return None if row.base is None else _of_level(row, value)


def _of_level(row: ValueRow, value: float) -> Text | None:
    """A level: money by its growth, shares by points in all, the rest by what is added a year."""
    assert row.base is not None
    years, start, name = row.year - row.base.year, row.base.value, row.unit
    if years <= 0:
        return None
    if "元" in name and start > 0.0 and value > 0.0:
        rate = 100.0 * ((value / start) ** (1.0 / years) - 1.0)
        prices = Text("", "") if row.chosen.indicator == "gdp_real" else Text("（现价）", " (current prices)")
        zh = f"年均{'增长' if rate >= 0.0 else '下降'}{abs(rate):.{RATE}f}%{prices.zh}"
        return Text(zh, f"{rate:+.{RATE}f} % a year{prices.en}".replace("-", "−"))
    change = value - start
    size = row.suggestion.shown
    if name == "%":
        if float(shown(abs(change), size).replace("−", "-")) == 0.0:
            return Text("持平", "level")
        zh = f"累计{'提高' if change > 0 else '降低'}{shown(abs(change), size)}个百分点"
        return Text(zh, f"{'+' if change > 0 else '−'}{shown(abs(change), size)} points in all")
    yearly = change / years
    if yearly == 0.0:
        return Text("持平", "level")
    zh = f"年均{'增加' if change > 0 else '减少'}{abs(yearly):.2g}"
    return Text(zh, f"{yearly:+.2g} a year".replace("-", "−"))


def _signed(value: float, more: str, less: str) -> str:
    return f"{more if value >= 0.0 else less}{abs(value):.0f}"

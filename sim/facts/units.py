"""Units of reported figures, each as a multiple of a basic one of its kind.

1.24 万亿元 keeps its two printed decimals and still compares with 亿元.
"""

from __future__ import annotations

from collections.abc import Mapping

_BASIC_UNITS = (
    *("%", "百分点", "‰", "倍", "位", "亿元", "亿美元", "美元", "元", "元/美元", "万元/人"),
    *(
        "万人",
        "万人/年",
        "人次",
        "户",
        "家",
        "个",
        "项",
        "件",
        "件/万人",
        "辆",
        "艘",
        "架",
        "列",
        "班",
        "套",
        "所",
        "张",
        "条",
        "处",
        "场",
        "次",
    ),
    *(
        "万吨",
        "吨标准煤",
        "万标箱",
        "公里",
        "平方公里",
        "亩",
        "万平方米",
        "立方米",
        "米",
        "分钟",
        "小时",
        "天",
        "岁",
        "年",
    ),
    *("人/千人", "个/千人", "张/千人", "万千瓦", "万千瓦时", "兆瓦", "微克/立方米", "平方米/人", "指数", "定性"),
)
_MULTIPLES: Mapping[str, tuple[str, float]] = {
    "万亿元": ("亿元", 1e4),
    "万元": ("元", 1e4),
    "万美元": ("美元", 1e4),
    "人": ("万人", 1e-4),
    "名": ("万人", 1e-4),
    "万户": ("户", 1e4),
    "亿户": ("户", 1e8),
    "万家": ("家", 1e4),
    "万个": ("个", 1e4),
    "万辆": ("辆", 1e4),
    "万场": ("场", 1e4),
    "万亩": ("亩", 1e4),
    "万平米": ("万平方米", 1.0),
    "亿吨": ("万吨", 1e4),
    "吨": ("万吨", 1e-4),
    "标箱": ("万标箱", 1e-4),
}
UNITS: Mapping[str, tuple[str, float]] = {**{unit: (unit, 1.0) for unit in _BASIC_UNITS}, **_MULTIPLES}


def factor(unit: str, wanted: str) -> float | None:
    """What a number in `unit` is multiplied by to be in `wanted`; None when they are of different kinds."""
    kind, own = UNITS.get(unit, (unit, 1.0))
    wanted_kind, other = UNITS.get(wanted, (wanted, 1.0))
    return own / other if kind == wanted_kind else None

"""What growth is split into: channels, and the two accounts they are split for."""

from __future__ import annotations

from sim.language import Text

REAL, NOMINAL = "real", "nominal"
#: The sum of all channels, and of all cells.
TOTAL = "total"

#: Channels in the order of tables. Growth at constant prices has all but the last.
CHANNELS = {
    "productivity": Text("生产率", "productivity"),
    "productivity_levers": Text("生产率政策", "productivity policy"),
    "capital": Text("资本", "capital"),
    "labour": Text("劳动", "labour"),
    "projects": Text("项目", "projects"),
    "demand": Text("需求", "demand"),
    "reporting": Text("统计口径与核算误差", "concepts and errors of the statistics"),
    "prices": Text("价格", "prices"),
}
OF_ACCOUNT = {
    REAL: (*(name for name in CHANNELS if name != "prices"), TOTAL),
    NOMINAL: (*CHANNELS, TOTAL),
}
INDUSTRIES = {
    "primary": Text("第一产业", "Primary industry"),
    "secondary": Text("第二产业", "Secondary industry"),
    "tertiary": Text("第三产业", "Tertiary industry"),
}

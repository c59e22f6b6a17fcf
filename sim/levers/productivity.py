"""Levers on productivity and innovation."""

from __future__ import annotations

from sim.language import Text
from sim.levers.channels import BY_DEFINITION, OUTPUT, judged, spread
from sim.levers.kinds import POINTS, POINTS_A_YEAR, Ceiling, Lever, Per, Seen

_PRODUCTIVITY = Text(
    "判断：没有把具体政策与全要素生产率增速对应起来的本区证据；填多少就是假设多少，模型只核算它的后果。",
    "Judgement: no evidence for this district ties a policy to the growth of productivity; what is entered is "
    "assumed, and the model only accounts for what follows.",
)
_FIRST_YEAR = Text(
    "核算：头一年不超过该行业比重乘以所加的点数",
    "accounting: in the first year no more than the share of the industry times the points",
)
_LATER = Text(
    "核算：资本随产出增加之后，再除以劳动份额（1减资本份额45%，白重恩、钱震杰2009）",
    "accounting: once capital has followed, that divided by the share of labour (1 less 45 %, Bai, Qian 2009)",
)


def _bounds(group: Per) -> tuple[Ceiling, ...]:
    """A point of productivity in part of the economy: its share at first, with the capital it draws later."""
    return (
        Ceiling(1.0, "gdp_growth", group, 1, "I", _FIRST_YEAR),
        Ceiling(1.0 / 0.55, "gdp_growth", group, None, "I", _LATER),
    )


def _productivity(id_: str, zh: str, en: str, moved: str, group: Per, history: Seen | None) -> Lever:
    return Lever(
        id=id_,
        family="productivity",
        label=Text(f"{zh}生产率", f"Productivity of {en}"),
        unit=POINTS_A_YEAR,
        low=-2,
        high=2,
        step=1,
        meaning=Text(f"{zh}全要素生产率年增速的增减。", f"Points a year added to productivity growth in {en}."),
        evidence=_PRODUCTIVITY,
        grade="D",
        moves={moved: 1, "gdp_growth": 1, "labour_productivity": 1},
        through=OUTPUT,
        history=history,
        ceilings=_bounds(group),
    )


PRODUCTIVITY: tuple[Lever, ...] = (
    _productivity(
        "manufacturing_productivity", "制造业", "manufacturing", "manufacturing_share", "manufacturing",
        spread(-2.4, 2.4, "各省第二产业长期年均增速之差，是增加值而非生产率，只作宽松的参照",
               "long-run growth of the secondary industry between provinces, value added rather than productivity"),
    ),
    _productivity("marine_productivity", "海洋产业", "marine industries", "marine_share", "marine", None),
    _productivity(
        "services_productivity", "服务业", "services", "services_share", "services",
        spread(-1.2, 1.2, "各省第三产业长期年均增速之差，是增加值而非生产率，只作宽松的参照",
               "long-run growth of the tertiary industry between provinces, value added rather than productivity"),
    ),
    Lever(
        id="rd_intensity",
        family="productivity",
        label=Text("研发投入强度", "R&D intensity"),
        unit=POINTS,
        low=-1,
        high=2,
        step=1,
        meaning=Text(
            "研发经费占地区生产总值比重的增减；经生产率缓慢影响增长。",
            "Points of GDP added to R&D spending; reaches growth slowly through productivity.",
        ),
        evidence=Text(
            "强度按定义计入。对生产率的作用及滞后为判断：每高1个百分点，生产率年增速高0.05—0.30个百分点（5%—95%）；"
            "Hall、Mairesse、Mohnen（2010）综述：研发的私人回报为正、略高于普通资本，社会回报更高但估得不准。",
            "The intensity enters by definition. Its effect and lag are judgement: 0.05-0.30 points of productivity "
            "growth for each point (5-95 %); Hall, Mairesse, Mohnen (2010) in review: private returns positive and "
            "somewhat above those of ordinary capital, social ones higher but imprecise.",
        ),
        grade="D",
        moves={"rd_intensity": 1, "high_value_patents": 1, "gdp_growth": 1, "labour_productivity": 1},
        through=OUTPUT,
        ceilings=(
            Ceiling(
                0.30,
                "gdp_growth",
                "unit",
                None,
                "B",
                Text(
                    "Hall、Mairesse、Mohnen（2010）综述中较可能的年回报率20%—30%的上端：多投入产值的1%，产值增0.3%",
                    "upper end of the likelier returns of 20-30 % a year in Hall, Mairesse, Mohnen (2010): 1 % of "
                    "output more in research, 0.3 % more output",
                ),
            ),
        ),
    ),
    Lever(
        id="digital_economy",
        family="productivity",
        label=Text("企业数字化", "Digital technology in firms"),
        unit=POINTS_A_YEAR,
        low=0,
        high=10,
        step=1,
        meaning=Text(
            "每年新增的采用数字技术的企业比例。",
            "Points a year of additional firms that adopt digital technology.",
        ),
        evidence=Text(
            "判断：采用率对核心产业比重和生产率的弹性没有本区数据。",
            "Judgement: no data of this district on what adoption does to the core share or to productivity.",
        ),
        grade="D",
        moves={"gdp_growth": 1, "gdp_real": 1, "industry_value_added_growth": 1},
        through=OUTPUT,
        ceilings=(
            judged(0.05, "每点0.03个百分点（先验的95%分位）除以劳动份额0.55",
                   "0.03 points for each (95th percentile of the prior) divided by a share of labour of 0.55"),
        ),
    ),
    Lever(
        id="high_value_patents",
        family="productivity",
        label=Text("高价值发明专利", "High-value patents"),
        unit=POINTS_A_YEAR,
        low=-10,
        high=20,
        step=5,
        meaning=Text(
            "每万人口高价值发明专利拥有量年增速的增减。",
            "Points a year added to the growth of high-value patents.",
        ),
        evidence=BY_DEFINITION,
        grade="I",
        moves={"high_value_patents": 1},
    ),
)  # fmt: skip

"""What the streams of chance are called, and the prior that says how strong each is."""

from __future__ import annotations

from sim.language import Text

#: By kind, the word behind the region's name in a stream: its name, and the prior of its strength.
CHANCES = {
    "relative": (Text("增速差（对外部世界）的年冲击", "yearly shock to relative growth"), "relative_volatility"),
    "cell_relative": (Text("各部门趋势增速的年冲击", "shocks to the trends of cells"), "cell_relative_volatility"),
    "home": (Text("本地需求的年冲击", "yearly shock to local demand"), "home_volatility"),
    "cell": (Text("各部门需求的年冲击", "yearly shocks to the demand of cells"), "cell_volatility"),
    "property": (Text("房地产需求的年冲击", "yearly shock to property demand"), "property_volatility"),
    "investment": (Text("投资的年冲击", "yearly shock to investment"), "investment_volatility"),
    "trade": (Text("进出口的年冲击", "yearly shock to trade"), "trade_volatility"),
    "fdi": (Text("外资的年冲击", "yearly shock to foreign investment"), "fdi_volatility"),
    "migration": (Text("净迁入的年冲击", "yearly shock to migration"), "migration_volatility"),
    "urbanisation": (Text("城镇化的年冲击", "yearly shock to urbanisation"), "urbanisation_volatility"),
    "revenue": (Text("财政收入的年冲击", "yearly shock to revenue"), "revenue_volatility"),
    "income": (Text("居民收入的年冲击", "yearly shock to household income"), "income_volatility"),
    "consumer_price": (Text("居民消费价格的年冲击", "yearly shock to consumer prices"), "consumer_price_volatility"),
    "price_industry": (Text("各产业共同的价格冲击", "price shocks shared in an industry"), "price_volatility"),
    "price": (Text("各部门自身的价格冲击", "price shocks of single cells"), "price_volatility"),
    "retail": (Text("社会消费品零售的年冲击", "yearly shock to retail sales"), "retail_volatility"),
    "research": (Text("研发强度的年冲击", "yearly shock to research intensity"), "research_volatility"),
    "patents": (Text("专利的年冲击", "yearly shock to patents"), "patent_volatility"),
    "jobs": (Text("新增就业的年冲击", "yearly shock to new jobs"), "jobs_volatility"),
    "energy": (Text("各部门能耗强度的年冲击", "yearly shocks to energy intensity"), "energy_volatility"),
    "fuel": (Text("燃料结构的年冲击", "yearly shock to the fuel mix"), "fuel_volatility"),
    "doctors": (Text("医师数的年冲击", "yearly shock to the number of doctors"), "doctors_volatility"),
    "bounded": (Text("有界社会指标的年冲击", "yearly shocks to bounded indicators"), "bounded_volatility"),
    "release": (Text("增速发布误差", "error of released growth"), "release_error"),
    "coverage": (Text("海洋统计覆盖面的变动", "changing coverage of marine statistics"), "coverage_volatility"),
    "census_level": (Text("经济普查对总量的修订", "census revision of levels"), "census_level_volatility"),
    "census_shift": (Text("经济普查对第二产业比重的修订", "census revision of shares"), "census_shift_volatility"),
}  # fmt: skip

#: The same for the world; a rare event strikes or not, the others are yearly shocks.
OF_WORLD = {
    "national": (Text("全国需求的年冲击", "yearly shock to national demand"), "national_volatility"),
    "producer_prices": (Text("全国工业品价格的年冲击", "yearly shock to producer prices"), "producer_price_volatility"),
    "world_trade": (Text("世界贸易的年冲击", "yearly shock to world trade"), "world_trade_volatility"),
    "exchange_rate": (Text("人民币汇率的年冲击", "yearly shock to the exchange rate"), "exchange_rate_volatility"),
    "rare_event": (Text("罕见冲击是否发生", "whether a rare event strikes"), "rare_event_probability"),
}  # fmt: skip

#: What single inputs are.
RAIL_LENGTH = Text("区内里程", "length inside the region")
RAIL_DELAY = Text("是否推迟开通", "whether it opens late")
RELATED = Text("其余地区与区在这一类随机量上的相关系数", "correlation of the rest of the city with the district")
EXISTS = Text("项目是否实施", "whether the project goes ahead")
PROJECT_DELAY = Text("项目是否推迟", "whether the project is late")
STRIKES = Text("事件是否发生", "whether the event strikes")
SIZE = Text("事件的大小", "size of the event")
TOLERANCE = Text("判定时的允许差", "tolerance of the verdict")
TARGET = Text("目标本身", "the target itself")
TARGET_BASE = Text("目标的基数", "base of the target")

"""Words of the page's controls and the sentences that its script puts together; `{name}` is filled in by the script."""

from __future__ import annotations

from sim.language import Text

#: Of every edition.
PLAIN = {
    "reported": Text("已公布", "published"),
    "projected": Text("推算", "projected"),
    "source": Text("来源：", "Source: "),
    "stop": Text("。", ". "),
    "comma": Text("，", ", "),
    "colon": Text("：", ": "),
    "semicolon": Text("；", "; "),
    "more_sources": Text("其余情景见来源附录", "other scenarios: see the sources below"),
    "year": Text("{year}年", "{year}"),
    "none": Text("无数", "no figure"),
    "other_basis": Text("口径与基期不同，不直接相比", "on another basis than the base year"),
    "chart": Text(
        "{indicator}（{unit}），{first}—{last}年；实线为已公布，虚线为推算。",
        "{indicator} ({unit}), {first}–{last}; solid: published, dashed: projected.",
    ),
    "caption": Text("{indicator}（{first}—{last}年）", "{indicator}, {first}–{last}"),
    "unit": Text("单位：{unit}", "Unit: {unit}"),
    "table": Text("{indicator}（{unit}）：各年数值", "{indicator} ({unit}) by year"),
    "no_values": Text("所选情景没有这个指标的推算值。", "The chosen scenarios have no value of this indicator."),
    "sorted_up": Text("“{column}”由小到大", "{column}, rising"),
    "sorted_down": Text("“{column}”由大到小", "{column}, falling"),
    "unsorted": Text("恢复原次序", "original order"),
    "filtered": Text("显示{shown}行，共{all}行", "{shown} of {all} rows"),
    "keep_one": Text("至少显示一个情景", "at least one scenario is shown"),
}

#: Of the internal edition only.
CHANCES = {
    "interval": Text("80%区间{low}—{high}", "80 % interval {low} to {high}"),
    "interval_below": Text("80%区间{low}至{high}", "80 % interval {low} to {high}"),  # from a negative value
    "median": Text("中位数", "median"),
    "low": Text("80%区间下限", "80 % interval from"),
    "high": Text("80%区间上限", "to"),
    "bands_of": Text(
        "阴影为80%区间；显示三个以上情景时只画“{name}”的（在图上按上下键更换）。",
        "Shaded: 80 % interval; with more than three scenarios that of “{name}” only (up and down keys change it).",
    ),
    "bands": Text("阴影为各情景的80%区间。", "Shaded: 80 % interval of each scenario."),
    "chance": Text("达成概率", "probability"),
    "at_least": Text("不低于", "at least"),
    "at_most": Text("不高于", "at most"),
    "within": Text("在{low}—{high}之间", "from {low} to {high}"),
    "about": Text("{value}左右（不低于{low}即为完成）", "about {value} (met from {low} up)"),
    "own_ge": Text("自定：不低于", "own: at least"),
    "own_le": Text("自定：不高于", "own: at most"),
    "line": Text("目标线", "target line"),
    "beyond_high": Text("高于99%的模拟结果", "above 99 % of the simulations"),
    "beyond_low": Text("低于99%的模拟结果", "below 99 % of the simulations"),
    "beyond_far": Text(
        "，超出模拟的最外分位{gap}{unit}", ", {gap} {unit} beyond the outermost stored quantile of the simulations"
    ),
    "at_stored": Text(
        "与结果所存一致，括号内为先验与模型误差的范围", "as stored; in brackets over priors and model error"
    ),
    "moved": Text(
        "按模拟分布读出，未计先验与模型误差，只作量级参考",
        "read off the simulated distribution, without priors and model error: an order of size only",
    ),
    "no_curve": Text(
        "这个指标在{year}年没有分布数据，不能移动目标线。",
        "No distribution of this indicator in {year}: no line to move.",
    ),
    "value_text": Text("{value}{unit}：{chances}", "{value} {unit}: {chances}"),
    "stored": Text("原目标：{text}", "stored target: {text}"),
    "now": Text("目标线：{text}", "at the line: {text}"),
    "remark": Text("说明", "Remark"),
    "scenario": Text("情景", "Scenario"),
}

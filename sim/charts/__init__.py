"""Figures for planners: fan chart, attainment heat map and waterfall, in Chinese and English.

Importing this package imports matplotlib (never pyplot), so commands import it only when they draw.
"""

from sim.charts.fan import fan_chart
from sim.charts.fan_data import FanData, FanTarget, fan_caption
from sim.charts.fonts import ChartError, ChartFont, find_font
from sim.charts.heatmap import attainment_heatmap
from sim.charts.heatmap_data import HeatmapCell, HeatmapData, HeatmapTarget, heatmap_caption
from sim.charts.save import FORMATS, save
from sim.charts.waterfall import Step, WaterfallData, waterfall_caption, waterfall_chart

__all__ = [
    "FORMATS",
    "ChartError",
    "ChartFont",
    "FanData",
    "FanTarget",
    "HeatmapCell",
    "HeatmapData",
    "HeatmapTarget",
    "Step",
    "WaterfallData",
    "attainment_heatmap",
    "fan_caption",
    "fan_chart",
    "find_font",
    "heatmap_caption",
    "save",
    "waterfall_caption",
    "waterfall_chart",
]

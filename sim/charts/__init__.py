"""Figures for planners: fan chart and attainment heat map, in Chinese and English.

Importing this package imports matplotlib (never pyplot), so commands import it only when they draw.
"""

from sim.charts.fan import fan_chart
from sim.charts.fan_data import FanData, FanTarget, fan_caption
from sim.charts.fonts import ChartError, ChartFont, find_font
from sim.charts.heatmap import attainment_heatmap
from sim.charts.heatmap_data import HeatmapCell, HeatmapData, HeatmapTarget, heatmap_caption
from sim.charts.save import FORMATS, save

__all__ = [
    "FORMATS",
    "ChartError",
    "ChartFont",
    "FanData",
    "FanTarget",
    "HeatmapCell",
    "HeatmapData",
    "HeatmapTarget",
    "attainment_heatmap",
    "fan_caption",
    "fan_chart",
    "find_font",
    "heatmap_caption",
    "save",
]

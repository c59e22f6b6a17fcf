"""The second opinion: how often targets that far above last growth were met elsewhere, whatever the model says."""

from sim.second_opinion.opinion import Opinion, second_opinion
from sim.second_opinion.table import MetTable, ShareMet, read_met, share_at

__all__ = ["MetTable", "Opinion", "ShareMet", "read_met", "second_opinion", "share_at"]

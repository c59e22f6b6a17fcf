"""Comparisons asked first: share of the city, ranks, points faster, other new areas, catching up. Facts only."""

from sim.peers.catching_up import CatchUp, catch_up
from sim.peers.figures import Figures
from sim.peers.growth import Gap, faster
from sim.peers.ranks import Rank, ranks
from sim.peers.regions import PeerRegion, Peers, read_peers
from sim.peers.shares import Share, shares
from sim.peers.side_by_side import Beside, side_by_side

__all__ = [
    "Beside",
    "CatchUp",
    "Figures",
    "Gap",
    "PeerRegion",
    "Peers",
    "Rank",
    "Share",
    "catch_up",
    "faster",
    "ranks",
    "read_peers",
    "shares",
    "side_by_side",
]

"""One self-contained page for a browser without a network: scenarios, chart, tables and where every number is from."""

from sim.webpage.page import page_bytes

__all__ = ["page_bytes"]

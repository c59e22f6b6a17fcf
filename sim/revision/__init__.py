"""Finished results made again and held against each other: replay, and what a revision of a forecast is due to."""

"""The catalogue of levers and of assumptions about the world."""

"""Figures (placeholder)."""

"""A report as a Word document in the manner of GB/T 9704: real styles, caption fields, charts that can be edited."""

from sim.word.document import document_bytes

__all__ = ["document_bytes"]

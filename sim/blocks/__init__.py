"""The blocks of the model: the state of each, and the step that wires its equations together.

A block function takes last year's state and what happened earlier in the same year, calls equations in
causal order, and returns the new state. It holds no formula of its own.
"""

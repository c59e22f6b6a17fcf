"""How equations are tried on hand-worked values: arguments of one draw, and which equations there are."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

import numpy as np

Equation = Callable[..., Any]
Number = float | tuple[float, ...]
#: An equation, its arguments, and the result worked by hand.
Case = tuple[Equation, dict[str, np.ndarray], Number]


def values(numbers: Number) -> np.ndarray:
    """One draw: (1,) of a quantity of the district; (row, 1) of a tuple of cells, lines, projects or indicators."""
    return np.array([[number] for number in numbers]) if isinstance(numbers, tuple) else np.array([numbers])


def given(**numbers: Number) -> dict[str, np.ndarray]:
    """Arguments of an equation: a tuple is a vector."""
    return {name: values(x) for name, x in numbers.items()}


def assert_gives(equation: Equation, arguments: dict[str, np.ndarray], expected: Number) -> None:
    """The equation gives the expected numbers, in the expected shape."""
    wanted = values(expected)
    found = equation(**arguments)
    assert found.shape == wanted.shape, f"shape {found.shape}, not {wanted.shape}"
    np.testing.assert_allclose(found, wanted, rtol=1e-12, atol=1e-15)


def equations_of(modules: Iterable[ModuleType]) -> set[str]:
    """Names of the functions written in these modules; those they import are left out."""
    return {
        name
        for module in modules
        for name, f in inspect.getmembers(module, inspect.isfunction)
        if f.__module__ == module.__name__
    }

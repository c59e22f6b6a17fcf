"""From YAML text to nodes, by libyaml where it is there and by PyYAML's own parser where it is not, or errs.

Both know the same scalar rules. libyaml is an order faster; the other words its mistakes in a way `syntax` can
explain, and can stop at any depth, so a text that is nested deeply or is not YAML goes to it.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.nodes import Node

from sim.errors import InputError, Problem
from sim.language import Text
from sim.reading.syntax import syntax_problem

DEEPEST_NESTING = 50
CORE = "tag:yaml.org,2002:"
LEADING_ZERO = "tag:sim,2024:leading_zero"
_BRACKETS = re.compile(r"[\[\]{}]")
_BLOCK_START = re.compile(r"^[ \t\-?:]*", re.MULTILINE)


class _Loader(yaml.SafeLoader):
    """SafeLoader with the scalar rules of this project and a limit on nesting."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    depth = 0

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        self.depth += 1
        if self.depth > DEEPEST_NESTING:
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "nesting too deep", mark)
        node: Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _recognise(tag: str, pattern: str, first: str) -> None:
    _Loader.add_implicit_resolver(tag, re.compile(pattern), list(first))


_recognise(CORE + "null", r"^(?:~|null|Null|NULL|)$", "~nN")
_Loader.yaml_implicit_resolvers.setdefault("", []).append((CORE + "null", re.compile(r"^$")))
_recognise(CORE + "bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF")
_recognise(LEADING_ZERO, r"^[-+]?0[0-9]+(?:\.[0-9]*)?$", "-+0")
_recognise(CORE + "int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789")
_recognise(
    CORE + "float",
    r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
    "-+.0123456789",
)

if hasattr(yaml, "CSafeLoader"):

    class _FastLoader(yaml.CSafeLoader):
        """libyaml with the same scalar rules."""

        yaml_implicit_resolvers = _Loader.yaml_implicit_resolvers

    FAST: type[yaml.CSafeLoader] | None = _FastLoader
else:
    FAST = None


def compose(text: str, shown: str) -> Node | None:
    """The root node of the only document in `text`, None for an empty one; raises InputError for other text."""
    if FAST is not None and _nesting_at_most(text) <= DEEPEST_NESTING:
        try:
            fast: Node | None = FAST(text).get_single_node()
            return fast
        except (yaml.YAMLError, ValueError, OverflowError):
            pass  # the slower parser says what is wrong
    try:
        root: Node | None = _Loader(text).get_single_node()
        return root
    except yaml.YAMLError as error:
        raise InputError(syntax_problem(error, text, shown)) from None
    except (ValueError, OverflowError) as error:  # PyYAML on "\UFFFFFFFF" and on absurd %YAML numbers
        wrong = Text(f"YAML 语法错误：{error}", f"YAML syntax error: {error}")
        raise InputError(Problem(shown, None, None, "", wrong)) from None


def _nesting_at_most(text: str) -> int:
    """An upper bound of how deep the nodes of a text are nested, cheap and generous."""
    depth = deepest = 0
    for bracket in _BRACKETS.finditer(text):
        depth = depth + 1 if bracket[0] in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest + max(len(start[0]) for start in _BLOCK_START.finditer(text))

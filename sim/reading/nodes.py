"""YAML text to plain values, keeping the place of each and collecting the mistakes YAML itself would hide.

Scalars follow YAML 1.2 rather than PyYAML's 1.1: `no` is text, `12:30` is text, `2022-01-01` is text,
`1e-3` is a number. `010` would be 8 in one standard and 10 in the other, so it is reported. Merge keys,
tags, NaN, infinity, repeated keys and anchors that contain themselves or unfold without end are reported
too.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from sim.errors import InputError, Problem
from sim.language import Text
from sim.reading.compose import CORE, DEEPEST_NESTING, LEADING_ZERO, compose

MOST_PROBLEMS = 200  # a file with more is not a file a person corrects line by line
MOST_VALUES = 200_000  # after unfolding anchors; a file of 2 MB holds fewer honest ones

Keys = tuple[str | int, ...]
Place = tuple[int, int]

_UNSAFE_CHARACTERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CONTROL = {
    False: Text("文字中有不可用的控制字符。", "the text holds control characters."),
    True: Text(
        "文字中有不可用的控制字符：双引号里的反斜杠有特殊含义，路径请改用单引号或“/”。",
        "the text holds control characters: a backslash in double quotes is special; use single quotes or / in paths.",
    ),
}
_LONGEST_INTEGER = 300  # digits; beyond it no float can hold the number


@dataclass(slots=True)
class Tree:
    """Values of one document with the places (1-based line, column) of values and of keys, and the
    problems.
    """

    shown: str
    data: Any = None
    places: dict[Keys, Place] = field(default_factory=dict)
    key_places: dict[Keys, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    spoiled: set[Keys] = field(default_factory=set)
    values: int = 0

    def report(self, node: Node, keys: Keys, text: Text, *, stand_in: bool = True) -> None:
        """Keep a problem; `stand_in` says that the value at `keys` is not what was meant."""
        line, column = _place(node)
        self.problems.append(Problem(self.shown, line, column, dotted(keys), text))
        if stand_in:
            self.spoiled.add(keys)
        if len(self.problems) >= MOST_PROBLEMS:
            raise InputError(self.problems)


def dotted(keys: Keys) -> str:
    """`("projects", 0, "cell")` as `projects[0].cell`."""
    written = "".join(f"[{key}]" if isinstance(key, int) and key < 1000 else f".{key}" for key in keys)
    return written.removeprefix(".")


def parse(text: str, shown: str) -> Tree:
    """The tree of the only document in `text`; raises InputError when it is not YAML or holds nothing."""
    root = compose(text, shown)
    tree = Tree(shown)
    if root is not None:
        tree.data = _value(tree, root, (), ())
    if tree.data is None and not tree.problems:
        empty = Text(
            "文件是空的，没有任何内容；至少写一行“键: 值”。", 'the file is empty; write at least one "key: value".'
        )
        raise InputError(Problem(shown, None, None, "", empty))
    return tree


def _place(node: Node) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _value(tree: Tree, node: Node, keys: Keys, inside: tuple[int, ...]) -> Any:
    """The plain value of a node; `inside` holds the identities of the nodes it lies in."""
    tree.values += 1
    tree.places[keys] = _place(node)
    if id(node) in inside:
        tree.report(node, keys, Text("锚点引用了它自身。", "an anchor that contains itself."))
        return None
    if tree.values > MOST_VALUES or len(inside) >= DEEPEST_NESTING:
        tree.report(
            node,
            keys,
            Text(
                "内容过多或过深（含锚点 &、* 的展开），不予读取。",
                "too many or too deep values (anchors & and * unfolded); refused.",
            ),
        )
        raise InputError(tree.problems)
    if isinstance(node, ScalarNode):
        return _scalar(tree, node, keys)
    standard = CORE + ("map" if isinstance(node, MappingNode) else "seq")
    if node.tag != standard:
        tree.report(node, keys, _unknown_tag(node.tag))
    if isinstance(node, SequenceNode):
        return [_value(tree, item, (*keys, i), (*inside, id(node))) for i, item in enumerate(node.value)]
    return _mapping(tree, node, keys, (*inside, id(node)))


def _mapping(tree: Tree, node: Node, keys: Keys, inside: tuple[int, ...]) -> dict[str | int, Any]:
    result: dict[str | int, Any] = {}
    for key_node, value_node in node.value:
        key, trouble = _key(tree, key_node, keys)
        here = keys if key is None else (*keys, key)
        if trouble is None and key in result:
            first = tree.key_places[here][0]
            trouble = Text(
                f"重复的键，第 {first} 行已有，请删去一处。", f"repeated key, already on line {first}; keep one."
            )
        if trouble is not None:
            tree.report(key_node, here, trouble, stand_in=False)
        elif key is not None:
            tree.key_places[here] = _place(key_node)
            result[key] = _value(tree, value_node, here, inside)
    return result


def _key(tree: Tree, node: Node, keys: Keys) -> tuple[str | int | None, Text | None]:
    """A key and what is wrong with it: only text or a whole number (a year) can be one."""
    if not isinstance(node, ScalarNode):
        return None, Text("键应为文字或整数。", "a key must be text or a whole number.")
    if node.value == "<<" and not node.style:
        return None, Text(
            "不支持合并键“<<”，请用 extends 或写全。",
            'the merge key "<<" is not supported; use extends or write it out.',
        )
    aside = Tree(tree.shown)
    key = _scalar(aside, node, keys)
    if aside.problems:
        return None, aside.problems[0].text
    if isinstance(key, float):
        year = int(key)
        return None, Text(
            f"键应为文字或整数，现为 {key:g}；年份写整数，如 {year}",
            f"a key must be text or a whole number, got {key:g}; a year is whole, such as {year}",
        )
    if isinstance(key, bool) or not isinstance(key, (str, int)):
        return None, Text("键应为文字或整数。", "a key must be text or a whole number.")
    if isinstance(key, str) and key != key.strip():
        return key, Text("键的首尾有空格，可能是全角空格。", "a space before or after the key, maybe a full-width one.")
    return key, None


def _scalar(tree: Tree, node: ScalarNode, keys: Keys) -> Any:
    """Text, number, truth value or None; a stand-in of the right type after a report."""
    written: str = node.value
    if _UNSAFE_CHARACTERS.search(written):
        tree.report(node, keys, _CONTROL[node.style == '"'])
        return ""
    if node.tag == CORE + "str":
        return written
    if node.tag == CORE + "null":
        return None
    if node.tag == CORE + "bool" and written.lower() in ("true", "false"):
        return written.lower() == "true"
    if node.tag == LEADING_ZERO:
        short = re.sub(r"^([-+]?)0+(?=[0-9])", r"\1", written)
        tree.report(
            node,
            keys,
            Text(
                f"以 0 开头的数“{written}”有歧义：数值请写 {short}，编号请加引号。",
                f'"{written}" starts with 0: write {short} for a number, quote it for a code.',
            ),
        )
        return float(short) if "." in short else 0
    if node.tag in (CORE + "int", CORE + "float"):
        return _number(tree, node, keys)
    tree.report(node, keys, _unknown_tag(node.tag))
    return written


def _number(tree: Tree, node: ScalarNode, keys: Keys) -> int | float:
    written = node.value.lower()
    try:
        if node.tag == CORE + "int" and len(written) <= _LONGEST_INTEGER:
            return int(written)
        number = float(written.replace(".inf", "inf").replace(".nan", "nan"))
    except ValueError:  # an explicit tag: !!int abc
        tree.report(node, keys, Text(f"“{node.value}”不是数值。", f'"{node.value}" is not a number.'))
        return 0
    if math.isfinite(number):
        return number
    if "n" in written:
        text = Text(
            f"不能用“{node.value}”，应为有限的数值。",
            f'"{node.value}" is refused: a finite number is needed.',
        )
    else:
        short = written if len(written) <= 20 else written[:20] + "…"
        text = Text(f"数值“{short}”过大，无法表示。", f'the number "{short}" is too large.')
    tree.report(node, keys, text)
    return 0


def _unknown_tag(tag: str) -> Text:
    short = "!!" + tag.removeprefix(CORE) if tag.startswith(CORE) else tag
    return Text(f"不支持 YAML 标签“{short}”。", f'the YAML tag "{short}" is not supported.')

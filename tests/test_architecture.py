"""The shape of the house: direction of imports, purity of the equations, size and manners of the files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
MOST_LINES = 300

# A module imports only from its own room and the rooms above it. A line is a room: the module or package that
# others know it by, then the helpers that only serve it. A new module of sim/ gets its place here first.
ROOMS = (
    "language",
    "errors",
    "resources",
    "reading",
    "randomness",
    "posterior",
    "equations",
    "panel",
    "reference_class",
    "facts",
    "reconcile",
    "peers",
    "parameters",
    "region",
    "levers",
    "scenario",
    "drivers",
    "blocks",
    "model",
    "aggregation",
    "growth_accounting",
    "base_year rest_of_city",
    "indicators",
    "targets",
    "midterm",
    "second_opinion",
    "preflight",
    "experiment",
    "lever_effects",
    "attribution",
    "sensitivity",
    "failure",
    "solve",
    "provenance",
    "conditioning",
    "hindcast",
    "target_setting",
    "charts",
    "output",
    "revision",
    "sweep",
    "material",
    "report",
    "native",
    "word",
    "workbook",
    "webpage",
    "cli",
    "__main__",
)
ROOM_OF = {module: room for room, line in enumerate(ROOMS) for module in line.split()}

# What an equation may use. Anything else is a decision, a loop, chance, input or output, or a changed input.
EQUATION_IMPORTS = {"__future__", "numpy", "numpy.typing", "collections.abc", "typing", "math", "dataclasses"}
IMPURE_NODES = (
    ast.If, ast.IfExp, ast.Match, ast.For, ast.AsyncFor, ast.While, ast.comprehension, ast.Try, ast.TryStar,
    ast.With, ast.AsyncWith, ast.AugAssign, ast.Delete, ast.Global, ast.Nonlocal, ast.Yield, ast.YieldFrom,
    ast.Await, ast.Raise,
)  # fmt: skip
IMPURE_CALLS = {
    "open",
    "print",
    "input",
    "eval",
    "exec",
    "setattr",
    "sort",
    "fill",
    "put",
    "copyto",
    "setflags",
}

SOURCES = sorted((PROJECT / "sim").rglob("*.py"))
EQUATIONS = [path for path in SOURCES if path.parent.name == "equations"]


def shown(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full name of all that a file imports, lazy imports inside functions included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: write imports in full, not relative"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def misplaced_imports(name: str, tree: ast.AST) -> list[str]:
    """Imports of module `name` ("sim.model") that go against the order of the rooms."""
    own = name.split(".")[1]
    found = []
    for line, target in imported(tree):
        parts = target.split(".")
        if parts[0] == "sim" and len(parts) > 1 and parts[1] in ROOM_OF and ROOM_OF[parts[1]] > ROOM_OF[own]:
            found.append(f"line {line}: {own} stands above {parts[1]} and must not import it")
    return found


def impurities(tree: ast.Module) -> list[str]:
    """What makes the functions of an equations file more than pure, keyword-only functions of arrays."""
    found = [
        f"line {line}: an equation must not import {target}"
        for line, target in imported(tree)
        if target.rpartition(".")[0] not in EQUATION_IMPORTS
        and target not in EQUATION_IMPORTS
        and not target.startswith("sim.equations.")
    ]
    for node in ast.walk(tree):
        if isinstance(node, IMPURE_NODES):
            found.append(f"line {getattr(node, 'lineno', '?')}: {type(node).__name__} in an equation")
        if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.append(f"line {node.lineno}: an equation writes into {ast.unparse(node)}")
        if isinstance(node, ast.Attribute) and node.attr == "random":
            found.append(f"line {node.lineno}: an equation draws at random")
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
            if called in IMPURE_CALLS or any(keyword.arg == "out" for keyword in node.keywords):
                found.append(f"line {node.lineno}: an equation calls {ast.unparse(node)}")
        if isinstance(node, ast.FunctionDef):
            found += signature_faults(node)
    return found


def signature_faults(function: ast.FunctionDef) -> list[str]:
    """Parameters that are not keyword-only, or not those of the docstring (before its "Returns")."""
    place = f"line {function.lineno}: {function.name}"
    arguments = function.args
    found = []
    if arguments.args or arguments.posonlyargs or arguments.vararg or arguments.kwarg:
        found.append(f"{place}: every parameter must be keyword-only")
    described = re.split(r"^\s*Returns", ast.get_docstring(function) or "", flags=re.MULTILINE)[0]
    lines = re.findall(r"^\s*(\w+(?:, \w+)*) : ", described, flags=re.MULTILINE)
    documented = [name for line in lines for name in line.split(", ")]
    names = [argument.arg for argument in arguments.kwonlyargs]
    if documented != names:
        found.append(f"{place}: the docstring has the parameters {documented}, the signature has {names}")
    return found


def public_functions(body: list[ast.stmt]) -> Iterator[ast.FunctionDef]:
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from public_functions(node.body)
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def missing_manners(tree: ast.Module) -> list[str]:
    """Public functions without docstring or with a parameter or result that has no type."""
    found = [] if ast.get_docstring(tree) else ["line 1: no docstring of the module"]
    for function in public_functions(tree.body):
        arguments = function.args
        given = [
            *arguments.posonlyargs,
            *arguments.args,
            *arguments.kwonlyargs,
            arguments.vararg,
            arguments.kwarg,
        ]
        untyped = [arg.arg for arg in given if arg and arg.annotation is None and arg.arg not in ("self", "cls")]
        if untyped or function.returns is None:
            found.append(f"line {function.lineno}: {function.name} lacks types: {untyped or 'result'}")
        if not ast.get_docstring(function):
            found.append(f"line {function.lineno}: {function.name} has no docstring")
    return found


def test_every_module_has_a_room() -> None:
    top = {path.relative_to(PROJECT / "sim").parts[0].removesuffix(".py") for path in SOURCES} - {"__init__"}
    homeless = sorted(top - set(ROOM_OF))
    assert not homeless, f"give these modules of sim/ a place in ROOMS in tests/test_architecture.py: {homeless}"


@pytest.mark.parametrize("path", SOURCES, ids=shown)
def test_imports_go_one_way(path: Path) -> None:
    name = module_name(path)
    if name == "sim":
        assert list(imported(parsed(path))) == [], "sim/__init__.py imports nothing, or --help becomes slow"
    elif name.split(".")[1] in ROOM_OF:
        assert misplaced_imports(name, parsed(path)) == []


def test_no_import_cycles() -> None:
    names = {module_name(path): path for path in SOURCES}
    graph = {}
    for name, path in names.items():
        targets = {target for _, target in imported(parsed(path))}
        parents = {target.rpartition(".")[0] for target in targets}
        graph[name] = {target for target in targets | parents if target in names and target != name}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as cycle:
        pytest.fail(f"modules import each other: {' -> '.join(cycle.args[1])}")


@pytest.mark.parametrize("path", EQUATIONS, ids=shown)
def test_equations_are_pure(path: Path) -> None:
    assert impurities(parsed(path)) == []


@pytest.mark.parametrize("path", SOURCES, ids=shown)
def test_public_functions_are_typed_and_explained(path: Path) -> None:
    assert missing_manners(parsed(path)) == []


@pytest.mark.parametrize("path", [*SOURCES, PROJECT / "run.py", *sorted((PROJECT / "tests").rglob("*.py"))], ids=shown)
def test_files_are_short(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES, f"{lines} lines; split it along what it does"


GOOD_EQUATION = 'def f(*, a: int, b: int) -> int:\n    """F.\n\n    a : x\n    b : y\n    """\n    return a + b\n'


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("import os.path", "must not import os.path"),
        ("from numpy.random import default_rng", "must not import numpy.random.default_rng"),
        ("from sim.errors import SimError", "must not import sim.errors.SimError"),
        (GOOD_EQUATION.replace("a + b", "a if b else b"), "IfExp"),
        (GOOD_EQUATION.replace("return a + b", "a += b\n    return a"), "AugAssign"),
        (GOOD_EQUATION.replace("return a + b", "a[0] = b\n    return a"), "writes into a[0]"),
        (GOOD_EQUATION.replace("a + b", "np.add(a, b, out=a)"), "calls np.add"),
        (GOOD_EQUATION.replace("a + b", "np.random.normal(a, b)"), "draws at random"),
        (GOOD_EQUATION.replace("a + b", "sum(x for x in (a, b))"), "comprehension"),
        (GOOD_EQUATION.replace("*, ", ""), "keyword-only"),
        (GOOD_EQUATION.replace("b : y", "c : y"), "['a', 'c']"),
    ],
)
def test_the_check_of_equations_sees_what_is_wrong(source: str, complaint: str) -> None:
    assert impurities(ast.parse(GOOD_EQUATION)) == []
    assert any(complaint in fault for fault in impurities(ast.parse(source)))


@pytest.mark.parametrize("source", ["from sim.cli import main", "import sim.cli.main", "from sim.targets import x"])
def test_the_check_of_imports_sees_what_is_wrong(source: str) -> None:
    inside_a_function = ast.parse(f"def f():\n    {source}")
    assert len(misplaced_imports("sim.model", inside_a_function)) == 1
    assert misplaced_imports("sim.cli.run.command", inside_a_function) == []

"""Which tests name a refusal, a finding or a clock: read from their source, so nobody keeps a list."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from services.lawdocs.code import ROOT

# Tests of pages, plays and measurements, and of these documents, name codes without holding them.
_NOT_READ = re.compile(
    r"tests/(demo|browser|bench)/|/test_(coverage|commands|answers|explain|procedures|procedure_pages|procedure_clocks)\.py$"
)
Test = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def naming() -> dict[str, tuple[str, ...]]:
    """For every text constant of a test, its decorators or the tables it uses: path::test, refusing tests first."""
    found: dict[str, set[tuple[bool, str]]] = defaultdict(set)
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        path = str(file.relative_to(ROOT))
        if not _NOT_READ.search(path):
            for test, texts in constants(ast.parse(file.read_text("utf-8"))):
                named = (not _refuses(test), f"{path}::{test.name}")
                for text in texts:
                    found[text].add(named)
    return {text: tuple(test for _, test in sorted(tests)) for text, tests in found.items()}


def _refuses(test: Test) -> bool:
    """Whether a test speaks of being refused, rather than merely naming the reason."""
    names = (getattr(node, "attr", getattr(node, "id", "")) for node in ast.walk(test))
    return "refused" in names


def constants(tree: ast.Module) -> Iterator[tuple[Test, set[str]]]:
    """Each test function with the texts that it names itself or through a table of its module."""
    tables = {
        target.id: statement.value
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    for test in tree.body:
        if isinstance(test, Test) and test.name.startswith("test_"):
            used = [tables[n.id] for n in ast.walk(test) if isinstance(n, ast.Name) and n.id in tables]
            named = (node for part in (test, *used) for node in ast.walk(part))
            yield test, {n.value for n in named if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def of(*texts: str) -> tuple[str, ...]:
    """The tests that name any of these, in the order in which they are asked for."""
    return tuple(dict.fromkeys(test for text in texts for test in naming().get(text, ())))

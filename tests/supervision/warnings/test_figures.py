"""What a warning tells of a rule's figures is said in words, in both languages."""

import ast
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from yifa.enforcement.v1.penalty_pb2 import LenienceGround, NoPenaltyGround, PenaltyKind
from yifa.enforcement.v1.referral_pb2 import ReferralState

from services.law import procedures
from services.law.procedures.penalty.performance import DUTY
from services.supervision.warning.figures import LABELS, TOLD_TWICE, WORDS, said_figures

LAW = Path(procedures.__file__).parent
# A part of "missing", which tells it.
PARTS = frozenset(WORDS["missing"]) | frozenset(name for both in TOLD_TWICE.values() for name in both)


def told_names(tree: ast.Module) -> Iterator[str]:
    """The names of the figures that the rules of a file tell whose breach is a warning, as the file writes them."""
    functions = {each.name: each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}

    def names(node: ast.AST, within: frozenset[str] = frozenset()) -> Iterator[str]:
        for each in ast.walk(node):
            if isinstance(each, ast.Dict):
                yield from (str(key.value) for key in each.keys if isinstance(key, ast.Constant))
            if isinstance(each, ast.Name) and each.id in functions and each.id not in within:
                yield from names(functions[each.id], within | {each.id})

    for function in functions.values():
        for given in (each for each in function.decorator_list if isinstance(each, ast.Call)):
            words = {each.arg: each.value for each in given.keywords}
            if {"tells", "warning"} <= set(words):
                yield from names(words["tells"])


def test_every_figure_that_a_warning_may_tell_has_words() -> None:
    files = [*LAW.rglob("*.py")]

    found = {name for file in files for name in told_names(ast.parse(file.read_text("utf-8")))}

    assert len(found) > 40
    assert sorted(found - set(LABELS) - PARTS) == []


@pytest.mark.parametrize(
    ("figure", "enum", "none", "more"),
    [
        ("undone", PenaltyKind, {"UNSPECIFIED", "FINE"}, {DUTY}),
        ("ground", NoPenaltyGround, {"UNSPECIFIED"}, set()),
        ("grounds", LenienceGround, {"UNSPECIFIED"}, set()),
        ("referral_state", ReferralState, {"UNSPECIFIED"}, set()),
    ],
)
def test_every_code_has_words(figure: str, enum: object, none: set[str], more: set[str]) -> None:
    prefix = "".join(f"_{c}" if c.isupper() else c for c in enum.DESCRIPTOR.name).strip("_").upper() + "_"  # type: ignore[attr-defined]
    codes = {name.removeprefix(prefix) for name in enum.keys()} - none | more  # type: ignore[attr-defined]

    assert codes == set(WORDS[figure])


@pytest.mark.parametrize(
    ("figures", "zh", "en"),
    [
        ({"missing": "evidence,law"}, "缺少：证据、违反的规定", "missing: evidence, the article"),
        ({"at": "2026-03-01T10:00"}, "", ""),
        (
            {"officers": "O-1,O-2"},
            "执法人员：示例甲（YF1）、O-2",
            "officer: 示例甲（YF1）, O-2",
        ),
        ({"instead": "decide anew", "instead_zh": "重新作出"}, "应当：重新作出", "instead: decide anew"),
        (
            {"window_end": "2026-03-01T10:00:00+08:00"},
            "陈述申辩和听证期限届满：2026-03-01 10:00",
            "the party could answer until: 2026-03-01 10:00",
        ),
    ],
)
def test_figures_are_told_in_the_language_of_the_reader(figures: dict[str, str], zh: str, en: str) -> None:
    officer = SimpleNamespace(officer_id="O-1", name="示例甲", certificate_number="YF1")
    facts = SimpleNamespace(named_officers=lambda: [officer])

    told = tuple(said_figures(figures, facts, language) for language in (0, 1))

    assert told == (zh, en)

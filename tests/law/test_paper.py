"""The table of papers, how documents are numbered, and sums in words."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from yifa.enforcement.v1.assistance_pb2 import Assistance
from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.court_enforcement_pb2 import CourtEnforcement
from yifa.enforcement.v1.enforcement_pb2 import Enforcement
from yifa.enforcement.v1.inspection_pb2 import Inspection
from yifa.enforcement.v1.measure_pb2 import Measure
from yifa.enforcement.v1.permit_pb2 import Permit
from yifa.enforcement.v1.referral_pb2 import Referral

from services.enforcement.paper.setting import SHELF
from services.kit.paper.template import COMMON
from services.law.citation import cite
from services.law.layer import read_layer
from services.law.numbering import Numbering, check_character, filled, merged, numbering
from services.law.paper import PAPERS
from services.law.paper_form import INNER, MAIN, holds, is_due, lacking, text_at, word_at
from services.law.parameters import Layers, national
from services.law.procedures.assistance import ASSISTANCE
from services.law.procedures.court_enforcement import COURT_ENFORCEMENT
from services.law.procedures.enforcement import ENFORCEMENT
from services.law.procedures.inspection import INSPECTION
from services.law.procedures.measure import MEASURE
from services.law.procedures.penalty import PENALTY
from services.law.procedures.permit import PERMIT
from services.law.procedures.referral import REFERRAL
from services.law.yuan import figures, in_words
from tests.layers import layer_file

RECORDS = {
    "case": (Case, PENALTY),
    "measure": (Measure, MEASURE),
    "referral": (Referral, REFERRAL),
    "enforcement": (Enforcement, ENFORCEMENT),
    "inspection": (Inspection, INSPECTION),
    "permit": (Permit, PERMIT),
    "assistance": (Assistance, ASSISTANCE),
    "court_enforcement": (CourtEnforcement, COURT_ENFORCEMENT),
}


def names_of(field: Any) -> set[str]:
    values = [value.name for value in field.enum_type.values]
    return {name.removeprefix(values[0].removesuffix("UNSPECIFIED")) for name in values[1:]}


def split(where: str) -> list[list[str]]:
    return [each.split("=") for each in where.split()]


def known(record: Any, path: str) -> bool:
    """Whether a message has a field, by its dotted path."""
    name, _, rest = path.partition(".")
    field = record.DESCRIPTOR.fields_by_name.get(name)
    return field is not None and (not rest or known(type(getattr(record(), name)), rest))


@pytest.mark.parametrize("kind", PAPERS)
def test_a_line_of_the_table_names_what_there_is(kind: str) -> None:
    paper = PAPERS[kind]
    record, procedure = RECORDS[paper.record]
    empty, fields = record(), record.DESCRIPTOR.fields_by_name

    assert paper.kind == kind and paper.zh and paper.en and re.fullmatch("[a-z_]+", kind)
    assert cite(paper.law).text_zh
    assert procedure.named(paper.act)
    assert paper.due and not is_due(paper, empty), "nothing is due of a record in which nothing was done"
    of = getattr(empty, paper.part).add() if paper.part else empty
    assert not paper.number or text_at(of, paper.number) == ""
    assert not paper.at or not holds(of, paper.at)
    assert all(word_at(of, path) != word or word == "false" for path, word in split(paper.where))
    assert {*lacking(paper, empty, ())} >= {n.removeprefix(".") for n in paper.needs if "." in n}
    assert all(known(type(of), p[1:]) if p.startswith(".") else known(record, p) for p in paper.says)
    assert set(paper.of_case) <= set(Case.DESCRIPTOR.fields_by_name)
    assert paper.states <= names_of(fields["state"]) and (
        not paper.kinds or paper.kinds <= names_of(fields["kind"])
    )
    assert paper.group in {*MAIN, *INNER}
    assert (SHELF.shipped / f"{kind}.typ").exists()


def test_every_template_is_of_a_paper_of_the_table() -> None:
    found = {file.stem for folder in (SHELF.shipped, COMMON) for file in folder.glob("*.typ")}

    assert found == PAPERS.keys() | {name.removesuffix(".typ") for name in SHELF.shared}


def test_words_of_papers_are_told_apart() -> None:
    words = [p.word for p in PAPERS.values() if p.word]

    assert len(words) == len(set(words)), "two papers of one word would share their figures"


def test_the_pattern_of_the_city_comes_before_that_of_the_nation() -> None:
    city = Numbering("{region}{body}{word}字〔{year}〕第{number}-{check}号", "粤江", {"decision": "罚决"})
    province = Numbering("", "粤", {"decision": "决字", "filing": "立案"})
    both = merged([city, province])

    number = filled(both.series("decision", "环", 2026), 12)

    assert number == f"粤江环罚决字〔2026〕第12-{check_character('粤江环罚决字〔2026〕第12-号')}号"
    assert filled(both.series("filing", "环", 2026), 1).startswith("粤江环立案字〔2026〕第1-")
    assert filled(Layers(national()).numbering().series("decision", "环罚", 2026), 3) == "环罚决〔2026〕3号"


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ({"number": "{body}〔{year}〕{number}号"}, "{word} is missing"),
        ({"number": "{word}〔{year}〕{number}号"}, "{body} is missing"),
        ({"number": "{body}{word}{number}号"}, "{year} is missing"),
        ({"number": "{body}{word}〔{year}〕号"}, "{number} is missing"),
        ({"number": "{body}{word}〔{year}〕{number}{number}号"}, "{number} is not one place"),
        ({"number": "{body}{word}〔{year}〕{number}{secret}号"}, "{secret} is not one place"),
        ({"word": {"verdict": "判"}}, "verdict is no paper"),
        ({"numbers": "x"}, "numbers is not one of"),
        ({"word": {"decision": 1}}, "are texts"),
    ],
)
def test_a_pattern_whose_numbers_would_not_be_told_apart_is_refused(
    entry: dict[str, object], wrong: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(wrong)):
        numbering(entry)


def test_a_layer_says_where_its_pattern_is_wrong(tmp_path: Path) -> None:
    layer = layer_file(tmp_path, "example-city")
    text = layer.read_text("utf-8").replace(
        'number = "{body}{word}〔{year}〕{number}号"', 'number = "{body}号"'
    )
    layer.write_text(text)

    with pytest.raises(ValueError, match=rf"{layer.name}:\d+: paper: number: {{number}} is missing"):
        read_layer(layer)


def test_the_word_of_an_unnumbered_paper_is_asked_for_in_vain() -> None:
    with pytest.raises(KeyError, match="closing"):
        Numbering().series("closing", "环罚", 2026)
    assert (
        replace(Numbering(), words={"closing": "结"}).series("closing", "环罚", 2026)
        == "环罚结〔2026〕{number}号"
    )


@pytest.mark.parametrize(
    "wrong", ["环罚决〔2026〕13号", "环罚决〔2026〕21号", "环罚告〔2026〕12号", "环罚决〔2025〕12号"]
)
def test_a_mistyped_number_does_not_fit_its_check_character(wrong: str) -> None:
    assert check_character(wrong) != check_character("环罚决〔2026〕12号")


@pytest.mark.parametrize(
    ("fen", "plain", "words"),
    [
        (0, "0", "零元整"), (5, "0.05", "伍分"), (50, "0.50", "伍角"), (105, "1.05", "壹元零伍分"),
        (1000, "10", "壹拾元整"), (12_000_000, "120000", "壹拾贰万元整"), (10_001_000, "100010", "壹拾万零壹拾元整"),
        (10_010_005_000, "100100050", "壹亿零壹拾万零伍拾元整"), (30_000_050, "300000.50", "叁拾万元伍角"),
        (10_000_000_100, "100000001", "壹亿零壹元整"),
    ],
)  # fmt: skip
def test_a_sum_is_written_in_figures_and_in_words(fen: int, plain: str, words: str) -> None:
    assert (figures(fen), in_words(fen)) == (plain, words)


def test_a_sum_beyond_the_numerals_is_refused() -> None:
    with pytest.raises(ValueError, match="beyond"):
        in_words(10**18)

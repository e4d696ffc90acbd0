"""Samples of files and objections to results: each rule kept, and broken by one change; nothing unknown lets an act pass."""

from dataclasses import replace
from typing import Any

import pytest
from yifa.supervision.v1.file_review_pb2 import FileReviewBatch

from services.law.draw import files_drawn, number_of, pick, seed_hash
from services.law.moment import put_moment
from services.law.procedures.file_review_batch import FILE_REVIEW_BATCH, MOST_DRAWN, MOST_FILES, BatchFacts
from services.law.procedures.file_review_objection import (
    FILE_REVIEW_OBJECTION,
    ObjectionFacts,
    ObjectionRecord,
)
from services.law.procedures.filing import FILING, FilingFacts
from tests.law.lawful import NOW, ago, built

SEED = "a-seed-nobody-guesses"
OBJECTION = ObjectionRecord("笔录有签名", items_known=True, papers_whole=True)


def batch(files: int = 3, strata: int = 1, **more: Any) -> FileReviewBatch:
    made = FileReviewBatch(per_stratum=1, seed_hash=seed_hash(SEED), **more)
    for n in range(files):
        made.files.add(case_id=f"C-{n}", strata=[f"S-{n % strata}"], standard_id="GENERAL")
    put_moment(made.draw_after, ago(-1))
    return made


def committed(made: FileReviewBatch, **facts: Any) -> set[str]:
    told = {"days_right": True, "standard_held": True} | facts
    found = built(BatchFacts, None, told)
    found.draw = made
    return {b.reason for b in FILE_REVIEW_BATCH.tables[0].why_not("COMMIT_FILE_REVIEW_BATCH", "", found)}


@pytest.mark.parametrize(
    ("made", "facts", "reasons"),
    [
        (batch(), {}, set()),
        (batch(), {"days_right": False}, {"FILE_PERIOD_WRONG"}),
        (batch(), {"days_right": None}, {"FILE_PERIOD_WRONG"}),
        (batch(0), {}, {"NO_FILES"}),
        (batch(MOST_FILES + 1), {}, {"TOO_MANY_FILES"}),
        (batch(MOST_DRAWN + 1, MOST_DRAWN + 1), {}, {"SAMPLE_TOO_LARGE"}),
        (batch(), {"standard_held": False}, {"NO_FILE_STANDARD"}),
        (batch(), {"standard_held": None}, {"NO_FILE_STANDARD"}),
    ],
    ids=lambda value: "-".join(sorted(value)) if isinstance(value, set) else "",
)
def test_a_list_is_whole_bounded_and_has_its_standards(made, facts, reasons):
    assert committed(made, **facts) == reasons


def test_each_stratum_is_drawn_from_by_itself_and_a_file_is_reviewed_once():
    made = batch(6, 2)
    for file in made.files[:2]:
        file.strata.append("S-2")
    drawn = files_drawn(made, SEED, "407")

    assert drawn == files_drawn(made, SEED, "407") and 2 <= len(drawn) <= 3
    one = {file.case_id: 1 for file in made.files if "S-0" in file.strata}
    assert drawn[0] == pick(number_of(SEED, "407"), "file:S-0", one, 1)[0]
    assert len(set(drawn)) == len(drawn)


REPORTED = {"reported": True, "given": False, "term_end": ago(-1)}


@pytest.mark.parametrize(
    ("record", "facts", "reasons"),
    [
        ({}, {}, set()),
        ({}, {"reported": False}, {"NO_FILE_RESULT"}),
        ({}, {"reported": None}, {"NO_FILE_RESULT"}),
        ({}, {"given": True}, {"FILE_OBJECTED_ALREADY"}),
        ({}, {"given": None}, {"FILE_OBJECTED_ALREADY"}),
        ({}, {"term_end": ago(1)}, {"FILE_OBJECTION_LATE"}),
        ({}, {"term_end": None}, {"FILE_OBJECTION_LATE"}),
        ({"text": "  "}, {}, {"ANSWER_EMPTY"}),
        ({"items_known": False}, {}, {"ANSWER_EMPTY"}),
        ({"papers_whole": False}, {}, {"ANSWER_EMPTY"}),
    ],
)
def test_a_result_is_objected_to_once_in_its_term_with_reasons(record, facts, reasons):
    found = built(ObjectionFacts, replace(OBJECTION, **record), REPORTED | facts)
    broken = FILE_REVIEW_OBJECTION.tables[0].why_not("OBJECT_TO_FILE_REVIEW", "", found)

    assert {b.reason for b in broken} == reasons


FILED = {
    "opinion": "程序不当", "missing": (), "reviewer": "S-1", "involved": frozenset({"O-1"}), "unjudged": (),
    "unreasoned": (), "problems": ("V4",), "corrected": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("act", "state", "facts", "reasons"),
    [
        ("REGISTER_FILING", "FILED", {}, set()),
        ("REGISTER_FILING", "FILED", {"missing": ("service.receipt",)}, {"FILING_PAPERS_MISSING"}),
        ("REGISTER_FILING", "FILED", {"missing": None}, {"FILING_PAPERS_MISSING"}),
        ("REGISTER_FILING", "FILED", {"reviewer": "O-1"}, {"OVERSIGHT_ROLE_CONFLICT"}),
        ("REGISTER_FILING", "FILED", {"reviewer": " "}, {"OVERSIGHT_ROLE_CONFLICT"}),
        ("RETURN_FILING", "FILED", {"missing": ("service.receipt",)}, set()),
        ("RETURN_FILING", "FILED", {}, {"FILING_COMPLETE"}),
        ("ACCEPT_FILING", "REGISTERED", {"problems": ()}, set()),
        ("ACCEPT_FILING", "REGISTERED", {}, {"FILING_PROBLEM_FOUND"}),
        ("ACCEPT_FILING", "REGISTERED", {"problems": None}, {"FILING_PROBLEM_FOUND"}),
        ("ACCEPT_FILING", "REGISTERED", {"problems": (), "unjudged": ("V1",)}, {"FILE_ITEMS_NOT_JUDGED"}),
        (
            "ACCEPT_FILING",
            "REGISTERED",
            {"problems": (), "unreasoned": ("V1",)},
            {"FILE_VERDICT_NOT_REASONED"},
        ),
        ("ACCEPT_FILING", "FILED", {"problems": ()}, {"ACT_NOT_OPEN"}),
        ("OBJECT_TO_FILING", "REGISTERED", {}, set()),
        ("OBJECT_TO_FILING", "REGISTERED", {"problems": ()}, {"FILING_NO_PROBLEM"}),
        ("OBJECT_TO_FILING", "REGISTERED", {"opinion": ""}, {"OPINION_REQUIRED"}),
        ("CORRECT_FILING", "OBJECTED", {}, set()),
        ("CORRECT_FILING", "OBJECTED", {"corrected": False}, {"NOT_CORRECTED"}),
        ("CORRECT_FILING", "OBJECTED", {"corrected": None}, {"NOT_CORRECTED"}),
    ],
)
def test_a_filing_is_whole_judged_and_put_right(act, state, facts, reasons):
    found = built(FilingFacts, None, FILED | facts, NOW)

    assert {b.reason for b in FILING.why_not(act, state, found)} == reasons

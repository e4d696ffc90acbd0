"""The review of a case file (案卷评查): from the drawing of the file to its final grade, and the department's objection."""

from services.law.procedure import Procedure
from services.law.procedures import shared
from services.law.procedures.file_review.facts import (
    FileReviewFacts,
)
from services.law.procedures.file_review.facts import (
    FileReviewRecord as FileReviewRecord,
)
from services.law.procedures.file_review.rules import (
    all_scored,
    by_reviewer,
    carries_points,
    concluder_apart,
    differences_settled,
    every_item_judged,
    examiner_apart,
    objected_once,
    reviewers_apart,
    reviewers_elsewhere,
    reviewers_enough,
    reviewers_known,
    scored_once,
    standard_kept,
    verdicts_reasoned,
    within_points,
)
from services.law.procedures.shared import reasons_given, under
from services.law.process import table

_REASONS = under(reasons_given, "GD-FILE:12(1)[7]")
_IN_TERM = under(shared.term_runs, "GD-FILE:12(1)[7]", reason="FILE_OBJECTION_LATE")
_TERM_OVER = under(shared.term_over, "GD-FILE:12(1)[7]", reason="FILE_OBJECTION_OPEN")
_REVIEWERS = (standard_kept, reviewers_enough, reviewers_known, reviewers_elsewhere, reviewers_apart)
_VERDICTS = (every_item_judged, within_points, verdicts_reasoned)

# fmt: off
TABLE = table(
    "file_review",
    ("OPEN_FILE_REVIEW", "", "DRAWN", "GD-FILE:6;ASR-2025:15", (),
     "SYSTEM", ("抽取案卷", "Draw the file")),
    ("ASSIGN_REVIEWERS", "DRAWN", "REVIEWING", "GD-FILE:10", _REVIEWERS,
     "OVERSIGHT", ("确定评查人员", "Name the reviewers"), "", "AssignFileReviewers"),
    ("ASSIGN_REVIEWERS", "REVIEWING", "=", "GD-FILE:10", (*_REVIEWERS, under(reasons_given, "GD-FILE:10")),
     "OVERSIGHT", ("更换评查人员", "Name other reviewers"), "", "AssignFileReviewers"),
    ("SCORE_FILE", "REVIEWING", "=", "GD-FILE:10", (by_reviewer, scored_once, *_VERDICTS),
     "OVERSIGHT", ("评查打分", "Score the file")),
    ("CONCLUDE_FILE_REVIEW", "REVIEWING", "REPORTED", "GD-FILE:16;GD-FILE:17",
     (all_scored, differences_settled, *_VERDICTS, carries_points, concluder_apart),
     "OVERSIGHT", ("形成评查结果", "Conclude the review"), "file_review.reported"),
    # One that was made in the term is taken in though it comes when the term is over: a link may have been cut.
    ("OBJECT_TO_FILE_REVIEW", "REPORTED FINAL", "OBJECTED", "GD-FILE:12(1)[7]", (_IN_TERM, objected_once, _REASONS),
     "SUPERVISED_AGENCY", ("提出异议", "Object"), "file_review.objected"),
    ("DECIDE_FILE_OBJECTION", "OBJECTED", "ANSWERED", "GD-FILE:12(1)[7]",
     (examiner_apart, *_VERDICTS, carries_points, _REASONS),
     "OVERSIGHT", ("复核并答复异议", "Re-check and answer the objection"), "file_review.rechecked"),
    ("FINISH_FILE_REVIEW", "REPORTED", "FINAL", "GD-FILE:12(1)[7]", (_TERM_OVER,),
     "SYSTEM", ("期满无异议，结果生效", "Let it stand when nobody objects")),
    titles=("行政执法案卷评查", "Review of a case file"),
    ends="ANSWERED",
)
# fmt: on
FILE_REVIEW = Procedure("file_review", FileReviewFacts, TABLE)

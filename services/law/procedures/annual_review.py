"""A certificate's yearly review: its way, and what it asks of the holder."""

# ruff: noqa: E501
from abc import abstractmethod
from typing import NamedTuple

from yifa.registry.v1.training_pb2 import EVALUATION_FAILED

from services.law.procedure import Procedure
from services.law.process import table
from services.law.rule import Facts, rule


class Year(NamedTuple):
    """What an officer's records of a year add up to, from whatever department."""

    half_days: int
    sessions: int
    evaluation: int


class ReviewFacts(Facts):
    """What the review asks."""

    @abstractmethod
    def year(self) -> Year:
        """What the officer's records of the year add up to."""

    @abstractmethod
    def half_days_needed(self) -> int:
        """The training that the year asks of every officer, in half days."""

    @abstractmethod
    def sessions_needed(self) -> int:
        """The sessions of training that the year asks for."""

    @abstractmethod
    def retrained(self) -> bool:
        """Whether a retraining since the failed review was attended, and its test, if there was one, passed."""


@rule(
    "TRAINING_DAYS_MISSING",
    law="CITY-ERS:3(11);MOT-CERT:30",
    zh="当年培训天数不足。",
    en="The days of training in the year are not reached.",
)
def days_reached(f: ReviewFacts) -> bool:
    """The days of training that a year asks of every officer were reached."""
    return f.year().half_days >= f.half_days_needed()


@rule(
    "TRAINING_SESSIONS_MISSING",
    law="CBZ-2019-7:2;MOT-CERT:30",
    zh="当年参加集中培训的次数不足。",
    en="Fewer sessions of training were attended in the year than it asks for.",
)
def sessions_reached(f: ReviewFacts) -> bool:
    """The sessions of training that a year asks for were attended."""
    return f.year().sessions >= f.sessions_needed()


@rule(
    "EVALUATION_MISSING",
    law="MOT-CERT:30",
    zh="没有当年的考核结果。",
    en="The officer's work in the year was not evaluated.",
)
def evaluated(f: ReviewFacts) -> bool:
    """The officer's work in the year was evaluated."""
    return f.year().evaluation != 0


@rule(
    "EVALUATION_FAILED",
    law="MOT-CERT:30;MOT-CERT:31",
    zh="当年考核结果为不合格。",
    en="The evaluation of the year is a failure.",
)
def evaluation_passed(f: ReviewFacts) -> bool:
    """The evaluation of the year is not a failure."""
    return f.year().evaluation != EVALUATION_FAILED


@rule(
    "RETRAINING_MISSING",
    law="MOT-CERT:32",
    zh="审验不合格后未参加离岗培训，或者培训测试不合格；请先参加离岗培训并测试合格。",
    en="No retraining was attended since the failed review, or its test was not passed. Record one first.",
)
def retrained(f: ReviewFacts) -> bool:
    """Who failed the review attended a retraining since, and passed its test if there was one."""
    return f.retrained()


CONDITIONS = (days_reached, sessions_reached, evaluated, evaluation_passed)

# fmt: off
REVIEW_TABLE = table(
    "annual_review",
    ("PASS_CERTIFICATE", "", "PASSED", "MOT-CERT:30", CONDITIONS, "", ("审验合格", "Pass"), "", "ReviewCertificate"),
    ("FAIL_CERTIFICATE", "", "FAILED", "MOT-CERT:31", (), "", ("审验不合格", "Fail"), "", "ReviewCertificate"),
    ("REVIEW_AGAIN", "FAILED", "RETRAINED", "MOT-CERT:32", (retrained,), "", ("离岗培训后复审合格", "Pass after retraining"), "", "ReviewCertificate"),
    titles=("执法证年审", "Annual review of certificates"),
)
# fmt: on
ANNUAL_REVIEW = Procedure("annual_review", ReviewFacts, REVIEW_TABLE)

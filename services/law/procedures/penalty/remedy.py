"""Remedies against the decision: while one lasts no surcharge is counted, and nobody enforces through the court (APL 73)."""

from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.surcharge_pb2 import RemedyTime

from services.law.moment import moment_at
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.rule import rule

BEGINNINGS, ENDINGS = ("RECORD_RECONSIDERATION", "RECORD_SUIT"), ("END_RECONSIDERATION", "END_SUIT")
REMEDIES = frozenset({*BEGINNINGS, *ENDINGS})


def lasting(case: Case) -> RemedyTime | None:
    """The remedy that lasts, None where there is none."""
    return next((r for r in case.remedies if not r.HasField("end_time")), None)


@rule(
    "REMEDY_NOT_SHOWN",
    guard="G-62",
    warning="EW-33",
    law="APL-2021:73(3)",
    zh="应当载明行政复议机关或者人民法院的受理通知书、决定书、裁判文书。",
    en="No paper of the reconsideration body or the court shows it. Name it (document).",
)
def remedy_shown(f: PenaltyFacts) -> bool:
    """That a remedy began, or ended, is shown by a paper of who hears it."""
    said = f.remedy()
    ended = f.move.act in ENDINGS
    return bool((said.end_document if ended else said.document).strip())


@rule(
    "REMEDY_LASTS",
    law="APL-2021:73(3)",
    zh="登记在案的行政复议或者行政诉讼尚未终结。",
    en="A remedy that is on record has not ended. Record first how it ended (RecordRemedyEnd).",
)
def no_remedy_lasts(f: PenaltyFacts) -> bool:
    """One remedy follows another: reconsideration, then suit."""
    return lasting(f.case) is None


@rule(
    "NO_REMEDY_LASTS",
    law="APL-2021:73(3)",
    zh="没有登记在案、尚未终结的行政复议或者行政诉讼。",
    en="No remedy that lasts is on record. Record first that it began (RecordRemedy).",
)
def remedy_lasts(f: PenaltyFacts) -> bool:
    """Only what began ends."""
    return lasting(f.case) is not None


@rule(
    "ACTS_OUT_OF_ORDER",
    law="APL-2021:47",
    zh="行政复议、行政诉讼的终结不得早于其开始，后一救济不得早于前一救济的终结。",
    en="It would end before it began, or begin before the last one ended. Correct the time.",
)
def after_the_last(f: PenaltyFacts) -> bool:
    """A remedy ends after it began, and begins after the last one ended."""
    last = f.case.remedies[-1] if f.case.remedies else RemedyTime()
    bound = moment_at(last, "end_time") or moment_at(last, "begin_time")
    return bound is None or f.at() >= bound

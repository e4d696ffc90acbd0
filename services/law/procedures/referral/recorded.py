"""The facts of a referral as its record shows them with the act in it: for the department that does it, and for the city that
judges it again. What has to be looked up stays abstract.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import referral_pb2 as pb
from yifa.enforcement.v1.measure_pb2 import Measure

from services.law.calendar import SHANGHAI
from services.law.clock import catalogue, due
from services.law.moment import moment_at, moment_of
from services.law.procedures.correcting import Slip, slip_of
from services.law.procedures.referral.facts import Paper, ReferralFacts, ReferralRecord
from services.law.process import Move
from services.law.rule import NotAsked, Unknown

# Where the record says when an act was done.
DONE: Mapping[str, str] = {
    "FLAG": "flag_time",
    "REPORT": "report_time",
    "APPROVE": "decide_time",
    "REJECT": "decide_time",
    "SEND": "send_time",
    "ASK_RECONSIDERATION": "reconsider_request_time",
    "SUGGEST_SUPERVISION": "supervision_time",
    "RESUME_CASE": "resume_time",
    "HAND_OVER": "hand_over_time",
}
# What the police say, by the state in which they say it.
SAID: Mapping[tuple[str, int], str] = {
    ("SENT", pb.POLICE_SAID_RECEIVED): "RECEIVE",
    ("RECEIVED", pb.POLICE_SAID_NOT_COMPETENT): "FIND_NOT_COMPETENT",
    ("MISDIRECTED", pb.POLICE_SAID_FORWARDED): "FORWARD",
    ("RECEIVED", pb.POLICE_SAID_OPENED): "OPEN",
    ("RECEIVED", pb.POLICE_SAID_REFUSED): "REFUSE",
    ("RECONSIDERING", pb.POLICE_SAID_OPENED): "OPEN_AFTER_ALL",
    ("RECONSIDERING", pb.POLICE_SAID_REFUSED): "REFUSE_AGAIN",
    ("SUPERVISED", pb.POLICE_SAID_OPENED): "OPEN_UNDER_SUPERVISION",
}
ANSWERS = frozenset(SAID.values())
ENDED = frozenset({"REJECTED", "RETURNED", "CONVICTED"})
# From then on the police have it.
SENT = frozenset(
    {
        "SENT",
        "RECEIVED",
        "MISDIRECTED",
        "OPENED",
        "REFUSED",
        "RECONSIDERING",
        "REFUSED_AGAIN",
        "SUPERVISED",
        "HANDED_OVER",
    }
)
OPENED = frozenset({"OPENED", "HANDED_OVER", "CONVICTED"})


def state_of(referral: pb.Referral) -> str:
    return str(pb.ReferralState.Name(referral.state)).removeprefix("REFERRAL_STATE_")


def record_of(referral: pb.Referral) -> ReferralRecord:
    """What the rules ask of a referral's record."""
    return ReferralRecord(
        report_time=moment_at(referral, "report_time"),
        report=referral.report,
        reasons=referral.reasons,
        standard=referral.standard,
        papers=tuple(
            Paper(pb.ReferralPaper.Name(p).removeprefix("REFERRAL_PAPER_")) for p in referral.papers
        ),
        notice_receive_time=refused_at(referral),
        list_time=moment_at(referral, "list_time"),
        copy_time=moment_at(referral, "copy_time"),
        outcome_document=referral.outcome.document,
    )


def refused_at(referral: pb.Referral) -> datetime | None:
    """When the newest notice came that the police open no case."""
    refusals = [a for a in referral.answers if a.said == pb.POLICE_SAID_REFUSED and a.document.strip()]
    return moment_of(refusals[-1].receive_time) if refusals else None


def as_it_stood(referral: pb.Referral, at: datetime) -> pb.Referral | None:
    """A referral as far as a case hung on it at a moment: flagged, with the police, or at an end; None before it was flagged."""
    flagged = moment_at(referral, "flag_time")
    if flagged is None or flagged > at:
        return None
    state, stood = state_of(referral), pb.Referral()
    stood.CopyFrom(referral)
    ended = moment_at(referral, _ENDING.get(state, "")) if state in _ENDING else None
    if ended is None or ended > at:
        sent = moment_at(referral, "send_time")
        with_police = sent is not None and sent <= at
        stood.state = pb.REFERRAL_STATE_SENT if with_police else pb.REFERRAL_STATE_FLAGGED
    return stood


def appraised_by(at: datetime, opinions: Iterable[datetime | None], measures: Iterable[Measure]) -> bool:
    """Whether anything of a case had been sent to appraisal by a moment, or an expert's opinion been collected (`opinions`,
    when).
    """
    sent = (moment_at(appraisal, "from_time") for m in measures for appraisal in m.appraisals)
    return any(began is not None and began <= at for began in (*opinions, *sent))


# When a referral came to an end.
_ENDING: Mapping[str, str] = {
    "REJECTED": "decide_time",
    "RETURNED": "resume_time",
    "CONVICTED": "outcome.end_time",
}


class RecordedReferral(ReferralFacts):
    """The facts that the record with the act in it shows. `at` is the time of the event, for what has none of its own; `look` has
    the law and the calendar of the node; `asked` is false in a listing, where nothing is handed in.
    """

    asked = True

    def __init__(self, referral: pb.Referral, look: Any, move: Move, at: datetime | None = None) -> None:
        self.referral, self.look, self.move, self._at = referral, look, move, at
        self.now = look.now
        self.record = record_of(referral)

    def slip(self) -> Slip:
        if not self.asked:
            raise NotAsked(self.move.act)
        r = self.referral
        return slip_of(r, "referral", self.move.act, {r.flagger, *r.officer_ids})

    def signer(self) -> str:
        """Who decided whether the case is referred."""
        return self.referral.chief

    def challenge_end(self) -> datetime | None:
        """When the three days since the notice of the police are over (CRT 9)."""
        refused = refused_at(self.referral)
        if refused is None:
            return None
        local = refused.astimezone(SHANGHAI)
        clock = self.look.parameters.clock(catalogue()["CRM-04"], local.date(), self.referral.sector)
        return None if clock is None else due(clock, local, self.look.calendar).at

    def sector(self) -> str:
        return self.referral.sector

    def at(self) -> datetime:
        done = DONE.get(self.move.act, "")
        at = moment_at(self.referral, done) if done else None
        if self.move.act in ANSWERS and self.referral.answers:
            at = moment_of(self.referral.answers[-1].receive_time)
        at = at or self._at
        if at is None:
            raise Unknown("when the act was done")
        return at

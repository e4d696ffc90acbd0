"""What the record of a permit that stands shows the rules: its checks, what is done to it, the indemnity, how it leaves."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from yifa.enforcement.v1 import permit_held_pb2 as held
from yifa.enforcement.v1 import permit_pb2 as pb
from yifa.enforcement.v1.party_pb2 import PartyKind

from services.law.moment import moment_at
from services.law.procedures.permit.held_record import (
    Agreement,
    Finding,
    Holder,
    Holding,
    IndemnityStage,
    LeavingGround,
    Manner,
    Meeting,
    PermitChange,
    PermitCheck,
    PermitIndemnity,
    PermitLeaving,
    PermitReversal,
    Reversal,
    ReversalGround,
)

E = TypeVar("E", bound=StrEnum)
INDEMNIFIED = frozenset({held.PERMIT_REVERSAL_KIND_RECALL, held.PERMIT_REVERSAL_KIND_ALTER})
"""What costs the holder something in the public interest (ALIC 8(2))."""
_OFF = frozenset({held.PERMIT_REVERSAL_KIND_REVOKE, held.PERMIT_REVERSAL_KIND_RECALL})
_DECIDING = frozenset({"REVOKE", "RECALL", "ALTER"})
# What of the record only the act itself hands in.
HANDED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "CHECK_HOLDER": frozenset({"check"}),
        "TELL_REVERSAL": frozenset({"reversal", "reasons"}),
        "HEAR_HOLDER": frozenset({"statement"}),
        "REVOKE": frozenset({"interest", "claim_told", "authority", "court"}),
        "RECALL": frozenset({"interest", "authority", "court"}),
        "ALTER": frozenset({"interest", "content", "authority", "court"}),
        "DEREGISTER": frozenset({"leaving"}),
        **dict.fromkeys(("ASK_CHANGE", "CHANGE"), frozenset({"change"})),
        "DECLINE_CHANGE": frozenset({"reasons", "authority", "court"}),
        **dict.fromkeys(
            ("CLAIM_INDEMNITY", "MEET_ON_INDEMNITY", "DECIDE_INDEMNITY", "PAY_INDEMNITY"),
            frozenset({"indemnity", "reasons", "authority", "court"}),
        ),
    }
)


def open_reversal(permit: pb.Permit) -> held.PermitReversal | None:
    """What the holder was told last, as long as it is not decided."""
    last = permit.reversals[-1] if permit.reversals else None
    return None if last is None or last.HasField("decide_time") else last


def indemnified(permit: pb.Permit) -> held.PermitReversal | None:
    """The last recall or alteration that was decided: what it cost is made good."""
    done = (r for r in reversed(permit.reversals) if r.HasField("decide_time") and r.kind in INDEMNIFIED)
    return next(done, None)


def open_change(permit: pb.Permit) -> held.PermitChange | None:
    """The change that the holder asks for, or is about to, as long as it is not decided."""
    last = permit.changes[-1] if permit.changes else None
    return None if last is None or last.HasField("decide_time") else last


def alterations(permit: pb.Permit) -> list[held.PermitReversal | held.PermitChange]:
    """What of a permit was altered in the public interest, or changed as its holder asked, the first first."""
    altered = [r for r in permit.reversals if r.kind == held.PERMIT_REVERSAL_KIND_ALTER]
    changed = [each for each in permit.changes if each.granted]
    done = (each for each in (*altered, *changed) if each.HasField("decide_time"))
    return sorted(done, key=lambda each: each.decide_time.seconds)


def answering(permit: pb.Permit, act: str) -> Any:
    """Where the reasons of an act stand, and the remedies that it tells of; None where it is no act of a permit that stands."""
    if act == "DECIDE_INDEMNITY":
        return (indemnified(permit) or held.PermitReversal()).indemnity
    if act == "DECLINE_CHANGE":
        return open_change(permit) or held.PermitChange()
    if act in _DECIDING or act == "TELL_REVERSAL":
        return open_reversal(permit) or held.PermitReversal()
    return None


def held_of(permit: pb.Permit, act: str) -> dict[str, Any]:
    """The fields of a PermitRecord."""
    reversal = open_reversal(permit) or held.PermitReversal()
    return {
        "check": _check(permit.checks[-1]) if permit.checks else PermitCheck(),
        "reversal": PermitReversal(
            kind=_named(Reversal, held.PermitReversalKind, reversal.kind),
            ground=_named(ReversalGround, held.PermitReversalGround, reversal.ground),
            basis=reversal.basis,
            document=reversal.document,
            until_time=moment_at(reversal, "until_time"),
            tell_time=moment_at(reversal, "tell_time"),
            stated=reversal.HasField("state_time"),
        ),
        "change": _change(open_change(permit)),
        "doing": Reversal(act) if act in _DECIDING else None,
        "statement": reversal.statement,
        "interest": reversal.interest,
        "claim_told": reversal.claim_told,
        "content": reversal.content,
        "indemnity": _indemnity(indemnified(permit)),
        "holding": _holding(permit),
        "holder": _named(Holder, PartyKind, permit.applicant.kind),
        "leaving": PermitLeaving(
            ground=_named(LeavingGround, held.PermitLeavingGround, permit.leaving.ground),
            basis=permit.leaving.basis,
            proof=permit.leaving.proof,
        ),
    }


def _named(kind: type[E], enum: Any, number: int) -> E | None:
    """The word of the law for a number of a contract; None where nothing is said."""
    return kind(enum.Name(number).removeprefix(enum.Name(0).removesuffix("UNSPECIFIED"))) if number else None


def _check(check: held.PermitCheck) -> PermitCheck:
    return PermitCheck(
        manner=_named(Manner, held.PermitCheckManner, check.manner),
        checkers=tuple(check.checker_ids),
        signers=tuple(check.signer_ids),
        situation=check.situation,
        finding=_named(Finding, held.PermitFinding, check.finding),
        result=check.result,
        order=check.order,
        correct_until=moment_at(check, "correct_time"),
    )


def _change(change: held.PermitChange | None) -> PermitChange:
    """An act that asks for one sets its time last."""
    if change is None:
        return PermitChange(pending=False)
    return PermitChange(change.HasField("apply_time"), change.content, change.opinion)


def _indemnity(reversal: held.PermitReversal | None) -> PermitIndemnity:
    if reversal is None:
        return PermitIndemnity()
    said = reversal.indemnity
    last = said.meetings[-1] if said.meetings else held.PermitIndemnityMeeting()
    return PermitIndemnity(
        stage=_stage(said),
        loss=said.loss,
        claimed=said.claimed.fen,
        hearing_asked=said.hearing_asked,
        meeting=_named(Meeting, held.PermitMeetingKind, last.kind),
        host=last.host,
        minutes=last.minutes,
        signed=last.signed,
        agreement=_named(Agreement, held.PermitAgreement, last.agreement),
        proposed=last.amount.fen,
        held=tuple(m for each in said.meetings if (m := _named(Meeting, held.PermitMeetingKind, each.kind))),
        hosts=tuple(m.host for m in said.meetings if m.kind == held.PERMIT_MEETING_KIND_HEARING),
        agreed=_agreed(said),
        decider=said.decider,
        awarded=said.awarded.fen,
        paid=said.paid.fen,
        voucher=said.voucher,
    )


def _stage(said: held.PermitIndemnity) -> IndemnityStage:
    """How far it was before the act: each sets its time last."""
    for time, stage in (
        ("pay_time", IndemnityStage.PAID),
        ("decide_time", IndemnityStage.DECIDED),
        ("claim_time", IndemnityStage.CLAIMED),
    ):
        if said.HasField(time):  # type: ignore[arg-type]
            return stage
    return IndemnityStage.OWED


def _agreed(said: held.PermitIndemnity) -> int | None:
    """What the last meeting agreed on; None where it came to nothing, or there was none."""
    last = said.meetings[-1] if said.meetings else None
    return last.amount.fen if last is not None and last.agreement == held.PERMIT_AGREEMENT_AGREED else None


def _holding(permit: pb.Permit) -> Holding:
    """How it stands before it leaves the register."""
    if any(r.kind in _OFF and r.HasField("decide_time") for r in permit.reversals):
        return Holding.REVERSED
    return Holding.LAPSED if permit.HasField("lapse_time") else Holding.HELD

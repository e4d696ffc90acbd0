"""What the register of claims says, as the rules ask for it."""

from collections.abc import Iterable
from typing import Any

from yifa.supervision.v1 import compensation_pb2 as pb

from services.law.moment import moment_at
from services.law.procedures.compensation.facts import (
    IN_KIND,
    Agreement,
    Awarded,
    CompensationRecord,
    Exemption,
    Fault,
    Infringement,
    Item,
    Recourse,
    Standing,
    Topic,
    Way,
)
from services.law.procedures.papers import Minutes
from services.supervision.complaint.facts import word


def items_of(items: Iterable[pb.CompensationItem]) -> tuple[Awarded, ...]:
    return tuple(
        Awarded(
            word(pb.CompensationItemKind, item.kind, "COMPENSATION_ITEM_KIND_", Item),
            item.fen,
            item.days,
            item.daily_fen,
            item.principal_fen,
            item.basis,
        )
        for item in items
    )


def total_of(items: Iterable[pb.CompensationItem]) -> int:
    return sum(item.fen for item in items)


def _agreement(record: pb.Compensation) -> Agreement:
    """What was negotiated last: a later talk takes the place of an earlier one."""
    if not record.negotiations:
        return Agreement()
    last = record.negotiations[-1]
    topics = (word(pb.CompensationTopic, each, "COMPENSATION_TOPIC_", Topic) for each in last.topics)
    signed = Minutes(write_time=moment_at(last, "negotiate_time"), party_signed=last.signed)
    return Agreement(tuple(topics), last.agreed, items_of(last.items), last.document, signed)


def _exemptions(said: pb.CompensationDecision) -> tuple[Exemption, ...] | None:
    found = tuple(
        word(pb.CompensationExemption, each, "COMPENSATION_EXEMPTION_", Exemption) for each in said.exemptions
    )
    return found if found or said.none_exempts else None


def record_of(record: pb.Compensation, request: Any) -> CompensationRecord:
    """The register with what the request adds to it."""
    said, heard = record.decision, record.hearings[-1] if record.hearings else pb.CompensationHearing()
    asked = record.supplements[-1] if record.supplements else pb.CompensationSupplement()
    asking = isinstance(request, pb.AskCompensationSupplementRequest)
    recovering = isinstance(request, pb.RecoverCompensationRequest)
    last = record.recourses[-1] if record.recourses else pb.CompensationRecourse()
    decided = record.HasField("decision")
    given = moment_at(record, "done_time") if request is not None else None
    return CompensationRecord(
        claimant=record.claimant,
        standing=word(pb.CompensationStanding, record.standing, "COMPENSATION_STANDING_", Standing),
        victim=record.victim,
        relation=record.relation,
        relation_proof=record.relation_proof,
        demands=record.demands,
        grounds=record.grounds,
        way=word(pb.CompensationWay, record.way, "COMPENSATION_WAY_", Way),
        stamped_receipt=record.stamped_receipt,
        apply_time=moment_at(record, "apply_time"),
        missing=tuple(asked.missing),
        ask_count=len(record.supplements) - asking,
        handlers=(heard.host,) if _by_host(request) else tuple(record.handlers),
        hear_time=moment_at(heard, "hear_time"),
        minutes=Minutes(
            write_time=moment_at(heard, "hear_time"),
            party_signed=heard.signed,
            refusal_noted=heard.refusal_noted,
        ),
        agreement=_agreement(record),
        infringements=tuple(
            word(pb.CompensationInfringement, each, "COMPENSATION_INFRINGEMENT_", Infringement)
            for each in said.infringements
        ),
        unlawful_by=said.unlawful_by,
        exemptions=_exemptions(said),
        items=items_of(said.items),
        reasons=said.reasons,
        awarded_fen=record.awarded_fen if decided or record.remedy.HasField("end_time") else None,
        in_kind=_in_kind(said) if decided or record.remedy.HasField("end_time") else None,
        restore_time=moment_at(record, "restore_time"),
        overdue=record.overdue,
        decide_time=moment_at(said, "decide_time"),
        serve_time=moment_at(said, "serve_time"),
        receipt_of_service=said.receipt,
        result_said=_result_said(request),
        paid_fen=record.paid_fen,
        recourse=_recourse(last) if recovering else Recourse(),
        recovered_fen=sum(each.fen for each in record.recourses) - (last.fen if recovering else 0),
        recoveries=len(record.recourses),
        no_fault=record.no_fault,
        document=record.document if given is not None else "",
    )


def _by_host(request: Any) -> bool:
    return isinstance(request, pb.HearCompensationClaimantRequest) and request.formal


def _in_kind(said: pb.CompensationDecision) -> bool:
    return any(item.item in IN_KIND for item in items_of(said.items))


def _result_said(request: Any) -> bool:
    return isinstance(request, pb.EndCompensationRemedyRequest) and request.HasField("awarded_fen")


def _recourse(last: pb.CompensationRecourse) -> Recourse:
    fault = word(pb.CompensationFault, last.fault, "COMPENSATION_FAULT_", Fault)
    return Recourse(last.officer_id, fault, last.fen, last.document)

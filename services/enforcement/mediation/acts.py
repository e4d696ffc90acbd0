"""Mediation: a dispute registered, taken up, met on, ended by an agreement or with the remedies told (CITY-ERS 6(6))."""

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import mediation_pb2 as pb

from services.enforcement.body.model import Body
from services.enforcement.case.party import mask_party, sound_party
from services.enforcement.mediation.act import act
from services.enforcement.paper.number import next_number
from services.kit.act import Do
from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.moment import moment_of, put_moment
from services.law.procedure import Act
from services.law.procedures.mediation import MEDIATION, PREFIX

AGREEMENT = "mediation"
"""The kind of document that an agreement is numbered as (调解协议书)."""


def _begun(request: pb.RegisterMediationRequest, tx: Tx) -> pb.Mediation:
    """The mediation that begins. Raises Missing for an unknown body, Malformed for a number that is none or stands twice."""
    body = tx.get(Body, request.body_id)
    mediation = pb.Mediation(
        mediation_id=tx.new_id(PREFIX),
        node=tx.node,
        body_id=body.body_id,
        body_name=body.name,
        origin=request.origin,
        subject=request.subject,
        group=request.group,
        people=request.people,
        measures=request.measures,
        recorder=tx.caller.subject,
    )
    put_moment(mediation.record_time, tx.now)
    today, numbers = tx.now.astimezone(SHANGHAI).date(), set[str]()
    for n, party in enumerate(request.parties):
        path = f"parties[{n}]"
        sound_party(party, today, path)
        if party.identity_number in numbers:
            raise Malformed(
                {f"{path}.identity_number": ("is that of another side", "与另一方当事人的号码相同")}
            )
        numbers.update(filter(None, (party.identity_number,)))
        side = mediation.parties.add()
        side.CopyFrom(party)
        mask_party(side, party.identity_number, today)
    return mediation


def _how(request: pb.RegisterMediationRequest, _mediation: pb.Mediation) -> Act:
    return MEDIATION.RECORD_GROUP if request.group else MEDIATION.RECORD


@act(MEDIATION.RECORD, MEDIATION.RECORD_GROUP, by=_how, begins=_begun, loads=((Body, "body_id"),))
def register_mediation(
    request: pb.RegisterMediationRequest, _mediation: pb.Mediation, _do: Do
) -> events.MediationRegistered | events.GroupMatterRegistered:
    """Register a civil dispute that was found or brought; a collective or sudden matter is told as such."""
    return events.GroupMatterRegistered() if request.group else events.MediationRegistered()


def _accepted(request: pb.AcceptMediationRequest, mediation: pb.Mediation, tx: Tx) -> None:
    mediation.consents.MergeFrom(request.consents)
    mediation.accepter = tx.caller.subject
    put_moment(mediation.accept_time, tx.now)


@act(MEDIATION.ACCEPT, takes=_accepted)
def accept_mediation(
    _request: pb.AcceptMediationRequest, _mediation: pb.Mediation, _do: Do
) -> events.MediationAccepted:
    """Take a mediation up: each side agreed to it."""
    return events.MediationAccepted()


def _met(request: pb.MeetInMediationRequest, mediation: pb.Mediation, _tx: Tx) -> None:
    mediation.meetings.add().CopyFrom(request.meeting)


@act(MEDIATION.MEET, takes=_met)
def meet_in_mediation(
    _request: pb.MeetInMediationRequest, _mediation: pb.Mediation, _do: Do
) -> events.MediationMet:
    """Record that the sides met."""
    return events.MediationMet()


def _agreed(request: pb.AgreeInMediationRequest, mediation: pb.Mediation, _tx: Tx) -> None:
    mediation.agreement.text = request.text
    mediation.agreement.signatures.MergeFrom(request.signatures)
    mediation.agreement.agree_time.CopyFrom(request.agree_time)


@act(MEDIATION.AGREE, takes=_agreed)
def agree_in_mediation(
    _request: pb.AgreeInMediationRequest, mediation: pb.Mediation, do: Do
) -> events.MediationAgreed:
    """Record the written agreement of the sides, under its number."""
    agreement = mediation.agreement
    agreement.document_number = next_number(
        do.tx, mediation.body_id, AGREEMENT, moment_of(agreement.agree_time)
    )
    return events.MediationAgreed()


def _ended(request: pb.EndMediationRequest, mediation: pb.Mediation, tx: Tx) -> None:
    mediation.ending.reasons = request.reasons
    mediation.ending.told.MergeFrom(request.told)
    put_moment(mediation.ending.end_time, tx.now)


@act(MEDIATION.END, takes=_ended)
def end_mediation(
    _request: pb.EndMediationRequest, _mediation: pb.Mediation, _do: Do
) -> events.MediationEnded:
    """End a mediation without an agreement; each side knows what remedy it has."""
    return events.MediationEnded()

"""Advance registration of evidence that may vanish: asked for, approved, done, and decided on in seven working days (APL 56)."""

from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import advance_registration_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.advance_registration.act import act, new_registration
from services.enforcement.case.facts import legible_throughout, when
from services.enforcement.case.model import Case
from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.advance_registration import ADVANCE_REGISTRATION

Registration = pb.AdvanceRegistration


def _asked(_request: Any, registration: Registration, tx: Tx) -> None:
    registration.requester = tx.caller.subject
    put_moment(registration.request_time, tx.now)


@act(ADVANCE_REGISTRATION.REQUEST, begins=new_registration, takes=_asked, loads=((Case, "case_id"),))
def request_registration(
    _request: pb.RequestRegistrationRequest, _registration: Registration, _do: Do
) -> events.RegistrationRequested:
    """Ask the head to approve (APL 56)."""
    return events.RegistrationRequested()


def _approved(_request: Any, registration: Registration, tx: Tx) -> None:
    registration.approver = tx.caller.subject
    put_moment(registration.approve_time, tx.now)


@act(ADVANCE_REGISTRATION.APPROVE, takes=_approved)
def approve_registration(
    _request: pb.ApproveRegistrationRequest, _registration: Registration, _do: Do
) -> events.RegistrationApproved:
    """Approve before it is done (APL 56)."""
    return events.RegistrationApproved()


@act(ADVANCE_REGISTRATION.REFUSE)
def refuse_registration(
    request: pb.RefuseRegistrationRequest, registration: Registration, do: Do
) -> events.RegistrationRefused:
    """Refuse it (APL 56)."""
    registration.refuse_reason = request.reason
    put_moment(registration.refuse_time, do.now)
    return events.RegistrationRefused()


def _done(request: Any, registration: Registration, tx: Tx) -> None:
    """How it was done; now, where nothing else is said."""
    legible_throughout(request.on_site, "on_site.")
    registration.on_site.CopyFrom(request.on_site)
    at = when(request.on_site, "register_time", tx.now, "on_site.register_time")
    put_moment(registration.on_site.register_time, at)


def _name_officers(registration: Registration, do: Do) -> None:
    """Those who did it, with their certificates."""
    for person in do.facts.officers():
        registration.officers.add(
            officer_id=person.officer_id, name=person.name, certificate_number=person.certificate_number
        )


@act(ADVANCE_REGISTRATION.REGISTER, takes=_done)
def register_evidence(
    _request: pb.RegisterEvidenceRequest, registration: Registration, do: Do
) -> events.EvidenceRegistered:
    """Record that evidence was registered. Starts its seven working days (APL 56)."""
    _name_officers(registration, do)
    return events.EvidenceRegistered()


def _urgent(request: pb.RegisterUrgentlyRequest, registration: Registration, tx: Tx) -> None:
    _done(request, registration, tx)
    _asked(request, registration, tx)
    registration.urgency = request.urgency


@act(
    ADVANCE_REGISTRATION.REGISTER_URGENTLY,
    begins=new_registration,
    takes=_urgent,
    loads=((Case, "case_id"),),
)
def register_urgently(
    _request: pb.RegisterUrgentlyRequest, registration: Registration, do: Do
) -> events.EvidenceRegisteredUrgently:
    """Record that evidence was registered without approval. Starts the twenty-four hours to have it approved too (SAMR 33(2))."""
    _name_officers(registration, do)
    return events.EvidenceRegisteredUrgently()


@act(ADVANCE_REGISTRATION.APPROVE_AFTERWARDS, takes=_approved)
def approve_registration_afterwards(
    _request: pb.ApproveRegistrationAfterwardsRequest, _registration: Registration, _do: Do
) -> events.RegistrationApproved:
    """Approve what was registered urgently (SAMR 33(2))."""
    return events.RegistrationApproved()


def _ended(registration: Registration, outcome: int, at: datetime, by: str = "") -> pb.RegistrationEnd:
    end = registration.end
    end.outcome, end.decider = outcome, by  # type: ignore[assignment]
    put_moment(end.end_time, at)
    return end


def _preserved(request: pb.PreserveRegisteredRequest, registration: Registration, tx: Tx) -> None:
    end = _ended(registration, pb.REGISTRATION_OUTCOME_PRESERVED, tx.now, tx.caller.subject)
    end.evidence_ids.extend(dict.fromkeys(request.evidence_ids))


@act(ADVANCE_REGISTRATION.PRESERVE, takes=_preserved)
def preserve_registered(
    _request: pb.PreserveRegisteredRequest, _registration: Registration, _do: Do
) -> events.RegisteredPreserved:
    """End it: copies, photos or films of it are evidence now (SAMR 35(1)[1])."""
    return events.RegisteredPreserved()


def _sent(request: pb.AppraiseRegisteredRequest, registration: Registration, tx: Tx) -> None:
    end = _ended(registration, pb.REGISTRATION_OUTCOME_APPRAISED, tx.now, tx.caller.subject)
    end.appraiser = request.appraiser


@act(ADVANCE_REGISTRATION.SEND_TO_APPRAISAL, takes=_sent)
def appraise_registered(
    _request: pb.AppraiseRegisteredRequest, _registration: Registration, _do: Do
) -> events.RegisteredAppraised:
    """End it: it goes to be tested or appraised (SAMR 35(1)[2])."""
    return events.RegisteredAppraised()


def _seized(_request: pb.SeizeRegisteredRequest, registration: Registration, tx: Tx) -> None:
    _ended(registration, pb.REGISTRATION_OUTCOME_SEIZED, tx.now, tx.caller.subject)


@act(ADVANCE_REGISTRATION.SEAL_OR_SEIZE, takes=_seized)
def seize_registered(
    _request: pb.SeizeRegisteredRequest, _registration: Registration, _do: Do
) -> events.RegisteredSeized:
    """End it: a seal or seizure holds it now (SAMR 35(1)[3])."""
    return events.RegisteredSeized()


def _confiscated(_request: pb.ConfiscateRegisteredRequest, registration: Registration, tx: Tx) -> None:
    _ended(registration, pb.REGISTRATION_OUTCOME_CONFISCATED, tx.now, tx.caller.subject)


@act(ADVANCE_REGISTRATION.CONFISCATE, takes=_confiscated)
def confiscate_registered(
    _request: pb.ConfiscateRegisteredRequest, _registration: Registration, _do: Do
) -> events.RegisteredConfiscated:
    """End it by the decision on the case (SAMR 35(1)[4])."""
    return events.RegisteredConfiscated()


def _released(request: pb.ReleaseRegisteredRequest, registration: Registration, tx: Tx) -> None:
    end = _ended(registration, pb.REGISTRATION_OUTCOME_RELEASED, tx.now, tx.caller.subject)
    end.cause = request.cause


@act(ADVANCE_REGISTRATION.RELEASE, takes=_released)
def release_registered(
    _request: pb.ReleaseRegisteredRequest, _registration: Registration, _do: Do
) -> events.RegisteredReleased:
    """End it: the things are free (SAMR 33, 35(1)[5])."""
    return events.RegisteredReleased()


def lapse(tx: Tx, registration_id: str) -> None:
    """Nobody decided in time: what was registered is released by itself (SAMR 35(2))."""
    registration = act.open(tx, registration_id)
    if ADVANCE_REGISTRATION.tables[0].move("LAPSE", act.names[registration.state]) is None:
        return

    def lapsed(_request: None, registration: Registration, do: Do) -> events.RegistrationLapsed:
        return events.RegistrationLapsed()

    _ended(registration, pb.REGISTRATION_OUTCOME_LAPSED, tx.now)
    act.do(tx, ADVANCE_REGISTRATION.LAPSE, registration, None, lapsed)

"""Advance registrations at the city: kept, timed, and held to the law again (APL 56; SAMR 33–35)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from yifa.enforcement.v1 import advance_registration_pb2 as pb
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.law.v1 import law_pb2

from services.given.advance_registration import on_site
from services.given.measure import stamp
from services.law.procedures.advance_registration import TABLE
from services.law.rule import Rule
from tests.supervision import test_beside as beside
from tests.supervision.office import URBAN, Office, number_of
from tests.supervision.test_beside import (
    DAY,
    HOUR,
    OFFICERS,
    SERIAL,
    START,
    Told,
    Wrong,
    a_case,
    clear,
    decided,
    late,
    law_of,
    tell,
    warned,
)

city = beside.city


def registration_of(case: cases.Case) -> pb.AdvanceRegistration:
    return pb.AdvanceRegistration(
        registration_id=f"AR-{next(SERIAL)}", case_id=case.case_id, node=case.node, sector=case.sector,
        area_code=case.area_code, danger="可能转移",
    )  # fmt: skip


def _requested(r: pb.AdvanceRegistration) -> None:
    r.requester = "O-1"
    r.request_time.CopyFrom(stamp(START - 2 * HOUR))


def _approved(r: pb.AdvanceRegistration) -> None:
    r.approver = "head-1"
    r.approve_time.CopyFrom(stamp(START - HOUR))


def _done(r: pb.AdvanceRegistration) -> None:
    r.on_site.CopyFrom(on_site(START, OFFICERS))
    for each in OFFICERS:
        r.officers.add(officer_id=each, certificate_number=number_of(each))


def _urgently(r: pb.AdvanceRegistration) -> None:
    _done(r)
    r.urgency, r.requester = "正在装车", "O-1"
    r.on_site.consent_time.CopyFrom(stamp(START))


def _afterwards(r: pb.AdvanceRegistration) -> None:
    r.approver = "head-1"
    r.approve_time.CopyFrom(stamp(START + 20 * HOUR))


def _ended(r: pb.AdvanceRegistration) -> None:
    r.end.decider = "O-1"
    r.end.end_time.CopyFrom(stamp(START + 2 * DAY))
    r.end.evidence_ids.append("E-nowhere")


ASKED = Told("RegistrationRequested", "REQUESTED", _requested, START - 2 * HOUR)
GRANTED = Told("RegistrationApproved", "APPROVED", _approved, START - HOUR)
DONE = Told("EvidenceRegistered", "REGISTERED", _done)
URGENT = Told("EvidenceRegisteredUrgently", "URGENT", _urgently)
AFTER = Told("RegistrationApproved", "REGISTERED", _afterwards, START + 20 * HOUR)
PRESERVED = Told("RegisteredPreserved", "DISPOSED", _ended, START + 2 * DAY)
SENT = Told("RegisteredAppraised", "DISPOSED", _ended, START + 2 * DAY)
SEIZED = Told("RegisteredSeized", "DISPOSED", _ended, START + 2 * DAY)
CONFISCATED = Told("RegisteredConfiscated", "DISPOSED", _ended, START + 2 * DAY)
RELEASED = Told("RegisteredReleased", "RELEASED", _ended, START + 2 * DAY)
TAKEN = (ASKED, GRANTED, DONE)


def officer(who: str) -> Wrong:
    def change(r: Any, _case: cases.Case) -> None:
        r.on_site.officer_ids[1] = who
        r.officers[1].officer_id, r.officers[1].certificate_number = who, number_of(who)

    return change


def alone(r: Any, _case: cases.Case) -> None:
    del r.on_site.officer_ids[1:]


def nothing(_record: Any, _case: cases.Case) -> None:
    """The record is as it is told: what is wrong is elsewhere."""


# By the name of the rule: the way to the act, and what is wrong in it.
BREAKS: dict[str, tuple[tuple[Told, ...], Wrong]] = {
    "may_vanish": ((ASKED,), lambda r, case: setattr(r, "danger", " ")),
    "inquiry_open": (TAKEN, nothing),
    "by_handling_officers": (TAKEN, officer("O-stranger")),
    "nobody_aside": (TAKEN, nothing),
    "two_officers": (TAKEN, alone),
    "certified": (TAKEN, officer("O-nobody")),
    "not_suspended": (TAKEN, officer("O-suspended")),
    "inside_area": (TAKEN, officer("O-elsewhere")),
    "certificate_shown": (TAKEN, clear("on_site.certificate_shown")),
    "things_listed": (TAKEN, clear("on_site.things")),
    "list_delivered": (TAKEN, clear("on_site.list_deliver_time")),
    "by_head": ((ASKED, GRANTED), lambda r, case: setattr(r, "approver", "O-1")),
    "approved_first": (TAKEN, late("approve_time", START + HOUR)),
    "head_consented": ((URGENT,), clear("on_site.consent_time")),
    "urgency_stated": ((URGENT,), lambda r, case: setattr(r, "urgency", " ")),
    "approved_within_a_day": ((URGENT, AFTER), late("approve_time", START + 25 * HOUR)),
    "term_runs": ((*TAKEN, replace(SENT, when=START + 15 * DAY)), late("end.end_time", START + 15 * DAY)),
    "preserved_as_evidence": ((*TAKEN, PRESERVED), nothing),
    "held_now": ((*TAKEN, SEIZED), nothing),
    "confiscation_decided": ((*TAKEN, CONFISCATED), nothing),
    "not_stayed": ((*TAKEN, CONFISCATED), nothing),
}  # fmt: skip
# What the city is not told; and what is no question in the environmental sector, which has a way for urgent cases.
NOT_ASKED = {"in_scope", "urgent_way_open"}


def warnings() -> dict[str, Rule]:
    rules = (r for m in TABLE.moves for r in m.rules if r.warning)
    return {r.holds.__name__: r for r in rules if r.holds.__name__ not in NOT_ASKED}


async def prepared(office: Office, name: str, case: cases.Case) -> None:
    """What the case is like in which a rule is broken."""
    if name == "inquiry_open":
        await office.tell(decided(case, START - 3 * HOUR), "DecisionMade", START - 3 * HOUR)
    if name == "not_stayed":
        await beside.stayed(office, case, START + DAY)
    if name in ("nobody_aside", "by_head"):
        await beside.prepared(office, name, case)


async def a_filed_case(office: Office, *more: str, node: str = beside.ENVIRONMENT) -> cases.Case:
    case = await a_case(office, node)
    case.file_time.CopyFrom(stamp(START - 2 * DAY))
    for each in more:
        case.officers.add(officer_id=each, certificate_number=number_of(each))
    await office.tell(case, "OfficersAssigned", START - DAY + HOUR)
    return case


@pytest.mark.parametrize(
    ("name", "rule"), list(warnings().items()), ids=lambda v: v if isinstance(v, str) else ""
)
async def test_a_rule_on_registrations_that_was_broken_is_a_warning(
    city: Office, name: str, rule: Rule
) -> None:
    way, wrong = BREAKS[name]
    case = await a_filed_case(city, "O-nobody", "O-suspended", "O-elsewhere")
    await prepared(city, name, case)
    registration = registration_of(case)
    registration.body_id = beside.BODY if name == "by_head" else ""
    for step in way[:-1]:
        await tell(city, registration, step, case)

    await tell(city, registration, way[-1], case, wrong)

    async def found() -> bool:
        return (rule.warning, law_of(city, rule)) in await warned(city, case.case_id)

    await city.until(found, f"{rule.warning} {rule.reason}")


async def test_a_lawful_registration_raises_nothing_and_its_clock_runs_here(city: Office) -> None:
    case = await a_filed_case(city)
    registration = registration_of(case)
    for step in TAKEN:
        await tell(city, registration, step, case)

    view = await city.case(case.case_id)
    assert [r.registration_id for r in view.advance_registrations] == [registration.registration_id]
    [term] = [x for x in view.deadlines if x.clock_id == "PEN-07"]
    assert term.due_time.ToDatetime() + timedelta(hours=8) > START.replace(tzinfo=None) + 8 * DAY
    await tell(city, registration, RELEASED, case)
    view = await city.case(case.case_id)
    [term] = [x for x in view.deadlines if x.clock_id == "PEN-07"]
    assert term.state == law_pb2.CLOCK_STATE_MET
    assert await warned(city, case.case_id) == set()
    assert "RegisteredReleased" in {e.type.rpartition(".")[2] for e in view.timeline}


async def test_a_later_snapshot_holds_and_another_department_is_not_believed(city: Office) -> None:
    case, other = await a_filed_case(city), await a_filed_case(city, node=URBAN)
    registration = registration_of(case)
    for step in TAKEN:
        await tell(city, registration, step, case)
    stolen = pb.AdvanceRegistration()
    stolen.CopyFrom(registration)
    stolen.node, stolen.case_id = other.node, other.case_id

    await tell(city, stolen, RELEASED, other)

    view = await city.case(case.case_id)
    assert view.advance_registrations[0].state == pb.REGISTRATION_STATE_REGISTERED

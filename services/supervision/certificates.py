"""Two certified officers at every act of enforcement (EW-09), judged again when a certificate changes."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import case_pb2
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.registry.v1 import certificate_pb2, officer_pb2

from services.kit.journal import Envelope
from services.kit.store import micros, moment
from services.kit.tx import Tx
from services.law.areas import covers
from services.law.clock import SHANGHAI
from services.supervision.early import OPEN, WITHDRAWN, end, raise_about, warning_id
from services.supervision.facts import time_in
from services.supervision.model import CaseView, Certificate, FieldAct, Moved, Warning
from services.supervision.rules import Found, Standing, said
from services.supervision.titles import TITLES

# What a certificate says that was issued before there were other kinds; and the kind under which officers act.
ENFORCING = (certificate_pb2.CERTIFICATE_KIND_UNSPECIFIED, certificate_pb2.CERTIFICATE_KIND_ENFORCEMENT)
ELSEWHERE, AREA = "OF_ANOTHER_DEPARTMENT", "OUT_OF_AREA"
Act = tuple[datetime | None, Iterable[str]]


def _all(case: case_pb2.Case) -> list[str]:
    return [officer.officer_id for officer in case.officers]


# When each act of enforcement was done, and by whom.
ACTS: dict[str, Callable[[Any], Act]] = {
    enforcement.OfficersAssigned.DESCRIPTOR.full_name: lambda e: (
        time_in(e.case, "assign_time"),
        _all(e.case),
    ),
    enforcement.EvidenceRecorded.DESCRIPTOR.full_name: lambda e: (
        time_in(e.evidence, "collect_time"),
        e.evidence.collector_ids,
    ),
    enforcement.PriorNoticeServed.DESCRIPTOR.full_name: lambda e: (
        time_in(e.case.notice, "serve_time"),
        _all(e.case),
    ),
    enforcement.SpotDecisionMade.DESCRIPTOR.full_name: lambda e: (
        time_in(e.case.decision, "decide_time"),
        _all(e.case),
    ),
}


# Where those of them were done that are done in the field.
PLACES: dict[str, Callable[[Any], str]] = {
    enforcement.OfficersAssigned.DESCRIPTOR.full_name: lambda e: e.case.area_code,
    enforcement.EvidenceRecorded.DESCRIPTOR.full_name: lambda e: e.evidence.area_code or e.case.area_code,
    enforcement.SpotDecisionMade.DESCRIPTOR.full_name: lambda e: e.case.area_code,
}


def act_done(tx: Tx, view: CaseView, event: Any, about: Envelope) -> None:
    """Keep who took part in an act, and warn when they were too few or without a certificate in force."""
    reads = ACTS.get(about.type)
    if reads is None:
        return
    act_time, ids = reads(event)
    officers = {officer.officer_id: officer for officer in event.case.officers}
    names = sorted(set(ids)) or [""]
    tx.load(Certificate, {o.certificate_number for o in officers.values()} - {""})
    tx.load(Moved, set(names) - {""})
    rows = []
    for officer_id in names:
        officer = officers.get(officer_id, case_pb2.AssignedOfficer())
        row = FieldAct.new(
            key=f"{about.node}/{about.event_id}/{officer_id}",
            case_id=view.case_id,
            officer_id=officer_id,
            officer_name=officer.name or officer_id,
            certificate_number=officer.certificate_number,
            type=about.type,
            act_time=act_time or about.occur_time,
            area_code=place_of(event, about),
            officers=len(names) if names != [""] else 0,
        )
        row.pending = bool(officer_id) and not candidates(tx, row)
        rows.append(tx.add(row))
    if any(too_few(tx, row) or unfit(tx, row) for row in rows):
        judge_acts(tx, view)


def place_of(event: Any, about: Envelope) -> str:
    """Where an act was done, if that is a question: not for a case whose jurisdiction was designated."""
    reads = PLACES.get(about.type)
    chosen = event.case.designation.case_id
    return "" if reads is None or (chosen and chosen == event.case.case_id) else reads(event)


def judge_acts(tx: Tx, view: CaseView) -> None:
    """Raise what is wrong with the acts of a case, withdraw what no longer is."""
    acts = tx.query(select(FieldAct).where(FieldAct.case_id == view.case_id))
    acts.sort(key=lambda act: (act.act_time, act.key))
    found: dict[str, Found] = {}
    for act in acts:
        figures = {"act_zh": TITLES[act.type].zh, "act_en": TITLES[act.type].en, "acted": said(act.act_time)}
        if too_few(tx, act):
            figures |= {"count": str(act.officers), "minimum": str(minimum(tx, act.act_time))}
            found.setdefault("", Found("TOO_FEW_OFFICERS", act.act_time, "", figures))
        figures |= {
            "officer": act.officer_name,
            "number": act.certificate_number or act.officer_id,
            "place": act.area_code,
        }
        for reason in unfit(tx, act):
            found.setdefault(f"{reason}/{act.officer_id}", of(act, reason, figures))
    for one in found.values():
        raise_about(tx, view, one)
    for officer_id in {act.officer_id for act in acts if act.officer_id}:
        for reason in UNFIT:
            if f"{reason}/{officer_id}" not in found:
                end(tx, tx.find(Warning, warning_id(reason, view.case_id, officer_id)), WITHDRAWN)


def of(act: FieldAct, reason: str, figures: dict[str, str]) -> Found:
    """What was found of one officer's part in an act."""
    return Found(reason, act.act_time, act.officer_id, figures)


def minimum(tx: Tx, at: datetime) -> int:
    return tx.parameters.value("officers.minimum", at.astimezone(SHANGHAI).date()).value


def too_few(tx: Tx, act: FieldAct) -> bool:
    return act.officers < minimum(tx, act.act_time)


def uncertified(tx: Tx, act: FieldAct) -> bool:
    """Whether the officer held no certificate in force at the act; not said while one may be on its way."""
    if act.pending or not act.officer_id:
        return False
    held = [c for c in candidates(tx, act) if c.officer_id == act.officer_id]
    return not any(standing(c).in_force(act.act_time) for c in held)


def elsewhere(tx: Tx, act: FieldAct) -> bool:
    """Whether the officer was with another department at the act, as the city had decided by then."""
    moved = tx.find(Moved, act.officer_id) if act.officer_id else None
    if moved is None:
        return False
    at, node = micros(act.act_time), tx.get(CaseView, act.case_id).node
    here = [s for s in moved.spans if s["node"] == node]
    return not any(s["from"] <= at and (s["until"] is None or at < s["until"]) for s in here)


def out_of_area(tx: Tx, act: FieldAct) -> bool:
    """Whether what the officer held in force at the act covers another area only."""
    if act.pending or not act.officer_id or not act.area_code:
        return False
    held = [c for c in candidates(tx, act) if c.officer_id == act.officer_id]
    held = [c for c in held if standing(c).in_force(act.act_time)]
    return bool(held) and not any(covers(c.area_code, act.area_code) for c in held)


UNFIT: dict[str, Callable[[Tx, FieldAct], bool]] = {
    "NOT_CERTIFIED": uncertified,
    ELSEWHERE: elsewhere,
    AREA: out_of_area,
}


def unfit(tx: Tx, act: FieldAct) -> list[str]:
    """What is wrong with one officer's part in an act."""
    return [reason for reason, wrong in UNFIT.items() if wrong(tx, act)]


def officer_moved(tx: Tx, officer: officer_pb2.Officer) -> None:
    """Keep where an officer was when, and judge again the acts since."""
    spans = [
        {
            "node": p.node,
            "from": n and micros(time_in(p, "from_time")),
            "until": micros(time_in(p, "until_time")),
        }
        for n, p in enumerate(officer.former)
    ]
    spans.append({"node": officer.node, "from": spans[-1]["until"], "until": None})
    row = tx.find(Moved, officer.officer_id) or tx.add(Moved.new(officer_id=officer.officer_id))
    if len(row.spans) < len(spans):
        row.spans = tuple(spans)
        judge_again(tx, officer.officer_id, "")


def candidates(tx: Tx, act: FieldAct) -> list[Certificate]:
    """The certificate that was used, or all of the officer's where the record names none."""
    if act.certificate_number:
        used = tx.find(Certificate, act.certificate_number)
        return [used] if used is not None else []
    return tx.query(select(Certificate).where(Certificate.officer_id == act.officer_id))


def standing(row: Certificate) -> Standing:
    spans = tuple((moment(s["from"]), moment(s["until"]) if s["until"] else None) for s in row.suspensions)
    return Standing(row.issue_time, row.expire_time, spans)


def certificate_changed(tx: Tx, told: certificate_pb2.Certificate) -> None:
    """Keep what the registry says of a certificate, and judge again the acts that were done under it."""
    if told.kind not in ENFORCING:
        return
    row = tx.find(Certificate, told.certificate_number)
    if row is not None and row.version >= told.version:
        return
    values = {
        "officer_id": told.officer_id,
        "officer_name": told.officer_name,
        "issue_time": time_in(told, "issue_time"),
        "expire_time": time_in(told, "expire_time"),
        "suspensions": tuple(_span(s) for s in told.suspensions),
        "area_code": told.area_code,
        "version": told.version,
    }
    if row is None:
        row = tx.add(Certificate.new(certificate_number=told.certificate_number, **values))
    else:
        for name, value in values.items():
            setattr(row, name, value)
    judge_again(tx, told.officer_id, told.certificate_number)


def judge_again(tx: Tx, officer_id: str, certificate_number: str) -> None:
    """Judge the cases in which a certificate that changed makes, or made, a difference."""
    under = FieldAct.officer_id == officer_id
    if certificate_number:
        under |= FieldAct.certificate_number == certificate_number
    cases = set()
    for act in tx.query(select(FieldAct).where(under)):
        act.pending = act.pending and not candidates(tx, act)
        if unfit(tx, act):
            cases.add(act.case_id)
    warned = select(FieldAct.case_id).where(under)
    about = select(Warning).where(
        Warning.rule_id == "EW-09", Warning.state == OPEN, Warning.case_id.in_(warned)
    )
    cases |= {warning.case_id for warning in tx.query(about)}
    for case_id in sorted(cases):
        judge_acts(tx, tx.get(CaseView, case_id))


def stop_waiting(tx: Tx, keys: Iterable[str]) -> None:
    """Judge acts whose certificate has not come: nobody knows of one."""
    acts = [act for key in keys if (act := tx.find(FieldAct, key)) is not None and act.pending]
    for act in acts:
        act.pending = False
    for case_id in sorted({act.case_id for act in acts}):
        judge_acts(tx, tx.get(CaseView, case_id))


def _span(suspension: certificate_pb2.Suspension) -> dict[str, int]:
    start, until = time_in(suspension, "from_time"), time_in(suspension, "until_time")
    return {"from": micros(start) if start else 0, "until": micros(until) if until else 0}

"""What was done under certificates: kept, judged (EW-09), and judged again when a certificate changes."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import case_pb2
from yifa.registry.v1 import certificate_pb2, officer_pb2

from services.kit.arrival import message_class
from services.kit.journal import Envelope
from services.kit.store import micros
from services.kit.tx import Tx
from services.law.moment import moment_at
from services.law.procedures.penalty.facts import MOMENTS
from services.supervision.case.facts import time_in
from services.supervision.case.model import CaseView
from services.supervision.certificate.model import Certificate, FieldAct, Moved
from services.supervision.event.model import Received
from services.supervision.warning.catalogue import Finding
from services.supervision.warning.mirror import OF_AN_OFFICER, act_of, judge_officers, raise_all
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import OPEN

# What a certificate says that was issued before there were other kinds; and the kind under which officers act.
ENFORCING = (certificate_pb2.CERTIFICATE_KIND_UNSPECIFIED, certificate_pb2.CERTIFICATE_KIND_ENFORCEMENT)
# The acts that are kept with who took part in them; of the last one it is shown only under which certificate it was.
IN_THE_FIELD = ("ASSIGN_OFFICERS", "RECORD_EVIDENCE", "MAKE_SPOT_DECISION")
KEPT = (*IN_THE_FIELD, "SERVE_PRIOR_NOTICE")


def act_done(tx: Tx, view: CaseView, event: Any, about: Envelope) -> None:
    """Keep who took part in an act, and warn when they were too few or without a certificate in force."""
    act = act_of(about.type, event.case)
    if act not in KEPT:
        return
    evidence = getattr(event, "evidence", None)
    at = (
        time_in(evidence, "collect_time")
        if evidence is not None
        else moment_at(event.case, MOMENTS[act].done)
    )
    ids = evidence.collector_ids if evidence is not None else [o.officer_id for o in event.case.officers]
    officers = {officer.officer_id: officer for officer in event.case.officers}
    names = sorted(set(ids)) or [""]
    tx.load(Certificate, {o.certificate_number for o in officers.values()} - {""})
    tx.load(Moved, set(names) - {""})
    for officer_id in names:
        officer = officers.get(officer_id, case_pb2.AssignedOfficer())
        row = FieldAct.new(
            key=f"{about.node}/{about.event_id}/{officer_id}",
            case_id=view.case_id,
            officer_id=officer_id,
            officer_name=officer.name or officer_id,
            certificate_number=officer.certificate_number,
            type=about.type,
            act_time=at or about.occur_time,
            area_code=getattr(evidence, "area_code", "") or event.case.area_code,
            officers=len(names) if names != [""] else 0,
        )
        row.pending = bool(officer_id) and not candidates(tx, row)
        tx.add(row)
    if act in IN_THE_FIELD:
        found, _ = judged(
            tx, event, about.type, at or about.occur_time, awaited(tx, view.case_id, event, about)
        )
        if found:
            judge_acts(tx, view)


def awaited(tx: Tx, case_id: str, event: Any, about: Envelope) -> set[str]:
    """The officers of an act whose certificate may still be on its way."""
    ids = [o.officer_id for o in event.case.officers] + list(
        getattr(getattr(event, "evidence", None), "collector_ids", ())
    )
    rows = (tx.find(FieldAct, f"{about.node}/{about.event_id}/{officer_id}") for officer_id in set(ids))
    return {row.officer_id for row in rows if row is not None and row.pending}


def judged(
    tx: Tx, event: Any, type_name: str, at: Any, waiting: Iterable[str]
) -> tuple[list[Finding], list[str]]:
    """What is wrong with who took part in an act, and who that was."""
    act = act_of(type_name, event.case)
    evidence = getattr(event, "evidence", None)
    ids = evidence.collector_ids if evidence is not None else [o.officer_id for o in event.case.officers]
    return list(judge_officers(tx, event.case, act, at, event, waiting)), list(ids)


def judge_acts(tx: Tx, view: CaseView) -> None:
    """Raise what is wrong with the acts in the field of a case, withdraw what no longer is."""
    acts = tx.query(select(FieldAct).where(FieldAct.case_id == view.case_id))
    told: dict[str, list[FieldAct]] = {}
    for act in sorted(acts, key=lambda act: (act.act_time, act.key)):
        told.setdefault(act.key.rpartition("/")[0], []).append(act)
    tx.load(Received, told)
    found: list[Finding] = []
    among: list[tuple[str, str]] = []
    for key, rows in told.items():
        if (received := tx.find(Received, key)) is None:
            continue
        event: Any = message_class(received.type).FromString(received.data)  # type: ignore[union-attr]
        if act_of(received.type, event.case) not in IN_THE_FIELD:
            continue
        its, ids = judged(
            tx, event, received.type, rows[0].act_time, {r.officer_id for r in rows if r.pending}
        )
        found += its
        among += [(rule.reason, person) for rule in OF_AN_OFFICER for person in ids]
    raise_all(tx, view, found, among)


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
    acts = tx.query(select(FieldAct).where(under))
    for act in acts:
        act.pending = act.pending and not candidates(tx, act)
    warned = select(FieldAct.case_id).where(under)
    about = select(Warning).where(
        Warning.rule_id == "EW-09", Warning.state == OPEN, Warning.case_id.in_(warned)
    )
    cases = {act.case_id for act in acts if unfit(tx, act)} | {w.case_id for w in tx.query(about)}
    for case_id in sorted(cases):
        judge_acts(tx, tx.get(CaseView, case_id))


def unfit(tx: Tx, act: FieldAct) -> bool:
    """Whether something stands against one officer's part in an act."""
    received = tx.find(Received, act.key.rpartition("/")[0])
    if received is None or not act.officer_id:
        return False
    event: Any = message_class(received.type).FromString(received.data)  # type: ignore[union-attr]
    waiting = {act.officer_id} if act.pending else ()
    its, _ = judged(tx, event, received.type, act.act_time, waiting)
    return any(finding.about == act.officer_id for finding in its)


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

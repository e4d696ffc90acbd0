"""What was done under certificates: kept, and judged again when a certificate changes (EW-09)."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import case_pb2
from yifa.registry.v1 import certificate_pb2, officer_pb2

from services.kit.fit import Unfit, asked
from services.kit.journal import Envelope
from services.kit.store import micros
from services.kit.tx import Tx
from services.law.procedures.penalty import PENALTY
from services.law.procedures.shared import certified
from services.law.rule import Unknown
from services.law.standing import ANY_FIELD, LEGAL_REVIEW, Scope, person_at
from services.supervision.case.facts import SeenFacts, as_kept, certificates, time_in
from services.supervision.case.model import CaseView
from services.supervision.certificate.model import Certificate, FieldAct, Moved, one_more
from services.supervision.inspection.again import officer_changed
from services.supervision.warning.judging import judge_case

# The kinds under which people act in cases, and supervise. One that was issued before there were other kinds says none.
ENFORCING = certificate_pb2.CERTIFICATE_KIND_ENFORCEMENT
KINDS = (
    ENFORCING,
    certificate_pb2.CERTIFICATE_KIND_LEGAL_REVIEW,
    certificate_pb2.CERTIFICATE_KIND_SUPERVISION,
)
REVIEW = "PASS_REVIEW"
# The acts of officers that are kept with who took part in them, by the names of their events: those that ask for a certificate,
# and the notice to the party.
OF_OFFICERS: Mapping[str, str] = {
    move.events[0]: move.act
    for table in PENALTY.tables
    for move in table.moves
    if certified in move.rules or move.act == "SERVE_PRIOR_NOTICE"
}


def act_done(tx: Tx, view: CaseView, event: Any, about: Envelope) -> frozenset[str]:
    """Keep who took part in an act. Returns those of whose certificate nothing is known yet."""
    if about.type == PENALTY.named(REVIEW).events[0]:
        return review_done(tx, view, event, about)
    if (act := OF_OFFICERS.get(about.type)) is None:
        return frozenset()
    told = SeenFacts(tx, event.case, event.case, PENALTY.named(act), event=event, at=about.occur_time)
    return keep_part(tx, view, about, event.case.officers, told)


def review_done(tx: Tx, view: CaseView, event: Any, about: Envelope) -> frozenset[str]:
    """Keep who passed a review that needs a qualified reviewer (APL 58(2))."""
    case = event.case
    told = SeenFacts(tx, case, case, PENALTY.named(REVIEW), event=event, at=about.occur_time)
    try:
        if not (case.review.passed and told.review_by_law()):
            return frozenset()
    except Unknown:  # reviewed before the thresholds were law
        return frozenset()
    reviewer = case_pb2.AssignedOfficer(officer_id=case.review.reviewer)
    return keep_part(tx, view, about, [reviewer], told, [case.review.reviewer], LEGAL_REVIEW)


def keep_parts(tx: Tx, view: CaseView, about: Envelope, done: Any) -> frozenset[str]:
    """The same for an act about a measure or a referral of the case."""
    move = done.kind.table.named(done.act)
    told = done.kind.facts(tx, done.after, move, about.occur_time)
    return keep_part(tx, view, about, done.after.officers, told)


def keep_part(
    tx: Tx,
    view: CaseView,
    about: Envelope,
    named: Iterable[case_pb2.AssignedOfficer],
    told: Any,
    people: Iterable[str] | None = None,
    scope: Scope = ANY_FIELD,
) -> frozenset[str]:
    """Keep who took part in an act by its facts, or `people`, each with the certificate that the record names."""
    officers = {officer.officer_id: officer for officer in named}
    names = sorted(set(told.officer_ids() if people is None else people)) or [""]
    tx.load(Certificate, {o.certificate_number for o in officers.values()} - {""})
    tx.load(Moved, set(names) - {""})
    pending = set()
    for officer_id in names:
        officer = officers.get(officer_id, case_pb2.AssignedOfficer())
        row = FieldAct.new(
            key=f"{about.node}/{about.event_id}/{officer_id}",
            kind=scope.kind,
            case_id=view.case_id,
            officer_id=officer_id,
            officer_name=officer.name or officer_id,
            certificate_number=officer.certificate_number,
            type=about.type,
            act_time=told.at(),
            area_code=told.place() if scope.kind == ENFORCING else "",
            officers=len(names) if names != [""] else 0,
        )
        row.pending = bool(officer_id) and not certificates(tx, officer_id, row.certificate_number, row.kind)
        tx.add(row)
        if row.pending:
            pending.add(officer_id)
    return frozenset(pending)


def fit(tx: Tx, act: FieldAct) -> bool:
    """Whether nothing that a certificate says stands against an officer's part in an act."""
    held = certificates(tx, act.officer_id, act.certificate_number, act.kind)
    own = [as_kept(row) for row in held if row.officer_id == act.officer_id]
    scope = Scope(kind=act.kind, place=act.area_code)
    person = person_at(act.officer_id, "", own, act.act_time, scope=scope)
    return person.certified and not (person.suspended or person.elsewhere)


def officer_moved(tx: Tx, officer: officer_pb2.Officer) -> None:
    """Keep where an officer was when, and judge again the acts since. Raises Unfit where that is not said."""
    for n, post in enumerate(officer.former):
        asked(post, *(("from_time", "until_time") if n else ("until_time",)))
    if not officer.former:
        raise Unfit("officer.former: nothing is said")
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
        judge_again(tx, FieldAct.officer_id == officer.officer_id, always=True)
        officer_changed(tx, officer.officer_id)


def certificate_changed(tx: Tx, told: certificate_pb2.Certificate) -> None:
    """Keep what the registry says of a certificate, and judge again the acts that were done under it."""
    kind = told.kind or ENFORCING
    if kind not in KINDS:
        return
    row = tx.find(Certificate, told.certificate_number)
    if row is not None and row.version >= told.version:
        return
    values = {
        "officer_id": told.officer_id,
        "officer_name": told.officer_name,
        "body_id": told.body_id,
        "issue_time": time_in(told, "issue_time"),
        "expire_time": time_in(told, "expire_time"),
        "suspensions": tuple(_span(s) for s in told.suspensions),
        "area_code": told.area_code,
        "fields": tuple(told.fields),
        "acts": tuple(told.acts),
        "kind": kind,
        "version": told.version,
    }
    one_more(tx, told.officer_id, row.officer_id if row is not None else "")
    if row is None:
        row = tx.add(Certificate.new(certificate_number=told.certificate_number, **values))
    else:
        for name, value in values.items():
            setattr(row, name, value)
    under = FieldAct.certificate_number == told.certificate_number
    judge_again(tx, under | (FieldAct.officer_id == told.officer_id))
    officer_changed(tx, told.officer_id)


def judge_again(tx: Tx, under: Any, *, always: bool = False) -> None:
    """Judge the cases in which what changed makes, or made, a difference."""
    cases = set()
    for act in tx.query(select(FieldAct).where(under)):
        came = act.pending and bool(certificates(tx, act.officer_id, act.certificate_number, act.kind))
        if came:
            act.pending = False
        if always or came or not (act.pending or fit(tx, act)):
            cases.add(act.case_id)
    acted = select(FieldAct.case_id).where(under)
    warned = select(CaseView).where(CaseView.warned > 0, CaseView.case_id.in_(acted))
    cases |= {view.case_id for view in tx.query(warned)}
    for case_id in sorted(cases):
        judge_case(tx, tx.get(CaseView, case_id))


def stop_waiting(tx: Tx, keys: Iterable[str]) -> None:
    """Judge acts whose certificate has not come: nobody knows of one."""
    acts = [act for key in keys if (act := tx.find(FieldAct, key)) is not None and act.pending]
    for act in acts:
        act.pending = False
    for case_id in sorted({act.case_id for act in acts}):
        judge_case(tx, tx.get(CaseView, case_id))


def _span(suspension: certificate_pb2.Suspension) -> dict[str, int]:
    start, until = time_in(suspension, "from_time"), time_in(suspension, "until_time")
    return {"from": micros(start) if start else 0, "until": micros(until) if until else 0}

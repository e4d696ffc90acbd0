"""The public catalogue (公开目录): a published item with its bases, procedure and terms, and how every kind of power goes
(OPR-SUP 4; CITY-ERS 6(3)). Anybody may ask.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from yifa.law.v1.options_pb2 import Words
from yifa.registry.v1 import basis_pb2, body_pb2, power_pb2
from yifa.registry.v1 import open_item_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View
from services.law import open_catalogue as law
from services.law.calendar import SHANGHAI
from services.law.citation import cite
from services.law.clock import Clock
from services.law.moment import moment_of
from services.law.process import Move
from services.law.term import Term
from services.law.words import of_person, of_role, of_term
from services.registry.basis.model import LegalBasis
from services.registry.body.model import BODIES, Body, body_proto
from services.registry.power.facts import norm
from services.registry.power.model import ITEMS, PowerItem

DAYS = {True: "working_day", False: "calendar_day"}
"""What the days of a term are, by whether they are working days."""


@read
def read_open_item(request: pb.ReadOpenItemRequest, view: View) -> pb.ReadOpenItemResponse:
    """An item that stands on a published list now; of one that was drafted, removed or has lapsed, nothing. Raises Missing."""
    row = view.get(ITEMS.where(PowerItem.item_id == request.item_id), "PowerItem", request.item_id)
    over = row.until_time is not None and row.until_time <= view.now
    if row.from_time is None or row.from_time > view.now or over:
        raise Missing("PowerItem", request.item_id)
    item, body = power_pb2.PowerItem.FromString(row.record), body_of(view, row.body_id)
    item.ClearField("draft")
    found = select(LegalBasis.basis_id, LegalBasis.record).where(LegalBasis.basis_id.in_(item.basis_ids))
    kept = {each.basis_id: basis_pb2.LegalBasis.FromString(each.record) for each in view.rows(found)}
    return pb.ReadOpenItemResponse(
        item=pb.OpenItem(
            item=item,
            body_name=body.name,
            field=body.field,
            bases=[open_basis(kept[key], view.now) for key in item.basis_ids if key in kept],
            procedure=practised(item) or procedure(view, item.kind, view.sector_of(body.field)),
        )
    )


@read
def list_open_procedures(request: pb.ListOpenProceduresRequest, view: View) -> pb.ListOpenProceduresResponse:
    """How every kind of power goes whose procedure is kept here. Raises Missing for an unknown body."""
    sector = view.sector_of(body_of(view, request.body_id).field) if request.body_id else ""
    found = [procedure(view, kind, sector) for kind in law.OF_KIND]
    return pb.ListOpenProceduresResponse(procedures=found, body_id=request.body_id)


@read
def list_open_charges(request: pb.ListOpenChargesRequest, view: View) -> pb.ListOpenChargesResponse:
    """What the items on published lists charge now, by item; what is not on it is not charged (CITY-ERS 3(4))."""
    shown = (PowerItem.from_time <= view.now, over_not_before(view.now))
    statement = ITEMS.where(PowerItem.charges > 0, *shown)
    rows, token = view.page(statement, (PowerItem.item_id,), request.page_size, request.page_token)
    return pb.ListOpenChargesResponse(charges=charged(view, rows), next_page_token=token)


def over_not_before(now: datetime) -> Any:
    return or_(PowerItem.until_time.is_(None), PowerItem.until_time > now)


def charged(view: View, rows: Iterable[Any]) -> Iterator[pb.OpenCharge]:
    """The charges of items, each with its article and who takes it."""
    items = [power_pb2.PowerItem.FromString(row.record) for row in rows]
    named = {c.basis_id for item in items for c in item.practice.charges}
    columns = LegalBasis.law, LegalBasis.place, LegalBasis.level, LegalBasis.from_time, LegalBasis.until_time
    found = select(LegalBasis.basis_id, LegalBasis.record, *columns).where(LegalBasis.basis_id.in_(named))
    held = [each for each in view.rows(found) if norm(view, each).in_force(view.now)]
    bases = {each.basis_id: basis_pb2.LegalBasis.FromString(each.record) for each in held}
    wanted = select(Body.body_id, Body.name).where(Body.body_id.in_({item.body_id for item in items}))
    names = {each.body_id: each.name for each in view.rows(wanted)}
    for item in items:
        for charge in item.practice.charges:
            basis = bases.get(charge.basis_id)
            if basis is None:
                continue  # what has no basis in force is charged by nobody
            yield pb.OpenCharge(
                charge=charge,
                item_id=item.item_id,
                item_name=item.name,
                body_id=item.body_id,
                body_name=names[item.body_id],
                law=f"《{basis.law}》{basis.article}",
            )


def practised(item: power_pb2.PowerItem) -> pb.OpenProcedure | None:
    """How an item goes as its body says; None where it says nothing, as where the law's own tables do."""
    says = item.practice
    if not (says.steps or says.terms):
        return None
    steps = (
        pb.OpenStep(title=same(s.name), law=same(s.law), who=[same(s.unit)] * bool(s.unit))
        for s in says.steps
    )
    terms = (
        pb.OpenTerm(title=same(t.name), term=words(of_term(Term(t.days, DAYS[t.working]))), law=same(t.law))
        for t in says.terms
    )
    ways = [pb.OpenWay(title=same(item.name), steps=steps)] if says.steps else []
    return pb.OpenProcedure(kind=item.kind, ways=ways, terms=terms)


def same(text: str) -> Words:
    """What a body wrote, as it stands in either language."""
    return Words(zh=text, en=text)


def body_of(view: View, body_id: str) -> body_pb2.EnforcementBody:
    return body_proto(view.get(BODIES.where(Body.body_id == body_id), "Body", body_id))


def open_basis(basis: basis_pb2.LegalBasis, now: datetime) -> pb.OpenBasis:
    """A basis in the last wording that had begun by now, or the first to come."""
    begun = [version for version in basis.versions if moment_of(version.from_time) <= now]
    wording = (begun or basis.versions)[-1 if begun else 0]
    shown = pb.OpenBasis(
        basis_id=basis.basis_id,
        law=basis.law,
        article=basis.article,
        level=basis.level,
        document_number=wording.document_number,
        text=wording.text,
        from_time=wording.from_time,
    )
    if basis.HasField("repeal_time"):
        shown.repeal_time.CopyFrom(basis.repeal_time)
    return shown


def procedure(view: View, kind: int, sector: str) -> pb.OpenProcedure:
    today = view.now.astimezone(SHANGHAI).date()
    return pb.OpenProcedure(
        kind=kind,  # type: ignore[arg-type]
        ways=[
            pb.OpenWay(
                title=Words(zh=way.process.title_zh, en=way.process.title_en),
                steps=[step(view, move, sector) for move in way.steps],
            )
            for way in law.ways(kind)
        ],
        terms=[term(clock) for clock in law.terms(kind, view.parameters, today, sector)],
    )


def step(view: View, move: Move, sector: str) -> pb.OpenStep:
    """A step, by the law that binds the field: what is another sector's or place's rule is no reason here."""
    return pb.OpenStep(
        title=Words(zh=move.title_zh, en=move.title_en),
        law=words(cited(view.parameters.cited(move.law, sector, move.name))),
        who=[words(of_role(role)) for role in move.roles if role != law.SYSTEM],
    )


def term(clock: Clock) -> pb.OpenTerm:
    return pb.OpenTerm(
        clock_id=clock.id,
        title=Words(zh=clock.title_zh, en=clock.title_en),
        term=words(of_term(clock.term)),
        who=words(of_person(clock.who)),
        law=words(cited(clock.law)),
        late=Words(zh=clock.late_zh, en=clock.late_en),
        of_party=clock.who in PARTIES,
    )


# Whose terms are those of the other side.
PARTIES = frozenset({"party", "applicant_or_interested", "permit_holder"})


def cited(code: str) -> tuple[str, str]:
    found = cite(code)
    return found.text_zh, found.text_en


def words(said: tuple[str, str]) -> Words:
    return Words(zh=said[0], en=said[1])

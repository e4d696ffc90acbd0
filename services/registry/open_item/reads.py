"""The public catalogue (公开目录): a published item with its bases, procedure and terms, and how every kind of power goes
(OPR-SUP 4; CITY-ERS 6(3)). Anybody may ask.
"""

from datetime import datetime

from sqlalchemy import select
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
from services.law.words import of_person, of_role, of_term
from services.registry.basis.model import LegalBasis
from services.registry.body.model import BODIES, Body, body_proto
from services.registry.power.model import ITEMS, PowerItem


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
            procedure=procedure(view, item.kind, view.sector_of(body.field)),
        )
    )


@read
def list_open_procedures(request: pb.ListOpenProceduresRequest, view: View) -> pb.ListOpenProceduresResponse:
    """How every kind of power goes whose procedure is kept here. Raises Missing for an unknown body."""
    sector = view.sector_of(body_of(view, request.body_id).field) if request.body_id else ""
    found = [procedure(view, kind, sector) for kind in law.OF_KIND]
    return pb.ListOpenProceduresResponse(procedures=found, body_id=request.body_id)


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

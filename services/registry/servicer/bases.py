"""The catalogue of legal bases; and what rests on a basis that is amended or repealed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import or_, select
from yifa.registry.v1 import basis_pb2, power_pb2
from yifa.registry.v1 import basis_requests_pb2 as asked
from yifa.registry.v1 import events_pb2 as events

from services.kit.refusal import Exists
from services.kit.rpc import read, write
from services.kit.tx import Tx
from services.kit.view import View
from services.registry.model import Body
from services.registry.model.power import (
    ItemBasis,
    LegalBasis,
    PowerItem,
    basis_columns,
    item_columns,
    rest_on,
)
from services.registry.process import POWER_ITEM, step
from services.registry.rules import require
from services.registry.rules.power import Norm, PowerFacts, changed_in_order, lapse
from services.registry.servicer.moments import moment_in

BASES = select(*LegalBasis.__table__.columns)
# How many items one event names.
NAMED = 1000


class Bases:
    @write
    def AddLegalBasis(self, request: asked.AddLegalBasisRequest, tx: Tx) -> asked.AddLegalBasisResponse:
        """Put an article into the catalogue of bases (国务院 2005-37 二; DL-ERS-2005)."""
        place = f"{request.law}/{request.article}"
        if known := tx.query(select(LegalBasis).where(LegalBasis.place == place)):
            raise Exists(
                "ALREADY_REGISTERED",
                f"{request.law} {request.article} is in the catalogue already",
                f"执法依据目录中已有《{request.law}》{request.article}",
                basis_id=known[0].basis_id,
            )
        moment_in(request, "from_time", tx.now)
        basis = basis_pb2.LegalBasis(
            basis_id=tx.new_id("L-"),
            law=request.law,
            article=request.article,
            level=request.level,
            versions=[wording(request)],
            version=1,
        )
        tx.add(LegalBasis.new(basis_id=basis.basis_id, **basis_columns(basis)))
        tx.emit(events.LegalBasisAdded(basis=basis), subject=basis.basis_id, to="all")
        return asked.AddLegalBasisResponse(basis=basis)

    @write(loads=(LegalBasis, "basis_id"))
    def AmendLegalBasis(self, request: asked.AmendLegalBasisRequest, tx: Tx) -> asked.AmendLegalBasisResponse:
        """Add a wording from a moment on; what rests on the basis is to be reviewed."""
        row, basis, at = open_basis(request, tx)
        basis.versions.append(wording(request))
        write_basis(row, basis)
        tx.emit(events.LegalBasisAmended(basis=basis), subject=basis.basis_id, to="all")
        put_under_review(tx, basis, basis_pb2.BASIS_CHANGE_AMENDED, at)
        return asked.AmendLegalBasisResponse(basis=basis)

    @write(loads=(LegalBasis, "basis_id"))
    def RepealLegalBasis(
        self, request: asked.RepealLegalBasisRequest, tx: Tx
    ) -> asked.RepealLegalBasisResponse:
        """End a basis; what rests on it is to be reviewed, and lapses where it has no other."""
        row, basis, at = open_basis(request, tx)
        if request.replaced_by:
            basis.replaced_by = tx.get(LegalBasis, request.replaced_by).basis_id
        basis.repeal_time.CopyFrom(request.from_time)
        write_basis(row, basis)
        tx.emit(events.LegalBasisRepealed(basis=basis), subject=basis.basis_id, to="all")
        put_under_review(tx, basis, basis_pb2.BASIS_CHANGE_REPEALED, at)
        return asked.RepealLegalBasisResponse(basis=basis)

    @read
    def GetLegalBasis(self, request: asked.GetLegalBasisRequest, view: View) -> asked.GetLegalBasisResponse:
        row = view.get(BASES.where(LegalBasis.basis_id == request.basis_id), "LegalBasis", request.basis_id)
        return asked.GetLegalBasisResponse(basis=basis_pb2.LegalBasis.FromString(row.record))

    @read
    def ListLegalBases(
        self, request: asked.ListLegalBasesRequest, view: View
    ) -> asked.ListLegalBasesResponse:
        """The catalogue by id, of one law or in force at one moment if asked."""
        statement = BASES
        if request.law:
            statement = statement.where(LegalBasis.law == request.law)
        if request.HasField("at_time"):
            at = moment_in(request, "at_time", view.now)
            statement = statement.where(
                LegalBasis.from_time <= at, or_(LegalBasis.until_time.is_(None), LegalBasis.until_time > at)
            )
        rows, token = view.page(statement, (LegalBasis.basis_id,), request.page_size, request.page_token)
        bases = (basis_pb2.LegalBasis.FromString(row.record) for row in rows)
        return asked.ListLegalBasesResponse(bases=bases, next_page_token=token)


def wording(request: Any) -> basis_pb2.BasisVersion:
    return basis_pb2.BasisVersion(
        from_time=request.from_time, document_number=request.document_number, text=request.text
    )


def open_basis(request: Any, tx: Tx) -> tuple[LegalBasis, basis_pb2.LegalBasis, datetime]:
    """A basis that may still change, and when it does. Raises Unlawful for one that ended, or out of order."""
    row = tx.get(LegalBasis, request.basis_id)
    basis = basis_pb2.LegalBasis.FromString(row.record)
    at = moment_in(request, "from_time", tx.now)
    last = basis.versions[-1].from_time.ToDatetime(tzinfo=UTC)
    facts = PowerFacts(ordered=not basis.HasField("repeal_time") and at > last)
    require((changed_in_order,), facts, basis_id=row.basis_id)
    return row, basis, at


def write_basis(row: LegalBasis, basis: basis_pb2.LegalBasis) -> None:
    basis.version += 1
    for name, value in basis_columns(basis).items():
        setattr(row, name, value)


def put_under_review(tx: Tx, basis: basis_pb2.LegalBasis, change: int, at: datetime) -> None:
    """List every item that rests on a basis for review, and tell each body's node."""
    resting = select(ItemBasis.item_id).where(ItemBasis.basis_id == basis.basis_id)
    alive = (PowerItem.item_id.in_(resting), PowerItem.state != "REMOVED")
    rows: list[PowerItem] = tx.query(select(PowerItem).where(*alive).order_by(PowerItem.place))
    review = power_pb2.BasisReview(basis_id=basis.basis_id, change=change, from_time=at)
    affected: defaultdict[str, list[power_pb2.PowerItem]] = defaultdict(list)
    for row in rows:
        item = power_pb2.PowerItem.FromString(row.record)
        set_state(item, step(POWER_ITEM, "REVIEW", row.state, PowerFacts()))
        item.review.CopyFrom(review)
        set_lapse(item, norms(tx, item.basis_ids))
        save_item(tx, row, item)
        affected[item.body_id].append(item)
    for body_id, all_of_body in affected.items():
        body = tx.get(Body, body_id)
        for n in range(0, len(all_of_body), NAMED):
            items = all_of_body[n : n + NAMED]
            told = events.PowerItemsAffected(
                body_id=body_id,
                body_name=body.name,
                node=body.node,
                basis=basis,
                review=review,
                item_ids=[i.item_id for i in items],
                item_codes=[i.code for i in items],
                lapsed_codes=[i.code for i in items if i.HasField("until_time")],
            )
            tx.emit(told, subject=body_id, to=body.node)


def norms(tx: Tx, basis_ids: Iterable[str]) -> tuple[Norm, ...]:
    """The bases of an item as its rules see them. Raises Missing."""
    rows = [tx.get(LegalBasis, basis_id) for basis_id in basis_ids]
    return tuple(Norm(row.level, row.from_time, row.until_time) for row in rows)


def set_lapse(item: power_pb2.PowerItem, found: tuple[Norm, ...]) -> None:
    """An item that none of its bases carries any longer ends with the last of them."""
    end = lapse(found)
    if end is None:
        item.ClearField("until_time")
    else:
        item.until_time.FromDatetime(end)


def set_state(item: power_pb2.PowerItem, state: str) -> None:
    item.state = power_pb2.PowerItemState.Value(f"POWER_ITEM_STATE_{state}")


def save_item(tx: Tx, row: PowerItem, item: power_pb2.PowerItem) -> None:
    """Write an item down, one version on, and announce it."""
    item.version += 1
    for name, value in item_columns(item).items():
        setattr(row, name, value)
    rest_on(tx, item)
    tx.emit(events.PowerItemChanged(item=item), subject=item.item_id, to="all")

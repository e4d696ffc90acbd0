"""What supervision learns of bodies, their power lists and the keys of nodes."""

from typing import Any

from sqlmodel import select
from yifa.registry.v1 import body_pb2, showing_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.kit.journal import Envelope
from services.kit.signing import names
from services.kit.tx import Tx
from services.law.announced import body_values, item_values
from services.law.areas import stem
from services.supervision.body.model import Body, PowerItem, ShowingKey
from services.supervision.case.model import CaseView
from services.supervision.event.foreign import Foreign
from services.supervision.warning.judging import judge_case


def body_told(tx: Tx, body: body_pb2.EnforcementBody) -> None:
    """Keep a body as its newest version has it."""
    row = tx.find(Body, body.body_id) or tx.add(Body.new(body_id=body.body_id, version=-1))
    if row.version >= body.version:
        return
    before = row.area_code
    for name, value in body_values(body).items():
        setattr(row, name, value)
    row.superior_id = body.superior_body_id
    if row.area_code and row.area_code != before:
        judge_again(tx, row)


def judge_again(tx: Tx, body: Body) -> None:
    """The area of a body is known, or another one: judge its cases, and those of whom it entrusted, that lie outside, or of
    which something is warned.
    """
    wards = tx.query(select(Body).where(Body.mandator_id == body.body_id)) if body.body_id else []
    area, its = stem(body.area_code), [body.body_id, *(ward.body_id for ward in wards)]
    outside: Any = ~CaseView.area_code.startswith(area)  # type: ignore[attr-defined]
    of_them: Any = CaseView.body_id.in_(its)  # type: ignore[attr-defined]
    taken: Any = CaseView.taken_time
    touched = select(CaseView).where(of_them, taken.is_not(None), outside | (CaseView.warned > 0))
    for view in tx.query(touched.order_by(CaseView.case_id)):
        judge_case(tx, view)


def on_item(event: registry.PowerItemChanged, tx: Tx, about: Envelope) -> None:
    """Only the city says what stands on a power list."""
    if about.node != tx.city:
        raise Foreign(f"{about.node} speaks of a power list, which only {tx.city} may")
    item = event.item
    row = tx.find(PowerItem, item.item_id)
    row = row or tx.add(PowerItem.new(item_id=item.item_id, body_id=item.body_id, version=-1))
    if row.version < item.version:
        row.name = item.name
        for name, value in item_values(item).items():
            setattr(row, name, value)


def on_key(event: registry.ShowingKeyPublished, tx: Tx, about: Envelope) -> None:
    """A node speaks for itself only, and a key goes by the name that follows from it."""
    key: showing_pb2.ShowingKey = event.key
    if about.node != key.node or not names(key.key_id, key.public_key):
        raise Foreign(f"{about.node} published the key {key.key_id} of {key.node}")
    if tx.find(ShowingKey, key.key_id) is None:
        tx.add(ShowingKey.new(key_id=key.key_id, node=key.node, public_key=key.public_key))

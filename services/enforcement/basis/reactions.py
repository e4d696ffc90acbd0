"""What becomes of open cases when their law or their body changes."""

from sqlalchemy import select
from yifa.enforcement.v1 import basis_pb2 as bases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.registry.v1 import basis_pb2, body_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.enforcement.basis.model import Basis
from services.enforcement.basis.resting import case_rests, ref
from services.enforcement.basis.uses import benchmarks_on, tell
from services.enforcement.body.model import Body, PowerItem
from services.enforcement.body.reactions import from_city, on_body
from services.enforcement.body.succession import go_on, moved_items, name_cases, open_cases
from services.enforcement.case.act import act
from services.kit.fit import asked
from services.kit.journal import Envelope
from services.kit.reactions import Reactions
from services.kit.tx import Tx
from services.law.ended import ended_statute
from services.law.moment import moment_at


def find_uses(tx: Tx, basis: basis_pb2.LegalBasis) -> None:
    """Announce which open cases and benchmarks of this department rest on an article that changed.

    Of a law that ended everywhere, the department finds by itself what names it (ending.py); here only what does so by its item.
    """
    items = {row.item_id for row in tx.query(select(PowerItem)) if basis.basis_id in row.basis_ids}
    law = "" if ended_statute(basis.law) else basis.law
    found = [
        ref(case) for case in open_cases(tx) if case.item_id in items or case_rests(case, law, basis.article)
    ]
    benchmarks = benchmarks_on(tx, law, basis.article)
    repealed = basis.HasField("repeal_time")
    changed = bases.ChangedBasis(
        basis_id=basis.basis_id,
        law=basis.law,
        article=basis.article,
        repealed=repealed,
        from_time=basis.repeal_time if repealed else basis.versions[-1].from_time,
    )
    tell(tx, changed, found, benchmarks)


def succeed(tx: Tx, event: registry.BodySucceeded) -> None:
    """Give the open cases of a body that ended to the one that goes on with their items.

    Where several go on, a case without an item waits: which of them handles it is for people to say.
    """
    body, ended = event.body, event.predecessor
    if ended.node == tx.node != body.node:
        name_cases(tx, event)
    heir = tx.find(Body, body.body_id)
    if heir is None or heir.node != tx.node:
        return
    heir.predecessors = tuple(dict.fromkeys([*heir.predecessors, ended.body_id]))
    if ended.node != tx.node:
        return
    alone = len(ended.successors) == 1
    moved = moved_items(tx, heir.body_id)
    waiting = [case for case in open_cases(tx) if case.body_id == ended.body_id]
    for case_id in [case.case_id for case in waiting if alone or case.item_id in moved]:
        case = act.open(tx, case_id)
        act.write(tx, case, go_on(case, heir, moved))


def mark_ended(tx: Tx, body: body_pb2.EnforcementBody) -> None:
    """The open cases of a body that ended wait for whoever goes on with them."""
    for case_id in [case.case_id for case in open_cases(tx) if case.body_id == body.body_id]:
        case = act.open(tx, case_id)
        case.body_end_time.CopyFrom(body.withdraw_time)
        act.write(tx, case, events.CaseBodyEnded())


def keep_basis(
    event: registry.LegalBasisAdded | registry.LegalBasisAmended | registry.LegalBasisRepealed,
    tx: Tx,
    about: Envelope,
) -> None:
    """Keep the rank of an article, and when it ended: only some may give the power of compulsory measures (ACL 10, 17, 29)."""
    from_city(tx, about)
    told = event.basis
    asked(told, "basis_id")
    row = tx.find(Basis, told.basis_id) or tx.add(Basis.new(basis_id=told.basis_id, version=-1))
    if row.version < told.version:
        row.level, row.version = told.level, told.version
        row.repeal_time = moment_at(told, "repeal_time")


def on_basis(
    event: registry.LegalBasisAmended | registry.LegalBasisRepealed, tx: Tx, about: Envelope
) -> None:
    """An article was amended or repealed: the open cases and benchmarks that rest on it are named."""
    keep_basis(event, tx, about)
    if not event.basis.HasField("repeal_time"):
        asked(event.basis, "versions")
    find_uses(tx, event.basis)


def on_succession(event: registry.BodySucceeded, tx: Tx, about: Envelope) -> None:
    """A body of this department goes on with the open cases of another that ended."""
    from_city(tx, about)
    succeed(tx, event)


def on_withdrawn(event: registry.BodyWithdrawn, tx: Tx, about: Envelope) -> None:
    """A body ended, and with it what its open cases allow."""
    known = tx.find(Body, event.body.body_id)
    ended_before = known is not None and known.version >= event.body.version
    on_body(event, tx, about)
    if event.body.node == tx.node and not ended_before:
        mark_ended(tx, event.body)


REACTIONS: Reactions = {
    registry.BodyWithdrawn: on_withdrawn,
    registry.BodySucceeded: on_succession,
    registry.LegalBasisAdded: keep_basis,
    registry.LegalBasisAmended: on_basis,
    registry.LegalBasisRepealed: on_basis,
}

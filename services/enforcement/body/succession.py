"""What becomes of the open cases of a body that ends."""

from collections.abc import Iterator

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.registry.v1 import events_pb2 as registry

from services.enforcement.basis.resting import ENDED, ref
from services.enforcement.body.model import Body, PowerItem
from services.enforcement.case.model import Case
from services.kit.tx import Tx

# How many cases are read at once, and how many one event names.
AT_ONCE = 500
NAMED = 200


def open_cases(tx: Tx) -> Iterator[cases.Case]:
    """Every case that is not at an end, a few hundred at a time."""
    last = ""
    while True:
        further = select(Case.case_id, Case.record).where(Case.state.not_in(ENDED), Case.case_id > last)
        rows = tx.db.execute(further.order_by(Case.case_id).limit(AT_ONCE)).all()
        yield from (cases.Case.FromString(row.record) for row in rows)
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].case_id


def moved_items(tx: Tx, body_id: str) -> dict[str, str]:
    """The items that a body took over, each by the id that it had before."""
    rows: list[PowerItem] = tx.query(select(PowerItem).where(PowerItem.body_id == body_id))
    return {row.predecessor_id: row.item_id for row in rows if row.predecessor_id}


def go_on(case: cases.Case, heir: Body, moved: dict[str, str]) -> events.CaseSucceeded:
    """Let the successor go on with a case."""
    ended = case.body_id
    case.body_id, case.body_name, case.in_name_of = heir.body_id, heir.name, heir.mandator_name
    case.item_id = moved.get(case.item_id, case.item_id)
    case.ClearField("body_end_time")
    return events.CaseSucceeded(predecessor_body_id=ended)


def name_cases(tx: Tx, event: registry.BodySucceeded) -> None:
    """Name the open cases of a body that ended to the department whose body goes on with its powers.

    Where several go on, each is told of the cases of its items, and of those without an item.
    """
    body, ended = event.body, event.predecessor
    alone, items = len(ended.successors) == 1, {"", *event.item_ids}
    mine = (case for case in open_cases(tx) if case.body_id == ended.body_id)
    found = [ref(case) for case in mine if alone or case.item_id in items]
    for n in range(0, len(found), NAMED):
        named = events.OpenCasesNamed(
            node=tx.node,
            successor_node=body.node,
            predecessor_body_id=ended.body_id,
            predecessor_name=ended.name,
            successor_body_id=body.body_id,
            successor_name=body.name,
            cases=found[n : n + NAMED],
        )
        tx.emit(named, subject=ended.body_id, to=body.node)

"""What the writer remembers of rows between transactions is what the database holds."""

import asyncio
import gc
from collections.abc import Callable
from typing import Any
from weakref import ReferenceType, ref

import pytest
from sqlalchemy import update

from services.enforcement.body.model import Body
from services.enforcement.decision.model import SpotForm
from services.kit.call import Call
from services.kit.ids import new_id
from services.kit.service import Running
from services.kit.tx import Tx
from services.kit.writer import Writer
from tests.city import City


@pytest.fixture
def running(city: City) -> Running:
    return city.nodes["huanbao"].running("enforcement")


async def a_body(running: Running) -> str:
    """A body that the writer has read, and remembers."""
    body_id = new_id("B-")
    await running.do(
        lambda tx: tx.add(Body.new(body_id=body_id, name="一", node="huanbao", version=1, **NEW))
    )
    assert await running.do(name_of(body_id)) == "一"
    return body_id


NEW = {"document_prefix": "示罚", "field": "生态环境", "confirmed": True}


def name_of(body_id: str) -> Callable[[Tx], str]:
    return lambda tx: tx.get(Body, body_id).name


def rename(tx: Tx, body_id: str, name: str) -> None:
    tx.get(Body, body_id).name = name


async def test_a_change_is_remembered(running: Running) -> None:
    body_id = await a_body(running)

    await running.do(lambda tx: rename(tx, body_id, "二"))

    assert await running.do(name_of(body_id)) == "二"


async def test_what_failed_is_forgotten(running: Running) -> None:
    body_id = await a_body(running)

    def fail(tx: Tx) -> None:
        rename(tx, body_id, "二")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await running.do(fail)

    assert await running.do(name_of(body_id)) == "一"


async def test_what_is_there_after_all_is_found(running: Running) -> None:
    body_id = new_id("B-")
    assert await running.do(lambda tx: tx.find(Body, body_id)) is None

    await running.do(
        lambda tx: tx.add(Body.new(body_id=body_id, name="一", node="huanbao", version=1, **NEW))
    )

    assert await running.do(name_of(body_id)) == "一"


async def test_a_statement_past_the_rows_is_seen(running: Running) -> None:
    body_id = await a_body(running)
    table: Any = Body.__table__  # type: ignore[attr-defined]
    statement = update(table).where(table.c.body_id == body_id).values(name="二")

    await running.do(lambda tx: tx.db.execute(statement) and None)

    assert await running.do(name_of(body_id)) == "二"


@pytest.mark.parametrize("knew", [True, False])
async def test_what_another_writer_did_is_seen(running: Running, knew: bool) -> None:
    """Two processes at one database: one that ends while the next one has begun."""
    body_id = await a_body(running) if knew else new_id("B-")
    await running.do(lambda tx: tx.find(Body, body_id))
    other = Writer(running.engine, running.kit, running.around, asyncio.get_running_loop())

    def elsewhere(tx: Tx) -> None:
        if knew:
            rename(tx, body_id, "二")
        else:
            tx.add(Body.new(body_id=body_id, name="二", node="huanbao", version=1, **NEW))

    await other.write(Call(elsewhere, running.system, running.telemetry.trace_of({})))
    await other.stop()

    assert await running.do(name_of(body_id)) == "二"


async def test_a_list_brings_what_was_known_not_to_be_there(running: Running) -> None:
    body_id = new_id("B-")
    assert await running.do(lambda tx: tx.find(Body, body_id)) is None

    def bring(tx: Tx) -> str:
        tx.insert(Body, [{"body_id": body_id}], name="一", node="huanbao", version=1, **NEW)
        return tx.get(Body, body_id).name

    assert await running.do(bring) == "一"
    assert await running.do(name_of(body_id)) == "一"


async def test_what_a_transaction_is_done_with_is_gone_at_once(running: Running) -> None:
    """It waits for no collector: of a million events there would be much of it, and a long look for it."""
    key, case_id = new_id("form-"), new_id("C-")
    await running.do(lambda tx: tx.add(SpotForm.new(key=key, case_id=case_id)))

    def change(tx: Tx) -> "ReferenceType[SpotForm]":
        [row] = tx.among(SpotForm, "case_id", [case_id])
        row.case_id = new_id("C-")
        return ref(row)

    gc.disable()
    try:
        row = await running.do(change)
        assert row() is None
    finally:
        gc.enable()

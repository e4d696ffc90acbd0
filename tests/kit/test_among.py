"""The rows that have a value in a column, as they stand in the transaction: whatever was asked before, and has changed since."""

from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite

from services.enforcement.body.model import Body
from services.kit.ids import new_id
from services.kit.service import Running
from services.kit.sql import by_column, by_key
from services.kit.tx import Tx
from services.supervision.case.model import HAS_MATTER, CaseView
from services.supervision.certificate.model import FieldAct
from tests.city import City


@pytest.fixture
def running(city: City) -> Running:
    return city.nodes["huanbao"].running("enforcement")


def body(name: str) -> Body:
    return Body.new(
        body_id=new_id("B-"),
        name=name,
        node="huanbao",
        version=1,
        document_prefix="示罚",
        field="生态环境",
        confirmed=True,
    )


async def test_what_changes_after_the_question_is_told_when_it_is_asked_again(running: Running) -> None:
    first, other = new_id("among-"), new_id("among-")
    kept, moved = body(first), body(other)
    await running.do(lambda tx: [tx.add(row) for row in (kept, moved)])

    def asked(tx: Tx) -> list[set[str]]:
        told = []

        def ask() -> None:
            told.append({row.body_id for row in tx.among(Body, "name", [first])})

        ask()
        tx.get(Body, moved.body_id).name = first
        ask()
        fresh = tx.add(body(other))
        fresh.name = first
        ask()
        tx.flush()
        tx.get(Body, kept.body_id).name = other
        fresh.name = other
        ask()
        fresh.name = first
        ask()
        return [*told, {fresh.body_id}]

    *told, fresh = await running.do(asked)

    one, two = {kept.body_id}, {kept.body_id, moved.body_id}
    assert told == [one, two, two | fresh, {moved.body_id}, {moved.body_id} | fresh]
    assert await running.do(lambda tx: {row.body_id for row in tx.among(Body, "name", [first])}) == told[-1]


async def test_the_rows_of_several_values_come_once_each_in_one_order(running: Running) -> None:
    names = [new_id("among-") for _ in range(3)]
    rows = [body(name) for name in (names[1], names[0], names[1])]
    await running.do(lambda tx: [tx.add(row) for row in rows])

    def asked(tx: Tx) -> list[list[str]]:
        tx.get(Body, rows[2].body_id)
        return [[row.body_id for row in tx.among(Body, "name", names)] for _ in range(2)]

    once, again = await running.do(asked)

    assert once == again == [rows[1].body_id, rows[0].body_id, rows[2].body_id]


@pytest.mark.parametrize("how", ["list", "statement"])
async def test_what_is_written_past_the_rows_is_found(running: Running, how: str) -> None:
    name = new_id("among-")
    values = {k: v for k, v in body(name).__dict__.items() if not k.startswith("_")}
    table: Any = Body.__table__  # type: ignore[attr-defined]

    def bring(tx: Tx) -> list[str]:
        assert tx.among(Body, "name", [name]) == []
        if how == "list":
            tx.insert(Body, [values])
        else:
            tx.db.execute(insert(table).values(**values))
        return [row.body_id for row in tx.among(Body, "name", [name])]

    assert await running.do(bring) == [values["body_id"]]


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_a_condition_is_said_as_the_database_has_it_and_none_of_a_key(dialect: str) -> None:
    """A row found by its key is found whatever else holds of it; an index of some rows is asked in the words it was made with."""
    made = {"sqlite": sqlite.dialect(), "postgresql": postgresql.dialect()}[dialect]

    by_its_key = str(by_key(FieldAct).compile(dialect=made))
    of_a_column = str(by_column(CaseView, "matter", dialect).compile(dialect=made))

    assert "pending" not in by_its_key.partition("WHERE")[2]
    assert of_a_column.endswith(f"AND {HAS_MATTER}")
    assert "pending = 1" not in str(by_column(FieldAct, "key", "postgresql").compile(dialect=made))

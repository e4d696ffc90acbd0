"""Counting clocks anew: in batches of any size the same rows stand in the end, and a second time changes nothing."""

import random
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import delete, insert, select
from yifa.law.v1 import calendar_pb2 as calendars

from services.enforcement.deadline.model import Clock
from services.kit.calendar import year_data
from services.kit.clocks import ClockKeeping, Recounted
from services.kit.clocks.recount import Progress, recount
from services.kit.service import Running
from services.kit.store import micros
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI, china
from services.law.clock import Extension, catalogue, due
from tests.enforcement.department import Department
from tests.layers import example_law
from tests.proclaimed import arrangement

CLOCKS = Clock.__table__
YEAR = calendars.CalendarYear(version=1, **arrangement())
NOW = datetime(2026, 12, 20, 9, tzinfo=SHANGHAI)
COUNT = 400
KINDS = ("PEN-15", "PEN-09", "PEN-19", "PEN-16", "PEN-03", "PEN-08")
SECTORS = ("environment", "housing", "market")
LAW = example_law()
Row = dict[str, Any]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def node(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    department = Department(tmp_path_factory.mktemp("recount"))
    department.now = NOW
    await department.start()
    yield department.running
    await department.stop()


def some_clocks(dice: random.Random) -> list[Row]:
    """Clocks of all states, some extended or interrupted, counted by what is known in December 2026."""
    return [one(n, dice) for n in range(COUNT)]


def one(n: int, dice: random.Random) -> Row:
    clock_id, state = dice.choice(KINDS), dice.choice(("RUNNING", "SUSPENDED", "EXPIRED", "MET"))
    sector = dice.choice(SECTORS)
    start = NOW - timedelta(days=dice.randrange(120), minutes=dice.randrange(600))
    row: Row = {
        "key": f"C-{n:04d}/{clock_id}", "subject": f"C-{n:04d}", "clock_id": clock_id,
        "law": catalogue()[clock_id].law, "sector": sector, "state": state, "start_time": start, "stage": 0,
        "excluded": (), "extensions": (),
    }  # fmt: skip
    if clock_id == "PEN-15" and dice.random() < 0.5:
        since = start + timedelta(days=dice.randrange(20))
        until = micros(since + timedelta(days=dice.randrange(1, 30)))
        row["excluded"] = (
            {"from": micros(since), "until": until, "ground": "HEARING", "law": "", "cause": ""},
        )
    if clock_id == "PEN-15" and dice.random() < 0.5:
        approved = micros(start + timedelta(days=30))
        row["extensions"] = (
            {
                "amount": dice.randrange(1, 31), "unit": "calendar_day", "by": "agency_head", "approved": approved,
                "approver": "head-1", "law": "", "cause": "", "discussion": "",
                "recorded": approved, "document": "",
            },
        )  # fmt: skip
    end = ends(row, china())
    return row | {"due_time": end.at, "provisional": end.provisional}


def ends(row: Row, calendar: Any) -> Any:
    """The end of a clock, straight from the law of its sector."""
    moments = partial(datetime.fromtimestamp, tz=SHANGHAI)
    excluded = [(moments(e["from"] / 1e6), moments(e["until"] / 1e6)) for e in row["excluded"]]
    extensions = [
        Extension(e["amount"], e["unit"], moments(e["approved"] / 1e6), e["by"]) for e in row["extensions"]
    ]
    clock = LAW.held(catalogue()[row["clock_id"]], row["start_time"].date(), row["sector"])
    return due(clock, row["start_time"], calendar, excluded, extensions)


def put(node: Running, rows: list[Row]) -> None:
    with node.engine.begin() as db:
        db.execute(delete(CLOCKS))
        db.execute(insert(CLOCKS), rows)


def standing(node: Running) -> dict[str, Any]:
    return {row.key: row for row in node.rows(select(CLOCKS))}


async def counted(node: Running, limit: int) -> tuple[list[Recounted], int]:
    """Count all anew by the proclaimed year; what changed, and how many batches that took."""
    found: list[Recounted] = []
    keeping = ClockKeeping(Clock, lambda _tx, changed: found.extend(changed))

    def step(cursor: str, tx: Tx) -> Progress:
        return recount(tx, keeping, YEAR, cursor, limit)

    node.around.calendar = china().with_year(year_data(YEAR))
    cursor: str | None = ""
    batches = 0
    while cursor is not None:
        cursor = (await node.do(partial(step, cursor))).cursor
        batches += 1
    return found, batches


@pytest.mark.parametrize("limit", [1, 7, 400, 1000])
async def test_every_clock_ends_where_the_law_puts_it(node: Running, limit: int) -> None:
    rows = some_clocks(random.Random(limit))
    put(node, rows)
    calendar = china().with_year(year_data(YEAR))

    changed, batches = await counted(node, limit)

    after = standing(node)
    expected = {row["key"]: ends(row, calendar) for row in rows}
    assert {key: (row.due_time, row.provisional) for key, row in after.items()} == {
        key: (end.at, end.provisional) for key, end in expected.items()
    }
    before = {row["key"]: row for row in rows}
    touched = {f"{each.subject}/{each.clock_id}" for each in changed}
    differs = {
        k
        for k, r in before.items()
        if (r["due_time"], r["provisional"]) != (expected[k].at, expected[k].provisional)
    }
    assert touched == differs and len(changed) == len(touched) > 20
    moved = {f"{each.subject}/{each.clock_id}" for each in changed if each.moved}
    assert moved == {k for k, r in before.items() if r["due_time"] != expected[k].at} != set()
    assert batches == -(-COUNT // limit) + (COUNT % limit == 0)


async def test_a_second_time_changes_nothing(node: Running) -> None:
    put(node, some_clocks(random.Random(2)))
    await counted(node, 100)
    before = standing(node)

    changed, _ = await counted(node, 33)

    assert changed == [] and standing(node) == before


async def test_a_met_or_suspended_clock_never_fires_by_being_counted(node: Running) -> None:
    put(node, some_clocks(random.Random(3)))

    await counted(node, 50)

    for row in standing(node).values():
        if row.state in ("MET", "SUSPENDED"):
            assert row.next_time is None

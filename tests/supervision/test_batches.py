"""However many events a transaction takes, and wherever it restarts: the same rows stand in the end, the same was announced."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from services.kit.access import Gate
from services.kit.journal import Envelope
from services.kit.member import Member
from services.kit.tx import Tx
from services.supervision.__main__ import SERVICE
from services.supervision.warning import resting
from tests.database import make_ready
from tests.supervision.mixed import mixed
from tests.supervision.office import CITY, OPEN, WITHDRAWN, at, settings

WHEN, MANY = "2026-03-25 09:00", 14
# After which entry of the own journal an event came says of how a batch was cut.
OF_THE_BATCH = {"entry"}
OF_THE_JOURNAL = {"event_id", "prev_hash", "hash"}
KIT = {"head", "position", "sender", "heard_place", "edition"}


async def played(
    folder: Path, events: list[Envelope], size: int, *, restarts: bool = False
) -> dict[str, Any]:
    """All tables after these events, so many in a transaction."""
    (folder / "clock").write_text(at(WHEN).isoformat())
    made = settings(folder)
    make_ready(made)
    gate = Gate((folder / "token.pub").read_bytes(), CITY, CITY)
    running = Member(SERVICE, made, gate)

    def some(tx: Tx, chunk: list[Envelope]) -> None:
        assert SERVICE.prepare is not None
        SERVICE.prepare(tx, chunk)
        for e in chunk:
            running.reactor.apply(tx, e, e.trace)

    for n in range(0, len(events), size):
        await running.do(partial(some, chunk=events[n : n + size]))
        if restarts and n % 5 == 0:
            await running.close()
            running = Member(SERVICE, made, gate)
    found = {
        table.name: [
            {
                k: v
                for k, v in row._mapping.items()
                if k not in OF_THE_BATCH | (OF_THE_JOURNAL if table.name == "journal" else set())
            }
            for row in running.rows(select(table).order_by(*table.primary_key.columns))
        ]
        for table in SERVICE.metadata.sorted_tables
        if table.name not in KIT
    }
    await running.close()
    return found


@pytest.fixture(scope="module")
def events() -> list[Envelope]:
    return mixed(MANY)


@pytest.fixture(scope="module")
async def one_by_one(tmp_path_factory: pytest.TempPathFactory, events: list[Envelope]) -> dict[str, Any]:
    return await played(tmp_path_factory.mktemp("one"), events, 1)


async def test_what_is_told_gives_much_to_judge(one_by_one: dict[str, Any]) -> None:
    assert len({row["rule_id"] for row in one_by_one["warning"]}) >= 10, "many kinds of warnings"
    assert {row["state"] for row in one_by_one["warning"]} >= {OPEN, WITHDRAWN}
    assert one_by_one["filing"] and one_by_one["dispute"]


@pytest.mark.parametrize(("size", "restarts", "rests"), [(7, True, True), (1000, False, False)])
async def test_however_many_a_transaction_takes(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    events: list[Envelope],
    one_by_one: dict[str, Any],
    size: int,
    restarts: bool,
    rests: bool,
) -> None:
    """And whether or not what was judged rests until something of it changes."""
    if not rests:
        monkeypatch.setattr(resting, "judged", lambda tx, done, key, record: resting.judge(tx, done))

    found = await played(tmp_path, events, size, restarts=restarts)

    for name, rows in one_by_one.items():
        assert found[name] == rows, name

"""Rows of a list, written at once: seen by what comes after, and gone with what fails."""

from datetime import UTC, datetime

import pytest

from services.kit.refusal import Exists
from services.kit.tx import Tx
from services.registry.officer.model import Officer
from tests.city import City

SHARED = {"node": "huanbao", "unit": "大队", "post": "岗", "staff_kind": 1, "body_id": "B-list"}


def people(*names: str) -> list[dict[str, str]]:
    return [{"officer_id": f"O-list-{name}", "name": name, "id_number": f"list-{name}"} for name in names]


async def test_rows_written_at_once_are_found_in_the_same_work(city: City) -> None:
    running = city.nodes["huanbao"].running("registry")
    now = datetime(2026, 3, 1, tzinfo=UTC)

    def work(tx: Tx) -> tuple[Officer | None, Officer, list[Officer]]:
        before = tx.find(Officer, "O-list-甲")
        tx.insert(Officer, people("甲", "乙"), register_time=now, **SHARED)
        one = tx.get(Officer, "O-list-甲")
        one.unit = "二大队"
        return before, one, tx.among(Officer, "id_number", ["list-甲", "list-乙", "list-丙"])

    before, one, found = await running.do(work)

    assert before is None
    assert {officer.name for officer in found} == {"甲", "乙"} and any(officer is one for officer in found)
    assert (one.register_time, one.former, one.version, one.unit) == (now, (), 1, "二大队")
    kept = await running.do(lambda tx: tx.among(Officer, "id_number", ["list-甲"]))
    assert [(o.unit, o.register_time) for o in kept] == [("二大队", now)]


async def test_a_list_that_breaks_a_constraint_leaves_nothing_of_its_work(city: City) -> None:
    running = city.nodes["huanbao"].running("registry")
    shared = SHARED | {"register_time": datetime(2026, 3, 1, tzinfo=UTC)}

    def work(tx: Tx) -> None:
        tx.insert(Officer, people("丁"), **shared)
        tx.insert(Officer, people("戊", "戊"), **shared)

    with pytest.raises(Exists) as refused:
        await running.do(work)

    assert refused.value.reason == "CONFLICT"
    assert await running.do(lambda tx: tx.among(Officer, "id_number", ["list-丁", "list-戊"])) == []


async def test_what_waits_is_found_among_the_rows(city: City) -> None:
    running = city.nodes["huanbao"].running("registry")
    [values] = people("己")

    def work(tx: Tx) -> list[Officer]:
        added = tx.add(Officer.new(**values, **SHARED, register_time=tx.now))
        added.unit = "三大队"
        return tx.among(Officer, "id_number", ["list-己"])

    [found] = await running.do(work)

    assert found.unit == "三大队"

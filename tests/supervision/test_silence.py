"""A department that says nothing: seen as such, by a clock that nobody sets, until it is heard again."""

import asyncio
from pathlib import Path

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1.overview_pb2 import GetOverviewRequest

from services.supervision.silence.listening import Listening
from tests.supervision.office import (
    DEADLINE,
    ENVIRONMENT,
    OPEN,
    SETTLED,
    URBAN,
    new_case,
    running_office,
)

RED = 3
LIMIT = 0.8


async def test_a_silent_department_is_found_until_it_speaks_and_again_when_it_falls_silent(
    tmp_path: Path,
) -> None:
    async with running_office(tmp_path, supervision={"silence": LIMIT}) as office:
        case, other = new_case(), new_case("C-2", URBAN)
        await office.tell(case, "CaseFiled", "2026-03-02 10:00")

        found = await office.until(lambda: office.warnings(rule_id="SILENT"), "silence is found")
        assert [(w.node, w.level, w.state) for w in found] == [(ENVIRONMENT, RED, OPEN)]
        [counts] = (await office.call("GetOverview", GetOverviewRequest())).departments
        assert counts.silent
        assert "最后一条记录发生于2026-03-02 10:00" in found[0].detail_zh

        await office.tell(case, "CaseFiled", "2026-03-02 10:05")

        async def settled() -> bool:
            return any(w.state == SETTLED for w in await office.warnings(rule_id="SILENT"))

        await office.until(settled, "the silence is over")

        async def three() -> bool:
            return len(await office.warnings(rule_id="SILENT")) >= 2

        await office.until(three, "it is silent again: another finding")
        await office.tell(other, "CaseFiled", "2026-03-02 10:06")
        assert {e.warning.node for e in office.emitted(events.WarningRaised)} >= {ENVIRONMENT}


async def test_a_leap_of_the_simulated_clock_is_no_silence(tmp_path: Path) -> None:
    async with running_office(tmp_path, supervision={"silence": 60.0}) as office:
        await office.tell(new_case(), "CaseFiled", "2026-03-02 10:00")

        office.clock("2027-03-02 10:00")
        await office.ticked()
        await asyncio.wait_for(office.tell(new_case("C-2"), "CaseFiled", "2027-03-02 10:01"), DEADLINE)

        assert await office.warnings(rule_id="SILENT") == []


def test_silence_is_counted_from_the_last_thing_that_was_said() -> None:
    listening = Listening()
    heard = [listening.silent({"a": 1, "b": 5}, 0, 10), listening.silent({"a": 2, "b": 5}, 8, 10)]

    assert heard == [{}, {}]
    assert listening.silent({"a": 2, "b": 5}, 12, 10) == {"b": 5}
    assert listening.silent({"a": 2, "b": 6}, 19, 10) == {"a": 2}

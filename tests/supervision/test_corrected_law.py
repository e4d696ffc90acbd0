"""A row of the city's law data was wrong: its own terms and its judgements are made anew, also when the process is killed."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

from yifa.law.v1 import edition_pb2 as editions
from yifa.law.v1 import edition_service_pb2_grpc
from yifa.supervision.v1 import events_pb2 as events

from tests.cable import free_port
from tests.database import asked, opened, sound
from tests.layers import CITY_LAYER, layer_file
from tests.supervision.office import (
    CITY,
    OPEN,
    WITHDRAWN,
    Office,
    at,
    lawful,
    new_case,
    running_office,
    settings,
)
from tests.supervision.test_calendar_kill import COUNT, process, seed

REVIEW, MAJOR = "clock.PEN-28", "major.fine.organisation"
LAYERS = {"layers": ["guangdong", "city.example.toml"], "layer": CITY_LAYER}


def law(folder: Path, key: str, unit: str, value: int) -> None:
    """What the city's layer says besides, from the next start on."""
    said = (
        f'["{key}"]\nunit = "{unit}"\nvalues = [{{ since = 2022-01-01, value = {value}, law = "EX-SUP" }}]\n'
    )
    file = layer_file(folder, CITY_LAYER)
    file.write_text(file.read_text("utf-8") + said, "utf-8")


async def counted(office: Office) -> None:
    async with asyncio.timeout(10):
        while not office.running.keeper.edition_rows()[-1].done:
            await asyncio.sleep(0.02)


async def touched(office: Office, row: str, kind: int) -> list[editions.Touched]:
    stub = edition_service_pb2_grpc.EditionServiceStub(office.channel)
    request = editions.ListTouchedRequest(service="supervision", row=row, kind=kind)
    return list((await stub.ListTouched(request, metadata=office.metadata)).touched)


async def test_a_case_that_was_judged_by_a_wrong_number_is_judged_anew(tmp_path: Path) -> None:
    """By a threshold that was a fifth of the right one a fine of 10,000 yuan was taken to need a review."""
    case, small = lawful(new_case()), lawful(new_case("C-2"), fine=100_000)
    law(tmp_path, MAJOR, "fen", 1_000_000)
    async with running_office(tmp_path, "2026-03-25 09:00", law=LAYERS) as office:
        for each in (case, small):
            each.ClearField("review")
            await office.tell(each, "DecisionMade", "2026-03-20 10:00")
        assert await office.found("EW-07") == [(3, OPEN)]
        wrong = (await office.case("C-1")).receipt

    law(tmp_path, MAJOR, "fen", 5_000_000)
    async with running_office(tmp_path, "2026-03-26 09:00", law=LAYERS) as office:
        await counted(office)

        assert await office.found("EW-07") == [(3, WITHDRAWN)]
        [ended] = office.emitted(events.WarningEnded)
        assert ended.warning.case_id == "C-1" and ended.warning.receipt == wrong
        now = (await office.case("C-1")).receipt
        assert now == (await office.case("C-2")).receipt and now.edition != wrong.edition
        found = await touched(office, MAJOR, editions.TOUCHED_KIND_JUDGEMENT)
        assert [(t.subject_id, t.receipt.edition, t.outcome_en) for t in found] == [
            ("C-1", wrong.edition, "warnings: were 1, are 0"),
            ("C-2", wrong.edition, "warnings: were 0, are 0"),
        ]
        assert not await touched(office, "hearing.fine.organisation", editions.TOUCHED_KIND_JUDGEMENT)
        assert not await touched(office, MAJOR, editions.TOUCHED_KIND_DEADLINE)
        before = office.running.head()

    async with running_office(tmp_path, "2026-03-26 09:00", law=LAYERS) as office:
        assert office.running.head() == before and len(office.running.keeper.edition_rows()) == 2


def progress(database: Path) -> tuple[bool, int]:
    """Whether the recount by the edition in force is done, and how many clocks it has seen."""
    [row] = asked(database, "select done, seen from edition order by number desc limit 1")
    return bool(row[0]), row[1]


def moves(database: Path) -> Iterator[tuple[str, events.DeadlineMoved]]:
    """What was announced, as it stands in the journal."""
    name = events.DeadlineMoved.DESCRIPTOR.full_name
    for subject, data in asked(database, "select subject, data from journal where type = ?", name):
        yield subject, events.DeadlineMoved.FromString(data)


async def test_killed_while_it_counts_by_the_corrected_law_none_is_lost_and_none_told_twice(
    tmp_path: Path,
) -> None:
    """Reviews of sixty days from 10 December 2026 end on 8 February 2027; of fifty, on 29 January."""
    port = free_port()
    made = settings(tmp_path, grpc={"listen": f"127.0.0.1:{port}"}, law=LAYERS)
    (tmp_path / "clock").write_text(at("2026-12-20 09:00").isoformat())
    database = tmp_path / CITY / "supervision.db"
    law(tmp_path, REVIEW, "calendar_day", 60)
    async with process(made.path, port):
        pass
    seed(database)
    with opened(database) as db:
        db.execute("update clock set edition = (select mark from edition)")

    law(tmp_path, REVIEW, "calendar_day", 50)
    async with process(made.path, port) as running:
        async with asyncio.timeout(30):
            while not (cut := progress(database))[1]:
                await asyncio.sleep(0.002)
        running.send_signal(signal.SIGKILL)
        await running.wait()
    interrupted = progress(database)
    async with process(made.path, port), asyncio.timeout(60):
        while not progress(database)[0]:
            await asyncio.sleep(0.05)

    assert cut[1] > 0 and not interrupted[0], "it was killed in the middle"
    told = list(moves(database))
    assert len(told) == len({subject for subject, _ in told}) == COUNT == progress(database)[1]
    assert {m.deadline.due_time.ToJsonString() for _, m in told} == {"2027-01-29T15:59:59.999999Z"}
    assert {tuple(m.correction.rows) for _, m in told} == {("PEN-28", REVIEW)}
    assert asked(database, "select count(distinct edition) from clock") == [(1,)]
    assert sound(database)

"""What the city keeps follows from the events: built anew beside the live rows it is the same, row by row (`yifa rebuild`)."""

import asyncio
import json
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from typer.testing import CliRunner
from yifa.supervision.v1 import filing_pb2 as filings
from yifa.supervision.v1 import warning_pb2 as warnings

from services.cli.__main__ import app
from services.kit.rebuild import beside
from services.kit.rebuild.run import Outcome, Said, rebuild
from services.kit.rebuild.take import ask, take_over
from services.kit.time import wall
from services.supervision.__main__ import SERVICE
from tests import database, postgres
from tests.city import rid
from tests.supervision.office import CITY, Office, at, lawful, new_case, running_office, settings
from tests.supervision.orders import desk
from tests.supervision.test_calendar import load, recounted
from tests.supervision.test_important_matters import ASKED, HAPPENED, OFFICE_HEAD, Matters

AGAIN = """
import os, signal, sys
from services.kit.rebuild.run import rebuild
from services.kit.settings import Settings
from services.supervision.__main__ import SERVICE
def tell(said):
    if said.what == sys.argv[2] and said.done >= int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
rebuild(SERVICE, Settings.load(sys.argv[1]), tell, at_once=5)
"""
"""A rebuild in small steps, killed when it is so far."""


async def lived(office: Office) -> None:
    """A year at the office: what came in any order, what its clocks and months did of themselves, what its people did."""
    its = await desk(office)
    await office.certify("O-1")
    case = new_case("C-filed")
    await office.tell(case, "CaseFiled", "2026-03-02 10:00")
    waiting = office.told(case, "OfficersAssigned", "2026-03-02 11:00")
    lawful(case, fine=12_000_000).ClearField("notice")
    await office.tell(case, "DecisionMade", "2026-03-20 10:00")
    await office.take(waiting)
    case.report_time.FromDatetime(at("2026-03-25 10:00"))
    await office.tell(case, "MajorPenaltyFiled", "2026-03-25 10:00")
    for n in range(4):
        other = new_case(f"C-open-{n}")
        other.file_time.FromDatetime(at("2026-03-02 10:00"))
        await office.tell(other, "CaseFiled", "2026-03-02 10:00")
    await office.certify("O-2")
    await office.suspend("O-2", "2026-03-01 00:00")
    office.clock("2026-04-02 09:00")
    await office.ticked()
    [filing] = (await office.call("ListFilings", filings.ListFilingsRequest())).filings
    await office.call(
        "RegisterFiling", filings.RegisterFilingRequest(request_id=rid(), filing_id=filing.filing_id)
    )
    raised = await office.warnings(node=case.node)
    first, second, *_ = sorted(raised, key=lambda w: w.warning_id)
    close = warnings.CloseWarningRequest(request_id=rid(), warning_id=first.warning_id, reason="已核实")
    await office.call("CloseWarning", close)
    source = {"kind": "SUPERVISION_SOURCE_KIND_WARNING", "source_id": second.warning_id}
    await its.registered(source=source)
    matters = Matters(office)
    for what in (ASKED, HAPPENED):
        await matters.sent(what)
    await matters.act(OFFICE_HEAD, "NoteImportantMatter")
    await load(office)
    await recounted(office)
    office.clock("2026-08-03 09:00")
    await office.ticked()
    await office.months()
    await office.until(lambda: escalated(office), "what nobody reacted to is escalated")
    await office.echo()


async def escalated(office: Office) -> bool:
    return all(
        not w.HasField("escalate_time") or w.escalate_time.ToDatetime(wall().tzinfo) > office.running.now()
        for w in await office.warnings()
    )


def same(outcome: Outcome) -> None:
    assert (outcome.differences, outcome.unlike) == ([], [])
    told = {name.split(" ")[0] for name in outcome.carried} | outcome.rows.keys()
    assert told == SERVICE.metadata.tables.keys(), "every table is built anew, or carried over for a reason"
    assert min(outcome.rows[name] for name in ("received", "warning", "clock", "caseview", "filing")) > 0
    assert all(outcome.carried.values())


@pytest.fixture(scope="module")
async def made(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """An office that has lived, and goes on."""
    folder = tmp_path_factory.mktemp("lived")
    async with running_office(folder, supervision={"certificate_grace_seconds": 0.2}) as office:
        await lived(office)
        yield office


async def test_built_anew_while_the_office_goes_on_every_row_is_the_same(made: Office) -> None:
    beside.forget(SERVICE, made.running.settings)
    first = await asyncio.to_thread(rebuild, SERVICE, made.running.settings)
    same(first)

    await made.certify("O-7")
    again = await asyncio.to_thread(rebuild, SERVICE, made.running.settings)

    same(again)
    assert again.position == first.position + 1, "it went on from where it was"


async def test_killed_at_any_step_it_goes_on_and_the_command_says_the_same(made: Office) -> None:
    told = made.running.settings
    beside.forget(SERVICE, told)
    assert await killed(told.path, "events", 30) == -signal.SIGKILL

    done = CliRunner().invoke(app, ["rebuild", "--settings", str(told.path), "--json"])

    assert (done.exit_code, json.loads(done.stdout)["same"]) == (0, True)
    seen: list[Said] = []
    same(rebuild(SERVICE, told, seen.append))
    assert seen[0].done == seen[0].of > 40, "nothing is played twice"


async def killed(told: Path, what: str, done: int) -> int:
    """How a rebuild ended that was killed once so much was done."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", AGAIN, str(told), what, str(done),
        env={**os.environ, "PYTHONPATH": ".:proto/gen"},
    )  # fmt: skip
    return await process.wait()


async def test_what_was_altered_is_named_by_table_and_key(made: Office, tmp_path: Path) -> None:
    """In a copy of the office's database somebody rewrites a warning, drops a case, and makes up a clock."""
    told = copied(made, tmp_path)
    with database.opened(tmp_path / CITY / "supervision.db") as db:
        [warning] = db.execute("SELECT warning_id FROM warning ORDER BY warning_id LIMIT 1").fetchone()
        db.execute("UPDATE warning SET level = 9 WHERE warning_id = ?", (warning,))
        db.execute("DELETE FROM caseview WHERE case_id = 'C-open-1'")
        db.execute(
            "INSERT INTO clock SELECT 'C-none/PEN-15', 'C-none', clock_id, law, sector, state, start_time, due_time, stop_time, "
            "provisional, excluded, extensions, stage, next_time, edition, earlier FROM clock WHERE subject = 'C-open-1' LIMIT 1"
        )

    found = rebuild(SERVICE, told)

    assert {(d.table, d.key) for d in found.differences} == {
        ("warning", warning), ("caseview", "C-open-1"), ("clock", "C-none/PEN-15"),
    }  # fmt: skip
    assert {d.table: d.what.split(":")[0] for d in found.differences} == {
        "warning": "level", "caseview": "only rebuilt", "clock": "only live",
    }  # fmt: skip
    assert not found.unlike


def copied(office: Office, folder: Path) -> Any:
    """The settings and the database of an office, in a folder of their own."""
    (folder / CITY).mkdir()
    database.copied(office.folder / CITY / "supervision.db", folder / CITY / "supervision.db")
    return settings(folder, supervision={"certificate_grace_seconds": 0.2})


@pytest.mark.of_sqlite("PostgreSQL renames a schema, and waits for who reads")
def test_rows_that_somebody_else_reads_are_not_taken_and_stay_whole(made: Office, tmp_path: Path) -> None:
    """The service starts with the rows that it has, and takes the rebuilt ones at its next start."""
    told = copied(made, tmp_path)
    file = tmp_path / CITY / "supervision.db"
    rebuild(SERVICE, told)
    kept = ask(SERVICE, told, wall())
    aside = file.with_name(f"supervision.{kept}.db")

    with closing(sqlite3.connect(file)) as reader:
        reader.execute("BEGIN")
        [[before]] = reader.execute("SELECT count(*) FROM warning").fetchall()
        take_over(SERVICE, told)
        assert not aside.exists()
    take_over(SERVICE, told)

    assert aside.exists()
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("SELECT count(*) FROM warning").fetchone() == (before,)


@pytest.mark.of_sqlite("the one below does the same there")
async def test_taken_at_a_start_it_mends_what_was_altered_and_the_old_one_is_kept(
    made: Office, tmp_path: Path
) -> None:
    told = copied(made, tmp_path)
    file = tmp_path / CITY / "supervision.db"
    with closing(sqlite3.connect(file)) as db:
        [[right, warning]] = db.execute("SELECT level, warning_id FROM warning LIMIT 1").fetchall()
        db.execute("UPDATE warning SET level = 9 WHERE warning_id = ?", (warning,))
        db.commit()
    rebuild(SERVICE, told)
    kept = ask(SERVICE, told, wall())

    async with running_office(
        tmp_path, "2026-08-03 09:00", supervision={"certificate_grace_seconds": 0.2}
    ) as office:
        levels = {w.warning_id: w.level for w in await office.warnings()}
        office.journals = {key: journal for key, journal in made.journals.items()}
        await office.certify("O-8")
        after = rebuild(SERVICE, office.running.settings)

    assert levels[warning] == right
    same(after)
    with closing(sqlite3.connect(file.with_name(f"supervision.{kept}.db"))) as db:
        assert db.execute("SELECT level FROM warning WHERE warning_id = ?", (warning,)).fetchone() == (9,)
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


WORDS = """
SELECT i.schemaname, e.extnamespace::regnamespace::text FROM pg_indexes i CROSS JOIN pg_extension e
WHERE i.indexname = 'words_of_records' AND i.schemaname = 'public' AND e.extname = 'pg_trgm'
"""


@pytest.mark.skipif(postgres.binaries() is None, reason="no PostgreSQL on this machine")
async def test_the_same_on_postgresql(tmp_path: Path) -> None:
    """There it is a schema beside the schema, and one transaction that takes it."""
    altered = "SELECT count(*) FROM {}.warning WHERE level = 9"
    with postgres.server() as prefix:
        with psycopg.connect(f"{prefix}postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE supervision")
        soon = {"certificate_grace_seconds": 0.2}
        async with running_office(
            tmp_path, supervision=soon, database={"url": f"{prefix}{{service}}"}
        ) as office:
            told = office.running.settings
            await lived(office)
            same(await asyncio.to_thread(rebuild, SERVICE, told))
        with psycopg.connect(f"{prefix}supervision", autocommit=True) as connection:
            connection.execute("UPDATE warning SET level = 9 WHERE rule_id = 'EW-05'")
        assert {d.table for d in rebuild(SERVICE, told).differences} == {"warning"}
        kept = ask(SERVICE, told, wall())

        take_over(SERVICE, told)

        with psycopg.connect(f"{prefix}supervision", autocommit=True) as connection:
            counts = [connection.execute(altered.format(schema)).fetchone() for schema in ("public", kept)]
            [its] = connection.execute(WORDS).fetchall()
        assert counts == [(0,), (1,)]
        assert its == ("public", "public"), (
            "records are found by the index, and the next revision finds what that takes"
        )
        same(rebuild(SERVICE, told))

"""The same service on PostgreSQL, where there is one."""

from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select, text
from yifa.supervision.v1 import case_view_pb2 as views
from yifa.supervision.v1 import deadline_pb2 as deadlines
from yifa.supervision.v1 import filing_pb2 as filings
from yifa.supervision.v1 import overview_pb2 as overviews

from services.supervision.search.reads import SEARCHED
from tests import postgres
from tests.supervision.office import OPEN, Office, at, lawful, new_case, running_office
from tests.supervision.test_calendar import due, filed, load, recounted
from tests.supervision.test_watch import told, until_caught_up, until_position

pytestmark = pytest.mark.skipif(postgres.binaries() is None, reason="no PostgreSQL on this machine")


@pytest.fixture(scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    with postgres.server() as prefix:
        with psycopg.connect(f"{prefix}postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE supervision")
        database = {"url": f"{prefix}{{service}}"}
        place: Path = tmp_path_factory.mktemp("office")
        async with running_office(
            place, supervision={"certificate_grace_seconds": 0.2}, database=database
        ) as office:
            yield office


async def test_a_case_from_filing_to_review(office: Office) -> None:
    for officer in ("O-1", "O-2"):
        await office.certify(officer)
    case = new_case("C-filed")
    await office.tell(case, "CaseFiled", "2026-03-02 10:00")
    await office.tell(case, "OfficersAssigned", "2026-03-02 11:00")
    lawful(case, fine=12_000_000).ClearField("notice")
    await office.tell(case, "DecisionMade", "2026-03-20 10:00")
    case.report_time.FromDatetime(at("2026-03-25 10:00"))
    await office.tell(case, "MajorPenaltyFiled", "2026-03-25 10:00")
    await office.suspend("O-2", "2026-03-01 00:00")
    office.clock("2026-04-02 09:00")
    await office.ticked()

    [filing] = (await office.call("ListFilings", filings.ListFilingsRequest())).filings
    await office.call(
        "RegisterFiling", filings.RegisterFilingRequest(request_id="r-1", filing_id=filing.filing_id)
    )

    warned = {(w.rule_id, w.clock_id) for w in await office.warnings(state=OPEN)}
    assert warned == {("EW-02", "PEN-16"), ("EW-19", "PEN-23"), ("EW-05", ""), ("EW-09", "")}
    found = await office.call(
        "ListCases", views.ListCasesRequest(query="公司C-FILED", only_warned=True, page_size=1)
    )
    assert [(c.case_id, c.open_warnings) for c in found.cases] == [("C-filed", 4)] and found.total == 1
    assert len((await office.case("C-filed")).timeline) == 4
    [department] = (await office.call("GetOverview", overviews.GetOverviewRequest())).departments
    assert (department.open_cases, department.orange, department.red) == (1, 1, 3)


async def test_a_piece_of_a_chinese_name_is_found_by_the_index(office: Office) -> None:
    """The signs are letters to pg_trgm, and the select of the list is one that its index serves."""
    found = select(SEARCHED.c.subject).where(SEARCHED.c.words.icontains("示例公司", autoescape=True))
    with office.running.engine.begin() as connection:
        [pieces] = connection.execute(text("SELECT cardinality(show_trgm('示例公司'))")).one()
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        said = str(found.compile(connection, compile_kwargs={"literal_binds": True}))
        plan = [line for (line,) in connection.execute(text("EXPLAIN " + said.replace("%%", "%")))]

    assert pieces >= 4
    assert any("Bitmap Index Scan on words_of_records" in line for line in plan), plan


async def test_watchers_do_not_use_up_the_connections(office: Office) -> None:
    """More watchers than the pool has connections, and the service still reads and writes."""
    last = (await office.call("GetOverview", overviews.GetOverviewRequest())).last_position
    calls = [office.watch() for _ in range(12)]
    for call in calls:
        await until_caught_up(call)

    await told(office, 100, 3)

    for call in calls:
        assert await until_position(call, last + 3) == [last + 1, last + 2, last + 3]
        call.cancel()


async def test_a_loaded_year_moves_terms(office: Office) -> None:
    office.clock("2026-11-21 09:00")
    await filed(office, "2026-11-13 10:00", "C-moved")
    await filed(office, "2026-11-20 10:00", "C-certain")
    before = await due(office, "C-moved"), await due(office, "C-certain")

    await load(office)
    counted = await recounted(office)
    listed = await one_by_one(office)

    assert before == (("2027-02-11", True, "RUNNING"), ("2027-02-18", True, "RUNNING"))
    assert await due(office, "C-moved") == ("2027-02-15", False, "RUNNING")
    assert await due(office, "C-certain") == ("2027-02-18", False, "RUNNING")
    assert (counted.seen, counted.moved) == (2, 1)
    assert [subject for subject in listed if subject in ("C-moved", "C-certain")] == ["C-moved", "C-certain"]


async def one_by_one(office: Office) -> list[str]:
    """The subjects of all that falls due, read in pages of one."""
    found, token = [], ""
    while True:
        page = await office.call(
            "ListDeadlines", deadlines.ListDeadlinesRequest(page_size=1, page_token=token)
        )
        found += [deadline.subject_id for deadline in page.deadlines]
        if not (token := page.next_page_token):
            return found

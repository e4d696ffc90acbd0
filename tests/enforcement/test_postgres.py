"""The same procedure with the records in PostgreSQL."""

from collections.abc import AsyncIterator

import psycopg
import pytest
import pytest_asyncio

from tests.enforcement import (
    test_deadlines,
    test_decision,
    test_evidence,
    test_flow,
    test_outside,
    test_reads,
    test_transfer,
    test_work,
)
from tests.enforcement.department import Department
from tests.enforcement.samples import START
from tests.postgres import binaries, server

pytestmark = pytest.mark.skipif(binaries() is None, reason="no PostgreSQL binaries: apt install postgresql")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def on_postgres(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Department]:
    with server() as url:
        with psycopg.connect(url + "postgres", autocommit=True) as admin:
            admin.execute("CREATE DATABASE enforcement")
        department = Department(tmp_path_factory.mktemp("department"), url + "{service}")
        await department.start()
        await department.benchmark()
        yield department
        await department.stop()


@pytest.mark.parametrize(
    "scenario",
    [
        test_work.test_inspections_and_what_runs_beside_a_case_wait_too,
        test_flow.test_from_clue_to_closing,
        test_flow.test_document_numbers_have_no_gaps,
        test_evidence.test_concurrent_evidence_loses_nothing,
        test_evidence.test_evidence_is_kept,
        test_decision.test_no_decision_in_the_window,
        test_deadlines.test_a_passed_deadline_is_announced_at_the_moment_it_passed,
        test_outside.test_a_whole_case_is_announced_stage_by_stage,
        test_reads.test_cases_are_listed_page_by_page,
        test_transfer.test_the_designated_receiver_goes_on,
        test_transfer.test_the_designated_sender_has_the_case_again,
    ],
)
async def test_on_postgres(on_postgres: Department, scenario: object) -> None:
    on_postgres.now = START

    await scenario(on_postgres)  # type: ignore[operator]


async def test_text_that_the_database_cannot_keep_is_malformed(on_postgres: Department) -> None:
    on_postgres.now = START
    dossier = await on_postgres.investigating()

    async with on_postgres.refused("MALFORMED"):
        await on_postgres.evidence(dossier, title="空\0字符")

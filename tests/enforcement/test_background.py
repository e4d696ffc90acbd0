"""What a service does by itself: a task that fails begins anew, and the node goes on answering."""

import asyncio
import contextlib
from typing import Any

import pytest

from services.enforcement.court_enforcement import noting
from services.kit import node
from tests.enforcement.department import Department
from tests.enforcement.samples import DAY


async def test_a_task_that_failed_begins_anew_and_nobody_else_notices(
    department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed, again, real = asyncio.Event(), asyncio.Event(), noting.unperformed

    def once(running: Any) -> list[str]:
        if not failed.is_set():
            failed.set()
            raise ZeroDivisionError
        again.set()
        return real(running)

    monkeypatch.setattr(node, "PAUSE", 0.01)
    monkeypatch.setattr(noting, "unperformed", once)
    async with asyncio.timeout(60):
        while not failed.is_set():
            department.now += (
                DAY  # until it is a day that the task has not seen: the department is not of this test alone
            )
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(failed.wait(), 3)
    await asyncio.wait_for(again.wait(), 60)

    dossier = await department.investigating()

    assert (await department.case(dossier.case_id)).officers

"""What the city does in the demonstration: reviews filed penalties, suspends and restores certificates."""

from collections.abc import AsyncIterator
from datetime import datetime

from yifa.supervision.v1 import filing_pb2

from services.demo.folder import stamp
from services.given import registry as given
from services.given.filing import reviewed
from services.given.people import OVERSIGHT
from services.given.say import saying
from services.node.callers import Callers, Metadata, ask

ACCEPTED = "示例：事实清楚，程序合法，裁量适当，备案审查通过。"
OBJECTED = "示例：裁量理由说明不充分，请补充说明并报送复核意见。"


class NotWaiting(LookupError):
    """No filing of the case waits for review at the city."""


async def review(callers: Callers, case_id: str, act: str) -> None:
    """Accept or object to the filing of a case. Raises NotWaiting, AioRpcError."""
    async for filing in waiting(callers):
        if filing.case_id == case_id:
            await conclude(callers, filing.filing_id, act)
            return
    raise NotWaiting(f"no filing of case {case_id} waits for review")


async def conclude(callers: Callers, filing_id: str, act: str, *, patience: float = 20.0) -> None:
    """Register a filing, and accept it ("accept") or object to it ("object"). Raises AioRpcError."""
    say, accept = saying(callers, patience), act == "accept"
    await reviewed(say, filing_id, accept=accept, opinion=ACCEPTED if accept else OBJECTED)


async def waiting(callers: Callers, *, patience: float = 20.0) -> AsyncIterator[filing_pb2.FilingReview]:
    """Every filing that waits for review."""
    request = filing_pb2.ListFilingsRequest(state=filing_pb2.FILING_STATE_FILED, page_size=500)
    while True:
        reply = await ask(callers.supervision().ListFilings, request, officer(callers), patience)
        for filing in reply.filings:
            yield filing
        if not reply.next_page_token:
            return
        request.page_token = reply.next_page_token


async def suspend(callers: Callers, certificate: str, since: datetime) -> None:
    """Suspend a certificate from a moment on (行政执法监督条例 32). Raises AioRpcError."""
    cause = "示例：执法中未按规定全过程记录，暂扣执法证件。"
    await given.suspend(saying(callers), certificate, cause=cause, from_time=stamp(since))


async def restore(callers: Callers, certificate: str) -> None:
    """Give a suspended certificate back. Raises AioRpcError."""
    await given.restore(saying(callers), certificate)


def officer(callers: Callers) -> Metadata:
    return callers.as_(callers.city, *OVERSIGHT)

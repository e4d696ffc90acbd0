"""The complaints of the demonstration: one by name that is answered and rated, one of the hotline that is handled with it, one
without a name that is being looked into. Who complains here does not exist.
"""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from yifa.supervision.v1 import complaint_pb2 as pb

from services.demo.folder import Desk
from services.demo.officehours import on
from services.given.complaint import STEPS, file_complaint, handle, name_unsealer
from services.given.people import CITIZEN, OVERSIGHT, OVERSIGHT_HEAD
from services.given.say import patient, saying
from services.law.calendar import SHANGHAI
from services.node.callers import Callers

ACT = "示例：现场检查超出检查范围"
TEXT = "示例：执法人员到店检查，未说明事由，并要求停止全部经营。"
REPORTER = {"name": "示例投诉人", "phone": "示例电话一"}
OF_HOTLINE = {"source": pb.COMPLAINT_SOURCE_HOTLINE, "source_number": "示例热线工单1号"}
Steps = tuple[tuple[str, int], ...]
RATE, PUBLISH = "RateComplaint", "PublishComplaintAnswer"
IN_PUBLIC = {
    "question": "示例：执法人员检查时未说明事由，要求停止全部经营，是否合法？",
    "answer": "示例：经查部分属实。实施检查应当说明事由、出示证件，并在批准的范围内进行；已督促纠正。",
}


@dataclass(frozen=True)
class Told:
    """A complaint: how many days ago it came and the act was done, whose act, what else it says, and after how many days what was
    done about it.
    """

    days_ago: int
    done_ago: int
    desk: int
    act: str
    more: dict[str, Any]
    steps: Steps


STORIES = (
    Told(
        40,
        42,
        0,
        ACT,
        {"reporter": REPORTER, "open_wanted": True},
        (*((rpc, n * 2) for n, (rpc, *_) in enumerate(STEPS, 1)), (RATE, 16), (PUBLISH, 18)),
    ),
    Told(38, 42, 0, ACT, OF_HOTLINE, (("RegisterComplaint", 1), ("MergeComplaint", 2))),
    Told(12, 14, 1, "示例：未出示执法证件", {}, tuple((rpc, n) for n, (rpc, *_) in enumerate(STEPS[:4], 1))),
)


class Book:
    """The complaints as they were filed, and what is done about each."""

    def __init__(self, callers: Callers, desks: Sequence[Desk], day: Callable[[int], str]) -> None:
        self.say, self.desks, self.day = patient(saying(callers)), desks, day
        self.filed: dict[int, pb.FileComplaintResponse] = {}

    async def name(self) -> None:
        """Somebody may unseal, before the first complaint by name comes."""
        await name_unsealer(self.say)

    async def file(self, n: int) -> None:
        told = STORIES[n]
        body_id = self.desks[told.desk].body_id
        by = OVERSIGHT if "source" in told.more else CITIZEN
        day = self.day(told.done_ago)
        self.filed[n] = await file_complaint(
            self.say, body_id, self.desks[told.desk].node, told.act, TEXT, day, by=by, **told.more
        )

    async def step(self, n: int, rpc: str) -> None:
        key = self.filed[n].complaint.complaint_id
        if rpc == RATE:
            await self.rate(n)
        elif rpc == PUBLISH:
            await self.say("city", "supervision", rpc, OVERSIGHT_HEAD, complaint_id=key, **IN_PUBLIC)
        elif rpc == "MergeComplaint":
            first = self.filed[n - 1].complaint.complaint_id
            await self.say("city", "supervision", rpc, OVERSIGHT, complaint_id=key, merged_with=first)
        else:
            await handle(self.say, key, f"示例投诉〔2026〕{n + 1}号", rpc, only=True)

    async def rate(self, n: int) -> None:
        receipt = self.filed[n].receipt
        await self.say(
            "city", "supervision", RATE, CITIZEN, complaint_id=receipt.complaint_id, receipt=receipt.code,
            satisfaction=pb.COMPLAINT_SATISFACTION_MOSTLY,
        )  # fmt: skip


def planned(
    callers: Callers, desks: Sequence[Desk], now: datetime, rng: Random
) -> Iterator[tuple[datetime, str, Callable[[], Awaitable[None]]]]:
    """Every act with its time and what it is called."""
    today = now.astimezone(SHANGHAI).date()

    def on_day(days_ago: int) -> datetime:
        return on(rng, today - timedelta(days=days_ago))

    book = Book(callers, desks, lambda days_ago: f"{today - timedelta(days=days_ago)}")
    yield on_day(60), "指定拆封人员", book.name
    for n, told in enumerate(STORIES):
        if told.desk >= len(desks):
            continue
        last = on_day(told.days_ago)
        yield last, "投诉举报", lambda n=n: book.file(n)  # type: ignore[misc]
        for rpc, after in told.steps:
            last = max(on_day(told.days_ago - after), last + timedelta(minutes=20))
            yield last, rpc, lambda n=n, rpc=rpc: book.step(n, rpc)  # type: ignore[misc]

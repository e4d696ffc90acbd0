"""The file reviews of the demonstration: a sample of closed cases of every department, scored by officers of another, one result
objected to and answered, one file still under review.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from yifa.supervision.v1 import file_review_pb2 as pb

from services.demo import cast
from services.demo.folder import Desk
from services.demo.officehours import later, on
from services.demo.oversight import NotWaiting
from services.given import file_review as given
from services.given.people import OVERSIGHT
from services.given.say import Who, patient, saying
from services.law.calendar import SHANGHAI
from services.node.callers import Callers

SECOND: Who = ("oversight-2", "OVERSIGHT")
OBJECTION = "示例：已补充归档材料，请复核。"
ANSWER = "示例：经复核，评查时材料未归档，维持评查结果。"
LEFT_OPEN = 1
"""How many files are left under review, where there are several."""


@dataclass
class Sample:
    """The sample, and the reviews that came of it, as far as they have come."""

    callers: Callers
    desks: Sequence[Desk]
    batch_id: str = ""
    reviews: list[pb.FileReview] = field(default_factory=list)
    done: set[tuple[str, str]] = field(default_factory=set)
    """What was done with which review: an act on several is asked again for those that it was not done with."""

    @property
    def say(self) -> Any:
        return patient(saying(self.callers))

    def scored(self) -> list[pb.FileReview]:
        """Those that are not left under review."""
        return self.reviews[: max(1, len(self.reviews) - LEFT_OPEN)]

    async def commit(self, at: datetime) -> None:
        last = (at.astimezone(SHANGHAI) - timedelta(days=1)).date()
        period = (last - timedelta(days=120), last)
        batch = await given.commit(saying(self.callers), "", period, at, title="示例：年度案卷评查")
        self.batch_id = batch.batch_id

    async def draw(self, _at: datetime) -> None:
        self.reviews = await given.draw(saying(self.callers), self.batch_id)

    async def assign(self, _at: datetime) -> None:
        for n, review in enumerate(self.reviews):
            if review.reviewers:
                continue
            other = next(desk for desk in self.desks if desk.node != review.node)
            fit = [who for number, who in sorted(other.officers.items()) if number != cast.SUSPENDED]
            self.reviews[n] = await given.assign(saying(self.callers), review.review_id, fit[:2])

    async def score(self, _at: datetime) -> None:
        for review in self._left("score"):
            await given.score(self.say, review)
            self.done.add(("score", review.review_id))

    async def conclude(self, _at: datetime) -> None:
        for review in self._left("conclude"):
            await given.conclude(self.say, review.review_id)
            self.done.add(("conclude", review.review_id))

    def _left(self, act: str) -> list[pb.FileReview]:
        return [review for review in self.scored() if (act, review.review_id) not in self.done]

    async def object(self, _at: datetime) -> None:
        first = self._first()
        desk = next(desk for desk in self.desks if desk.node == first.node)
        head: Who = (desk.person("head"), "AGENCY_HEAD")
        key = {"review_id": first.review_id, "text": OBJECTION}
        await self.say(desk.node, "enforcement", "ObjectToFileReview", head, **key)

    async def answer(self, _at: datetime) -> None:
        key = {"review_id": self._first().review_id, "reasons": ANSWER}
        await self.say(self.callers.city, "supervision", "DecideFileObjection", SECOND, **key)

    async def look(self, _at: datetime) -> None:
        """Who oversees looks at the sample again."""
        await self.say(
            self.callers.city, "supervision", "GetFileReviewBatch", OVERSIGHT, batch_id=self.batch_id
        )

    def _first(self) -> pb.FileReview:
        if not self.reviews:
            raise NotWaiting("no file was drawn")
        return self.reviews[0]


def planned(
    callers: Callers, desks: Sequence[Desk], now: datetime, rng: Random
) -> list[tuple[datetime, str, Callable[[], Awaitable[None]]]]:
    """The acts of the sample and its reviews, each with its time and name."""
    its = Sample(callers, desks)
    found: list[tuple[datetime, str, Callable[[], Awaitable[None]]]] = []
    steps = (
        (16, its.commit), (15, its.draw), (14, its.assign), (13, its.score), (12, its.conclude),
        (8, its.object), (5, its.answer), (4, its.look),
    )  # fmt: skip
    last = now - timedelta(days=steps[0][0] + 1)
    for ago, step in steps:
        at = on(rng, (now.astimezone(SHANGHAI) - timedelta(days=ago)).date())
        last = at = at if at > last else later(rng, last, 1)
        found.append((at, f"file review: {step.__name__}", partial(step, at)))
    return found

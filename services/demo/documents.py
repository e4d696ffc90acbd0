"""The normative documents of the demonstration: in force and filed, lapsed, before the public, heard, questioned, looked over."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from services.demo.folder import Desk
from services.demo.officehours import on
from services.given import normative_document as given
from services.given.major_decision import enlist
from services.given.people import OVERSIGHT
from services.given.say import patient, saying
from services.law.calendar import SHANGHAI
from services.node.callers import Callers

IN_FORCE, OPEN, EARLIER, LAPSING, HEARD = (
    "示例市餐饮油烟管理规定",
    "示例市户外广告管理规定（征求意见稿）",
    "示例市行政处罚裁量权适用规定",
    "示例市临时摊点管理暂行办法",
    "示例市电动自行车停放管理规定（草案）",
)
EXPERT, COLLEGE = "示例论证专家", "示例市交通大学"

_LONG_AGO = datetime.min.replace(tzinfo=SHANGHAI)


class Shelf:
    """The documents as they were planned or entered, and what is done about each."""

    def __init__(self, callers: Callers, desks: Sequence[Desk], year: int) -> None:
        self.say, self.desks, self.year = patient(saying(callers)), desks, year
        self.ids: dict[str, str] = {}

    async def plan(self, title: str) -> None:
        self.ids[title] = await given.plan(self.say, title, self.year)

    async def publish(self, effect: datetime) -> None:
        await given.make(self.say, self.ids[IN_FORCE], given.TO_PUBLISH, effect)

    async def file(self) -> None:
        await given.file(self.say, self.ids[IN_FORCE])

    async def enter(self, published: datetime) -> None:
        """One of a department, from its list."""
        body_id = self.desks[0].body_id
        until = published + timedelta(days=5 * 365)
        self.ids[EARLIER] = await given.enter(
            self.say, EARLIER, "示例规〔2024〕1号", published, until, body_id
        )

    async def enter_lapsing(self, published: datetime, until: datetime) -> None:
        self.ids[LAPSING] = await given.enter(self.say, LAPSING, "府规〔2024〕9号", published, until)

    async def open(self) -> None:
        await given.make(self.say, self.ids[OPEN], given.TO_COMMENT, datetime.now(SHANGHAI))
        await given.comment(self.say, self.ids[OPEN], "示例：建议增加过渡期。")

    async def announce_hearing(self, due: datetime) -> None:
        """The draft before the public is to be heard besides."""
        await given.announce_hearing(self.say, self.ids[OPEN], due)

    async def announce_on_draft(self, due: datetime) -> None:
        """A draft that touches vital interests, and is technical: a hearing on it is announced."""
        await given.make(self.say, self.ids[HEARD], given.TO_HEARING, due)
        await given.announce_hearing(self.say, self.ids[HEARD], due)

    async def hold_hearing(self, held: datetime) -> None:
        await given.hold_hearing(self.say, self.ids[HEARD], held)

    async def argue(self) -> None:
        expert_id = await enlist(self.say, EXPERT, COLLEGE)
        await given.have_argued(self.say, self.ids[HEARD], expert_id)

    async def answer(self) -> None:
        await given.answer_all(self.say, self.ids[HEARD])

    async def ask(self) -> None:
        await given.ask(self.say, self.ids[EARLIER], "示例：认为第三条与上位法不一致。")

    async def clean_up(self) -> None:
        """The government looks through its own, and keeps what is in force."""
        begun = await self.say(
            "city", "supervision", "OpenDocumentCleanup", OVERSIGHT, cause=1, reasons="示例：两年一次的清理"
        )
        listed = await self.say("city", "supervision", "ListDocumentsInForce", OVERSIGHT, page_size=100)
        kept = [
            {"document_id": each.document_id, "result": 1, "reasons": "示例：仍需执行"}
            for each in listed.documents
            if not each.body_id
        ]
        key = {"cleanup_id": begun.document_cleanup.cleanup_id}
        await self.say(
            "city", "supervision", "PublishDocumentCleanup", OVERSIGHT, documents=kept, address=given.ADDRESS, **key
        )  # fmt: skip


def planned(
    callers: Callers, desks: Sequence[Desk], now: datetime, rng: Random
) -> Iterator[tuple[datetime, str, Callable[[], Awaitable[None]]]]:
    """Every act with its time and what it is called."""
    today = now.astimezone(SHANGHAI).date()

    def on_day(days_ago: int, after: datetime = _LONG_AGO) -> datetime:
        """In office hours of that day, or of the next working day; never before what has to be done first."""
        return max(on(rng, today - timedelta(days=days_ago)), after + timedelta(minutes=20))

    shelf = Shelf(callers, desks, today.year)
    earlier, effect = now - timedelta(days=400), on_day(48)
    yield on_day(60), "列入制定计划", lambda: shelf.plan(IN_FORCE)
    yield on_day(58), "登记此前制定的文件", lambda: shelf.enter(earlier)
    yield (
        on_day(57),
        "登记此前制定的文件",
        lambda: shelf.enter_lapsing(earlier, now - timedelta(days=5)),
    )
    yield on_day(50), "公布规范性文件", lambda: shelf.publish(effect)
    yield on_day(44), "规范性文件备案", shelf.file
    planned_on = on_day(40)
    announced = on_day(39, planned_on)
    due = on_day(23)
    held = on_day(22, due)
    argued = on_day(21, held)
    yield planned_on, "列入制定计划", lambda: shelf.plan(HEARD)
    yield announced, "公告听证", lambda: shelf.announce_on_draft(due)
    yield held, "举行听证", lambda: shelf.hold_hearing(due)
    yield argued, "专家论证", shelf.argue
    yield on_day(20), "规范性文件清理", shelf.clean_up
    yield on_day(19, argued), "说明意见采纳情况", shelf.answer
    yield on_day(12), "列入制定计划", lambda: shelf.plan(OPEN)
    yield on_day(6), "审查建议", shelf.ask
    opened = on_day(3)
    yield opened, "公开征求意见", shelf.open
    yield on_day(1, opened), "公告听证", lambda: shelf.announce_hearing(now + timedelta(days=30))

"""The major decisions of the demonstration: one carried out after a hearing, one before the public, one only listed."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from yifa.registry.v1.legal_adviser_pb2 import LEGAL_ADVISER_KIND_PUBLIC_LAWYER
from yifa.supervision.v1 import major_decision_pb2 as pb

from services.demo.folder import Desk
from services.demo.officehours import later, on
from services.given import major_decision as given
from services.given.registry import legal_adviser
from services.given.say import patient, saying
from services.law.calendar import SHANGHAI
from services.node.callers import Callers

CARRIED_OUT, OPEN, LISTED = (
    "示例市生活垃圾分类三年行动规划",
    "示例市老旧小区改造实施方案",
    "示例市城市轨道交通票价调整方案",
)
PUBLIC: given.Fields = {
    "kind": LEGAL_ADVISER_KIND_PUBLIC_LAWYER,
    "licence_number": "14401201661000001",
    "document": "示例任命文件",
}
EXPERT, UNIT = "示例规划专家", "示例大学城市规划学院"
WANTED = (
    pb.DECISION_TRAIT_VITAL_INTERESTS,
    pb.DECISION_TRAIT_SPECIALISED,
    pb.DECISION_TRAIT_RISKY,
    pb.DECISION_TRAIT_MARKET,
)


class Cabinet:
    """The matters as they were put on the catalogue, and what is done about each."""

    def __init__(self, callers: Callers, year: int) -> None:
        self.say, self.year = patient(saying(callers)), year
        self.ids: dict[str, str] = {}
        self.expert = self.adviser = ""

    async def enlist(self) -> None:
        self.adviser = (
            await legal_adviser(self.say, name="示例公职律师", unit="示例市司法局", **PUBLIC)
        ).adviser_id
        self.expert = await given.enlist(self.say, EXPERT, UNIT)

    async def list(self, title: str) -> None:
        self.ids[title] = await given.put_on_catalogue(self.say, title, self.year)

    async def begin(self, title: str) -> None:
        await given.begin(self.say, self.ids[title], *WANTED)

    async def open(self, title: str) -> None:
        await given.act(self.say, self.ids[title], "PublishDecisionDraft", **given.OPEN)
        await given.comment(self.say, self.ids[title], "示例：建议就近设置。")

    async def hear(self, announced: datetime, held: datetime) -> None:
        await given.hear(self.say, self.ids[CARRIED_OUT], announced, held)

    async def held(self) -> None:
        await given.held(self.say, self.ids[CARRIED_OUT])

    async def submit(self) -> None:
        """The comment is closed, experts argued, the risks were assessed: the draft goes to the review."""
        decision_id = self.ids[CARRIED_OUT]
        await given.close(self.say, decision_id)
        await given.argue(self.say, decision_id, self.expert, EXPERT)
        await given.submit(self.say, decision_id)

    async def decide(self) -> None:
        await given.conclude(self.say, self.ids[CARRIED_OUT], adviser=self.adviser)

    async def report(self) -> None:
        progress: given.Fields = {"report": "示例：已建成分类投放点一百二十处"}
        await given.act(self.say, self.ids[CARRIED_OUT], "ReportDecisionExecution", **progress)


def planned(
    callers: Callers, _desks: Sequence[Desk], now: datetime, rng: Random
) -> Iterator[tuple[datetime, str, Callable[[], Awaitable[None]]]]:
    """Every act with its time and what it is called."""
    today = now.astimezone(SHANGHAI).date()

    def on_day(days_ago: int) -> datetime:
        return on(rng, today - timedelta(days=days_ago))

    cabinet = Cabinet(callers, today.year)
    listed = on_day(88)
    known, begun = later(rng, listed, 1), later(rng, listed, 3)
    opened = later(rng, begun, 2)
    announced = later(rng, opened, 1)
    heard, closed = later(rng, announced, 12), later(rng, opened, 26)
    decided = later(rng, closed, 9)
    yield listed, "列入决策目录", lambda: cabinet.list(CARRIED_OUT)
    yield known, "专家入库", cabinet.enlist
    yield begun, "启动重大行政决策", lambda: cabinet.begin(CARRIED_OUT)
    yield opened, "决策草案公开征求意见", lambda: cabinet.open(CARRIED_OUT)
    yield announced, "公布听证会事项", lambda: cabinet.hear(announced - timedelta(minutes=1), heard)
    yield later(rng, heard, 1), "举行听证会", cabinet.held
    yield closed, "决策草案送审", cabinet.submit
    yield decided, "作出重大行政决策", cabinet.decide
    yield on_day(9), "报告决策执行情况", cabinet.report
    yield on_day(26), "列入决策目录", lambda: cabinet.list(OPEN)
    yield on_day(22), "列入决策目录", lambda: cabinet.list(LISTED)
    yield on_day(16), "启动重大行政决策", lambda: cabinet.begin(OPEN)
    yield on_day(6), "决策草案公开征求意见", lambda: cabinet.open(OPEN)

"""The registers of the demonstration that stand behind evidence: a device in order, one that waits for its reviews, one that was
moved; an institution that takes samples, and one whose qualification was withdrawn.
"""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from random import Random

from services.demo.folder import Desk
from services.demo.officehours import on
from services.given import evidence_register as given
from services.given.people import UNIT
from services.given.say import Do, patient, saying
from services.law.calendar import SHANGHAI
from services.node.callers import Callers

IN_ORDER, WAITING, MOVED = "示例监控1号", "示例监控2号", "示例监控3号"
LISTED, WITHDRAWN = "示例检测有限公司", "示例检验所"


class Cabinet:
    """What one department registers, with the ids that its entries got."""

    def __init__(self, callers: Callers, desk: Desk) -> None:
        self.do: Do = partial(patient(saying(callers)), desk.node, "enforcement")
        self.desk, self.ids = desk, dict[str, str]()

    async def enter(self, number: str) -> None:
        place = f"{self.desk.place}示例路口"
        self.ids[number] = await given.enter_device(self.do, self.desk.body_id, number, place=place)

    async def review(self, number: str, kind: int) -> None:
        await given.review(self.do, self.ids[number], kind)

    async def publish(self, number: str) -> None:
        await given.publish(self.do, self.ids[number])

    async def retire(self, number: str) -> None:
        await self.do(
            "RetireMonitoringDevice", UNIT, device_id=self.ids[number], cause="示例：道路改造，设备迁移"
        )

    async def list(self, name: str, at: datetime) -> None:
        said = {"name": name, "issuer": "示例市市场监督管理局"}
        kept = await given.enter_institution(self.do, f"示检资〔{self.desk.node}〕{name}", at, **said)
        self.ids[name] = kept.institution_id

    async def remove(self, name: str) -> None:
        key = self.ids[name]
        await self.do("RemoveSamplingInstitution", UNIT, institution_id=key, cause="示例：资质被撤销")


def planned(
    callers: Callers, desks: Sequence[Desk], now: datetime, rng: Random
) -> Iterator[tuple[datetime, str, Callable[[], Awaitable[None]]]]:
    """Every act with its time and what it is called, for each department."""
    today = now.astimezone(SHANGHAI).date()

    def on_day(days_ago: int) -> datetime:
        return on(rng, today - timedelta(days=days_ago))

    for desk in desks:
        cabinet, listed = Cabinet(callers, desk), on_day(62)
        for number, began in ((IN_ORDER, 64), (MOVED, 63), (WAITING, 9)):
            yield on_day(began), "登记监控设备", partial(cabinet.enter, number)
        for number in (IN_ORDER, MOVED):
            yield on_day(58), "法制审核", partial(cabinet.review, number, given.LEGAL)
            yield on_day(55), "技术审核", partial(cabinet.review, number, given.TECHNICAL)
            yield on_day(50), "公布设置地点", partial(cabinet.publish, number)
        yield on_day(15), "停用监控设备", partial(cabinet.retire, MOVED)
        for name in (LISTED, WITHDRAWN):
            yield listed, "登记抽样机构", partial(cabinet.list, name, listed)
        yield on_day(18), "移出抽样机构", partial(cabinet.remove, WITHDRAWN)

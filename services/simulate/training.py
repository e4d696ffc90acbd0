"""The collective trainings that a department holds in a year (CBZ-2019-7 2)."""

from collections.abc import Iterable

from yifa.registry.v1 import training_pb2 as pb

from services.given.measure import stamp
from services.given.people import ROSTER
from services.simulate.scene import FIRST, Scene

# Days of the year on which the four are held, all before November, when the city looks how many there were.
SPRING, SUMMER, AUTUMN, LATE = 30, 100, 170, 240
LAST_DAY = 270
"""30 October."""
ASKED = (SPRING, SUMMER, AUTUMN, LATE)
LASTS = 362


async def held(s: Scene, days: Iterable[int]) -> None:
    """Trainings on some days of the year, with all officers."""
    for day in days:
        await s.days(day - (s.today - FIRST).days)
        b = s.bureau
        made = await b.say(
            b.node, "registry", "ScheduleTraining", ROSTER, body_id=b.body_id, kind=pb.TRAINING_KIND_COLLECTIVE,
            topic="行政处罚法", start_time=stamp(s.now), place="第一会议室", teacher="法制科教师", hours=24, half_days=6,
        )  # fmt: skip
        came = [{"officer_id": o, "attended": True, "score": 90} for o in b.officers[:4]]
        key = {"training_id": made.training.training_id}
        await b.say(b.node, "registry", "RecordAttendance", ROSTER, **key, attendances=came)
        await b.say(b.node, "registry", "CloseTraining", ROSTER, **key, effect="测试合格")


async def early(s: Scene) -> None:
    """All four in the first weeks."""
    await held(s, (5, 15, 25, 35))


async def as_asked(s: Scene) -> None:
    """The four that the law asks for."""
    await held(s, ASKED)

"""The collective trainings that a department holds for its officers in a year (CBZ-2019-7 2)."""

from datetime import datetime

from yifa.registry.v1 import training_pb2 as pb

from services.demo.folder import Desk, stamp
from services.given.say import Say, Who

TOPICS = (
    "示例：行政处罚法",
    "示例：行政强制法",
    "示例：行政执法监督条例",
    "示例：裁量基准和文书制作",
)
HOURS, HALF_DAYS = 16, 4
MISSING = 6
"""This officer comes to the first alone, and has not the days that the year asks."""


async def hold(say: Say, desk: Desk, number: int, at: datetime, by: Who) -> None:
    """One of the year's trainings, with all officers of the department but the one who is missing."""
    came = [
        {"officer_id": officer, "attended": True, "score": 90}
        for which, officer in sorted(desk.officers.items())
        if which != MISSING or number == 0
    ]
    fields = {
        "body_id": desk.body_id,
        "kind": pb.TRAINING_KIND_COLLECTIVE,
        "topic": TOPICS[number],
        "place": "示例会议室",
        "teacher": "示例讲师",
        "hours": HOURS,
        "half_days": HALF_DAYS,
        "start_time": stamp(at),
    }
    training = (await say(desk.node, "registry", "ScheduleTraining", by, **fields)).training
    key = {"training_id": training.training_id}
    await say(desk.node, "registry", "RecordAttendance", by, attendances=came, **key)
    await say(desk.node, "registry", "CloseTraining", by, effect="测试合格", **key)

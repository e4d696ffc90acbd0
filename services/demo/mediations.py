"""The civil disputes of the demonstration: one that ended in an agreement, one in which the sides were told what is left, and a
collective matter that is still under way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from yifa.enforcement.v1 import mediation_pb2 as pb
from yifa.enforcement.v1.party_pb2 import PARTY_KIND_CITIZEN, PARTY_KIND_ORGANISATION

from services.demo.folder import Desk, stamp
from services.demo.officehours import later, on
from services.given.people import TEST_AREA, credit_code, id_number
from services.given.say import Who, patient, saying
from services.law.calendar import SHANGHAI
from services.node.callers import Callers

# Far from the numbers of whoever else stands in the story.
NUMBERS = 79_000
METHODS = {
    "REGISTER": "RegisterMediation",
    "ACCEPT": "AcceptMediation",
    "MEET": "MeetInMediation",
    "AGREE": "AgreeInMediation",
    "END": "EndMediation",
}


@dataclass
class Dispute:
    """A dispute, as far as it has come."""

    desk: Desk
    serial: int
    began: int
    """How many days ago it was registered."""
    steps: tuple[str, ...]
    about: dict[str, Any]
    key: str = ""

    @property
    def sides(self) -> tuple[str, str]:
        return f"示例居民{self.serial}号", f"示例经营部{self.serial}号"


def told(desks: Sequence[Desk]) -> tuple[Dispute, ...]:
    noise = {"origin": pb.MEDIATION_ORIGIN_ASKED, "subject": "示例：经营部夜间噪声扰民的补偿"}
    drain = {"origin": pb.MEDIATION_ORIGIN_HANDED_OVER, "subject": "示例：相邻排水纠纷"}
    crowd = {
        "origin": pb.MEDIATION_ORIGIN_FOUND,
        "subject": "示例：住户集体反映油烟扰民",
        "group": True,
        "people": 36,
        "measures": "示例：当日到场疏导，责令暂停使用排烟设备",
    }
    return (
        Dispute(desks[0], 1, 40, ("REGISTER", "ACCEPT", "MEET", "AGREE"), noise),
        Dispute(desks[-1], 2, 25, ("REGISTER", "ACCEPT", "MEET", "END"), drain),
        Dispute(desks[0], 3, 6, ("REGISTER", "ACCEPT"), crowd),
    )


def planned(
    callers: Callers, desks: Sequence[Desk], now: datetime, rng: Random
) -> list[tuple[datetime, str, Callable[[], Any]]]:
    """The acts of the disputes, each with its time and name."""
    found: list[tuple[datetime, str, Callable[[], Any]]] = []
    for its in told(desks):
        last = now - timedelta(days=its.began + 1)
        for after, step in enumerate(its.steps):
            at = on(rng, (now.astimezone(SHANGHAI) - timedelta(days=its.began - 2 * after)).date())
            last = at = at if at > last else later(rng, last, 1)
            found.append((at, step, partial(do, callers, its, step, at)))
    return found


async def do(callers: Callers, its: Dispute, step: str, at: datetime) -> None:
    """One act of a dispute. Raises AioRpcError."""
    desk, when = its.desk, stamp(at)
    unit: Who = (desk.person("unit"), "UNIT_HEAD")

    def papers(text: str) -> list[dict[str, Any]]:
        return [{"party": side, "text": text, "time": when} for side in its.sides]

    resident, business = its.sides
    said: dict[str, dict[str, Any]] = {
        "REGISTER": {
            "body_id": desk.body_id,
            "parties": [
                {
                    "kind": PARTY_KIND_CITIZEN,
                    "name": resident,
                    "identity_number": id_number(NUMBERS + its.serial),
                },
                {
                    "kind": PARTY_KIND_ORGANISATION,
                    "name": business,
                    "identity_number": credit_code(NUMBERS + its.serial, area=TEST_AREA),
                },
            ],
            **its.about,
        },
        "ACCEPT": {"consents": papers("同意调解书")},
        "MEET": {
            "meeting": {
                "time": when,
                "place": f"{desk.place}调解室",
                "mediators": [desk.officers[1]],
                "public": True,
                "minutes": "示例：双方陈述，核对损失，提出方案。",
            }
        },
        "AGREE": {
            "text": "示例：经营部二十二时后停止作业，十日内补偿二千元。",
            "signatures": papers("签名"),
            "agree_time": when,
        },
        "END": {
            "reasons": "示例：双方就排水走向未能达成一致",
            "told": papers("可以向人民法院提起民事诉讼"),
        },
    }
    known = {"mediation_id": its.key} if its.key else {}
    reply = await patient(saying(callers))(
        desk.node, "enforcement", METHODS[step], unit, **known, **said[step]
    )
    its.key = reply.mediation.mediation_id

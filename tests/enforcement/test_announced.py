"""Service by public notice: the last resort, and its time (APL 61; Civil Procedure Law 95)."""

from datetime import timedelta

from yifa.enforcement.v1 import case_pb2 as cases

from services.given.case import Dossier
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, stamp

NOWHERE = "受送达人下落不明，直接送达、留置送达、邮寄送达均无法送达"


async def announce(d: Department, dossier: Dossier, **fields: object) -> cases.Case:
    said = {"cause": NOWHERE, "address": "本机关公告栏和门户网站", **fields}
    return (await d.do("AnnounceService", CLERK, case_id=dossier.case_id, **said)).case


async def test_a_decision_is_announced_for_a_party_that_cannot_be_found(department: Department) -> None:
    dossier = await department.decided()

    case = await announce(department, dossier)

    assert case.state == cases.CASE_STATE_DECIDED, "the party is not served yet"
    assert (case.announcement.cause, case.announcement.announce_time) == (NOWHERE, stamp(department.now))
    assert department.names(case.case_id)[-1] == "ServiceAnnounced"


async def test_public_notice_is_the_last_resort(department: Department) -> None:
    dossier = await department.decided()

    async with department.refused("OTHER_WAYS_LEFT", law="APL-2021:61(1);CPL-2023:95(1)"):
        await announce(department, dossier, cause=" ")


async def test_it_is_announced_once_and_not_before_the_decision(department: Department) -> None:
    dossier = await department.decided()

    async with department.refused("ACTS_OUT_OF_ORDER"):
        await announce(department, dossier, announce_time=stamp(department.now - timedelta(days=1)))
    await announce(department, dossier)
    async with department.refused("ALREADY_DONE"):
        await announce(department, dossier)

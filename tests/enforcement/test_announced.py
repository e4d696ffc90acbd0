"""Service by public notice: the last resort, and its time (APL 61; Civil Procedure Law 95)."""

from datetime import UTC, datetime, timedelta

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.law.v1.law_pb2 import CLOCK_STATE_MET, CLOCK_STATE_RUNNING

from services.given.case import Dossier
from services.law.calendar import SHANGHAI
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, INSTANT, stamp

LAST = datetime(2026, 4, 9, 23, 59, 59, 999999, tzinfo=SHANGHAI)
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


async def test_the_party_is_served_when_thirty_days_have_passed(department: Department) -> None:
    """Announced on 10 March: the thirtieth day is 9 April."""
    dossier = await department.decided()
    notice = {"method": cases.SERVICE_METHOD_PUBLIC_NOTICE, "receipt": "公告及照片"}

    async with department.refused("PUBLIC_NOTICE_RUNS", law="APL-2021:61(1);CPL-2023:95(1)"):
        await department.serve(dossier, **notice)
    await announce(department, dossier)
    department.now = LAST
    async with department.refused("PUBLIC_NOTICE_RUNS") as told:
        await department.serve(dossier, **notice)
    department.now = LAST + INSTANT
    served = await department.serve(dossier, **notice)

    assert told.metadata["until"] == "2026-04-09T23:59:59+08:00"
    assert served.case.state == cases.CASE_STATE_SERVED


async def test_while_the_notice_runs_nobody_is_late_with_service(department: Department) -> None:
    """The seven working days of article 61 end with the announcement; the thirty days of the notice run in their place."""
    dossier = await department.decided()

    announced = {d.clock_id: d for d in (await announce(department, dossier)).deadlines}
    department.now = LAST + INSTANT
    notice = {"method": cases.SERVICE_METHOD_PUBLIC_NOTICE, "receipt": "公告及照片"}
    served = {d.clock_id: d.state for d in (await department.serve(dossier, **notice)).case.deadlines}

    assert (announced["PEN-16"].state, announced["PEN-17"].state) == (CLOCK_STATE_MET, CLOCK_STATE_RUNNING)
    assert announced["PEN-17"].due_time.ToDatetime(UTC).astimezone(SHANGHAI) == LAST
    assert served["PEN-17"] == CLOCK_STATE_MET

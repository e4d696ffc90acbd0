"""Service by public notice: the last resort, and its time (APL 61; Civil Procedure Law 95)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.law.v1.law_pb2 import CLOCK_STATE_MET, CLOCK_STATE_RUNNING

from services.given.case import WAIVER
from services.law.calendar import SHANGHAI
from tests.enforcement.department import Department
from tests.enforcement.handing_in import handed_in
from tests.enforcement.samples import CLERK, HOUR, INSTANT, START, WINDOW_END, Dossier, stamp

LAST = datetime(2026, 4, 9, 23, 59, 59, 999999, tzinfo=SHANGHAI)
AFTER = WINDOW_END + INSTANT
NOWHERE = "受送达人下落不明，直接送达、留置送达、邮寄送达均无法送达"


LOST = {**WAIVER, "title": "派出所查询证明"}
"""A document that shows that the party cannot be found."""


async def decided(d: Department) -> Dossier:
    """A decided case with that document among its evidence."""
    d.now = START
    dossier = await d.noticed()
    dossier.lost = (await d.evidence(dossier, **LOST)).evidence.evidence_id
    d.now = AFTER
    await d.decide(dossier)
    return dossier


async def announce(d: Department, dossier: Any, **fields: object) -> cases.Case:
    found = {"whereabouts": dossier.lost}
    said = {"cause": NOWHERE, "address": "本机关公告栏和门户网站", **found, **fields}
    return (await d.do("AnnounceService", CLERK, case_id=dossier.case_id, **said)).case


async def test_a_decision_is_announced_for_a_party_that_cannot_be_found(department: Department) -> None:
    dossier = await decided(department)

    case = await announce(department, dossier)

    assert case.state == cases.CASE_STATE_DECIDED, "the party is not served yet"
    assert (case.announcement.cause, case.announcement.announce_time) == (NOWHERE, stamp(department.now))
    assert department.names(case.case_id)[-1] == "ServiceAnnounced"


async def test_public_notice_is_the_last_resort(department: Department) -> None:
    dossier = await decided(department)

    for lacking in ({"cause": " "}, {"whereabouts": ""}, {"whereabouts": "派出所查询证明"}):
        async with department.refused("OTHER_WAYS_LEFT", law="APL-2021:61(1);CPL-2023:95(1)"):
            await announce(department, dossier, **lacking)


async def test_the_ways_of_service_follow_each_other_each_with_its_proof(
    department: Department, photo: Path
) -> None:
    """By post when direct service failed; left where it was refused, on record; announced when direct service and post failed.
    What was tried before the decision, or what no paper of the case shows, counts for nothing.
    """
    other, dossier = await decided(department), await decided(department)
    proof = (await handed_in(department, dossier, photo, title="送达情况记录")).file_id
    elsewhere = (await handed_in(department, other, photo, title="送达情况记录")).file_id
    department.now += HOUR  # after the decision
    tried = {
        "method": cases.SERVICE_METHOD_DIRECT,
        "attempt_time": stamp(department.now),
        "reason": "无人",
        "proof": proof,
    }
    posted = tried | {"method": cases.SERVICE_METHOD_POST, "reason": "退回"}
    early = tried | {"attempt_time": stamp(START)}

    for failed in ([], [tried | {"proof": elsewhere}], [tried | {"reason": " "}], [early], [posted]):
        async with department.refused("DIRECT_SERVICE_FIRST", law="APL-2021:61(1);CPL-2023:91"):
            await department.serve(dossier, method=cases.SERVICE_METHOD_POST, attempts=failed)
    left = {"refuse_time": stamp(department.now), "witness": "居委会工作人员", "record": proof}
    for how in (
        {},
        left | {"record": ""},
        left | {"record": elsewhere},
        left | {"refuse_time": stamp(START)},
    ):
        async with department.refused("NOT_REFUSED", law="APL-2021:61(1);CPL-2023:89"):
            await department.serve(dossier, method=cases.SERVICE_METHOD_LEFT, left=how)
    async with department.refused("OTHER_WAYS_LEFT"):
        await announce(department, dossier, whereabouts="", attempts=[tried])
    case = await announce(department, dossier, whereabouts="", attempts=[tried, posted])
    assert [a.method for a in case.announcement.attempts] == [
        cases.SERVICE_METHOD_DIRECT,
        cases.SERVICE_METHOD_POST,
    ]
    served = await department.serve(dossier, method=cases.SERVICE_METHOD_LEFT, left=left, attempts=[tried])

    assert served.case.service.left.witness == "居委会工作人员"
    assert served.case.service.attempts[0].proof == proof


async def test_it_is_announced_once_and_not_before_the_decision(department: Department) -> None:
    dossier = await decided(department)

    async with department.refused("ACTS_OUT_OF_ORDER"):
        await announce(department, dossier, announce_time=stamp(department.now - timedelta(days=1)))
    await announce(department, dossier)
    async with department.refused("ALREADY_DONE"):
        await announce(department, dossier)


async def test_the_party_is_served_when_thirty_days_have_passed(department: Department) -> None:
    """Announced on 10 March: the thirtieth day is 9 April."""
    dossier = await decided(department)
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
    dossier = await decided(department)

    announced = {d.clock_id: d for d in (await announce(department, dossier)).deadlines}
    department.now = LAST + INSTANT
    notice = {"method": cases.SERVICE_METHOD_PUBLIC_NOTICE, "receipt": "公告及照片"}
    served = {d.clock_id: d.state for d in (await department.serve(dossier, **notice)).case.deadlines}

    assert (announced["PEN-16"].state, announced["PEN-17"].state) == (CLOCK_STATE_MET, CLOCK_STATE_RUNNING)
    assert announced["PEN-17"].due_time.ToDatetime(UTC).astimezone(SHANGHAI) == LAST
    assert served["PEN-17"] == CLOCK_STATE_MET

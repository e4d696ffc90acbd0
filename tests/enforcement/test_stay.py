"""Execution of a decision is stayed: by whom, in which remedy, until when, and nothing enforces it then (ARL 42; ALIT 56)."""

from collections.abc import Awaitable, Callable
from functools import partial

from yifa.enforcement.v1 import enforcement_pb2 as own_pb
from yifa.enforcement.v1 import stay_pb2 as pb

from tests.enforcement.court import expired
from tests.enforcement.department import Department
from tests.enforcement.own import ENOUGH, LATE, TRANSFER, Own, empower
from tests.enforcement.samples import DAY, FINANCE, HEAD, INSTANT, Dossier, stamp
from tests.enforcement.staying import AGENCY, BODY, COURT, stay, stay_end
from tests.enforcement.test_auction import auction, seized
from tests.enforcement.test_auction import demanded as to_be_auctioned
from tests.enforcement.test_surcharge import DUE, SUIT, remedy, remedy_end

STAYED = "EXECUTION_STAYED"


async def test_who_stays_it_when_and_by_which_order(department: Department) -> None:
    d, dossier = department, await department.served()
    d.now = DUE

    for by in (BODY, AGENCY, COURT):
        async with d.refused("NO_REMEDY_LASTS", law="ARL-2023:42;ALIT-2017:56"):
            await stay(d, dossier, by)
    await remedy(d, dossier)
    async with d.refused("NO_REMEDY_LASTS"):  # in a reconsideration no court
        await stay(d, dossier, COURT)
    async with d.refused("STAY_NOT_SHOWN"):
        await stay(d, dossier, document=" ")
    async with d.refused("STAY_NOT_GROUNDED"):
        await stay(d, dossier, cause=" ")
    async with d.refused("STAY_NOT_GROUNDED"):  # the agency grants no application
        await stay(d, dossier, AGENCY, ground=pb.STAY_GROUND_APPLICATION)
    async with d.refused("STAY_NOT_GROUNDED"):
        await stay(d, dossier, BODY, ground=pb.STAY_GROUND_AGENCY_NEED)
    async with d.refused("ACT_IN_FUTURE"):
        await stay(d, dossier, begin_time=stamp(DUE + INSTANT))
    async with d.refused("NO_REMEDY_LASTS"):
        await stay(d, dossier, begin_time=stamp(DUE - INSTANT))
    async with d.refused("NO_STAY_LASTS"):
        await stay_end(d, dossier)

    case = await stay(d, dossier, document=" 停止执行1号 ")

    assert [(s.document, s.ordered_by, s.HasField("end_time")) for s in case.stays] == [
        ("停止执行1号", BODY, False)
    ]
    assert d.names(case.case_id)[-1] == "ExecutionStayed"
    async with d.refused("ALREADY_DONE"):
        await stay(d, dossier)
    async with d.refused("ALREADY_DONE"):
        await stay(d, dossier, AGENCY, document="停止执行1号")
    await stay(d, dossier, AGENCY, document="自行停止1号")
    for wrong, reason in (
        ({"document": " "}, "STAY_NOT_SHOWN"),
        ({"stay_document": "停止执行2号"}, "NO_STAY_LASTS"),
        ({"end_time": stamp(DUE - INSTANT)}, "ACTS_OUT_OF_ORDER"),
    ):
        async with d.refused(reason):
            await stay_end(d, dossier, **wrong)
    case = await stay_end(d, dossier, stay_document="停止执行1号")
    assert [s.HasField("end_time") for s in case.stays] == [True, False]
    assert d.names(case.case_id)[-1] == "StayEnded"
    async with d.refused("NO_STAY_LASTS"):
        await stay_end(d, dossier, stay_document="停止执行1号")
    d.now = DUE + DAY
    await remedy_end(d, dossier)
    async with d.refused("NO_STAY_LASTS"):  # it ended with the reconsideration
        await stay_end(d, dossier, stay_document="自行停止1号")


async def test_an_agency_enforces_nothing_while_it_is_stayed(department: Department) -> None:
    d = department
    own = Own(d, await d.served())
    dossier = own.dossier
    await empower(d, dossier.body_id)
    d.now = LATE

    await remedy(d, dossier)
    await stay(d, dossier, AGENCY)
    async with d.refused(STAYED, law="ARL-2023:42;ALIT-2017:56"):
        await own.begin()
    await stay_end(d, dossier)
    await own.begin()
    await stay(d, dossier)
    async with d.refused("SURCHARGE_RULE", STAYED):  # none runs in a remedy either
        await own.act("ChargeSurcharge", FINANCE)
    async with d.refused(STAYED):
        await own.demand()
    await remedy_end(d, dossier)  # and with it the stay
    await own.demand()

    d.now = ENOUGH
    await remedy(d, dossier, SUIT)
    async with d.refused("NO_REMEDY_LASTS"):  # in a suit the agency asks the court
        await stay(d, dossier, AGENCY)
    await _not_while_stayed(d, dossier, partial(own.decide, at_once=True, hiding_evidence="转账记录"))
    for forces in (own.decide, own.serve, own.start):
        await _not_while_stayed(d, dossier, forces)
        await forces()
    await stay(d, dossier, COURT)  # what is under way is suspended
    await own.act(
        "SuspendEnforcement", HEAD, ground=own_pb.SUSPENSION_OF_ENFORCEMENT_OTHER, cause="法院裁定停止执行"
    )
    await stay_end(d, dossier)
    resume = partial(own.act, "ResumeEnforcement", HEAD, cause="情形消失", execution=TRANSFER)
    await _not_while_stayed(d, dossier, resume)
    await resume()
    left = await d.do("GetOwed", FINANCE, case_id=dossier.case_id)
    await own.bring_in(left.owed.total.fen / 100)
    complete = partial(own.act, "CompleteEnforcement", FINANCE, record="执行笔录")
    await _not_while_stayed(d, dossier, complete)
    assert (await complete()).state == own_pb.ENFORCEMENT_STATE_ENFORCED


async def _not_while_stayed(d: Department, dossier: Dossier, forces: Callable[[], Awaitable[object]]) -> None:
    await stay(d, dossier, COURT)
    async with d.refused(STAYED):
        await forces()
    await stay_end(d, dossier)


async def test_nobody_applies_to_the_court_while_it_is_stayed(department: Department) -> None:
    d, court = department, await expired(department)
    await remedy(d, court.dossier, SUIT)
    await stay(d, court.dossier, COURT)
    urgent = {"at_once": True, "urgency": "即将倒塌", "public_safety": "行人安全"}

    async with d.refused(STAYED, law="ARL-2023:42;ALIT-2017:56"):
        await court.demand()
    async with d.refused(STAYED):
        await court.apply(**urgent)
    await stay_end(d, court.dossier)
    await court.demand()
    await stay(d, court.dossier, COURT)
    d.now += 20 * DAY
    async with d.refused("REMEDY_OPEN", STAYED):
        await court.apply()
    await stay_end(d, court.dossier)
    assert (await court.apply(**urgent)).application.court


async def test_what_is_held_pays_no_fine_while_it_is_stayed(department: Department) -> None:
    dossier, measure = await seized(department)
    await to_be_auctioned(department, dossier)
    department.now += 11 * DAY
    await remedy(department, dossier, SUIT)
    await stay(department, dossier, COURT)

    async with department.refused("AUCTION_TOO_EARLY", STAYED):
        await auction(department, measure)


async def test_an_act_is_judged_by_the_time_at_which_it_was_done(department: Department) -> None:
    """Told late, a demand of the day before the stay stands, and one of its first moment does not."""
    d = department
    own = Own(d, await d.served())
    await empower(d, own.dossier.body_id)
    d.now = LATE
    await own.begin()
    await remedy(d, own.dossier)
    d.now = LATE + 2 * DAY
    await stay(d, own.dossier, begin_time=stamp(LATE + DAY))
    d.now = LATE + 3 * DAY

    async with d.refused(STAYED):
        await own.demand(serve_time=stamp(LATE + DAY))
    demanded = await own.demand(serve_time=stamp(LATE + DAY - INSTANT))

    assert demanded.state == own_pb.ENFORCEMENT_STATE_DEMANDED

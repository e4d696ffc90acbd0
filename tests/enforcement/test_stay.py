"""Execution of a decision is stayed: by whom, in which remedy, until when, and nothing enforces it then (ARL 42; ALIT 56)."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from yifa.enforcement.v1 import enforcement_pb2 as own_pb
from yifa.enforcement.v1 import outside_pb2 as outside
from yifa.enforcement.v1 import stay_pb2 as pb

from tests.enforcement.court import expired
from tests.enforcement.department import Department
from tests.enforcement.own import ENOUGH, LATE, TRANSFER, Own, empower
from tests.enforcement.samples import CLERK, DAY, FINANCE, HEAD, INSTANT, Dossier, fine, serial, stamp
from tests.enforcement.stages_told import in_time, new_record, report, without
from tests.enforcement.staying import AGENCY, BODY, COURT, stay, stay_end
from tests.enforcement.test_auction import auction, seized
from tests.enforcement.test_auction import demanded as to_be_auctioned
from tests.enforcement.test_credit_repair import DECIDED, Asked, shown
from tests.enforcement.test_publication import decided, publish
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


async def test_the_credit_display_rests_while_a_court_or_the_body_stays_execution(
    department: Department,
) -> None:
    d, asked = department, await shown(department, paid=False)
    dossier = asked.dossier
    assert await asked.on_show()
    await remedy(d, dossier)

    await stay(d, dossier, AGENCY)
    assert await asked.on_show(), "an order of the agency itself lets nothing rest"
    case = await stay(d, dossier)
    assert not await asked.on_show()
    assert d.names(case.case_id)[-2:] == ["ExecutionStayed", "CreditDisplayRested"]
    d.now += DAY
    await stay_end(d, dossier)
    assert await asked.on_show() and d.names(case.case_id)[-1] == "CreditDisplayReturned"
    await stay(d, dossier)
    assert not await asked.on_show()
    d.now += DAY
    await remedy_end(d, dossier)
    assert await asked.on_show(), "with the remedy the stay ended"


async def test_what_rests_and_is_annulled_never_returns(department: Department) -> None:
    d = department
    d.now = DECIDED
    dossier = await decided(d, party=f"示例企业停{next(serial)}", proposal=fine(30_000))
    await d.serve(dossier)
    await remedy(d, dossier)
    await stay(d, dossier)
    await publish(d, dossier)
    asked = Asked(d, dossier)
    assert not await asked.on_show(), "it is public, and not on the credit websites"
    d.now += DAY
    ended = {"kind": 2, "authority": "示例市人民政府", "document": f"示府复决{dossier.case_id}", "remedy": 1}
    await d.do("RecordOutcome", CLERK, case_id=dossier.case_id, **ended)

    assert not await asked.on_show()
    said = {"explanation": "决定已撤销", "address": "门户网站"}
    await d.do("WithdrawPublication", CLERK, case_id=dossier.case_id, **said)
    assert not await asked.on_show() and "CreditDisplayReturned" not in d.names(dossier.case_id)


async def test_the_display_of_a_case_that_another_system_keeps_rests_too(world: Department) -> None:
    told = without(in_time(new_record("ordinary")), "record_outcome", "withdraw_publication", "record_payment", "close_case",
                   "request_deferral", "decide_deferral", "file_major_penalty")  # fmt: skip
    case_id = (await report(world, *told)).case_id
    last = max(s.act_time.seconds for s in told)

    async def tell(name: str, hours: int, said: dict[str, Any]) -> bool:
        stage = outside.OutsideStage(
            system=told[0].system,
            source_case=told[0].source_case,
            stage_id=name,
            actor="clerk-1",
            **{name: said},
        )
        stage.matter.CopyFrom(told[0].matter)
        stage.act_time.seconds = last + hours * 3600
        await report(world, stage)
        return bool((await world.case(case_id)).credit.rested)

    by = {"authority": "示例市人民政府"}
    assert not await tell("record_remedy", 1, {"kind": 1, "document": "受理通知书1号", **by})
    stayed = {"ordered_by": 1, "document": "停止执行1号", "ground": 3, "cause": "损失难以弥补", **by}
    assert await tell("record_stay", 2, stayed) and world.names(case_id)[-1] == "CreditDisplayRested"
    assert not await tell("record_stay_end", 3, {"stay_document": "停止执行1号", "document": "恢复执行1号"})
    assert world.names(case_id)[-1] == "CreditDisplayReturned"

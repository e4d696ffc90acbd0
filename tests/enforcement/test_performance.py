"""Payment to the bank, and closing."""

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import court_enforcement_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.law.procedures.penalty import ORDINARY
from tests.enforcement.court import applied
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, DAY, FINANCE, HEAD, INSTANT, WINDOW_END, fine, stamp, yuan

DECIDED = WINDOW_END + INSTANT


async def close(d: Department, case_id: str, **closing: object) -> cases.Case:
    return (await d.do("CloseCase", HEAD, case_id=case_id, report="结案报告", closing=closing)).case


async def test_payments_go_to_a_bank(department: Department) -> None:
    dossier = await department.served()

    async with department.refused("COLLECT_DECIDE_SEPARATION", law="APL-2021:67(2)"):
        await department.pay(dossier, 30000, reference=" ")


async def test_who_decides_or_investigates_does_not_collect(department: Department) -> None:
    dossier = await department.served()
    bank = {"case_id": dossier.case_id, "amount": yuan(30000), "bank_reference": "ABC-2"}

    for person in (HEAD[0], *dossier.ids):
        async with department.refused("COLLECT_DECIDE_SEPARATION", law="APL-2021:67(1)") as told:
            await department.do("RecordPayment", (person, "FINANCE"), **bank)
        assert told.metadata["persons"] == person
    reply = await department.do("RecordPayment", FINANCE, **bank)

    assert [p.recorder for p in reply.case.payments] == [FINANCE[0]]


async def test_no_more_is_paid_than_is_due(department: Department) -> None:
    dossier = await department.served()
    await department.pay(dossier, 10000)

    async with department.refused("OVERPAID", law="APL-2021:67(3)") as told:
        await department.pay(dossier, 20000.01)
    reply = await department.pay(dossier, 20000)

    assert told.metadata["due"] == "20000.00"
    assert reply.case.state == cases.CASE_STATE_PERFORMED and reply.case.paid == yuan(30000)


async def test_the_same_bank_payment_counts_once(department: Department) -> None:
    dossier = await department.served()
    await department.pay(dossier, 10000, reference="ABC-1")

    async with department.refused("PAYMENT_ALREADY_RECORDED") as told:
        await department.pay(dossier, 10000, reference=" ABC-1 ")

    assert told.metadata == {"bank_reference": "ABC-1", "case_id": dossier.case_id}


@pytest.mark.parametrize("amount", [0, -1])
async def test_a_payment_is_more_than_nothing(department: Department, amount: float) -> None:
    dossier = await department.served()

    async with department.refused("MALFORMED") as told:
        await department.pay(dossier, amount)

    assert told.fields == ["amount.fen"]


async def test_a_payment_follows_the_decision(department: Department) -> None:
    dossier = await department.served()

    async with department.refused("ACTS_OUT_OF_ORDER"):
        await department.pay(dossier, 30000, pay_time=stamp(WINDOW_END))
    async with department.refused("ACT_IN_FUTURE"):
        await department.pay(dossier, 30000, pay_time=stamp(DECIDED + INSTANT))


async def test_performance_is_complete_at_the_last_payment(department: Department) -> None:
    dossier = await department.served()
    department.now = DECIDED + 3 * DAY
    await department.pay(dossier, 10000, pay_time=stamp(DECIDED + 2 * DAY))

    reply = await department.pay(dossier, 20000, pay_time=stamp(DECIDED + DAY))

    assert reply.case.perform_time == stamp(DECIDED + 2 * DAY)
    [*_, last] = department.events(dossier.case_id)
    completed = events.PaymentCompleted.FromString(last.data)
    assert completed.amount == yuan(20000)
    clocks = {d.clock_id: d.state for d in reply.case.deadlines}
    assert clocks["PEN-19"] == 2 and clocks["PEN-25"] == 1


async def test_nothing_is_paid_before_service(department: Department) -> None:
    dossier = await department.decided()

    async with department.refused("ACT_NOT_OPEN"):
        await department.pay(dossier, 30000)


async def test_a_case_with_an_unpaid_fine_stays_open(department: Department) -> None:
    dossier = await department.served()
    await department.pay(dossier, 29999.99)

    async with department.refused("CLOSE_NOT_ALLOWED", law="SAMR-2022:77"):
        await close(department, dossier.case_id)
    await department.pay(dossier, 0.01)
    case = await close(department, dossier.case_id)

    assert case.state == cases.CASE_STATE_CLOSED and case.close_report == "结案报告"


MARKET, HOUSING, ENVIRONMENT = "市场监督管理", "住房和城乡建设", "生态环境"
LAW = {MARKET: "SAMR-2022:77", HOUSING: "MOHURD-2022:31", ENVIRONMENT: "ENV-2023:77"}
ACCEPTED, ENDED, ANNULLED = 1, 2, 3
# On what an unpaid case is closed: in which sectors, besides an annulled decision, which leaves nothing to carry out anywhere.
HAVE = {ACCEPTED: {ENVIRONMENT}, ENDED: {MARKET, HOUSING}}


@pytest.mark.parametrize("ground", HAVE)
@pytest.mark.parametrize("field", [MARKET, HOUSING, ENVIRONMENT])
async def test_an_unpaid_case_is_closed_on_what_the_sector_has_for_it(
    department: Department, field: str, ground: int
) -> None:
    """The court accepted the application (ENV 77[2]), or enforcement ended (SAMR 77[2], MOHURD 31[2]), as its record shows."""
    dossier = await department.served(body_id=await department.body(field=field))
    said = {"ground": ground, "document": "行审1号"}

    async with department.refused("CLOSE_NOT_ALLOWED", law=LAW[field]):
        await close(department, dossier.case_id, **said, correction="已改正")
    court = await applied(department, dossier)
    if ground == ACCEPTED:
        async with department.refused("CLOSE_NOT_ALLOWED", law=LAW[field]):
            await close(department, dossier.case_id, **said, correction="已改正")
    await court.court(pb.COURT_SAID_ACCEPTED)
    if ground == ENDED:
        await court.court(pb.COURT_SAID_RULED)
        async with department.refused("CLOSE_NOT_ALLOWED", law=LAW[field]):
            await close(department, dossier.case_id, **said, correction="已改正")
        await court.court(pb.COURT_SAID_ENDED)
    for wrong in ({"document": " "}, {"ground": ANNULLED, "document": "复决1号"}):
        async with department.refused("CLOSE_NOT_ALLOWED", law=LAW[field]):
            await close(department, dossier.case_id, **{**said, **wrong}, correction="已改正")
    if field not in HAVE[ground]:
        async with department.refused("CLOSE_NOT_ALLOWED", law=LAW[field]):
            await close(department, dossier.case_id, **said, correction="已改正")
        return
    case = await close(department, dossier.case_id, **said)

    assert (case.state, case.closing.document) == (cases.CASE_STATE_CLOSED, "行审1号")


@pytest.mark.parametrize("kind", cases.SetAsideKind.values()[1:])
async def test_an_annulled_decision_leaves_nothing_to_carry_out(department: Department, kind: int) -> None:
    dossier = await department.served()
    about = {
        "kind": kind,
        "authority": "示例市人民政府",
        "document": "示府行复〔2026〕8号",
        "remedy": cases.REMEDY_RECONSIDERATION,
        "outcome_time": stamp(DECIDED),
    }
    if kind == cases.SET_ASIDE_KIND_CHANGED:
        about["penalty"] = fine(20000)
    await department.do("RecordOutcome", CLERK, case_id=dossier.case_id, **about)

    if kind not in (cases.SET_ASIDE_KIND_ANNULLED, cases.SET_ASIDE_KIND_VOID):
        async with department.refused("CLOSE_NOT_ALLOWED"):
            await close(department, dossier.case_id, ground=ANNULLED)
        return
    assert (await close(department, dossier.case_id, ground=ANNULLED)).state == cases.CASE_STATE_CLOSED


@pytest.mark.parametrize("field", [MARKET, HOUSING, ENVIRONMENT])
async def test_what_was_ordered_to_be_corrected_is_corrected_before_the_case_is_closed(
    department: Department, field: str
) -> None:
    """ENV 77[1]; the other sectors do not ask it."""
    dossier = await department.served(body_id=await department.body(field=field))
    await department.pay(dossier, 30000)

    if field == ENVIRONMENT:
        for evasion in ({}, {"correction": " "}, {"ground": ENDED, "document": "终结1号"}):
            async with department.refused("CLOSE_NOT_ALLOWED", law="ENV-2023:77[1];APL-2021:28(1)"):
                await close(department, dossier.case_id, **evasion)
    case = await close(department, dossier.case_id, correction="已拆除" if field == ENVIRONMENT else "")

    assert case.state == cases.CASE_STATE_CLOSED


async def test_a_warning_is_closed_after_service(department: Department) -> None:
    warning = fine(0, kinds=[penalties.PENALTY_KIND_WARNING], band_code="3")
    dossier = await department.served(warning)

    async with department.refused("OVERPAID"):
        await department.do(
            "RecordPayment", FINANCE, case_id=dossier.case_id, amount=yuan(1), bank_reference="none-due"
        )
    case = await close(department, dossier.case_id)

    assert case.state == cases.CASE_STATE_CLOSED
    assert "PEN-19" not in {d.clock_id for d in case.deadlines}, "there is no fine to pay"


async def test_a_closed_case_takes_no_more_acts_but_those_on_its_decision(department: Department) -> None:
    dossier = await department.served()
    await department.pay(dossier, 30000)
    await close(department, dossier.case_id)

    async with department.refused("ACT_NOT_OPEN") as told:
        await department.pay(dossier, 1)

    named = told.metadata["open_acts"].split(",")
    assert named == list(dict.fromkeys(move.method for move in ORDINARY.open("CLOSED")))
    assert {"PublishDecision", "RecordOutcome"} <= set(named)


ORDERS = [kind for kind in penalties.PenaltyKind.values() if kind > penalties.PENALTY_KIND_FINE]


async def perform(d: Department, case_id: str, kind: int, **fields: object) -> cases.Case:
    said = {"kind": kind, "proof": "现场核查笔录", **fields}
    return (await d.do("RecordPerformance", CLERK, case_id=case_id, **said)).case


@pytest.mark.parametrize("kind", ORDERS, ids=penalties.PenaltyKind.Name)
async def test_what_was_ordered_is_carried_out_before_the_case_is_closed(
    department: Department, kind: int
) -> None:
    """Things confiscated, operation suspended, licence revoked, closure: none of it is over with the service."""
    dossier = await department.served(fine(0, kinds=[kind], band_code="3"))
    name = penalties.PenaltyKind.Name(kind).removeprefix("PENALTY_KIND_")

    async with department.refused("CLOSE_NOT_ALLOWED", law="SAMR-2022:77") as told:
        await close(department, dossier.case_id)
    assert told.metadata["undone"] == name
    async with department.refused("PERFORMANCE_NOT_PROVED", law="APL-2021:66(1)"):
        await perform(department, dossier.case_id, kind, proof=" ")
    async with department.refused("ACT_IN_FUTURE"):
        await perform(department, dossier.case_id, kind, perform_time=stamp(department.now + DAY))
    case = await perform(department, dossier.case_id, kind)
    async with department.refused("ALREADY_DONE"):
        await perform(department, dossier.case_id, kind)

    assert [(p.kind, p.recorder) for p in case.performances] == [(kind, CLERK[0])]
    assert department.names(case.case_id)[-1] == "PerformanceRecorded"
    assert (await close(department, dossier.case_id)).state == cases.CASE_STATE_CLOSED


async def test_a_paid_fine_is_not_all_that_was_ordered(
    department: Department,
) -> None:
    gains = penalties.PENALTY_KIND_CONFISCATION_OF_GAINS
    proposal = fine(30000, kinds=[penalties.PENALTY_KIND_FINE, gains], confiscation=yuan(5_000_000))
    dossier = await department.served(proposal)
    await department.pay(dossier, 30000)

    async with department.refused("CLOSE_NOT_ALLOWED"):
        await close(department, dossier.case_id)
    for other in (penalties.PENALTY_KIND_FINE, penalties.PENALTY_KIND_CLOSURE):
        async with department.refused("NOT_ORDERED", law="APL-2021:66(1)"):
            await perform(department, dossier.case_id, other)
    await perform(department, dossier.case_id, gains, proof="没收款缴款书")

    assert (await close(department, dossier.case_id)).state == cases.CASE_STATE_CLOSED

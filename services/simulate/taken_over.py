"""What only an event of an outside node brings to the city: cases begun in a node of ours, and gone on with by other software."""

from collections.abc import Sequence
from typing import Any

from yifa.enforcement.v1 import advance_registration_pb2 as registrations
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import credit_repair_pb2 as repairs
from yifa.enforcement.v1 import events_pb2 as events
from yifa.law.v1.law_pb2 import CLOCK_STATE_MET, Money

from services.given import advance_registration as given
from services.given.case import yuan
from services.given.people import CLERK, FINANCE, HEAD
from services.law.moment import put_moment
from services.simulate.handled import ORDINARY, Handled, organisation
from services.simulate.scene import Scene
from services.simulate.stranger import Stranger

# It begins when credit is repaired by the new measures (CREDIT-2025: 1 April 2026).
SINCE, LASTS = 60, 80
KINDS = ("EW-17", "EW-22", "EW-47", "CHAIN")


async def taken_over(s: Scene) -> None:
    """Two cases to be paid and two with evidence registered, one of each lawful; then a forged entry and a lost one."""
    paying, held = [Handled(s) for _ in range(2)], [Handled(s) for _ in range(2)]
    kept, shields = await begun(s, paying, held)
    records = [await record(s, case) for case in (*paying, *held)]
    await s.town.calm_of(s.bureau.node)
    stranger = Stranger(s.town, s.bureau.node)
    await stranger.take_over()
    await s.work()
    for n, case in enumerate(records[:2]):
        await pay(s, stranger, case, 1_800 * n)
    s.expect("EW-22", records[1].case_id)
    s.expect("EW-33", records[1].case_id, "given back")
    s.near_of("EW-22")
    for n, shield in enumerate(shields):
        await unshielded(s, stranger, shield, "重整计划执行不能" if n == 0 else "")
    s.expect("EW-47", records[1].case_id)
    s.near_of("EW-47")
    await released(s, stranger, kept[0])
    s.expect("EW-17", records[3].case_id, settled=True)
    s.near_of("EW-17")
    await s.work(9)  # the seven days are working days (APL 85)
    await released(s, stranger, kept[1])
    await ended(s, stranger, records)
    await s.work()
    stranger.lose()
    await acted(s, stranger, events.CaseArchived, records[0], CLERK[0])
    s.expect("CHAIN", s.bureau.node, "missing")
    await stranger.forge(events.CaseClosed(case=records[0]), s.now, records[0].case_id)
    s.expect("CHAIN", s.bureau.node, "forged")
    s.near_of("CHAIN")
    await s.town.warned("CHAIN")


async def begun(
    s: Scene, paying: Sequence[Handled], held: Sequence[Handled]
) -> tuple[list[registrations.AdvanceRegistration], list[repairs.CreditRepair]]:
    """What the node itself does: decisions served and published, and evidence registered in advance."""
    b, kept = s.bureau, []
    for n, case in enumerate(held):
        await case.begin(party=party(s, 2 + n))
        await case.go(("FileCase", "AssignOfficers"))
    for n, case in enumerate(paying):
        await case.begin(party=party(s, n))
    for rpc in (*ORDINARY, "PublishDecision"):
        await s.work()
        for case in paying:
            await case.act(rpc)
    await s.work()
    for case in held:
        asked = await given.ask(b.do, case.case_id, case.dossier.who)
        named = {"registration_id": asked.registration_id}
        await b.do("ApproveRegistration", b.head, **named)
        done = given.on_site(s.now, case.dossier.ids)
        made = await b.do("RegisterEvidence", case.dossier.who, on_site=done, **named)
        kept.append(made.advance_registration)
    return kept, [await shielded(s, case) for case in paying]


async def ended(s: Scene, stranger: Stranger, records: Sequence[cases.Case]) -> None:
    """The cases that were paid are closed, the others terminated and closed."""
    head = s.bureau.heads[0]
    for n, case in enumerate(records):
        if n < 2:
            case.close_report, case.closing.correction = "处罚决定已执行完毕。", "已按期改正"
        else:
            case.state, case.cause = cases.CASE_STATE_TERMINATED, "当事人注销，终止调查。"
            for term in case.deadlines:
                term.state = CLOCK_STATE_MET
            await acted(s, stranger, events.CaseTerminated, case, head)
        case.state = cases.CASE_STATE_CLOSED
        put_moment(case.close_time, s.now)
        await acted(s, stranger, events.CaseClosed, case, head)


def party(s: Scene, n: int) -> Any:
    return organisation(s, n + 1)


async def record(s: Scene, case: Handled) -> cases.Case:
    reply = await s.bureau.do("GetCase", HEAD, case_id=case.case_id)
    found: cases.Case = reply.case
    return found


async def acted(s: Scene, stranger: Stranger, kind: Any, case: cases.Case, by: str, **more: Any) -> None:
    case.last_act.actor, case.last_act.certificate_number = by, ""
    await stranger.tell_of(kind, case, s.now, **more)


async def pay(s: Scene, stranger: Stranger, case: cases.Case, surcharge: float) -> None:
    """The fine is paid in time; a surcharge, which had not accrued, with it."""
    fine = case.decision.penalty.fine.fen
    case.payments.add(
        amount=Money(fen=fine + yuan(surcharge).fen), surcharge=yuan(surcharge), recorder=FINANCE[0],
        bank_reference=f"示例银行{case.case_id[-10:]}",
    )  # fmt: skip
    put_moment(case.payments[0].pay_time, s.now)
    case.paid.fen, case.surcharge_paid.fen = fine, yuan(surcharge).fen
    case.state = cases.CASE_STATE_PERFORMED
    put_moment(case.perform_time, s.now)
    await acted(s, stranger, events.PaymentCompleted, case, FINANCE[0], amount=case.payments[0].amount)


async def shielded(s: Scene, case: Handled) -> repairs.CreditRepair:
    """The display of a penalty is shielded while the party is being restructured (CREDIT-2025 20)."""
    b = s.bureau
    asked = await b.do(
        "AskCreditShield", CLERK, case_id=case.case_id, applicant="示例企业", ruling="示例法院受理重整裁定书"
    )
    key = {"repair_id": asked.credit_repair.repair_id}
    made = await b.do("ShieldCredit", b.head, **key)
    found: repairs.CreditRepair = made.credit_repair
    return found


async def unshielded(s: Scene, stranger: Stranger, shield: repairs.CreditRepair, reasons: str) -> None:
    """It is shown again, for a reason or for none."""
    shield.state, shield.reasons = repairs.CREDIT_REPAIR_STATE_UNSHIELDED, reasons
    put_moment(shield.unshield_time, s.now)
    await stranger.tell_of(events.CreditUnshielded, shield, s.now)


async def released(s: Scene, stranger: Stranger, kept: registrations.AdvanceRegistration) -> None:
    """What was registered is released by the head."""
    kept.state = registrations.REGISTRATION_STATE_RELEASED
    kept.end.outcome = registrations.REGISTRATION_OUTCOME_RELEASED
    kept.end.decider, kept.end.cause = s.bureau.heads[0], "不需要继续保存"
    put_moment(kept.end.end_time, s.now)
    await stranger.tell_of(events.RegisteredReleased, kept, s.now)

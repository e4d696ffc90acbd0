"""What only an event of an outside node brings to the city: cases begun in a node of ours, and gone on with by other software."""

from typing import Any

from yifa.enforcement.v1 import advance_registration_pb2 as registrations
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.law.v1.law_pb2 import Money

from services.given import advance_registration as given
from services.given.case import yuan
from services.given.people import CLERK, FINANCE, HEAD
from services.law.moment import put_moment
from services.simulate.handled import ORDINARY, Handled, organisation
from services.simulate.scene import Scene
from services.simulate.stranger import Stranger

LASTS = 80
KINDS = ("EW-17", "EW-22", "CHAIN")


async def taken_over(s: Scene) -> None:
    """Two cases to be paid and two with evidence registered, one of each lawful; then a forged entry and a lost one."""
    b = s.bureau
    held, paying = [Handled(s) for _ in range(2)], [Handled(s) for _ in range(2)]
    kept = []
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
    records = [await record(s, case) for case in (*paying, *held)]
    await s.town.calm_of(b.node)
    stranger = Stranger(s.town, b.node)
    await stranger.take_over()
    await s.work()
    for n, case in enumerate(records[:2]):
        await pay(s, stranger, case, 1_800 * n)
    s.expect("EW-22", records[1].case_id)
    s.expect("EW-33", records[1].case_id, "given back")
    s.near_of("EW-22")
    await released(s, stranger, kept[0])
    s.near_of("EW-17")
    s.expect("EW-17", records[3].case_id)
    await s.exactly(12)
    await released(s, stranger, kept[1])
    for case in records[:2]:
        case.state, case.close_report = cases.CASE_STATE_CLOSED, "处罚决定已执行完毕。"
        case.closing.correction = "已按期改正"
        put_moment(case.close_time, s.now)
        await acted(s, stranger, events.CaseClosed, case, b.heads[0])
    for case in records[2:]:
        case.state, case.cause = cases.CASE_STATE_TERMINATED, "当事人注销，终止调查。"
        await acted(s, stranger, events.CaseTerminated, case, b.heads[0])
        case.state = cases.CASE_STATE_CLOSED
        put_moment(case.close_time, s.now)
        await acted(s, stranger, events.CaseClosed, case, b.heads[0])
    await s.work()
    s.near_of("CHAIN")
    stranger.lose()
    for case in records[:1]:
        await acted(s, stranger, events.CaseArchived, case, CLERK[0])
    s.expect("CHAIN", b.node, "missing")
    await stranger.forge(events.CaseClosed(case=records[0]), s.now, records[0].case_id)
    s.expect("CHAIN", b.node, "forged")
    await s.town.warned("CHAIN")


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


async def released(s: Scene, stranger: Stranger, kept: registrations.AdvanceRegistration) -> None:
    """What was registered is released by the head."""
    kept.state = registrations.REGISTRATION_STATE_RELEASED
    kept.end.outcome = registrations.REGISTRATION_OUTCOME_RELEASED
    kept.end.decider, kept.end.cause = s.bureau.heads[0], "不需要继续保存"
    put_moment(kept.end.end_time, s.now)
    await stranger.tell_of(events.RegisteredReleased, kept, s.now)

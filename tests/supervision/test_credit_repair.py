"""Credit repairs at the city: kept, their clocks run, and their rules are judged again."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import credit_repair_pb2 as pb
from yifa.enforcement.v1 import publication_pb2 as publications

from services.given.measure import stamp
from services.law.procedures.credit_repair import TABLE
from services.law.rule import Rule
from tests.supervision.office import Office, at, lawful, running_office
from tests.supervision.test_beside import DAY, SERIAL, Told, a_case, law_of, tell, warned, warnings_of

# Decided on 6 May 2026, asked for on the first day after the shortest display.
DECIDED, START = at("2026-05-06 10:00"), at("2026-08-07 10:00")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def city(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    folder = tmp_path_factory.mktemp("credit")
    async with running_office(folder, "2026-08-20 09:00") as office:
        yield office


async def shown_case(city: Office) -> cases.Case:
    """A penalty on show, paid in full."""
    case = lawful(await a_case(city), when="2026-05-06 10:00")
    case.decision.penalty.until_time.CopyFrom(stamp(START - DAY))
    case.payments.add(amount=case.decision.penalty.fine, pay_time=stamp(DECIDED + DAY))
    credit = case.publication.decision.credit
    credit.tier, credit.shown = publications.CREDIT_TIER_GENERAL, True
    credit.repair_from.CopyFrom(stamp(START - timedelta(hours=10)))
    credit.until_time.CopyFrom(stamp(DECIDED + 365 * DAY))
    await city.tell(case, "PaymentCompleted", DECIDED + DAY)
    return case


def repair_of(case: cases.Case) -> pb.CreditRepair:
    return pb.CreditRepair(
        repair_id=f"CR-{next(SERIAL)}", case_id=case.case_id, node=case.node, sector=case.sector
    )


def sets(path: str, when: Any = START, **more: Any) -> Callable[[pb.CreditRepair], None]:
    """Enters a time, and what comes with it."""
    *way, field = path.split(".")

    def enters(repair: pb.CreditRepair) -> None:
        record: Any = repair
        for part in way:
            record = getattr(record, part)
        getattr(record, field).CopyFrom(stamp(when))
        for name, value in more.items():
            owner = record if name in record.DESCRIPTOR.fields_by_name else repair
            if isinstance(value, list):
                getattr(owner, name)[:] = value
            else:
                setattr(owner, name, value)

    return enters


LATER = START + 3 * 366 * DAY
APPLIED = Told(
    "CreditRepairApplied", "APPLIED", sets("apply_time", proofs=["缴款凭证"], promise="承诺书"), START
)
PUSHED = Told("CreditRepairReceived", "PUSHED", sets("push_time"), START)
ASKED_MORE = Told("CreditSupplementTold", "SUPPLEMENTING", sets("tell_time", missing=["承诺书"]), START)
ACCEPTED = Told("CreditRepairAccepted", "ACCEPTED", sets("accept_time"), START)
REFUSED = Told("CreditRepairRefused", "REFUSED", sets("decide_time", reasons="材料不齐"), START)
LONGER = Told(
    "CreditRepairExtended", "EXTENDED", sets("extend_time", extension_reason="需要核查"), START + DAY
)
GRANTED = Told("CreditRepairGranted", "REPAIRED", sets("decide_time", reasons="已履行"), START)
DECLINED = Told("CreditRepairDeclined", "DECLINED", sets("decide_time", reasons="整改不实"), START)
OBJECTED = Told("CreditAnswerObjected", "OBJECTED", sets("objection.receive_time", text="属实"), START)
OBJECTION = Told("CreditObjectionReceived", "OBJECTION_PUSHED", sets("objection.push_time"), START)
CHECKED = Told("CreditObjectionAccepted", "OBJECTION_ACCEPTED", sets("objection.accept_time"), START)
DELAYED = Told(
    "CreditObjectionExtended",
    "OBJECTION_ACCEPTED",
    sets("objection.extend_time", START + DAY, extension_reason="现场核查", extension_days=5),
    START + DAY,
)
ANSWERED = Told(
    "CreditObjectionRejected", "OBJECTION_REJECTED", sets("objection.decide_time", reasons="属实")
)
AGAIN = Told("CreditObjectionSustained", "ACCEPTED", sets("objection.decide_time", reasons="属实"))
CORRECTED = Told("CreditDisplayFaulted", "CORRECTED", sets("objection.decide_time", reasons="属实"))
SHIELD_ASKED = Told("CreditShieldAsked", "SHIELD_ASKED", sets("apply_time", ruling="裁定书"), START)
SHIELDED = Told("CreditShielded", "SHIELDED", sets("decide_time"), START)
UNSHIELDED = Told("CreditUnshielded", "UNSHIELDED", sets("unshield_time", reasons="失败"), START)
DISHONEST = Told("CreditDishonestyRecorded", "DISHONEST", sets("dishonesty.record_time", facts="伪造"), START)
TAKEN_DOWN = Told(
    "CreditDishonestyWithdrawn", "DISHONESTY_WITHDRAWN", sets("dishonesty.withdraw_time", LATER), LATER
)
COME = (APPLIED, PUSHED)
ON_OBJECTION = (*COME, ACCEPTED, DECLINED, OBJECTED, OBJECTION, CHECKED)


async def tell_case(city: Office, case: cases.Case) -> None:
    await city.tell(case, "PaymentRecorded", DECIDED + 2 * DAY)


async def early(city: Office, case: cases.Case) -> None:
    case.publication.decision.credit.repair_from.CopyFrom(stamp(START + DAY))
    await tell_case(city, case)


async def unpaid(city: Office, case: cases.Case) -> None:
    del case.payments[:]
    await tell_case(city, case)


async def lasting(city: Office, case: cases.Case) -> None:
    case.decision.penalty.until_time.CopyFrom(stamp(START + DAY))
    await tell_case(city, case)


async def barred(city: Office, case: cases.Case) -> None:
    before = repair_of(case)
    for step in (*COME, REFUSED, DISHONEST):
        await tell(city, before, step, case)


def blank(name: str) -> Callable[[pb.CreditRepair, cases.Case], None]:
    def change(repair: pb.CreditRepair, _case: cases.Case) -> None:
        *way, field = name.split(".")
        record: Any = repair
        for part in way:
            record = getattr(record, part)
        record.ClearField(field)

    return change


def _soon(repair: pb.CreditRepair, _case: cases.Case) -> None:
    repair.dishonesty.withdraw_time.CopyFrom(stamp(START + 100 * DAY))


# By rule and law: the way, what is otherwise of the case, what of the record.
BREAKS: dict[str, tuple[tuple[Told, ...], Any, Any]] = {
    "shortest_over": ((*COME, ACCEPTED), early, None),
    "duties_done": ((*COME, ACCEPTED), unpaid, None),
    "papers_whole": ((*COME, ACCEPTED), None, blank("promise")),
    "not_barred": ((*COME, ACCEPTED), barred, None),
    "missing_named": ((*COME, ASKED_MORE), None, blank("missing")),
    "reasons_given CREDIT-2025:16(2)": ((*COME, REFUSED), unpaid, blank("reasons")),
    "refusal_grounded": ((*COME, REFUSED), None, None),
    "delay_reasoned": ((*COME, ACCEPTED, LONGER), None, blank("extension_reason")),
    "penalty_over": ((*COME, ACCEPTED, GRANTED), lasting, None),
    "reasons_given CREDIT-2025:17": ((*COME, ACCEPTED, DECLINED), None, blank("reasons")),
    "told_beforehand": ((*ON_OBJECTION, DELAYED), None, blank("objection.extension_reason")),
    "reasons_given CREDIT-2025:18": ((*ON_OBJECTION, ANSWERED), None, blank("objection.reasons")),
    "court_ruled": ((SHIELD_ASKED,), None, blank("ruling")),
    "reasons_given CREDIT-2025:20(2)": ((SHIELD_ASKED, SHIELDED, UNSHIELDED), None, blank("reasons")),
    "falsehood_shown": ((*COME, REFUSED, DISHONEST), unpaid, blank("dishonesty.facts")),
    "shown_long_enough": ((*COME, REFUSED, DISHONEST, TAKEN_DOWN), unpaid, _soon),
}


def named(name: str, rule: Rule) -> str:
    return f"{name} {rule.law}" if name == "reasons_given" else name


RULES = {
    named(n, r): r for n, r in ((r.holds.__name__, r) for m in TABLE.moves for r in m.rules if r.warning)
}
# Which warnings are tried here, by the reason.
TRIED = {(rule.warning, rule.reason) for rule in RULES.values()}


def test_every_rule_that_is_a_warning_is_tried() -> None:
    assert RULES.keys() == BREAKS.keys()
    assert {rule.warning for _, rule in warnings_of(TABLE)} == {"EW-47"}


@pytest.mark.parametrize("name", BREAKS)
async def test_a_rule_on_repairs_that_was_broken_is_a_warning(city: Office, name: str) -> None:
    way, otherwise, wrong = BREAKS[name]
    rule, case = RULES[name], await shown_case(city)
    if otherwise is not None:
        await otherwise(city, case)
    repair = repair_of(case)
    for step in way[:-1]:
        await tell(city, repair, step, case)

    await tell(city, repair, way[-1], case, wrong)

    assert (rule.warning, law_of(city, rule)) in await warned(city, case.case_id)


@pytest.mark.parametrize(
    "way",
    [
        (*COME, ACCEPTED, LONGER, GRANTED),
        (*ON_OBJECTION, DELAYED, AGAIN, GRANTED),
        (*ON_OBJECTION, CORRECTED),
        (SHIELD_ASKED, SHIELDED, UNSHIELDED),
    ],
    ids=["granted", "after an objection", "corrected", "shielded"],
)
async def test_a_lawful_repair_raises_nothing(city: Office, way: tuple[Told, ...]) -> None:
    case = await shown_case(city)
    repair = repair_of(case)

    for step in way:
        await tell(city, repair, step, case)

    view = await city.case(case.case_id)
    assert not {w for w in await warned(city, case.case_id) if w[0] == "EW-47"}
    assert [r.state for r in view.credit_repairs] == [repair.state]
    assert any(d.clock_id.startswith("CRD-") for d in view.deadlines)


async def test_an_application_that_nobody_takes_up_is_a_warning(office: Office) -> None:
    """CREDIT-2025 16(2): three working days."""
    case = await shown_case(office)
    repair = repair_of(case)
    for step in COME:
        await tell(office, repair, step, case)

    office.clock("2026-08-12 23:59")
    await office.ticked()
    assert "CRD-07" not in {w.clock_id for w in (await office.case(case.case_id)).warnings}
    office.clock("2026-08-13 00:00")
    await office.ticked()

    [late] = [w for w in (await office.case(case.case_id)).warnings if w.clock_id == "CRD-07"]
    assert (late.rule_id, late.citation.code) == ("EW-02", "CREDIT-2025:16(2)")

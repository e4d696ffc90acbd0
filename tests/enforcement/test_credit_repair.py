"""Credit repair: asked for, answered, objected to; and what the public sees follows (CREDIT-2025 12–20, 25)."""

from datetime import datetime
from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import credit_repair_pb2 as pb
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1 import publication_pb2 as publications
from yifa.law.v1 import law_pb2

from services.given.case import NO_GAINS
from services.law.calendar import SHANGHAI
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, DAY, FINANCE, HEAD, INSTANT, UNIT, Dossier, fine, serial, stamp
from tests.enforcement.test_penalty_table import table
from tests.enforcement.test_publication import decided, public, publish

# Decided on 6 May 2026: a general one is on show for three months at least and a year at most.
DECIDED = datetime(2026, 5, 6, 9, 0, tzinfo=SHANGHAI)
REPAIR_FROM = datetime(2026, 8, 7, 0, 0, tzinfo=SHANGHAI)
PAPERS = {"proofs": ["缴款凭证", "整改照片"], "promise": "所提交材料真实有效，愿意承担违反承诺的责任"}
PARTY = {"applicant": "示例企业"}
RUNNING, MET = law_pb2.CLOCK_STATE_RUNNING, law_pb2.CLOCK_STATE_MET


class Asked:
    """What a party asks about the display of its penalty."""

    def __init__(self, d: Department, dossier: Dossier) -> None:
        self.d, self.dossier, self.repair = d, dossier, pb.CreditRepair()

    async def begin(self, rpc: str = "ApplyForCreditRepair", by: Any = CLERK, **more: Any) -> pb.CreditRepair:
        asked = PARTY | (PAPERS if rpc == "ApplyForCreditRepair" else {}) | more
        self.repair = (await self.d.do(rpc, by, case_id=self.dossier.case_id, **asked)).credit_repair
        return self.repair

    async def act(self, rpc: str, by: Any = UNIT, **more: Any) -> pb.CreditRepair:
        self.repair = (await self.d.do(rpc, by, repair_id=self.repair.repair_id, **more)).credit_repair
        return self.repair

    async def received(self, **more: Any) -> "Asked":
        await self.begin(**more)
        await self.act("ReceiveCreditRepair", CLERK)
        return self

    async def accepted(self, **more: Any) -> "Asked":
        await self.received(**more)
        await self.act("AcceptCreditRepair")
        return self

    @property
    def state(self) -> str:
        return pb.CreditRepairState.Name(self.repair.state).removeprefix("CREDIT_REPAIR_STATE_")

    def clock(self, clock_id: str) -> int:
        return {x.clock_id: x.state for x in self.repair.deadlines}[clock_id]

    async def on_show(self) -> bool:
        """Whether the credit websites show the penalty now."""
        case = await self.d.case(self.dossier.case_id)
        wanted = case.publication.decision.publication_id
        return wanted in {found.publication_id for found in await public(self.d, credit=True)}


async def shown(d: Department, proposal: penalties.Penalty | None = None, *, paid: bool = True) -> Asked:
    """A penalty that is served, on show since its day, and paid."""
    d.now = DECIDED
    dossier = await decided(d, party=f"示例企业{next(serial)}", proposal=proposal or fine(30_000))
    await publish(d, dossier)
    await d.serve(dossier)
    if paid:
        await d.pay(dossier, 30_000)
    d.now = REPAIR_FROM
    return Asked(d, dossier)


async def test_a_repair_ends_the_display_before_its_time(department: Department) -> None:
    asked = await shown(department)
    assert await asked.on_show()

    await asked.begin()
    assert asked.clock("CRD-06") == RUNNING
    await asked.act("ReceiveCreditRepair", CLERK)
    assert asked.clock("CRD-07") == RUNNING
    await asked.act("AcceptCreditRepair")
    assert (asked.clock("CRD-07"), asked.clock("CRD-08")) == (MET, RUNNING)
    await asked.act("GrantCreditRepair", HEAD, reasons="义务已完全履行")

    assert (asked.state, asked.clock("CRD-08")) == ("REPAIRED", MET)
    assert asked.repair.document_number
    department.now += INSTANT
    assert not await asked.on_show()
    case = await department.case(asked.dossier.case_id)
    assert case.credit.repair_id == asked.repair.repair_id and case.publication.decision.credit.shown
    assert department.names(asked.dossier.case_id)[-1] == "CreditDisplayEnded"
    # the agency's own publicity is apart
    every = await public(department, document_number=case.decision.document_number)
    [found] = [d for d in every if d.publication_id == case.publication.decision.publication_id]
    assert found.text == case.publication.decision.text and not found.credit.shown
    await asked.act("RecordCreditAnswer", CLERK)
    assert asked.clock("CRD-06") == MET
    async with department.refused("ALREADY_DONE", law="CREDIT-2025:17"):
        await asked.act("RecordCreditAnswer", CLERK)
    async with department.refused("NOT_DISPLAYED"):
        await asked.begin()


async def test_what_is_repaired_is_sent_to_no_platform_any_more(department: Department) -> None:
    async def sent() -> bool:
        return asked.dossier.case_id in await table(department)

    asked = await shown(department)
    assert await sent()

    await asked.accepted()
    await asked.act("GrantCreditRepair", HEAD, reasons="已履行")

    assert not await sent()


async def test_before_the_shortest_display_nothing_is_repaired(department: Department) -> None:
    asked = await shown(department)
    department.now = REPAIR_FROM - INSTANT
    await asked.received()

    async with department.refused("REPAIR_TOO_EARLY", law="CREDIT-2025:12(2);CREDIT-2025:14") as no:
        await asked.act("AcceptCreditRepair")
    assert no.metadata["from"].startswith("2026-08-07T00:00:00")
    async with department.refused("REASONS_MISSING", law="CREDIT-2025:16(2)"):
        await asked.act("RefuseCreditRepair", reasons=" ")
    await asked.act("RefuseCreditRepair", reasons="最短公示期未届满")
    assert (asked.state, asked.clock("CRD-07")) == ("REFUSED", MET)

    department.now = REPAIR_FROM
    await asked.accepted()
    assert asked.state == "ACCEPTED"


async def test_a_serious_one_is_on_show_for_a_year(department: Department) -> None:
    """CREDIT-2025 10[2], 12(1); and what is imposed for a time is not taken down while it lasts (12(3))."""
    kinds = [penalties.PENALTY_KIND_FINE, penalties.PENALTY_KIND_SUSPENSION_OF_LICENCE]
    lasts = datetime(2027, 6, 30, 12, 0, tzinfo=SHANGHAI)
    asked = await shown(department, fine(30_000, kinds=kinds, until_time=stamp(lasts)))
    done = {"kind": penalties.PENALTY_KIND_SUSPENSION_OF_LICENCE, "proof": "扣证笔录"}
    by = asked.dossier.officers[0].who
    await department.do("RecordPerformance", by, case_id=asked.dossier.case_id, **done)
    await asked.received()
    async with department.refused("REPAIR_TOO_EARLY"):
        await asked.act("AcceptCreditRepair")

    department.now = datetime(2027, 5, 7, 0, 0, tzinfo=SHANGHAI)
    await asked.act("AcceptCreditRepair")
    async with department.refused("PENALTY_STILL_RUNS", law="CREDIT-2025:12(3)"):
        await asked.act("GrantCreditRepair", HEAD, reasons="已履行")
    department.now = lasts + INSTANT
    await asked.act("GrantCreditRepair", HEAD, reasons="已履行")
    assert asked.state == "REPAIRED"


async def test_who_has_not_paid_is_not_repaired(department: Department) -> None:
    asked = await shown(department, paid=False)
    await asked.received()

    async with department.refused("OBLIGATIONS_OPEN", law="CREDIT-2025:14") as no:
        await asked.act("AcceptCreditRepair")
    assert no.metadata["undone"] == "FINE"
    await department.pay(asked.dossier, 30_000)
    await asked.act("AcceptCreditRepair")


async def test_what_is_missing_is_told_once(department: Department) -> None:
    asked = await shown(department)
    await asked.received(proofs=[], promise="")
    async with department.refused("REPAIR_PAPERS_MISSING", law="CREDIT-2025:14;CREDIT-2025:15"):
        await asked.act("AcceptCreditRepair")
    async with department.refused("SUPPLEMENT_NOT_NAMED"):
        await asked.act("TellCreditSupplement")

    await asked.act("TellCreditSupplement", missing=["信用承诺书", "缴款凭证"])
    assert asked.clock("CRD-07") == MET
    await asked.act("SupplementCreditRepair", CLERK, **PAPERS)
    assert asked.clock("CRD-07") == RUNNING

    async with department.refused("ACT_NOT_OPEN"):
        await asked.act("TellCreditSupplement", missing=["整改报告"])
    await asked.act("AcceptCreditRepair")


async def test_what_is_whole_is_accepted(department: Department) -> None:
    asked = await (await shown(department)).received()

    async with department.refused("REFUSAL_WITHOUT_GROUND", law="CREDIT-2025:16(2)"):
        await asked.act("RefuseCreditRepair", reasons="不宜受理")


async def test_more_time_is_taken_once(department: Department) -> None:
    asked = await (await shown(department)).accepted()
    async with department.refused("REASONS_MISSING", law="CREDIT-2025:16(3)"):
        await asked.act("ExtendCreditRepair", HEAD)
    due = next(d.due_time for d in asked.repair.deadlines if d.clock_id == "CRD-08")

    await asked.act("ExtendCreditRepair", HEAD, reason="需要核查")

    later = next(d for d in asked.repair.deadlines if d.clock_id == "CRD-08")
    assert (later.due_time.seconds - due.seconds) == 14 * 86400 and later.extensions[0].amount == 10
    async with department.refused("ACT_NOT_OPEN"):
        await asked.act("ExtendCreditRepair", HEAD, reason="需要核查")
    async with department.refused("REASONS_MISSING", law="CREDIT-2025:17"):
        await asked.act("DeclineCreditRepair", HEAD)
    await asked.act("DeclineCreditRepair", HEAD, reasons="整改照片不实")
    assert asked.state == "DECLINED" and await asked.on_show()


@pytest.mark.parametrize("sustained", [True, False], ids=["right", "wrong"])
async def test_an_objection_to_the_answer_takes_it_up_again_or_not(
    department: Department, sustained: bool
) -> None:
    asked = await (await shown(department)).accepted()
    await asked.act("DeclineCreditRepair", HEAD, reasons="整改照片不实")
    async with department.refused("ACTS_OUT_OF_ORDER"):
        await asked.act(
            "ObjectToCreditAnswer", CLERK, text="照片属实", receive_time=stamp(department.now - DAY)
        )

    await asked.act("ObjectToCreditAnswer", CLERK, text="照片属实", proofs=["原始照片"])
    assert asked.clock("CRD-09") == RUNNING
    await asked.act("ReceiveCreditObjection", CLERK)
    await asked.act("AcceptCreditObjection")
    assert (asked.clock("CRD-09"), asked.clock("CRD-10")) == (MET, RUNNING)
    async with department.refused("REASONS_MISSING", law="CREDIT-2025:18"):
        await asked.act("ExtendCreditObjection", reason=" ", days=5)
    await asked.act("ExtendCreditObjection", reason="需要现场核查", days=5)
    await asked.act("DecideCreditObjection", HEAD, sustained=sustained, reasons="经核查")

    assert asked.clock("CRD-10") == MET
    assert asked.state == ("ACCEPTED" if sustained else "OBJECTION_REJECTED")
    assert asked.clock("CRD-08") == (RUNNING if sustained else MET)
    if sustained:
        await asked.act("GrantCreditRepair", HEAD, reasons="异议成立")
        department.now += INSTANT
        assert not await asked.on_show()


async def test_a_delay_of_an_objection_is_told_before_the_term_is_over(department: Department) -> None:
    asked = await shown(department)
    await asked.begin("ObjectToCreditDisplay", text="公示金额有误")
    await asked.act("ReceiveCreditObjection", CLERK)
    await asked.act("AcceptCreditObjection")
    department.now += 20 * DAY

    async with department.refused("REASONS_MISSING"):
        await asked.act("ExtendCreditObjection", reason="需要现场核查", days=5)


async def test_an_objection_to_what_is_shown_corrects_it(department: Department) -> None:
    asked = await shown(department)
    await asked.begin("ObjectToCreditDisplay", text="公示内容有误")
    async with department.refused("ALREADY_DONE", law="CREDIT-2025:16"):
        await Asked(department, asked.dossier).begin()
    await asked.act("ReceiveCreditObjection", CLERK)
    await asked.act("AcceptCreditObjection")

    await asked.act("DecideCreditObjection", HEAD, sustained=True, reasons="公示内容有误，予以更正")

    assert asked.state == "CORRECTED"
    await Asked(department, asked.dossier).begin()


async def test_a_restructuring_is_shielded_until_its_plan_fails(department: Department) -> None:
    asked = await shown(department, paid=False)
    async with department.refused("RULING_MISSING", law="CREDIT-2025:20(1)"):
        await asked.begin("AskCreditShield", ruling=" ")
    await asked.begin("AskCreditShield", ruling="（2026）示破1号裁定书")
    assert asked.clock("CRD-11") == RUNNING

    await asked.act("ShieldCredit", HEAD)
    assert asked.clock("CRD-11") == MET and not await asked.on_show()
    async with department.refused("REASONS_MISSING", law="CREDIT-2025:20(2)"):
        await asked.act("UnshieldCredit", HEAD)
    await asked.act("UnshieldCredit", HEAD, reasons="重整计划未执行成功")

    assert asked.state == "UNSHIELDED" and await asked.on_show()


async def test_who_hands_in_false_papers_waits_three_years(department: Department) -> None:
    kinds = [penalties.PENALTY_KIND_FINE, penalties.PENALTY_KIND_LOWERING_OF_GRADE]
    asked = await shown(department, fine(30_000, kinds=kinds))
    by = asked.dossier.officers[0].who
    done = {"kind": penalties.PENALTY_KIND_LOWERING_OF_GRADE, "proof": "变更通知"}
    await department.do("RecordPerformance", by, case_id=asked.dossier.case_id, **done)
    department.now = recorded = datetime(2027, 5, 7, 10, 0, tzinfo=SHANGHAI)
    await asked.accepted()
    await asked.act("DeclineCreditRepair", HEAD, reasons="缴款凭证系伪造")
    async with department.refused("FALSEHOOD_NOT_SHOWN", law="CREDIT-2025:25"):
        await asked.act("RecordCreditDishonesty", HEAD, facts=" ")

    await asked.act("RecordCreditDishonesty", HEAD, facts="缴款凭证系伪造，银行回函证明")

    assert asked.state == "DISHONEST" and asked.repair.dishonesty.recorder == HEAD[0]
    department.now = recorded + 300 * DAY
    again = await Asked(department, asked.dossier).received()
    async with department.refused("REPAIR_BARRED", law="CREDIT-2025:25"):
        await again.act("AcceptCreditRepair")
    async with department.refused("RECORD_SHOWN_LONGER", law="CREDIT-2025:25"):
        await asked.act("WithdrawCreditDishonesty", CLERK)
    department.now = recorded + 1100 * DAY
    await asked.act("WithdrawCreditDishonesty", CLERK)
    assert asked.state == "DISHONESTY_WITHDRAWN"


async def test_what_is_not_on_show_is_not_repaired(department: Department) -> None:
    """Minor, withheld, set aside, and after the longest display."""
    department.now = DECIDED
    minor = penalties.Penalty(
        kinds=[penalties.PENALTY_KIND_CIRCULATED_CRITICISM],
        benchmark_id="示例法:1-1",
        band_code="3",
        correction_order="改正",
        gains=NO_GAINS,
    )
    criticised = await decided(department, proposal=minor)
    await publish(department, criticised)
    withheld = await decided(department)
    secret = publications.WITHHOLD_GROUND_STATE_SECRET
    await department.do(
        "WithholdPublication", HEAD, case_id=withheld.case_id, ground=secret, reason="涉及国家秘密"
    )
    annulled, over = await shown(department), await shown(department)
    what = {
        "kind": cases.SET_ASIDE_KIND_ANNULLED,
        "authority": "示例市人民政府",
        "document": "复议1号",
        "remedy": 1,
    }
    await department.do("RecordOutcome", CLERK, case_id=annulled.dossier.case_id, **what)

    for dossier in (criticised, withheld, annulled.dossier):
        async with department.refused("NOT_DISPLAYED"):
            await Asked(department, dossier).begin()
    department.now = datetime(2027, 5, 7, 0, 0, tzinfo=SHANGHAI)
    async with department.refused("NOT_DISPLAYED"):
        await over.begin()


async def test_who_pays_records_no_repair_and_what_is_not_there_is_missing(department: Department) -> None:
    asked = await shown(department)

    async with department.refused("ROLE_REQUIRED"):
        await asked.begin(by=FINANCE)
    async with department.refused("NOT_FOUND"):
        await department.do("AcceptCreditRepair", UNIT, repair_id="CR-nobody")
    async with department.refused("ACT_IN_FUTURE"):
        await asked.begin(apply_time=stamp(department.now + DAY))
    listed = await department.do("ListCreditRepairs", CLERK, case_id=asked.dossier.case_id)
    assert list(listed.credit_repairs) == []
    await asked.begin()
    listed = await department.do("ListCreditRepairs", CLERK, case_id=asked.dossier.case_id)
    assert list(listed.credit_repairs) == [asked.repair]

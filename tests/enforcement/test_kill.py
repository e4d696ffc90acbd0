"""The process is killed -9 while fines are collected, hearings held, displays repaired, courts asked, duties done."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import collection_pb2 as collections
from yifa.enforcement.v1 import court_enforcement_pb2 as courts
from yifa.enforcement.v1 import credit_repair_pb2 as repairs
from yifa.enforcement.v1 import enforcement_pb2 as own_pb
from yifa.enforcement.v1 import mediation_pb2 as mediations
from yifa.enforcement.v1 import permit_held_pb2 as held
from yifa.enforcement.v1 import permit_pb2 as permits
from yifa.enforcement.v1.party_pb2 import PARTY_KIND_CITIZEN
from yifa.enforcement.v1.publication_pb2 import PERMIT_STANDING_RECALLED, PublicDecision

from services.given.case import LISTENERS, PLAIN, SIGNED
from services.given.people import officer as handling
from services.given.permit import CONDITIONS
from tests.database import verified
from tests.enforcement.court import OVER, WAITED
from tests.enforcement.court import PAPERS as COURT_PAPERS
from tests.enforcement.duty import DAY_SET, SIGNERS, Duty, decided
from tests.enforcement.killed import Killed, Life, Step
from tests.enforcement.permits_told import applying
from tests.enforcement.permitting import REMEDIES
from tests.enforcement.registers import LEGAL, TECHNICAL
from tests.enforcement.samples import (
    CLERK,
    DAY,
    FINANCE,
    HEAD,
    HOST,
    HOUR,
    REVIEWER,
    START,
    UNIT,
    WINDOW_END,
    Dossier,
    Who,
    fine,
    stamp,
    yuan,
)
from tests.enforcement.test_collection import SMALL, Spot, spot
from tests.enforcement.test_credit_repair import PAPERS as REPAIR_PAPERS
from tests.enforcement.test_credit_repair import REPAIR_FROM, shown
from tests.enforcement.test_hearing import SOONEST, asked
from tests.enforcement.test_outcome import ended

LIVES = 4


@dataclass
class Given:
    """Cases as far as they were when the process began that is killed."""

    shown: list[Dossier]
    reopened: list[Dossier]
    unperformed: list[Dossier]
    asked: list[Dossier]
    spots: list[Spot]
    ordered: list[Duty]
    guides: list[dict[str, Any]]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Killed, Given]]:
    """One database for all; from here on the clock goes forward only."""
    d = Killed(tmp_path_factory.mktemp("killed"))
    await d.start()
    await d.benchmark()
    displayed = [(await shown(d)).dossier for _ in range(LIVES)]
    reopened = [await served(d) for _ in range(LIVES)]
    for each in reopened:
        await d.act("PublishDecision", each)
    unperformed = [await served(d) for _ in range(2 * LIVES)]
    d.now = START
    hearings, spots = [await asked(d) for _ in range(LIVES)], [await spot(d) for _ in range(LIVES)]
    ordered = [await ready(d) for _ in range(LIVES)]
    guides = [await applying(d) for _ in range(LIVES)]
    d.now = START
    await d.apart()
    yield d, Given(displayed, reopened, unperformed, hearings, spots, ordered, guides)
    if d.process.returncode is None:
        await d.kill()
    assert verified(d.file).faults == []


def plain(rpc: str, by: Who, **more: Any) -> Step:
    """An act of a case as it is plainly done."""
    return (rpc, by, lambda life: {"case_id": life.dossier.case_id, **PLAIN[rpc].says(life.dossier), **more})


async def served(d: Killed) -> Dossier:
    d.now = START
    return await d.served()


def registering(dossier: Dossier, n: int) -> list[Step]:
    """A device is entered, reviewed twice and made public; an institution is entered, and leaves the list."""

    def of(life: Life, **more: Any) -> dict[str, Any]:
        return {"device_id": life.replies[0].device.device_id, **more}

    device = {
        "body_id": dossier.body_id, "number": f"监控停{n}", "title": "监控设备", "place": "某路口", "sign": "标志",
        "basis": "依据", "standard": "标准",
    }  # fmt: skip
    review = {"document": "意见书", "reviewer": "示例计量院"}
    institution = {
        "name": "示例检测所", "qualification": f"资质停{n}", "issuer": "示例机关", "scope": "食品",
        "from_time": stamp(START - DAY), "until_time": stamp(START + 900 * DAY),
    }  # fmt: skip
    return [
        ("EnterMonitoringDevice", UNIT, lambda _: device),
        ("RecordDeviceReview", REVIEWER, lambda life: of(life, kind=LEGAL, **review)),
        ("RecordDeviceReview", REVIEWER, lambda life: of(life, kind=TECHNICAL, **review)),
        ("PublishDevicePlace", CLERK, lambda life: of(life, address="门户网站")),
        ("EnterSamplingInstitution", UNIT, lambda _: institution),
        (
            "RemoveSamplingInstitution",
            UNIT,
            lambda life: {"institution_id": life.replies[4].institution.institution_id, "cause": "资质到期"},
        ),
    ]


async def test_fines_are_collected_and_hearings_arranged_once(alone: tuple[Killed, Given]) -> None:
    """The money's way and the hearing's: each step once; a receipt given before the kill is given to nobody else after it."""
    d, given = alone
    arranging = [
        plain("AppointHearingPanel", HEAD),
        plain("NotifyHearing", CLERK, hold_time=stamp(SOONEST)),
        plain("AnnounceHearing", CLERK),
    ]
    fines = [Life(each.dossier, *collecting(each, n)) for n, each in enumerate(given.spots)]

    registers = [Life(each, *registering(each, n)) for n, each in enumerate(given.asked)]

    await d.cut(fines + registers + [Life(each, *arranging) for each in given.asked])

    for n, life in enumerate(registers):
        device, institution = life.replies[3].device, life.replies[5].institution
        assert (device.version, len(device.reviews), len(device.publications)) == (4, 2, 1)
        assert d.rows("select count(*) from monitoringdevice where number = ?", f"监控停{n}") == [(1,)]
        assert d.told(device.device_id) == [
            "MonitoringDeviceEntered", "MonitoringDeviceReviewed", "MonitoringDeviceReviewed", "MonitoringDevicePublished",
        ]  # fmt: skip
        assert d.rows("select count(*) from samplinginstitution where qualification = ?", f"资质停{n}") == [
            (1,)
        ]
        assert d.told(institution.institution_id) == [
            "SamplingInstitutionEntered",
            "SamplingInstitutionRemoved",
        ]
    for n, each in enumerate(given.spots):
        whose, case_id = each.dossier, each.dossier.case_id
        assert d.told(case_id)[2:] == ["FineCollected", "FineHandedIn", "FineBanked"]
        used = d.rows("select case_id, number from usedreceipt where series = ?", each.series)
        assert used == [(case_id, 1)]
        banked = d.rows("select case_id, fen from paymentreference where bank_reference = ?", f"银行{n}")
        assert banked == [(case_id, 10_000)]
        said = {"body_id": whose.body_id, "officers": whose.officers, "penalty": fine(100, band_code="5")}
        case = (await d.spot(**said)).case
        other = Spot(d, Dossier(case.case_id, whose.body_id, whose.officers), each.series)
        async with d.refused("RECEIPT_USED"):
            await other.collect(SMALL, 100)
    d.now = SOONEST + HOUR
    for each in given.asked:
        await d.act("HoldHearing", each)
        case = (await d.act("ReportHearing", each)).case
        assert case.state == cases.CASE_STATE_HEARD and case.hearing.minutes == SIGNED
        assert list(case.hearing.listeners) == list(LISTENERS) and case.defence.hearing_host == HOST[0]
        assert d.told(each.case_id)[-6:] == [
            "HearingRequested", "HearingPanelAppointed", "HearingNotified", "HearingAnnounced", "HearingHeld",
            "HearingReported",
        ]  # fmt: skip


def collecting(spot: Spot, n: int) -> list[Step]:
    case = {"case_id": spot.dossier.case_id, "amount": yuan(100)}
    receipt = collections.ReceiptNumber(series=spot.series, number=1)
    return [
        ("CollectFine", spot.dossier.who, lambda _: case | {"ground": SMALL, "receipt": receipt}),
        ("HandInFine", FINANCE, lambda _: case),
        ("BankFine", FINANCE, lambda _: case | {"bank_reference": f"银行{n}"}),
    ]


async def test_a_case_that_is_to_be_decided_anew_has_its_earlier_decision_once(
    alone: tuple[Killed, Given],
) -> None:
    """Put back, and on its way to the next decision: the first is kept beside it as it was, and so is its publication."""
    d, given = alone
    d.now = WINDOW_END + 30 * DAY
    first = {each.case_id: await d.case(each.case_id) for each in given.reopened}

    await d.cut(Life(each, *anew(each)) for each in given.reopened)

    for each in given.reopened:
        case, was = await d.case(each.case_id), first[each.case_id]
        [earlier] = case.earlier_decisions
        assert (earlier.decision, earlier.publication) == (was.decision, was.publication)
        assert earlier.anew.document == "复决1号" and len(case.outcomes) == 1
        assert case.state == cases.CASE_STATE_INVESTIGATED and not case.HasField("decision")
        assert d.told(each.case_id)[-3:] == ["CaseReopened", "PublicationWithdrawn", "ReportSubmitted"]
        async with d.refused("ACT_NOT_OPEN"):
            await ended(d, each, cases.OUTCOME_KIND_ANNULLED, anew=True)


def anew(dossier: Dossier) -> list[Step]:
    said = {
        "case_id": dossier.case_id,
        "kind": cases.OUTCOME_KIND_ANNULLED,
        "remedy": cases.REMEDY_RECONSIDERATION,
        "authority": "示例市人民政府",
        "document": "复决1号",
        "anew": True,
    }
    explained = {"case_id": dossier.case_id, "address": "门户网站", "explanation": "该决定已不再有效"}
    return [
        ("RecordOutcome", REVIEWER, lambda _: said),
        ("WithdrawPublication", CLERK, lambda _: explained),
        plain("SubmitReport", dossier.who),
    ]


async def test_a_credit_repair_goes_on_and_ends_the_display_once(alone: tuple[Killed, Given]) -> None:
    d, given = alone
    d.now = REPAIR_FROM
    lives = [Life(each, *repairing(each)) for each in given.shown]

    await d.cut(lives)

    for life in lives:
        case, repair = await d.case(life.dossier.case_id), life.replies[-1].credit_repair
        assert repair.state == repairs.CREDIT_REPAIR_STATE_REPAIRED
        assert case.credit.repair_id == repair.repair_id
        assert repair.document_number.endswith("〕1号"), (
            "no number of its body was spent on what the kill undid"
        )
        assert d.told(case.case_id).count("CreditDisplayEnded") == 1
        assert d.told(repair.repair_id) == [
            "CreditRepairApplied", "CreditRepairReceived", "CreditRepairAccepted", "CreditRepairGranted",
        ]  # fmt: skip
        assert d.rows("select count(*) from creditrepair where case_id = ?", case.case_id) == [(1,)]


def repairing(dossier: Dossier) -> list[Step]:
    def of(life: Life, **more: Any) -> dict[str, Any]:
        return {"repair_id": life.replies[0].credit_repair.repair_id, **more}

    said = {"case_id": dossier.case_id, "applicant": "示例企业"} | REPAIR_PAPERS
    return [
        ("ApplyForCreditRepair", CLERK, lambda _: said),
        ("ReceiveCreditRepair", CLERK, of),
        ("AcceptCreditRepair", UNIT, of),
        ("GrantCreditRepair", HEAD, lambda life: of(life, reasons="义务已完全履行")),
    ]


async def test_a_permit_is_received_numbered_granted_issued_and_recalled_once(
    alone: tuple[Killed, Given],
) -> None:
    d, given = alone
    d.now = max(d.now, START)
    lives = [Life(Dossier("", ""), *permitting(d, about, n)) for n, about in enumerate(given.guides)]

    await d.cut(lives)

    for life, about in zip(lives, given.guides, strict=True):
        permit = life.replies[-1].permit
        assert permit.state == permits.PERMIT_STATE_RECALLED and len(permit.reversals) == 1
        assert permit.reversals[0].document_number.endswith("〕3号")
        assert [c.document_number.rpartition("〕")[2] for c in permit.changes] == ["2号"]
        assert permit.number.endswith("〕1号") and permit.decision.document_number.endswith("〕1号"), (
            "no number of its body was spent on what the kill undid"
        )
        assert d.told(permit.permit_id) == [
            "PermitApplicationReceived", "PermitApplicationAccepted", "PermitReviewed", "PermitGranted", "PermitIssued",
            "PermitPublished", "PermitChangeAsked", "PermitChanged", "PermitReversalTold", "PermitHolderHeard", "PermitRecalled",
        ]  # fmt: skip
        kept = d.rows("select identity_number from permit where guide_id = ?", about["guide_id"])
        assert kept == [(about["applicant"].identity_number,)]
        clocks = d.rows("select clock_id, state from clock where subject = ?", permit.permit_id)
        assert dict(clocks) == {"LIC-01": "MET", "LIC-02": "MET", "LIC-05": "MET", "PUB-02": "MET"}
        [(public,)] = d.rows("select record from published where record_id = ?", permit.permit_id)
        assert PublicDecision.FromString(public).permit.standing == PERMIT_STANDING_RECALLED
        filed = "select p.volumes from party p join partyvolume v using (party_id) where v.volume_id = ?"
        assert d.rows(filed, permit.permit_id) == [(1,)], "it lies in the file of its holder, once"


def permitting(d: Killed, about: dict[str, Any], n: int) -> list[Step]:
    def of(life: Life, **more: Any) -> dict[str, Any]:
        return {"permit_id": life.replies[0].permit.permit_id, **more}

    issued = {"number": f"杀停证{n}", "window": about["window"], "from_time": stamp(d.now)}
    told = {
        "kind": held.PERMIT_REVERSAL_KIND_RECALL,
        "ground": held.PERMIT_REVERSAL_GROUND_LAW_CHANGED,
        "basis": "依据修订",
        "reasons": "不再许可",
        "document": f"杀停告{n}",
        "until_time": stamp(d.now + DAY),
    }
    return [
        ("ReceivePermitApplication", CLERK, lambda _: about),
        ("AcceptPermitApplication", CLERK, of),
        ("ReviewPermitApplication", handling("O-kill-reviewer"), lambda life: of(life, met=CONDITIONS)),
        ("GrantPermit", HEAD, of),
        ("IssuePermit", CLERK, lambda life: of(life, **issued)),
        ("PublishPermit", CLERK, lambda life: of(life, address="门户网站")),
        ("AskPermitChange", CLERK, lambda life: of(life, content="名称变更")),
        ("ChangePermit", HEAD, lambda life: of(life, opinion="仍符合全部条件")),
        ("TellPermitReversal", UNIT, lambda life: of(life, **told)),
        ("HearPermitHolder", CLERK, lambda life: of(life, statement="请求补偿")),
        (
            "RecallPermit",
            HEAD,
            lambda life: of(life, interest="公共利益需要", **REMEDIES),
        ),
    ]


async def test_a_dispute_is_registered_met_on_and_agreed_on_once(alone: tuple[Killed, Given]) -> None:
    d, given = alone
    d.now = max(d.now, START)
    lives = [Life(each, *mediating(d, each, n)) for n, each in enumerate(given.shown)]

    await d.cut(lives)

    for life in lives:
        its = life.replies[-1].mediation
        assert its.state == mediations.MEDIATION_STATE_AGREED and len(its.meetings) == 1
        assert its.agreement.document_number.endswith("〕1号"), (
            "no number of its body was spent on what the kill undid"
        )
        assert d.told(its.mediation_id) == [
            "MediationRegistered", "MediationAccepted", "MediationMet", "MediationAgreed",
        ]  # fmt: skip
        said = "select count(*) from mediation where body_id = ?"
        assert d.rows(said, life.dossier.body_id) == [(1,)]


def mediating(d: Killed, dossier: Dossier, n: int) -> list[Step]:
    sides, when = (f"示例养殖户{n}", f"示例邻居{n}"), stamp(d.now)

    def of(life: Life, **more: Any) -> dict[str, Any]:
        return {"mediation_id": life.replies[0].mediation.mediation_id, **more}

    def papers(text: str) -> list[dict[str, Any]]:
        return [{"party": side, "text": text, "time": when} for side in sides]

    begun = {
        "body_id": dossier.body_id,
        "origin": mediations.MEDIATION_ORIGIN_FOUND,
        "subject": "排水纠纷",
        "parties": [{"kind": PARTY_KIND_CITIZEN, "name": side} for side in sides],
    }
    met = {"time": when, "place": "会议室", "mediators": [dossier.who[0]], "public": True, "minutes": "笔录"}
    agreed = {"text": "各自疏浚", "signatures": papers("签名"), "agree_time": when}
    return [
        ("RegisterMediation", CLERK, lambda _: begun),
        ("AcceptMediation", UNIT, lambda life: of(life, consents=papers("同意"))),
        ("MeetInMediation", UNIT, lambda life: of(life, meeting=met)),
        ("AgreeInMediation", UNIT, lambda life: of(life, **agreed)),
    ]


async def ready(d: Killed) -> Duty:
    """A substitute may perform on the day that was set."""
    d.now = START
    duty = await decided(d)
    await duty.schedule()
    await duty.tell()
    return duty


async def test_what_a_substitute_did_shows_in_the_case_once_and_is_paid_once(
    alone: tuple[Killed, Given],
) -> None:
    d, given = alone
    d.now = max(d.now, DAY_SET)
    lives = [Life(duty.dossier, *performing(duty, n)) for n, duty in enumerate(given.ordered)]

    await d.cut(lives)

    for n, life in enumerate(lives):
        own, case = life.replies[-1].enforcement, await d.case(life.dossier.case_id)
        assert own.state == own_pb.ENFORCEMENT_STATE_ENFORCED and len(own.costs.payments) == 1
        assert [p.proof for p in case.performances if p.duty] == ["代履行笔录1号"]
        assert d.told(own.enforcement_id)[-4:] == [
            "SubstituteStarted", "EnforcementCompleted", "SubstituteCostsClaimed", "SubstituteCostsPaid",
        ]  # fmt: skip
        assert d.told(case.case_id).count("PerformanceRecorded") == 1
        paid = d.rows("select case_id, fen from paymentreference where bank_reference = ?", f"代费{n}")
        assert paid == [(case.case_id, 80_000)]


def performing(duty: Duty, n: int) -> list[Step]:
    its = {"enforcement_id": duty.record.enforcement_id}
    who = duty.dossier.who

    def claim(_: Life) -> dict[str, Any]:
        return its | duty.costs()

    return [
        ("StartSubstitute", who, lambda _: its | {"execution": duty.doing(urgency="将被冲垮")}),
        ("CompleteEnforcement", who, lambda _: its | {"record": "代履行笔录1号", "signers": SIGNERS}),
        ("ClaimSubstituteCosts", HEAD, claim),
        (
            "RecordSubstituteCosts",
            FINANCE,
            lambda _: its | {"amount": yuan(800), "bank_reference": f"代费{n}"},
        ),
    ]


async def test_the_end_of_the_remedies_is_noted_once_though_the_node_dies_while_it_notes(
    alone: tuple[Killed, Given],
) -> None:
    """Nobody does anything: the node notes by itself, dies over it, and goes on; then some go to court."""
    d, given = alone
    ids = {each.case_id for each in given.unperformed}

    d.now = OVER
    await until(lambda: noted(d, ids))
    await d.kill()
    before = noted(d, ids)
    await d.rise()
    await until(lambda: len(noted(d, ids)) == len(ids))

    after = noted(d, ids)
    assert before.items() <= after.items(), "what was noted stays what it is"
    assert {enforcement: d.told(enforcement) for enforcement in after.values()} == {
        enforcement: ["RemedyPeriodOver"] for enforcement in after.values()
    }
    lives = [Life(each, *in_court(after[each.case_id])) for each in given.unperformed[:LIVES]]
    for life in lives:
        await demand(d, after[life.dossier.case_id])
    d.now = WAITED + DAY
    await d.cut(lives)
    assert noted(d, ids) == after
    for life in lives:
        enforcement = life.replies[-1].court_enforcement
        assert enforcement.state == courts.COURT_ENFORCEMENT_STATE_ENFORCED
        assert len(enforcement.answers) == 3 and enforcement.application.document_number.endswith("〕1号")
        assert d.told(enforcement.enforcement_id) == [
            "RemedyPeriodOver", "PerformanceDemanded", "CourtApplied", "CourtAccepted", "CourtRuled", "CourtEnforced",
        ]  # fmt: skip


def noted(d: Killed, ids: set[str]) -> dict[str, str]:
    """The enforcement of each case that has one; no case has two."""
    found = [row for row in d.rows("select case_id, enforcement_id from courtenforcement") if row[0] in ids]
    assert len(dict(found)) == len(found)
    return dict(found)


async def until(look: Callable[[], Any]) -> None:
    async with asyncio.timeout(30):
        while not look():
            await asyncio.sleep(0.001)


async def demand(d: Killed, enforcement_id: str) -> None:
    said = {"manner": "缴至指定银行", "rights_told": True, "receipt": "送达回证9号"}
    term = stamp(d.now + 15 * DAY)
    await d.do("DemandPerformance", CLERK, enforcement_id=enforcement_id, term_end_time=term, **said)


def in_court(enforcement_id: str) -> list[Step]:
    its = {"enforcement_id": enforcement_id}

    def said(what: int) -> Step:
        return ("RecordCourtAnswer", CLERK, lambda _: its | {"said": what, "document": "行审1号"})

    return [
        ("ApplyToCourt", HEAD, lambda _: its | {"court": "示例区人民法院", "papers": COURT_PAPERS}),
        said(courts.COURT_SAID_ACCEPTED),
        said(courts.COURT_SAID_RULED),
        said(courts.COURT_SAID_ENFORCED),
    ]

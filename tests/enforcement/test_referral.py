"""Suspected crimes: referred to the police, and what becomes of the case (CRT 3–13, APL 27, 35)."""

from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1 import referral_pb2 as pb
from yifa.law.v1 import law_pb2

from services.given import measure as given
from services.given.case import NO_GAINS
from tests.enforcement.department import Department
from tests.enforcement.samples import (
    CLERK,
    DAY,
    HEAD,
    HOUR,
    INSTANT,
    START,
    UNIT,
    WINDOW_END,
    Dossier,
    stamp,
)
from tests.enforcement.test_measure import seized
from tests.enforcement.test_terms import day

RECEIVED, OPENED, REFUSED = pb.POLICE_SAID_RECEIVED, pb.POLICE_SAID_OPENED, pb.POLICE_SAID_REFUSED
NOT_COMPETENT, FORWARDED = pb.POLICE_SAID_NOT_COMPETENT, pb.POLICE_SAID_FORWARDED


class Referred:
    """A case in which a crime is suspected."""

    def __init__(self, d: Department, dossier: Dossier) -> None:
        self.d, self.dossier, self.referral = d, dossier, pb.Referral()

    @property
    def by(self) -> Any:
        return self.dossier.officers[0].who

    async def act(self, rpc: str, by: Any = HEAD, **more: Any) -> pb.Referral:
        reply = await self.d.do(rpc, by, referral_id=self.referral.referral_id, **more)
        self.referral = reply.referral
        return self.referral

    async def police(self, *said: int, **more: Any) -> pb.Referral:
        for each in said:
            self.referral = await given.police(self.d.do, self.referral.referral_id, each, **more)
        return self.referral

    async def report(self, **more: Any) -> pb.Referral:
        fields = {"officer_ids": self.dossier.ids, "report": "专案组核实报告"}
        return await self.act("ReportCrime", self.by, **(fields | more))

    async def send(self, **more: Any) -> pb.Referral:
        fields = {"police": "示例市公安局", "papers": given.PAPERS, "copy_time": stamp(self.d.now)}
        return await self.act("SendReferral", CLERK, **(fields | more))

    @property
    def state(self) -> str:
        return pb.ReferralState.Name(self.referral.state).removeprefix("REFERRAL_STATE_")

    def clock(self, clock_id: str) -> int:
        return next(x.state for x in self.referral.deadlines if x.clock_id == clock_id)


async def flagged(d: Department, dossier: Dossier | None = None) -> Referred:
    referred = Referred(d, dossier or await d.investigating())
    referred.referral = await given.flag(d.do, referred.dossier.case_id, referred.by)
    return referred


async def sent(d: Department, dossier: Dossier | None = None) -> Referred:
    referred = Referred(d, dossier or await d.investigating())
    referred.referral = await given.refer(d.do, referred.dossier.case_id, referred.dossier.ids, d.now)
    return referred


async def ready(d: Department, **more: Any) -> Dossier:
    """Told and heard, in the moment in which it could be decided."""
    dossier = await d.noticed(**more)
    d.now = WINDOW_END + INSTANT
    return dossier


# The routes of the law -------------------------------------------------------------------------------


async def test_referred_opened_handed_over_and_convicted(department: Department) -> None:
    referred = await sent(department)
    assert referred.referral.document_number.startswith("示罚刑移〔2026〕")
    assert (referred.state, referred.clock("CRM-02")) == ("SENT", law_pb2.CLOCK_STATE_MET)

    await referred.police(RECEIVED)
    assert referred.clock("CRM-03") == law_pb2.CLOCK_STATE_RUNNING
    await referred.police(OPENED)
    assert referred.clock("CRM-07") == law_pb2.CLOCK_STATE_RUNNING
    await referred.act("HandOverToPolice", referred.by, things="账册三本", list_time=stamp(department.now))
    assert referred.clock("CRM-07") == law_pb2.CLOCK_STATE_MET
    outcome = pb.CriminalOutcome(convicted=True, document="（2026）示刑初1号", fine={"fen": 500_000})
    await referred.act("RecordCriminalOutcome", CLERK, outcome=outcome)

    assert referred.state == "CONVICTED"
    await department.act("TerminateCase", referred.dossier)


async def test_the_chief_does_not_approve_and_the_case_goes_on(department: Department) -> None:
    dossier = await ready(department)
    referred = await flagged(department, dossier)
    await referred.report()
    assert referred.clock("CRM-01") == law_pb2.CLOCK_STATE_RUNNING

    async with department.refused("REASONS_MISSING", law="CRT-2020:5(2)"):
        await referred.act("RejectReferral", reasons=" ")
    await referred.act("RejectReferral", reasons="未达到立案追诉标准")

    assert referred.clock("CRM-01") == law_pb2.CLOCK_STATE_MET
    assert referred.state == "REJECTED" and referred.referral.chief == "head-1"
    await department.act("MakeDecision", dossier)


async def test_the_police_open_none_and_the_case_goes_on(department: Department) -> None:
    dossier = await ready(department)
    referred = await sent(department, dossier)
    await referred.police(RECEIVED, REFUSED)
    async with department.refused("CRIME_REFERRAL_REQUIRED"):
        await department.act("MakeDecision", dossier)

    await referred.act("ResumeCase")

    assert referred.state == "RETURNED" and referred.referral.HasField("resume_time")
    await department.act("MakeDecision", dossier)


async def test_the_police_that_refused_reconsider_and_open(department: Department) -> None:
    referred = await sent(department)
    await referred.police(RECEIVED, REFUSED)
    assert referred.clock("CRM-04") == law_pb2.CLOCK_STATE_RUNNING
    department.now = START + 3 * DAY

    await referred.act("AskReconsideration")
    assert referred.clock("CRM-05") == law_pb2.CLOCK_STATE_RUNNING
    await referred.police(OPENED)

    assert (referred.state, referred.clock("CRM-05")) == ("OPENED", law_pb2.CLOCK_STATE_MET)


async def test_refused_again_the_procuratorate_is_asked(department: Department) -> None:
    referred = await sent(department)
    await referred.police(RECEIVED, REFUSED)
    await referred.act("AskReconsideration")
    department.now = START + 2 * DAY
    await referred.police(REFUSED)
    assert referred.clock("CRM-06") == law_pb2.CLOCK_STATE_RUNNING
    department.now = START + 5 * DAY

    await referred.act("SuggestSupervision", suggestion="已达到追诉标准，建议监督立案")
    assert referred.clock("CRM-06") == law_pb2.CLOCK_STATE_MET
    await referred.police(OPENED)

    assert referred.state == "OPENED"


async def test_sent_on_to_the_police_that_are_competent(department: Department) -> None:
    referred = await sent(department)
    await referred.police(RECEIVED, NOT_COMPETENT)
    assert referred.clock("CRM-08") == law_pb2.CLOCK_STATE_RUNNING

    await referred.police(FORWARDED, forwarded_to="示例县公安局")

    assert (referred.state, referred.referral.police) == ("RECEIVED", "示例县公安局")
    assert referred.clock("CRM-08") == law_pb2.CLOCK_STATE_MET
    await referred.police(OPENED)


async def test_justice_sends_the_case_back(department: Department) -> None:
    """Not prosecuted, but to be punished by the agency: the case goes on (APL 27(1))."""
    dossier = await ready(department)
    referred = await sent(department, dossier)
    await referred.police(RECEIVED, OPENED)

    async with department.refused("OUTCOME_NOT_SHOWN", law="APL-2021:27(1)"):
        await referred.act("RecordCriminalOutcome", CLERK, outcome=pb.CriminalOutcome(document=" "))
    await referred.act("RecordCriminalOutcome", CLERK, outcome=pb.CriminalOutcome(document="不起诉决定书1号"))

    assert referred.state == "RETURNED"
    await department.act("MakeDecision", dossier)


async def test_what_was_decided_before_stands(department: Department) -> None:
    """A fine decided before the referral is served and paid (CRT 11(2))."""
    dossier = await department.decided()

    await sent(department, dossier)

    await department.act("ServeDecision", dossier)
    await department.act("RecordPayment", dossier, amount={"fen": 3_000_000}, bank_reference="BK-CRT-11")
    async with department.refused("REFERRAL_OPEN", law="APL-2021:27(1);CRT-2020:11(1)"):
        await department.act("CloseCase", dossier)


async def test_a_case_is_referred_anew_once_the_first_referral_ended(department: Department) -> None:
    referred = await flagged(department)
    async with department.refused("REFERRED_ALREADY", law="CRT-2020:5(1)"):
        await given.flag(department.do, referred.dossier.case_id, referred.by)
    await referred.report()
    await referred.act("RejectReferral", reasons="未达到标准")

    again = await flagged(department, referred.dossier)

    assert again.referral.referral_id != referred.referral.referral_id
    shown = (await department.do("ListReferrals", HEAD, case_id=referred.dossier.case_id)).referrals
    assert [r.state for r in shown] == [pb.REFERRAL_STATE_REJECTED, pb.REFERRAL_STATE_FLAGGED]


async def test_the_term_of_the_case_stands_still(department: Department) -> None:
    """Where the sector's rule says so: while the police have it, its ninety days do not run."""
    dossier = await department.investigating(body_id=await department.body(field="生态环境"))
    case = await department.case(dossier.case_id)
    if case.sector != "environment":
        pytest.skip("the fixture's city has no environmental pack")
    referred = await sent(department, dossier)

    [term] = [x for x in (await department.case(dossier.case_id)).deadlines if x.clock_id == "PEN-15"]
    assert term.state == law_pb2.CLOCK_STATE_SUSPENDED
    assert term.excluded[-1].ground == law_pb2.GROUND_CRIMINAL_REFERRAL
    before = term
    await referred.police(RECEIVED, REFUSED)
    department.now = START + 10 * DAY
    await referred.act("ResumeCase")

    [term] = [x for x in (await department.case(dossier.case_id)).deadlines if x.clock_id == "PEN-15"]
    assert term.state == law_pb2.CLOCK_STATE_RUNNING
    assert (
        day(before) == "2026-06-01" and day(term) == "2026-06-10"
    )  # 31 May, a Sunday, and ten days after it
    assert department.names(dossier.case_id)[-2:] == ["TimeExcluded", "TimeResumed"]


async def test_where_no_rule_says_so_the_term_runs_on(department: Department) -> None:
    dossier = await department.investigating()

    await sent(department, dossier)

    [term] = [x for x in (await department.case(dossier.case_id)).deadlines if x.clock_id == "PEN-15"]
    assert term.state == law_pb2.CLOCK_STATE_RUNNING and not term.excluded


# What the law does not allow -------------------------------------------------------------------------


async def test_no_penalty_takes_the_place_of_a_referral(department: Department) -> None:
    dossier = await ready(department)
    referred = await flagged(department, dossier)

    async with department.refused(
        "CRIME_REFERRAL_REQUIRED", law="APL-2021:8(2);APL-2021:27(1);CRT-2020:11(1)"
    ):
        await department.act("MakeDecision", dossier)
    await referred.report()
    await referred.act("ApproveReferral")
    await referred.send()
    async with department.refused("CRIME_REFERRAL_REQUIRED"):
        await department.act("MakeDecision", dossier)


async def test_a_warning_may_be_decided_while_the_police_have_it(department: Department) -> None:
    warning = penalties.Penalty(
        kinds=[penalties.PENALTY_KIND_WARNING],
        correction_order="立即改正",
        benchmark_id="示例法:1-1",
        band_code="3",
        gains=NO_GAINS,
    )
    dossier = await ready(department, proposal=warning)
    await sent(department, dossier)

    await department.act("MakeDecision", dossier)


async def test_whom_a_court_fined_is_not_fined_again(department: Department) -> None:
    dossier = await ready(department)
    referred = await sent(department, dossier)
    await referred.police(RECEIVED, OPENED)
    await referred.act("HandOverToPolice", referred.by, things="账册", list_time=stamp(department.now))
    outcome = pb.CriminalOutcome(convicted=True, document="（2026）示刑初2号", fine={"fen": 100})
    await referred.act("RecordCriminalOutcome", CLERK, outcome=outcome)

    async with department.refused("FINED_BY_COURT", law="APL-2021:35(2)"):
        await department.act("MakeDecision", dossier)


async def test_a_case_does_not_end_while_a_crime_is_referred(department: Department) -> None:
    referred = await flagged(department)

    async with department.refused("REFERRAL_OPEN"):
        await department.act("TerminateCase", referred.dossier)


async def test_a_clue_is_not_declined_while_a_crime_is_referred(department: Department) -> None:
    dossier = await department.clue()
    await given.flag(department.do, dossier.case_id, UNIT)

    async with department.refused("REFERRAL_OPEN"):
        await department.act("DeclineClue", dossier)


async def test_two_certified_officers_verify_it_in_writing(department: Department) -> None:
    referred = await flagged(department)
    outsider = await department.officer(referred.dossier.body_id, certified=False)

    async with department.refused("REFERRAL_TEAM", law="CRT-2020:5(1)"):
        await referred.report(officer_ids=referred.dossier.ids[:1])
    async with department.refused("REFERRAL_TEAM", law="CRT-2020:5(1)"):
        await referred.report(officer_ids=[referred.dossier.ids[0], outsider.officer_id])
    async with department.refused("REFERRAL_TEAM", law="CRT-2020:5(1)"):
        await referred.report(report=" ")


async def test_it_goes_with_its_papers_and_a_copy_to_the_procuratorate(department: Department) -> None:
    referred = await flagged(department)
    await referred.report()
    async with department.refused("ACT_NOT_OPEN"):
        await referred.send()
    await referred.act("ApproveReferral")

    async with department.refused("REFERRAL_PAPERS_MISSING", law="CRT-2020:6"):
        await referred.send(papers=given.PAPERS[:2])
    async with department.refused("COPY_NOT_SENT", law="CRT-2020:14(1)"):
        await referred.send(copy_time=None)
    async with department.refused("COPY_NOT_SENT"):
        await referred.send(copy_time=stamp(department.now + HOUR))


async def test_an_appraisal_goes_along(department: Department) -> None:
    referred = await flagged(department)
    await department.evidence(referred.dossier, kind=cases.EVIDENCE_KIND_EXPERT_OPINION, title="鉴定意见")
    await referred.report()
    await referred.act("ApproveReferral")

    async with department.refused("REFERRAL_PAPERS_MISSING"):
        await referred.send()
    await referred.send(papers=[*given.PAPERS, pb.REFERRAL_PAPER_APPRAISALS])


async def test_a_refusal_is_challenged_within_three_days(department: Department) -> None:
    referred = await sent(department)
    await referred.police(RECEIVED, REFUSED)
    department.now = START + 4 * DAY

    async with department.refused("TOO_LATE", law="CRT-2020:9"):
        await referred.act("AskReconsideration")
    async with department.refused("TOO_LATE", law="CRT-2020:9"):
        await referred.act("SuggestSupervision", suggestion="建议监督")


async def test_the_police_say_what_they_can_say(department: Department) -> None:
    referred = await sent(department)

    async with department.refused("MALFORMED"):
        await referred.police(OPENED)
    async with department.refused("ACT_IN_FUTURE"):
        await referred.police(RECEIVED, receive_time=stamp(department.now + HOUR))


async def test_things_are_listed_and_none_is_kept_back(department: Department) -> None:
    referred = await sent(department)
    await referred.police(RECEIVED, OPENED)

    async with department.refused("THINGS_NOT_LISTED", law="CRT-2020:4(2)"):
        await referred.act("HandOverToPolice", referred.by, things="账册")


async def test_what_a_measure_holds_goes_along_first(department: Department) -> None:
    held = await seized(department)
    referred = await sent(department, held.dossier)
    await referred.police(RECEIVED, OPENED)
    handed = {"things": "设备一台", "list_time": stamp(department.now)}

    async with department.refused("THINGS_STILL_HELD", law="ACL-2011:21;CRT-2020:12"):
        await referred.act("HandOverToPolice", referred.by, **handed)

    await held.act("HandOverThings", receiver="示例市公安局", tell_time=stamp(department.now))
    await referred.act("HandOverToPolice", referred.by, **handed)

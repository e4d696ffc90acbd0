"""Complaints about enforcement at the city: received, sorted, looked into by others, answered, taken up again (LN-SUP 19)."""

from typing import Any

import pytest
from yifa.enforcement.v1 import surcharge_pb2 as remedies
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import complaint_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1.complaint_pb2 import ComplaintState

from tests.supervision.complaints import (
    ABOUT,
    BODY,
    CITIZEN,
    HEAD,
    OFFICER,
    REPORTER,
    SECOND,
    carried,
    ready,
)
from tests.supervision.office import ENVIRONMENT, Office, at, new_case, number_of

ANONYMOUS: dict[str, Any] = {"reporter": None}
ELSEWHERE: dict[str, Any] = {"matter": pb.COMPLAINT_MATTER_PETITION}


def state(complaint: pb.Complaint) -> str:
    return ComplaintState.Name(complaint.state).removeprefix("COMPLAINT_STATE_")


async def test_a_complaint_by_name_is_followed_to_its_end(office: Office) -> None:
    desk = await ready(office)
    filed = await desk.file()
    key = {"complaint_id": filed.complaint.complaint_id}
    receipt = filed.receipt.code

    await desk.say(
        OFFICER, "RegisterComplaint", number="投诉〔2026〕1号", matter=pb.COMPLAINT_MATTER_ENFORCEMENT,
        remedy=pb.COMPLAINT_REMEDY_NONE, **key,
    )  # fmt: skip
    await desk.say(OFFICER, "AcceptComplaint", **key)
    await desk.say(HEAD, "AssignComplaint", handlers=[SECOND], **key)
    await desk.say(SECOND, "InvestigateComplaint", **key)
    await desk.say(
        SECOND, "ConcludeComplaint", conclusion=pb.COMPLAINT_CONCLUSION_PARTLY_FOUNDED, evidence=["笔录"],
        reasons="有笔录为证", **key,
    )  # fmt: skip
    for kind in (pb.COMPLAINT_REFERRAL_KIND_SUPERVISION, pb.COMPLAINT_REFERRAL_KIND_ACCOUNTABILITY):
        await desk.say(OFFICER, "ReferComplaint", kind=kind, document="转〔2026〕1号", **key)
    await desk.say(OFFICER, "AnswerComplaint", answer="已责令改正。", **key)
    rated = await desk.say(
        CITIZEN, "RateComplaint", receipt=receipt, satisfaction=pb.COMPLAINT_SATISFACTION_DISSATISFIED, **key
    )
    await desk.say(OFFICER, "CloseComplaint", **key)

    told = (await desk.say(CITIZEN, "CheckComplaint", receipt=receipt, **key)).shown
    assert (told.state, told.answer) == (pb.COMPLAINT_STATE_CLOSED, "已责令改正。")
    assert rated.shown.satisfaction == told.satisfaction == pb.COMPLAINT_SATISFACTION_DISSATISFIED
    record = await desk.get(**key)
    assert (record.identity, record.about.body_name) == (pb.COMPLAINT_IDENTITY_NAMED, "示例市生态环境局")
    assert [r.kind for r in record.referrals] == [1, 2]
    assert [state(c) for c in carried(office)] == [
        "RECEIVED", "REGISTERED", "ACCEPTED", "ASSIGNED", "INVESTIGATING", "FOUND", "FOUND", "FOUND", "ANSWERED", "ANSWERED",
        "CLOSED",
    ]  # fmt: skip
    assert office.addressees(events.ComplaintReceived) == {"city"}


async def test_the_sixty_days_begin_with_the_acceptance_and_who_must_act_is_reminded(office: Office) -> None:
    """SUP-10 ends with the answer, and begins anew when the complaint is taken up again (LN-SUP 19)."""
    desk = await ready(office)
    complaint = await desk.found()
    [clock] = complaint.deadlines
    assert clock.clock_id == "SUP-10" and clock.due_time.ToDatetime().date().isoformat() == "2026-05-06"

    office.clock("2026-05-08 09:00")
    await office.ticked()

    [reminded] = office.emitted(events.ComplaintReminded)
    assert reminded.passed and reminded.complaint.complaint_id == complaint.complaint_id
    key = {"complaint_id": complaint.complaint_id}
    await desk.say(OFFICER, "AnswerComplaint", answer="已责令改正。", **key)
    assert (await desk.get(**key)).deadlines[0].HasField("stop_time")
    again = (await desk.say(HEAD, "ReopenComplaint", new_facts="另有证人", **key)).complaint
    assert (state(again), again.answer, again.conclusion) == ("ASSIGNED", "", 0)
    assert again.reopenings[0].earlier_answer == "已责令改正。"
    assert again.deadlines[0].due_time.ToDatetime().date().isoformat() == "2026-07-07"


async def test_it_is_taken_up_again_after_it_was_closed_on_new_facts_only(office: Office) -> None:
    desk = await ready(office)
    complaint = await desk.answered()
    key = {"complaint_id": complaint.complaint_id}
    await desk.say(OFFICER, "CloseComplaint", **key)

    refused, _ = await desk.refused(HEAD, "ReopenComplaint", new_facts="  ", **key)
    again = await desk.say(HEAD, "ReopenComplaint", new_facts="另有证人", **key)

    assert refused == {"MALFORMED"}
    assert state(again.complaint) == "ASSIGNED"


@pytest.mark.parametrize(
    "handler",
    [BODY, "示例市生态环境局", "O-1", "O-7", "H-1", "O-9"],
    ids=["the unit", "by its name", "complained of", "of the case", "its head", "certified there"],
)
async def test_nobody_who_is_complained_of_looks_into_it(office: Office, handler: str) -> None:
    """Neither the unit, nor who is named, nor its people (CITY-ERS 6(6))."""
    desk = await ready(office)
    await office.certify("O-9", body_id=BODY)
    await office.appoint(BODY, "H-1")
    await office.tell(new_case("C-7", officers=("O-7", "O-8")), "CaseFiled", "2026-03-02 08:00")
    about = ABOUT | {"officer_ids": ["O-1"], "case_number": "环罚立〔2026〕C-7号"}
    complaint = await desk.accepted(about=about)
    key = {"complaint_id": complaint.complaint_id}

    refused, _ = await desk.refused(HEAD, "AssignComplaint", handlers=[OFFICER, handler], **key)

    assert refused == {"HANDLER_CONFLICT"}
    await desk.say(HEAD, "AssignComplaint", handlers=[OFFICER], **key)
    assert (await desk.refused(SECOND, "InvestigateComplaint", **key))[0] == {"NOT_ASSIGNED"}


async def test_it_is_assigned_by_the_head(office: Office) -> None:
    desk = await ready(office)
    complaint = await desk.accepted()

    refused, _ = await desk.refused(
        OFFICER, "AssignComplaint", complaint_id=complaint.complaint_id, handlers=[OFFICER]
    )

    assert refused == {"ROLE_REQUIRED"}


@pytest.mark.parametrize("to", [BODY, "示例市生态环境局", "环保局局长"])
async def test_what_belongs_to_another_goes_there_and_never_to_who_is_complained_of(
    office: Office, to: str
) -> None:
    desk = await ready(office)
    about = ABOUT | {"officer_ids": ["环保局局长"]}
    complaint = await desk.registered(about=about, matter=pb.COMPLAINT_MATTER_OTHER)
    key = {"complaint_id": complaint.complaint_id}
    told = {"tell_time": at("2026-03-02 08:59")}

    refused, _ = await desk.refused(OFFICER, "TransferComplaint", transferred_to=to, **key, **told)
    untold, _ = await desk.refused(OFFICER, "TransferComplaint", transferred_to="信访局", **key)
    gone = await desk.say(OFFICER, "TransferComplaint", transferred_to="信访局", **key, **told)

    assert (refused, untold) == ({"TOLD_TO_COMPLAINED"}, {"PERSON_NOT_TOLD"})
    assert state(gone.complaint) == "TRANSFERRED"


async def test_a_body_that_the_city_does_not_know_makes_no_matter_of_its_own(office: Office) -> None:
    """Whether a unit enforces is what the registry says, not what the person calls it."""
    desk = await ready(office)
    unknown = await desk.registered(about=ABOUT | {"body_id": "B-77"})
    unnamed = await desk.registered(about={"body_name": "环保局", "act": "罚款", "day": "2026-03-01"})

    for complaint in (unknown, unnamed):
        refused, _ = await desk.refused(OFFICER, "AcceptComplaint", complaint_id=complaint.complaint_id)
        assert refused == {"NOT_COMPETENT"}


async def test_what_is_in_a_remedy_is_guided_there(office: Office) -> None:
    """By what the register says, or by what the city knows of the case, whatever the register says (ASR 33(3))."""
    desk = await ready(office)
    case = new_case("C-7")
    case.remedies.add(kind=remedies.REMEDY_KIND_RECONSIDERATION, begin_time=at("2026-03-01 09:00"))
    await office.tell(case, "CaseFiled", "2026-03-02 08:00")
    told = {"tell_time": at("2026-03-02 08:59")}
    by_case = await desk.registered(about=ABOUT | {"case_number": "环罚立〔2026〕C-7号"})
    by_word = await desk.registered(remedy=pb.COMPLAINT_REMEDY_LITIGATION)
    free = await desk.registered()

    for complaint, way in (
        (by_case, pb.COMPLAINT_WAY_RECONSIDERATION),
        (by_word, pb.COMPLAINT_WAY_LITIGATION),
    ):
        key = {"complaint_id": complaint.complaint_id}
        assert (await desk.refused(OFFICER, "AcceptComplaint", **key))[0] == {"ALREADY_IN_REMEDY"}
        gone = await desk.say(OFFICER, "GuideComplaint", way=way, **key, **told)
        assert state(gone.complaint) == "GUIDED"
    for way in (pb.COMPLAINT_WAY_LITIGATION, pb.COMPLAINT_WAY_DISCIPLINE):
        refused = await desk.refused(
            OFFICER, "GuideComplaint", complaint_id=free.complaint_id, way=way, **told
        )
        assert refused[0] == {"WRONG_WAY"}


async def test_two_about_the_same_act_of_a_unit_become_one(office: Office) -> None:
    desk = await ready(office)
    first, same = await desk.accepted(), await desk.accepted(about=ABOUT | {"act": "当场收缴罚款 不开票据"})
    other = await desk.accepted(about=ABOUT | {"day": "2026-02-27"})
    vague = [await desk.accepted(about=ABOUT | {"day": ""}) for _ in range(2)]

    for one, with_ in ((other, first), (first, first), (vague[0], vague[1])):
        refused, _ = await desk.refused(
            OFFICER, "MergeComplaint", complaint_id=one.complaint_id, merged_with=with_.complaint_id
        )
        assert refused == {"NOT_DUPLICATE"}
    like = await desk.say(OFFICER, "GetComplaint", complaint_id=first.complaint_id)
    merged = await desk.say(
        OFFICER, "MergeComplaint", complaint_id=same.complaint_id, merged_with=first.complaint_id
    )

    assert [c.complaint_id for c in like.same_act] == [same.complaint_id]
    assert state(merged.complaint) == "MERGED"
    again, _ = await desk.refused(
        OFFICER, "MergeComplaint", complaint_id=first.complaint_id, merged_with=same.complaint_id
    )
    assert again == {"NOT_DUPLICATE"}


async def test_who_gives_no_name_is_heard_and_not_answered(office: Office) -> None:
    desk = await ready(office)
    complaint = await desk.found(**ANONYMOUS)
    key = {"complaint_id": complaint.complaint_id}

    assert complaint.identity == pb.COMPLAINT_IDENTITY_ANONYMOUS and not complaint.seal_ids
    assert (await desk.refused(OFFICER, "AnswerComplaint", answer="已改正", **key))[0] == {"NOBODY_TO_ANSWER"}
    assert (await desk.refused(OFFICER, "UnsealReporter", reason="核实", **key))[0] == {"NOTHING_SEALED"}
    closed = await desk.say(OFFICER, "CloseAnonymousComplaint", **key)
    assert state(closed.complaint) == "CLOSED"
    by_name = await desk.found()
    refused, _ = await desk.refused(OFFICER, "CloseAnonymousComplaint", complaint_id=by_name.complaint_id)
    assert refused == {"ANSWER_OWED"}


async def test_only_a_name_with_a_way_to_answer_is_a_name(office: Office) -> None:
    desk = await ready(office)

    for given in ({"name": "欧阳密封"}, {"phone": "13900010002"}):
        complaint = (await desk.file(reporter=given)).complaint
        assert complaint.identity == pb.COMPLAINT_IDENTITY_ANONYMOUS and complaint.seal_ids


async def test_what_was_not_found_to_be_so_goes_no_further(office: Office) -> None:
    desk = await ready(office)
    complaint = await desk.found(pb.COMPLAINT_CONCLUSION_UNFOUNDED)

    refused, _ = await desk.refused(
        OFFICER, "ReferComplaint", complaint_id=complaint.complaint_id, document="转1号",
        kind=pb.COMPLAINT_REFERRAL_KIND_ACCOUNTABILITY,
    )  # fmt: skip

    assert refused == {"NOTHING_FOUND"}


async def test_a_number_is_given_once(office: Office) -> None:
    desk = await ready(office)
    first, second = await desk.registered(), (await desk.file()).complaint

    refused, _ = await desk.refused(
        OFFICER, "RegisterComplaint", complaint_id=second.complaint_id, number=first.number,
        matter=pb.COMPLAINT_MATTER_ENFORCEMENT, remedy=pb.COMPLAINT_REMEDY_NONE,
    )  # fmt: skip

    assert refused == {"NOT_NUMBERED"}


async def test_the_receipt_alone_shows_and_rates_it_once(office: Office) -> None:
    desk = await ready(office)
    filed, answered = await desk.file(), await desk.answered()
    key, rate = {"complaint_id": answered.complaint_id}, {"satisfaction": pb.COMPLAINT_SATISFACTION_SATISFIED}

    assert (await desk.refused(CITIZEN, "CheckComplaint", receipt=filed.receipt.code, **key))[0] == {
        "NOT_FOUND"
    }
    refused, _ = await desk.refused(CITIZEN, "RateComplaint", receipt=filed.receipt.code, **key, **rate)
    assert refused == {"RECEIPT_WRONG"}
    early, _ = await desk.refused(
        CITIZEN,
        "RateComplaint",
        receipt=filed.receipt.code,
        complaint_id=filed.complaint.complaint_id,
        **rate,
    )
    assert early == {"ACT_NOT_OPEN"}
    assert (await desk.refused(OFFICER, "RateComplaint", receipt="x", **key, **rate))[0] == {"ROLE_REQUIRED"}


async def test_an_answer_is_rated_once(office: Office) -> None:
    desk = await ready(office)
    office_says = {"source": pb.COMPLAINT_SOURCE_HOTLINE, "source_number": "12345-77"}
    filed = await desk.file(OFFICER, **office_says)
    key = {"complaint_id": filed.complaint.complaint_id}
    await desk.say(
        OFFICER, "RegisterComplaint", number="投1", matter=pb.COMPLAINT_MATTER_ENFORCEMENT,
        remedy=pb.COMPLAINT_REMEDY_NONE, **key,
    )  # fmt: skip
    await desk.say(OFFICER, "AcceptComplaint", **key)
    await desk.say(HEAD, "AssignComplaint", handlers=[OFFICER], **key)
    await desk.say(OFFICER, "InvestigateComplaint", **key)
    await desk.say(OFFICER, "ConcludeComplaint", conclusion=3, evidence=["笔录"], reasons="查无此事", **key)
    await desk.say(OFFICER, "AnswerComplaint", answer="查无此事。", **key)
    said = {"receipt": filed.receipt.code, "satisfaction": pb.COMPLAINT_SATISFACTION_SATISFIED, **key}
    await desk.say(CITIZEN, "RateComplaint", **said)

    refused, _ = await desk.refused(CITIZEN, "RateComplaint", **said)

    assert refused == {"RATED_ALREADY"}


async def test_the_public_speaks_for_itself_and_leaves_no_name(office: Office) -> None:
    desk = await ready(office)

    refused, _ = await desk.refused(
        CITIZEN,
        "FileComplaint",
        source=pb.COMPLAINT_SOURCE_COURT,
        about=ABOUT,
        text="罚款",
        reporter=REPORTER,
    )
    complaint = (await desk.file()).complaint

    assert refused == {"MALFORMED"} and complaint.receiver == "public"
    assert {e.actor for e in office.running.entries(0, 100) if e.type.endswith("ComplaintReceived")} == {
        "public"
    }


async def test_they_are_listed_by_state_source_and_unit(office: Office) -> None:
    desk = await ready(office)
    await desk.file()
    hotline = await desk.file(OFFICER, source=pb.COMPLAINT_SOURCE_HOTLINE)
    accepted = await desk.accepted()

    async def listed(**wanted: Any) -> set[str]:
        found = await desk.say(OFFICER, "ListComplaints", **wanted)
        return {c.complaint_id for c in found.complaints}

    assert len(await listed()) == 3
    assert await listed(source=pb.COMPLAINT_SOURCE_HOTLINE) == {hotline.complaint.complaint_id}
    assert await listed(state=pb.COMPLAINT_STATE_ACCEPTED, body_id=BODY) == {accepted.complaint_id}
    assert await listed(body_id="B-2") == set()


QUESTION, REPLY = (
    "收缴罚款不开票据怎么办？",
    "当场收缴罚款应当出具专用票据，不出具的有权拒绝缴纳；已责令改正。",
)


async def test_what_is_asked_is_answered_in_public_only_as_who_asks_wants_it(office: Office) -> None:
    """Neither who complained, nor who is complained of, nor a number that tells who is public (OPR-SUP 10, CITY-ERS 6(6))."""
    desk = await ready(office)
    certificate = certificate_pb2.Certificate(
        certificate_number=number_of("O-5"), officer_id="O-5", officer_name="郑测试甲", node=ENVIRONMENT, body_id=BODY,
        issue_time=at("2025-01-01 00:00"), expire_time=at("2029-01-01 00:00"), version=1,
    )  # fmt: skip
    await office.registry(registry.CertificateIssued(certificate=certificate))
    kept = await desk.answered()
    said = {"question": QUESTION, "answer": REPLY}
    refused, _ = await desk.refused(HEAD, "PublishComplaintAnswer", complaint_id=kept.complaint_id, **said)
    assert refused == {"ANSWER_NOT_FOR_PUBLIC"}
    about = ABOUT | {"officer_ids": ["O-5"], "day": "2026-02-27"}
    open_one = await desk.answered(open_wanted=True, about=about)
    key = {"complaint_id": open_one.complaint_id}
    for wrong, reason in (
        ({"question": " "}, "PUBLIC_ANSWER_MISSING"),
        ({"answer": ""}, "PUBLIC_ANSWER_MISSING"),
        ({"question": "请致电13900010002"}, "PUBLIC_ANSWER_TELLS_WHO"),
        ({"question": "请致电１３９ ０００１ ０００２"}, "PUBLIC_ANSWER_TELLS_WHO"),
        ({"answer": "已回复 someone＠example．invalid"}, "PUBLIC_ANSWER_TELLS_WHO"),
        ({"answer": "已对郑测试甲批评教育"}, "PUBLIC_ANSWER_TELLS_WHO"),
        ({"answer": "已对O-5批评教育"}, "PUBLIC_ANSWER_TELLS_WHO"),
    ):
        assert (await desk.refused(HEAD, "PublishComplaintAnswer", **(said | wrong), **key))[0] == {reason}
    assert (await desk.refused(OFFICER, "PublishComplaintAnswer", **said, **key))[0] == {"ROLE_REQUIRED"}
    assert (await desk.refused(HEAD, "WithdrawComplaintAnswer", reason="误发", **key))[0] == {
        "ANSWER_NOT_PUBLIC"
    }

    await desk.say(HEAD, "PublishComplaintAnswer", **said, **key)

    [shown] = (await desk.say(CITIZEN, "ListPublicAnswers", page_size=500)).answers
    assert (shown.question, shown.answer, shown.body_name) == (QUESTION, REPLY, "示例市生态环境局")
    assert open_one.complaint_id not in str(shown) and open_one.number not in str(shown)
    assert (await desk.refused(HEAD, "PublishComplaintAnswer", **said, **key))[0] == {"ANSWER_PUBLIC_ALREADY"}
    assert (await desk.refused(HEAD, "WithdrawComplaintAnswer", reason=" ", **key))[0] == {"REASONS_MISSING"}
    await desk.say(HEAD, "WithdrawComplaintAnswer", reason="答复有误", **key)
    assert not (await desk.say(CITIZEN, "ListPublicAnswers")).answers
    again = await desk.say(HEAD, "PublishComplaintAnswer", **said, **key)
    assert [p.HasField("withdraw_time") for p in again.complaint.publications] == [True, False]
    assert office.addressees(events.ComplaintAnswerPublished) == {"city"}

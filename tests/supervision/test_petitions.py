"""Petitions about enforcement (信访): told of within fifteen days, handled within sixty, answered to both (PET 22, 23, 34)."""

from typing import Any

from yifa.supervision.v1 import complaint_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events

from services.law.calendar import SHANGHAI
from tests.supervision.complaints import HEAD, OFFICER, Desk, ready
from tests.supervision.office import Office

SENT = {
    "source": pb.COMPLAINT_SOURCE_PETITION,
    "source_unit": "示例市信访局",
    "source_number": "信转〔2026〕9号",
}
ANSWER = {"answer": "已责令改正。", "document": "示司复〔2026〕3号"}


def ends(complaint: pb.Complaint) -> dict[str, str]:
    """The last days of the clocks that run."""
    running = (d for d in complaint.deadlines if not d.HasField("stop_time"))
    return {d.clock_id: d.due_time.ToDatetime(SHANGHAI).date().isoformat() for d in running}


async def test_a_petition_is_told_of_handled_in_its_term_and_answered_to_both(office: Office) -> None:
    """Given a petition by name that the petitions office passed on, when it is accepted, told of, extended and answered to the
    person, then it ends only once who passed it on is answered too.
    """
    desk = await ready(office)
    filed = (await desk.file(OFFICER, **SENT)).complaint
    key = {"complaint_id": filed.complaint_id}
    assert ends(filed) == {"SUP-13": "2026-03-17"}
    fields = {"matter": pb.COMPLAINT_MATTER_ENFORCEMENT, "remedy": pb.COMPLAINT_REMEDY_NONE}
    await desk.say(OFFICER, "RegisterComplaint", number="信〔2026〕1号", **fields, **key)
    accepted = (await desk.say(OFFICER, "AcceptComplaint", **key)).complaint
    assert ends(accepted) == {"SUP-13": "2026-03-17", "SUP-14": "2026-05-06", "SUP-10": "2026-05-06"}
    assert (await desk.refused(OFFICER, "NotifyPetitioner", document=" ", **key))[0] == {"NOTICE_MISSING"}

    told = (await desk.say(OFFICER, "NotifyPetitioner", document="信受〔2026〕1号", **key)).complaint
    assert "SUP-13" not in ends(told) and told.acceptance_notice == "信受〔2026〕1号"
    longer: dict[str, Any] = {"days": 30, "complexity": "涉及三个单位"}
    assert (await desk.refused(HEAD, "ExtendPetition", **(longer | {"complexity": " "}), **key))[0] == {
        "EXTENSION_INVALID"
    }
    assert (
        "EXTENSION_TOO_LONG"
        in (await desk.refused(HEAD, "ExtendPetition", **(longer | {"days": 31}), **key))[0]
    )
    extended = (await desk.say(HEAD, "ExtendPetition", **longer, **key)).complaint
    assert ends(extended)["SUP-14"] == "2026-06-01"  # the thirty days end on Sunday, 31 May
    assert (await desk.refused(HEAD, "ExtendPetition", **longer, **key))[0] == {"EXTENSION_INVALID"}

    await desk.say(HEAD, "AssignComplaint", handlers=[OFFICER], **key)
    await desk.say(OFFICER, "InvestigateComplaint", **key)
    found = {"conclusion": pb.COMPLAINT_CONCLUSION_FOUNDED, "evidence": ["笔录"], "reasons": "票据存根缺号"}
    await desk.say(OFFICER, "ConcludeComplaint", **found, **key)
    answered = (await desk.say(OFFICER, "AnswerComplaint", answer="已责令改正。", **key)).complaint
    assert ends(answered) == {}
    assert (await desk.refused(OFFICER, "CloseComplaint", **key))[0] == {"SENDER_NOT_ANSWERED"}
    for lacking in ANSWER:
        no = await desk.refused(OFFICER, "AnswerPetitionSender", **(ANSWER | {lacking: " "}), **key)
        assert no[0] == {"SENDER_ANSWER_MISSING"}
    await desk.say(OFFICER, "AnswerPetitionSender", **ANSWER, **key)

    closed = (await desk.say(OFFICER, "CloseComplaint", **key)).complaint

    assert closed.state == pb.COMPLAINT_STATE_CLOSED and closed.sender_document == ANSWER["document"]
    assert office.addressees(events.PetitionSenderAnswered) == {"city"}


async def test_who_must_act_is_told_when_nobody_told_the_petitioner_in_fifteen_days(office: Office) -> None:
    desk = await ready(office)
    filed = (await desk.file(OFFICER, **SENT)).complaint

    office.clock("2026-03-18 00:00")
    await office.ticked()

    reminded = [
        e for e in office.emitted(events.ComplaintReminded) if e.complaint.complaint_id == filed.complaint_id
    ]
    assert [(e.deadline.clock_id, e.passed) for e in reminded if e.passed] == [("SUP-13", True)]


async def test_what_is_no_petition_is_not_handled_as_one(office: Office) -> None:
    desk: Desk = await ready(office)
    key = {"complaint_id": (await desk.accepted()).complaint_id}

    assert (await desk.refused(OFFICER, "NotifyPetitioner", document="信受〔2026〕2号", **key))[0] == {
        "NO_PETITION"
    }
    no = await desk.refused(HEAD, "ExtendPetition", days=10, complexity="复杂", **key)
    assert no[0] == {"NO_PETITION"}
    assert "SUP-14" not in ends(await desk.get(**key))

"""A case goes to the body that has jurisdiction; two bodies of one department, so that both sides are seen."""

from datetime import UTC, datetime
from typing import Any

import grpc
import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1.measure_pb2 import RELEASE_GROUND_NOT_NEEDED
from yifa.law.v1.law_pb2 import CLOCK_STATE_EXPIRED, CLOCK_STATE_RUNNING
from yifa.registry.v1 import body_pb2
from yifa.supervision.v1 import dispute_pb2
from yifa.supervision.v1 import events_pb2 as supervision

from services.given import measure as given_measure
from services.given.case import gains
from services.kit.ids import new_id
from services.kit.reactions import NotItsHome
from services.law.calendar import SHANGHAI
from tests.city import read_refusal
from tests.enforcement import test_advance_registration as registrations
from tests.enforcement import test_measure as measures
from tests.enforcement import test_referral as referrals
from tests.enforcement.department import Department
from tests.enforcement.samples import (
    CLERK,
    DAY,
    HEAD,
    NODE,
    REVIEWER,
    START,
    UNIT,
    Dossier,
    fine,
    serial,
    stamp,
)
from tests.enforcement.test_important_matters import asked
from tests.enforcement.test_terms import until_state

CONFESSED = penalties.Lenience(
    degree=penalties.LENIENCE_DEGREE_LIGHTER,
    grounds=[penalties.LENIENCE_GROUND_CONFESSED],
    reasons="主动供述尚未掌握的违法行为",
)
CLUE, FILED, OUT = cases.CASE_STATE_CLUE, cases.CASE_STATE_FILED, cases.CASE_STATE_TRANSFERRED_OUT


async def transfer(d: Department, dossier: Dossier) -> tuple[cases.Case, cases.Case]:
    """The case at the sender and at the receiver."""
    body_id = await d.body(area="440703")
    cause = "违法行为发生地不在本机关管辖区域"
    sent = (await d.do("TransferCase", HEAD, case_id=dossier.case_id, body_id=body_id, cause=cause)).case
    reply = await d.do("ListCases", HEAD, page_size=1)
    return sent, reply.cases[0]


async def dispute(d: Department, case: cases.Case) -> cases.Case:
    return (await d.do("DisputeTransfer", HEAD, case_id=case.case_id, cause="本机关亦无管辖权")).case


def clocks(case: cases.Case) -> dict[str, bool]:
    """The clocks of a case, and whether each still runs."""
    return {deadline.clock_id: not deadline.HasField("stop_time") for deadline in case.deadlines}


async def test_a_transferred_clue_begins_again_at_the_receiver(department: Department) -> None:
    dossier = await department.clue(area="440703")

    sent, received = await transfer(department, dossier)

    assert (sent.state, received.state) == (OUT, CLUE)
    assert sent.transfer.from_case_id == dossier.case_id and sent.transfer.HasField("send_time")
    assert received.transfer.transfer_id == sent.transfer.transfer_id
    assert received.transfer.to_case_id == received.case_id != dossier.case_id
    assert (received.party, received.violation) == (sent.party, sent.violation)
    assert received.clue.source == cases.CLUE_SOURCE_TRANSFER
    assert received.clue.summary == sent.transfer.cause and received.area_code == "440703"
    assert clocks(sent) == {"PEN-03": False} and clocks(received) == {"PEN-03": True}


@pytest.mark.parametrize(("days", "late"), [(0, False), (20, False), (-1, True)])
async def test_what_the_first_body_discovered_in_time_is_not_barred_at_the_second(
    department: Department, days: int, late: bool
) -> None:
    """The act is of 2 March 2024, the clue of 2 March 2026; it goes on to a third body too (APL 36)."""
    ended = stamp(datetime(2024, 3, 2, tzinfo=SHANGHAI) + min(days, 0) * DAY)
    dossier = await department.clue(area="440703", occur_time=ended)
    department.now += max(days, 0) * DAY
    _, received = await transfer(department, dossier)

    assert received.clue.discover_time == (await department.case(dossier.case_id)).clue.receive_time
    assert received.clue.receive_time == stamp(department.now)
    if late:
        async with department.refused("LIMITATION_EXPIRED", law="APL-2021:36(1)"):
            await department.do("FileCase", HEAD, case_id=received.case_id)
    else:
        await department.do("FileCase", HEAD, case_id=received.case_id)


async def test_a_filed_case_stops_its_clocks_when_it_goes(department: Department) -> None:
    dossier = await department.investigating()

    sent, received = await transfer(department, dossier)

    assert clocks(sent) == {"PEN-03": False, "PEN-15": False}
    assert received.case_number == "" and not received.officers
    assert received.transfer.from_case_number == sent.case_number


async def test_it_goes_to_another_body_that_may_enforce(department: Department) -> None:
    dossier = await department.clue()
    unfit = await department.body(state=body_pb2.BODY_STATE_CONFIRMED)

    for body_id in (unfit, dossier.body_id):
        async with department.refused("RECEIVER_NOT_QUALIFIED", law="APL-2021:22;APL-2021:38(1)"):
            await department.do("TransferCase", HEAD, case_id=dossier.case_id, body_id=body_id, cause="示例")

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await department.do("TransferCase", HEAD, case_id=dossier.case_id, body_id="B-none", cause="示例")
    assert read_refusal(caught.value).code is grpc.StatusCode.NOT_FOUND


async def test_what_was_transferred_is_not_transferred_on(department: Department) -> None:
    _, received = await transfer(department, await department.clue())
    further = await department.body()

    async with department.refused("TRANSFERRED_AGAIN", law="SAMR-2022:14"):
        await department.do("TransferCase", HEAD, case_id=received.case_id, body_id=further, cause="示例")


async def test_a_decided_case_stays(department: Department) -> None:
    dossier = await department.decided(fine(30000))

    async with department.refused("ACT_NOT_OPEN", more=True):
        await transfer(department, dossier)


async def test_what_runs_beside_a_case_is_settled_before_it_goes(department: Department) -> None:
    """A suspected crime is not lost at the next body, and nothing is held for a body that has no case (APL 27, ACL 28)."""
    suspected = await referrals.flagged(department)
    held = await measures.seized(department)
    kept = await registrations.registered(department)

    async with department.refused("REFERRAL_OPEN", law="APL-2021:27(1);CRT-2020:11(1)"):
        await transfer(department, suspected.dossier)
    for dossier, beside in (
        (held.dossier, held.measure.measure_id),
        (kept.dossier, kept.record.registration_id),
    ):
        async with department.refused("MEASURE_OPEN") as told:
            await transfer(department, dossier)
        assert told.metadata["measures"] == beside
    await given_measure.release(department.do, held.measure.measure_id, RELEASE_GROUND_NOT_NEEDED)
    sent, _ = await transfer(department, held.dossier)

    assert sent.state == OUT


@pytest.mark.parametrize("rpc", ["TransferCase", "DeclineClue"])
async def test_a_clue_on_which_the_superior_was_asked_stays_until_the_reply(
    department: Department, rpc: str
) -> None:
    dossier = await department.clue()
    more = {"body_id": await department.body()} if rpc == "TransferCase" else {}
    matter = asked(department, dossier.case_id)
    await department.hear(supervision.ImportantMatterAsked(important_matter=matter))

    async with department.refused("INSTRUCTIONS_AWAITED", law="EX-ERS"):
        await department.do(rpc, HEAD, case_id=dossier.case_id, cause="无管辖权", **more)
    replied = asked(department, dossier.case_id, 5, end_time=stamp(department.now))
    await department.hear(supervision.ImportantMatterReplied(important_matter=replied))
    await department.do(rpc, HEAD, case_id=dossier.case_id, cause="无管辖权", **more)


async def test_the_receiver_takes_the_case_over(department: Department) -> None:
    sent, received = await transfer(department, await department.clue())

    taken = (await department.do("AcknowledgeTransfer", CLERK, case_id=received.case_id)).case

    assert taken.transfer.HasField("acknowledge_time")
    assert (await department.case(sent.case_id)).transfer.acknowledge_time == taken.transfer.acknowledge_time
    assert department.names(sent.case_id)[-2:] == ["CaseTransferred", "TransferAnswered"]
    async with department.refused("ALREADY_DONE"):
        await department.do("AcknowledgeTransfer", CLERK, case_id=received.case_id)
    async with department.refused("ALREADY_DONE"):
        await dispute(department, received)
    filed = await department.do("FileCase", HEAD, case_id=received.case_id)
    assert filed.case.state == FILED


async def test_evidence_goes_along_and_what_was_left_out_stays_out(department: Department) -> None:
    """And so does what was found of illegal gains: that there are none takes a reason then (APL 28(2), 46)."""
    d, dossier = department, await department.investigating()
    kept = (
        await d.evidence(
            dossier, circumstances=[penalties.LENIENCE_GROUND_CONFESSED], sha256=bytes(32), location="柜1"
        )
    ).evidence
    out = (await d.evidence(dossier)).evidence
    left = {
        "case_id": dossier.case_id,
        "evidence_id": out.evidence_id,
        "ground": 1,
        "reason": "以欺骗手段取得",
    }
    await d.do("ExcludeEvidence", dossier.who, **left)
    gained = fine(30_000, gains=gains(100, 100, "受害人"), lenience=CONFESSED)
    gained.lenience.evidence_ids.append(kept.evidence_id)
    await d.report(dossier, gained)
    await d.act("SubmitForReview", dossier)
    await d.do("ConcludeReview", REVIEWER, case_id=dossier.case_id, passed=False, opinion="管辖权不在本机关")

    sent, received = await transfer(d, dossier)

    assert received.transfer.gains == gained.gains and received.evidence_count == 2
    assert [(m.verdict, list(m.circumstances)) for m in received.evidence_marks] == [
        (m.verdict, list(m.circumstances)) for m in sent.evidence_marks
    ]
    theirs = (await d.do("ListEvidence", UNIT, case_id=received.case_id)).evidence
    assert [e.sha256 for e in theirs] == [kept.sha256, out.sha256] and theirs[1].exclusion.reason == left[
        "reason"
    ]
    assert not {e.evidence_id for e in theirs} & {kept.evidence_id, out.evidence_id}
    taken = await taken_up(d, received)
    again = {
        "case_id": received.case_id,
        "evidence_id": theirs[1].evidence_id,
        "how": "再次核对",
        "relied": True,
    }
    async with d.refused("EVIDENCE_EXCLUDED"):
        await d.do("VerifyEvidence", taken.who, **again)
    silent = fine(30_000, lenience=CONFESSED)
    silent.lenience.evidence_ids.append(theirs[0].evidence_id)
    async with d.refused("GAINS_NOT_STATED", law="APL-2021:28(2)"):
        await d.report(taken, silent)
    silent.gains.reasons = "经核查系合法所得"
    await d.report(taken, silent)


async def taken_up(d: Department, received: cases.Case) -> Dossier:
    """The receiver files the case and names its own officers."""
    await d.do("FileCase", HEAD, case_id=received.case_id)
    officers = [await d.officer(received.body_id) for _ in range(2)]
    dossier = Dossier(received.case_id, received.body_id, officers)
    await d.act("AssignOfficers", dossier)
    return dossier


async def test_only_what_was_transferred_is_taken_over_or_disputed(department: Department) -> None:
    dossier = await department.clue()

    async with department.refused("NOT_TRANSFERRED"):
        await department.do("AcknowledgeTransfer", CLERK, case_id=dossier.case_id)
    async with department.refused("NOT_TRANSFERRED"):
        await department.do("DisputeTransfer", HEAD, case_id=dossier.case_id, cause="示例")
    async with department.refused("NOT_DISPUTED"):
        await department.do("ReferDispute", HEAD, case_id=dossier.case_id, cause="示例")


async def test_while_it_is_disputed_nothing_is_done(department: Department) -> None:
    sent, received = await transfer(department, await department.clue())

    disputed = await dispute(department, received)

    assert clocks(disputed) == {"PEN-03": True, "PEN-05": True}
    assert (await department.case(sent.case_id)).transfer.dispute_cause == "本机关亦无管辖权"
    async with department.refused("JURISDICTION_DISPUTED", law="APL-2021:25(2)"):
        await department.do("FileCase", HEAD, case_id=received.case_id)
    async with department.refused("JURISDICTION_DISPUTED"):
        await department.do("DeclineClue", HEAD, case_id=received.case_id, cause="示例")
    async with department.refused("ALREADY_DONE"):
        await dispute(department, received)


@pytest.mark.parametrize(("filed", "state", "clock"), [(False, CLUE, "PEN-03"), (True, FILED, "PEN-15")])
async def test_the_sender_gives_way(department: Department, filed: bool, state: int, clock: str) -> None:
    dossier = await department.investigating() if filed else await department.clue()
    sent, received = await transfer(department, dossier)
    async with department.refused("NOT_DISPUTED", law="APL-2021:25(2)"):
        await department.do("TakeBackCase", HEAD, case_id=sent.case_id)
    await dispute(department, received)

    back = (await department.do("TakeBackCase", HEAD, case_id=sent.case_id)).case

    ended = await department.case(received.case_id)
    assert (back.state, ended.state) == (state, OUT)
    assert clocks(back)[clock] and not any(clocks(ended).values())
    assert back.transfer.HasField("settle_time") and ended.transfer.HasField("settle_time")


@pytest.mark.parametrize(
    ("filed", "clock", "days", "due"),
    [
        (True, "PEN-15", 89, "2026-06-01"),
        (True, "PEN-15", 100, "2026-06-01"),
        (False, "PEN-03", 5, "2026-03-23"),
    ],
)
async def test_what_is_taken_back_goes_on_with_the_term_that_it_had(
    department: Department, filed: bool, clock: str, days: int, due: str
) -> None:
    """From 2 March: ninety days and, on to Monday, 1 June; fifteen working days to 23 March (APL 60, SAMR 18(1))."""
    dossier = await department.investigating() if filed else await department.clue()
    sent, received = await transfer(department, dossier)
    await dispute(department, received)
    department.now += days * DAY

    back = (await department.do("TakeBackCase", HEAD, case_id=sent.case_id)).case

    [term] = [d for d in back.deadlines if d.clock_id == clock]
    assert str(term.due_time.ToDatetime(UTC).astimezone(SHANGHAI).date()) == due
    assert not term.HasField("stop_time")
    department.now += DAY
    over = department.now.date().isoformat() > due
    await until_state(department, sent.case_id, clock, CLOCK_STATE_EXPIRED if over else CLOCK_STATE_RUNNING)


async def test_the_receiver_gives_way(department: Department) -> None:
    sent, received = await transfer(department, await department.clue())
    await dispute(department, received)

    taken = (await department.do("AcknowledgeTransfer", CLERK, case_id=received.case_id)).case

    assert clocks(taken) == {"PEN-03": True, "PEN-05": False}
    async with department.refused("NOT_DISPUTED"):
        await department.do("TakeBackCase", HEAD, case_id=sent.case_id)
    await department.do("FileCase", HEAD, case_id=received.case_id)


async def referred(d: Department, **more: Any) -> tuple[cases.Case, cases.Case]:
    """A dispute that the two could not settle."""
    sent, received = await transfer(d, await d.clue(**more))
    await dispute(d, received)
    received = (await d.do("ReferDispute", HEAD, case_id=received.case_id, cause="协商不成")).case
    return sent, received


async def designate(d: Department, sent: cases.Case, received: cases.Case, chosen: cases.Case) -> None:
    """The city says who handles it."""
    told = dispute_pb2.Dispute(
        dispute_id=sent.transfer.transfer_id or "J-1",
        state=dispute_pb2.DISPUTE_STATE_DESIGNATED,
        case_id=sent.case_id,
        node=NODE,
        other_case_id=received.case_id,
        other_node=NODE,
        designated_case_id=chosen.case_id,
        opinion="指定管辖意见",
        designate_time=stamp(d.now),
    )
    await d.hear(supervision.JurisdictionDesignated(dispute=told))


async def test_what_the_two_cannot_settle_goes_to_the_superior(department: Department) -> None:
    _, received = await referred(department)

    assert clocks(received) == {"PEN-03": True, "PEN-05": False, "PEN-06": True}
    async with department.refused("ALREADY_DONE"):
        await department.do("ReferDispute", HEAD, case_id=received.case_id, cause="示例")


async def test_the_designated_receiver_goes_on(department: Department) -> None:
    sent, received = await referred(department)

    await designate(department, sent, received, received)

    ours, theirs = await department.case(sent.case_id), await department.case(received.case_id)
    assert (ours.state, theirs.state) == (OUT, CLUE)
    assert theirs.designation.node == NODE and theirs.designation.opinion == "指定管辖意见"
    assert clocks(theirs) == {"PEN-03": True, "PEN-05": False, "PEN-06": False}
    await department.do("FileCase", HEAD, case_id=received.case_id)


async def test_who_is_designated_handles_it_wherever_it_happened(department: Department) -> None:
    """指定管辖 takes the place of the jurisdiction by place, for this case."""
    sent, received = await referred(department, area="440704")
    officers = [await department.officer(received.body_id, area="440703") for _ in range(2)]

    await designate(department, sent, received, received)

    await department.do("FileCase", HEAD, case_id=received.case_id)
    ids = [o.officer_id for o in officers]
    assigned = await department.do("AssignOfficers", HEAD, case_id=received.case_id, officer_ids=ids)
    assert assigned.case.state == cases.CASE_STATE_INVESTIGATING
    assert assigned.case.area_code == "440704"


async def test_who_only_took_it_over_needs_jurisdiction(department: Department) -> None:
    _, received = await transfer(department, await department.clue(area="440704"))
    await department.do("AcknowledgeTransfer", CLERK, case_id=received.case_id)

    async with department.refused("PLACE_OUTSIDE_JURISDICTION"):
        await department.do("FileCase", HEAD, case_id=received.case_id)


async def test_the_designated_sender_has_the_case_again(department: Department) -> None:
    sent, received = await referred(department)

    await designate(department, sent, received, sent)
    await designate(department, sent, received, sent)

    ours, theirs = await department.case(sent.case_id), await department.case(received.case_id)
    assert (ours.state, theirs.state) == (CLUE, OUT)
    assert not any(clocks(theirs).values()) and clocks(ours) == {"PEN-03": True}
    assert ours.designation.case_id == sent.case_id == theirs.designation.case_id


async def test_what_was_designated_is_not_given_away(department: Department) -> None:
    sent, received = await referred(department)
    await designate(department, sent, received, sent)
    further = await department.body()

    async with department.refused("TRANSFERRED_AGAIN", law="INTERNAL"):
        await department.do("TransferCase", HEAD, case_id=sent.case_id, body_id=further, cause="示例")


async def test_of_two_that_were_filed_the_other_ends(department: Department) -> None:
    first, second = [await department.case((await department.filed()).case_id) for _ in range(2)]

    await designate(department, first, second, first)

    ours, theirs = await department.case(first.case_id), await department.case(second.case_id)
    assert (ours.state, theirs.state) == (FILED, OUT)
    assert clocks(ours)["PEN-15"] and not clocks(theirs)["PEN-15"]


async def test_what_was_decided_meanwhile_stays(department: Department) -> None:
    first = await department.case((await department.filed()).case_id)
    decided = await department.case((await department.decided(fine(30000))).case_id)

    await designate(department, first, decided, first)

    assert (await department.case(decided.case_id)).state == cases.CASE_STATE_DECIDED


def coming(node: str = "chengguan", **more: Any) -> events.CaseTransferred:
    """A case of another department on its way here."""
    transfer = cases.Transfer(
        transfer_id=new_id("T-"),
        from_node=node,
        from_case_id=f"C-there-{next(serial)}",
        to_node=NODE,
        **more,
    )
    case = cases.Case(case_id=transfer.from_case_id, node=node, state=OUT, version=2, transfer=transfer)
    case.party.name, case.party.kind = "示例企业", parties.PARTY_KIND_ORGANISATION
    case.party.identity_number = "914***********0016"
    case.violation.occur_time.CopyFrom(stamp(START - DAY))
    return events.CaseTransferred(case=case)


async def listed(d: Department, sent: events.CaseTransferred) -> list[cases.Case]:
    found = (await d.do("ListCases", HEAD, page_size=50)).cases
    return [c for c in found if c.transfer.transfer_id == sent.case.transfer.transfer_id]


async def test_a_case_of_another_department_comes_in(department: Department) -> None:
    sent = coming(to_body_id=await department.body(area="440703"))

    await department.hear(sent, "chengguan")

    [received] = await listed(department, sent)
    assert received.state == CLUE and received.node == NODE
    assert received.party.identity_number == "914***********0016"


@pytest.mark.parametrize(("claimed", "sender"), [("chengguan", "jiaotong"), (NODE, "jiaotong")])
async def test_only_the_sender_speaks_of_its_case(department: Department, claimed: str, sender: str) -> None:
    sent = coming(claimed)

    with pytest.raises(NotItsHome):
        await department.hear(sent, sender)

    assert await listed(department, sent) == []


async def test_what_is_for_another_department_is_none_of_ours(department: Department) -> None:
    sent = coming()
    sent.case.transfer.to_node = "jiaotong"

    await department.hear(sent, "chengguan")

    assert await listed(department, sent) == []


async def test_only_the_receiver_answers(department: Department) -> None:
    sent, received = await transfer(department, await department.clue())
    answer = cases.Case()
    answer.CopyFrom(received)
    answer.node = "jiaotong"
    answer.transfer.dispute_time.CopyFrom(stamp(department.now))

    with pytest.raises(NotItsHome):
        await department.hear(events.JurisdictionDisputed(case=answer), "jiaotong")
    answer.transfer.to_node = "jiaotong"
    await department.hear(events.JurisdictionDisputed(case=answer), "jiaotong")

    assert not (await department.case(sent.case_id)).transfer.HasField("dispute_time")


async def test_only_the_city_designates(department: Department) -> None:
    sent, received = await referred(department)
    told = dispute_pb2.Dispute(
        case_id=sent.case_id, other_case_id=received.case_id, designated_case_id=sent.case_id
    )

    with pytest.raises(NotItsHome):
        await department.hear(supervision.JurisdictionDesignated(dispute=told), "chengguan")

    assert (await department.case(sent.case_id)).state == OUT

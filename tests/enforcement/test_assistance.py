"""Help that one agency asks of another: both sides, what is heard twice or late, and the clock (APL 26, SAMR 45)."""

from typing import Any

import pytest
from yifa.enforcement.v1 import assistance_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events
from yifa.registry.v1 import body_pb2
from yifa.supervision.v1 import events_pb2 as supervision

from services.kit.reactions import NotItsHome
from tests.enforcement.department import Department
from tests.enforcement.samples import CITY, CLERK, DAY, HEAD, NODE, START, UNIT, Dossier, stamp
from tests.enforcement.test_deadlines import until

OTHER = "chengguan"
ASKED, RECEIVED, ANSWERED = (
    pb.ASSISTANCE_STATE_ASKED,
    pb.ASSISTANCE_STATE_RECEIVED,
    pb.ASSISTANCE_STATE_ANSWERED,
)
DECLINED, OBJECTED = pb.ASSISTANCE_STATE_DECLINED, pb.ASSISTANCE_STATE_OBJECTED


async def ask(d: Department, dossier: Dossier, body_id: str, **more: Any) -> pb.Assistance:
    said = {
        "case_id": dossier.case_id,
        "body_id": body_id,
        "subject": "调取当事人的登记档案",
        "reason": "核实经营场所和负责人",
        "wanted_time": stamp(d.now + 20 * DAY),
    }
    return (await d.do("AskAssistance", dossier.who, **(said | more))).assistance


async def asked(d: Department, **more: Any) -> pb.Assistance:
    """Help asked of another body of this department, which so does both sides."""
    d.now = START
    return await ask(d, await d.investigating(), await d.body(), **more)


async def act(d: Department, rpc: str, record: pb.Assistance, by: Any = HEAD, **more: Any) -> pb.Assistance:
    return (await d.do(rpc, by, assistance_id=record.assistance_id, **more)).assistance


async def listed(d: Department, record: pb.Assistance) -> pb.Assistance:
    found = (await d.do("ListAssistance", HEAD, case_id=record.case_id)).assistance
    return next(x for x in found if x.assistance_id == record.assistance_id)


def told(d: Department, **more: Any) -> pb.Assistance:
    """A request of another department to this one, as it would come."""
    values = {
        "assistance_id": "A-of-chengguan", "case_id": "C-there", "node": OTHER, "body_id": "B-there",
        "body_name": "示例城管局", "to_node": NODE, "to_body_id": "B-here", "to_body_name": "示例执法机关",
        "state": ASKED, "subject": "勘验", "reason": "核实", "document_number": "示城协〔2026〕1号", "version": 1,
    }  # fmt: skip
    return pb.Assistance(**(values | more))


async def test_asked_accepted_deferred_and_answered_with_its_papers(department: Department) -> None:
    d, record = department, await asked(department)
    assert (record.state, record.document_number) == (ASKED, "示罚协〔2026〕1号")

    record = await act(d, "AcceptAssistance", record, UNIT)
    [term] = record.deadlines
    assert (term.clock_id, term.citation.code) == ("PEN-26", "SAMR-2022:45(2)")
    d.now += DAY
    await act(d, "DeferAssistance", record, UNIT, reason="档案在外省调取中")
    paper = {"title": "登记档案复印件", "location": "档案室", "sha256": bytes(32)}
    record = await act(d, "AnswerAssistance", record, UNIT, answer="调取登记档案一份", papers=[paper])

    assert (record.state, record.papers[0].title) == (ANSWERED, "登记档案复印件")
    assert record.deadlines[0].HasField("stop_time") and record.delay_reason
    assert d.names(record.assistance_id) == [
        "AssistanceAsked", "AssistanceAccepted", "AssistanceDeferred", "AssistanceAnswered",
    ]  # fmt: skip
    assert (await listed(d, record)) == record
    async with d.refused("ACT_NOT_OPEN"):
        await act(d, "AnswerAssistance", record, UNIT, answer="再答复")


@pytest.mark.parametrize("missing", ["subject", "reason", "wanted_time"])
async def test_a_letter_says_what_why_and_until_when(department: Department, missing: str) -> None:
    nothing = {"wanted_time": stamp(START)} if missing == "wanted_time" else {missing: " "}
    department.now = START
    dossier, body_id = await department.investigating(), await department.body()

    async with department.refused("ASSISTANCE_INCOMPLETE", law="SAMR-2022:45(1);APL-2021:26"):
        await ask(department, dossier, body_id, **nothing)


async def test_another_competent_body_is_asked_for_a_case_that_goes_on(department: Department) -> None:
    d = department
    d.now = START
    dossier, unfit = await d.investigating(), await d.body(state=body_pb2.BODY_STATE_CONFIRMED)
    closed = await d.filed()
    await d.do("TerminateCase", HEAD, case_id=closed.case_id, cause="当事人死亡")
    closed.officers = dossier.officers

    for body_id in (unfit, dossier.body_id):
        async with d.refused("ASSISTANCE_BODY"):
            await ask(d, dossier, body_id)
    async with d.refused("ASSISTANCE_CASE"):
        await ask(d, closed, await d.body())
    async with d.refused("NOT_FOUND"):
        await ask(d, dossier, "B-none")


async def test_what_lies_in_its_powers_is_not_declined(department: Department) -> None:
    d = department
    d.now = START
    dossier, body_id = await d.investigating(), await d.body()
    its, not_its = await d.item(body_id), await d.item(await d.body())
    record = await ask(d, dossier, body_id, item_id=its)

    async with d.refused("COMPETENT", law="APL-2021:26"):
        await act(d, "DeclineAssistance", record, reason="无人手")
    other = await ask(d, dossier, body_id, item_id=not_its)
    async with d.refused("NOT_COMPETENT"):
        await act(d, "AcceptAssistance", other, UNIT)
    async with d.refused("ASSISTANCE_REASONS"):
        await act(d, "DeclineAssistance", other, reason=" ")
    declined = await act(d, "DeclineAssistance", other, reason="不属于本机关职权范围")
    assert (declined.state, declined.decliner) == (DECLINED, HEAD[0])


async def test_what_was_declined_is_ruled_on_by_the_common_superior(department: Department) -> None:
    d, record = department, await asked(department)
    record = await act(d, "DeclineAssistance", record, reason="不属于本机关职权范围")
    record = await act(d, "ObjectToDecline", record, objection="该档案由其保管")
    assert record.state == OBJECTED
    ruled = pb.Assistance.FromString(record.SerializeToString())
    ruled.state, ruled.version = RECEIVED, record.version + 1
    ruled.ruling.help, ruled.ruling.opinion = True, "应当协助"

    with pytest.raises(NotItsHome):
        await d.hear(supervision.AssistanceRuled(assistance=ruled), OTHER)
    await d.hear(supervision.AssistanceRuled(assistance=ruled), CITY)
    await d.hear(supervision.AssistanceRuled(assistance=ruled), CITY)

    assert (await listed(d, record)).state == RECEIVED
    async with d.refused("COMPETENT"):
        await act(d, "DeclineAssistance", record, reason="仍不协助")
    assert (await act(d, "AnswerAssistance", record, UNIT, answer="已调取")).state == ANSWERED


async def test_a_delay_is_told_while_the_term_runs(department: Department) -> None:
    d, record = department, await asked(department)
    record = await act(d, "AcceptAssistance", record, UNIT)
    d.now = START + 40 * DAY

    async with d.refused("DELAY_NOT_TOLD", law="SAMR-2022:45(2)"):
        await act(d, "DeferAssistance", record, UNIT, reason="档案在外省调取中")


async def test_a_request_that_is_heard_twice_or_late_is_kept_once_and_newest(department: Department) -> None:
    d = department
    d.now = START
    first = told(d, assistance_id=f"A-late-{d.count}")
    ruled = pb.Assistance.FromString(first.SerializeToString())
    ruled.state, ruled.version = RECEIVED, 4
    ruled.ruling.help = True

    await d.hear(supervision.AssistanceRuled(assistance=ruled), CITY)
    for _ in range(2):
        await d.hear(events.AssistanceAsked(assistance=first), OTHER)

    kept = await listed(d, first)
    assert (kept.state, kept.version, kept.node) == (RECEIVED, 4, OTHER)
    assert (await act(d, "AnswerAssistance", kept, UNIT, answer="已勘验")).version == 5


async def test_each_side_speaks_for_itself_alone(department: Department) -> None:
    d = department
    d.now = START
    mine = await asked(d)
    foreign = told(d, assistance_id=f"A-foreign-{d.count}")
    forged = pb.Assistance.FromString(mine.SerializeToString())
    forged.state, forged.version, forged.answer = ANSWERED, 9, "伪造"
    unknown = told(d, assistance_id="A-never", node=NODE, to_node=OTHER, state=RECEIVED)

    for event in (
        events.AssistanceAsked(assistance=told(d, assistance_id="A-x", state=ANSWERED)),
        events.AssistanceAnswered(assistance=forged),
        events.AssistanceAccepted(assistance=unknown),
    ):
        with pytest.raises(NotItsHome):
            await d.hear(event, OTHER)

    assert (await listed(d, mine)).state == ASKED
    await d.hear(events.AssistanceAsked(assistance=foreign), OTHER)
    declined = await act(d, "DeclineAssistance", foreign, reason="不属于本机关职权范围")
    async with d.refused("ASSISTANCE_SIDE"):
        await act(d, "ObjectToDecline", declined, objection="示例")


async def test_a_term_that_ends_without_an_answer_is_told_to_the_city(department: Department) -> None:
    d, record = department, await asked(department)
    record = await act(d, "AcceptAssistance", record, CLERK)

    d.now = START + 40 * DAY

    def told() -> list[Any]:
        name = events.AssistanceDeadlinePassed.DESCRIPTOR.full_name
        return [e for e in d.running.entries(0, 10**9) if (e.subject, e.type) == (record.assistance_id, name)]

    [event] = await until(d, told)
    passed = events.AssistanceDeadlinePassed.FromString(event.data)
    assert (passed.deadline.clock_id, passed.assistance.version) == ("PEN-26", record.version)

"""A department is supervised in the running city: told by events, it answers at its own node, also though it dies (ASR 22–30)."""

from itertools import count
from typing import Any

from yifa.enforcement.v1 import supervision_answer_pb2 as answers
from yifa.supervision.v1 import file_review_pb2 as file_reviews
from yifa.supervision.v1 import supervision_order_pb2 as pb

from services.given import file_review as given
from services.given import registry, supervisor
from services.given.people import HEAD, OVERSIGHT, ROSTER, UNIT
from services.given.say import patient
from services.kit.desk import envelope
from tests.city import City
from tests.nodes.conftest import NODE, Process
from tests.nodes.file_reviews import STATE as REVIEW
from tests.nodes.file_reviews import known as known_review
from tests.nodes.file_reviews import reviewed

SERIAL = count(1)
OTHER = "chengguan"
STATE = {name.removeprefix("SUPERVISION_ORDER_STATE_"): n for name, n in pb.SupervisionOrderState.items()}
TEXT = {
    "facts": "对举报没有核查", "basis": "《中华人民共和国行政处罚法》第五十四条第二款", "correction": "立即核查",
    "report_asked": True, "objection_right_told": True,
}  # fmt: skip


class Matter:
    """A supervision matter about a department of the city."""

    def __init__(self, city: City, node: str) -> None:
        self.city, self.node, self.id = city, node, ""
        self.first: tuple[str, ...] = OVERSIGHT
        self.second: tuple[str, ...] = OVERSIGHT

    async def act(self, rpc: str, /, by: tuple[str, ...] = (), **fields: Any) -> pb.SupervisionOrder:
        given = {"order_id": self.id} if self.id else {}
        reply = await patient(self.city.say)("city", "supervision", rpc, by or self.first, **(given | fields))
        self.id = reply.supervision_order.order_id
        return reply.supervision_order

    async def answer(self, rpc: str, by: tuple[str, ...], **fields: Any) -> answers.SupervisionAnswer:
        given = {"order_id": self.id, "text": "已经核查"} | fields
        return (await patient(self.city.say)(self.node, "enforcement", rpc, by, **given)).supervision_answer

    async def served(self, body_id: str) -> None:
        """An opinion of the oversight body, served."""
        source = {"kind": "SUPERVISION_SOURCE_KIND_PERSON", "reason": "日常监督发现"}
        about = {"node": self.node, "body_id": body_id, "source": source, "title": f"事项{next(SERIAL)}"}
        await self.act("RegisterSupervisionClue", **about)
        await self.act("AcceptSupervision", track="SUPERVISION_TRACK_GENERAL")
        people = self.first, self.second = await supervisor.team(self.city.say)
        await self.act("BeginSupervisionInquiry", supervisors=[person for person, _ in people])
        found = {"kinds": ["SUPERVISION_FINDING_UNLAWFUL"]}
        opinion = "SUPERVISION_DOCUMENT_KIND_OPINION"
        await self.act("IssueSupervisionDocument", kind=opinion, findings=found, text=TEXT)
        await self.act("ServeSupervisionDocument", receipt="送达回证")

    async def known(self, state: str) -> tuple[pb.SupervisionOrder, list[answers.SupervisionAnswer]]:
        """What the department knows of it, once it stands so there."""

        async def look() -> Any:
            found = await self.city.say(self.node, "enforcement", "ListSupervisionOrders", HEAD)
            orders = [pb.SupervisionOrder.FromString(each.value) for each in found.orders]
            order = next((o for o in orders if o.order_id == self.id), None)
            return order, [a for a in found.answers if a.order_id == self.id]

        return await self.city.eventually(look, lambda x: x[0] is not None and x[0].state == STATE[state])

    async def stands(self, state: str) -> pb.SupervisionOrder:
        """What the city says of it, once it stands so."""

        async def look() -> pb.SupervisionOrder:
            asked = {"order_id": self.id}
            return (
                await self.city.say("city", "supervision", "GetSupervisionOrder", OVERSIGHT, **asked)
            ).order

        return await self.city.eventually(look, lambda order: order.state == STATE[state])


async def test_an_opinion_is_answered_at_the_department(city: City) -> None:
    matter = Matter(city, OTHER)
    await matter.served((await city.body(OTHER)).body_id)
    told, _ = await matter.known("OPINION_SERVED")
    assert told.document.text.correction == "立即核查" and not told.HasField("source")
    with city.refused("NOT_ASKED_FOR"):
        await city.say(OTHER, "enforcement", "ExplainSupervision", UNIT, order_id=matter.id, text="说明")
    with city.refused("ANSWER_EMPTY"):
        await city.say(OTHER, "enforcement", "ReportCorrection", UNIT, order_id=matter.id, text=" ")

    await matter.answer("ObjectToSupervision", HEAD, text="事实有出入")
    await matter.answer("ReportCorrection", UNIT)
    with city.refused("ANSWERED_ALREADY"):
        await city.say(OTHER, "enforcement", "ReportCorrection", UNIT, order_id=matter.id, text="再报")
    await matter.stands("OPINION_REPORTED")
    await matter.act(
        "DecideSupervisionObjection", matter.second, result="OBJECTION_RESULT_UPHELD", reasons="事实清楚"
    )
    await matter.act("VerifyCorrection", matter.second, corrected=True, reasons="已核实")

    order, given = await matter.known("CLOSED")
    assert [o.reasons for o in order.objections] == ["事实清楚"]
    assert {a.state for a in given} == {answers.SUPERVISION_ANSWER_STATE_TAKEN} and len(given) == 2


async def test_a_report_is_given_and_taken_in_once_though_the_department_dies(
    apart: tuple[City, Process],
) -> None:
    """Killed before it is told, after it reported, and before it learns what became of that: each thing happens once."""
    city, process = apart
    matter = Matter(city, NODE)
    body = await city.body(NODE)
    await process.kill()
    await matter.served(body.body_id)
    await process.start()
    await matter.known("OPINION_SERVED")

    report = await matter.answer("ReportCorrection", UNIT)
    await process.kill()
    await process.start()
    order = await matter.stands("OPINION_REPORTED")
    assert [a.answer_id for a in order.answers] == [report.answer_id]
    await process.kill()
    await matter.act("VerifyCorrection", matter.second, corrected=True, reasons="已核实")
    await process.start()

    _, given = await matter.known("CLOSED")
    assert [a.state for a in given] == [answers.SUPERVISION_ANSWER_STATE_TAKEN]
    told = [envelope(e) for e in await city.journal(NODE, "enforcement")]
    assert [e.subject for e in told if e.type.endswith("SupervisionAnswered")] == [report.answer_id]


async def test_a_proposal_on_a_person_is_stated_on_by_that_person_and_answered_by_another(city: City) -> None:
    body, say = await city.body(OTHER), patient(city.say)
    head, _ = await registry.appoint_heads(city.say, body)
    matter = Matter(city, OTHER)
    await matter.served(body.body_id)
    proposed = {
        "officer_id": head,
        "kind": "PERSON_MEASURE_KIND_CRITICISM",
        "competent_body": "示例市人民政府",
    }
    why = {"factors": "首次，未造成后果", "reasons": "对举报不核查"}
    order = await matter.act("ProposePersonMeasure", **proposed, **why)
    about = {"order_id": matter.id, "proposal_id": order.person_proposals[0].proposal_id, "text": "情况属实"}

    async def told() -> bool:
        known, _ = await matter.known("OPINION_SERVED")
        return bool(known.person_proposals)

    await city.eventually(told)
    with city.refused("NOT_ONESELF"):
        await city.say(OTHER, "enforcement", "StateOnProposal", UNIT, **about)
    with city.refused("ANSWERS_FOR_ONESELF"):
        await city.say(OTHER, "enforcement", "AnswerProposal", (head, HEAD[1]), **about)
    with city.refused("ANSWER_PAPER_MISSING"):
        await city.say(OTHER, "enforcement", "AnswerProposal", HEAD, adopted=True, **about)
    await say(OTHER, "enforcement", "StateOnProposal", (head, HEAD[1]), **about)
    await say(
        OTHER, "enforcement", "AnswerProposal", HEAD, document_number="示〔2026〕9号", adopted=True, **about
    )

    async def both() -> int:
        return len((await matter.stands("OPINION_SERVED")).answers)

    await city.eventually(both, lambda n: n == 2)


async def test_a_review_is_told_objected_to_once_and_entered_though_the_department_dies(
    apart: tuple[City, Process],
) -> None:
    """Killed before it is told, after it objected, and before it learns what became of that: each thing happens once."""
    city, process = apart
    review, handlers = await reviewed(city)
    await given.score(city.say, review, {"P3": 100} if review.items[0].item_id == "V1" else None)
    await process.kill()
    await given.conclude(city.say, review.review_id)
    await process.start()
    told, _ = await known_review(city, review.review_id, "REPORTED")
    assert told.result.grade and not told.scores and not told.reviewers

    say, key = patient(city.say), {"review_id": review.review_id}
    with city.refused("ANSWER_EMPTY"):
        await city.say(
            NODE, "enforcement", "ObjectToFileReview", HEAD, text="有异议", item_ids=["P99"], **key
        )
    made = (
        await say(NODE, "enforcement", "ObjectToFileReview", HEAD, text="笔录有签名", **key)
    ).file_review_objection
    with city.refused("FILE_OBJECTED_ALREADY"):
        await city.say(NODE, "enforcement", "ObjectToFileReview", HEAD, text="再次异议", **key)
    await process.kill()
    await process.start()

    async def at_the_city() -> file_reviews.FileReview:
        return (await city.say("city", "supervision", "GetFileReview", OVERSIGHT, **key)).file_review

    await city.eventually(at_the_city, lambda r: r.state == REVIEW["OBJECTED"])
    await process.kill()
    await say(
        "city", "supervision", "DecideFileObjection", ("oversight-2", "OVERSIGHT"), reasons="维持", **key
    )
    await process.start()

    final, objections = await known_review(city, review.review_id, "ANSWERED")
    assert final.objection.objection_id == made.objection_id and [o.state for o in objections] == [2]
    journal = [envelope(e) for e in await city.journal(NODE, "enforcement")]
    assert [e.subject for e in journal if e.type.endswith("FileReviewObjectionMade")] == [made.objection_id]
    for node in (NODE, "city"):

        async def entered(node: str = node) -> Any:
            asked = {"officer_id": handlers[0]}
            return (await city.say(node, "registry", "GetOfficer", ROSTER, **asked)).file_reviews

        [entry] = await city.eventually(entered, lambda listed: len(listed) == 1)
        assert (entry.review_id, entry.part, entry.score) == (review.review_id, "HANDLED", final.result.score)

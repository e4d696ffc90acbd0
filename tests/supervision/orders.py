"""A supervision matter as the office of these tests handles it: the acts in their order, and what the department answers."""

from typing import Any

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.enforcement.v1 import supervision_answer_pb2 as answers
from yifa.registry.v1 import body_pb2, certificate_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import supervision_order_pb2 as pb

from services.kit.access import mint
from tests.supervision.office import CITY, ENVIRONMENT, Office, at

BODY, HEAD, OWN = "B-1", "H-1", "B-office"
SUPERVISION = certificate_pb2.CERTIFICATE_KIND_SUPERVISION
SUPERVISORS = ["oversight-1", "oversight-2"]
WHEN = "2026-03-02 10:00"
TEXT = {
    "facts": "对三起举报没有核查",
    "basis": "《中华人民共和国行政处罚法》第五十四条第二款",
    "correction": "立即核查并依法处理",
    "term_days": 20,
    "report_asked": True,
    "objection_right_told": True,
}
FOUND = {
    "kinds": ["SUPERVISION_FINDING_DUTY_NOT_DONE", "SUPERVISION_FINDING_UNLAWFUL"],
    "codes": ["NOT_FILED"],
}
LETTER, OPINION = "SUPERVISION_DOCUMENT_KIND_LETTER", "SUPERVISION_DOCUMENT_KIND_OPINION"


class Desk:
    """The desk of the oversight body on which one matter lies."""

    def __init__(self, office: Office) -> None:
        self.office, self.id, self.serial = office, "", 0

    async def body(self, body_id: str = BODY, node: str = ENVIRONMENT) -> None:
        told = body_pb2.EnforcementBody(
            body_id=body_id,
            name="示例市生态环境局",
            node=node,
            version=1,
            state=body_pb2.BODY_STATE_PUBLISHED,
            publish_time=at("2020-01-01 00:00"),
        )
        await self.office.registry(registry.BodyPublished(body=told))
        await self.supervisors()
        await self.office.appoint(body_id, HEAD, node=node)

    async def supervisors(self, *people: str) -> None:
        """The city's own office, and those of it who hold a certificate to supervise."""
        own = body_pb2.EnforcementBody(
            body_id=OWN, name="示例市司法局", node=CITY, version=1, state=body_pb2.BODY_STATE_PUBLISHED
        )
        await self.office.registry(registry.BodyPublished(body=own))
        for person in people or SUPERVISORS:
            await self.office.certify(person, body_id=OWN, kind=SUPERVISION)

    async def act(self, name: str, /, by: str = "oversight-1", **fields: Any) -> pb.SupervisionOrder:
        self.serial += 1
        request = self.request(name, **fields)
        before, self.office.metadata = self.office.metadata, self.token(by)
        try:
            reply = await self.office.call(name, request)
        finally:
            self.office.metadata = before
        self.id = reply.supervision_order.order_id
        return reply.supervision_order

    def token(self, by: str) -> Any:
        key = (self.office.folder / "token.key").read_bytes()
        return (("authorization", f"Bearer {mint(key, by, CITY, ('OVERSIGHT',))}"),)

    async def refused(self, name: str, /, by: str = "oversight-1", **fields: Any) -> str:
        self.serial += 1
        before, self.office.metadata = self.office.metadata, self.token(by)
        try:
            return (await self.office.refused(name, self.request(name, **fields)))[1]
        finally:
            self.office.metadata = before

    def request(self, name: str, **fields: Any) -> Any:
        given = {"request_id": f"R-{self.serial}", **fields}
        if name != "RegisterSupervisionClue":
            given.setdefault("order_id", self.id)
        return getattr(pb, f"{name}Request")(**given)

    async def registered(self, **more: Any) -> pb.SupervisionOrder:
        source = {"kind": "SUPERVISION_SOURCE_KIND_PERSON", "reason": "日常监督发现"}
        fields = {"node": ENVIRONMENT, "body_id": BODY, "source": source, "title": "举报没有核查"} | more
        return await self.act("RegisterSupervisionClue", **fields)

    async def inquiring(self, **more: Any) -> pb.SupervisionOrder:
        await self.registered(**more)
        await self.act("AcceptSupervision", track="SUPERVISION_TRACK_GENERAL")
        await self.act("NotifySupervision", asks="说明情况，提交案卷")
        return await self.act("BeginSupervisionInquiry", supervisors=SUPERVISORS)

    async def issued(self, code: str = "NOT_FILED", kind: str = LETTER) -> pb.SupervisionOrder:
        found = FOUND | {"codes": [code]}
        return await self.act("IssueSupervisionDocument", kind=kind, findings=found, text=TEXT)

    async def served(self, kind: str = LETTER, **more: Any) -> pb.SupervisionOrder:
        await self.inquiring(**more)
        await self.issued(kind=kind)
        return await self.act("ServeSupervisionDocument", receipt="送达回证")

    async def now(self) -> pb.SupervisionOrder:
        asked = pb.GetSupervisionOrderRequest(order_id=self.id)
        return (await self.office.call("GetSupervisionOrder", asked)).order

    def answer(self, kind: str, turn: str = "1", when: str = WHEN, **more: Any) -> Any:
        """An answer of the department, not yet brought to the office."""
        fields = {
            "answer_id": f"V-{kind}-{turn}",
            "order_id": self.id,
            "node": ENVIRONMENT,
            "kind": f"SUPERVISION_ANSWER_KIND_{kind}",
            "turn": turn,
            "text": "已经核查并依法立案",
            "answerer": HEAD,
            "answer_time": at(when),
        }
        told = answers.SupervisionAnswer(**(fields | more))
        journal = self.office.journal(more.get("node", ENVIRONMENT), "enforcement")
        return journal.entry(
            enforcement.SupervisionAnswered(supervision_answer=told), at(when), told.answer_id
        )

    async def answered(self, kind: str, turn: str = "1", **more: Any) -> pb.SupervisionOrder:
        await self.office.take(self.answer(kind, turn, **more))
        return await self.now()


async def desk(office: Office) -> Desk:
    """A desk, with a body that may be supervised; the papers' templates are read."""
    office.clock(WHEN)
    made = Desk(office)
    await made.body()
    await office.until(lambda: templates(office), "templates")
    return made


async def templates(office: Office) -> bool:
    from services.supervision.supervision_order.paper import OrderPaperForm

    return bool(list(office.running.rows(OrderPaperForm.__table__.select())))  # type: ignore[attr-defined]


async def read_refusals(call: Any) -> set[str]:
    """The reasons with which a call is refused."""
    try:
        await call
    except grpc.aio.AioRpcError as error:
        reasons = set()
        for detail in rpc_status.from_call(error).details:
            info, broken = error_details_pb2.ErrorInfo(), error_details_pb2.PreconditionFailure()
            if detail.Unpack(info):
                reasons.add(info.reason)
            if detail.Unpack(broken):
                reasons |= {v.type for v in broken.violations}
        return reasons
    raise AssertionError("it was not refused")

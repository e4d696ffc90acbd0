"""Complaints about enforcement as people file them and the legal office handles them, over gRPC."""

import itertools
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.protobuf.message import Message
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import complaint_pb2 as pb

from services.kit.access import mint
from tests.supervision.office import CITY, DEADLINE, ENVIRONMENT, Office, at

BODY = "B-1"
NAME, PHONE, ADDRESS = "欧阳密封", "13900010002", "示例市无人知晓路七号"
CHILD, SCHOOL = "诸葛小密", "示例市第九小学"
REPORTER = {"name": NAME, "phone": PHONE, "address": ADDRESS, "identity_number": "11010519491231002X"}
MINOR = {"name": CHILD, "school": SCHOOL, "guardian": "诸葛大密"}
SECRETS = (*REPORTER.values(), *MINOR.values())
ABOUT = {"body_id": BODY, "body_name": "环保局", "day": "2026-03-01", "act": "当场收缴罚款不开票据"}
PEOPLE = {
    "oversight-1": ("OVERSIGHT",),
    "oversight-2": ("OVERSIGHT",),
    "head-1": ("OVERSIGHT_HEAD",),
    "citizen:诸葛实名": ("PUBLIC",),
}
OFFICER, SECOND, HEAD, CITIZEN = PEOPLE


@dataclass
class Desk:
    """The office, spoken to as anybody."""

    office: Office
    numbers: itertools.count = field(default_factory=lambda: itertools.count(1))

    def token(self, who: str) -> tuple[tuple[str, str], ...]:
        key = (self.office.folder / "token.key").read_bytes()
        return (("authorization", f"Bearer {mint(key, who, CITY, PEOPLE[who], name=who)}"),)

    async def say(self, who: str, rpc: str, /, **fields: Any) -> Any:
        kind = getattr(pb, f"{rpc}Request")
        if "request_id" in kind.DESCRIPTOR.fields_by_name:
            fields = {"request_id": f"r-{next(self.numbers)}", **fields}
        ask = getattr(self.office.stub, rpc)
        return await ask(kind(**fields), metadata=self.token(who), timeout=DEADLINE)

    async def refused(self, who: str, rpc: str, /, **fields: Any) -> tuple[set[str], set[str]]:
        """The reasons and the articles with which a call is refused."""
        try:
            await self.say(who, rpc, **fields)
        except grpc.aio.AioRpcError as error:
            reasons, articles = set(), set()
            for detail in rpc_status.from_call(error).details:
                info, broken = error_details_pb2.ErrorInfo(), error_details_pb2.PreconditionFailure()
                if detail.Unpack(info):
                    reasons.add(info.reason)
                if detail.Unpack(broken):
                    reasons |= {v.type for v in broken.violations}
                    articles |= {v.subject for v in broken.violations}
            return reasons, articles
        raise AssertionError(f"{rpc} was not refused")

    async def body(self, body_id: str = BODY) -> None:
        """The city's registry confirmed a body."""
        state = body_pb2.BODY_STATE_PUBLISHED
        body = body_pb2.EnforcementBody(
            body_id=body_id, name="示例市生态环境局", node=ENVIRONMENT, state=state, version=1
        )
        await self.office.registry(registry.BodyConfirmed(body=body))

    async def name(self, *people: str) -> None:
        for person in people:
            await self.say(HEAD, "NameUnsealer", person=person, reason="保管投诉举报人信息")

    async def file(self, who: str = CITIZEN, **more: Any) -> Any:
        """A complaint by name; returns it and its receipt."""
        said = {
            "source": pb.COMPLAINT_SOURCE_PUBLIC,
            "about": ABOUT,
            "text": "执法人员当场收缴罚款，没有出具票据。",
            "reporter": REPORTER,
            **more,
        }
        return await self.say(who, "FileComplaint", **said)

    async def registered(self, **more: Any) -> pb.Complaint:
        asked = {key: more.pop(key) for key in ("matter", "remedy") if key in more}
        complaint = (await self.file(**more)).complaint
        fields = {"matter": pb.COMPLAINT_MATTER_ENFORCEMENT, "remedy": pb.COMPLAINT_REMEDY_NONE, **asked}
        number = f"投诉〔2026〕{next(self.numbers)}号"
        said = await self.say(
            OFFICER, "RegisterComplaint", complaint_id=complaint.complaint_id, number=number, **fields
        )
        return said.complaint

    async def accepted(self, **more: Any) -> pb.Complaint:
        complaint = await self.registered(**more)
        said = await self.say(OFFICER, "AcceptComplaint", complaint_id=complaint.complaint_id)
        return said.complaint

    async def found(self, conclusion: int = pb.COMPLAINT_CONCLUSION_FOUNDED, **more: Any) -> pb.Complaint:
        complaint = await self.accepted(**more)
        key = {"complaint_id": complaint.complaint_id}
        await self.say(HEAD, "AssignComplaint", handlers=[OFFICER], **key)
        await self.say(OFFICER, "InvestigateComplaint", **key)
        said = await self.say(
            OFFICER, "ConcludeComplaint", conclusion=conclusion, evidence=["询问笔录"], reasons="票据存根缺号", **key
        )  # fmt: skip
        return said.complaint

    async def answered(self, **more: Any) -> pb.Complaint:
        complaint = await self.found(**more)
        said = await self.say(
            OFFICER, "AnswerComplaint", complaint_id=complaint.complaint_id, answer="已责令改正并补开票据。"
        )
        return said.complaint

    async def get(self, complaint_id: str) -> pb.Complaint:
        return (await self.say(OFFICER, "GetComplaint", complaint_id=complaint_id)).complaint


async def ready(office: Office, when: str = "2026-03-02 09:00") -> Desk:
    """A desk with a body, and with two people who may unseal."""
    office.clock(at(when))
    desk = Desk(office)
    await desk.body()
    await desk.name(OFFICER, SECOND)
    return desk


def carried(office: Office) -> list[Message]:
    """The complaints that the office's events carry, each as it stood."""
    return [e.complaint for e in office.emitted() if "complaint" in e.DESCRIPTOR.fields_by_name]

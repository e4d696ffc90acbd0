"""Normative documents as a department makes them and the legal office reviews them, over gRPC."""

import itertools
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.protobuf.timestamp_pb2 import Timestamp
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import (
    document_cleanup_pb2,
    document_filing_pb2,
    document_list_pb2,
    document_request_pb2,
    major_decision_pb2,
)
from yifa.supervision.v1 import normative_document_pb2 as pb

from services.given.normative_document import PLAIN
from services.kit.access import mint
from tests.supervision.office import CITY, DEADLINE, ENVIRONMENT, URBAN, Office, at

CONTRACTS = (
    pb,
    document_list_pb2,
    document_filing_pb2,
    document_cleanup_pb2,
    document_request_pb2,
    major_decision_pb2,
)
BODY, OTHER = "B-1", "B-2"
PEOPLE = {
    "drafter": (ENVIRONMENT, "UNIT_HEAD"),
    "clerk": (ENVIRONMENT, "CLERK"),
    "director": (ENVIRONMENT, "AGENCY_HEAD"),
    "stranger": (URBAN, "UNIT_HEAD"),
    "reviewer": (CITY, "OVERSIGHT"),
    "filer": (CITY, "OVERSIGHT"),
    "citizen": (CITY, "PUBLIC"),
    "office-head": (CITY, "OVERSIGHT_HEAD"),
    # has the role, and no post
    "posing": (ENVIRONMENT, "AGENCY_HEAD"),
}
DRAFTER, CLERK, DIRECTOR, STRANGER, REVIEWER, FILER, CITIZEN, OFFICE_HEAD, POSING = PEOPLE
TITLE = "示例市生态环境局餐饮油烟管理规定"
TEXT = "第一条 为了规范餐饮油烟管理，制定本规定。"
ASSESSED = [pb.DocumentAssessment(kind=kind, opinion="可行") for kind in pb.DocumentAssessed.values() if kind]
PAPERS = [
    pb.DocumentPaper(kind=kind, title="材料", sha256=bytes(32))
    for kind in pb.DocumentPaperKind.values()
    if kind
]
FILED = [
    document_filing_pb2.DocumentFilingPaper(kind=kind, title="材料", sha256=bytes(32))
    for kind in document_filing_pb2.DocumentFilingPaperKind.values()
    if kind
]


def moment(text: str) -> Timestamp:
    stamp = Timestamp()
    stamp.FromDatetime(at(text))
    return stamp


def state(record: Any) -> str:
    kind = record.DESCRIPTOR.fields_by_name["state"].enum_type
    return kind.values_by_number[record.state].name.partition("_STATE_")[2]


@dataclass
class Bureau:
    """The office, spoken to by the people of a department, of the office and of the public."""

    office: Office
    numbers: itertools.count = field(default_factory=lambda: itertools.count(1))

    def token(self, who: str) -> tuple[tuple[str, str], ...]:
        node, *roles = PEOPLE[who]
        key = (self.office.folder / "token.key").read_bytes()
        return (("authorization", f"Bearer {mint(key, who, node, roles, name=who)}"),)

    async def say(self, who: str, rpc: str, /, **fields: Any) -> Any:
        kind = next(getattr(c, f"{rpc}Request") for c in CONTRACTS if hasattr(c, f"{rpc}Request"))
        if "request_id" in kind.DESCRIPTOR.fields_by_name:
            fields = {"request_id": f"r-{next(self.numbers)}", **fields}
        ask = getattr(self.office.stub, rpc)
        return await ask(kind(**fields), metadata=self.token(who), timeout=DEADLINE)

    async def refused(self, who: str, rpc: str, /, **fields: Any) -> set[str]:
        """The reasons for which a call is refused."""
        try:
            await self.say(who, rpc, **fields)
        except grpc.aio.AioRpcError as error:
            reasons = set()
            for detail in rpc_status.from_call(error).details:
                info, broken = error_details_pb2.ErrorInfo(), error_details_pb2.PreconditionFailure()
                if detail.Unpack(info):
                    reasons.add(info.reason)
                if detail.Unpack(broken):
                    reasons |= {v.type for v in broken.violations}
            return reasons
        raise AssertionError(f"{rpc} was not refused")

    async def body(self, body_id: str, node: str, kind: int = body_pb2.BODY_KIND_AGENCY) -> None:
        state = body_pb2.BODY_STATE_PUBLISHED
        body = body_pb2.EnforcementBody(
            body_id=body_id, name=f"示例市{body_id}局", node=node, state=state, version=1, kind=kind, document_prefix="示环",
            publish_time=at("2020-01-01 00:00"),
        )  # fmt: skip
        await self.office.registry(registry.BodyConfirmed(body=body))

    async def planned(self, **more: Any) -> dict[str, str]:
        """A document on the plan; returns its key."""
        said = {
            "title": TITLE,
            "body_id": BODY,
            "plan_year": 2026,
            "plan_document": "制定计划〔2026〕1号",
            **more,
        }
        made = await self.say(FILER, "PlanNormativeDocument", **said)
        return {"document_id": made.normative_document.document_id}

    async def laid_open(self, **more: Any) -> dict[str, str]:
        """A draft before the public."""
        key = await self.planned(**more)
        await self.say(
            DRAFTER, "DraftNormativeDocument", text=TEXT, bases=["《大气污染防治法》第八十一条"], **key
        )
        await self.say(DRAFTER, "AssessNormativeDocument", assessments=ASSESSED, **PLAIN, **key)
        await self.say(CLERK, "PublishNormativeDraft", address="https://example.invalid/draft", **key)
        return key

    async def submitted(self, **more: Any) -> dict[str, str]:
        """One that need not be laid before the public, under review; `traits` are what is said of the draft."""
        traits = more.pop("traits", PLAIN)
        key = await self.planned(**more)
        await self.say(DRAFTER, "DraftNormativeDocument", text=TEXT, **key)
        await self.say(DRAFTER, "AssessNormativeDocument", assessments=ASSESSED, **traits, **key)
        urgent = {"no_comment": pb.NO_COMMENT_EMERGENCY, "reasons": "重污染天气应急"}
        await self.say(DRAFTER, "SkipDraftComment", **urgent, **key)
        await self.say(DRAFTER, "SubmitForLegalityReview", papers=PAPERS, **key)
        return key

    async def numbered(self, **more: Any) -> dict[str, str]:
        key = await self.submitted(**more)
        await self.say(REVIEWER, "ConcludeLegalityReview", urgency="重污染天气应急", **LAWFUL, **key)
        await self.say(DRAFTER, "DeliberateNormativeDocument", minutes="第5次局长办公会议纪要", **key)
        await self.say(DIRECTOR, "SignNormativeDocument", **key)
        await self.say(FILER, "NumberNormativeDocument", **key)
        return key

    async def in_force(self, **more: Any) -> dict[str, str]:
        """One that takes effect at once, for urgency."""
        key = await self.numbered(**more)
        now = Timestamp()
        now.FromDatetime(self.office.running.now())
        made = await self.say(
            CLERK, "PublishNormativeDocument", address="https://example.invalid/gazette", effect_time=now,
            early_effect="重污染天气应急", **key,
        )  # fmt: skip
        assert state(made.normative_document) == "PUBLISHED"
        self.office.clock(
            made.normative_document.effect_time.ToDatetime(at("2026-01-01 00:00").tzinfo).replace(hour=23)
        )
        await self.becomes("IN_FORCE", **key)
        return key

    async def get(self, document_id: str) -> pb.GetNormativeDocumentResponse:
        return await self.say(FILER, "GetNormativeDocument", document_id=document_id)

    async def becomes(self, wanted: str, document_id: str) -> pb.NormativeDocument:
        async def there() -> Any:
            found = (await self.get(document_id)).normative_document
            return found if state(found) == wanted else None

        return await self.office.until(there, wanted)


LAWFUL = {"conclusion": pb.LEGALITY_CONCLUSION_LAWFUL, "none_beyond": True}


async def ready(office: Office, when: str = "2026-03-02 09:00") -> Bureau:
    office.clock(at(when))
    bureau = Bureau(office)
    await bureau.body(BODY, ENVIRONMENT)
    await office.appoint(BODY, DIRECTOR)
    await bureau.body(OTHER, URBAN)
    return bureau

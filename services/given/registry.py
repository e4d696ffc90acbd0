"""Bodies, officers and certificates: each word is one act of the registry, plain where nothing else is said."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1.penalty_pb2 import PenaltyKind
from yifa.registry.v1 import (
    body_pb2,
    certificate_pb2,
    leading_group_pb2,
    legal_adviser_pb2,
    officer_pb2,
    post_pb2,
    power_pb2,
    training_pb2,
)
from yifa.registry.v1 import qualification_pb2 as qualifications

from services.given.people import AREA, CITY, REGISTRAR, ROSTER, SERIAL, credit_code, id_number
from services.given.say import Say, Who, patient

FIELD = "生态环境"
KINDS_OF_PENALTY: Mapping[int, tuple[int, ...]] = MappingProxyType(
    {power_pb2.POWER_KIND_PENALTY: tuple(PenaltyKind.values()[1:])}
)
"""The kinds of penalty that an item of a power list gives, by its kind, when nothing else is said: all of them."""
COURSE, HOURS, SCORE = "岗前培训", 60, 90
"""A training and an exam that are enough for a certificate."""


async def confirm_body(say: Say, node: str = "huanbao", **more: Any) -> body_pb2.EnforcementBody:
    """The city confirms an enforcement body of a department (CITY-ERS 1.1)."""
    n = next(SERIAL)
    fields = {
        "name": f"示例执法机关{n}",
        "unified_social_credit_code": credit_code(n),
        "kind": body_pb2.BODY_KIND_AGENCY,
        "node": node,
        "document_prefix": f"示罚{n}",
        "field": FIELD,
        "seal": f"44070000{n:05d}",
    }
    body: body_pb2.EnforcementBody = (
        await say(CITY, "registry", "ConfirmBody", REGISTRAR, **(fields | more))
    ).body
    return body


async def register(say: Say, node: str, body_id: str, by: Who = ROSTER, **more: Any) -> officer_pb2.Officer:
    """The department enters a person on its roster."""
    n = next(SERIAL)
    fields = {
        "name": f"示例人员{n}",
        "id_number": id_number(n),
        "body_id": body_id,
        "unit": "示例科",
        "post": "执法岗",
        "staff_kind": officer_pb2.STAFF_KIND_PERMANENT,
    }
    person: officer_pb2.Officer = (
        await say(node, "registry", "RegisterOfficer", by, **(fields | more))
    ).officer
    return person


async def train(
    say: Say, node: str, officer_id: str, course: str = COURSE, hours: int = HOURS, by: Who = ROSTER
) -> officer_pb2.Officer:
    """The department records hours of training before the exam."""
    fields = {"officer_id": officer_id, "course": course, "hours": hours}
    trained: officer_pb2.Officer = (await say(node, "registry", "RecordTraining", by, **fields)).officer
    return trained


async def train_heads(
    say: Say, body: body_pb2.EnforcementBody, heads: Sequence[str], by: Who = ROSTER
) -> Any:
    """The department trains its heads in the responsibility system, as soon as they are in office (DL-ERS-2005); the training."""
    came = [{"officer_id": each, "attended": True} for each in heads]
    held = [await say(body.node, "registry", "ListAppointments", by, officer_id=each) for each in heads]
    begun = max((a.from_time for found in held for a in found.appointments), key=Timestamp.ToNanoseconds)
    fields = {
        "body_id": body.body_id,
        "kind": training_pb2.TRAINING_KIND_HEADS,
        "topic": "示例：行政执法责任制专门培训",
        "place": "示例会议室",
        "teacher": "示例讲师",
        "hours": 4,
        "start_time": begun,
    }
    training = (await say(body.node, "registry", "ScheduleTraining", by, **fields)).training
    key = {"training_id": training.training_id}
    return (await say(body.node, "registry", "RecordAttendance", by, attendances=came, **key)).training


async def leading_group(
    say: Say,
    body: body_pb2.EnforcementBody,
    lead: str,
    liaison: str,
    substitute: str,
    /,
    by: Who = ROSTER,
    **more: Any,
) -> leading_group_pb2.LeadingGroup:
    """An agency sets up the group that leads the system there, and says who is spoken to (DL-ERS-2005)."""
    fields = {
        "body_id": body.body_id,
        "document": "示例办发〔2026〕1号",
        "members": [
            {"role": leading_group_pb2.LEADING_GROUP_ROLE_HEAD, "officer_id": lead, "position": "局长"}
        ],
        "office": "示例法制科",
        "office_phone": "0750-0000000",
        "liaison": {"officer_id": liaison, "phone": "0750-0000001"},
        "substitute": {"officer_id": substitute, "phone": "0750-0000002"},
    }
    group: leading_group_pb2.LeadingGroup = (
        await say(body.node, "registry", "SetLeadingGroup", by, **(fields | more))
    ).group
    return group


async def examine(say: Say, officer_id: str, score: int = SCORE) -> qualifications.Qualification:
    """The city records the result of the exam."""
    reply = await say(CITY, "registry", "RecordExam", REGISTRAR, officer_id=officer_id, score=score)
    found: qualifications.Qualification = reply.qualification
    return found


async def issue(say: Say, officer_id: str, **more: Any) -> certificate_pb2.Certificate:
    """The city issues the certificate."""
    fields = {"officer_id": officer_id, "fields": [FIELD], "area_code": AREA}
    issued: certificate_pb2.Certificate = (
        await say(CITY, "registry", "IssueCertificate", REGISTRAR, **(fields | more))
    ).certificate
    return issued


async def suspend(say: Say, certificate_number: str, **more: Any) -> certificate_pb2.Certificate:
    """The city suspends a certificate (ASR-2025 32)."""
    fields = {"certificate_number": certificate_number, "cause": "示例事由", "law": "ASR-2025:32"}
    held: certificate_pb2.Certificate = (
        await say(CITY, "registry", "SuspendCertificate", REGISTRAR, **(fields | more))
    ).certificate
    return held


async def restore(say: Say, certificate_number: str) -> certificate_pb2.Certificate:
    """The city gives a suspended certificate back."""
    fields = {"certificate_number": certificate_number}
    held: certificate_pb2.Certificate = (
        await say(CITY, "registry", "RestoreCertificate", REGISTRAR, **fields)
    ).certificate
    return held


async def certified_officer(
    say: Say, body: body_pb2.EnforcementBody
) -> tuple[officer_pb2.Officer, certificate_pb2.Certificate]:
    """An officer who was registered, trained and examined, and got a certificate. The nodes hear of each step in time."""
    say, node = patient(say), body.node
    officer = await register(say, node, body.body_id)
    await train(say, node, officer.officer_id)
    await examine(say, officer.officer_id)
    return officer, await issue(say, officer.officer_id)


async def qualified_reviewer(say: Say, body: body_pb2.EnforcementBody, by: Who = ROSTER, **more: Any) -> str:
    """A person of the body's roster whom the registry holds for qualified to review decisions (APL 58(2)); the id."""
    say = patient(say)
    person = await register(say, body.node, body.body_id, by, unit="法制科", post="法制审核岗", **more)
    exam = f"A2020{next(SERIAL):010d}"
    kind = certificate_pb2.CERTIFICATE_KIND_LEGAL_REVIEW
    await issue(say, person.officer_id, kind=kind, legal_qualification=exam)
    return person.officer_id


async def legal_adviser(say: Say, body_id: str = "", **more: Any) -> legal_adviser_pb2.LegalAdviser:
    """The city enters a legal adviser of a body, or of the government where none is named (CBZ-2019-7 12)."""
    n, now = next(SERIAL), datetime.now(UTC)
    fields = {
        "kind": legal_adviser_pb2.LEGAL_ADVISER_KIND_LAWYER,
        "name": f"示例律师{n}",
        "licence_number": f"14401201510{n:06d}",
        "unit": "示例律师事务所",
        "body_id": body_id,
        "government": not body_id,
        "document": f"示聘〔2026〕{n}号",
        "from_time": more.pop("since", now - timedelta(30)),
        "until_time": now + timedelta(700),
    }
    adviser: legal_adviser_pb2.LegalAdviser = (
        await say(CITY, "registry", "EnterLegalAdviser", REGISTRAR, **(fields | more))
    ).adviser
    return adviser


async def appoint_heads(
    say: Say, body: body_pb2.EnforcementBody, by: Who = ROSTER, **more: Any
) -> tuple[str, str]:
    """Two people of the body's roster take the posts of its chief and of a deputy; their ids (CBZ-2019-7 17)."""
    say, node = patient(say), body.node
    fields = {"body_id": body.body_id, "name": "领导班子", "functions": "领导本机关工作"}
    unit = (await say(node, "registry", "DefineUnit", by, **fields)).unit
    heads = []
    for name, rank in (("局长", post_pb2.POST_RANK_CHIEF), ("副局长", post_pb2.POST_RANK_DEPUTY)):
        person = await register(say, node, body.body_id, by, unit="领导班子", post=name, **more)
        post = (
            await say(node, "registry", "DefinePost", by, unit_id=unit.unit_id, name=name, rank=rank)
        ).post
        where = {"post_id": post.post_id, "officer_id": person.officer_id}
        await say(node, "registry", "AppointOfficer", by, **where)
        heads.append(person.officer_id)
    return heads[0], heads[1]

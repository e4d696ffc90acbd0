"""The acts of a case as requests: who does each, and what it says. One table for history and live cases."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from google.protobuf.message import Message
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_service_pb2 as pb
from yifa.enforcement.v1 import transfer_pb2 as transfers

from services.demo.folder import Folder, stamp
from services.demo.violations import occurred, yuan
from services.node.callers import Callers, ask, fresh

Flags = frozenset[str]
PLAIN: Flags = frozenset()

_EVIDENCE = (
    (cases.EVIDENCE_KIND_SITE_RECORD, "现场检查（勘察）笔录", "现场制作，当事人签字确认"),
    (cases.EVIDENCE_KIND_AUDIO_VISUAL, "现场执法录像", "执法记录仪"),
    (cases.EVIDENCE_KIND_PARTY_STATEMENT, "当事人询问笔录", "依法询问当事人"),
    (cases.EVIDENCE_KIND_DOCUMENT, "营业执照及相关许可文件复印件", "当事人提供，注明与原件一致"),
    (cases.EVIDENCE_KIND_EXPERT_OPINION, "检测（鉴定）报告", "有资质机构出具"),
    (cases.EVIDENCE_KIND_TESTIMONY, "证人证言", "依法询问证人"),
)
_STATEMENTS = (
    "示例：当事人称已于检查次日完成整改，请求从轻处理。",
    "示例：当事人对违法事实无异议，但认为罚款数额偏高。",
    "示例：当事人提交整改照片和检测报告，请求减轻处罚。",
)
_OPINIONS = (
    "示例：事实清楚，证据确凿，适用法律正确，程序合法，裁量适当，同意。",
    "示例：主体适格，依据正确，处罚幅度在裁量档次之内，审核通过。",
)


@dataclass(frozen=True)
class Act:
    """One act: the RPC, the post that does it, and how its request is made."""

    rpc: str
    post: str
    request: Callable[[Folder, Flags], Message]


ROLES: Mapping[str, str] = MappingProxyType(
    {
        "officer": "HANDLING_OFFICER",
        "unit": "UNIT_HEAD",
        "reviewer": "LEGAL_REVIEWER",
        "head": "AGENCY_HEAD",
        "clerk": "CLERK",
        "finance": "FINANCE",
    }
)


async def do(
    callers: Callers, folder: Folder, name: str, flags: Flags = PLAIN, *, patience: float = 20.0
) -> None:
    """Do one act of a case as the one whose office it is. Raises AioRpcError when it is refused."""
    act, node = ACTS[name], folder.desk.node
    request: Any = act.request(folder, flags)
    request.request_id = fresh()
    post = "officer" if "by-officer" in flags else act.post
    person = folder.officers[0] if post == "officer" else folder.desk.person(post)
    metadata = callers.as_(node, person, ROLES[act.post])
    method = getattr(callers.enforcement(node), act.rpc)
    folder.case = (await ask(method, request, metadata, patience)).case


def by_id(kind: Any, **said: Any) -> Callable[[Folder, Flags], Message]:
    """A request that names the case and says the same in every case."""
    return lambda folder, flags: kind(case_id=folder.case_id, **said)


def violation(folder: Folder) -> cases.Violation:
    about = folder.choice.violation
    return cases.Violation(
        benchmark_id=about.id,
        title=about.title,
        law=about.law,
        occur_time=stamp(occurred(folder.rng, about, folder.at)),
        place=f"{folder.desk.place}{folder.rng.randint(1, 199)}号（示例）",
    )


def clue(folder: Folder, flags: Flags) -> Message:
    sources = list(cases.ClueSource.values())[1:]
    found = cases.FirstEvidence(
        kind=cases.EVIDENCE_KIND_SITE_RECORD, title="示例：线索核查记录", source="示例：现场核查"
    )
    received = folder.at - timedelta(minutes=folder.rng.randint(5, 40))
    return pb.RegisterClueRequest(
        body_id=folder.desk.body_id,
        source=folder.rng.choice(sources),
        summary=f"示例：{folder.rng.choice(folder.choice.violation.clues)}",
        party=folder.party,
        violation=violation(folder),
        receive_time=stamp(received),
        evidence=[found],
    )


def transfer(folder: Folder, flags: Flags) -> Message:
    assert folder.other is not None, f"{folder.story}: there is no other department"
    cause = "示例：该违法行为属于受移送部门的职权范围。"
    return transfers.TransferCaseRequest(case_id=folder.case_id, body_id=folder.other.body_id, cause=cause)


def assign(folder: Folder, flags: Flags) -> Message:
    officers = folder.officers
    if "uncertified" in flags:
        officers = (officers[0], folder.desk.officers[10])
    if "alone" in flags:
        officers = officers[:1]
    return pb.AssignOfficersRequest(case_id=folder.case_id, officer_ids=officers)


def evidence(folder: Folder, flags: Flags) -> Message:
    count = folder.case.evidence_count if folder.case else 0
    kind, title, source = _EVIDENCE[count % len(_EVIDENCE)]
    return pb.RecordEvidenceRequest(
        case_id=folder.case_id,
        kind=kind,
        title=title,
        source="" if "no-source" in flags else source,
        collector_ids=folder.officers,
        certificate_shown="not-shown" not in flags,
        rights_told=True,
        sha256=sha256(f"{folder.case_id}/{count}".encode()).digest(),
        location=f"evidence://{folder.desk.node}/{folder.case_id}/{count + 1}",
    )


def penalty(folder: Folder, flags: Flags) -> cases.Penalty:
    """The penalty of the case's band; outside it, with approved reasons, when the story says so."""
    found = folder.choice.penalty()
    if "outside-band" in flags or "deviate" in flags:
        found.fine.fen = max(found.fine.fen * 6 // 10, 100) if "deviate" in flags else found.fine.fen * 40
    if "deviate" in flags:
        found.deviation_reason = "示例：首次违法且主动消除危害后果，经批准减轻处罚（行政处罚法第三十二条）。"
        found.deviation_approver = folder.desk.person("head")
    return found


def report(folder: Folder, flags: Flags) -> Message:
    about = folder.choice.violation
    said = f"示例：经查，当事人{folder.party.name}{about.title}，违反{about.law}，依据{about.basis}提出处罚建议。"
    return pb.SubmitReportRequest(case_id=folder.case_id, report=said, proposal=penalty(folder, flags))


def review(folder: Folder, flags: Flags) -> Message:
    returned = "return" in flags
    opinion = "示例：主要事实证据不足，退回补充调查。" if returned else folder.rng.choice(_OPINIONS)
    return pb.ConcludeReviewRequest(case_id=folder.case_id, passed=not returned, opinion=opinion)


def notice(folder: Folder, flags: Flags) -> Message:
    about = folder.choice.violation
    return pb.ServePriorNoticeRequest(
        case_id=folder.case_id,
        facts=f"示例：{folder.party.name}{about.title}。",
        reasons=f"上述行为违反{about.law}。",
        basis=about.basis,
        hearing_right_told=folder.grave and "silent" not in flags,
    )


def statement(folder: Folder, flags: Flags) -> Message:
    return pb.RecordStatementRequest(case_id=folder.case_id, statement=folder.rng.choice(_STATEMENTS))


def recheck(folder: Folder, flags: Flags) -> Message:
    adopted = "adopt" in flags
    opinion = "示例：当事人的意见成立，予以采纳。" if adopted else "示例：当事人的意见不成立，不予采纳。"
    return pb.RecheckDefenceRequest(case_id=folder.case_id, opinion=opinion, adopted=adopted)


def decide(folder: Folder, flags: Flags) -> Message:
    request = pb.MakeDecisionRequest(case_id=folder.case_id)
    if "heavier" in flags:
        assert folder.case is not None
        request.penalty.CopyFrom(folder.case.notice.penalty)
        request.penalty.fine.fen += 10_000
    if folder.grave and "undiscussed" not in flags:
        request.discussion = "示例：集体讨论记录，与会人员一致同意。"
        request.discussion_members.extend([folder.desk.person("head"), f"{folder.desk.node}-deputy"])
    return request


def serve(folder: Folder, flags: Flags) -> Message:
    direct = folder.rng.random() < 0.7
    method = cases.SERVICE_METHOD_DIRECT if direct else cases.SERVICE_METHOD_ELECTRONIC
    receipt = "示例：送达回证（当事人签收）" if direct else "示例：电子送达确认书及系统回执"
    return pb.ServeDecisionRequest(case_id=folder.case_id, method=method, receipt=receipt)


def pay(folder: Folder, flags: Flags) -> Message:
    assert folder.case is not None
    due = folder.case.decision.penalty.fine.fen - folder.case.paid.fen
    request = pb.RecordPaymentRequest(case_id=folder.case_id)
    request.amount.fen = due // 2 if "half" in flags else due
    serial = f"{folder.case_id[-12:]}-{len(folder.case.payments) + 1}"
    request.bank_reference = "" if "cash" in flags else f"示例银行{serial}"
    return request


def spot(folder: Folder, flags: Flags) -> Message:
    found = folder.choice.penalty()
    if "too-much" in flags:
        found.fine.CopyFrom(yuan(folder.choice.fine + 5_000))
    return pb.MakeSpotDecisionRequest(
        body_id=folder.desk.body_id,
        party=folder.party,
        violation=violation(folder),
        officer_ids=folder.officers,
        certificate_shown=True,
        rights_told=True,
        statement_heard="unheard" not in flags,
        form_number=folder.desk.form_number(folder.at),
        penalty=found,
    )


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "clue": Act("RegisterClue", "officer", clue),
        "decline": Act(
            "DeclineClue",
            "head",
            by_id(pb.DeclineClueRequest, cause="示例：经核查，违法事实不成立，不予立案。"),
        ),
        "file": Act("FileCase", "head", by_id(pb.FileCaseRequest)),
        "transfer": Act("TransferCase", "head", transfer),
        "take-over": Act("AcknowledgeTransfer", "clerk", by_id(transfers.AcknowledgeTransferRequest)),
        "assign": Act("AssignOfficers", "unit", assign),
        "evidence": Act("RecordEvidence", "officer", evidence),
        "report": Act("SubmitReport", "officer", report),
        "submit": Act("SubmitForReview", "unit", by_id(pb.SubmitForReviewRequest)),
        "review": Act("ConcludeReview", "reviewer", review),
        "notice": Act("ServePriorNotice", "clerk", notice),
        "statement": Act("RecordStatement", "officer", statement),
        "waive": Act(
            "WaiveDefence",
            "clerk",
            by_id(pb.WaiveDefenceRequest, proof="示例：放弃陈述申辩和听证声明书原件存卷"),
        ),
        "ask-hearing": Act("RequestHearing", "clerk", by_id(pb.RequestHearingRequest)),
        "hearing": Act(
            "HoldHearing",
            "reviewer",
            by_id(pb.HoldHearingRequest, record="示例：听证笔录，各方核对无误后签字。"),
        ),
        "recheck": Act("RecheckDefence", "unit", recheck),
        "decide": Act("MakeDecision", "head", decide),
        "serve": Act("ServeDecision", "clerk", serve),
        "publish": Act(
            "PublishDecision", "clerk", by_id(pb.PublishDecisionRequest, address="示例：行政执法信息公示平台")
        ),
        "pay": Act("RecordPayment", "finance", pay),
        "file-major": Act("FileMajorPenalty", "clerk", by_id(pb.FileMajorPenaltyRequest)),
        "close": Act(
            "CloseCase", "head", by_id(pb.CloseCaseRequest, report="示例：处罚决定已执行完毕，予以结案。")
        ),
        "terminate": Act(
            "TerminateCase",
            "head",
            by_id(pb.TerminateCaseRequest, cause="示例：当事人注销且无权利义务承受人，终止调查。"),
        ),
        "spot": Act("MakeSpotDecision", "officer", spot),
        "report-spot": Act("ReportSpotDecision", "officer", by_id(pb.ReportSpotDecisionRequest)),
    }
)

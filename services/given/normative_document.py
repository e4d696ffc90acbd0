"""Normative documents, said over the public API: those of the government, which the legal office records, and earlier ones."""

from datetime import datetime
from typing import Any

from yifa.supervision.v1 import document_filing_pb2 as filings
from yifa.supervision.v1 import normative_document_pb2 as pb

from services.given.people import CITIZEN, OVERSIGHT
from services.given.say import Who

CITY, SERVICE = "city", "supervision"
REVIEWER: Who = ("oversight-2", "OVERSIGHT")
FILER: Who = ("oversight-3", "OVERSIGHT")
TEXT = "第一条 为了规范有关管理活动，制定本规定。\n第二条 本市行政区域内的有关管理活动，适用本规定。"
ADDRESS = "示例市人民政府网站公报栏目"
URGENT = "示例：重污染天气应急"
DIGEST = bytes(32)
ASSESSED = [
    {"kind": kind, "opinion": "示例：可行"}
    for kind in (
        pb.DOCUMENT_ASSESSED_NEED,
        pb.DOCUMENT_ASSESSED_FEASIBILITY,
        pb.DOCUMENT_ASSESSED_FAIRNESS,
        pb.DOCUMENT_ASSESSED_FAIR_COMPETITION,
    )
]
PLAIN = {
    "vital_interests": {"applies": False, "reasons": "示例：不涉及群众重大利益调整"},
    "specialised": {"applies": False, "reasons": "示例：不具有较强的专业性、技术性"},
    "legislation": {"applies": False, "reasons": "示例：不属于政府立法项目"},
}
"""What is said of a draft on which neither hearing nor experts are asked for."""
COSTS = {
    "cost_fen": 120_000_000,
    "benefit_fen": 300_000_000,
    "bearers": "示例：成本由财政和经营者承担，公众受益",
    "method": "示例：按近三年数据测算",
    "conclusion": "示例：效益大于成本",
}
HEARD = {
    "vital_interests": {"applies": True},
    "specialised": {"applies": True},
    "legislation": {"applies": True},
    "costs": COSTS,
}
"""What is said of a draft on which people and experts have to be heard."""
SPOKE = [
    {"name": "示例居民代表", "standing": "示例社区居民", "opinion": "示例：建议设置六个月过渡期"},
    {"name": "示例商户代表", "standing": "示例行业协会", "opinion": "示例：建议简化登记手续"},
]
PAPERS = [
    {"kind": kind, "title": "示例材料", "sha256": DIGEST}
    for kind in (
        pb.DOCUMENT_PAPER_KIND_DRAFT,
        pb.DOCUMENT_PAPER_KIND_BASIS,
        pb.DOCUMENT_PAPER_KIND_COMMENTS,
        pb.DOCUMENT_PAPER_KIND_EXPLANATION,
    )
]
FILED = [
    {"kind": kind, "title": "示例材料", "sha256": DIGEST}
    for kind in (
        filings.DOCUMENT_FILING_PAPER_KIND_REPORT,
        filings.DOCUMENT_FILING_PAPER_KIND_TEXT,
        filings.DOCUMENT_FILING_PAPER_KIND_EXPLANATION,
        filings.DOCUMENT_FILING_PAPER_KIND_ELECTRONIC_COPY,
    )
]
Step = tuple[str, Who, dict[str, Any]]
TO_COMMENT: tuple[Step, ...] = (
    ("DraftNormativeDocument", OVERSIGHT, {"text": TEXT, "bases": ["《行政处罚法》第三十四条"]}),
    ("AssessNormativeDocument", OVERSIGHT, {"assessments": ASSESSED, **PLAIN}),
    ("PublishNormativeDraft", OVERSIGHT, {"address": ADDRESS}),
)
TO_HEARING: tuple[Step, ...] = (
    TO_COMMENT[0],
    ("AssessNormativeDocument", OVERSIGHT, {"assessments": ASSESSED, **HEARD}),
)
TO_PUBLISH: tuple[Step, ...] = (
    *TO_COMMENT[:2],
    ("SkipDraftComment", OVERSIGHT, {"no_comment": pb.NO_COMMENT_EMERGENCY, "reasons": URGENT}),
    ("SubmitForLegalityReview", OVERSIGHT, {"papers": PAPERS}),
    (
        "ConcludeLegalityReview",
        REVIEWER,
        {"conclusion": pb.LEGALITY_CONCLUSION_LAWFUL, "none_beyond": True, "urgency": URGENT},
    ),
    ("DeliberateNormativeDocument", OVERSIGHT, {"minutes": "示例：市政府常务会议纪要"}),
    ("SignNormativeDocument", OVERSIGHT, {"signer": "示例市长"}),
    ("NumberNormativeDocument", REVIEWER, {}),
    ("PublishNormativeDocument", OVERSIGHT, {"address": ADDRESS, "early_effect": URGENT}),
)
"""One that is urgent: it may go without public comment, and takes effect before the usual month."""


async def plan(say: Any, title: str, year: int) -> str:
    """Put a document of the government on the plan; returns its id."""
    made = await say(
        CITY, SERVICE, "PlanNormativeDocument", OVERSIGHT, title=title, plan_year=year, plan_document="示例：年度制定计划"
    )  # fmt: skip
    return str(made.normative_document.document_id)


async def make(say: Any, document_id: str, steps: tuple[Step, ...], effect_time: datetime) -> Any:
    """Take the steps; what is published takes effect then."""
    reply = None
    for rpc, by, fields in steps:
        when = {"effect_time": effect_time} if rpc == "PublishNormativeDocument" else {}
        reply = await say(CITY, SERVICE, rpc, by, document_id=document_id, **fields, **when)
    return reply


async def enter(
    say: Any, title: str, number: str, published: datetime, until: datetime, body_id: str = ""
) -> str:
    """Enter a document that was made before, and stood on a list since; returns its id."""
    made = await say(
        CITY, SERVICE, "EnterNormativeDocument", OVERSIGHT, title=title, number=number, body_id=body_id, text=TEXT,
        publish_address=ADDRESS, publish_time=published, effect_time=published, list_time=published, expire_time=until,
        list_document="示例：继续有效的规范性文件目录",
    )  # fmt: skip
    return str(made.normative_document.document_id)


async def file(say: Any, document_id: str) -> None:
    """File a published document with the government above, and have it passed."""
    found = await say(CITY, SERVICE, "GetNormativeDocument", OVERSIGHT, document_id=document_id)
    key = {"filing_id": found.filings[-1].filing_id}
    await say(CITY, SERVICE, "SubmitDocumentFiling", OVERSIGHT, papers=FILED, **key)
    await say(CITY, SERVICE, "ReceiveDocumentFiling", FILER, receipt=filings.DOCUMENT_RECEIPT_REGISTER, **key)
    await say(CITY, SERVICE, "ConcludeDocumentFiling", FILER, passed=True, **key)


async def comment(say: Any, document_id: str, text: str) -> None:
    """Somebody comments on a draft, and is answered."""
    made = await say(CITY, SERVICE, "CommentOnDraft", CITIZEN, document_id=document_id, text=text)
    key = {"comment_id": made.comment.comment_id}
    await say(CITY, SERVICE, "AnswerDraftComment", OVERSIGHT, adopted=True, answer="示例：已采纳", **key)


async def announce_hearing(say: Any, document_id: str, due: datetime) -> None:
    """A hearing on a draft is announced, for a day to come."""
    said = {"address": ADDRESS, "place": "示例市司法局听证室", "due_time": due}
    await say(CITY, SERVICE, "NoticeDraftHearing", OVERSIGHT, document_id=document_id, **said)


async def hold_hearing(say: Any, document_id: str, held: datetime) -> Any:
    """The hearing is put on record: who presided, who spoke and what; the document."""
    said = {"host": "示例市司法局听证主持人", "hold_time": held, "minutes": "示例：听证笔录", "voices": SPOKE}
    reply = await say(CITY, SERVICE, "RecordDraftHearing", OVERSIGHT, document_id=document_id, **said)
    return reply.normative_document


async def have_argued(say: Any, document_id: str, expert_id: str) -> None:
    """An expert of the pool writes what there is to say."""
    wrote = [{"expert_id": expert_id, "opinion": "示例：技术要求可行，建议与国家标准衔接"}]
    await say(CITY, SERVICE, "RecordDraftExperts", OVERSIGHT, document_id=document_id, voices=wrote)


async def answer_all(say: Any, document_id: str) -> None:
    """Of each opinion it is said what became of it: the last was taken up in part."""
    found = await say(CITY, SERVICE, "GetNormativeDocument", OVERSIGHT, document_id=document_id)
    ids = [each.voice_id for each in found.normative_document.voices]
    said = [
        {"voice_id": each, "adopted": each != ids[-1], "answer": "示例：已在草案中作出规定"} for each in ids
    ]
    await say(CITY, SERVICE, "AnswerDraftOpinions", OVERSIGHT, document_id=document_id, voices=said)


async def ask(say: Any, document_id: str, text: str) -> Any:
    """Somebody asks for the review of a document; returns the reply with its receipt."""
    return await say(CITY, SERVICE, "RequestDocumentReview", CITIZEN, document_id=document_id, text=text)

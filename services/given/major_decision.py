"""Major decisions, said over the public API: those that the office of the government prepares, and experts of the pool."""

from datetime import UTC, datetime
from typing import Any

from yifa.supervision.v1 import major_decision_pb2 as pb

from services.given.people import CITIZEN, OVERSIGHT, OVERSIGHT_HEAD
from services.given.registry import legal_adviser
from services.given.say import Who, patient

Fields = dict[str, Any]
CITY, SERVICE = "city", "supervision"
REVIEWER: Who = ("oversight-2", "OVERSIGHT")
ADDRESS = "示例市人民政府网站"
TEXT = "一、总体要求。\n二、重点任务。\n三、保障措施。"
DIGEST = bytes(32)
MAYOR, DEPUTY, MEMBER = "示例市长", "示例副市长", "示例秘书长"
FIELD = "城市规划"
PARTICIPANTS = ["示例代表甲", "示例代表乙"]
# a law's name
SECRET = "《中华人民共和国保守国家秘密法》第十三条"  # noqa: S105
TRAITS = [trait for trait in pb.DecisionTrait.values() if trait]
SUGGESTION: Fields = {
    "proposer": pb.DECISION_PROPOSER_DEPARTMENT,
    "problem": "示例：垃圾分类设施不足",
    "reasons": "示例：群众反映较多",
    "basis": "示例：《固体废物污染环境防治法》第四十三条",
    "solution": "示例：三年建成分类设施",
    "feasibility": "示例：必要、可行",
    "studied_by": "示例研究室",
}
DRAFT: Fields = {
    "text": TEXT,
    "bases": ["示例：《固体废物污染环境防治法》第四十三条"],
    "none_concerned": True,
}
OPEN: Fields = {"addresses": [ADDRESS, "示例日报"], "explanation": "示例：起草说明"}
RISK: Fields = {
    "assessor": "示例评估公司",
    "points": ["示例：选址引起的意见"],
    "prevention": "示例：提前沟通",
    "contingency": "示例：应急处置预案",
    "heard": ["示例信访局"],
    "controllable": True,
}
REVIEW: Fields = {
    "conclusion": pb.DECISION_REVIEW_CONCLUSION_LAWFUL,
    "lawful": [part for part in pb.DecisionReviewPart.values() if part],
    "opinion": "示例：合法",
    "advice": "示例：同意",
}
PARTY: Fields = {"to": pb.DECISION_REPORT_TO_PARTY, "document": "示例府请〔2026〕3号"}
CONGRESS: Fields = {"to": pb.DECISION_REPORT_TO_CONGRESS, "document": "示例府报〔2026〕4号"}
ADOPTED: Fields = {
    "outcome": pb.DECISION_OUTCOME_ADOPTED,
    "decider": MAYOR,
    "document": "示例府发〔2026〕5号",
}
PUBLISHED: Fields = {
    "gazette": "示例市人民政府公报",
    "website": ADDRESS,
    "newspaper": "示例日报",
    "adoption_note": "示例：采纳三条意见",
    "of_office": True,
}
PIECES = [piece for piece in pb.DecisionPiece.values() if piece]


def traits(*apply: int) -> list[dict[str, Any]]:
    """What of a matter makes a step obligatory: these; of the others it is said why not."""
    return [
        {
            "trait": trait,
            "applies": trait in apply,
            "reasons": "" if trait in apply else "示例：不涉及",
        }
        for trait in TRAITS
    ]


def meeting(held: datetime) -> dict[str, Any]:
    """An executive meeting in which one differs, and the head speaks last."""
    return {
        "kind": pb.DECISION_MEETING_KIND_EXECUTIVE,
        "hold_time": held,
        "minutes": "示例：市政府常务会议纪要",
        "head": MAYOR,
        "speeches": [
            {"person": DEPUTY, "stance": pb.DECISION_STANCE_DISAGREE, "words": "示例：资金不足"},
            {"person": MEMBER, "stance": pb.DECISION_STANCE_AGREE},
            {"person": MAYOR, "stance": pb.DECISION_STANCE_AGREE},
        ],
    }


async def enlist(say: Any, name: str, unit: str, field: str = FIELD) -> str:
    """Take an expert into the pool; returns the id."""
    made = await say(
        CITY, SERVICE, "EnterDecisionExpert", OVERSIGHT, name=name, unit=unit, fields=[field], qualification="示例教授",
        document="示例入库公告",
    )  # fmt: skip
    return str(made.decision_expert.expert_id)


async def put_on_catalogue(say: Any, title: str, year: int) -> str:
    """A matter on the catalogue; returns its id."""
    made = await say(
        CITY, SERVICE, "PutOnDecisionCatalogue", OVERSIGHT, title=title, year=year, kind=pb.DECISION_KIND_POLICY,
        none_excluded=True, consent_document="示例委复〔2026〕2号", address=ADDRESS,
    )  # fmt: skip
    return str(made.major_decision.decision_id)


async def act(say: Any, decision_id: str, rpc: str, by: Who = OVERSIGHT, **fields: Any) -> Any:
    """One act; returns the decision."""
    reply = await say(CITY, SERVICE, rpc, by, decision_id=decision_id, **fields)
    return getattr(reply, "major_decision", None)


async def begin(say: Any, decision_id: str, *apply: int, drafters: tuple[str, ...] = ()) -> None:
    """Suggested, begun and drafted, with the steps that these traits want."""
    await act(say, decision_id, "ProposeMajorDecision", suggestion=SUGGESTION)
    await act(
        say, decision_id, "StartMajorDecision", start_document="示例府办〔2026〕1号", traits=traits(*apply)
    )
    await act(say, decision_id, "DraftMajorDecision", drafters=drafters, **DRAFT)


async def argue(say: Any, decision_id: str, expert_id: str, name: str) -> None:
    """An expert argues, the risks are assessed, competition is reviewed."""
    chosen: Fields = {"expert_ids": [expert_id], "statements": [expert_id]}
    await act(say, decision_id, "ChooseDecisionExperts", **chosen)
    await act(
        say, decision_id, "RecordExpertOpinion", expert_id=expert_id, text="示例：必要、可行", signed_by=name, sha256=DIGEST,
        adoption="示例：全部采纳",
    )  # fmt: skip
    await act(say, decision_id, "AssessDecisionRisk", risk=RISK)
    await act(
        say,
        decision_id,
        "ReviewDecisionCompetition",
        conclusion="示例：不影响公平竞争",
        reviewed_by="示例市场监管局",
    )


async def hear(say: Any, decision_id: str, announced: datetime, held: datetime) -> None:
    """Announce a hearing that lies ahead, and serve its material."""
    await act(
        say, decision_id, "ScheduleDecisionHearing", hold_time=held, place="示例市民中心", selection="示例：遴选办法公告",
        list_address=ADDRESS, participants=PARTICIPANTS,
    )  # fmt: skip
    await act(say, decision_id, "ServeHearingMaterial", serve_time=announced, receipt="示例：送达回证")


async def held(say: Any, decision_id: str) -> None:
    """The hearing was held in its order."""
    order: Fields = {"introduced": True, "debated": True, "signed": PARTICIPANTS, "minutes": "示例：听证笔录"}
    await act(say, decision_id, "HoldDecisionHearing", **order)


async def close(say: Any, decision_id: str) -> None:
    """The comment is over, and it is told what was taken up."""
    told: Fields = {
        "adoption": "示例：采纳三条",
        "hearing_document": "示例告知书",
        "group_opinions": "示例：无不同意见",
    }
    await act(say, decision_id, "CloseDecisionComment", **told)


async def submit(say: Any, decision_id: str) -> None:
    """What was consulted on goes to the review of legality."""
    await act(say, decision_id, "SubmitDecisionForReview", procedure_note="示例：程序说明")


async def conclude(say: Any, decision_id: str, urgency: str = "", adviser: str = "") -> Any:
    """From the review that finds it lawful, an adviser of the government heard, to its publication; returns the decision."""
    adviser = adviser or (await legal_adviser(say)).adviser_id
    heard: Fields = {**REVIEW, "urgency": urgency, "advisers": [adviser]}
    await act(patient(say), decision_id, "ConcludeDecisionReview", REVIEWER, **heard)
    submitted = await act(say, decision_id, "SubmitDecisionForDiscussion")
    held = submitted.discuss_submit_time.ToDatetime(UTC)
    await act(say, decision_id, "DeliberateMajorDecision", meeting=meeting(held))
    await act(say, decision_id, "ReportMajorDecision", **PARTY)
    await act(say, decision_id, "MakeMajorDecision", **ADOPTED)
    return await act(say, decision_id, "PublishMajorDecision", **PUBLISHED)


async def secret(
    say: Any, title: str, year: int, *, drafters: tuple[str, ...] = (), published: bool = True
) -> Any:
    """One whose draft the law keeps from the public, urgent: it can be gone through in a day. Returns the decision."""
    decision_id = await put_on_catalogue(say, title, year)
    await begin(say, decision_id, drafters=drafters)
    await act(say, decision_id, "SkipDecisionComment", secret_law=SECRET, reasons="示例：涉及国家秘密")
    if not published:
        return await act(say, decision_id, "AssessDecisionRisk", risk=RISK)
    await submit(say, decision_id)
    return await conclude(say, decision_id, urgency="示例：限期办结")


async def comment(say: Any, decision_id: str, text: str) -> None:
    """Somebody comments on a draft, and is answered."""
    made = await say(CITY, SERVICE, "CommentOnDecisionDraft", CITIZEN, decision_id=decision_id, text=text)
    key = {"comment_id": made.comment.comment_id}
    await say(CITY, SERVICE, "AnswerDecisionComment", OVERSIGHT, adopted=True, answer="示例：已采纳", **key)


async def pursue(say: Any, decision_id: str, person: str, body_id: str = "") -> Any:
    """Somebody who took part answers for it; where the unit is not known, before the competent body."""
    elsewhere: Fields = (
        {} if body_id else {"competent_body": "示例监察委员会", "document": "示例移〔2026〕6号"}
    )
    return await act(
        say, decision_id, "PursueDecisionResponsibility", OVERSIGHT_HEAD, fault=pb.DECISION_FAULT_GRAVE_MISTAKE, person=person,
        body_id=body_id, facts="示例：未经论证", consequences="示例：损失重大", reasons="示例：表示不同意见后仍参与实施",
        **elsewhere,
    )  # fmt: skip

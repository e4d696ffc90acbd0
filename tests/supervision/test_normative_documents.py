"""Normative documents at the city: made by plan, reviewed, numbered, published, listed, and ended (GF-2008-17 13–15)."""

from typing import Any

from yifa.supervision.v1 import document_list_pb2 as lists
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import normative_document_pb2 as pb

from services.given.normative_document import COSTS, PLAIN
from tests.supervision.documents import (
    ASSESSED,
    BODY,
    CITIZEN,
    CLERK,
    DIRECTOR,
    DRAFTER,
    FILER,
    LAWFUL,
    PAPERS,
    POSING,
    REVIEWER,
    STRANGER,
    TEXT,
    TITLE,
    Bureau,
    moment,
    ready,
    state,
)
from tests.supervision.office import Office

IN_FORCE = lists.DOCUMENT_STANDING_IN_FORCE


async def on_the_list(bureau: Bureau, standing: int = IN_FORCE) -> list[str]:
    said = await bureau.say(CITIZEN, "ListDocumentsInForce", standing=standing)
    return [each.document_id for each in said.documents]


async def test_a_document_is_made_by_its_department_and_the_office_and_takes_effect(office: Office) -> None:
    bureau = await ready(office)
    key = await bureau.laid_open()
    document_id = key["document_id"]

    # the public comments while it may, each comment is answered, and the comment has its time
    comment = (await bureau.say(CITIZEN, "CommentOnDraft", text="建议增加过渡期", **key)).comment
    assert await bureau.refused(CLERK, "CloseDraftComment", **key) == {
        "COMMENT_OPEN", "COMMENT_UNANSWERED", "ADOPTION_NOT_TOLD",
    }  # fmt: skip
    office.clock("2026-03-12 09:00")
    assert "COMMENT_CLOSED" in await bureau.refused(CITIZEN, "CommentOnDraft", text="来迟了", **key)
    await bureau.say(
        CLERK, "AnswerDraftComment", comment_id=comment.comment_id, adopted=True, answer="已采纳"
    )
    await bureau.say(CLERK, "CloseDraftComment", adoption="采纳一条", **key)

    # the review takes its days, is not by who drafted, and says that no clause goes beyond the power
    assert "PAPERS_INCOMPLETE" in await bureau.refused(
        DRAFTER, "SubmitForLegalityReview", papers=PAPERS[:1], **key
    )
    await bureau.say(DRAFTER, "SubmitForLegalityReview", papers=PAPERS, **key)
    unsaid: dict[str, Any] = {"conclusion": pb.LEGALITY_CONCLUSION_LAWFUL}
    assert await bureau.refused(REVIEWER, "ConcludeLegalityReview", **unsaid, **key) == {
        "REVIEW_CUT_SHORT", "NORMDOC_ULTRA_VIRES",
    }  # fmt: skip
    beyond = {**unsaid, "beyond_power": ["第三条"]}
    office.clock("2026-03-20 09:00")
    assert await bureau.refused(REVIEWER, "ConcludeLegalityReview", **beyond, **key) == {
        "NORMDOC_ULTRA_VIRES"
    }
    await bureau.say(REVIEWER, "ConcludeLegalityReview", **LAWFUL, **key)

    await bureau.say(DRAFTER, "DeliberateNormativeDocument", minutes="第5次局长办公会议纪要", **key)
    assert await bureau.refused(POSING, "SignNormativeDocument", **key) == {"HEAD_NOT_IN_OFFICE"}
    signed = (await bureau.say(DIRECTOR, "SignNormativeDocument", **key)).normative_document
    numbered = (await bureau.say(FILER, "NumberNormativeDocument", **key)).normative_document
    assert (signed.signer, numbered.number) == (DIRECTOR, "示环规〔2026〕1号")

    address = {"address": "https://example.invalid/gazette"}
    early = await bureau.refused(
        CLERK, "PublishNormativeDocument", effect_time=moment("2026-03-21 00:00"), **address, **key
    )
    long = await bureau.refused(
        CLERK, "PublishNormativeDocument", effect_time=moment("2026-05-01 00:00"),
        expire_time=moment("2032-05-02 00:00"), **address, **key,
    )  # fmt: skip
    assert (early, long) == ({"EFFECT_TOO_EARLY"}, {"VALIDITY_TOO_LONG"})
    published = await bureau.say(
        CLERK, "PublishNormativeDocument", effect_time=moment("2026-05-01 00:00"), **address, **key
    )
    assert published.normative_document.expire_time.ToDatetime().year == 2031
    assert await on_the_list(bureau) == []

    office.clock("2026-05-01 08:00")
    document = await bureau.becomes("IN_FORCE", document_id)

    assert await on_the_list(bureau) == [document_id]
    assert {d.clock_id for d in document.deadlines} >= {"NRM-06", "NRM-07", "NRM-08"}
    [*_, told] = office.emitted(events.ListedDocumentTold)
    assert (told.listed.number, told.listed.on_list, told.listed.standing) == (
        "示环规〔2026〕1号",
        True,
        IN_FORCE,
    )
    assert office.addressees(events.ListedDocumentTold) == {"all"}
    assert (await bureau.say(CITIZEN, "ReadPublicDocument", **key)).text == TEXT


async def test_each_step_is_the_makers_or_the_offices_and_none_is_left_out(office: Office) -> None:
    bureau = await ready(office)
    plan = {"title": TITLE, "plan_year": 2026}

    unknown = await bureau.refused(
        FILER, "PlanNormativeDocument", body_name="油烟整治领导小组", plan_document="计划", **plan
    )
    unplanned = await bureau.refused(FILER, "PlanNormativeDocument", body_id=BODY, **plan)
    key = await bureau.planned()
    foreign = await bureau.refused(STRANGER, "DraftNormativeDocument", text=TEXT, **key)
    official = await bureau.refused(FILER, "DraftNormativeDocument", text=TEXT, **key)
    empty = await bureau.refused(DRAFTER, "DraftNormativeDocument", **key)
    target = await bureau.refused(
        DRAFTER, "DraftNormativeDocument", text=f"{TEXT}各中队每月查处不少于20起。", **key
    )
    pushed = await bureau.refused(
        DRAFTER, "DraftNormativeDocument", text=f"{TEXT}居民委员会负责违法建设的查处。", **key
    )
    await bureau.say(DRAFTER, "DraftNormativeDocument", text=TEXT, **key)
    partly = await bureau.refused(
        DRAFTER, "AssessNormativeDocument", assessments=ASSESSED[:3], **PLAIN, **key
    )
    await bureau.say(DRAFTER, "AssessNormativeDocument", assessments=ASSESSED, **PLAIN, **key)
    silent = await bureau.refused(DRAFTER, "SkipDraftComment", **key)
    hidden = await bureau.refused(CLERK, "PublishNormativeDraft", **key)
    early = await bureau.refused(CLERK, "PublishNormativeDocument", **key)

    assert (unknown, unplanned) == ({"NORMDOC_MAKER_NOT_ALLOWED"}, {"NOT_PLANNED"})
    assert (foreign, official, empty) == ({"NOT_THE_MAKER"}, {"NOT_THE_MAKER"}, {"DRAFT_MISSING"})
    assert (target, pushed) == ({"FINE_TARGET_FORBIDDEN"}, {"DUTY_PUSHED_ON"})
    assert (partly, silent) == ({"NOT_ASSESSED"}, {"COMMENT_REQUIRED"})
    assert (hidden, early) == ({"DRAFT_NOT_PUBLIC"}, {"ACT_NOT_OPEN"})
    # a department sees its own, and nobody else's
    assert "NOT_FOUND" in await bureau.refused(STRANGER, "GetNormativeDocument", **key)
    assert (await bureau.say(STRANGER, "ListNormativeDocuments")).total == 0
    assert (await bureau.say(DRAFTER, "ListNormativeDocuments")).total == 1


async def test_the_government_makes_its_own_and_a_reviewed_text_changes_only_to_be_reviewed_again(
    office: Office,
) -> None:
    bureau = await ready(office)
    key = await bureau.planned(body_id="", title="示例市餐饮油烟管理暂行办法")
    await bureau.say(FILER, "DraftNormativeDocument", text=TEXT, **key)
    await bureau.say(FILER, "AssessNormativeDocument", assessments=ASSESSED, **PLAIN, **key)
    await bureau.say(FILER, "SkipDraftComment", no_comment=pb.NO_COMMENT_EMERGENCY, reasons="应急", **key)
    await bureau.say(FILER, "SubmitForLegalityReview", papers=PAPERS, **key)
    urgent = {**LAWFUL, "urgency": "应急"}

    own = await bureau.refused(FILER, "ConcludeLegalityReview", **urgent, **key)
    returned = {"conclusion": pb.LEGALITY_CONCLUSION_TO_BE_CHANGED}
    wordless = await bureau.refused(REVIEWER, "ConcludeLegalityReview", **returned, **key)
    await bureau.say(REVIEWER, "ConcludeLegalityReview", opinion="第一条应当修改", **returned, **key)
    await bureau.say(FILER, "SubmitForLegalityReview", papers=PAPERS, text="第一条 已修改。", **key)
    await bureau.say(REVIEWER, "ConcludeLegalityReview", **urgent, **key)
    await bureau.say(FILER, "ReviseNormativeDocument", reasons="会议要求修改", **key)
    again = await bureau.refused(FILER, "DeliberateNormativeDocument", minutes="常务会议纪要", **key)
    await bureau.say(FILER, "SubmitForLegalityReview", papers=PAPERS, **key)
    await bureau.say(REVIEWER, "ConcludeLegalityReview", **urgent, **key)
    await bureau.say(FILER, "DeliberateNormativeDocument", minutes="常务会议纪要", **key)
    unsigned = await bureau.refused(FILER, "SignNormativeDocument", **key)
    await bureau.say(FILER, "SignNormativeDocument", signer="市长", **key)
    made = (await bureau.say(FILER, "NumberNormativeDocument", **key)).normative_document

    assert (own, wordless, again) == ({"SOD_VIOLATION"}, {"REVIEW_OPINION_MISSING"}, {"ACT_NOT_OPEN"})
    assert unsigned == {"SIGNER_MISSING", "HEAD_NOT_IN_OFFICE"}
    assert (made.text, made.trial, made.number.endswith("府规〔2026〕1号")) == ("第一条 已修改。", True, True)
    assert state(
        (await bureau.say(FILER, "AbandonNormativeDocument", reasons="不再需要", **key)).normative_document
    ) == ("ABANDONED")


NO_LEGISLATION = {"legislation": PLAIN["legislation"]}
VITAL = {"vital_interests": {"applies": True}, "specialised": {"applies": True}, **NO_LEGISLATION}
NOTICED = {
    "address": "https://example.invalid/hearing",
    "place": "市民中心三楼",
    "due_time": moment("2026-03-12 09:30"),
}
SPOKE = [
    {"name": "张某", "standing": "餐饮经营者代表", "opinion": "应当给予三个月过渡期"},
    {"name": "李某", "standing": "居民代表", "opinion": "应当缩短整改期限"},
]
HELD = {
    "host": "法规科长",
    "hold_time": moment("2026-03-12 09:30"),
    "minutes": "听证笔录〔2026〕1号",
    "voices": SPOKE,
}


async def expert(bureau: Bureau, name: str, **more: Any) -> str:
    said = {
        "name": name,
        "unit": "示例大学",
        "fields": ["大气污染防治"],
        "qualification": "教授",
        "document": "专家库〔2026〕1号",
    }
    made = await bureau.say(FILER, "EnterDecisionExpert", **(said | more))
    return str(made.decision_expert.expert_id)


async def test_a_draft_that_touches_vital_interests_is_heard_argued_and_answered_before_the_heads_decide(
    office: Office,
) -> None:
    bureau = await ready(office)
    key = await bureau.planned(title="示例市听证专家规定")
    await bureau.say(DRAFTER, "DraftNormativeDocument", text=TEXT, **key)
    unsaid = {"vital_interests": {"applies": False, "reasons": " "}}
    for traits in ({}, PLAIN | unsaid):
        refused = await bureau.refused(
            DRAFTER, "AssessNormativeDocument", assessments=ASSESSED, **traits, **key
        )
        assert refused - {"COSTS_NOT_ANALYSED"} == {"DRAFT_TRAITS_NOT_SAID"}
    await bureau.say(DRAFTER, "AssessNormativeDocument", assessments=ASSESSED, **VITAL, **key)
    office.clock("2026-03-02 09:00")
    assert await bureau.refused(CLERK, "RecordDraftHearing", **HELD, **key) == {"HEARING_NOT_NOTICED"}
    for wrong in ({"due_time": moment("2026-03-08 23:00")}, {"place": " "}, {"due_time": None}):
        assert await bureau.refused(CLERK, "NoticeDraftHearing", **(NOTICED | wrong), **key) == {
            "HEARING_NOTICE_INCOMPLETE"
        }
    assert await bureau.refused(STRANGER, "NoticeDraftHearing", **NOTICED, **key) == {"NOT_THE_MAKER"}
    await bureau.say(CLERK, "NoticeDraftHearing", **NOTICED, **key)
    office.clock("2026-03-13 09:00")
    for wrong, reason in (
        ({"hold_time": moment("2026-03-11 09:30")}, "HEARING_NOT_NOTICED"),
        ({"hold_time": moment("2026-03-14 09:30")}, "HEARING_NOT_NOTICED"),
        ({"host": DRAFTER}, "HEARING_RECORD_INCOMPLETE"),
        ({"minutes": " "}, "HEARING_RECORD_INCOMPLETE"),
        ({"voices": []}, "HEARING_RECORD_INCOMPLETE"),
        ({"voices": [SPOKE[0] | {"opinion": " "}]}, "HEARING_RECORD_INCOMPLETE"),
    ):
        assert await bureau.refused(CLERK, "RecordDraftHearing", **(HELD | wrong), **key) == {reason}
    publish = {"address": "https://example.invalid/draft"}
    await bureau.say(CLERK, "PublishNormativeDraft", **publish, **key)
    office.clock("2026-04-20 09:00")
    await bureau.say(DRAFTER, "CloseDraftComment", adoption="没有收到意见", **key)
    await bureau.say(DRAFTER, "SubmitForLegalityReview", papers=PAPERS, **key)
    office.clock("2026-04-30 09:00")
    await bureau.say(REVIEWER, "ConcludeLegalityReview", **LAWFUL, **key)
    decide = {"minutes": "第6次局长办公会议纪要"}
    lacking = await bureau.refused(DRAFTER, "DeliberateNormativeDocument", **decide, **key)
    assert lacking == {"DRAFT_HEARING_MISSING", "DRAFT_EXPERTS_MISSING"}
    await bureau.say(CLERK, "RecordDraftHearing", **HELD, **key)
    theirs, other = (
        await expert(bureau, "王教授"),
        await expert(bureau, "赵某", interests=[f"示例市{BODY}局"]),
    )
    wrote = {"opinion": "排放限值可行"}
    for voices, reasons in (
        ([{"expert_id": "DX-none", **wrote}], {"EXPERT_NOT_IN_POOL", "EXPERT_OPINION_MISSING"}),
        ([{"name": "王教授", **wrote}], {"EXPERT_NOT_IN_POOL", "EXPERT_CONFLICT", "EXPERT_OPINION_MISSING"}),
        ([{"expert_id": other, **wrote}], {"EXPERT_CONFLICT"}),
        ([{"expert_id": theirs, "opinion": " "}], {"EXPERT_OPINION_MISSING"}),
    ):
        assert await bureau.refused(DRAFTER, "RecordDraftExperts", voices=voices, **key) == reasons
    said = await bureau.say(DRAFTER, "RecordDraftExperts", voices=[{"expert_id": theirs, **wrote}], **key)
    ids = [v.voice_id for v in said.normative_document.voices]
    assert len(ids) == 3 and said.normative_document.voices[2].standing == "示例大学"
    assert await bureau.refused(DRAFTER, "DeliberateNormativeDocument", **decide, **key) == {
        "DRAFT_OPINION_UNANSWERED"
    }
    for wrong in ([], [{"voice_id": "DV-none", "answer": "采纳"}], [{"voice_id": ids[0], "answer": " "}]):
        assert await bureau.refused(DRAFTER, "AnswerDraftOpinions", voices=wrong, **key) == {
            "OPINION_UNKNOWN"
        }
    answers = [{"voice_id": each, "adopted": n != 1, "answer": "已经说明"} for n, each in enumerate(ids)]
    await bureau.say(DRAFTER, "AnswerDraftOpinions", voices=answers, **key)

    done = (await bureau.say(DRAFTER, "DeliberateNormativeDocument", **decide, **key)).normative_document

    assert [(v.name, v.adopted) for v in done.voices] == [("张某", True), ("李某", False), ("王教授", True)]
    assert state(done) == "DELIBERATED"


async def test_costs_and_benefits_are_analysed_before_and_looked_at_again_after(office: Office) -> None:
    """R-165: of a project of legislation, which a draft is unless it is said why not; figures, bearers, method, conclusion."""
    bureau = await ready(office)
    key = await bureau.planned(title="示例市成本效益规定")
    await bureau.say(DRAFTER, "DraftNormativeDocument", text=TEXT, **key)
    project = {**PLAIN, "legislation": {"applies": True}}

    async def refused(**said: Any) -> set[str]:
        return await bureau.refused(DRAFTER, "AssessNormativeDocument", assessments=ASSESSED, **said, **key)

    untold = {"legislation": {"applies": False, "reasons": " "}}
    assert await refused(**(PLAIN | untold)) == {"DRAFT_TRAITS_NOT_SAID", "COSTS_NOT_ANALYSED"}
    for lack in ({"cost_fen": 0, "benefit_fen": 0}, {"bearers": " "}, {"method": ""}, {"conclusion": ""}):
        assert await refused(**project, costs=COSTS | lack) == {"COSTS_NOT_ANALYSED"}
    assert await refused(**project) == {"COSTS_NOT_ANALYSED"}
    assert await refused(**PLAIN, costs=COSTS | {"method": " "}) == {"COSTS_NOT_ANALYSED"}
    made = await bureau.say(
        DRAFTER, "AssessNormativeDocument", assessments=ASSESSED, **project, costs=COSTS, **key
    )
    assert made.normative_document.costs.cost_fen == COSTS["cost_fen"]

    held = await bureau.in_force(title="示例市成本效益办法", traits={**project, "costs": COSTS})
    found = {"evaluation": "执行良好"}
    for costs in ({}, {"costs": COSTS | {"conclusion": " "}}):
        assert await bureau.refused(CLERK, "EvaluateNormativeDocument", **found, **costs, **held) == {
            "COSTS_NOT_EVALUATED"
        }
    told = await bureau.say(CLERK, "EvaluateNormativeDocument", **found, costs=COSTS, **held)
    assert told.normative_document.evaluations[0].costs.benefit_fen == COSTS["benefit_fen"]

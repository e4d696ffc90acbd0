"""Normative documents at the city: made by plan, reviewed, numbered, published, listed, and ended (GF-2008-17 13–15)."""

from typing import Any

from yifa.supervision.v1 import document_list_pb2 as lists
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import normative_document_pb2 as pb

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
    await bureau.say(DRAFTER, "DraftNormativeDocument", text=TEXT, **key)
    partly = await bureau.refused(DRAFTER, "AssessNormativeDocument", assessments=ASSESSED[:3], **key)
    await bureau.say(DRAFTER, "AssessNormativeDocument", assessments=ASSESSED, **key)
    silent = await bureau.refused(DRAFTER, "SkipDraftComment", **key)
    hidden = await bureau.refused(CLERK, "PublishNormativeDraft", **key)
    early = await bureau.refused(CLERK, "PublishNormativeDocument", **key)

    assert (unknown, unplanned) == ({"NORMDOC_MAKER_NOT_ALLOWED"}, {"NOT_PLANNED"})
    assert (foreign, official, empty) == ({"NOT_THE_MAKER"}, {"NOT_THE_MAKER"}, {"DRAFT_MISSING"})
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
    await bureau.say(FILER, "AssessNormativeDocument", assessments=ASSESSED, **key)
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
    assert unsigned == {"SIGNER_MISSING"}
    assert (made.text, made.trial, made.number.endswith("府规〔2026〕1号")) == ("第一条 已修改。", True, True)
    assert state(
        (await bureau.say(FILER, "AbandonNormativeDocument", reasons="不再需要", **key)).normative_document
    ) == ("ABANDONED")

"""Major decisions at the city: each step by its unit, none left out, carried out, changed and answered for (MDR 3 to 41)."""

from hashlib import sha256
from typing import Any

from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import accountability_pb2
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import major_decision_pb2 as pb

from services.given import major_decision as given
from tests.supervision.decisions import (
    ADVISER,
    ADVISER_OF_UNIT,
    ALL,
    HEARING,
    REVIEW,
    START,
    UNIT_NAME,
    Cabinet,
    seated,
)
from tests.supervision.documents import (
    BODY,
    CITIZEN,
    CLERK,
    DRAFTER,
    FILER,
    OFFICE_HEAD,
    OTHER,
    REVIEWER,
    STRANGER,
    moment,
    state,
)
from tests.supervision.office import ENVIRONMENT, Office

OPENED = {"addresses": ["https://example.invalid/draft"], "explanation": "起草说明"}
OPINION: dict[str, Any] = {"text": "可行", "signed_by": "示例专家甲", "sha256": bytes(32)}
RETURNED = {"conclusion": pb.DECISION_REVIEW_CONCLUSION_TO_BE_CHANGED}
UNLAWFUL = {"conclusion": pb.DECISION_REVIEW_CONCLUSION_UNLAWFUL}


async def known(office: Office) -> None:
    """The registry published the body, and certified the one who drafts for it."""
    body = body_pb2.EnforcementBody(
        body_id=BODY, name=UNIT_NAME, node=ENVIRONMENT, state=body_pb2.BODY_STATE_PUBLISHED, version=2,
        kind=body_pb2.BODY_KIND_AGENCY, publish_time=moment("2026-01-01 00:00"),
    )  # fmt: skip
    await office.registry(registry.BodyConfirmed(body=body))
    await office.certify(DRAFTER, body_id=BODY)


async def test_a_matter_is_listed_studied_and_begun_or_is_none(office: Office) -> None:
    cabinet = await seated(office)
    matter = {"title": "示例：目录外", "year": 2026, "consent_document": "委复〔2026〕2号", "address": "网站"}

    unkind = await cabinet.refused(FILER, "PutOnDecisionCatalogue", none_excluded=True, **matter)
    excluded = {"exclusions": [pb.DECISION_EXCLUSION_EMERGENCY], "kind": pb.DECISION_KIND_POLICY, **matter}
    emergency = await cabinet.refused(FILER, "PutOnDecisionCatalogue", none_excluded=True, **excluded)
    unsaid = await cabinet.refused(FILER, "PutOnDecisionCatalogue", kind=pb.DECISION_KIND_POLICY, **matter)
    private = await cabinet.refused(
        FILER,
        "PutOnDecisionCatalogue",
        title="示例",
        year=2026,
        kind=pb.DECISION_KIND_POLICY,
        none_excluded=True,
    )
    assert (unkind, emergency) == ({"DECISION_KIND_UNKNOWN"}, {"NOT_A_MAJOR_DECISION"})
    assert unsaid == {"NOT_A_MAJOR_DECISION"}
    assert private == {"CATALOGUE_NOT_AGREED", "CATALOGUE_NOT_PUBLIC"}

    await cabinet.listed()
    shown = (await cabinet.say(CITIZEN, "ListDecisionCatalogue", year=2026)).decisions
    assert [d.decision_id for d in shown] == [cabinet.decision_id] and not shown[0].body_name
    hasty = await cabinet.not_done(FILER, "StartMajorDecision", **START)
    unstudied = {**given.SUGGESTION, "feasibility": " "}
    assert hasty == {"ACT_NOT_OPEN"}
    assert await cabinet.not_done(DRAFTER, "ProposeMajorDecision", suggestion=unstudied) == {
        "SUGGESTION_NOT_STUDIED"
    }
    await cabinet.act(DRAFTER, "ProposeMajorDecision", suggestion=given.SUGGESTION)
    loose = {"body_id": "B-0", "traits": given.traits()[1:]}
    assert await cabinet.not_done(FILER, "StartMajorDecision", **loose) == {
        "START_NOT_DECIDED", "UNIT_NOT_KNOWN", "STEPS_NOT_SETTLED",
    }  # fmt: skip
    silent = [{**each, "reasons": ""} for each in given.traits()]
    assert await cabinet.not_done(FILER, "StartMajorDecision", **{**START, "traits": silent}) == {
        "STEPS_NOT_SETTLED"
    }
    begun = await cabinet.act(FILER, "StartMajorDecision", **START)
    assert (state(begun), begun.body_name) == ("DRAFTING", UNIT_NAME)
    # another unit drafts nothing of it, and sees nothing of it
    assert "NOT_THE_UNIT" in await cabinet.not_done(STRANGER, "DraftMajorDecision", **given.DRAFT)
    assert "NOT_FOUND" in await cabinet.not_done(STRANGER, "GetMajorDecision")
    assert [(await cabinet.say(who, "ListMajorDecisions")).total for who in (STRANGER, DRAFTER)] == [0, 1]
    disputed = {"consulted": [{"unit": "财政局"}], "text": "一、", "bases": ["《环境保护法》第六条"]}
    assert await cabinet.not_done(DRAFTER, "DraftMajorDecision", **disputed) == {"UNITS_NOT_CONSULTED"}
    assert await cabinet.not_done(DRAFTER, "DraftMajorDecision") == {
        "DECISION_DRAFT_MISSING", "UNITS_NOT_CONSULTED",
    }  # fmt: skip

    assert await cabinet.not_done(FILER, "AbandonMajorDecision") == {"START_NOT_DECIDED", "REASONS_MISSING"}
    given_up = await cabinet.act(
        FILER, "AbandonMajorDecision", document="府办〔2026〕3号", reasons="条件不成熟"
    )
    assert state(given_up) == "ABANDONED"
    other = (await cabinet.listed(title="示例：不予启动")).decision_id
    wordless = await cabinet.not_done(FILER, "TakeOffDecisionCatalogue", consent_document=" ", address="网站")
    off = {"consent_document": "委复〔2026〕9号", "address": "网站", "reasons": "条件不成熟"}
    gone = await cabinet.act(FILER, "TakeOffDecisionCatalogue", **off)
    catalogue = (await cabinet.say(CITIZEN, "ListDecisionCatalogue", year=2026)).decisions
    assert (wordless, state(gone)) == ({"CATALOGUE_NOT_AGREED", "REASONS_MISSING"}, "UNLISTED")
    assert other not in {d.decision_id for d in catalogue}


async def test_the_public_experts_and_risks_come_before_the_review(office: Office) -> None:
    cabinet = await seated(office)
    first = await cabinet.expert("示例专家甲", "示例大学")
    own = await cabinet.expert("示例专家乙", UNIT_NAME)
    tied = await cabinet.expert("示例专家丙", "示例设计院", interests=["示例环卫公司"])
    unknown = await cabinet.refused(FILER, "EnterDecisionExpert", name="示例专家丁", fields=["法律"])
    assert unknown == {"EXPERT_NOT_KNOWN"}
    twice = await cabinet.refused(
        FILER, "EnterDecisionExpert", name="示例专家甲", unit="示例大学", fields=["法律"], qualification="教授", document="文"
    )  # fmt: skip
    assert twice == {"EXPERT_IN_POOL_ALREADY"}
    await cabinet.drafted(*ALL, interested=["示例环卫公司"])

    # thirty days; less only where it is told why, and never less than the shortest time
    hurried = {**OPENED, "comment_end_time": moment("2026-03-20 09:00")}
    short = await cabinet.not_done(DRAFTER, "PublishDecisionDraft", **hurried)
    hidden = await cabinet.not_done(DRAFTER, "PublishDecisionDraft", addresses=["网站"])
    shorter = {**OPENED, "comment_end_time": moment("2026-03-05 09:00"), "shortened": "汛期将至"}
    shortest = await cabinet.not_done(DRAFTER, "PublishDecisionDraft", **shorter)
    assert (short, shortest) == ({"COMMENT_TIME_TOO_SHORT"}, {"COMMENT_TIME_TOO_SHORT"})
    assert hidden == {"DECISION_DRAFT_NOT_PUBLIC"}
    opened = await cabinet.act(DRAFTER, "PublishDecisionDraft", **OPENED)
    assert opened.comment_end_time.ToDatetime().month == 4

    made = await cabinet.say(
        CITIZEN, "CommentOnDecisionDraft", decision_id=cabinet.decision_id, text="建议增加投放点"
    )
    read = await cabinet.say(CITIZEN, "ReadPublicDecision", decision_id=cabinet.decision_id)
    assert (read.text, len(read.comments)) == (given.TEXT, 1)
    await hear(cabinet, office)
    assert await cabinet.not_done(DRAFTER, "CloseDecisionComment") == {
        "COMMENT_OPEN", "COMMENT_UNANSWERED", "ADOPTION_NOT_TOLD", "HEARING_MISSING", "GROUP_NOT_HEARD",
    }  # fmt: skip
    office.clock("2026-04-02 09:00")
    comment_id = made.comment.comment_id
    assert "COMMENT_CLOSED" in await cabinet.not_done(CITIZEN, "CommentOnDecisionDraft", text="来迟了")
    await cabinet.say(CLERK, "AnswerDecisionComment", comment_id=comment_id, adopted=True, answer="已采纳")
    told = {"adoption": "采纳一条", "hearing_document": "告知书〔2026〕1号", "group_opinions": "残联：无意见"}
    await cabinet.act(DRAFTER, "CloseDecisionComment", **told)

    await argue(cabinet, first, (own, tied))
    await cabinet.act(CLERK, "SubmitDecisionForReview", procedure_note="程序说明")
    hurried_review = await cabinet.not_done(REVIEWER, "ConcludeDecisionReview", **REVIEW)
    assert hurried_review == {"DECISION_REVIEW_CUT_SHORT"}
    office.clock("2026-04-20 09:00")
    await cabinet.act(REVIEWER, "ConcludeDecisionReview", **REVIEW)
    # what cannot be controlled is changed and reviewed again before anybody discusses it
    assert await cabinet.not_done(CLERK, "SubmitDecisionForDiscussion") == {"RISK_NOT_CONTROLLABLE"}
    assert state(await cabinet.act(CLERK, "ReviseMajorDecision")) == "REVISING"


async def hear(cabinet: Cabinet, office: Office) -> None:
    """A hearing that is announced before, whose people have its material seven days before, and who sign its record."""
    past = {**HEARING, "hold_time": moment("2026-03-01 09:00")}
    assert await cabinet.not_done(DRAFTER, "ScheduleDecisionHearing", **past) == {"HEARING_NOT_ANNOUNCED"}
    await cabinet.act(DRAFTER, "ScheduleDecisionHearing", hold_time=moment("2026-03-20 09:00"), **HEARING)
    unserved = await cabinet.not_done(DRAFTER, "ServeHearingMaterial", serve_time=moment("2026-03-02 08:00"))
    office.clock("2026-03-16 09:00")
    served = {"serve_time": moment("2026-03-16 08:00"), "receipt": "送达回证"}
    late = await cabinet.not_done(DRAFTER, "ServeHearingMaterial", **served)
    await cabinet.act(
        DRAFTER, "ServeHearingMaterial", serve_time=moment("2026-03-11 08:00"), receipt="送达回证"
    )
    held = {"introduced": True, "debated": True, "signed": ["甲", "乙"], "minutes": "听证笔录"}
    early = await cabinet.not_done(DRAFTER, "HoldDecisionHearing", **held)
    office.clock("2026-03-20 12:00")
    unsigned = await cabinet.not_done(DRAFTER, "HoldDecisionHearing", **{**held, "signed": ["甲"]})
    await cabinet.act(DRAFTER, "HoldDecisionHearing", **held)
    assert (unserved, late) == ({"HEARING_MATERIAL_LATE"}, {"HEARING_MATERIAL_LATE"})
    assert (early, unsigned) == ({"HEARING_NOT_AS_ORDERED"}, {"HEARING_NOT_AS_ORDERED"})


async def argue(cabinet: Cabinet, first: str, barred: tuple[str, str]) -> None:
    """Experts of the pool, without interest, who sign; then risks and competition, and no review before."""
    own, _ = barred
    early = await cabinet.not_done(CLERK, "SubmitDecisionForReview", procedure_note="程序说明")
    stranger = await cabinet.not_done(
        DRAFTER, "ChooseDecisionExperts", expert_ids=["DX-0"], statements=["DX-0"]
    )
    unstated = await cabinet.not_done(DRAFTER, "ChooseDecisionExperts", expert_ids=[first])
    for expert in barred:
        chosen = {"expert_ids": [first, expert], "statements": [first, expert]}
        assert await cabinet.not_done(DRAFTER, "ChooseDecisionExperts", **chosen) == {"EXPERT_CONFLICT"}
    assert (early, stranger) == ({"DECISION_STEP_MISSING"}, {"EXPERT_NOT_IN_POOL"})
    assert unstated == {"EXPERT_CONFLICT"}
    await cabinet.act(DRAFTER, "ChooseDecisionExperts", expert_ids=[first], statements=[first])
    other = await cabinet.not_done(DRAFTER, "RecordExpertOpinion", expert_id=own, **OPINION)
    bare = {**OPINION, "signed_by": ""}
    unsigned = await cabinet.not_done(DRAFTER, "RecordExpertOpinion", expert_id=first, **bare)
    assert (other, unsigned) == ({"EXPERT_OPINION_UNSIGNED"}, {"EXPERT_OPINION_UNSIGNED"})
    await cabinet.act(DRAFTER, "RecordExpertOpinion", expert_id=first, adoption="采纳", **OPINION)
    bad = await cabinet.not_done(
        DRAFTER, "AssessDecisionRisk", risk={"assessor": "示例公司", "points": ["上访"]}
    )
    uncontrolled = {**given.RISK, "controllable": False}
    await cabinet.act(DRAFTER, "AssessDecisionRisk", risk=uncontrolled)
    blank = await cabinet.not_done(DRAFTER, "ReviewDecisionCompetition", conclusion="无影响")
    missing = await cabinet.not_done(CLERK, "SubmitDecisionForReview", procedure_note="程序说明")
    await cabinet.act(DRAFTER, "ReviewDecisionCompetition", conclusion="无影响", reviewed_by="市场监管局")
    noteless = await cabinet.not_done(CLERK, "SubmitDecisionForReview")
    assert (bad, blank) == ({"RISK_REPORT_INCOMPLETE"}, {"COMPETITION_NOT_REVIEWED"})
    assert (missing, noteless) == ({"DECISION_STEP_MISSING"}, {"REVIEW_PAPERS_MISSING"})


async def test_experts_are_drawn_so_that_anybody_draws_them_again(office: Office) -> None:
    cabinet = await seated(office)
    known = {await cabinet.expert(f"示例抽签专家{n}", f"示例大学{n}") for n in range(4)}
    barred = await cabinet.expert("示例抽签专家九", UNIT_NAME)
    await cabinet.drafted(pb.DECISION_TRAIT_SPECIALISED)
    promise = {
        "field": given.FIELD, "count": 2, "public_source": "福利彩票双色球", "seed_hash": sha256("种子".encode()).hexdigest(),
    }  # fmt: skip

    known_already = await cabinet.not_done(
        DRAFTER, "PromiseExpertDraw", draw_after=moment("2026-03-02 08:00"), **promise
    )
    nothing_left = {**promise, "count": 4, "draw_after": moment("2026-03-03 08:00")}
    too_many = await cabinet.not_done(DRAFTER, "PromiseExpertDraw", **nothing_left)
    frozen = await cabinet.act(DRAFTER, "PromiseExpertDraw", draw_after=moment("2026-03-03 08:00"), **promise)
    drawing = {"seed": "种子", "public_number": "0102030405", "statements": sorted(known)}
    early = await cabinet.not_done(DRAFTER, "DrawDecisionExperts", **drawing)
    office.clock("2026-03-03 09:00")
    wrong = await cabinet.not_done(DRAFTER, "DrawDecisionExperts", **{**drawing, "seed": "别的"})
    drawn = await cabinet.act(DRAFTER, "DrawDecisionExperts", **drawing)

    assert (known_already, too_many) == ({"DRAW_NUMBER_KNOWN"}, {"DRAW_NUMBER_KNOWN"})
    assert "DRAW_SEED_WRONG" in early and "DRAW_SEED_WRONG" in wrong
    assert set(frozen.draw.listed) == known and barred not in drawn.draw.drawn
    assert len(drawn.experts) == 2 and {e.expert_id for e in drawn.experts} <= known
    # who is admonished argues nothing until that is mended
    key = {"expert_id": drawn.experts[0].expert_id}
    await cabinet.say(FILER, "AdmonishDecisionExpert", reasons="意见失实", **key)
    silenced = await cabinet.not_done(DRAFTER, "RecordExpertOpinion", **key, **OPINION)
    unmended = await cabinet.refused(FILER, "RestoreDecisionExpert", **key)
    await cabinet.say(FILER, "RestoreDecisionExpert", mended="已经整改", **key)
    reasonless = await cabinet.refused(FILER, "RemoveDecisionExpert", **key)
    await cabinet.say(FILER, "RemoveDecisionExpert", reasons="造成严重后果", **key)
    left = await cabinet.say(FILER, "ListDecisionExperts", state=pb.DECISION_EXPERT_STATE_IN_POOL)
    assert (silenced, unmended) == ({"EXPERT_OPINION_UNSIGNED"}, {"EXPERT_NOT_MENDED"})
    assert reasonless == {"REASONS_MISSING"} and key["expert_id"] not in {e.expert_id for e in left.experts}


async def withhold(cabinet: Cabinet) -> None:
    """It is published in three places and explained, or kept back by an article."""
    quiet = await cabinet.not_done(FILER, "PublishMajorDecision", website="网站", executors=["B-0"])
    kept = await cabinet.not_done(FILER, "PublishMajorDecision", withheld=True, of_office=True)
    vague = {"withheld": True, "of_office": True, "secret_law": "有关规定", "reasons": "涉及国家秘密"}
    assert await cabinet.not_done(FILER, "PublishMajorDecision", **vague) == {"WITHHELD_WITHOUT_LAW"}
    assert quiet == {"DECISION_NOT_PUBLIC", "ADOPTION_NOT_EXPLAINED", "EXECUTOR_NOT_NAMED"}
    assert kept == {"WITHHELD_WITHOUT_LAW"}
    withheld = {"withheld": True, "of_office": True, "secret_law": given.SECRET, "reasons": "涉及国家秘密"}
    await cabinet.act(FILER, "PublishMajorDecision", **withheld)
    # nobody outside reads, finds or speaks to what the law keeps back
    key = {"decision_id": cabinet.decision_id}
    assert "NOT_FOUND" in await cabinet.refused(CITIZEN, "ReadPublicDecision", **key)
    assert "NOT_FOUND" in await cabinet.refused(CITIZEN, "SuggestOnDecision", text="意见", **key)
    assert (await cabinet.say(CITIZEN, "ListPublishedDecisions")).total == 0


async def test_nothing_unlawful_is_discussed_and_the_head_decides_last(office: Office) -> None:
    cabinet = await seated(office)
    await cabinet.drafted(pb.DECISION_TRAIT_CONGRESS, pb.DECISION_TRAIT_VITAL_INTERESTS)
    unnamed = await cabinet.not_done(DRAFTER, "SkipDecisionComment", reasons="敏感")
    vague = await cabinet.not_done(DRAFTER, "SkipDecisionComment", secret_law="有关规定", reasons="敏感")
    assert vague == {"PUBLIC_NOT_HEARD"}
    await cabinet.act(DRAFTER, "SkipDecisionComment", secret_law=given.SECRET, reasons="涉及国家秘密")
    await cabinet.act(CLERK, "SubmitDecisionForReview", procedure_note="程序说明")
    office.clock("2026-03-16 09:00")
    partly = {**REVIEW, "lawful": [pb.DECISION_REVIEW_PART_POWER], "advisers": []}
    invented = {**REVIEW, "advisers": [ADVISER, "AV-invented"]}
    of_unit = {**REVIEW, "advisers": [ADVISER_OF_UNIT]}
    found = await cabinet.not_done(REVIEWER, "ConcludeDecisionReview", **partly)
    exploring = {**REVIEW, "conclusion": pb.DECISION_REVIEW_CONCLUSION_EXPLORATORY}
    unshown = await cabinet.not_done(REVIEWER, "ConcludeDecisionReview", **exploring)
    silent = await cabinet.not_done(REVIEWER, "ConcludeDecisionReview", **RETURNED)
    for wrong in (invented, of_unit):
        assert await cabinet.not_done(REVIEWER, "ConcludeDecisionReview", **wrong) == {
            "ADVISER_NOT_IN_REGISTER"
        }
    assert unnamed == {"PUBLIC_NOT_HEARD"}
    assert found == {"ADVISERS_NOT_HEARD", "DECISION_NOT_LAWFUL"}
    assert (unshown, silent) == ({"EXPLORATION_NOT_SHOWN"}, {"DECISION_REVIEW_UNREASONED"})
    failed = await cabinet.act(REVIEWER, "ConcludeDecisionReview", **{**REVIEW, **UNLAWFUL})
    skipping = await cabinet.not_done(CLERK, "SubmitDecisionForDiscussion")
    assert (state(failed), skipping) == ("UNLAWFUL", {"ACT_NOT_OPEN"})
    # an unlawful draft is drafted anew; who took part in it, if only by handing it in, does not review it
    anew = await cabinet.act(DRAFTER, "DraftMajorDecision", **given.DRAFT, drafters=[REVIEWER])
    assert not anew.secret_law and DRAFTER in anew.drafters
    await cabinet.act(DRAFTER, "SkipDecisionComment", secret_law=given.SECRET, reasons="涉及国家秘密")
    await cabinet.act(CLERK, "SubmitDecisionForReview", procedure_note="程序说明")
    office.clock("2026-03-30 09:00")
    assert await cabinet.not_done(REVIEWER, "ConcludeDecisionReview", **REVIEW) == {"SOD_VIOLATION"}
    await cabinet.act(FILER, "ConcludeDecisionReview", **REVIEW)
    await cabinet.act(CLERK, "SubmitDecisionForDiscussion")

    held = given.meeting(office.running.now())
    speeches = held["speeches"]
    mute = [{**each, "words": ""} for each in speeches]
    first = {**held, "speeches": speeches[::-1], "kind": 0}
    assert await cabinet.not_done(FILER, "DeliberateMajorDecision", meeting=first) == {
        "DISCUSSION_NOT_RECORDED", "HEAD_NOT_LAST",
    }  # fmt: skip
    before = {**held, "hold_time": moment("2026-03-20 09:00")}
    assert await cabinet.not_done(FILER, "DeliberateMajorDecision", meeting=before) == {
        "DISCUSSION_NOT_RECORDED"
    }
    outvoted = [{**each, "stance": pb.DECISION_STANCE_DISAGREE, "words": "不同意"} for each in speeches[:2]]
    assert await cabinet.not_done(FILER, "DeliberateMajorDecision", meeting={**held, "speeches": mute}) == {
        "DISSENT_NOT_RECORDED"
    }
    minority = {**held, "speeches": [*outvoted, speeches[2]]}
    assert await cabinet.not_done(FILER, "DeliberateMajorDecision", meeting=minority) == {
        "MAJORITY_NOT_ANSWERED"
    }
    await cabinet.act(FILER, "DeliberateMajorDecision", meeting=held)
    nameless = await cabinet.not_done(FILER, "ReportMajorDecision", to=pb.DECISION_REPORT_TO_PARTY)
    other = {**given.ADOPTED, "decider": given.DEPUTY}
    assert nameless == {"REPORT_NOT_NAMED"}
    assert await cabinet.not_done(FILER, "MakeMajorDecision", **other) == {
        "PARTY_NOT_ASKED", "CONGRESS_NOT_ASKED", "DECIDER_NOT_HEAD",
    }  # fmt: skip
    await cabinet.act(FILER, "ReportMajorDecision", **given.PARTY)
    await cabinet.act(FILER, "ReportMajorDecision", **given.CONGRESS)
    await cabinet.act(FILER, "MakeMajorDecision", **given.ADOPTED)
    await withhold(cabinet)


async def change(cabinet: Cabinet, office: Office, first: str) -> None:
    """A change is a decision of its own; the old one goes on until the new one is published."""
    said = {"title": "示例：规划调整", "suggestion": given.SUGGESTION}
    nothing = await cabinet.refused(DRAFTER, "ProposeDecisionChange", changes_id="MD-0", **said)
    begun = (await cabinet.say(DRAFTER, "ProposeDecisionChange", changes_id=first, **said)).major_decision
    cabinet.decision_id = begun.decision_id
    await cabinet.act(FILER, "StartMajorDecision", **{**START, "traits": given.traits()})
    await cabinet.act(DRAFTER, "DraftMajorDecision", **given.DRAFT)
    await cabinet.act(DRAFTER, "SkipDecisionComment", secret_law=given.SECRET, reasons="涉及国家秘密")
    await cabinet.act(CLERK, "SubmitDecisionForReview", procedure_note="程序说明")
    await cabinet.act(REVIEWER, "ConcludeDecisionReview", urgency="防汛", **REVIEW)
    await cabinet.act(CLERK, "SubmitDecisionForDiscussion")
    await cabinet.act(FILER, "DeliberateMajorDecision", meeting=given.meeting(office.running.now()))
    await cabinet.act(FILER, "ReportMajorDecision", **given.PARTY)
    await cabinet.act(FILER, "MakeMajorDecision", **given.ADOPTED)
    still = (await cabinet.say(FILER, "GetMajorDecision", decision_id=first)).major_decision
    await cabinet.act(FILER, "PublishMajorDecision", **given.PUBLISHED)
    old = (await cabinet.say(FILER, "GetMajorDecision", decision_id=first)).major_decision
    assert (nothing, state(still), state(old)) == ({"DECISION_NOT_IN_FORCE"}, "EXECUTING", "CHANGED")
    assert old.changed_by == cabinet.decision_id and old.suggestions == 1


async def test_a_decision_is_carried_out_evaluated_and_changed_by_the_same_steps(office: Office) -> None:
    cabinet = await seated(office)
    await cabinet.in_execution(report_due_time=moment("2026-03-20 00:00"))
    first = cabinet.decision_id
    published = (await cabinet.say(CITIZEN, "ListPublishedDecisions")).decisions
    assert [(d.decision_id, d.decision_document) for d in published] == [(first, given.ADOPTED["document"])]

    thin = await cabinet.not_done(FILER, "ArchiveMajorDecision", file_number="档1", pieces=given.PIECES[:3])
    foreign = await cabinet.not_done(STRANGER, "ReportDecisionExecution", report="已办")
    unready = await cabinet.not_done(FILER, "CompleteMajorDecision")
    groundless = await cabinet.not_done(FILER, "SuspendMajorDecision", suspender="市长", reasons="情况紧急")
    office.clock("2026-03-21 09:00")
    overdue = await cabinet.say(FILER, "ListMajorDecisions", overdue=True)
    await cabinet.reminded()
    reported = await cabinet.act(CLERK, "ReportDecisionExecution", report="已建成一半")
    assert not reported.HasField("remind_time") and not reported.HasField("report_due_time")
    trouble = {"report": "地质条件变化", "trouble": pb.DECISION_TROUBLE_CHANGED_FACTS}
    wordless = await cabinet.not_done(CLERK, "ReportDecisionExecution", **{**trouble, "report": ""})
    await cabinet.act(CLERK, "ReportDecisionExecution", **trouble)
    await cabinet.say(CITIZEN, "SuggestOnDecision", decision_id=first, text="建议另选地点")
    stopped = await cabinet.act(FILER, "SuspendMajorDecision", suspender="市长", reasons="情况紧急")
    await cabinet.act(FILER, "ResumeMajorDecision", reasons="险情排除")
    over = await cabinet.not_done(FILER, "SuspendMajorDecision", suspender="市长", reasons="情况紧急")
    assert (thin, foreign) == ({"FILE_INCOMPLETE"}, {"NOT_THE_EXECUTOR"})
    assert (unready, groundless) == ({"EXECUTION_NOT_SHOWN"}, {"SUSPENSION_NOT_LAWFUL"})
    assert over == {"SUSPENSION_NOT_LAWFUL"}
    assert wordless == {"EXECUTION_NOT_TOLD"} and state(stopped) == "SUSPENDED"
    assert [d.decision_id for d in overdue.major_decisions] == [first]

    ordered = {"cause": pb.DECISION_EVALUATION_CAUSE_MANY_OPINIONS, "evaluator": "示例研究院"}
    causeless = await cabinet.not_done(FILER, "OrderDecisionEvaluation", evaluator="示例研究院")
    unordered = await cabinet.not_done(FILER, "ReportDecisionEvaluation", result="达到预期")
    await cabinet.act(FILER, "OrderDecisionEvaluation", **ordered)
    again = await cabinet.not_done(FILER, "OrderDecisionEvaluation", **ordered)
    closed = await cabinet.not_done(FILER, "ReportDecisionEvaluation", result="达到预期")
    told = {"public_opinion": "问卷", "participants": ["人大代表"], "result": "部分达到"}
    await cabinet.act(FILER, "ReportDecisionEvaluation", **told)
    assert (causeless, again) == ({"EVALUATION_CAUSE_MISSING"}, {"EVALUATION_OPEN"})
    assert closed == {"EVALUATION_NOT_PUBLIC"}
    assert "EVALUATION_NOT_ORDERED" in unordered

    await change(cabinet, office, first)
    await cabinet.act(FILER, "ArchiveMajorDecision", file_number="档2", pieces=given.PIECES)
    foreign = await cabinet.not_done(CLERK, "ReportDecisionExecution", report="完成")
    await cabinet.act(FILER, "ReportDecisionExecution", report="全部完成")
    assert state(await cabinet.act(FILER, "CompleteMajorDecision")) == "COMPLETED"
    assert foreign == {"NOT_THE_EXECUTOR"}


async def test_who_did_the_main_assessment_before_does_not_evaluate_after(office: Office) -> None:
    cabinet = await seated(office)
    await cabinet.drafted()
    await cabinet.act(DRAFTER, "AssessDecisionRisk", risk=given.RISK)
    await cabinet.act(DRAFTER, "SkipDecisionComment", secret_law=given.SECRET, reasons="涉及国家秘密")
    await cabinet.act(CLERK, "SubmitDecisionForReview", procedure_note="程序说明")
    await cabinet.act(REVIEWER, "ConcludeDecisionReview", urgency="防汛", **REVIEW)
    await cabinet.act(CLERK, "SubmitDecisionForDiscussion")
    await cabinet.act(FILER, "DeliberateMajorDecision", meeting=given.meeting(office.running.now()))
    await cabinet.act(FILER, "ReportMajorDecision", **given.PARTY)
    sent = {"outcome": pb.DECISION_OUTCOME_SENT_BACK}
    reasonless = await cabinet.not_done(FILER, "MakeMajorDecision", **sent)
    await cabinet.act(FILER, "MakeMajorDecision", reasons="会议要求补充", **sent)
    # what goes back is reviewed again before it is discussed again
    assert await cabinet.not_done(CLERK, "SubmitDecisionForDiscussion") == {"ACT_NOT_OPEN"}
    office.clock("2026-03-03 09:00")
    await cabinet.act(CLERK, "SubmitDecisionForReview", procedure_note="程序说明")
    await cabinet.act(REVIEWER, "ConcludeDecisionReview", urgency="防汛", **REVIEW)
    await cabinet.act(CLERK, "SubmitDecisionForDiscussion")
    await cabinet.act(FILER, "DeliberateMajorDecision", meeting=given.meeting(office.running.now()))
    # and reported anew: what was reported was another draft
    assert await cabinet.not_done(FILER, "MakeMajorDecision", **given.ADOPTED) == {"PARTY_NOT_ASKED"}
    await cabinet.act(FILER, "ReportMajorDecision", **given.PARTY)
    await cabinet.act(FILER, "MakeMajorDecision", **given.ADOPTED)
    await cabinet.act(FILER, "PublishMajorDecision", **given.PUBLISHED)
    ordered = {
        "cause": pb.DECISION_EVALUATION_CAUSE_DEEMED_NEEDED,
        "evaluator": f" {given.RISK['assessor']} ",
    }

    assert reasonless == {"REASONS_MISSING"}
    assert await cabinet.not_done(FILER, "OrderDecisionEvaluation", **ordered) == {"EVALUATOR_CONFLICT"}


async def test_who_took_part_is_found_by_person_and_answers_for_life(office: Office) -> None:
    cabinet = await seated(office)
    await known(office)
    await cabinet.in_execution()
    key = {"decision_id": cabinet.decision_id}
    office.clock("2031-03-21 09:00")
    shown = await cabinet.say(FILER, "ListDecisionResponsibilities", person=given.DEPUTY)
    assert [(r.stance, r.words) for r in shown.responsibilities] == [
        (pb.DECISION_STANCE_DISAGREE, given.meeting(office.running.now())["speeches"][0]["words"])
    ]
    parts = (await cabinet.say(FILER, "ListDecisionResponsibilities", person=DRAFTER)).responsibilities
    assert {p.part for p in parts} == {pb.DECISION_PART_SUGGESTED, pb.DECISION_PART_DRAFTED}

    fault = {"fault": pb.DECISION_FAULT_GRAVE_MISTAKE, "facts": "选址错误", "consequences": "损失重大"}
    harmless = {**fault, "consequences": "", "body_id": BODY}
    thin = await cabinet.not_done(OFFICE_HEAD, "PursueDecisionResponsibility", person=DRAFTER, **harmless)
    outsider = {**fault, "competent_body": "监察委员会", "document": "移〔2031〕1号"}
    nobody = await cabinet.not_done(OFFICE_HEAD, "PursueDecisionResponsibility", person="路人", **outsider)
    against = await cabinet.not_done(
        OFFICE_HEAD, "PursueDecisionResponsibility", person=given.DEPUTY, **outsider
    )
    elsewhere = await cabinet.not_done(
        OFFICE_HEAD, "PursueDecisionResponsibility", person=given.MAYOR, **fault
    )
    foreign = await cabinet.not_done(
        OFFICE_HEAD, "PursueDecisionResponsibility", person=DRAFTER, body_id=OTHER, **fault
    )
    clerk = await cabinet.not_done(
        FILER, "PursueDecisionResponsibility", person=DRAFTER, body_id=BODY, **fault
    )
    assert (thin, nobody) == ({"FAULT_NOT_SHOWN"}, {"NOT_RESPONSIBLE"})
    assert (against, elsewhere, foreign) == (
        {"DISSENTER_RELIEVED"},
        {"COMPETENT_BODY_MISSING"},
        {"COMPETENT_BODY_MISSING"},
    )
    assert clerk == {"ROLE_REQUIRED"}

    await cabinet.act(OFFICE_HEAD, "PursueDecisionResponsibility", person=DRAFTER, body_id=BODY, **fault)
    await cabinet.act(OFFICE_HEAD, "PursueDecisionResponsibility", person=given.MAYOR, **outsider)
    for _ in range(2):  # what comes twice begins nothing twice
        await office.echo()
    office.echoed = 0
    await office.echo()
    begun = office.emitted(events.AccountabilityRegistered)
    assert [(m.accountability.officer_id, m.accountability.node) for m in begun] == [(DRAFTER, ENVIRONMENT)]
    source = begun[0].accountability.source
    assert (source.kind, source.source_id) == (
        accountability_pb2.ACCOUNTABILITY_SOURCE_KIND_DECISION,
        key["decision_id"],
    )

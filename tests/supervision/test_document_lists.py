"""What becomes of a document in force: listed, looked through, renewed, filed, questioned, ended (GF-2008-17 14, 15)."""

from typing import Any

import pytest
from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import accountability_pb2
from yifa.supervision.v1 import document_cleanup_pb2 as cleanups
from yifa.supervision.v1 import document_filing_pb2 as filings
from yifa.supervision.v1 import document_list_pb2 as lists
from yifa.supervision.v1 import document_request_pb2 as requests
from yifa.supervision.v1 import events_pb2 as events

from tests.supervision.documents import (
    BODY,
    CITIZEN,
    CLERK,
    DIRECTOR,
    DRAFTER,
    FILED,
    FILER,
    POSING,
    REVIEWER,
    STRANGER,
    Bureau,
    moment,
    ready,
    state,
)
from tests.supervision.office import URBAN, Office
from tests.supervision.test_normative_documents import on_the_list

CONTINUE, AMEND, REPEAL = (
    cleanups.CLEANUP_RESULT_CONTINUE,
    cleanups.CLEANUP_RESULT_AMEND,
    cleanups.CLEANUP_RESULT_REPEAL,
)
PLACE = {"address": "https://example.invalid/list"}
ENTERED = {
    "title": "示例市旧规定", "body_id": BODY, "number": "示环规〔2024〕3号", "publish_address": "https://example.invalid/old",
    "publish_time": moment("2024-01-10 09:00"), "effect_time": moment("2024-03-01 00:00"),
    "list_document": "继续有效目录（2025）", "list_time": moment("2025-06-01 09:00"),
}  # fmt: skip


async def entered(bureau: Bureau, **more: object) -> str:
    made = await bureau.say(FILER, "EnterNormativeDocument", **{**ENTERED, **more})
    return str(made.normative_document.document_id)


def looked(document_id: str, result: int, **more: object) -> cleanups.CleanedDocument:
    said = {"reasons": "逐件审查", **more}
    return cleanups.CleanedDocument(document_id=document_id, result=result, **said)


async def test_a_clean_up_covers_all_and_what_is_not_on_its_list_is_no_basis(office: Office) -> None:
    bureau = await ready(office)
    unlisted = {"list_time": moment("2023-06-01 09:00")}
    assert await bureau.refused(FILER, "EnterNormativeDocument", **{**ENTERED, **unlisted}) == {"NOT_ON_LIST"}
    kept = await entered(bureau)
    assert await bureau.refused(FILER, "EnterNormativeDocument", **ENTERED) == {
        "NOT_ON_LIST"
    }  # its number is taken
    old = await entered(bureau, number="示环规〔2024〕4号", bases=["《环境影响评价法》第三十一条"])
    gone = await entered(bureau, number="示环规〔2024〕5号")
    assert set(await on_the_list(bureau)) == {kept, old, gone}

    assert await bureau.refused(STRANGER, "OpenDocumentCleanup", body_id=BODY, cause=1, reasons="计划") == {
        "NOT_THE_MAKER"
    }
    assert await bureau.refused(CLERK, "OpenDocumentCleanup", body_id=BODY, reasons="计划") == {
        "CLEANUP_CAUSE_MISSING"
    }
    begun = await bureau.say(CLERK, "OpenDocumentCleanup", body_id=BODY, cause=2, reasons="机构改革方案")
    assert "CLEANUP_OPEN" in await bureau.refused(
        CLERK, "OpenDocumentCleanup", body_id=BODY, cause=1, reasons="计划"
    )
    key = {"cleanup_id": begun.document_cleanup.cleanup_id}
    partly = await bureau.refused(
        CLERK, "PublishDocumentCleanup", documents=[looked(kept, CONTINUE)], **PLACE, **key
    )
    flawed = [
        looked(kept, CONTINUE, flaws=[cleanups.DOCUMENT_FLAW_LOCAL_PROTECTION]), looked(old, AMEND), looked(gone, REPEAL),
    ]  # fmt: skip
    fault = await bureau.refused(CLERK, "PublishDocumentCleanup", documents=flawed, **PLACE, **key)
    decided = [looked(kept, CONTINUE), looked(old, AMEND), looked(gone, REPEAL)]
    hidden = await bureau.refused(CLERK, "PublishDocumentCleanup", documents=decided, **key)
    await bureau.say(CLERK, "PublishDocumentCleanup", documents=decided, **PLACE, **key)

    assert (partly, fault, hidden) == ({"CLEANUP_INCOMPLETE"}, {"KEPT_WITH_A_FLAW"}, {"LISTS_NOT_PUBLIC"})
    assert await on_the_list(bureau) == [kept]
    assert await on_the_list(bureau, lists.DOCUMENT_STANDING_OFF_LIST) == [old]
    assert await on_the_list(bureau, lists.DOCUMENT_STANDING_REPEALED) == [gone]
    told = {
        each.listed.document_id: each.listed.on_list for each in office.emitted(events.ListedDocumentTold)
    }
    assert told == {kept: True, old: False, gone: False}

    # two years without another one take it off the list too
    office.clock("2028-03-03 09:00")
    await office.ticked()
    await bureau.becomes("OFF_LIST", kept)
    assert await on_the_list(bureau) == []


@pytest.mark.parametrize("time", ["effect_time", "expire_time"])
async def test_a_document_from_before_there_was_a_longest_validity_is_refused_as_that(
    office: Office, time: str
) -> None:
    """HN-PROC 51 is law since 2008-10-01."""
    bureau = await ready(office)

    said = await bureau.refused(
        FILER, "EnterNormativeDocument", **{**ENTERED, "number": "示环规〔1990〕1号", time: moment("1990-05-01 09:00")}
    )  # fmt: skip

    assert said == {"VALIDITY_TOO_LONG"}


async def test_a_document_rests_on_no_ended_law_lapses_on_its_day_and_is_renewed_once_evaluated(
    office: Office,
) -> None:
    bureau = await ready(office, "2026-03-02 09:00")
    lasting = await entered(bureau, expire_time=moment("2026-06-01 00:00"))
    ending = await entered(bureau, number="示环规〔2024〕4号", expire_time=moment("2026-06-01 00:00"))
    key = {"document_id": lasting}

    evaluation = {"evaluation": "执行良好，需要继续执行"}

    async def warned() -> bool:
        return len(office.emitted(events.NormativeDocumentExpiring)) == 2

    await office.until(warned, "both makers are told that the end is near")
    unevaluated = await bureau.refused(DIRECTOR, "RenewNormativeDocument", **PLACE, **key)
    await bureau.say(CLERK, "EvaluateNormativeDocument", **evaluation, **key)
    yearly = await bureau.refused(DIRECTOR, "RenewNormativeDocument", **PLACE, **key)
    await bureau.say(CLERK, "EvaluateNormativeDocument", before_expiry=True, **evaluation, **key)
    office.clock("2026-03-03 09:00")
    posing = await bureau.refused(POSING, "RenewNormativeDocument", **PLACE, **key)
    renewed = (await bureau.say(DIRECTOR, "RenewNormativeDocument", **PLACE, **key)).normative_document
    office.clock("2026-03-04 09:00")
    again = await bureau.refused(DIRECTOR, "RenewNormativeDocument", **PLACE, **key)
    office.clock("2026-06-01 08:00")
    await bureau.becomes("EXPIRED", ending)

    assert unevaluated == yearly == {"NOT_EVALUATED"}
    assert posing == {"HEAD_NOT_IN_OFFICE"}
    assert again == {"NOT_EVALUATED"}, "what was found in the term before prolongs no other"
    assert renewed.expire_time.ToDatetime().year == 2031
    assert await on_the_list(bureau) == [lasting]
    assert await on_the_list(bureau, lists.DOCUMENT_STANDING_EXPIRED) == [ending]


async def test_what_is_published_is_filed_reviewed_and_put_right(office: Office) -> None:
    bureau = await ready(office)
    key = await bureau.in_force(title="示例市餐饮油烟管理暂行规定")
    trial = (await bureau.get(**key)).normative_document
    assert trial.expire_time.ToDatetime().year == 2028  # NRM-09
    assert {d.clock_id for d in trial.deadlines} >= {"NRM-02", "NRM-07", "NRM-09"}
    [filing] = (await bureau.get(**key)).filings
    assert [d.clock_id for d in filing.deadlines] == ["NRM-04"]
    its = {"filing_id": filing.filing_id}
    assert filing.due_time.ToDatetime().date().isoformat() == "2026-03-17"

    soon = await bureau.refused(FILER, "UrgeDocumentFiling", text="限期报送", days=5, **its)
    office.clock("2026-03-18 09:00")
    await office.ticked()
    await bureau.say(FILER, "UrgeDocumentFiling", text="限期报送", days=5, **its)
    still = await bureau.refused(FILER, "ReportMissingFiling", document="通报〔2026〕1号", **its)
    partly = await bureau.refused(CLERK, "SubmitDocumentFiling", papers=FILED[:1], **its)
    await bureau.say(CLERK, "SubmitDocumentFiling", papers=FILED, **its)
    own = await bureau.refused(
        REVIEWER, "ReceiveDocumentFiling", receipt=filings.DOCUMENT_RECEIPT_REGISTER, **its
    )
    await bureau.say(FILER, "ReceiveDocumentFiling", receipt=filings.DOCUMENT_RECEIPT_REGISTER, **its)
    unsaid = await bureau.refused(FILER, "ConcludeDocumentFiling", reasons="第三条", **its)
    wrong = {"objections": [filings.DOCUMENT_OBJECTION_AGAINST_HIGHER_LAW], "reasons": "第三条", "days": 10}
    reviewed = (await bureau.say(FILER, "ConcludeDocumentFiling", **wrong, **its)).document_filing
    assert {d.clock_id for d in reviewed.deadlines if d.HasField("stop_time")} == {
        "NRM-04",
        "NRM-05",
        "NRM-19",
    }
    waits = await bureau.refused(FILER, "RefuseDocumentCorrection", **its)
    office.clock("2026-04-02 09:00")
    await bureau.say(FILER, "RefuseDocumentCorrection", **its)
    await bureau.say(FILER, "SubmitDocumentToGovernment", reasons="拒不纠正", **its)
    paperless = await bureau.refused(
        FILER, "RecordDocumentRuling", ruling=filings.DOCUMENT_RULING_ANNUL, **its
    )
    await bureau.say(
        FILER, "RecordDocumentRuling", ruling=filings.DOCUMENT_RULING_ANNUL, document="府决〔2026〕1号", **its
    )
    ended = await bureau.say(
        FILER, "AnnounceDocumentRuling", document="https://example.invalid/ruling", **its
    )

    assert (soon, still, partly) == ({"NOT_OVERDUE"}, {"NOT_OVERDUE"}, {"FILING_PAPERS_MISSING"})
    assert (own, unsaid) == ({"SOD_VIOLATION"}, {"OBJECTION_NOT_NAMED"})
    assert (waits, paperless) == ({"STILL_TO_CORRECT"}, {"GOVERNMENT_PAPER_MISSING"})
    assert state(ended.document_filing) == "ANNOUNCED"
    document = (await bureau.get(**key)).normative_document
    assert (state(document), document.end_document) == ("REPEALED", "府决〔2026〕1号")
    assert await on_the_list(bureau) == []


async def test_who_does_not_file_when_urged_is_a_clue_of_responsibility_by_itself(office: Office) -> None:
    bureau = await ready(office)
    filed = []
    for day, title in (("02", "示例市渣土运输管理规定"), ("03", "示例市露天烧烤管理规定")):
        office.clock(f"2026-03-{day} 09:00")
        key = await bureau.in_force(title=title)
        filed += [each.filing_id for each in (await bureau.get(**key)).filings]
    kept, urged = filed
    office.clock("2026-03-20 09:00")
    await office.ticked()
    for each in (kept, urged):
        await bureau.say(FILER, "UrgeDocumentFiling", text="五日内报送", days=5, filing_id=each)
    await bureau.say(CLERK, "SubmitDocumentFiling", papers=FILED, filing_id=kept)
    office.clock("2026-03-25 23:00")
    await office.ticked()
    assert office.emitted(events.AccountabilityRegistered) == []
    office.clock("2026-03-26 00:01")
    await office.ticked()

    async def registered() -> Any:
        return office.emitted(events.AccountabilityRegistered)

    [clue] = [each.accountability for each in await office.until(registered, "the clue registers itself")]
    assert (clue.body_id, clue.officer_id, clue.source.source_id) == (BODY, "", urged)
    assert clue.source.kind == accountability_pb2.ACCOUNTABILITY_SOURCE_KIND_DOCUMENT_FILING
    assert clue.state == accountability_pb2.ACCOUNTABILITY_STATE_CLUE  # a person reviews it
    assert [d.clock_id for d in clue.deadlines] == ["ACC-01"]

    told = await bureau.say(FILER, "ReportMissingFiling", document="通报〔2026〕9号", filing_id=urged)

    assert state(told.document_filing) == "MISSING"
    assert "ACC-01" not in {d.clock_id for d in told.document_filing.deadlines}
    assert len(office.emitted(events.AccountabilityRegistered)) == 1  # pursued once


async def test_anybody_asks_for_a_review_and_an_error_is_put_right_before_it_is_answered(
    office: Office,
) -> None:
    bureau = await ready(office)
    key = {"document_id": await entered(bureau)}
    draft = await bureau.planned()

    nothing = await bureau.refused(CITIZEN, "RequestDocumentReview", text="违反上位法", **draft)
    asked = await bureau.say(CITIZEN, "RequestDocumentReview", text="第三条违反上位法", **key)
    its = {"document_request_id": asked.shown.document_request_id}
    finding = {"finding": requests.DOCUMENT_REQUEST_FINDING_TO_BE_CORRECTED, "answer": "建议成立"}
    wordless = await bureau.refused(FILER, "AnswerDocumentRequest", **its)
    uncorrected = await bureau.refused(FILER, "AnswerDocumentRequest", **finding, **its)
    stopped = {"document": "复议决〔2026〕1号", "clauses": ["第三条"]}
    unnamed = await bureau.refused(FILER, "SuspendDocumentClause", clauses=["第三条"], **key)
    await bureau.say(FILER, "SuspendDocumentClause", **stopped, **key)
    await bureau.say(FILER, "AnswerDocumentRequest", **finding, **its)
    told = await bureau.say(CITIZEN, "CheckDocumentRequest", receipt=asked.receipt, **its)
    foreign = await bureau.refused(CITIZEN, "CheckDocumentRequest", receipt="other", **its)

    assert (nothing, wordless) == ({"DOCUMENT_NOT_PUBLISHED"}, {"ANSWER_NOT_REASONED"})
    assert (uncorrected, unnamed) == ({"NOTHING_CORRECTED"}, {"AUTHORITY_PAPER_MISSING"})
    assert (told.shown.answer, "NOT_FOUND" in foreign) == ("建议成立", True)
    assert asked.shown.due_time.ToDatetime().date().isoformat() == "2026-04-01"
    [clocked] = (await bureau.say(FILER, "ListDocumentRequests")).document_requests
    assert [d.clock_id for d in clocked.deadlines] == ["NRM-13"]
    [listed] = (await bureau.say(CITIZEN, "ListDocumentsInForce")).documents
    assert list(listed.suspended_clauses) == ["第三条"]

    # the maker corrects the clause, and answers a court
    suggested = await bureau.say(
        FILER, "ReceiveJudicialSuggestion", document="司建〔2026〕1号", clauses=["第四条"], **key
    )
    assert "LIT-10" in {d.clock_id for d in suggested.normative_document.deadlines}
    silent = await bureau.refused(DRAFTER, "AnswerJudicialSuggestion", **key)
    await bureau.say(DRAFTER, "AnswerJudicialSuggestion", answer="已研究", **key)
    posing = [
        await bureau.refused(POSING, rpc, **said, **key)
        for rpc, said in (
            ("CorrectDocumentClause", {"answer": "已修改"}),
            ("RepealNormativeDocument", {"reasons": "由新规定代替"}),
        )
    ]
    corrected = await bureau.say(DIRECTOR, "CorrectDocumentClause", answer="已修改第三条", **key)
    reasonless = await bureau.refused(DIRECTOR, "RepealNormativeDocument", **key)
    repealed = await bureau.say(DIRECTOR, "RepealNormativeDocument", reasons="由新规定代替", **key)

    assert posing == [{"HEAD_NOT_IN_OFFICE"}, {"HEAD_NOT_IN_OFFICE"}]
    assert (silent, reasonless) == ({"ANSWER_EMPTY"}, {"REASONS_MISSING"})
    assert [state(r.normative_document) for r in (corrected, repealed)] == ["IN_FORCE", "REPEALED"]


async def test_after_a_reform_the_heir_has_the_documents_and_looks_through_them(office: Office) -> None:
    bureau = await ready(office)
    document_id = await entered(bureau)
    heir = body_pb2.EnforcementBody(
        body_id="B-9",
        name="示例市综合执法局",
        node=URBAN,
        state=body_pb2.BODY_STATE_PUBLISHED,
        version=1,
        kind=1,
    )
    gone = body_pb2.EnforcementBody(body_id=BODY, name="示例市生态环境局")

    await office.registry(registry.BodySucceeded(body=heir, predecessor=gone))

    [cleanup] = (await bureau.say(STRANGER, "ListDocumentCleanups")).document_cleanups
    assert (cleanup.body_id, cleanup.cause) == ("B-9", cleanups.DOCUMENT_CLEANUP_CAUSE_REFORM)
    key = {"cleanup_id": cleanup.cleanup_id}
    decided = [looked(document_id, CONTINUE)]
    assert await bureau.refused(CLERK, "PublishDocumentCleanup", documents=decided, **PLACE, **key) == {
        "NOT_THE_MAKER"
    }
    await bureau.say(STRANGER, "PublishDocumentCleanup", documents=decided, **PLACE, **key)
    document = (await bureau.get(document_id)).normative_document
    assert (document.node, document.list_document) == (URBAN, PLACE["address"])

"""Reviews of case files at the city: the sample, the machine's look, the reviewers, the result and objections to it (GD-FILE)."""

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
import pytest_asyncio
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import permit_pb2 as permits
from yifa.law.v1 import law_pb2
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import file_review_pb2 as pb
from yifa.supervision.v1 import supervision_order_pb2

from services.given.permit import applicant, terms
from services.law.draw import files_drawn, files_verified
from services.law.moment import moment_of, put_moment
from services.supervision.warning.runner import warning_id
from tests.law.records import WORLD
from tests.supervision import test_beside as beside
from tests.supervision.file_reviews import (
    BODY,
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    NUMBER,
    OTHER,
    REVIEWERS,
    SEED,
    UNKNOWN,
    WHEN,
    Reviews,
    closed,
    verdicts,
)  # fmt: skip
from tests.supervision.office import CITY, ENVIRONMENT, OPEN, SETTLED, URBAN, at, new_case, running_office

S = pb.FileReviewState.Value
TITLES = count(1)


def state(name: str) -> int:
    return S(f"FILE_REVIEW_STATE_{name}")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def its(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Reviews]:
    """A desk before which lie three closed cases: one in order, one decided without legal review, one of another field."""
    folder = tmp_path_factory.mktemp("reviews")
    soon = {"certificate_grace_seconds": 0.2}
    async with running_office(folder, WHEN, supervision=soon) as office:
        desk = Reviews(office)
        await desk.people()
        bad = closed("C-2")
        bad.ClearField("review")
        await desk.tell(closed("C-1"), bad, closed("C-3", sector="environment"))
        yield desk


@pytest.fixture(autouse=True)
def on_the_day(its: Reviews) -> None:
    its.office.clock(WHEN)


async def test_a_file_from_the_sample_to_its_final_grade(its: Reviews) -> None:
    drawn = await its.drawn(strata_by=["FILE_STRATUM_SECTOR", "FILE_STRATUM_KIND"])
    review = (await its.say("AssignFileReviewers", reviewers=REVIEWERS)).file_review
    for who in REVIEWERS:
        await its.say("ScoreFile", who, verdicts=verdicts(review.items))
    reported = (await its.say("ConcludeFileReview")).file_review

    assert len(drawn.drawn) == 2 and reported.state == state("REPORTED")
    assert [d.clock_id for d in reported.deadlines] == ["SUP-11"]
    told = its.office.emitted(events.FileReviewTold)[-1].told.file_review
    assert told.result == reported.result and not (told.scores or told.reviewers or told.concluder)
    its.office.clock("2026-11-01 09:00")
    await its.office.ticked()
    final = await its.now()
    assert final.state == state("FINAL") and final.result == reported.result
    [entered] = [e for e in its.office.emitted(events.FileReviewEntered) if e.review_id == its.id]
    parts = {(e.officer_id, e.part) for e in entered.entries}
    assert parts >= {
        ("O-1", pb.FILE_PART_HANDLED),
        ("O-2", pb.FILE_PART_HANDLED),
        ("head-1", pb.FILE_PART_DECIDED),
    }
    assert {(e.grade, e.score) for e in entered.entries} == {(final.result.grade, final.result.score)}
    clue = {
        "request_id": f"S-{next(TITLES)}", "node": ENVIRONMENT, "body_id": final.body_id, "title": "案卷评查发现问题",
        "case_id": final.case_id, "source": {"kind": "SUPERVISION_SOURCE_KIND_FILE_REVIEW", "source_id": its.id},
    }  # fmt: skip
    asked = supervision_order_pb2.RegisterSupervisionClueRequest(**clue)
    opened = await its.office.call("RegisterSupervisionClue", asked)
    assert opened.supervision_order.source.source_id == its.id
    figures = await its.say("GetFileReviewFigures", from_day="2026-10-01", until_day="2026-11-30")
    assert next(f.reviewed for f in figures.bodies if f.body_id == final.body_id) >= 1
    assert {"O-1", "O-2"} <= {f.officer_id for f in figures.officers}


async def test_a_sample_follows_from_what_was_published(its: Reviews) -> None:
    committed = (
        await its.say("CommitFileReviewBatch", **its.period(strata_by=["FILE_STRATUM_OFFICER"]))
    ).file_review_batch
    its.batch = committed.batch_id
    early = await its.refused("DrawFileReviewBatch", seed=SEED, public_number=NUMBER)
    its.office.clock("2026-09-12 09:00")
    wrong = await its.refused("DrawFileReviewBatch", seed="another-seed-altogether", public_number=NUMBER)
    drawn = (await its.say("DrawFileReviewBatch", seed=SEED, public_number=NUMBER)).file_review_batch
    again = await its.office.open_call(
        "GetFileReviewBatch", pb.GetFileReviewBatchRequest(batch_id=drawn.batch_id)
    )

    assert (early, wrong) == ("DRAW_NUMBER_KNOWN", "DRAW_SEED_WRONG")
    assert again.verified and again.file_review_batch == drawn
    assert {f.case_id for f in drawn.files} == {"C-1", "C-2", "C-3"} and set(drawn.files[0].strata) == {
        "O-1",
        "O-2",
    }
    assert list(drawn.drawn) == files_drawn(committed, SEED, NUMBER) and 1 <= len(drawn.drawn) <= 2
    forged = pb.FileReviewBatch.FromString(drawn.SerializeToString())
    forged.drawn[:] = ["C-2"] if drawn.drawn != ["C-2"] else ["C-1"]
    assert not files_verified(forged)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"until_day": "2026-09-11"}, "FILE_PERIOD_WRONG"),
        ({"from_day": "2026-02-31"}, "MALFORMED"),
        ({"from_day": "2026-09-09", "until_day": "2026-01-01"}, "FILE_PERIOD_WRONG"),
        ({"from_day": "2025-01-01", "until_day": "2025-12-31"}, "NO_FILES"),
        ({"node": URBAN}, "NO_FILES"),
        ({"kinds": ["FILE_KIND_SUMMARY"]}, "NO_FILES"),
        ({"draw_after": at("2026-09-09 09:00")}, "DRAW_NUMBER_KNOWN"),
    ],
)
async def test_a_list_is_whole_and_frozen_before_the_number(its: Reviews, wrong: dict, reason: str) -> None:
    assert await its.refused("CommitFileReviewBatch", **its.period(**wrong)) == reason


async def look_at(its: Reviews, case_id: str) -> pb.FileReview:
    """The review of one case, with what the machine says."""
    await its.drawn(per_stratum=3)
    reviews = (await its.say("ListFileReviews")).file_reviews
    its.id = next(r.review_id for r in reviews if r.case_id == case_id)
    return (await its.say("AssignFileReviewers", reviewers=REVIEWERS)).file_review


async def test_the_machine_explains_each_item_and_counts_nothing_unknown_as_met(its: Reviews) -> None:
    good, bad = await look_at(its, "C-1"), await look_at(its, "C-2")
    field = await look_at(its, "C-3")
    said, found = ({i.item_id: i for i in review.items} for review in (good, bad))

    assert said["P6"].result == MET and {s.act for s in said["P6"].shown} >= {"ServePriorNotice"}
    assert said["P7"].result in (MET, UNKNOWN, NOT_APPLICABLE)
    assert said["P3"].result == UNKNOWN and not said["P3"].shown, (
        "what nothing shows is for a person to judge"
    )
    assert said["P5"].result == UNKNOWN, "a part that is in order does not show that all is"
    assert {s.result for s in said["P5"].shown} == {MET}
    assert found["V4"].result == NOT_MET
    shown = found["V4"].shown[0]
    assert (shown.reason, shown.act) == ("LEGAL_REVIEW_NOT_PASSED", "MakeDecision") or shown.reason
    assert (
        "LEGAL_REVIEW_NOT_PASSED" in {s.reason for s in found["V4"].shown}
        and shown.law.code
        and shown.says_zh
    )
    assert field.standard.standard_id == "ENVIRONMENT" and good.standard.standard_id == "GENERAL"
    assert {i.item_id: i.result for i in field.items}["L25"] in (NOT_APPLICABLE, UNKNOWN)
    assert all(i.result for i in field.items) and good.edition


@pytest.mark.parametrize(
    ("reviewers", "reason"),
    [
        (["O-8"], "FILE_REVIEWERS_TOO_FEW"),
        (["O-8", "O-unheard"], "FILE_REVIEWER_UNKNOWN"),
        (["O-8", "O-7"], "FILE_REVIEWER_OF_THE_BODY"),
        (["O-8", "head-2"], "FILE_REVIEWER_UNKNOWN"),
    ],
)
async def test_who_reviews_is_known_and_stands_apart(its: Reviews, reviewers: list[str], reason: str) -> None:
    await its.drawn()
    assert await its.refused("AssignFileReviewers", reviewers=reviewers) == reason


async def test_who_took_part_in_the_case_stands_aside(its: Reviews) -> None:
    """By the certificate the officer is of another body now; the record shows that he handled the case."""
    case = closed("C-4")
    case.officers[1].officer_id = "O-9"
    await its.tell(case)
    await its.drawn(per_stratum=9)
    reviews = (await its.say("ListFileReviews")).file_reviews
    its.id = next(r.review_id for r in reviews if r.case_id == "C-4")

    assert await its.refused("AssignFileReviewers", reviewers=REVIEWERS) == "FILE_REVIEWER_RECUSED"


async def test_a_score_says_something_of_each_item_with_its_reason(its: Reviews) -> None:
    review = await look_at(its, "C-1")
    whole = verdicts(review.items)
    machine = next(i for i in review.items if i.result == MET)
    other = pb.FileVerdict(item_id=machine.item_id, result=NOT_APPLICABLE)

    async def refused(said: list[pb.FileVerdict], by: str = "O-8") -> str:
        return await its.refused("ScoreFile", by, verdicts=said)

    assert await refused(whole, "oversight-1") == "NOT_FILE_REVIEWER"
    assert await refused(whole[1:]) == "FILE_ITEMS_NOT_JUDGED"
    assert await refused([*whole, whole[0]]) == "FILE_ITEMS_NOT_JUDGED"
    assert await refused([*whole, pb.FileVerdict(item_id="P99", result=MET)]) == "FILE_ITEMS_NOT_JUDGED"
    unknown = pb.FileVerdict(item_id=whole[0].item_id, result=UNKNOWN)
    assert await refused([unknown, *whole[1:]]) == "FILE_ITEMS_NOT_JUDGED"
    assert await refused(verdicts(review.items, P1=301)) == "FILE_POINTS_WRONG"
    assert await refused(verdicts(review.items, P1=0)) == "FILE_POINTS_WRONG"
    assert (
        await refused([v for v in whole if v.item_id != other.item_id] + [other])
        == "FILE_VERDICT_NOT_REASONED"
    )
    bare = verdicts(review.items, P1=100)
    for v in bare:
        v.reasons = ""
    assert await refused(bare) == "FILE_VERDICT_NOT_REASONED"
    await its.say("ScoreFile", "O-8", verdicts=whole)
    assert await refused(whole) == "FILE_SCORED_ALREADY"
    assert await its.refused("ConcludeFileReview") == "FILE_NOT_SCORED"
    theirs = (await its.say("GetFileReview", "O-9")).file_review
    assert not theirs.scores, "who has not scored sees nothing of what another found"
    [told] = scored(its)
    assert [(s.reviewer, len(s.verdicts)) for s in told.scores] == [("O-8", 0)], "nor does who watches"
    await its.say("ScoreFile", "O-9", verdicts=whole)
    assert [s.verdicts[:] for s in scored(its)[-1].scores] == [whole, whole], (
        "once all have scored, it is told"
    )


def scored(its: Reviews) -> list[pb.FileReview]:
    """The review as the events of scoring tell it."""
    told = [e.file_review for e in its.office.emitted(events.FileScored)]
    return [review for review in told if review.review_id == its.id]


async def test_where_reviewers_differ_a_third_person_settles_and_a_veto_fails_the_file(its: Reviews) -> None:
    review = await look_at(its, "C-1")
    await its.say("ScoreFile", "O-8", verdicts=verdicts(review.items, P1=100, V3=0))
    await its.say("ScoreFile", "O-9", verdicts=verdicts(review.items, P1=200))
    settle = [
        pb.FileVerdict(item_id="P1", result=NOT_MET, lost=100, reasons="来源不清"),
        pb.FileVerdict(item_id="V3", result=NOT_MET, reasons="引用已废止的条款"),
    ]

    assert await its.refused("ConcludeFileReview") == "FILE_DIFFERENCES_OPEN"
    assert await its.refused("ConcludeFileReview", settled=settle[:1]) == "FILE_DIFFERENCES_OPEN"
    more = [*settle, pb.FileVerdict(item_id="P2", result=MET, reasons="无需")]
    assert await its.refused("ConcludeFileReview", settled=more) == "FILE_DIFFERENCES_OPEN"
    bare = [settle[0], pb.FileVerdict(item_id="V3", result=NOT_MET)]
    assert await its.refused("ConcludeFileReview", settled=bare) == "FILE_VERDICT_NOT_REASONED"
    assert await its.refused("ConcludeFileReview", "O-9", settled=settle) == "OVERSIGHT_ROLE_CONFLICT"
    assert await its.refused("ConcludeFileReview", "head-2", settled=settle) == "OVERSIGHT_ROLE_CONFLICT"
    done = (await its.say("ConcludeFileReview", settled=settle)).file_review

    assert done.result.grade == pb.FILE_GRADE_FAIL and list(done.result.vetoes) == ["V3"]
    assert 0 < done.result.score < 10_000, "the general standard fails a file by a veto and keeps its points"


async def test_an_objection_in_its_term_is_answered_by_somebody_else_and_changes_the_result(
    its: Reviews,
) -> None:
    reported = await its.reported()
    objected = await its.object("2026-09-14 10:00")
    assert objected.state == state("OBJECTED") and {d.clock_id for d in objected.deadlines} == {
        "SUP-11",
        "SUP-12",
    }
    assert (await its.object("2026-09-14 11:00", objection_id="KO-2", text="再次异议")).left == ["KO-2"]
    change = [
        pb.FileVerdict(item_id="P2", result=NOT_MET, lost=500, reasons="笔录缺签名，异议不成立且应扣分")
    ]

    assert await its.refused("DecideFileObjection", reasons="维持") == "OVERSIGHT_ROLE_CONFLICT"
    assert await its.refused("DecideFileObjection", "O-8", reasons="维持") == "OVERSIGHT_ROLE_CONFLICT"
    assert await its.refused("DecideFileObjection", "oversight-2", reasons=" ") == "REASONS_MISSING"
    bare = [pb.FileVerdict(item_id="P2", result=NOT_MET, lost=500)]
    assert (
        await its.refused("DecideFileObjection", "oversight-2", changed=bare, reasons="改")
        == "FILE_VERDICT_NOT_REASONED"
    )
    done = (
        await its.say("DecideFileObjection", "oversight-2", changed=change, reasons="部分变更")
    ).file_review

    assert done.state == state("ANSWERED") and done.earlier_result == reported.result
    assert (
        done.objection.result == pb.FILE_OBJECTION_RESULT_CHANGED
        and done.result.score < reported.result.score
    )
    entered = [e for e in its.office.emitted(events.FileReviewEntered) if e.review_id == its.id]
    assert [e.entries[0].score for e in entered] == [done.result.score]


async def test_an_answer_that_does_not_come_in_its_term_is_a_term_of_the_office_that_passed(
    its: Reviews,
) -> None:
    await its.reported()
    objected = await its.object("2026-09-14 10:00")
    due = moment_of(next(d for d in objected.deadlines if d.clock_id == "SUP-12").due_time)
    its.office.clock(due - timedelta(hours=1))
    await its.office.ticked()
    assert await overdue(its) == []

    its.office.clock(due + timedelta(days=1))
    await its.office.ticked()

    [warning] = await overdue(its)
    assert (warning.node, warning.clock_id, warning.state) == (CITY, "SUP-12", OPEN)
    assert warning.case_id == objected.case_id and "案卷评查复核" in warning.detail_zh
    await its.say("DecideFileObjection", "oversight-2", reasons="维持")
    assert [w.state for w in await overdue(its)] == [SETTLED]


async def overdue(its: Reviews) -> list[Any]:
    """The warning about the answer to the objection in this review, if there is one."""
    name = warning_id("CLOCK_PASSED", its.id, "SUP-12")
    return [w for w in await its.office.warnings(rule_id="EW-02") if w.warning_id == name]


async def test_an_objection_of_the_term_counts_though_it_comes_after_it_and_a_late_one_does_not(
    its: Reviews,
) -> None:
    await its.reported()
    its.office.clock("2026-11-01 09:00")
    await its.office.ticked()
    assert (await its.now()).state == state("FINAL")

    late = await its.object("2026-10-30 10:00", objection_id="KO-late")
    assert late.state == state("FINAL") and list(late.left) == ["KO-late"]
    early = await its.object("2026-09-14 10:00", objection_id="KO-early")
    assert early.state == state("OBJECTED") and not early.HasField("final_time")
    upheld = (await its.say("DecideFileObjection", "oversight-2", reasons="维持")).file_review
    assert upheld.state == state("ANSWERED") and not upheld.HasField("earlier_result")
    versions = [
        e.entries[0].version for e in its.office.emitted(events.FileReviewEntered) if e.review_id == its.id
    ]
    assert len(versions) == 2 and versions[0] < versions[1], "the newer takes the place of the older"


async def test_only_the_department_whose_file_it_is_objects(its: Reviews) -> None:
    await its.reported()
    parked = await its.object("2026-09-14 10:00", node=URBAN)

    assert parked.state == state("REPORTED") and not parked.HasField("objection")
    assert parked.node == ENVIRONMENT


async def test_others_take_the_place_of_reviewers_for_a_reason_and_begin_anew(its: Reviews) -> None:
    review = await its.assigned()
    await its.say("ScoreFile", "O-8", verdicts=verdicts(review.items))

    assert await its.refused("AssignFileReviewers", reviewers=REVIEWERS) == "REASONS_MISSING"
    again = (await its.say("AssignFileReviewers", reviewers=REVIEWERS, reasons="原评查人员出差")).file_review
    assert not again.scores and again.assign_reasons


def decided_permit(key: str, *, granted: bool) -> permits.Permit:
    """An application that was accepted on 2 March and decided: in its term and issued, or refused late and without reasons."""
    made = permits.Permit(
        permit_id=f"PM-file-{key}", node=ENVIRONMENT, body_id=BODY, body_name=f"机关{BODY}", terms=terms(),
        number=f"示环许受〔2026〕{key}号", applicant=applicant("", "案卷公司"), receiver="O-1",
        state=permits.PERMIT_STATE_ISSUED if granted else permits.PERMIT_STATE_REFUSED,
        acceptance={"accepter": "O-1"}, review={"reviewer": "O-2", "opinion": "逐项核对", "verifier_ids": ["O-6"]},
        decision={"granted": granted, "decider": "head-1", "document_number": f"示环许〔2026〕{key}号"},
    )  # fmt: skip
    for path, when in (
        ("receive_time", "2026-03-02 09:00"), ("acceptance.accept_time", "2026-03-02 10:00"),
        ("review.review_time", "2026-03-05 10:00"), ("decision.decide_time", "2026-04-02 10:00"),
    ):  # fmt: skip
        put(made, path, when)
    if granted:
        put(made, "certificate.issue_time", "2026-04-03 10:00")
        put(made, "publication.publish_time", "2026-04-03 11:00")
        made.certificate.number = "许证1"
    for clock_id, due in (("LIC-02", "2026-04-10 23:59" if granted else "2026-03-30 23:59"),):
        term = made.deadlines.add(clock_id=clock_id, state=law_pb2.CLOCK_STATE_MET)
        put_moment(term.due_time, at(due))
        put_moment(term.stop_time, at("2026-04-02 10:00"))
    return made


def put(record: Any, path: str, when: str) -> None:
    *way, name = path.split(".")
    for each in way:
        record = getattr(record, each)
    put_moment(getattr(record, name), at(when))


async def a_released_measure(its: Reviews) -> str:
    """A seizure in a case of this department that was lifted in March; nobody heard the party."""
    case = new_case("C-file-m", ENVIRONMENT, WORLD.officers)
    case.state, case.area_code, case.body_id = cases.CASE_STATE_INVESTIGATING, "440700", BODY
    await its.office.tell(case, "OfficersAssigned", beside.START - beside.DAY)
    measure = beside.measure_of(case)
    measure.body_id = BODY
    for step in (*beside.TAKEN, beside.LIFTED):
        wrong = (lambda m, _case: m.execution.ClearField("hear_time")) if step is beside.SEIZED else None
        await beside.tell(its.office, measure, step, case, wrong)
    return measure.measure_id


async def reviewed(its: Reviews, kind: str) -> dict[str, pb.FileReview]:
    """The reviews of all files of a kind of the spring, with what the machine says of each item, by their records."""
    spring = {"from_day": "2026-03-01", "until_day": "2026-06-30", "per_stratum": 9, "kinds": [kind]}
    drawn = await its.drawn(**spring)
    assert files_verified((await its.say("GetFileReviewBatch", batch_id=drawn.batch_id)).file_review_batch)
    found = {}
    for review in (await its.say("ListFileReviews", batch_id=drawn.batch_id)).file_reviews:
        its.id = review.review_id
        looked = (await its.say("AssignFileReviewers", reviewers=REVIEWERS)).file_review
        found[looked.record_id] = looked
    assert found.keys() == set(drawn.drawn)
    return found


def said(review: pb.FileReview) -> dict[str, int]:
    return {item.item_id: item.result for item in review.items}


async def test_files_of_permits_and_of_measures_are_reviewed_by_standards_of_their_own(its: Reviews) -> None:
    for record in (decided_permit("g", granted=True), decided_permit("r", granted=False)):
        name = "PermitIssued" if record.decision.granted else "PermitRefused"
        await its.office.tell_beside(record, name, "2026-04-03 12:00")
    await its.office.certify("O-6", body_id=OTHER)
    measure = await a_released_measure(its)

    [(key, granted)] = (await reviewed(its, "FILE_KIND_PERMIT_GRANTED")).items()
    assert (key, granted.standard.standard_id, granted.case_id) == ("PM-file-g", "PERMIT", "")
    told = said(granted)
    assert {told[i] for i in ("P1", "P3", "P4", "P6", "P7", "P10")} == {MET}
    assert (told["P2"], told["P5"], told["P9"]) == (NOT_APPLICABLE, NOT_APPLICABLE, UNKNOWN)
    assert told["V1"] == told["P11"] == UNKNOWN, "what the machine cannot see a person judges"
    assert "P8" not in told, "that is asked of a refusal"
    conflict = await its.refused("AssignFileReviewers", reviewers=("O-6", "O-8"), reasons="更换")
    assert conflict == "FILE_REVIEWER_RECUSED", "who handled the application reviews no file of it"
    parts = {(p.officer_id, p.part) for p in granted.participants}
    assert parts == {
        ("O-1", pb.FILE_PART_HANDLED),
        ("O-6", pb.FILE_PART_HANDLED),
        ("O-2", pb.FILE_PART_REVIEWED),
        ("head-1", pb.FILE_PART_DECIDED),
    }
    [(_, refused)] = (await reviewed(its, "FILE_KIND_PERMIT_REFUSED")).items()
    assert (said(refused)["P7"], said(refused)["P8"]) == (NOT_MET, NOT_MET)
    shown = [s for item in refused.items if item.item_id == "P7" for s in item.shown]
    assert [s.clock_id for s in shown] == ["LIC-02"] and shown[0].law.code == "ALIC-2019:42(1)"
    [(key, taken)] = (await reviewed(its, "FILE_KIND_MEASURE")).items()
    told = said(taken)
    assert (key, taken.case_id, taken.standard.standard_id) == (measure, "C-file-m", "MEASURE")
    assert (told["V2"], told["P3"]) == (NOT_MET, NOT_MET), "nobody heard the party"
    assert (told["V4"], told["P8"], told["P10"]) == (MET, NOT_APPLICABLE, NOT_APPLICABLE)

    for who in REVIEWERS:
        lost = {i: 100 for i in ("P3",)}
        await its.say("ScoreFile", who, verdicts=verdicts(taken.items, **lost))
    ended = (await its.say("ConcludeFileReview")).file_review
    assert ended.result.grade == pb.FILE_GRADE_FAIL and list(ended.result.vetoes) == ["V2"]
    figures = await its.say("GetFileReviewFigures", from_day="2026-01-01", until_day="2026-12-31")
    its.office.clock("2026-11-01 09:00")
    await its.office.ticked()
    after = await its.say("GetFileReviewFigures", from_day="2026-01-01", until_day="2026-12-31")
    assert sum(b.reviewed for b in after.bodies) > sum(b.reviewed for b in figures.bodies)

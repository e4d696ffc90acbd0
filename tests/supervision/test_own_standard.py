"""A city reviews case files by a standard of its own: dated, kept as it was, and its scores follow from the event alone."""

from pathlib import Path

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import file_review_pb2 as pb

from services.law.layer import read_layer
from services.law.rubric import Grade, Kind, Result, Weighed, grade_of, score_of
from tests.law.test_rubric import OWN
from tests.supervision.file_reviews import NOT_MET, REVIEWERS, WHEN, Reviews, closed, verdicts
from tests.supervision.office import Office, running_office

KINDS = [None, Kind.VETO, Kind.POINTS, Kind.BASE]
RESULTS = [Result.UNKNOWN, Result.MET, Result.NOT_MET, Result.NOT_APPLICABLE, Result.UNKNOWN]


def recounted(told: events.FileReviewReported) -> tuple[int | None, bool]:
    """The score, and whether a veto stands against it, from nothing but what the event tells."""
    review = told.file_review
    items = {item.item_id: item for item in review.items}
    weighed = [
        Weighed(KINDS[items[v.item_id].kind], items[v.item_id].points, RESULTS[v.result], v.lost)
        for v in review.result.verdicts
    ]
    formula = "halves" if review.standard.base_most else "points"
    return score_of(formula, review.standard.base_most, weighed), any(
        w.kind is Kind.VETO and w.result is Result.NOT_MET for w in weighed
    )


async def test_a_review_goes_by_the_citys_own_standard_as_it_was(tmp_path: Path) -> None:
    layer = tmp_path / "own-city.toml"
    law = {"layers": [str(layer)], "layer": "own-city"}
    soon = {"certificate_grace_seconds": 0.2}
    layer.write_text(OWN, "utf-8")
    async with running_office(tmp_path, WHEN, supervision=soon, law=law) as office:
        desk = Reviews(office)
        await desk.people()
        await desk.tell(closed("C-own"))
        drawn = await desk.drawn()
        opened = await desk.now()
        digest = read_layer(layer).rubrics[0].digest
        assert opened.standard.standard_id == "OWN" and opened.standard.sha256 == digest
        assert [s.sha256 for s in drawn.standards] == [digest]
    layer.write_text(OWN.replace("文书用语不规范", "文书用语粗糙"), "utf-8")
    async with running_office(tmp_path, WHEN, supervision=soon, law=law) as office:
        edited = again(office, desk)
        assert await edited.refused("AssignFileReviewers", reviewers=REVIEWERS) == "FILE_STANDARD_CHANGED"
    layer.write_text(OWN, "utf-8")
    async with running_office(tmp_path, WHEN, supervision=soon, law=law) as office:
        kept = again(office, desk)
        items = (await kept.say("AssignFileReviewers", reviewers=REVIEWERS)).file_review.items
        for who in REVIEWERS:
            await kept.say("ScoreFile", who, verdicts=verdicts(items, B2=1000, C1=500))
        review = (await kept.say("ConcludeFileReview")).file_review
        [told] = office.emitted(events.FileReviewReported)

        assert {v.item_id for v in review.result.verdicts if v.result == NOT_MET} >= {"B2", "C1"}
        score, veto = recounted(told)
        said = told.file_review.result
        assert score == said.score == review.result.score
        least = {Grade.EXCELLENT: said.excellent, Grade.GOOD: said.good, Grade.PASS: getattr(said, "pass")}
        assert pb.FileGrade.Name(said.grade) == f"FILE_GRADE_{grade_of(score or 0, least, veto=veto)}"


def again(office: Office, desk: Reviews) -> Reviews:
    """The same review on the desk of the office that was started anew."""
    found = Reviews(office)
    found.batch, found.id = desk.batch, desk.id
    found.serial = desk.serial
    return found

"""Closed cases as their department tells of them, and the reviews of their files as the oversight body does them."""

from collections.abc import Iterable
from itertools import count
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.enforcement.v1 import file_review_pb2 as objections
from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.registry.v1.certificate_pb2 import CERTIFICATE_KIND_LEGAL_REVIEW
from yifa.supervision.v1 import file_review_pb2 as pb

from services.kit.access import mint
from services.law.draw import seed_hash
from services.law.procedures.penalty.acts import ACTS
from tests.law.records import AREA, WORLD, lawful, steps
from tests.supervision.office import CITY, ENVIRONMENT, URBAN, Office, at

BODY, OTHER = WORLD.body, "B-9"
SEED, NUMBER = "a-seed-nobody-guesses", "407"
REVIEWERS = ("O-8", "O-9")
WHEN = "2026-09-10 09:00"
MET, NOT_MET = pb.FILE_ITEM_RESULT_MET, pb.FILE_ITEM_RESULT_NOT_MET
NOT_APPLICABLE, UNKNOWN = pb.FILE_ITEM_RESULT_NOT_APPLICABLE, pb.FILE_ITEM_RESULT_UNKNOWN


def closed(case_id: str, **changes: Any) -> cases.Case:
    """A lawful case that was closed, with what of it is otherwise."""
    case = cases.Case.FromString(lawful("ordinary").SerializeToString())
    case.case_id, case.node, case.case_number = case_id, ENVIRONMENT, f"环罚立〔2026〕{case_id}号"
    for name, value in changes.items():
        setattr(case, name, value)
    return case


class Reviews:
    """The desk of the oversight body on which files are reviewed."""

    def __init__(self, office: Office) -> None:
        self.office, self.serial, self.batch, self.id = office, count(1), "", ""

    async def people(self) -> None:
        """The registry knows the bodies, who handles the cases, and two officers of another department."""
        for body_id, node in ((BODY, ENVIRONMENT), (OTHER, URBAN)):
            body = body_pb2.EnforcementBody(
                body_id=body_id, name=f"机关{body_id}", node=node, state=body_pb2.BODY_STATE_PUBLISHED, version=1,
                publish_time=at("2020-01-01 00:00"),
            )  # fmt: skip
            await self.office.registry(registry.BodyPublished(body=body))
        for officer in (*WORLD.officers, "O-7"):
            await self.office.certify(officer, area_code=AREA, body_id=BODY)
        await self.office.certify(WORLD.reviewer, kind=CERTIFICATE_KIND_LEGAL_REVIEW, body_id=BODY)
        for officer in REVIEWERS:
            await self.office.certify(officer, body_id=OTHER)
        await self.office.appoint(BODY, "head-1", "head-2", "head-3")

    async def tell(self, *told: cases.Case) -> None:
        """A department tells of cases from their clues to their closings."""
        for case in told:
            for step in steps(case, "ordinary"):
                event = ACTS[step.act].events[0].rpartition(".")[2]
                step.after.version -= 1
                await self.office.tell(step.after, event, step.at)

    def token(self, by: str) -> Any:
        key = (self.office.folder / "token.key").read_bytes()
        return (("authorization", f"Bearer {mint(key, by, CITY, ('OVERSIGHT',))}"),)

    def _request(self, name: str, fields: dict[str, Any]) -> Any:
        kind = getattr(pb, f"{name}Request")
        known = kind.DESCRIPTOR.fields_by_name
        given = {
            "request_id": f"K-{next(self.serial)}",
            "batch_id": self.batch,
            "review_id": self.id,
        } | fields
        return kind(**{k: v for k, v in given.items() if k in known})

    async def say(self, name: str, /, by: str = "oversight-1", **fields: Any) -> Any:
        before, self.office.metadata = self.office.metadata, self.token(by)
        try:
            return await self.office.call(name, self._request(name, fields))
        finally:
            self.office.metadata = before

    async def refused(self, name: str, /, by: str = "oversight-1", **fields: Any) -> str:
        before, self.office.metadata = self.office.metadata, self.token(by)
        try:
            return (await self.office.refused(name, self._request(name, fields)))[1]
        finally:
            self.office.metadata = before

    def period(self, **more: Any) -> dict[str, Any]:
        return {
            "title": "2026年度案卷评查", "from_day": "2026-01-01", "until_day": "2026-09-09", "per_stratum": 1,
            "seed_hash": seed_hash(SEED), "public_source": "福彩3D第2026245期", "draw_after": at("2026-09-11 21:15"),
            **more,
        }  # fmt: skip

    async def drawn(self, **more: Any) -> pb.FileReviewBatch:
        """A sample, drawn; the review of the file in order, if it is in it, or of another lies on the desk."""
        self.office.clock(WHEN)
        made = (await self.say("CommitFileReviewBatch", **self.period(**more))).file_review_batch
        self.batch = made.batch_id
        self.office.clock("2026-09-12 09:00")
        drawn = (await self.say("DrawFileReviewBatch", seed=SEED, public_number=NUMBER)).file_review_batch
        reviews = (await self.say("ListFileReviews")).file_reviews
        of_it = [r for r in reviews if (r.record_id or r.case_id) in drawn.drawn]
        self.id = min(of_it, key=lambda r: r.case_id != "C-1").review_id
        return drawn

    async def assigned(self, **more: Any) -> pb.FileReview:
        await self.drawn(**more)
        return (await self.say("AssignFileReviewers", reviewers=REVIEWERS)).file_review

    async def scored(self, **more: Any) -> pb.FileReview:
        review = await self.assigned(**more)
        for who in REVIEWERS:
            await self.say("ScoreFile", who, verdicts=verdicts(review.items))
        return review

    async def reported(self, **more: Any) -> pb.FileReview:
        await self.scored(**({"per_stratum": 9} | more))
        return (await self.say("ConcludeFileReview")).file_review

    async def now(self) -> pb.FileReview:
        return (await self.say("GetFileReview")).file_review

    async def object(self, when: str, node: str = ENVIRONMENT, **more: Any) -> pb.FileReview:
        """The department objects, and the office hears of it."""
        said = {
            "objection_id": "KO-1", "review_id": self.id, "node": node, "text": "笔录有签名，见第三页",
            "objector": "head-1", "object_time": at(when),
        } | more  # fmt: skip
        objection = objections.FileReviewObjection(**said)
        event = enforcement.FileReviewObjectionMade(file_review_objection=objection)
        journal = self.office.journal(node, "enforcement")
        await self.office.take(journal.entry(event, at(when), objection.objection_id))
        return await self.now()


def verdicts(items: Iterable[pb.FileItem], **lost: int) -> list[pb.FileVerdict]:
    """What a reviewer says: what the machine does, all in order where it cannot tell, but for some items that lose points."""
    said = []
    for item in items:
        result = MET if item.result == UNKNOWN else item.result
        if item.item_id in lost:
            said.append(
                pb.FileVerdict(
                    item_id=item.item_id, result=NOT_MET, lost=lost[item.item_id], reasons="见评查记录"
                )
            )
            continue
        off = item.points if result == NOT_MET and item.kind != pb.FILE_ITEM_KIND_VETO else 0
        reasons = "与预检一致" if result == NOT_MET else ""
        said.append(pb.FileVerdict(item_id=item.item_id, result=result, lost=off, reasons=reasons))  # type: ignore[arg-type]
    return said

"""The review of a department's file in the running city: a case that was closed, drawn and given to reviewers of another."""

from datetime import UTC, datetime
from typing import Any

from yifa.supervision.v1 import file_review_pb2 as pb

from services.given import case as cases
from services.given import file_review as given
from services.given import registry
from services.given.people import CITIZEN, FINANCE, HEAD
from services.law.calendar import SHANGHAI
from tests.city import City
from tests.nodes.conftest import NODE

OTHER = "chengguan"
STATE = {name.removeprefix("FILE_REVIEW_STATE_"): n for name, n in pb.FileReviewState.items()}


async def reviewed(city: City) -> tuple[pb.FileReview, list[str]]:
    """A case that was closed, drawn and given to two officers of another department; the review, and who handled the case."""
    body, other = await city.body(NODE), await city.body(OTHER)
    handlers = [(await registry.certified_officer(city.say, body))[0].officer_id for _ in range(2)]
    reviewers = [(await registry.certified_officer(city.say, other))[0].officer_id for _ in range(2)]
    heads = await registry.appoint_heads(city.say, body)
    do = city.work(NODE)
    bands = [cases.band("1", 20_000, 200_000)]
    benchmark = {"code": "1-1", "statute": "示例法", "violation": "示例违法行为", "bands": bands}
    await do("PublishBenchmark", HEAD, benchmark=benchmark)
    dossier = await cases.case_up_to(do, "SERVED", body.body_id, handlers, heads=heads)
    owed = (await do("GetOwed", FINANCE, case_id=dossier.case_id)).owed.total
    await cases.act(do, "RecordPayment", dossier, amount=owed, bank_reference=f"BK-{dossier.case_id}")
    await cases.act(do, "CloseCase", dossier)
    day = datetime.now(UTC).astimezone(SHANGHAI).date()

    async def listed() -> pb.FileReviewBatch:
        return await given.commit(city.say, NODE, (day, day), datetime.now(UTC), per_stratum=100)

    batch = await city.eventually(listed, lambda b: any(f.case_id == dossier.case_id for f in b.files))
    review = next(r for r in await given.draw(city.say, batch.batch_id) if r.case_id == dossier.case_id)
    asked = {"batch_id": batch.batch_id}
    drawn = await city.say("city", "supervision", "GetFileReviewBatch", CITIZEN, **asked)
    assert drawn.verified, "anybody draws again"
    return await given.assign(city.say, review.review_id, reviewers), handlers


async def known(city: City, review_id: str, state: str) -> tuple[pb.FileReview, list[Any]]:
    """What the department knows of a review, once it stands so there."""

    async def look() -> Any:
        found = await city.say(NODE, "enforcement", "ListFileReviews", HEAD)
        told = [pb.FileReview.FromString(each.value) for each in found.reviews]
        review = next((r for r in told if r.review_id == review_id), None)
        return review, [o for o in found.objections if o.review_id == review_id]

    return await city.eventually(look, lambda x: x[0] is not None and x[0].state == STATE[state])

"""What was laid on an officer acts on the certificate and stands in the file, over a running city (ASR 32; GBF-2005-37)."""

import contextlib
from datetime import UTC, datetime
from typing import Any

import grpc
from yifa.registry.v1 import accountability_entry_pb2 as entries
from yifa.registry.v1.certificate_pb2 import CertificateState
from yifa.supervision.v1 import accountability_pb2 as pb

from services.given import accountability as given
from services.given.people import OVERSIGHT, OVERSIGHT_HEAD
from services.given.people import officer as as_officer
from services.given.registry import appoint_heads
from services.given.say import Who
from tests.registry.town import CITY, Town

NODE = "huanbao"


async def entry_of(town: Town, node: str, officer_id: str) -> entries.AccountabilityEntry | None:
    asked = entries.ListAccountabilityEntriesRequest(officer_id=officer_id, page_size=10)
    found = await town.pages(node, "ListAccountabilityEntries", asked)
    return found[0] if found else None


async def matter_of(town: Town, key: str) -> pb.Accountability:
    reply = await town.say(CITY, "supervision", "GetAccountability", OVERSIGHT, accountability_id=key)
    return reply.accountability


async def served(town: Town, kind: str) -> tuple[Any, Any, pb.Accountability, Who]:
    """An officer with a certificate, and a decision on it that was served; the statement came from the officer."""
    officer, certificate = await town.certified(NODE)
    body = await town.get_body(NODE, officer.body_id)
    chief, _ = await appoint_heads(town.say, body)
    matter = await town.seen(lambda: registered(town, officer))
    for rpc in given.STEPS:
        if rpc == "HearAccountability":
            await answered(town, as_officer(officer.officer_id), matter.accountability_id, "STATEMENT")
        matter = await given.handle(town.say, matter.accountability_id, rpc, kind, datetime.now(UTC))
    return officer, certificate, matter, (chief, "AGENCY_HEAD")


async def registered(town: Town, officer: Any) -> pb.Accountability | None:
    """The matter, once supervision knows body and officer."""
    with contextlib.suppress(grpc.aio.AioRpcError):
        return await given.register(town.say, officer.body_id, officer.officer_id)
    return None


async def answered(town: Town, by: Who, key: str, kind: str, **more: Any) -> pb.Accountability:
    """Who answers learns of the matter at the own node, and answers there; the city takes it in."""

    async def given_there() -> Any:
        with contextlib.suppress(grpc.aio.AioRpcError):
            return await given.answer(town.say, NODE, by, key, kind, **more)
        return None

    said = await town.seen(given_there)

    async def taken() -> Any:
        matter = await matter_of(town, key)
        assert said.answer_id not in matter.left
        return matter if said.answer_id in {a.answer_id for a in matter.answers} else None

    return await town.seen(taken)


async def stands(town: Town, certificate: Any, state: str) -> None:
    wanted = f"CERTIFICATE_STATE_{state}"
    for node in (CITY, NODE):
        asked = lambda node=node: town.verify(certificate, node)  # noqa: E731
        await town.seen(asked, lambda reply: CertificateState.Name(reply.certificate.state) == wanted)


async def filed(town: Town, officer: Any, node: str = CITY) -> entries.AccountabilityEntry:
    return await town.seen(lambda: entry_of(town, node, officer.officer_id))


async def test_who_is_trained_off_the_post_may_not_act_until_it_is_carried_out(town: Town) -> None:
    officer, certificate, matter, head = await served(town, "OFF_POST_TRAINING")
    key = {"accountability_id": matter.accountability_id}
    await stands(town, certificate, "SUSPENDED")
    entry, there = await filed(town, officer), await filed(town, officer, NODE)
    assert list(entry.kinds) == ["OFF_POST_TRAINING"] and there.effects == entry.effects
    assert [bool(e.measure_id) and not e.refusal for e in entry.effects] == [True]

    await answered(town, as_officer(officer.officer_id), matter.accountability_id, "REVIEW")
    review = {"meeting": given.meeting(datetime.now(UTC)), "reasons": "事实清楚"}
    result = "ACCOUNTABILITY_APPEAL_RESULT_UPHELD"
    await town.say(
        CITY, "supervision", "DecideAccountabilityReview", OVERSIGHT_HEAD, result=result, **key, **review
    )
    done = {"document_number": "人事〔2026〕2号", "carried_out": ["OFF_POST_TRAINING"]}
    await answered(town, head, matter.accountability_id, "EXECUTION", **done)
    await town.say(CITY, "supervision", "CompleteAccountability", OVERSIGHT, **key)
    ended = await town.say(CITY, "supervision", "RecordAccountability", OVERSIGHT, **key)

    assert ended.accountability.state == pb.ACCOUNTABILITY_STATE_RECORDED
    await stands(town, certificate, "ACTIVE")


async def test_a_revocation_that_is_annulled_on_review_never_was(town: Town) -> None:
    officer, certificate, matter, _ = await served(town, "DISQUALIFY")
    await stands(town, certificate, "REVOKED")
    await answered(town, as_officer(officer.officer_id), matter.accountability_id, "REVIEW")
    await town.say(
        CITY, "supervision", "DecideAccountabilityReview", OVERSIGHT_HEAD,
        accountability_id=matter.accountability_id, result="ACCOUNTABILITY_APPEAL_RESULT_ANNULLED",
        meeting=given.meeting(datetime.now(UTC)), reasons="证据不足",
    )  # fmt: skip

    await stands(town, certificate, "ACTIVE")
    entry = await town.seen(lambda: entry_of(town, CITY, officer.officer_id), lambda e: e.annulled)
    assert [e.undone for e in entry.effects] == [True]


async def test_who_is_taken_from_the_post_holds_no_certificate_and_sees_the_own_file_only(town: Town) -> None:
    officer, certificate, _, _ = await served(town, "TRANSFER_FROM_POST")
    await stands(town, certificate, "CANCELLED")
    await filed(town, officer, NODE)

    own = await town.say(
        NODE,
        "registry",
        "ListAccountabilityEntries",
        as_officer(officer.officer_id),
        officer_id=officer.officer_id,
    )
    assert len(own.entries) == 1
    for who, some in ((as_officer(officer.officer_id), True), (as_officer("O-0"), False)):
        seen = await town.say(NODE, "enforcement", "ListAccountabilityMatters", who)
        assert bool(seen.matters) is some
    with town.refused("NOT_OWN_FILE", code=grpc.StatusCode.PERMISSION_DENIED):
        await town.say(
            NODE, "registry", "ListAccountabilityEntries", as_officer("O-0"), officer_id=officer.officer_id
        )

"""Enforcement bodies on their way in, proposed, reviewed, confirmed, announced; and out."""

from typing import Any

from sqlalchemy import select
from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as events

from services.kit.refusal import Exists, Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.identity import spelt, why_no_credit_code
from services.law.procedures.body import BODY
from services.registry.basic_information import clock as information
from services.registry.body.facts import BodyFacts
from services.registry.body.model import Body, body_proto
from services.registry.body.record import announce, changed, next_certificate
from services.registry.lawful import step
from services.registry.officer.model import Officer
from services.registry.power_list.model import items_of
from services.registry.power_list.succession import hand_over
from services.registry.serial import next_in


@write
def propose_body(request: body_pb2.ProposeBodyRequest, tx: Tx) -> body_pb2.ProposeBodyResponse:
    """Open the review of a body's standing (ASR 17)."""
    given = request.entrustment if request.HasField("entrustment") else None
    mandator = tx.find(Body, given.entrusting_body_id) if given else None
    body = proposed_again(request, tx) or tx.add(new_body(request, tx))
    body.state = step(BODY.PROPOSE_BODY, body.state, BodyFacts(tx, body, request), body_id=body.body_id)
    detail = body_pb2.EnforcementBody(
        seal=request.seal.strip(),
        founding_document=request.founding_document,
        legal_basis=request.legal_basis,
        entrustment=given,
    )
    if mandator:
        detail.entrustment.entrusting_body_name = mandator.name
    body.detail = detail.SerializeToString()
    return body_pb2.ProposeBodyResponse(body=announce(tx, body, events.BodyProposed, body.node))


@write(loads=(Body, "body_id"))
def review_body(request: body_pb2.ReviewBodyRequest, tx: Tx) -> body_pb2.ReviewBodyResponse:
    """Record the legality review of a body's standing (ASR 17; APL 17, 19–21, 24)."""
    body = tx.get(Body, request.body_id)
    act = BODY.PASS_BODY if request.passed else BODY.FAIL_BODY
    body.state = step(act, body.state, BodyFacts(tx, body, request), body_id=body.body_id)
    detail = body_pb2.EnforcementBody.FromString(body.detail)
    detail.review.CopyFrom(
        body_pb2.LegalityReview(
            reviewer=tx.caller.subject,
            passed=request.passed,
            opinion=request.opinion,
            met=request.met,
            review_time=tx.now,
        )
    )
    body.detail = detail.SerializeToString()
    return body_pb2.ReviewBodyResponse(body=changed(tx, body, events.BodyReviewed, body.node))


@write(loads=(Body, "body_id"))
def certify_body(request: body_pb2.CertifyBodyRequest, tx: Tx) -> body_pb2.CertifyBodyResponse:
    """Confirm a reviewed body under the number of its certificate of standing (ASR 17)."""
    body = tx.get(Body, request.body_id)
    body.state = step(BODY.CERTIFY_BODY, body.state, BodyFacts(tx, body), body_id=body.body_id)
    certify(tx, body)
    return body_pb2.CertifyBodyResponse(body=changed(tx, body, events.BodyConfirmed))


@write(loads=(Body, "body_id"))
def publish_body(request: body_pb2.PublishBodyRequest, tx: Tx) -> body_pb2.PublishBodyResponse:
    """Announce a body, or what changed of it, to the public (ASR 17)."""
    body = tx.get(Body, request.body_id)
    body.state = step(BODY.PUBLISH_BODY, body.state, BodyFacts(tx, body), body_id=body.body_id)
    body.publish_time = body.publish_time or tx.now
    detail = body_pb2.EnforcementBody.FromString(body.detail)
    detail.publish_address = request.publish_address
    body.detail = detail.SerializeToString()
    information.published(tx, events.BodyPublished, body.body_id, information.BODY)
    return body_pb2.PublishBodyResponse(body=changed(tx, body, events.BodyPublished))


@write
def confirm_body(request: body_pb2.ConfirmBodyRequest, tx: Tx) -> body_pb2.ConfirmBodyResponse:
    """Review, confirm and announce in one a body whose standing is known from its papers (ASR 17)."""
    body = new_body(request, tx)
    body.detail = body_pb2.EnforcementBody(seal=request.seal.strip()).SerializeToString()
    for act in (BODY.PROPOSE_BODY, BODY.PASS_BODY, BODY.CERTIFY_BODY, BODY.PUBLISH_BODY):
        body.state = step(act, body.state, BodyFacts(tx, body, request))
    certify(tx, body)
    body.publish_time = tx.now
    return body_pb2.ConfirmBodyResponse(body=announce(tx, tx.add(body), events.BodyConfirmed, "all"))


@write(loads=(Body, "body_id"))
def name_superior_body(
    request: body_pb2.NameSuperiorBodyRequest, tx: Tx
) -> body_pb2.NameSuperiorBodyResponse:
    """Name the body to which a body asks and reports, or take it away (CITY-ERS 1(2))."""
    body = tx.get(Body, request.body_id)
    facts = BodyFacts(tx, body, request)
    body.state = step(BODY.NAME_SUPERIOR_BODY, body.state, facts, body_id=body.body_id)
    superior = facts.superior()
    detail = body_pb2.EnforcementBody.FromString(body.detail)
    detail.superior_body_id = superior.body_id if superior else ""
    detail.superior_body_name = superior.name if superior else ""
    detail.superior_document = request.document.strip()
    body.detail = detail.SerializeToString()
    return body_pb2.NameSuperiorBodyResponse(body=changed(tx, body, events.BodySuperiorNamed))


@write(loads=(Body, "body_id"))
def withdraw_body(request: body_pb2.WithdrawBodyRequest, tx: Tx) -> body_pb2.WithdrawBodyResponse:
    """End a body's power to enforce, and name who goes on with it (ASR 10; ALIT 26(6))."""
    body = tx.get(Body, request.body_id)
    heirs = [tx.get(Body, s.body_id) for s in request.successors]
    rows = items_of(tx, body.body_id)
    facts = BodyFacts(tx, body, request)
    body.state = step(BODY.WITHDRAW_BODY, body.state, facts, body_id=body.body_id)
    detail = body_pb2.EnforcementBody.FromString(body.detail)
    detail.withdraw_time.FromDatetime(tx.now)
    detail.end = facts.end()  # type: ignore[assignment]
    detail.successors.extend(request.successors)
    body.detail = detail.SerializeToString()
    told = changed(tx, body, events.BodyWithdrawn, cause=request.cause)
    information.published(tx, events.BodyWithdrawn, body.body_id, information.BODY, information.POWERS)
    pass_on(tx, told, heirs, hand_over(tx, rows, request.successors, heirs))
    return body_pb2.WithdrawBodyResponse(body=told)


def new_body(request: body_pb2.ConfirmBodyRequest | body_pb2.ProposeBodyRequest, tx: Tx) -> Body:
    """A body that is not known yet. Raises Malformed for its credit code, Exists."""
    code = spelt(request.unified_social_credit_code)
    if wrong := why_no_credit_code(code):
        raise Malformed({"unified_social_credit_code": wrong}, reason="BAD_CREDIT_CODE")
    if known := tx.query(select(Body).where(Body.credit_code == code)):
        raise Exists(
            "ALREADY_REGISTERED",
            f"the body with credit code {code} is registered already",
            f"统一社会信用代码{code}对应的执法主体已登记",
            body_id=known[0].body_id,
        )
    return Body.new(
        body_id=tx.new_id("B-"),
        name=request.name,
        credit_code=code,
        kind=request.kind,
        node=request.node,
        document_prefix=request.document_prefix,
        field=request.field,
        state="",
    )


def proposed_again(request: body_pb2.ProposeBodyRequest, tx: Tx) -> Body | None:
    """The body that failed the review before and comes in anew, as it is described now."""
    code = request.unified_social_credit_code
    failed = select(Body).where(Body.credit_code == code, Body.state == "REJECTED")
    known: list[Body] = tx.query(failed)
    for body in known:
        body.name, body.kind, body.node = request.name, request.kind, request.node
        body.document_prefix, body.field = request.document_prefix, request.field
        body.version += 1
        return body
    return None


def certify(tx: Tx, body: Body) -> None:
    """Give a body its place in certificate numbers and a certificate of standing."""
    body.confirm_time = tx.now
    body.part = next_in(tx, "body")
    detail = body_pb2.EnforcementBody.FromString(body.detail)
    detail.certificate_number = next_certificate(tx)
    body.detail = detail.SerializeToString()


def pass_on(tx: Tx, ended: body_pb2.EnforcementBody, heirs: list[Body], gone: dict[str, list[str]]) -> None:
    """Name to each successor what goes over: items and officers."""
    if not heirs:
        return
    officers: list[Any] = tx.query(select(Officer).where(Officer.body_id == ended.body_id))
    ids = sorted(o.officer_id for o in officers)
    for heir in heirs:
        succeeded = events.BodySucceeded(
            body=body_proto(heir), predecessor=ended, item_ids=gone[heir.body_id], officer_ids=ids
        )
        tx.emit(succeeded, subject=heir.body_id, to="all")
        if gone[heir.body_id]:
            information.changed(tx, heir, information.POWERS, tx.now)

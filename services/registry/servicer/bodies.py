"""Enforcement bodies on their way in: proposed, reviewed, confirmed, announced."""

from dataclasses import replace
from datetime import UTC
from functools import cache
from typing import Any

from google.protobuf.message import Message
from sqlalchemy import bindparam, select
from yifa.law.v1 import options_pb2 as options
from yifa.registry.v1 import body_pb2, power_pb2
from yifa.registry.v1 import body_requests_pb2 as asked
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import registry_service_pb2 as pb

from services.kit.refusal import Exists, Malformed
from services.kit.rpc import read, write
from services.kit.tx import Tx
from services.kit.view import View
from services.registry.model import Body, Serial, body_proto
from services.registry.model.power import PowerItem
from services.registry.process import BODY, step
from services.registry.rules import CHINA, is_credit_code, require
from services.registry.rules.body import MAY_ENFORCE, PROPOSAL, BodyFacts, unmet

BODIES = select(*Body.__table__.columns)
ENTRUSTED = body_pb2.BODY_KIND_ENTRUSTED
MANDATORS = {body_pb2.BODY_KIND_AGENCY, body_pb2.BODY_KIND_TOWNSHIP}


class Bodies:
    @write
    def ProposeBody(self, request: asked.ProposeBodyRequest, tx: Tx) -> asked.ProposeBodyResponse:
        """Open the review of a body's standing (ASR 17)."""
        given = request.entrustment if request.HasField("entrustment") else None
        mandator = tx.find(Body, given.entrusting_body_id) if given else None
        require(PROPOSAL, mandate_facts(request.kind, given, mandator, tx), **of_mandator(given))
        body = proposed_again(request, tx) or tx.add(new_body(request, tx))
        body.state = step(BODY, "PROPOSE", body.state, BodyFacts(), body_id=body.body_id)
        detail = body_pb2.EnforcementBody(
            founding_document=request.founding_document,
            legal_basis=request.legal_basis,
            entrustment=given,
        )
        if mandator:
            detail.entrustment.entrusting_body_name = mandator.name
        body.detail = detail.SerializeToString()
        return asked.ProposeBodyResponse(body=announce(tx, body, events.BodyProposed, body.node))

    @write(loads=(Body, "body_id"))
    def RenewEntrustment(
        self, request: asked.RenewEntrustmentRequest, tx: Tx
    ) -> asked.RenewEntrustmentResponse:
        """Give an entrusted body another document of the same agency (APL 20)."""
        body, given = tx.get(Body, request.body_id), request.entrustment
        detail = body_pb2.EnforcementBody.FromString(body.detail)
        mandator = tx.find(Body, given.entrusting_body_id)
        facts = mandate_facts(body.kind, given, mandator, tx)
        require(PROPOSAL, facts, body_id=body.body_id, **of_mandator(given))
        same = detail.entrustment.entrusting_body_id == given.entrusting_body_id
        body.state = step(
            BODY, "RENEW_MANDATE", body.state, replace(facts, mandate_same=same), body_id=body.body_id
        )
        detail.entrustment.CopyFrom(given)
        detail.entrustment.entrusting_body_name = mandator.name if mandator else ""
        body.detail = detail.SerializeToString()
        return asked.RenewEntrustmentResponse(body=changed(tx, body, events.EntrustmentRenewed))

    @write(loads=(Body, "body_id"))
    def ReviewBody(self, request: asked.ReviewBodyRequest, tx: Tx) -> asked.ReviewBodyResponse:
        """Record the legality review of a body's standing (ASR 17; APL 17, 19–21, 24)."""
        body = tx.get(Body, request.body_id)
        lacking = unmet(body.kind, request.met)
        act = "PASS_LEGALITY" if request.passed else "FAIL_LEGALITY"
        about = {"unmet": ",".join(lacking)} if lacking and request.passed else {}
        body.state = step(BODY, act, body.state, BodyFacts(unmet=lacking), body_id=body.body_id, **about)
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
        return asked.ReviewBodyResponse(body=changed(tx, body, events.BodyReviewed, body.node))

    @write(loads=(Body, "body_id"))
    def CertifyBody(self, request: asked.CertifyBodyRequest, tx: Tx) -> asked.CertifyBodyResponse:
        """Confirm a reviewed body under the number of its certificate of standing (ASR 17)."""
        body = tx.get(Body, request.body_id)
        body.state = step(BODY, "CONFIRM", body.state, BodyFacts(), body_id=body.body_id)
        certify(tx, body)
        return asked.CertifyBodyResponse(body=changed(tx, body, events.BodyConfirmed))

    @write(loads=(Body, "body_id"))
    def PublishBody(self, request: asked.PublishBodyRequest, tx: Tx) -> asked.PublishBodyResponse:
        """Announce a body, or what changed of it, to the public (ASR 17)."""
        body = tx.get(Body, request.body_id)
        body.state = step(BODY, "PUBLISH", body.state, BodyFacts(), body_id=body.body_id)
        body.publish_time = body.publish_time or tx.now
        detail = body_pb2.EnforcementBody.FromString(body.detail)
        detail.publish_address = request.publish_address
        body.detail = detail.SerializeToString()
        return asked.PublishBodyResponse(body=changed(tx, body, events.BodyPublished))

    @write
    def ConfirmBody(self, request: pb.ConfirmBodyRequest, tx: Tx) -> pb.ConfirmBodyResponse:
        """Review, confirm and announce in one a body whose standing is known from its papers (ASR 17)."""
        require(PROPOSAL, mandate_facts(request.kind, None, None, tx))
        body = new_body(request, tx)
        for act in ("PROPOSE", "PASS_LEGALITY", "CONFIRM", "PUBLISH"):
            body.state = step(BODY, act, body.state, BodyFacts())
        certify(tx, body)
        body.publish_time = tx.now
        return pb.ConfirmBodyResponse(body=announce(tx, tx.add(body), events.BodyConfirmed, "all"))

    @read
    def GetBody(self, request: pb.GetBodyRequest, view: View) -> pb.GetBodyResponse:
        row = view.get(BODIES.where(Body.body_id == request.body_id), "Body", request.body_id)
        return pb.GetBodyResponse(body=body_proto(row))

    @read
    def ListBodies(self, request: pb.ListBodiesRequest, view: View) -> pb.ListBodiesResponse:
        """The bodies by id; the public sees those that were announced."""
        announced = request.announced or view.caller.only(options.ROLE_PUBLIC)
        state = body_pb2.BodyState.Name(request.state).removeprefix("BODY_STATE_")
        statement = listed(bool(request.state), announced)
        rows, token = view.page(
            statement, (Body.body_id,), request.page_size, request.page_token, wanted_state=state
        )
        return pb.ListBodiesResponse(bodies=map(body_proto, rows), next_page_token=token)


@cache
def listed(by_state: bool, announced: bool) -> Any:
    """The select of a list of bodies, one for each way of narrowing it."""
    statement = BODIES
    if by_state:
        statement = statement.where(Body.state == bindparam("wanted_state"))
    if announced:
        statement = statement.where(Body.publish_time.is_not(None))
    return statement


def mandate_facts(kind: int, given: body_pb2.Entrustment | None, mandator: Body | None, tx: Tx) -> BodyFacts:
    """How the document that entrusts a body stands."""
    lasts = given is None or (
        given.from_time.ToNanoseconds() < given.until_time.ToNanoseconds()
        and given.until_time.ToDatetime(tzinfo=UTC) > tx.now
    )
    acts = mandator is not None and mandator.state in MAY_ENFORCE and mandator.kind in MANDATORS
    items = [tx.find(PowerItem, item_id) for item_id in given.item_ids] if given else []
    own = [i for i in items if i is not None and mandator is not None and i.body_id == mandator.body_id]
    return BodyFacts(
        entrusted=kind == ENTRUSTED,
        mandate=given is not None,
        mandate_lasts=lasts,
        mandator_acts=given is None or acts,
        mandate_inside=len(own) == len(items) and (bool(items) or not has_list(mandator)),
        coercion=tuple(i.item_id for i in own if i.kind == power_pb2.POWER_KIND_COERCION),
    )


def has_list(body: Body | None) -> bool:
    """Whether a body's power list was ever published."""
    return body is not None and body_pb2.EnforcementBody.FromString(body.detail).power_list_version > 0


def of_mandator(given: body_pb2.Entrustment | None) -> dict[str, str]:
    return {"entrusting_body_id": given.entrusting_body_id} if given else {}


def new_body(request: pb.ConfirmBodyRequest | asked.ProposeBodyRequest, tx: Tx) -> Body:
    """A body that is not known yet. Raises Malformed for its credit code, Exists."""
    code = request.unified_social_credit_code
    if not is_credit_code(code):
        said = ("fails its check character (GB 32100)", "校验码不正确（GB 32100）")
        raise Malformed({"unified_social_credit_code": said}, reason="BAD_CREDIT_CODE")
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


def proposed_again(request: asked.ProposeBodyRequest, tx: Tx) -> Body | None:
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


def next_certificate(tx: Tx) -> str:
    """The next number of a certificate of standing, by year."""
    year = tx.now.astimezone(CHINA).year
    return f"ZT{year}{next_in(tx, f'body-certificate/{year}'):05d}"


def changed(tx: Tx, body: Body, event: Any, to: str = "all", **more: Any) -> body_pb2.EnforcementBody:
    """A body after an act: one version on, and announced."""
    body.version += 1
    return announce(tx, body, event, to, **more)


def announce(tx: Tx, body: Body, event: type[Message], to: str, **more: Any) -> body_pb2.EnforcementBody:
    """Tell the nodes how a body stands."""
    snapshot = body_proto(body)
    tx.emit(event(body=snapshot, **more), subject=body.body_id, to=to)
    return snapshot


def next_in(tx: Tx, series: str) -> int:
    """The next number of a series, from 1, each given out once."""
    serial = tx.find(Serial, series) or tx.add(Serial.new(series=series))
    serial.last += 1
    return serial.last

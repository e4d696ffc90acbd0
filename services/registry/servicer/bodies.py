"""Enforcement bodies: who may have officers at all."""

from sqlalchemy import select
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import registry_service_pb2 as pb

from services.kit.refusal import Exists, Malformed
from services.kit.rpc import read, write
from services.kit.tx import Tx
from services.kit.view import View
from services.registry.model import Body, Serial, body_proto
from services.registry.process import BODY, step
from services.registry.rules import Facts, is_credit_code

BODIES = select(*Body.__table__.columns)


class Bodies:
    @write
    def ConfirmBody(self, request: pb.ConfirmBodyRequest, tx: Tx) -> pb.ConfirmBodyResponse:
        """Confirm an enforcement body and make it known to all nodes (ASR 17)."""
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
        body = tx.add(
            Body.new(
                body_id=tx.new_id("B-"),
                name=request.name,
                credit_code=code,
                kind=request.kind,
                node=request.node,
                document_prefix=request.document_prefix,
                field=request.field,
                state=step(BODY, "CONFIRM", "", Facts()),
                confirm_time=tx.now,
                part=next_in(tx, "body"),
            )
        )
        tx.emit(events.BodyConfirmed(body=body_proto(body)), subject=body.body_id, to="all")
        return pb.ConfirmBodyResponse(body=body_proto(body))

    @write(loads=(Body, "body_id"))
    def WithdrawBody(self, request: pb.WithdrawBodyRequest, tx: Tx) -> pb.WithdrawBodyResponse:
        """End a body's power to enforce (ASR 10)."""
        body = tx.get(Body, request.body_id)
        body.state = step(BODY, "WITHDRAW", body.state, Facts(), body_id=body.body_id)
        body.version += 1
        withdrawn = events.BodyWithdrawn(body=body_proto(body), cause=request.cause)
        tx.emit(withdrawn, subject=body.body_id, to="all")
        return pb.WithdrawBodyResponse(body=body_proto(body))

    @read
    def GetBody(self, request: pb.GetBodyRequest, view: View) -> pb.GetBodyResponse:
        row = view.get(BODIES.where(Body.body_id == request.body_id), "Body", request.body_id)
        return pb.GetBodyResponse(body=body_proto(row))

    @read
    def ListBodies(self, request: pb.ListBodiesRequest, view: View) -> pb.ListBodiesResponse:
        rows, token = view.page(BODIES, (Body.body_id,), request.page_size, request.page_token)
        return pb.ListBodiesResponse(bodies=map(body_proto, rows), next_page_token=token)


def next_in(tx: Tx, series: str) -> int:
    """The next number of a series, from 1, each given out once."""
    serial = tx.find(Serial, series) or tx.add(Serial.new(series=series))
    serial.last += 1
    return serial.last

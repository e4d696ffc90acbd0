"""Enforcement bodies as they are read, and who goes on with their powers."""

from functools import cache
from typing import Any

from sqlalchemy import bindparam
from yifa.law.v1 import options_pb2 as options
from yifa.registry.v1 import body_pb2

from services.kit.rpc import read
from services.kit.view import View
from services.registry.body.model import BODIES, Body, body_proto
from services.registry.officer.model import OFFICERS, Officer, officer_proto


@read
def get_body(request: body_pb2.GetBodyRequest, view: View) -> body_pb2.GetBodyResponse:
    row = view.get(BODIES.where(Body.body_id == request.body_id), "Body", request.body_id)
    return body_pb2.GetBodyResponse(body=body_proto(row))


@read
def list_bodies(request: body_pb2.ListBodiesRequest, view: View) -> body_pb2.ListBodiesResponse:
    """The bodies by id; the public sees those that were announced."""
    announced = request.announced or view.caller.only(options.ROLE_PUBLIC)
    state = body_pb2.BodyState.Name(request.state).removeprefix("BODY_STATE_")
    statement = listed(bool(request.state), announced)
    rows, token = view.page(
        statement, (Body.body_id,), request.page_size, request.page_token, wanted_state=state
    )
    return body_pb2.ListBodiesResponse(bodies=map(body_proto, rows), next_page_token=token)


@cache
def listed(by_state: bool, announced: bool) -> Any:
    """The select of a list of bodies, one for each way of narrowing it."""
    statement = BODIES
    if by_state:
        statement = statement.where(Body.state == bindparam("wanted_state"))
    if announced:
        statement = statement.where(Body.publish_time.is_not(None))
    return statement


@read
def get_succession(request: body_pb2.GetSuccessionRequest, view: View) -> body_pb2.GetSuccessionResponse:
    """Who goes on with the powers of a body that ended, and who stands on its roster."""
    row = view.get(BODIES.where(Body.body_id == request.body_id), "Body", request.body_id)
    body = body_proto(row)
    heirs = [s.body_id for s in body.successors]
    rows, token = view.page(
        OFFICERS.where(Officer.body_id == body.body_id),
        (Officer.officer_id,),
        request.page_size,
        request.page_token,
    )
    found = view.rows(BODIES.where(Body.body_id.in_(heirs)).order_by(Body.body_id)) if heirs else ()
    return body_pb2.GetSuccessionResponse(
        body=body,
        successors=map(body_proto, found),
        officers=map(officer_proto, rows),
        next_page_token=token,
    )

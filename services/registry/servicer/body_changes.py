"""What changes of a body later: its certificate, and who goes on with its powers."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import body_requests_pb2 as asked
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import registry_service_pb2 as pb

from services.kit.clocks import deadline_proto, observe
from services.kit.refusal import Malformed
from services.kit.rpc import read, write
from services.kit.tx import Tx
from services.kit.view import View
from services.law.clock import catalogue, due
from services.registry.model import Body, Officer, body_proto, officer_proto
from services.registry.model.body import BodyChange
from services.registry.model.clock import Clock
from services.registry.process import BODY, step
from services.registry.rules import CHINA, Facts, body_of_this_department, require
from services.registry.rules.body import MAY_ENFORCE, BodyFacts, successors_act, unclear
from services.registry.servicer.bodies import BODIES, changed, next_certificate
from services.registry.servicer.officers import OFFICERS
from services.registry.servicer.power_lists import SHOWN, hand_over, items_of

CHANGEABLE = ("name", "document_prefix", "field")
CHANGES = select(*BodyChange.__table__.columns)


class BodyChanges:
    @write(loads=(Body, "body_id"))
    def NoteBodyChange(self, request: asked.NoteBodyChangeRequest, tx: Tx) -> asked.NoteBodyChangeResponse:
        """The city heard of a change: the department has thirty days from it to report (OFF-01)."""
        body = tx.get(Body, request.body_id)
        step(BODY, "NOTE_CHANGE", body.state, BodyFacts(), body_id=body.body_id)
        report_due(request, tx)
        at = request.change_time.ToDatetime(tzinfo=UTC)
        observe(tx, Clock, events.BodyChangeNoted.DESCRIPTOR.full_name, body.body_id, at)
        deadline = deadline_proto(tx.get(Clock, f"{body.body_id}/OFF-01"))
        noted = events.BodyChangeNoted(body=body_proto(body), deadline=deadline, cause=request.cause)
        tx.emit(noted, subject=body.body_id, to=body.node)
        return asked.NoteBodyChangeResponse(deadline=deadline)

    @write(loads=(Body, "body_id"))
    def ReportBodyChange(
        self, request: asked.ReportBodyChangeRequest, tx: Tx
    ) -> asked.ReportBodyChangeResponse:
        """Report to the city what changed of a body's certificate, within 30 days (OFF-01)."""
        body = tx.get(Body, request.body_id)
        require((body_of_this_department,), Facts(body_here=body.node == tx.node), body_id=body.body_id)
        step(BODY, "REPORT_CHANGE", body.state, BodyFacts(), body_id=body.body_id)
        if not any(getattr(request, name) for name in CHANGEABLE):
            raise Malformed({"name": ("or another field has to change", "应当至少变更一项登记事项")})
        due_time = report_due(request, tx)
        change = body_pb2.BodyChange(
            change_id=tx.new_id("BC-"),
            body_id=body.body_id,
            **{name: getattr(request, name) for name in CHANGEABLE},
            papers=request.papers,
            change_time=request.change_time,
            report_time=tx.now,
            due_time=due_time,
            late=tx.now > due_time,
        )
        keep_change(tx, change)
        tx.emit(events.BodyChangeReported(change=change), subject=body.body_id)
        return asked.ReportBodyChangeResponse(change=change)

    @write(loads=(Body, "body_id"))
    def DecideBodyChange(
        self, request: asked.DecideBodyChangeRequest, tx: Tx
    ) -> asked.DecideBodyChangeResponse:
        """Accept a reported change and issue a new certificate, or refuse it."""
        body = tx.get(Body, request.body_id)
        act = "REISSUE" if request.accepted else "REFUSE_CHANGE"
        body.state = step(BODY, act, body.state, BodyFacts(), body_id=body.body_id)
        detail = body_pb2.EnforcementBody.FromString(body.detail)
        change, replaced = detail.pending, detail.certificate_number
        change_id = change.change_id
        if request.accepted:
            for name in CHANGEABLE:
                setattr(body, name, getattr(change, name) or getattr(body, name))
            detail.certificate_number = next_certificate(tx)
            detail.reissue_time.FromDatetime(tx.now)
        detail.ClearField("pending")
        body.detail = detail.SerializeToString()
        told = (
            changed(tx, body, events.BodyReissued, replaced=replaced)
            if request.accepted
            else changed(tx, body, events.BodyChangeRefused, change_id=change_id, opinion=request.opinion)
        )
        return asked.DecideBodyChangeResponse(body=told)

    @write(loads=(Body, "body_id"))
    def WithdrawBody(self, request: pb.WithdrawBodyRequest, tx: Tx) -> pb.WithdrawBodyResponse:
        """End a body's power to enforce, and name who goes on with it (ASR 10; ALIT 26(6))."""
        body = tx.get(Body, request.body_id)
        heirs = [tx.get(Body, s.body_id) for s in request.successors]
        rows = items_of(tx, body.body_id)
        listed = [row.item_id for row in rows if row.state in SHOWN] if heirs else []
        unsure = unclear(listed, [s.item_ids for s in request.successors])
        facts = BodyFacts(
            end=request.end or body_pb2.BODY_END_ABOLISHED,
            successors=tuple(s.body_id for s in request.successors if s.body_id != body.body_id),
            successors_act=all(h.state in MAY_ENFORCE for h in heirs),
            items_unclear=unsure,
        )
        about = {"items": ",".join(unsure[:20])} if unsure else {}
        state = step(BODY, "WITHDRAW", body.state, facts, body_id=body.body_id, **about)
        require((successors_act,), facts, body_id=body.body_id)
        body.state = state
        detail = body_pb2.EnforcementBody.FromString(body.detail)
        detail.withdraw_time.FromDatetime(tx.now)
        detail.end = facts.end
        detail.successors.extend(request.successors)
        body.detail = detail.SerializeToString()
        told = changed(tx, body, events.BodyWithdrawn, cause=request.cause)
        pass_on(tx, told, heirs, hand_over(tx, rows, request.successors, heirs))
        return pb.WithdrawBodyResponse(body=told)

    @read
    def GetSuccession(self, request: asked.GetSuccessionRequest, view: View) -> asked.GetSuccessionResponse:
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
        return asked.GetSuccessionResponse(
            body=body,
            successors=map(body_proto, found),
            officers=map(officer_proto, rows),
            next_page_token=token,
        )

    @read
    def ListBodyChanges(
        self, request: asked.ListBodyChangesRequest, view: View
    ) -> asked.ListBodyChangesResponse:
        """The changes that were reported, by id; the late ones alone if asked."""
        statement = CHANGES
        if request.body_id:
            statement = statement.where(BodyChange.body_id == request.body_id)
        if request.late:
            statement = statement.where(BodyChange.late.is_(True))
        rows, token = view.page(statement, (BodyChange.change_id,), request.page_size, request.page_token)
        changes = (body_pb2.BodyChange.FromString(row.record) for row in rows)
        return asked.ListBodyChangesResponse(changes=changes, next_page_token=token)


def report_due(request: asked.ReportBodyChangeRequest | asked.NoteBodyChangeRequest, tx: Tx) -> datetime:
    """The last moment to report a change. Raises Malformed for one at no possible time."""
    try:
        at = request.change_time.ToDatetime(tzinfo=UTC).astimezone(CHINA)
        clock = tx.parameters.clock(catalogue()["OFF-01"], at.date())
        return due(clock, at, tx.calendar).at
    except (ValueError, OverflowError):
        said = (
            "lies before the duty to report, or beyond the calendar",
            "早于报告义务施行之日，或者不是有效时间",
        )
        raise Malformed({"change_time": said}) from None


def keep_change(tx: Tx, change: body_pb2.BodyChange) -> None:
    record = change.SerializeToString()
    tx.add(
        BodyChange.new(change_id=change.change_id, body_id=change.body_id, late=change.late, record=record)
    )


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

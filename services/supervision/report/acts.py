"""Saving reports of one's own."""

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import report_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.supervision.report.asked import check
from services.supervision.report.model import ReportDefinition

PREFIX = "RD-"


@write(loads=(ReportDefinition, "definition_id"))
def save_report_definition(
    request: pb.SaveReportDefinitionRequest, tx: Tx
) -> pb.SaveReportDefinitionResponse:
    """Save criteria under a title, or change what was saved. Refuses with NOT_FOUND, MALFORMED."""
    check(request.criteria)
    if request.definition_id:
        row = saved(tx, request.definition_id)
        definition = row.definition()
    else:
        definition = pb.ReportDefinition(definition_id=tx.new_id(PREFIX), owner=tx.caller.subject)
        row = tx.add(
            ReportDefinition.new(
                definition_id=definition.definition_id, save_time=tx.now, version=0, record=b""
            )
        )
    definition.title = request.title
    definition.criteria.CopyFrom(request.criteria)
    definition.version += 1
    put_moment(definition.save_time, tx.now)
    row.save_time, row.version = tx.now, definition.version
    row.record = definition.SerializeToString(deterministic=True)
    tx.emit(events.ReportDefinitionSaved(definition=definition), subject=definition.definition_id)
    return pb.SaveReportDefinitionResponse(definition=definition)


def saved(tx: Tx, definition_id: str) -> ReportDefinition:
    """The row of a definition that was not deleted. Raises Missing."""
    row = tx.get(ReportDefinition, definition_id)
    if row.deleted:
        raise Missing("ReportDefinition", definition_id)
    return row


@write(loads=(ReportDefinition, "definition_id"))
def delete_report_definition(
    request: pb.DeleteReportDefinitionRequest, tx: Tx
) -> pb.DeleteReportDefinitionResponse:
    """Delete what was saved. Refuses with NOT_FOUND."""
    row = saved(tx, request.definition_id)
    definition = row.definition()
    definition.version += 1
    row.deleted, row.version = True, definition.version
    row.record = definition.SerializeToString(deterministic=True)
    tx.emit(events.ReportDefinitionDeleted(definition=definition), subject=definition.definition_id)
    return pb.DeleteReportDefinitionResponse(definition=definition)

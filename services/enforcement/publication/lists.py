"""The table of penalties for the credit platforms (双公示)."""

from collections.abc import AsyncIterator, Iterator

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import publication_pb2 as pb

from services.enforcement.body.model import Body
from services.enforcement.case.facts import legible
from services.enforcement.case.model import Case
from services.enforcement.past_penalty.lists import HISTORY
from services.enforcement.past_penalty.model import PastPenalty
from services.kit.rpc import stream
from services.kit.view import Feed
from services.law.calendar import SHANGHAI
from services.law.moment import moment_of
from services.law.procedures.penalty import DECIDED
from services.law.procedures.penalty.credit import display
from services.law.procedures.penalty.penalty_table import Sent, columns, is_sent, row_faults, values
from services.law.procedures.penalty.public_text import public_decision
from services.law.procedures.penalty.publicity import known_of_age

ROWS = select(Case.case_id, Case.identity_number, Case.record).where(Case.state.in_(DECIDED.split()))
PAGE = 100


@stream
async def export_penalty_table(
    request: pb.ExportPenaltyTableRequest, feed: Feed
) -> AsyncIterator[pb.ExportPenaltyTableResponse]:
    """The penalties that the platforms get, each with what is wrong with its row. Of whom it is not known that they
    are of age, and what is kept back, is not among them.
    """
    if request.past:
        for rows in _brought_in(feed):
            yield rows
        return
    bounds = [legible(request, name) if request.HasField(name) else None for name in ("since", "until")]
    today, token = feed.now.astimezone(SHANGHAI).date(), ""
    while True:
        found, token = feed.page(ROWS, (Case.case_id,), PAGE, token)
        reply = pb.ExportPenaltyTableResponse()
        for sent in _sent(feed, found, *bounds):
            row = values(sent)
            told = reply.rows.add(case_id=sent.case.case_id)
            for column, value in zip(columns(), row, strict=True):
                if value:
                    told.values[column.code] = value
            for fault in row_faults(row, today):
                told.faults.add(column=fault.column, text_zh=fault.zh, text_en=fault.en)
        if reply.rows:
            yield reply
        if not token:
            return


def _brought_in(feed: Feed) -> Iterator[pb.ExportPenaltyTableResponse]:
    """The penalties of before, as they came."""
    token = ""
    while True:
        found, token = feed.page(HISTORY, (PastPenalty.key,), PAGE, token)
        if found:
            rows = [pb.PenaltyTableRow(values=dict(row.entries)) for row in found]
            yield pb.ExportPenaltyTableResponse(rows=rows)
        if not token:
            return


def _sent(feed: Feed, found: object, since: object, until: object) -> Iterator[Sent]:
    for row in found:  # type: ignore[attr-defined]
        case = cases.Case.FromString(row.record)
        decided = moment_of(case.decision.decide_time)
        outside = (since is not None and decided < since) or (until is not None and decided > until)  # type: ignore[operator]
        if outside or not known_of_age(case, row.identity_number):
            continue
        body = feed.find(Body, case.body_id)
        agency = feed.find(Body, body.mandator_id) if body is not None and body.mandator_id else body
        sent = Sent(
            case,
            public_decision(case, row.identity_number, named=True, redactions=case.publication.redactions),
            row.identity_number,
            case.in_name_of or case.body_name,
            agency.credit_code if agency is not None else "",
            display(case, feed.parameters, feed.calendar),
        )
        if is_sent(sent):
            yield sent

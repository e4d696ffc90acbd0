"""What stands in the file of an officer or a unit."""

from sqlalchemy import select
from yifa.law.v1 import options_pb2 as options
from yifa.registry.v1 import accountability_entry_pb2 as messages

from services.kit.refusal import Denied
from services.kit.rpc import read
from services.kit.view import View
from services.registry.accountability_entry.model import AccountabilityEntry

ENTRIES = select(
    AccountabilityEntry.accountability_id, AccountabilityEntry.serve_time, AccountabilityEntry.record
)  # type: ignore[call-overload]
NEWEST = (AccountabilityEntry.serve_time.desc(), AccountabilityEntry.accountability_id.desc())  # type: ignore[attr-defined]


@read
def list_accountability_entries(
    request: messages.ListAccountabilityEntriesRequest, view: View
) -> messages.ListAccountabilityEntriesResponse:
    """The entries, newest first. An officer sees only the own. Refuses with NOT_OWN_FILE, BAD_PAGE_TOKEN."""
    if view.caller.only(options.ROLE_HANDLING_OFFICER) and view.caller.subject != request.officer_id:
        raise Denied("NOT_OWN_FILE", "this is another officer's file", "不是本人的执法档案")
    statement = ENTRIES
    if request.officer_id:
        statement = statement.where(AccountabilityEntry.officer_id == request.officer_id)
    if request.body_id:
        statement = statement.where(AccountabilityEntry.body_id == request.body_id)
    rows, token = view.page(statement, NEWEST, request.page_size, request.page_token)
    entries = [messages.AccountabilityEntry.FromString(row.record) for row in rows]
    return messages.ListAccountabilityEntriesResponse(entries=entries, next_page_token=token)

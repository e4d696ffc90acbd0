"""Whole lists of institutions that take samples (SAMR 31(3))."""

from collections.abc import Iterator
from typing import Any

from yifa.enforcement.v1 import register_list_pb2 as lists
from yifa.enforcement.v1 import sampling_institution_pb2 as pb

from services.enforcement.listing import (
    Fault,
    again,
    begin,
    day_faults,
    day_of,
    differing,
    end,
    in_order,
    malformed,
    refused,
    tell,
)
from services.enforcement.sampling_institution.acts import enter_sampling_institution
from services.enforcement.sampling_institution.model import institutions_with
from services.kit.rpc import exchange
from services.kit.tx import Tx

OWN = ("name", "issuer", "scope")
TERM = {"from_time": "from_date", "until_time": "until_date"}
ENDS_BEFORE = "is before the first day of the qualification", "早于资质有效期的第一日"


@exchange
def import_sampling_institutions(
    request: lists.ImportSamplingInstitutionsRequest, seen: dict[str, int], tx: Tx
) -> lists.ImportSamplingInstitutionsResponse:
    """Enter the institutions of a part; each bad row is told."""
    reply = lists.ImportSamplingInstitutionsResponse()
    for row in request.rows:
        faults = [*in_order(row), *wrong(row), *again(seen, "qualification", row.qualification, row.line)]
        if faults:
            tell(reply, row.line, faults)
            continue
        asked, listed = institution_of(row), institutions_with(tx, row.qualification)
        kept = next((each for each in listed if not each.HasField("leave_time")), None)
        if kept is not None:
            faults = [*differing(row, kept, OWN), *terms_differ(asked, kept)]
            reply.unchanged += not faults
        else:
            faults = [] if request.dry_run else refused(enter_sampling_institution, asked, tx)
            reply.added += not faults
        tell(reply, row.line, faults)
    return reply


def wrong(row: Any) -> Iterator[Fault]:
    """What is wrong with a row by itself."""
    days = [fault for field in TERM.values() for fault in day_faults(row, field)]
    yield from days
    since, until = day_of(row, "from_date"), day_of(row, "until_date")
    if since is not None and until is not None and until < since:
        yield Fault("until_date", *ENDS_BEFORE)
    yield from (each for each in malformed(institution_of(row), TERM) if each.field not in TERM.values())


def terms_differ(asked: Any, kept: pb.SamplingInstitution) -> Iterator[Fault]:
    for name, field in TERM.items():
        if getattr(asked, name) != getattr(kept, name):
            said = "differs from the list; an import changes nothing", "与名录记载不一致，批量导入不作变更"
            yield Fault(field, *said)


def institution_of(row: Any) -> pb.EnterSamplingInstitutionRequest:
    own = {name: getattr(row, name) for name in (*OWN, "qualification")}
    asked = pb.EnterSamplingInstitutionRequest(request_id="list", **own)
    if (since := day_of(row, "from_date")) is not None:
        begin(asked.from_time, since)
    if (until := day_of(row, "until_date")) is not None:
        end(asked.until_time, until)
    return asked

"""The enforcement data of one kind, as they are exchanged with the province: from what is on record, and from nothing else."""

from collections.abc import AsyncIterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import select
from yifa.enforcement.v1 import exchange_pb2 as pb

from services.enforcement.case.facts import legible
from services.enforcement.case.model import Case
from services.enforcement.inspection.model import Inspection
from services.enforcement.measure.model import Measure
from services.kit.refusal import Malformed
from services.kit.rpc import stream
from services.kit.view import Feed
from services.law.exchange import RECORDS, Column, Kind, WrongColumn, cells, check, kinds
from services.law.moment import moment_at
from services.law.procedures.penalty import DECIDED

PAGE = 100


class Source(NamedTuple):
    """Where the records of a kind are, and where they say when it was done; one that has no such time was not done yet."""

    rows: Any
    key: Any
    done: str


SOURCES: Mapping[str, Source] = MappingProxyType(
    {
        "case": Source(
            select(Case.case_id, Case.record).where(Case.state.in_(DECIDED.split())),  # type: ignore[attr-defined]
            Case.case_id,
            "decision.decide_time",
        ),
        "measure": Source(
            select(Measure.measure_id, Measure.record), Measure.measure_id, "execution.execute_time"
        ),
        "inspection": Source(
            select(Inspection.inspection_id, Inspection.record),
            Inspection.inspection_id,
            "check_in.check_in_time",
        ),
    }
)


@stream
async def export_enforcement_data(
    request: pb.ExportEnforcementDataRequest, feed: Feed
) -> AsyncIterator[pb.ExportEnforcementDataResponse]:
    """The records of a kind, in the columns that are asked for. Raises Malformed for a column that no record can fill."""
    name = pb.EnforcementDataKind.Name(request.kind).removeprefix("ENFORCEMENT_DATA_KIND_").lower()
    kind = kinds()[name]
    if not kind.record:
        yield pb.ExportEnforcementDataResponse(no_source_zh=kind.no_source_zh, no_source_en=kind.no_source_en)
        return
    columns = wanted(request, kind)
    bounds = [legible(request, name) if request.HasField(name) else None for name in ("since", "until")]
    yield pb.ExportEnforcementDataResponse(titles=[column.title for column in columns])
    source, token = SOURCES[kind.record], ""
    while True:
        found, token = feed.page(source.rows, (source.key,), PAGE, token)
        records = (RECORDS[kind.record].FromString(row.record) for row in found)  # type: ignore[attr-defined]
        kept = [record for record in records if inside(moment_at(record, source.done), *bounds)]
        if kept:
            rows = [pb.ExchangeRow(cells=cells(record, columns)) for record in kept]
            yield pb.ExportEnforcementDataResponse(rows=rows)
        if not token:
            return


def wanted(request: pb.ExportEnforcementDataRequest, kind: Kind) -> tuple[Column, ...]:
    """The columns that are asked for; all of the table where none are named."""
    if not request.columns:
        return kind.columns
    asked = tuple(
        Column(each.title, each.path, each.form or "text", each.value, dict(each.say))
        for each in request.columns
    )
    for n, column in enumerate(asked):
        try:
            check(kind.record, (column,))
        except WrongColumn as wrong:
            raise Malformed({f"columns[{n}]": (wrong.en, wrong.zh)}) from None
    return asked


def inside(at: Any, since: Any, until: Any) -> bool:
    """Whether something was done, and between the bounds."""
    return at is not None and (since is None or at >= since) and (until is None or at <= until)

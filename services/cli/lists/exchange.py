"""The enforcement data of one kind, as they are exchanged with the province."""

from collections.abc import Sequence
from pathlib import Path

from yifa.enforcement.v1 import enforcement_service_pb2_grpc as rpc
from yifa.enforcement.v1 import exchange_pb2 as pb

from services.cli.lists.give import written
from services.kit.dial import Target, channel
from services.law.written import toml_of
from services.node.callers import Metadata
from services.node.failure import Failure


class NoSource(Exception):
    """There is no record of this kind; says why in both languages."""


def read_columns(file: Path | None) -> list[pb.ExchangeColumn]:
    """The columns of a province: [[column]] with title, path or value, form, say. Raises Failure."""
    if file is None:
        return []
    try:
        found = [pb.ExchangeColumn(**entry) for entry in toml_of(file)["column"]]
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as wrong:
        raise Failure(f"{file}: {wrong}; say [[column]] with title, and path or value") from None
    if not found:
        raise Failure(f"{file}: has no column")
    return found


async def give(target: Target, metadata: Metadata, kind: str, file: Path, columns: Path | None) -> int:
    """Write the data of a kind (permit, penalty, coercion, inspection, levy) to a file; how many rows.

    Raises NoSource where there are none here, Failure.
    """
    request = pb.ExportEnforcementDataRequest(
        kind=f"ENFORCEMENT_DATA_KIND_{kind.upper()}",
        columns=read_columns(columns),  # type: ignore[arg-type]
    )
    head, rows = list[str](), list[Sequence[object]]()
    async with channel(target) as there:
        stub = rpc.EnforcementServiceStub(there)
        async for reply in stub.ExportEnforcementData(request, metadata=metadata):
            if reply.no_source_zh:
                raise NoSource(f"{reply.no_source_zh} ({reply.no_source_en})")
            head = head or list(reply.titles)
            rows += [list(row.cells) for row in reply.rows]
    return written(file, head, rows)

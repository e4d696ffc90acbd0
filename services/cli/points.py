"""Bringing the city's table of causes and points into force."""

from datetime import date, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from google.protobuf import json_format
from yifa.registry.v1 import points_pb2 as pb
from yifa.registry.v1 import registry_service_pb2_grpc

from services.kit.dial import channel
from services.law.calendar import SHANGHAI
from services.law.written import toml_of
from services.node.failure import Failure
from services.node.plan import Plan


def read_table(file: Path) -> pb.PublishPointsTableRequest:
    """A table from a TOML file: `since`, `document`, and a [[cause]] for each cause. Raises Failure naming what is wrong."""
    try:
        tables = toml_of(file)
    except (ValueError, OSError) as wrong:
        raise Failure(f"{file} cannot be read as a table of points: {wrong}") from None
    since = tables.get("since")
    if not isinstance(since, date) or isinstance(since, datetime):
        raise Failure(f"{file}: `since` is the day from which the table is in force, as 2026-01-01")
    request = pb.PublishPointsTableRequest(document=str(tables.get("document", "")))
    request.since_time.FromDatetime(datetime(since.year, since.month, since.day, tzinfo=SHANGHAI))
    for n, cause in enumerate(tables.get("cause", ()), 1):
        try:
            json_format.ParseDict(cause, request.causes.add())
        except json_format.ParseError as wrong:
            raise Failure(f"{file}: cause {n}: {wrong}") from None
    content = request.SerializeToString(deterministic=True)
    request.request_id = str(uuid5(NAMESPACE_URL, content.hex()))
    return request


async def publish_points(plan: Plan, file: Path) -> pb.PointsTable:
    """Publish the table of a file at the city; the same file again publishes nothing twice. Raises Failure, AioRpcError."""
    request = read_table(file)
    metadata = (("authorization", f"Bearer {plan.token('importer', plan.city.id, 'REGISTRAR')}"),)
    async with channel(plan.target(plan.city.id)) as there:
        stub = registry_service_pb2_grpc.RegistryServiceStub(there)
        reply: pb.PublishPointsTableResponse = await stub.PublishPointsTable(request, metadata=metadata)
    return reply.table

"""The registers that stand behind evidence, as all departments keep them: listed, and one entry with how it stands now."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1.monitoring_device_pb2 import MonitoringDevice
from yifa.enforcement.v1.sampling_institution_pb2 import SamplingInstitution
from yifa.supervision.v1 import evidence_register_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View
from services.law.registers import Standing, device_standing, institution_standing
from services.supervision.body.model import Body
from services.supervision.counts import count
from services.supervision.evidence_register.model import DEVICE, INSTITUTION, RegisteredSource

SOURCES: Any = RegisteredSource.__table__  # type: ignore[attr-defined]
BODIES: Any = Body.__table__  # type: ignore[attr-defined]


@read
def get_monitoring_device(
    request: pb.GetMonitoringDeviceRequest, view: View
) -> pb.GetMonitoringDeviceResponse:
    """A device, whose it is and how it stands now. Raises Missing."""
    record = _record(view, "MonitoringDevice", DEVICE, request.device_id)
    return pb.GetMonitoringDeviceResponse(device=_devices(view, [record])[0])


@read
def list_monitoring_devices(
    request: pb.ListMonitoringDevicesRequest, view: View
) -> pb.ListMonitoringDevicesResponse:
    """The devices of all departments, those entered last first. Refuses with BAD_PAGE_TOKEN."""
    records, token, total = _listed(view, DEVICE, request, request.number)
    devices = _devices(view, records)
    return pb.ListMonitoringDevicesResponse(devices=devices, next_page_token=token, total=total)


@read
def get_sampling_institution(
    request: pb.GetSamplingInstitutionRequest, view: View
) -> pb.GetSamplingInstitutionResponse:
    """An institution and how it stands now. Raises Missing."""
    record = _record(view, "SamplingInstitution", INSTITUTION, request.institution_id)
    return pb.GetSamplingInstitutionResponse(institution=_institution(view, record))


@read
def list_sampling_institutions(
    request: pb.ListSamplingInstitutionsRequest, view: View
) -> pb.ListSamplingInstitutionsResponse:
    """The institutions on the lists of all departments, those entered last first. Refuses with BAD_PAGE_TOKEN."""
    records, token, total = _listed(view, INSTITUTION, request, request.qualification)
    institutions = [_institution(view, record) for record in records]
    return pb.ListSamplingInstitutionsResponse(institutions=institutions, next_page_token=token, total=total)


def _record(view: View, noun: str, kind: str, key: str) -> bytes:
    row = view.one(select(SOURCES.c.record).where(SOURCES.c.key == key, SOURCES.c.kind == kind))
    if row is None:
        raise Missing(noun, key)
    return bytes(row.record)


def _listed(view: View, kind: str, request: Any, number: str) -> tuple[list[bytes], str, int]:
    """A page of the entries that are asked for, the token of the next, and how many there are."""
    wanted: list[Any] = [SOURCES.c.kind == kind]
    if request.node:
        wanted.append(SOURCES.c.node == request.node)
    if request.state:
        name = pb.RegisterState.Name(request.state)
        wanted.append(SOURCES.c.state == name.removeprefix("REGISTER_STATE_"))
    if number:
        wanted.append(SOURCES.c.number == number)
    its = select(SOURCES.c.key, SOURCES.c.record).where(*wanted)
    rows, token = view.page(its, (SOURCES.c.key.desc(),), request.page_size, request.page_token)
    return [bytes(row.record) for row in rows], token, count(view, SOURCES, wanted)


def _devices(view: View, records: list[bytes]) -> list[pb.RegisteredDevice]:
    devices = [MonitoringDevice.FromString(record) for record in records]
    named = select(BODIES.c.body_id, BODIES.c.name).where(BODIES.c.body_id.in_({d.body_id for d in devices}))
    names = {row.body_id: row.name for row in view.rows(named)}
    return [
        pb.RegisteredDevice(
            device=each, body_name=names.get(each.body_id, ""), standing=_told(view, device_standing, each)
        )
        for each in devices
    ]


def _institution(view: View, record: bytes) -> pb.RegisteredInstitution:
    entry = SamplingInstitution.FromString(record)
    return pb.RegisteredInstitution(institution=entry, standing=_told(view, institution_standing, entry))


def _told(view: View, standing: Callable[..., Standing], entry: Any) -> pb.RegisterStanding:
    """How an entry stands now, as the contract says it."""
    return pb.RegisterStanding.Value(f"REGISTER_STANDING_{standing(entry, view.now).name}")

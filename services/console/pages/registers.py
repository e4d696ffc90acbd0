"""The registers that stand behind evidence: monitoring devices and institutions that take samples, listed, and one of each."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import evidence_register_pb2 as pb

from services.console.console import console_of
from services.console.pages.beside import Listing, listed
from services.console.render import page

DEVICES, INSTITUTIONS = "/monitoring-devices", "/sampling-institutions"
MONITORING_DEVICES = Listing(
    DEVICES,
    "monitoring_devices.html",
    "monitoring_devices",
    pb.ListMonitoringDevicesRequest,
    "RegisterState",
    "devices",
    "number",
)
SAMPLING_INSTITUTIONS = Listing(
    INSTITUTIONS,
    "sampling_institutions.html",
    "sampling_institutions",
    pb.ListSamplingInstitutionsRequest,
    "RegisterState",
    "institutions",
    "qualification",
)


async def device(request: Request) -> Response:
    """One monitoring device, with all its reviews and publications."""
    found = await console_of(request).supervision.monitoring_device(request.path_params["device_id"])
    return page(request, "monitoring_device.html", r=found, d=found.device)


async def institution(request: Request) -> Response:
    """One institution that takes samples."""
    key = request.path_params["institution_id"]
    found = await console_of(request).supervision.sampling_institution(key)
    return page(request, "sampling_institution.html", r=found, i=found.institution)


ROUTES = [
    listed(MONITORING_DEVICES),
    Route(DEVICES + "/{device_id}", device),
    listed(SAMPLING_INSTITUTIONS),
    Route(INSTITUTIONS + "/{institution_id}", institution),
]

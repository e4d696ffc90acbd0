"""Verbs of the registrar's desk: standing, measures, losses, transfers; and a registry whose clock leaps."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.registry.v1 import certificate_pb2 as certificates
from yifa.registry.v1 import loss_pb2 as losses
from yifa.registry.v1 import measure_pb2, officer_pb2, standing_pb2
from yifa.registry.v1 import transfer_pb2 as transfers

from services.given.people import id_number
from services.law.layer import Dated, Parameter
from services.law.parameters import national
from tests.layers import also_set
from tests.registry.town import CITY, Town

SERIALS = iter(range(50_000, 60_000))


def moment(stamp: Timestamp) -> datetime:
    return stamp.ToDatetime(tzinfo=UTC)


class Desk:
    """Given and When verbs beside those of the town."""

    def __init__(self, town: Town):
        self.town, self.city = town, town.city

    async def ask(self, node: str, method: str, request: Any, *roles: str, subject: str = "") -> Any:
        by = roles or ("REGISTRAR",)
        return await self.town.call(node, "registry", method, request, *by, subject=subject, of=node)

    async def standing(self, node: str, officer: Any, **more: Any) -> standing_pb2.CheckStandingResponse:
        request = standing_pb2.CheckStandingRequest(officer_id=officer.officer_id, **more)
        return await self.ask(node, "CheckStanding", request, "UNIT_HEAD")

    async def renew(self, certificate: Any, score: int = 90) -> Any:
        request = certificates.RenewCertificateRequest(
            certificate_number=certificate.certificate_number, score=score
        )
        return (await self.ask(CITY, "RenewCertificate", request)).certificate

    async def report_loss(self, certificate: Any, node: str = "", **more: Any) -> Any:
        request = losses.ReportLossRequest(
            certificate_number=certificate.certificate_number, circumstances="外出检查途中遗失", **more
        )
        return await self.ask(node or certificate.node, "ReportLoss", request, "ROSTER_CLERK")

    async def declare_loss(self, certificate: Any) -> Any:
        request = losses.DeclareLossRequest(
            certificate_number=certificate.certificate_number, publication="示例日报"
        )
        return await self.ask(certificate.node, "DeclareLoss", request, "ROSTER_CLERK")

    async def reissue(self, certificate: Any) -> Any:
        request = losses.ReissueCertificateRequest(certificate_number=certificate.certificate_number)
        return (await self.ask(CITY, "ReissueCertificate", request)).certificate

    async def cancel(self, certificate: Any, cause: int = 2, **more: Any) -> Any:
        request = certificates.CancelCertificateRequest(
            certificate_number=certificate.certificate_number, cause=cause, **more
        )
        return await self.ask(CITY, "CancelCertificate", request)

    async def card_back(self, certificate: Any) -> Any:
        request = certificates.RecordCardReturnRequest(certificate_number=certificate.certificate_number)
        return (await self.ask(CITY, "RecordCardReturn", request)).certificate

    async def void(self, certificate: Any, since: datetime, **more: Any) -> Any:
        request = certificates.VoidCertificateRequest(
            certificate_number=certificate.certificate_number,
            from_time=since,
            cause="以虚假材料取得证件",
            law="ASR-2025:32",
        )
        request.MergeFrom(certificates.VoidCertificateRequest(**more))
        return await self.ask(CITY, "VoidCertificate", request)

    async def appeal(self, measure: Any) -> Any:
        request = measure_pb2.AppealMeasureRequest(measure_id=measure.measure_id, grounds="事实不清")
        return (await self.ask(CITY, "AppealMeasure", request)).measure

    async def conclude(self, measure: Any, overturned: bool, subject: str = "") -> Any:
        request = measure_pb2.ConcludeAppealRequest(
            measure_id=measure.measure_id, overturned=overturned, opinion="复核意见"
        )
        return await self.ask(CITY, "ConcludeAppeal", request, "OVERSIGHT", subject=subject)

    async def measures(self, node: str, certificate: Any) -> list[Any]:
        request = measure_pb2.ListMeasuresRequest(certificate_number=certificate.certificate_number)
        return list((await self.ask(node, "ListMeasures", request)).measures)

    async def transfer(self, officer: Any, body: Any, node: str = "") -> transfers.Transfer:
        request = transfers.RequestTransferRequest(
            officer_id=officer.officer_id, to_body_id=body.body_id, cause="工作需要"
        )
        reply = await self.ask(node or officer.node, "RequestTransfer", request, "ROSTER_CLERK")
        return reply.transfer

    async def decide(self, transfer: Any, approved: bool = True) -> Any:
        """Decide once the city has heard of it."""
        request = transfers.DecideTransferRequest(transfer_id=transfer.transfer_id, approved=approved)
        return await self.city.eventually(lambda: self.ask(CITY, "DecideTransfer", request))

    async def receive(self, officer: Any, node: str, number: str = "") -> officer_pb2.Officer:
        request = transfers.ReceiveOfficerRequest(
            officer_id=officer.officer_id,
            id_number=number or id_number(next(SERIALS)),
            unit="执法二大队",
            post="执法岗",
        )
        return (await self.ask(node, "ReceiveOfficer", request, "ROSTER_CLERK")).officer

    async def leave(self, officer: Any, cause: int = 1, **more: Any) -> officer_pb2.Officer:
        request = self.leaving(officer, cause, **more)
        return (await self.ask(officer.node, "RecordLeaving", request, "ROSTER_CLERK")).officer

    @staticmethod
    def leaving(officer: Any, cause: int = 1, **more: Any) -> officer_pb2.RecordLeavingRequest:
        return officer_pb2.RecordLeavingRequest(officer_id=officer.officer_id, cause=cause, **more)

    async def certificate(self, node: str, number: str) -> Any:
        request = certificates.VerifyCertificateRequest(certificate_number=number)
        return (await self.ask(node, "VerifyCertificate", request)).certificate

    async def told(self, node: str, certificate: Any, state: str) -> Any:
        """Wait until a node shows a certificate in a state."""
        from yifa.registry.v1 import certificate_pb2

        wanted = certificate_pb2.CertificateState.Value(f"CERTIFICATE_STATE_{state}")
        number = certificate.certificate_number
        return await self.town.seen(lambda: self.certificate(node, number), lambda c: c.state == wanted)

    @contextlib.contextmanager
    def clock(self, at: datetime, *nodes: str) -> Iterator[None]:
        """The registries of these nodes (the city's, if none is named) live at a moment."""
        arounds = [self.city.nodes[node].running("registry").around for node in nodes or (CITY,)]
        before = [around.now for around in arounds]
        for around in arounds:
            around.now = lambda: at
        try:
            yield
        finally:
            for around, now in zip(arounds, before, strict=True):
                around.now = now

    @contextlib.contextmanager
    def set(self, *nodes: str, service: str = "registry", **values: int) -> Iterator[None]:
        """The city's layer also sets these parameters (`__` for a dot) for a service of these nodes."""
        parameters = {
            key: Parameter(key, national().parameters[key].unit, (Dated(START, value, "ASR-2025:17"),))
            for key, value in ((name.replace("__", "."), value) for name, value in values.items())
        }
        arounds = [self.city.nodes[node].running(service).around for node in nodes or (CITY,)]
        before = [around.parameters for around in arounds]
        for around in arounds:
            around.parameters = also_set(around.parameters, parameters)
        try:
            yield
        finally:
            for around, old in zip(arounds, before, strict=True):
                around.parameters = old


START = datetime(2020, 1, 1, tzinfo=UTC).date()

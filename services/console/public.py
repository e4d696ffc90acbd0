"""Calls as anybody makes them: with the public's own token, so that no page for it can show more than the public is told."""

import asyncio
from typing import Any

import grpc
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import enforcement_service_pb2_grpc as enforcement
from yifa.enforcement.v1 import paper_pb2 as papers
from yifa.enforcement.v1 import publication_pb2 as publications
from yifa.registry.v1 import body_pb2, power_pb2, showing_pb2
from yifa.registry.v1 import open_item_pb2 as catalogue
from yifa.registry.v1 import power_transfer_pb2 as transfers
from yifa.registry.v1 import registry_service_pb2_grpc as registry
from yifa.supervision.v1 import benchmark_pb2 as benchmarks
from yifa.supervision.v1 import complaint_pb2 as complaints
from yifa.supervision.v1 import document_list_pb2 as lists
from yifa.supervision.v1 import inspection_pb2
from yifa.supervision.v1 import inspection_pb2 as inspections
from yifa.supervision.v1 import inspection_plan_pb2 as plans
from yifa.supervision.v1 import major_decision_pb2 as major
from yifa.supervision.v1 import permit_pb2 as permits
from yifa.supervision.v1 import service_promise_pb2 as promised
from yifa.supervision.v1 import supervision_order_pb2 as orders
from yifa.supervision.v1 import supervision_service_pb2_grpc as supervision

from services.console.accounts.granting import PublicTokens
from services.console.channels import CALL_SECONDS, channel, metadata
from services.console.config import ConsoleConfig

# How many benchmarks of a department a page looks through for those of an item.
LOOKED_AT = 500
AWAY = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)


class Public:
    """The city and its departments, as the public may ask them."""

    def __init__(self, config: ConsoleConfig):
        self._channels = {target.id: channel(target.target) for target in config.nodes}
        self._tokens = PublicTokens()
        self._city = channel(config.supervision)

    async def close(self) -> None:
        for each in (self._city, *self._channels.values()):
            await each.close()

    @property
    def nodes(self) -> tuple[str, ...]:
        return tuple(self._channels)

    async def decisions(
        self, request: publications.ListPublishedDecisionsRequest, nodes: tuple[str, ...]
    ) -> dict[str, publications.ListPublishedDecisionsResponse | None]:
        """What each of some departments has published, None for one that cannot be asked now."""
        found = await asyncio.gather(*(self._of(node, request) for node in nodes))
        return dict(zip(nodes, found, strict=True))

    async def _of(
        self, node: str, request: publications.ListPublishedDecisionsRequest
    ) -> publications.ListPublishedDecisionsResponse | None:
        try:
            return await self._ask(
                enforcement.EnforcementServiceStub, "ListPublishedDecisions", request, self._channels[node]
            )
        except grpc.aio.AioRpcError as no:
            if no.code() in AWAY:
                return None
            if no.code() is grpc.StatusCode.UNIMPLEMENTED:  # a node that has no cases
                return publications.ListPublishedDecisionsResponse()
            raise

    async def bodies(self, size: int, token: str) -> body_pb2.ListBodiesResponse:
        request = body_pb2.ListBodiesRequest(page_size=size, page_token=token, announced=True)
        return await self._ask(registry.RegistryServiceStub, "ListBodies", request)

    async def body(self, body_id: str) -> body_pb2.EnforcementBody:
        """A body that was announced; of another the public gets NOT_FOUND."""
        kind = registry.RegistryServiceStub
        return (await self._ask(kind, "GetBody", body_pb2.GetBodyRequest(body_id=body_id))).body  # type: ignore[no-any-return]

    async def items(
        self, body_id: str, now: Timestamp, size: int, token: str
    ) -> power_pb2.ListPowerItemsResponse:
        """The items of a body's published power list that it may exercise now."""
        request = power_pb2.ListPowerItemsRequest(
            body_id=body_id, held_at=now, page_size=size, page_token=token
        )
        return await self._ask(registry.RegistryServiceStub, "ListPowerItems", request)

    async def open_item(self, item_id: str) -> catalogue.OpenItem:
        """A published item with its bases, procedure and terms; of another the public gets NOT_FOUND."""
        request = catalogue.ReadOpenItemRequest(item_id=item_id)
        return (await self._ask(registry.RegistryServiceStub, "ReadOpenItem", request)).item  # type: ignore[no-any-return]

    async def procedures(self) -> catalogue.ListOpenProceduresResponse:
        """How every kind of power goes."""
        request = catalogue.ListOpenProceduresRequest()
        return await self._ask(registry.RegistryServiceStub, "ListOpenProcedures", request)

    async def item_charges(self, size: int, token: str) -> catalogue.ListOpenChargesResponse:
        """What the items of published lists charge."""
        request = catalogue.ListOpenChargesRequest(page_size=size, page_token=token)
        return await self._ask(registry.RegistryServiceStub, "ListOpenCharges", request)

    async def transfers(self, body_id: str, size: int) -> transfers.ListPowerTransfersResponse:
        """The powers that went from a body or to it, the last first."""
        request = transfers.ListPowerTransfersRequest(body_id=body_id, page_size=size)
        return await self._ask(registry.RegistryServiceStub, "ListPowerTransfers", request)

    async def benchmarks(
        self, node: str, bases: list[str], token: str
    ) -> benchmarks.ListPublishedBenchmarksResponse:
        """The discretion benchmarks of a department that rest on some articles."""
        request = benchmarks.ListPublishedBenchmarksRequest(
            node=node, bases=bases, page_size=LOOKED_AT, page_token=token
        )
        return await self._ask(supervision.SupervisionServiceStub, "ListPublishedBenchmarks", request)

    async def inspection_items(self, size: int, token: str) -> inspections.ListInspectionItemsResponse:
        request = inspections.ListInspectionItemsRequest(page_size=size, page_token=token)
        return await self._ask(supervision.SupervisionServiceStub, "ListInspectionItems", request)

    async def plans(self, year: int, size: int, token: str) -> plans.ListPublicInspectionPlansResponse:
        """The approved plans of inspections, without the enterprises."""
        request = plans.ListPublicInspectionPlansRequest(year=year, page_size=size, page_token=token)
        kind = supervision.SupervisionServiceStub
        return await self._ask(kind, "ListPublicInspectionPlans", request)  # type: ignore[no-any-return]

    async def answers(
        self, request: complaints.ListPublicAnswersRequest
    ) -> complaints.ListPublicAnswersResponse:
        """What was asked and answered of complaints in public."""
        kind = supervision.SupervisionServiceStub
        return await self._ask(kind, "ListPublicAnswers", request)  # type: ignore[no-any-return]

    async def permit_guides(
        self, request: permits.ListPublishedPermitGuidesRequest
    ) -> permits.ListPublishedPermitGuidesResponse:
        """The published guides of permits, with how their promises were kept."""
        kind = supervision.SupervisionServiceStub
        return await self._ask(kind, "ListPublishedPermitGuides", request)  # type: ignore[no-any-return]

    async def service_promises(
        self, request: promised.ListPublicServicePromisesRequest
    ) -> promised.ListPublicServicePromisesResponse:
        """What bodies promise of their services, with how it was kept."""
        kind = supervision.SupervisionServiceStub
        return await self._ask(kind, "ListPublicServicePromises", request)  # type: ignore[no-any-return]

    async def documents(
        self, request: lists.ListDocumentsInForceRequest
    ) -> lists.ListDocumentsInForceResponse:
        """Normative documents in force, or of another standing."""
        return await self._ask(supervision.SupervisionServiceStub, "ListDocumentsInForce", request)

    async def drafts(self, size: int) -> lists.ListOpenDraftsResponse:
        """The drafts that are open for comment."""
        request = lists.ListOpenDraftsRequest(page_size=size)
        return await self._ask(supervision.SupervisionServiceStub, "ListOpenDrafts", request)

    async def document(self, document_id: str) -> lists.ReadPublicDocumentResponse:
        """A published document, or a draft before the public."""
        request = lists.ReadPublicDocumentRequest(document_id=document_id)
        kind = supervision.SupervisionServiceStub
        return await self._ask(kind, "ReadPublicDocument", request)  # type: ignore[no-any-return]

    async def comments(self, document_id: str, size: int) -> lists.ListDraftCommentsResponse:
        """What the public said of a draft."""
        request = lists.ListDraftCommentsRequest(document_id=document_id, page_size=size)
        return await self._ask(supervision.SupervisionServiceStub, "ListDraftComments", request)

    async def catalogue(
        self, request: major.ListDecisionCatalogueRequest
    ) -> major.ListDecisionCatalogueResponse:
        """The catalogue of major decisions, or the drafts before the public."""
        kind = supervision.SupervisionServiceStub
        return await self._ask(kind, "ListDecisionCatalogue", request)  # type: ignore[no-any-return]

    async def published_decisions(self, size: int) -> major.ListPublishedDecisionsResponse:
        """The major decisions that were published."""
        request = major.ListPublishedDecisionsRequest(page_size=size)
        kind = supervision.SupervisionServiceStub
        return await self._ask(kind, "ListPublishedDecisions", request)  # type: ignore[no-any-return]

    async def major_decision(self, decision_id: str) -> major.ReadPublicDecisionResponse:
        """A published major decision, or a draft before the public."""
        request = major.ReadPublicDecisionRequest(decision_id=decision_id)
        kind = supervision.SupervisionServiceStub
        return await self._ask(kind, "ReadPublicDecision", request)  # type: ignore[no-any-return]

    async def complain(self, request: complaints.FileComplaintRequest) -> complaints.FileComplaintResponse:
        """File a complaint as anybody."""
        kind = supervision.SupervisionServiceStub
        return await self._ask(kind, "FileComplaint", request)  # type: ignore[no-any-return]

    async def complaint(self, request: complaints.CheckComplaintRequest) -> complaints.CheckComplaintResponse:
        """How a complaint stands, for who shows its receipt."""
        kind = supervision.SupervisionServiceStub
        return await self._ask(kind, "CheckComplaint", request)  # type: ignore[no-any-return]

    async def paper(self, request: orders.CheckSupervisionPaperRequest) -> papers.CheckPaperResponse:
        """What may be thought of a paper of supervision."""
        kind = supervision.SupervisionServiceStub
        return (await self._ask(kind, "CheckSupervisionPaper", request)).found  # type: ignore[no-any-return]

    async def inspections(self, code: str, size: int) -> inspections.ListEnterpriseInspectionsResponse:
        """The inspections of an enterprise whose results were published."""
        request = inspections.ListEnterpriseInspectionsRequest(credit_code=code, page_size=size)
        return await self._ask(supervision.SupervisionServiceStub, "ListEnterpriseInspections", request)

    async def _ask(self, kind: Any, method: str, request: Message, at: grpc.aio.Channel | None = None) -> Any:
        at = at or self._city
        call = getattr(kind(at), method)
        token = await self._tokens.of(at)
        try:
            return await call(request, timeout=CALL_SECONDS, metadata=metadata(token))
        except grpc.aio.AioRpcError as no:
            if no.code() is not grpc.StatusCode.UNAUTHENTICATED:
                raise
        token = await self._tokens.of(at, anew=True)
        return await call(request, timeout=CALL_SECONDS, metadata=metadata(token))

    async def shown(self, token: str) -> showing_pb2.CheckShownResponse:
        """What may be thought of the shown code of a certificate."""
        request = showing_pb2.CheckShownRequest(token=token)
        return await self._ask(registry.RegistryServiceStub, "CheckShown", request)

    async def check(self, node: str, request: papers.CheckPaperRequest) -> papers.CheckPaperResponse:
        """What may be thought of a paper of a department."""
        kind = enforcement.EnforcementServiceStub
        return await self._ask(kind, "CheckPaper", request, self._channels[node])

    async def inspection_code(self, code: str) -> inspection_pb2.CheckInspectionCodeResponse:
        """What may be thought of the code of an inspection."""
        request = inspection_pb2.CheckInspectionCodeRequest(code=code)
        return await self._ask(supervision.SupervisionServiceStub, "CheckInspectionCode", request)

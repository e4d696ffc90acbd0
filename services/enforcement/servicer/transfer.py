"""Cases that go to the body that has jurisdiction, and disputes over who that is (APL 22, 25)."""

from yifa.enforcement.v1 import enforcement_service_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import transfer_pb2 as transfers

from services.enforcement.facts import Facts, put_moment
from services.enforcement.model import Body, Case
from services.enforcement.process import step
from services.enforcement.rules.transfer import disputed
from services.enforcement.servicer.acts import act, open_case
from services.enforcement.servicer.gather import confirmed
from services.enforcement.servicer.receiving import case_of, pass_over, take_back
from services.kit.rpc import write
from services.kit.tx import Tx


class Transfers:
    @write(loads=((Case, "case_id"), (Body, "body_id")))
    def TransferCase(self, request: transfers.TransferCaseRequest, tx: Tx) -> pb.TransferCaseResponse:
        """Pass a case to the body that has jurisdiction over it (APL 22, SAMR 14)."""
        row, case = open_case(tx, request.case_id)
        body = tx.get(Body, request.body_id)
        able = body.body_id != case.body_id and confirmed(tx.find, body.body_id, body.node)
        case.state = step("TRANSFER", Facts(case, tx.now, tx.now, caller=tx.caller.subject, receiver=able))
        transfer_id = tx.new_id("T-")
        case.transfer.CopyFrom(
            transfers.Transfer(
                transfer_id=transfer_id,
                from_node=tx.node,
                from_body_id=case.body_id,
                from_body_name=case.body_name,
                from_case_id=case.case_id,
                from_case_number=case.case_number,
                to_node=body.node,
                to_body_id=body.body_id,
                to_body_name=body.name,
                to_case_id=case_of(transfer_id),
                cause=request.cause,
            )
        )
        put_moment(case.transfer.send_time, tx.now)
        return pb.TransferCaseResponse(case=pass_over(tx, row, case, events.CaseTransferred(), body.node))

    @write(loads=(Case, "case_id"))
    def AcknowledgeTransfer(
        self, request: transfers.AcknowledgeTransferRequest, tx: Tx
    ) -> pb.AcknowledgeTransferResponse:
        """Take over a case that was transferred here, also after disputing it (SAMR 14)."""
        row, case = open_case(tx, request.case_id)
        case.state = step("ACKNOWLEDGE_TRANSFER", Facts(case, tx.now, tx.now, caller=tx.caller.subject))
        put_moment(case.transfer.acknowledge_time, tx.now)
        if disputed(case):
            put_moment(case.transfer.settle_time, tx.now)
        event = events.TransferAcknowledged()
        taken = pass_over(tx, row, case, event, case.transfer.from_node)
        return pb.AcknowledgeTransferResponse(case=taken)

    @write(loads=(Case, "case_id"))
    def DisputeTransfer(
        self, request: transfers.DisputeTransferRequest, tx: Tx
    ) -> pb.DisputeTransferResponse:
        """Dispute the own jurisdiction over a case that was transferred here. Starts the seven days to agree (SAMR 13)."""
        row, case = open_case(tx, request.case_id)
        case.state = step("DISPUTE_TRANSFER", Facts(case, tx.now, tx.now, caller=tx.caller.subject))
        put_moment(case.transfer.dispute_time, tx.now)
        case.transfer.dispute_cause = request.cause
        event = events.JurisdictionDisputed()
        return pb.DisputeTransferResponse(case=pass_over(tx, row, case, event, case.transfer.from_node))

    @write(loads=(Case, "case_id"))
    def ReferDispute(self, request: transfers.ReferDisputeRequest, tx: Tx) -> pb.ReferDisputeResponse:
        """Ask the common superior to designate (APL 25(2)). Starts the superior's seven days (SAMR 16)."""
        row, case = open_case(tx, request.case_id)
        case.state = step("REFER_DISPUTE", Facts(case, tx.now, tx.now, caller=tx.caller.subject))
        put_moment(case.transfer.refer_time, tx.now)
        case.transfer.refer_cause = request.cause
        return pb.ReferDisputeResponse(case=act(tx, row, case, events.JurisdictionReferred()))

    @write(loads=(Case, "case_id"))
    def TakeBackCase(self, request: transfers.TakeBackCaseRequest, tx: Tx) -> pb.TakeBackCaseResponse:
        """Take back a case whose receiver disputes its jurisdiction: the two agree (APL 25(2))."""
        row, case = open_case(tx, request.case_id)
        event = take_back(tx, case)
        return pb.TakeBackCaseResponse(case=pass_over(tx, row, case, event, case.transfer.to_node))

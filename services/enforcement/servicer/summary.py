"""The summary procedure: penalties on the spot."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_service_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.facts import Facts, SpotForm, put_moment
from services.enforcement.model import Body, Case, Standing
from services.enforcement.process import step
from services.enforcement.servicer.acts import act, check_penalty, handles, open_case, put_on_case, when
from services.enforcement.servicer.clue import add_case, new_case
from services.enforcement.servicer.gather import confirmed, jurisdiction, people, powers, thresholds
from services.kit.rpc import write
from services.kit.tx import Tx


class Summary:
    @write(loads=((Body, "body_id"), (Standing, "officer_ids")))
    def MakeSpotDecision(self, request: pb.MakeSpotDecisionRequest, tx: Tx) -> pb.MakeSpotDecisionResponse:
        """Impose a penalty on the spot and hand the decision over there (APL 51, 52)."""
        at = when(request, "decide_time", tx.now)
        check_penalty(request.penalty, "penalty")
        case = new_case(tx, request, cases.PROCEDURE_SUMMARY)
        officers = people(tx.find, request.officer_ids, at, request.body_id, case.area_code)
        facts = Facts(
            case,
            tx.now,
            at,
            caller=tx.caller.subject,
            on_case=tx.caller.subject in request.officer_ids,
            body_confirmed=confirmed(tx.find, request.body_id, tx.node, at),
            **powers(tx.find, case, at, named=True),
            **jurisdiction(tx.find, case),
            officers=officers,
            certificate_shown=request.certificate_shown,
            penalty=request.penalty,
            thresholds=thresholds(tx.parameters, case, at),
            form=SpotForm(request.form_number, request.rights_told, request.statement_heard),
        )
        case.state = step("MAKE_SPOT_DECISION", facts)
        for person in officers:
            case.officers.add(
                officer_id=person.officer_id, name=person.name, certificate_number=person.certificate_number
            )
        decision, service = case.decision, case.service
        decision.document_number, decision.decider = request.form_number, tx.caller.subject
        decision.penalty.CopyFrom(request.penalty)
        put_moment(decision.decide_time, at)
        service.method, service.receipt = cases.SERVICE_METHOD_DIRECT, request.form_number
        put_moment(service.serve_time, at)
        row = add_case(tx, case, request.party)
        put_on_case(tx, case.case_id, request.officer_ids)
        act(tx, row, case, events.SpotDecisionMade(), at)
        # Handed over on the spot (APL 52(1)): the time to pay runs from here.
        act(tx, row, case, events.DecisionServed(), at)
        return pb.MakeSpotDecisionResponse(case=case)

    @write(loads=(Case, "case_id"))
    def ReportSpotDecision(
        self, request: pb.ReportSpotDecisionRequest, tx: Tx
    ) -> pb.ReportSpotDecisionResponse:
        """File an on-the-spot decision with the own agency (APL 52(3))."""
        row, case = open_case(tx, request.case_id)
        facts = Facts(case, tx.now, tx.now, caller=tx.caller.subject, on_case=handles(tx, case))
        case.state = step("REPORT_SPOT_DECISION", facts)
        put_moment(case.spot_report_time, tx.now)
        return pb.ReportSpotDecisionResponse(case=act(tx, row, case, events.SpotDecisionReported()))

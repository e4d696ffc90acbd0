"""The steps before a certificate: eligibility checked, name posted."""

from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import qualification_pb2 as asked

from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedures.officer import QUALIFICATION
from services.registry.officer.model import Officer
from services.registry.qualification.facts import Way
from services.registry.qualification.model import Qualification
from services.registry.qualification.posting import posting_end
from services.registry.qualification.record import step_on


@write(loads=((Officer, "officer_id"), (Qualification, "officer_id")))
def check_eligibility(request: asked.CheckEligibilityRequest, tx: Tx) -> asked.CheckEligibilityResponse:
    """Record whether a nominated person may become an officer (ASR 17; MOT-CERT 7, 8)."""
    officer = tx.get(Officer, request.officer_id)
    row = tx.get(Qualification, request.officer_id)
    passed = request.on_establishment and not request.barred
    act = QUALIFICATION.PASS_ELIGIBILITY if passed else QUALIFICATION.FAIL_ELIGIBILITY
    told = step_on(row, act, Way(tx, row, officer))
    checked = events.EligibilityChecked(qualification=told, opinion=request.opinion)
    tx.emit(checked, subject=officer.officer_id, to=officer.node)
    return asked.CheckEligibilityResponse(qualification=told)


@write(loads=((Officer, "officer_id"), (Qualification, "officer_id")))
def post_name(request: asked.PostNameRequest, tx: Tx) -> asked.PostNameResponse:
    """Post the name of someone who passed the exam, for objections (MOT-CERT 20)."""
    officer = tx.get(Officer, request.officer_id)
    row = tx.get(Qualification, request.officer_id)
    told = step_on(row, QUALIFICATION.POST_NAME, Way(tx, row, officer))
    end = posting_end(tx, tx.now)
    posted = events.NamePosted(qualification=told, end_time=end)
    tx.emit(posted, subject=officer.officer_id, to=officer.node)
    return asked.PostNameResponse(qualification=told, end_time=end)

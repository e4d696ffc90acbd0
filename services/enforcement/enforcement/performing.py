"""What follows for an enforcement by the agency when the party performs, and for the case when a duty was enforced (APL 66)."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.case.act import act as on_case
from services.enforcement.court_enforcement.acts import performed as performed_for_the_court
from services.enforcement.enforcement.act import act
from services.enforcement.enforcement.model import enforcing
from services.enforcement.performance.showing import show
from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import moment_of, put_moment
from services.law.procedures.court_enforcement.recorded import FINE, left_of
from services.law.procedures.enforcement import ENFORCEMENT
from services.law.procedures.enforcement.recorded import of_duty
from services.law.procedures.penalty.performance import DUTY, undone


def _over(_request: None, enforcement: pb.Enforcement, do: Do) -> events.EnforcementPerformed:
    put_moment(enforcement.performed_time, do.now)
    return events.EnforcementPerformed()


def performed_by_party(tx: Tx, case: cases.Case, brought_in_by: str = "") -> None:
    """Nothing is owed any more, or the duty is done: what is under way to enforce it ends, but the enforcement that brought in
    the last of it, which people complete (APL 66(1), ACL 49).
    """
    left = left_of(case, tx.now, tx.calendar)
    for each in enforcing(tx, case.case_id):
        done = (DUTY if of_duty(each) else FINE) not in left
        if done and not case.HasField("set_aside") and each.enforcement_id != brought_in_by:
            act.do(tx, ENFORCEMENT.RECORD_PERFORMANCE, each, None, _over)


def duty_done(tx: Tx, enforcement: pb.Enforcement) -> None:
    """The case shows that what was ordered is done, by the record of the enforcement, once."""
    case, done = on_case.open(tx, enforcement.case_id), enforcement.completion
    at = moment_of(done.complete_time)
    if DUTY not in undone(case, at):
        return
    show(case, at, proof=done.record, duty=True, recorder=done.recorder)
    on_case.write(tx, case, events.PerformanceRecorded(), at)
    performed_for_the_court(tx, case)

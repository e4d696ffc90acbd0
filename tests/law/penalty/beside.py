"""The rules of services/law/procedures/penalty/beside.py broken."""

from yifa.enforcement.v1 import referral_pb2 as pb

from tests.law.penalty.change import Breaks, facts

FLAGGED = pb.Referral(referral_id="F-1", state=pb.REFERRAL_STATE_FLAGGED)
CONVICTED = pb.Referral(
    referral_id="F-1",
    state=pb.REFERRAL_STATE_CONVICTED,
    outcome=pb.CriminalOutcome(convicted=True, fine={"fen": 100}),
)
BREAKS: Breaks = {
    "not_in_place_of_referral": facts(referral=FLAGGED),
    "no_fine_after_sentence": facts(referral=CONVICTED),
    "no_referral_open": facts(referral=FLAGGED),
    "measures_settled": facts(open_measures=("M-1",)),
}

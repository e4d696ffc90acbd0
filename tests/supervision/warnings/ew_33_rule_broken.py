"""EW-33: a rule was broken that no other warning is about. Some of them hang on what only the department knows."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties

from tests.supervision.office import Office, at, new_case
from tests.supervision.warnings.examples import NotJudged, decided


def person(case: cases.Case) -> None:
    case.party.kind = parties.PARTY_KIND_CITIZEN


def lenient(case: cases.Case) -> None:
    """A circumstance is stated whose evidence stays with the department."""
    case.decision.penalty.lenience.CopyFrom(
        penalties.Lenience(degree=1, grounds=[2], reasons="已消除危害后果", evidence_ids=["E-1"])
    )


async def let_go(office: Office) -> None:
    """The party goes unpunished on evidence that stays with the department."""
    office.clock("2026-03-25 09:00")
    case = new_case()
    case.no_penalty.decider = "head-1"
    case.no_penalty.outcome.CopyFrom(
        penalties.NoPenalty(
            ground=penalties.NO_PENALTY_GROUND_MINOR,
            reasons="及时改正",
            evidence_ids=["E-1"],
            education="教育记录",
        )
    )
    case.no_penalty.decide_time.FromDatetime(at("2026-03-20 10:00"))
    await office.tell(case, "NoPenaltyDecided", "2026-03-20 10:00")


WARNING = "EW-33"
EXAMPLES = {
    "BIRTH_DATE_MISSING": NotJudged(decided(100_000, change=person), "when the party was born"),
    "PARTY_UNDER_FOURTEEN": NotJudged(decided(100_000, change=person), "when the party was born"),
    "MINOR_NOT_TREATED_LIGHTER": NotJudged(decided(100_000, change=person), "when the party was born"),
    "LENIENCE_NOT_PROVED": NotJudged(decided(100_000, change=lenient), "which evidence the case has"),
    "NO_PENALTY_NOT_PROVED": NotJudged(let_go, "which evidence the case has"),
}

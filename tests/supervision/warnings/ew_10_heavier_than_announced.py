"""EW-10: a decision is no heavier than what the party was told."""

from yifa.enforcement.v1 import penalty_pb2 as penalties

from tests.supervision.warnings.examples import Examples, decided


def announced(fine: int):
    return lambda case: setattr(case.notice.penalty.fine, "fen", fine)


def closed(case):
    case.decision.penalty.kinds.append(penalties.PENALTY_KIND_CLOSURE)


WARNING = "EW-10"
EXAMPLES = {
    "AGGRAVATED_AFTER_DEFENCE": Examples(
        unlawful=decided(change=closed),
        lawful=decided(change=announced(2_000_000)),
        last_lawful=decided(1_000_000, change=announced(1_000_000)),
        first_unlawful=decided(1_000_001, change=announced(1_000_000)),
    )
}

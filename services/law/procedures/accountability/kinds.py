"""For what responsibility is pursued and what may follow, as tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from services.law.citation import cite


class Against(StrEnum):
    """Whom responsibility is pursued against."""

    ORGANISATION = "ORGANISATION"
    PERSON = "PERSON"


class Cause(StrEnum):
    """For what responsibility is pursued, CITY-ERS 2(5)."""

    BEYOND_POWER = "BEYOND_POWER"
    UNLAWFUL_PENALTY = "UNLAWFUL_PENALTY"
    UNLAWFUL_MEASURE = "UNLAWFUL_MEASURE"
    WRONG_FACTS = "WRONG_FACTS"
    REFUSAL_OR_DELAY = "REFUSAL_OR_DELAY"
    CONDITIONS_IGNORED = "CONDITIONS_IGNORED"
    REPORT_IGNORED = "REPORT_IGNORED"
    LEAK = "LEAK"
    OTHER = "OTHER"
    # Those of leaders, OPR-SUP 16 and CBZ-2019-7 13.
    HARM_TO_PEOPLE = "HARM_TO_PEOPLE"
    DERELICTION = "DERELICTION"
    UNREST = "UNREST"
    ACCIDENT = "ACCIDENT"
    FOOD_INCIDENT = "FOOD_INCIDENT"
    POLLUTION = "POLLUTION"
    WRONG_DECISION = "WRONG_DECISION"
    NOT_PURSUED = "NOT_PURSUED"
    """Who was responsible was not called to account."""


OF_LEADERS: frozenset[Cause] = frozenset(list(Cause)[list(Cause).index(Cause.HARM_TO_PEOPLE) :])
"""The causes for which leaders alone answer."""


class Share(StrEnum):
    """What a leader answers for, where a unit did wrong."""

    FIRST = "FIRST"
    """As the one first responsible: the chief (CBZ-2019-7 26)."""
    MAIN = "MAIN"
    LEADING = "LEADING"


@dataclass(frozen=True)
class LeaderShare:
    """A leader whom an investigation of a unit names, and why."""

    officer: str
    share: Share | None = None
    cause: Cause | None = None
    reasons: str = ""


NEED_GRAVE: frozenset[Cause] = frozenset({Cause.REFUSAL_OR_DELAY, Cause.REPORT_IGNORED})
"""The causes that are causes only where what followed was grave, CITY-ERS 2(5)[5], [7]."""


class Kind(StrEnum):
    """What may follow."""

    RECTIFY = "RECTIFY"
    CIRCULATE_CRITICISM = "CIRCULATE_CRITICISM"
    NO_HONOURS = "NO_HONOURS"
    CRITICISM = "CRITICISM"
    OFF_POST_TRAINING = "OFF_POST_TRAINING"
    TRANSFER_FROM_POST = "TRANSFER_FROM_POST"
    DISQUALIFY = "DISQUALIFY"
    RECOVERY = "RECOVERY"


class Effect(StrEnum):
    """What a kind does to the certificate of the person, from the service of the decision on."""

    NONE = "NONE"
    SUSPENDS = "SUSPENDS"
    CANCELS = "CANCELS"
    REVOKES = "REVOKES"


@dataclass(frozen=True)
class Follows:
    """One kind: whom it may be laid on, under which article, and what it does to a certificate."""

    against: Against
    law: str
    effect: Effect = Effect.NONE

    def __post_init__(self) -> None:
        cite(self.law)


_UNIT, _PERSON = "DL-ERS-2005;GBF-2005-37", "ASR-2025:32;GBF-2005-37"
FOLLOWS: Mapping[Kind, Follows] = MappingProxyType(
    {
        Kind.RECTIFY: Follows(Against.ORGANISATION, _UNIT),
        Kind.CIRCULATE_CRITICISM: Follows(Against.ORGANISATION, _UNIT),
        Kind.NO_HONOURS: Follows(Against.ORGANISATION, _UNIT),
        Kind.CRITICISM: Follows(Against.PERSON, _PERSON),
        Kind.OFF_POST_TRAINING: Follows(Against.PERSON, _PERSON, Effect.SUSPENDS),
        Kind.TRANSFER_FROM_POST: Follows(Against.PERSON, f"{_PERSON};MOT-CERT:25", Effect.CANCELS),
        Kind.DISQUALIFY: Follows(Against.PERSON, _PERSON, Effect.REVOKES),
        Kind.RECOVERY: Follows(Against.PERSON, "CITY-ERS:2(7)"),
    }
)
"""Discipline is not among them: it is for the body that appoints, or the supervision commission, alone (ASR 33(1))."""


def allowed(against: str | None) -> frozenset[Kind]:
    """The kinds that may be laid on an organisation or a person; none where it is not said which it is."""
    return frozenset(kind for kind, follows in FOLLOWS.items() if follows.against == against)

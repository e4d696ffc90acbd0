"""What the law asks before a decision on a permit, a measure, or what was enforced, is made public or kept back (ALIC 5(2), 40;
GBF-118 (6); OGI 14–16; GD-PUBLICITY 15). Penalties have rules of their own, which ask the same of the case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1.party_pb2 import Party, PartyAge, PartyKind
from yifa.enforcement.v1.publication_pb2 import WithholdGround, Withholding

from services.law.rule import rule


class Age(StrEnum):
    """Whether the party is a person of age, as its number or birth date told when the record began."""

    NO_PERSON = "NO_PERSON"
    OF_AGE = "OF_AGE"
    MINOR = "MINOR"
    UNKNOWN = "UNKNOWN"


class Ground(StrEnum):
    """Why something is not made public (OGI 14–16; GD-PUBLICITY 15(1))."""

    MINOR = "MINOR"
    STATE_SECRET = "STATE_SECRET"  # noqa: S105
    TRADE_SECRET = "TRADE_SECRET"  # noqa: S105
    PRIVACY = "PRIVACY"
    SAFETY = "SAFETY"
    RELATED_CASES = "RELATED_CASES"


LAW: Mapping[Ground, str] = MappingProxyType(
    {
        Ground.MINOR: "OGI-2019:15;GD-PUBLICITY-2021:15(1)[1]",
        Ground.STATE_SECRET: "OGI-2019:14;GD-PUBLICITY-2021:15(1)[2]",
        Ground.TRADE_SECRET: "OGI-2019:15;GD-PUBLICITY-2021:15(1)[2]",
        Ground.PRIVACY: "OGI-2019:15;GD-PUBLICITY-2021:15(1)[2]",
        Ground.SAFETY: "OGI-2019:14;GD-PUBLICITY-2021:15(1)[3]",
        Ground.RELATED_CASES: "OGI-2019:16(2);GD-PUBLICITY-2021:15(1)[4]",
    }
)
"""The articles on which it is kept from the public; of them those are cited that bind the body."""


@dataclass(frozen=True)
class Publishing:
    """What stands of the publication of a record, with what the act hands in."""

    age: Age | None = None
    withheld: bool = False
    """Whether it is kept from the public: it, or the decision that it rests on."""
    ground: Ground | None = None
    """The ground that is stated."""


def ground_of(withholding: Withholding) -> Ground | None:
    """The ground that a record states; None where it states none."""
    name = WithholdGround.Name(withholding.ground).removeprefix("WITHHOLD_GROUND_")
    return Ground(name) if name in Ground.__members__ else None


def age_of(party: Party) -> Age:
    """What the record of a party tells of its age."""
    if party.kind == PartyKind.PARTY_KIND_ORGANISATION or party.credit_code:
        return Age.NO_PERSON
    known = {PartyAge.PARTY_AGE_OF_AGE: Age.OF_AGE, PartyAge.PARTY_AGE_MINOR: Age.MINOR}
    return known.get(party.age, Age.UNKNOWN)


@rule(
    "PARTY_IS_MINOR",
    guard="G-55",
    law="OGI-2019:15;GD-PUBLICITY-2021:15(1)[1]",
    zh="当事人未满十八周岁，该决定不予公开。",
    en="The party is not yet eighteen. Record that it is not made public (WithholdPermit, WithholdEnforcement, WithholdMeasure).",
)
def of_age(f: Any) -> bool:
    """What is decided about a minor is not made public; who is not known to be of age is not named."""
    return f.record.publishing.age in (Age.NO_PERSON, Age.OF_AGE, Age.UNKNOWN)


@rule(
    "PUBLICATION_WITHHELD",
    guard="G-55",
    law="OGI-2019:14;OGI-2019:15;GD-PUBLICITY-2021:15(1)",
    zh="该决定或者其所依据的决定已决定不予公开。",
    en="It was decided not to make this, or the decision that it rests on, public. Record that it is not made public either.",
)
def not_withheld(f: Any) -> bool:
    """What is kept back is not made public."""
    return f.record.publishing.withheld is False


@rule(
    "GROUND_NOT_GIVEN",
    guard="G-55",
    law="GBF-2018-118:6;GD-PUBLICITY-2021:15(1)",
    zh="执法决定以公开为常态，不予公开的情形不成立：当事人不是未成年人。",
    en="Decisions are public as a rule, and this ground is none or does not hold: the party is no minor.",
)
def ground_holds(f: Any) -> bool:
    """What is kept back is kept back on a ground of the law; that the party is a minor is none against what its number says."""
    of = f.record.publishing
    if of.ground == Ground.MINOR:
        return of.age in (Age.MINOR, Age.UNKNOWN)
    return of.ground in LAW

"""What the law asks before a decision is made public, kept back, corrected in public or withdrawn (APL 48, 50)."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.party_pb2 import PartyKind
from yifa.enforcement.v1.publication_pb2 import PublicDecision, WithholdGround

from services.law.calendar import SHANGHAI
from services.law.identity import born_on
from services.law.moment import moment_of
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.procedures.penalty.public_text import public_decision
from services.law.procedures.public_text import natural, under_age
from services.law.rule import rule

GROUNDS: Mapping[int, str] = MappingProxyType(
    {
        WithholdGround.WITHHOLD_GROUND_MINOR: "APL-2021:50;GD-PUBLICITY-2021:15(1)[1]",
        WithholdGround.WITHHOLD_GROUND_STATE_SECRET: "APL-2021:50;OGI-2019:14;SAMR-PUBLICITY-2021:5;GD-PUBLICITY-2021:15(1)[2]",
        WithholdGround.WITHHOLD_GROUND_TRADE_SECRET: "APL-2021:50;OGI-2019:15;SAMR-PUBLICITY-2021:6;GD-PUBLICITY-2021:15(1)[2]",
        WithholdGround.WITHHOLD_GROUND_PRIVACY: "APL-2021:50;OGI-2019:15;SAMR-PUBLICITY-2021:6;GD-PUBLICITY-2021:15(1)[2]",
        WithholdGround.WITHHOLD_GROUND_SAFETY: "OGI-2019:14;SAMR-PUBLICITY-2021:5;GD-PUBLICITY-2021:15(1)[3]",
        WithholdGround.WITHHOLD_GROUND_RELATED_CASES: "OGI-2019:16(2);GD-PUBLICITY-2021:15(1)[4]",
    }
)
"""The articles on which a decision is kept from the public; of them those are cited that bind the body."""
_WITH_CARE = frozenset({WithholdGround.WITHHOLD_GROUND_TRADE_SECRET, WithholdGround.WITHHOLD_GROUND_PRIVACY})
"""What is public all the same once the secret is taken out, by consent or for the public's sake (OGI 15; GD-PUBLICITY 15(2))."""


def _age_matters(case: Case) -> bool:
    return case.party.kind != PartyKind.PARTY_KIND_ORGANISATION


def _decided_on(case: Case) -> date:
    return moment_of(case.decision.decide_time).astimezone(SHANGHAI).date()


def known_of_age(case: Case, number: str) -> bool:
    """Whether the party of a decided case was no minor then: by the whole number, or by the paper that was shown for it."""
    if not _age_matters(case):
        return True
    if (born := born_on(number)) is not None:
        return not under_age(born, _decided_on(case))
    return not natural(case.party, number) or bool(case.publication.adult_proof.strip())


def named(f: PenaltyFacts) -> bool:
    """Whether parties are named in public here."""
    return bool(f.parameter("publicity.party_named", f.at()))


def shown(f: PenaltyFacts) -> PublicDecision:
    """What is public of the case, as the act would make it."""
    return public_decision(f.case, f.identity_number(), named=named(f), redactions=f.redactions())


@rule(
    "PARTY_IS_MINOR",
    guard="G-55",
    law="APL-2021:50;GD-PUBLICITY-2021:15(1)[1]",
    zh="当事人在作出处罚决定时未满十八周岁，处罚决定不予公开。",
    en="The party was not yet eighteen when the penalty was decided. Record that it is not made public (WithholdPublication).",
)
def of_age(f: PenaltyFacts) -> bool:
    """A penalty on a minor is not made public; nor is the name of a minor in any form."""
    if not _age_matters(f.case) or not f.case.HasField("decision"):
        return True
    born = f.birth_date()
    return born is None or not under_age(born, _decided_on(f.case))


@rule(
    "AGE_NOT_SHOWN",
    guard="G-55",
    law="APL-2021:50;GD-PUBLICITY-2021:15(1)[1]",
    zh="当事人的证件号码不能表明其年龄，应当载明其已成年的证明。",
    en="The party's number does not tell its age. Name the paper that shows that it is of age (adult_proof).",
)
def age_shown(f: PenaltyFacts) -> bool:
    """Where the number of a natural person does not tell, a paper shows that the person is of age; a licensed trader is."""
    if not _age_matters(f.case) or f.birth_date() is not None:
        return True
    return not natural(f.case.party, f.identity_number()) or bool(f.adult_proof().strip())


@rule(
    "PUBLICATION_WITHHELD",
    guard="G-55",
    law="APL-2021:50;OGI-2019:15;GD-PUBLICITY-2021:15(2)",
    zh="该决定已决定不予公开；涉及商业秘密、个人隐私的，经脱密脱敏处理后方可公开。",
    en="It was decided not to make it public. Only trade secrets and privacy can be taken out: name the passages (redactions).",
)
def not_withheld(f: PenaltyFacts) -> bool:
    """What is kept back stays so, unless the secret can be taken out of it."""
    if not f.case.HasField("withholding"):
        return True
    return f.case.withholding.ground in _WITH_CARE and bool(f.redactions())


@rule(
    "ALREADY_DONE",
    law="APL-2021:50",
    zh="该决定已决定不予公开。",
    en="It was decided already not to make the decision public.",
)
def not_withheld_yet(f: PenaltyFacts) -> bool:
    """A decision is kept back once."""
    return not f.case.HasField("withholding")


@rule(
    "GROUND_NOT_GIVEN",
    guard="G-55",
    law="APL-2021:48(1);GD-PUBLICITY-2021:15(1)",
    zh="处罚决定以公开为常态，不予公开的情形不成立：当事人的证件号码表明其已成年。",
    en="Decisions are public as a rule, and this ground does not hold: by its number the party is of age.",
)
def ground_holds(f: PenaltyFacts) -> bool:
    """That the party is a minor is no ground against a number that says otherwise, nor for an organisation."""
    if f.withhold_ground() != WithholdGround.WITHHOLD_GROUND_MINOR:
        return f.withhold_ground() in GROUNDS
    if not _age_matters(f.case) or not f.case.HasField("decision"):
        return False
    born = f.birth_date()
    return born is None or under_age(born, _decided_on(f.case))


@rule(
    "NOT_PUBLIC",
    law="APL-2021:48(1)",
    zh="该决定未公开、已撤回或者应当撤回，没有可以更正的公开内容。",
    en="Nothing is public of this decision that could be corrected: it was not published here, or was or has to be withdrawn.",
)
def public_now(f: PenaltyFacts) -> bool:
    """What is corrected is public; a decision that was set aside is withdrawn, not corrected."""
    case = f.case
    return case.HasField("publication") and not (case.HasField("withdrawal") or case.HasField("set_aside"))


@rule(
    "NOTHING_CORRECTED",
    law="GBF-2018-118:6;SAMR-PUBLICITY-2021:12;GD-PUBLICITY-2021:22",
    zh="更正后的内容与已公开的内容相同。",
    en="What would be public is what is public already. Name other passages to keep back.",
)
def corrects(f: PenaltyFacts) -> bool:
    """A correction changes what is public."""
    return not public_now.holds(f) or shown(f).text != f.case.publication.decision.text

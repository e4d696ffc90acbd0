"""Legal advisers and public lawyers (法律顾问、公职律师): who is on the register, and whether those who are named in an act are."""

# ruff: noqa: E501
import re
from abc import abstractmethod
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yifa.registry.v1.legal_adviser_pb2 import LegalAdviser, LegalAdviserKind

from services.law.moment import moment_at
from services.law.procedure import Procedure
from services.law.procedures.shared import reasons_given, under
from services.law.process import table
from services.law.rule import Facts, rule

LAW = "CBZ-2019-7:12"
_LICENCE = re.compile(r"[0-9]{17}")
_CATEGORY, _PUBLIC = 9, "6"
"""Where a licence number has the category of practice, and that of public lawyers."""


class LegalAdviserFacts(Facts):
    """An adviser as entered, or as on the register (`adviser`), and why one leaves it."""

    adviser: LegalAdviser
    now: datetime

    @abstractmethod
    def body_stands(self) -> bool:
        """Whether the agency that is advised is a body that may enforce; true for the government."""

    @abstractmethod
    def entered_already(self) -> bool:
        """Whether the same person advises the same agency at the same time by the register."""

    @abstractmethod
    def reasons(self) -> str:
        """Why an adviser leaves."""


@rule(
    "ADVISER_NOT_KNOWN",
    law=LAW,
    zh="法律顾问、公职律师应当载明姓名、工作单位、聘任文书；律师应当载明十七位执业证号，公职律师应当为公职律师证号；法学专家应当载明职称。",
    en="Name, unit, the letter of appointment, a licence number of seventeen digits (a public lawyer's for a public lawyer), or a scholar's title is missing. State all.",
)
def adviser_known(f: LegalAdviserFacts) -> bool:
    """Who advises is known by name, unit and appointment; a lawyer by the licence, a scholar by the title."""
    a = f.adviser
    if not all(each.strip() for each in (a.name, a.unit, a.document)):
        return False
    if a.kind == LegalAdviserKind.LEGAL_ADVISER_KIND_SCHOLAR:
        return bool(a.qualification.strip())
    if _LICENCE.fullmatch(a.licence_number) is None:
        return False
    public = a.kind == LegalAdviserKind.LEGAL_ADVISER_KIND_PUBLIC_LAWYER
    return (a.licence_number[_CATEGORY] == _PUBLIC) is public


@rule(
    "ADVISER_OF_NOBODY",
    law=LAW,
    zh="应当载明所服务的行政执法主体或者市政府，二者择一；主体应当经确认公示。",
    en="Name either the agency that is advised, which may enforce, or the city's government.",
    tells=lambda f: {"body_id": f.adviser.body_id},
)
def advises_somebody(f: LegalAdviserFacts) -> bool:
    """An adviser is one of an agency, or of the government: of one of the two."""
    return bool(f.adviser.body_id) is not f.adviser.government and f.body_stands() is True


@rule(
    "ADVISER_TERM",
    law=LAW,
    zh="外聘法律顾问应当载明聘期，聘期届满日晚于起始日，且尚未届满。",
    en="An appointed adviser has a term that ends after it began and is not over. State it.",
)
def term_set(f: LegalAdviserFacts) -> bool:
    """Who is appointed from outside is for a term; a public lawyer is one as long as in office."""
    begins, ends = moment_at(f.adviser, "from_time"), moment_at(f.adviser, "until_time")
    if ends is None:
        return f.adviser.kind == LegalAdviserKind.LEGAL_ADVISER_KIND_PUBLIC_LAWYER
    return begins is not None and max(begins, f.now) < ends


@rule(
    "ADVISER_ENTERED_ALREADY",
    law=LAW,
    zh="该人员已经登记为同一单位的法律顾问或者公职律师，任期重叠。",
    en="The register has this person as an adviser of the same agency for that time already.",
)
def not_entered(f: LegalAdviserFacts) -> bool:
    """Nobody is on the register of an agency twice for one time."""
    return f.entered_already() is False


# What an act asks that names advisers.


def _unknown(f: Any) -> Mapping[str, str]:
    return {"advisers": ",".join(each for each in f.advisers() if not f.adviser_then(each))}


@rule(
    "ADVISER_NOT_IN_REGISTER",
    law=LAW,
    zh="所列法律顾问、公职律师当日未登记为本机关或者市政府的法律顾问、公职律师。",
    en="An adviser who is named was not on the register of this agency or the government on the day. Name those who are.",
    tells=_unknown,
)
def advisers_stand(f: Any) -> bool:
    """Whoever is named as an adviser was one by the register when the act was done."""
    return all([f.adviser_then(each) for each in f.advisers()])


def heard(f: Any) -> bool:
    """Whether an adviser who stands in the register gave an opinion."""
    return bool(f.advisers()) and bool(f.advice().strip()) and advisers_stand.holds(f)


# fmt: off
LEGAL_ADVISER_TABLE = table(
    "legal_adviser",
    ("ENTER_LEGAL_ADVISER", "", "ENGAGED", LAW, (adviser_known, advises_somebody, term_set, not_entered), "", ("登记法律顾问、公职律师", "Enter an adviser")),
    ("REMOVE_LEGAL_ADVISER", "ENGAGED", "LEFT", LAW, (under(reasons_given, LAW),), "", ("法律顾问、公职律师解聘、离任", "Take an adviser off the register")),
    titles=("法律顾问、公职律师", "Legal adviser"),
)
# fmt: on
LEGAL_ADVISER = Procedure("legal_adviser", LegalAdviserFacts, LEGAL_ADVISER_TABLE)

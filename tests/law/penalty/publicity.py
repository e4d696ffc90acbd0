"""The rules of services/law/procedures/penalty/publicity.py broken, and the record before its acts."""

from datetime import date

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1.party_pb2 import PARTY_KIND_CITIZEN
from yifa.enforcement.v1.publication_pb2 import WITHHOLD_GROUND_MINOR, WITHHOLD_GROUND_STATE_SECRET

from services.law.procedures.penalty.publicity import shown
from tests.law.penalty.change import Before, Breaks, case, put
from tests.law.penalty.known import Known


def _public(c: cases.Case) -> None:
    put(c, "publish_time", 1)
    c.publication.decision.text = "行政处罚决定书文号：示罚决〔2026〕1号"


def _young(f: Known, born: date | None = date(2010, 1, 1)) -> None:
    f.case.party.kind = PARTY_KIND_CITIZEN
    f.known["birth_date"] = born


def _of_unknown_age(f: Known) -> None:
    _young(f, None)
    f.known["adult_proof"] = " "


def _already_so(f: Known) -> None:
    f.case.publication.decision.text = shown(f).text


def _of_age_after_all(f: Known) -> None:
    _young(f, date(1980, 1, 1))
    f.known["withhold_ground"] = WITHHOLD_GROUND_MINOR


BEFORE: Before = {"CORRECT_PUBLICATION": _public}
BREAKS: Breaks = {
    "of_age": _young,
    "age_shown": _of_unknown_age,
    "not_withheld": case(lambda c: setattr(c.withholding, "ground", WITHHOLD_GROUND_STATE_SECRET)),
    "not_withheld_yet": case(lambda c: setattr(c.withholding, "reason", "涉及国家秘密")),
    "ground_holds": _of_age_after_all,
    "public_now": case(lambda c: c.ClearField("publication")),
    "corrects": _already_so,
}

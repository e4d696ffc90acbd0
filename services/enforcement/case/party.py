"""The party of a case, told by its number."""

from datetime import date

from yifa.enforcement.v1 import party_pb2 as pb

from services.kit.refusal import Malformed
from services.law.identity import LENGTH, Said, masked, spelt, why_no_credit_code, why_no_id_number
from services.law.procedures.public_text import birth_of, natural, under_age


def sound_party(party: pb.Party, today: date, path: str = "party") -> None:
    """Bring a party's number into its one spelling, so that no case about it goes under another.

    A number of eighteen characters has to be a right 统一社会信用代码 (GB 32100) or, for a person, 公民身份号码 (GB 11643);
    one of another length is of another document, as a passport. Raises Malformed.
    """
    party.identity_number = number = spelt(party.identity_number)
    if len(number) == LENGTH and (wrong := _wrong(party.kind, number, today)):
        raise Malformed({f"{path}.identity_number": wrong})


def mask_party(party: pb.Party, number: str, on: date) -> None:
    """Show a party in a record as others see it: its number masked, and what follows from the whole one, its credit code and
    whether a person was of age on a day.
    """
    person = natural(party, number)
    party.credit_code = "" if person or why_no_credit_code(number) is not None else number
    born = birth_of(party, number) if person else None
    known = pb.PARTY_AGE_MINOR if born is not None and under_age(born, on) else pb.PARTY_AGE_OF_AGE
    party.age = pb.PARTY_AGE_UNSPECIFIED if born is None else known
    party.identity_number = masked(number)


def _wrong(kind: int, number: str, today: date) -> Said | None:
    """A sole trader goes by either number."""
    as_person, as_body = why_no_id_number(number, today), why_no_credit_code(number)
    if kind == pb.PARTY_KIND_CITIZEN:
        return as_person
    if kind == pb.PARTY_KIND_SOLE_TRADER and as_person is None:
        return None
    return as_body

"""Papers that the records of several procedures keep, with what the law wants on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from services.law.calendar import SHANGHAI


class Duty(StrEnum):
    """What a decision obliges to."""

    MONEY = "MONEY"
    DEMOLITION = "DEMOLITION"
    OTHER = "OTHER"


def of_money(duty: Duty | None) -> bool:
    """Whether a duty is held as one of money, as is one that is not named: more is asked of it."""
    return duty not in (Duty.DEMOLITION, Duty.OTHER)


@dataclass(frozen=True)
class Demand:
    """A written demand to perform (催告书): what it says, and how it came to the party."""

    document_number: str = ""
    serve_time: datetime | None = None
    receipt: str = ""
    term_end_time: datetime | None = None
    manner: str = ""
    amount_fen: int = 0
    rights_told: bool = False


@dataclass(frozen=True)
class Statement:
    """What a party says for itself: when it was made, put on record and rechecked, or that it was given up."""

    receive_time: datetime | None = None
    recheck_time: datetime | None = None
    recheck_opinion: str = ""
    waive_time: datetime | None = None

    def rechecked(self) -> bool:
        """Whether it was rechecked after it was made, with an opinion."""
        made, checked = self.receive_time, self.recheck_time
        return (
            made is not None
            and checked is not None
            and checked >= made
            and bool(self.recheck_opinion.strip())
        )


@dataclass(frozen=True)
class Minutes:
    """The record of what was done on the spot or in a hearing: signed by the party, or its refusal noted."""

    write_time: datetime | None = None
    party_signed: bool = False
    refusal_noted: bool = False
    witness_signed: bool = False

    def checked(self) -> bool:
        """Whether it was made, and signed by the party or a witness, or the refusal noted on it."""
        return self.write_time is not None and (
            self.party_signed or self.refusal_noted or self.witness_signed
        )


def local_midnight(at: datetime) -> datetime:
    """The beginning of the day in which a moment lies: terms in days count days, not hours."""
    return at.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)


def same_day(done: datetime | None, *times: datetime | None) -> bool:
    """Whether all of it was done on one day, as on the spot; what has no time was not."""
    return done is not None and all(
        t is not None and local_midnight(t) == local_midnight(done) for t in times
    )


def since(begin: datetime | None, at: datetime) -> timedelta | None:
    """The time that has passed since a moment; None where that moment is not known."""
    return None if begin is None else at - begin


def missing(needed: Iterable[str], given: Iterable[str]) -> tuple[str, ...]:
    """What of the needed papers was not given, in the order of the law."""
    got = {str(g) for g in given}
    return tuple(str(n) for n in needed if str(n) not in got)


def past(end: datetime | None, at: datetime) -> bool:
    """Whether a term has ended; one whose end is not known has not."""
    return end is not None and at > end


def within(end: datetime | None, at: datetime | None) -> bool:
    """Whether something was done while a term ran; what has no time, or no known term, was not."""
    return end is not None and at is not None and at <= end


@dataclass(frozen=True)
class Evidence:
    """A piece of evidence that the agency hands in: when it was gathered, and whether a supplement was agreed to."""

    name: str = ""
    collect_time: datetime | None = None
    agree_time: datetime | None = None

    def gathered_since(self, begin: datetime | None) -> bool:
        """Whether it was gathered after a moment without leave; true where either time is not known."""
        if self.agree_time is not None:
            return False
        return begin is None or self.collect_time is None or self.collect_time > begin

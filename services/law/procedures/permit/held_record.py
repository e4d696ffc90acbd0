"""What the rules may ask of a permit that stands: checks, what is done to it, the indemnity for that, how it ends."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Manner(StrEnum):
    """How the holder of a permit is checked: by papers (ALIC 61(1)), or where it works (ALIC 62(1))."""

    PAPERS = "PAPERS"
    ON_SITE = "ON_SITE"


class Finding(StrEnum):
    """What a check found."""

    LAWFUL = "LAWFUL"
    UNLAWFUL = "UNLAWFUL"


class Reversal(StrEnum):
    """What is done to a permit that stands: it is revoked for how it was given (ALIC 69), or recalled or altered for the public
    interest (ALIC 8(2)).
    """

    REVOKE = "REVOKE"
    RECALL = "RECALL"
    ALTER = "ALTER"


class ReversalGround(StrEnum):
    """Why: of a revocation those of ALIC 69(1) and (2), of the others those of ALIC 8(2)."""

    ABUSE = "ABUSE"
    BEYOND_POWER = "BEYOND_POWER"
    PROCEDURE = "PROCEDURE"
    UNQUALIFIED = "UNQUALIFIED"
    OTHER_LAW = "OTHER_LAW"
    DECEPTION = "DECEPTION"
    LAW_CHANGED = "LAW_CHANGED"
    CIRCUMSTANCES_CHANGED = "CIRCUMSTANCES_CHANGED"


class IndemnityStage(StrEnum):
    """How far the indemnity for a permit that was recalled or altered is."""

    OWED = "OWED"
    CLAIMED = "CLAIMED"
    DECIDED = "DECIDED"
    PAID = "PAID"


class Meeting(StrEnum):
    """What was held about an indemnity."""

    NEGOTIATION = "NEGOTIATION"
    HEARING = "HEARING"


class Agreement(StrEnum):
    """What a meeting came to."""

    AGREED = "AGREED"
    NOT_AGREED = "NOT_AGREED"


class Holding(StrEnum):
    """How a permit stands before it leaves the register."""

    HELD = "HELD"
    LAPSED = "LAPSED"
    REVERSED = "REVERSED"


class Holder(StrEnum):
    """Who holds it."""

    CITIZEN = "CITIZEN"
    ORGANISATION = "ORGANISATION"
    SOLE_TRADER = "SOLE_TRADER"


class LeavingGround(StrEnum):
    """Why a permit leaves the register (ALIC 70)."""

    EXPIRED = "EXPIRED"
    HOLDER_GONE = "HOLDER_GONE"
    HOLDER_ENDED = "HOLDER_ENDED"
    REVERSED = "REVERSED"
    LICENCE_REVOKED = "LICENCE_REVOKED"
    IMPOSSIBLE = "IMPOSSIBLE"
    OTHER_LAW = "OTHER_LAW"


@dataclass(frozen=True)
class PermitCheck:
    """A check of the holder."""

    manner: Manner | None = None
    checkers: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    """Who signed its record."""
    situation: str = ""
    finding: Finding | None = None
    result: str = ""
    order: str = ""
    """What has to be put right, and by when."""
    correct_until: datetime | None = None


@dataclass(frozen=True)
class PermitChange:
    """The change that the holder asks for, or that is being decided."""

    pending: bool | None = None
    """Whether one was asked for before the act, and is not decided; None where nothing says."""
    content: str = ""
    opinion: str = ""
    """Why the conditions are met."""


@dataclass(frozen=True)
class PermitReversal:
    """What the holder was told that is to be done, and not yet decided; blank where nothing is."""

    kind: Reversal | None = None
    ground: ReversalGround | None = None
    basis: str = ""
    """The law that changed, or what shows the ground."""
    document: str = ""
    until_time: datetime | None = None
    """Until when the holder may state its case."""
    tell_time: datetime | None = None
    stated: bool = False
    """Whether it did."""


@dataclass(frozen=True)
class PermitIndemnity:
    """The indemnity for what a recall or an alteration cost the holder."""

    stage: IndemnityStage | None = None
    loss: str = ""
    claimed: int = 0
    hearing_asked: bool = False
    meeting: Meeting | None = None
    """What is put on record now, and what it came to."""
    host: str = ""
    minutes: str = ""
    signed: bool = False
    agreement: Agreement | None = None
    proposed: int = 0
    held: tuple[Meeting, ...] = ()
    """All that were held, and who hosted the hearings."""
    hosts: tuple[str, ...] = ()
    agreed: int | None = None
    """What the last meeting agreed on; None where it came to nothing."""
    decider: str = ""
    awarded: int = 0
    paid: int = 0
    voucher: str = ""


@dataclass(frozen=True)
class PermitLeaving:
    """How a permit leaves the register."""

    ground: LeavingGround | None = None
    basis: str = ""
    proof: str = ""

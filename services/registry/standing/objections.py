"""What speaks against an act: the holder, the body, and every certificate held, at one moment."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from services.law.areas import covers
from services.registry.certificate.standing import Interval, Validity, standing

ENFORCEMENT, SUPERVISION, LEGAL_REVIEW = 1, 2, 3
# The kinds of act that need a certificate of their own kind; all others are enforcement.
NEEDS: Mapping[int, int] = MappingProxyType({11: SUPERVISION, 12: LEGAL_REVIEW})


@dataclass(frozen=True)
class Asked:
    """An act: what is left empty is not compared."""

    at: datetime
    act: int = 0
    field: str = ""
    area_code: str = ""
    body_id: str = ""


@dataclass(frozen=True)
class Posted:
    """A time with one body."""

    body_id: str
    span: Interval


@dataclass(frozen=True)
class Holder:
    """An officer: how employed, and where from when until when."""

    permanent: bool
    posts: tuple[Posted, ...]
    leave_time: datetime | None = None


@dataclass(frozen=True)
class Held:
    """A certificate: what it is for, what it covers (nothing named is all), when it holds."""

    number: str
    validity: Validity
    kind: int = ENFORCEMENT
    fields: tuple[str, ...] = ()
    area_code: str = ""
    acts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Objection:
    """One thing that speaks against the act, and when it does, as far as that is bounded."""

    code: str
    number: str = ""
    from_time: datetime | None = None
    until_time: datetime | None = None


@dataclass(frozen=True)
class Verdict:
    """Whether the act is open: all objections if not; else the certificate it is done under, and until when."""

    objections: tuple[Objection, ...]
    certificate: Held | None = None
    until_time: datetime | None = None

    @property
    def may(self) -> bool:
        return not self.objections


def judge(
    asked: Asked, holder: Holder | None, body: tuple[Interval, ...] | None, held: Iterable[Held]
) -> Verdict:
    """Whether an officer may do an act at a moment.

    `body` are the times in which the body may enforce, None if nobody knows it; it is looked at only if named.
    A certificate against which nothing speaks silences what speaks against the others.
    """
    found = [*against_holder(asked, holder), *(against_body(asked, body) if asked.body_id else ())]
    certificates = sorted(held, key=lambda c: c.number)
    each = {c.number: tuple(against(asked, c)) for c in certificates}
    good = [c for c in certificates if not each[c.number]]
    if not good and holder is not None:
        found += [o for c in certificates for o in each[c.number]] or [Objection("NO_CERTIFICATE")]
    if found:
        return Verdict(tuple(found))
    best = max(good, key=lambda c: (lasts(asked, c), c.number))
    ends = [lasts(asked, best), *bounds(asked, holder, body)]
    return Verdict((), best, min(ends))


def against_holder(asked: Asked, holder: Holder | None) -> Iterator[Objection]:
    if holder is None:
        yield Objection("OFFICER_UNKNOWN")
        return
    if not holder.permanent:
        yield Objection("NOT_ELIGIBLE_STAFF")
    if holder.leave_time is not None and asked.at >= holder.leave_time:
        yield Objection("OFFICER_LEFT", from_time=holder.leave_time)
    there = [p for p in holder.posts if p.span.covers(asked.at)]
    if not there:
        yield Objection("NOT_ON_ROSTER", until_time=holder.posts[0].span.from_time)
    elif asked.body_id and asked.body_id not in {p.body_id for p in there}:
        yield Objection("NOT_OF_BODY", "", there[0].span.from_time, there[0].span.until_time)


def against_body(asked: Asked, body: tuple[Interval, ...] | None) -> Iterator[Objection]:
    if body is None or not any(span.covers(asked.at) for span in body):
        yield Objection("SUBJECT_NOT_QUALIFIED")


def against(asked: Asked, held: Held) -> Iterator[Objection]:
    """All that speaks against an act under one certificate."""
    if held.kind != NEEDS.get(asked.act, ENFORCEMENT):
        yield Objection("WRONG_KIND", held.number)
    stood, validity = standing(held.validity, asked.at), held.validity
    if stood == "NOT_ISSUED":
        yield Objection(stood, held.number, until_time=validity.issue_time)
    elif stood == "SUSPENDED":
        for s in sorted(validity.suspensions, key=lambda s: s.from_time):
            if s.covers(asked.at):
                yield Objection(stood, held.number, s.from_time, s.until_time)
    elif stood != "ACTIVE":
        yield Objection(stood, held.number, from_time=validity.expire_time)
    if asked.field and held.fields and asked.field not in held.fields:
        yield Objection("OUT_OF_FIELD", held.number)
    if not covers(held.area_code, asked.area_code):
        yield Objection("OUT_OF_AREA", held.number)
    if asked.act and held.acts and asked.act not in held.acts:
        yield Objection("ACT_NOT_COVERED", held.number)


def lasts(asked: Asked, held: Held) -> datetime:
    """Until when a certificate that is in force goes on without a break, as far as is known."""
    begins = [
        s.from_time
        for s in held.validity.suspensions
        if s.from_time > asked.at and s.until_time != s.from_time
    ]
    return min([held.validity.expire_time, *begins])


def bounds(asked: Asked, holder: Holder | None, body: tuple[Interval, ...] | None) -> Iterator[datetime]:
    """When the holder leaves, and when the post with the body named or its standing ends, where that is known."""
    if holder and holder.leave_time:
        yield holder.leave_time
    posts = [p.span for p in holder.posts] if holder and asked.body_id else []
    for span in (*posts, *(body or ())):
        if span.until_time is not None and span.covers(asked.at):
            yield span.until_time


# code: article, English, Chinese
SAID: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "OFFICER_UNKNOWN": (
            "APL-2021:42(1)",
            "No officer of this id is known here.",
            "本节点没有该执法人员的记录。",
        ),
        "OFFICER_LEFT": ("MOT-CERT:25", "The officer has left enforcement work.", "该人员已离开执法岗位。"),
        "NOT_ON_ROSTER": (
            "INTERNAL",
            "The officer was not on a roster then.",
            "该人员当时未列入执法人员名册。",
        ),
        "NOT_OF_BODY": (
            "INTERNAL",
            "The officer was with another body then.",
            "该人员当时不属于该执法主体。",
        ),
        "NOT_ELIGIBLE_STAFF": (
            "MOT-CERT:7",
            "Only staff on the permanent establishment may enforce.",
            "辅助人员、合同制人员和临时人员不得执法。",
        ),
        "SUBJECT_NOT_QUALIFIED": (
            "APL-2021:38(1)",
            "The body was not confirmed and announced, or had ended.",
            "该执法主体当时未经确认公告或者已被撤销。",
        ),
        "NO_CERTIFICATE": ("APL-2021:42(1)", "The officer holds no certificate.", "该人员没有行政执法证件。"),
        "WRONG_KIND": (
            "ASR-2025:17(2)",
            "The certificate is of another kind than the act asks for.",
            "该证件的种类与所实施的行为不符。",
        ),
        "NOT_ISSUED": ("APL-2021:42(1)", "The certificate was not issued yet.", "该证件当时尚未发放。"),
        "SUSPENDED": ("MOT-CERT:31", "The certificate was suspended.", "该证件处于暂扣期间。"),
        "EXPIRED": ("GX-CERT", "The certificate has expired.", "该证件已过有效期。"),
        "REVOKED": ("ASR-2025:32", "The certificate was revoked.", "该证件已被吊销。"),
        "CANCELLED": ("MOT-CERT:25", "The certificate was cancelled.", "该证件已被注销。"),
        "LOST": (
            "MOT-CERT:24",
            "The certificate was lost and is void since.",
            "该证件遗失，自遗失之日起作废。",
        ),
        "VOID": ("ASR-2025:17(2)", "The certificate was found void.", "该证件已被确认无效。"),
        "OUT_OF_FIELD": (
            "APL-2021:42(1)",
            "The certificate does not cover this field.",
            "该证件的执法领域不包括该事项。",
        ),
        "OUT_OF_AREA": (
            "APL-2021:42(1)",
            "The certificate does not cover this area.",
            "该证件的执法区域不包括该地。",
        ),
        "ACT_NOT_COVERED": (
            "APL-2021:42(1)",
            "The certificate does not cover this kind of act.",
            "该证件的执法种类不包括该行为。",
        ),
    }
)

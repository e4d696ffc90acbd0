"""How a person stood at a moment: the certificate in force, and what it covered. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from yifa.registry.v1.act_pb2 import ACT_KIND_LEGAL_REVIEW, ACT_KIND_PENALTY
from yifa.registry.v1.certificate_pb2 import CERTIFICATE_KIND_ENFORCEMENT, CERTIFICATE_KIND_LEGAL_REVIEW

from services.law.areas import covers
from services.law.moment import micros


class Person(NamedTuple):
    """A person at one moment: the certificate in force, if any; whether it was suspended, or covers something else,
    or another place; whether the person was not of this department."""

    officer_id: str
    name: str = ""
    certificate_number: str = ""
    certified: bool = False
    suspended: bool = False
    outside: bool = False
    elsewhere: bool = False
    away: bool = False

    @property
    def fit(self) -> bool:
        """Whether nothing stands against the person."""
        return self.certified and not (self.suspended or self.outside or self.elsewhere)


class Scope(NamedTuple):
    """What a certificate has to cover: its kind, the kind of act, the field, the place. What is empty is not compared."""

    field: str = ""
    kind: int = CERTIFICATE_KIND_ENFORCEMENT
    act: int = ACT_KIND_PENALTY
    place: str = ""


ANY_FIELD = Scope()
LEGAL_REVIEW = Scope(kind=CERTIFICATE_KIND_LEGAL_REVIEW, act=ACT_KIND_LEGAL_REVIEW)


def person_at(
    officer_id: str,
    name: str,
    certificates: Iterable[Mapping[str, Any]],
    at: datetime,
    away: Iterable[Any] = (),
    scope: Scope = ANY_FIELD,
) -> Person:
    """How an officer stood at a moment. A suspension, as a time away from the department, holds from its first moment to
    just before its last.

    A certificate is {number, from, to, kind, fields, area, acts, suspensions: [[from, until], …]} with moments in microseconds.
    """
    moment = micros(at)
    # hardly ever are there times away or suspensions: then nothing is gone through
    if away and within(away, moment):
        return Person(officer_id, name, away=True)
    suspended = outside = elsewhere = ""
    for certificate in certificates:
        if not certificate["from"] <= moment < certificate["to"] or certificate.get("kind", 1) != scope.kind:
            continue
        if certificate["suspensions"] and within(certificate["suspensions"], moment):
            suspended = certificate["number"]
        elif not fits(certificate, scope):
            outside = certificate["number"]
        elif not covers(certificate.get("area", ""), scope.place):
            elsewhere = certificate["number"]
        else:
            return Person(officer_id, name, certificate["number"], True)
    # Of several, the one that comes nearest is spoken of.
    number = elsewhere or outside or suspended
    return Person(
        officer_id,
        name,
        number,
        certified=bool(number),
        suspended=number == suspended != "",
        outside=number == outside != "",
        elsewhere=number == elsewhere != "",
    )


def within(spans: Iterable[Any], moment: int) -> bool:
    """Whether a moment lies in one of some spans, each from its first moment to just before its last, if it has one."""
    return any(start <= moment and (end is None or moment < end) for start, end in spans)


def fits(certificate: Mapping[str, Any], scope: Scope) -> bool:
    """Whether a certificate covers the field and the kind of act; one that names none covers all."""
    fields, acts = certificate.get("fields"), certificate.get("acts")
    return (not fields or not scope.field or scope.field in fields) and (not acts or scope.act in acts)

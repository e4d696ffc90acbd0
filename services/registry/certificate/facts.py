"""What the law asks about a certificate and its holder."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import measure_pb2 as measures
from yifa.registry.v1.body_pb2 import EnforcementBody
from yifa.registry.v1.officer_pb2 import Officer as OfficerProto

from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures import certificate as law
from services.law.procedures import issuing
from services.law.rule import NotAsked, fact
from services.registry.body.model import Body, body_proto
from services.registry.certificate.model import Certificate, certificate_proto
from services.registry.certificate.record import in_force
from services.registry.lawful import Looked
from services.registry.measure.model import Suspension, suspensions_of
from services.registry.officer.model import Officer, officer_announced
from services.registry.qualification.facts import Way
from services.registry.qualification.model import Qualification
from services.registry.renewal.exam import last_renewal_exam
from services.registry.request import moment_in, number
from services.registry.standing.objections import ENFORCEMENT


@whole
class CertificateFacts(Looked, law.CertificateFacts):
    """A certificate as it stands now; its holder, and the body that it was issued for."""

    def __init__(
        self,
        tx: Tx,
        row: Certificate,
        suspensions: Iterable[Suspension] | None = None,
        request: Any = None,
    ) -> None:
        super().__init__(tx)
        self._row, self._request = row, request
        known = suspensions_of(tx, row) if suspensions is None else suspensions
        self.certificate = certificate_proto(row, known, tx.now)

    @fact
    def officer(self) -> OfficerProto:
        return officer_announced(self.tx.get(Officer, self._row.officer_id))

    @fact
    def body(self) -> EnforcementBody:
        return body_proto(self.tx.get(Body, self._row.body_id))

    def hearing(self) -> measures.Hearing:
        if not isinstance(self._request, measures.RevokeCertificateRequest):
            raise NotAsked
        for field in ("notice_time", "hear_time"):
            moment_in(self._request.hearing, field, self.now)
        return self._request.hearing

    @fact
    def in_force(self) -> tuple[str, ...]:
        held = in_force(self.tx, self._row.officer_id, self._row.kind or ENFORCEMENT)
        return tuple(c.certificate_number for c in held)

    @fact
    def replaced_by(self) -> str:
        mine = select(Certificate).where(Certificate.officer_id == self._row.officer_id)
        number = self._row.certificate_number
        return next((c.certificate_number for c in self.tx.query(mine) if c.replaces == number), "")

    def exam_window(self) -> timedelta:
        return timedelta(days=number(self.tx, "certificate.renewal.exam"))

    @fact
    def exam_time(self) -> datetime:
        return last_renewal_exam(self.tx, self._row.officer_id)

    def score(self) -> int:
        if not isinstance(self._request, certificate_pb2.RenewCertificateRequest):
            raise NotAsked
        return self._request.score

    def pass_mark(self) -> int:
        return number(self.tx, "officer.exam.pass")


@whole
class IssueFacts(Way, issuing.IssueFacts):
    """An officer who is to get a certificate."""

    def __init__(
        self, tx: Tx, row: Any, officer: Any, request: certificate_pb2.IssueCertificateRequest
    ) -> None:
        super().__init__(tx, row, officer)
        self._request = request

    def kind(self) -> int:
        return self._request.kind or ENFORCEMENT

    def legal_qualification(self) -> str:
        return self._request.legal_qualification

    def reviewing_since(self) -> date | None:
        """Raises Malformed for what is no day."""
        said = self._request.reviewing_since
        try:
            return date.fromisoformat(said) if said else None
        except ValueError:
            raise Malformed({"reviewing_since": ("is no day", "不是有效的日期")}) from None

    def reviewing_proof(self) -> str:
        return self._request.reviewing_proof

    def same_number(self) -> bool:
        same = select(Qualification).where(
            Qualification.legal_qualification == self.legal_qualification().strip(),
            Qualification.officer_id != self.qualification.officer_id,
        )
        return bool(self.tx.query(same))

    @fact
    def of_kind(self) -> tuple[str, ...]:
        held = in_force(self.tx, self.qualification.officer_id, self.kind())
        return tuple(c.certificate_number for c in held)


@whole
class Numbering(Looked, issuing.NumberFacts):
    """The number of a new certificate, empty if there is none."""

    def __init__(self, tx: Tx, number: str) -> None:
        super().__init__(tx)
        self._number = number

    def number(self) -> str:
        return self._number


@whole
class Own(law.OwnFacts):
    """Whose certificate it is. Takes a row or a selected row."""

    def __init__(self, row: Any) -> None:
        self.certificate = certificate_pb2.Certificate(
            certificate_number=row.certificate_number, issuer=row.issuer
        )

    def at(self) -> datetime:
        raise NotAsked

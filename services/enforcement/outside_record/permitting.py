"""What follows from an act of a permit that another system reports: what changes its term changes it, where it runs."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any

from services.enforcement.outside_record.facts import AsTold
from services.enforcement.permit.act import count_promise
from services.enforcement.permit.term import exclude_now, lengthen, resume_now, term_of
from services.law.moment import put_moment
from services.law.procedures.permit.recorded import excluding
from services.law.rule import Unlawful


def _stands(_request: Any, permit: Any, tx: AsTold) -> None:
    _on_term(tx, permit, lambda: exclude_now(tx, permit, tx.now))  # type: ignore[arg-type]


def _runs(_request: Any, permit: Any, tx: AsTold) -> None:
    """Of time that nobody said to be taken out nothing ends; it is missing."""
    if not excluding(permit):
        return
    put_moment(permit.exclusions[-1].until_time, tx.now)
    _on_term(tx, permit, lambda: resume_now(tx, permit, tx.now))  # type: ignore[arg-type]


def _prolonged(_request: Any, permit: Any, tx: AsTold) -> None:
    _on_term(tx, permit, lambda: lengthen(tx, permit, tx.now))  # type: ignore[arg-type]


def _on_term(tx: AsTold, permit: Any, change: Callable[[], None]) -> None:
    """What the law does not allow changes nothing, and is a breach of the rules."""
    if term_of(tx, permit) is not None:  # type: ignore[arg-type]
        with suppress(Unlawful):
            change()
    count_promise(permit, tx)  # type: ignore[arg-type]


def _renewed(_request: Any, permit: Any, _tx: AsTold) -> None:
    if permit.renewals and permit.renewals[-1].HasField("until_time"):
        permit.certificate.until_time.CopyFrom(permit.renewals[-1].until_time)


def _compensated(_request: Any, permit: Any, tx: AsTold) -> None:
    put_moment(permit.promise.compensate_time, tx.now)


OF_PERMIT: Mapping[str, Callable[[Any, Any, AsTold], None]] = MappingProxyType(
    {
        "EXCLUDE": _stands,
        "RESUME": _runs,
        "EXTEND": _prolonged,
        "RENEW": _renewed,
        "COMPENSATE": _compensated,
    }
)

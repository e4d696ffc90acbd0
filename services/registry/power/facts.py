"""What the law asks about an item of a power list, and about a basis."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from yifa.registry.v1 import basis_pb2, power_pb2
from yifa.registry.v1.basis_pb2 import BASIS_LEVEL_NORMATIVE_DOCUMENT
from yifa.registry.v1.body_pb2 import EnforcementBody

from services.kit.tx import Tx
from services.law.document_use import suspended_in
from services.law.ended import end_of
from services.law.procedure import whole
from services.law.procedures import power as law
from services.law.rule import NotAsked, fact
from services.registry.basis.model import LegalBasis
from services.registry.body.model import Body, body_proto
from services.registry.lawful import Looked
from services.registry.listed_document.model import listed


class Said(Protocol):
    """What says on which bases a power rests and how it goes."""

    @property
    def basis_ids(self) -> Iterable[str]: ...
    @property
    def practice(self) -> power_pb2.ItemPractice: ...


def norms(tx: Tx, basis_ids: Iterable[str]) -> tuple[law.Norm, ...]:
    """The bases of an item as its rules see them. Raises Missing."""
    return tuple(norm(tx, tx.get(LegalBasis, basis_id)) for basis_id in basis_ids)


def norm(look: Any, row: Any) -> law.Norm:
    """A basis as the rules see it, by its row in a transaction or a view."""
    return law.Norm(row.level, row.from_time, ends(look, row))


def ends(tx: Any, row: Any) -> datetime | None:
    """When a basis ends: as the catalogue says, its law, or the document on the list in force, whichever is first."""
    document = off_list(tx, row.law, row.place.removeprefix(f"{row.law}/"), row.level, row.from_time)
    return min((at for at in (row.until_time, end_of(row.law), document) if at is not None), default=None)


def off_list(tx: Any, title: str, article: str, level: int, since: datetime) -> datetime | None:
    """From when a normative document is no basis (GF-2008-17 13, 15): one that nobody listed never was. An end to come is none
    yet: the document may be published anew before.
    """
    if level != BASIS_LEVEL_NORMATIVE_DOCUMENT:
        return None
    found = listed(tx, title)
    if found is None or found.effect_time is None or found.effect_time > tx.now:
        return since
    if suspended_in(found, f"《{title}》{article}") or not (found.on_list or found.off_time):
        return since
    over = (at for at in (found.expire_time, found.off_time) if at is not None and at <= tx.now)
    return min(over, default=None)


@whole
class PowerFacts(Looked, law.PowerFacts):
    """An item as it stands, and what it says or is to say: itself, its draft, or the request that changes it."""

    def __init__(self, tx: Tx, item: power_pb2.PowerItem, said: Said) -> None:
        super().__init__(tx)
        self.item, self.said, self._basis_ids = item, said, tuple(said.basis_ids)

    @fact
    def norms(self) -> tuple[law.Norm, ...]:
        return norms(self.tx, self._basis_ids)

    def basis_ids(self) -> tuple[str, ...]:
        return self._basis_ids

    def practice(self) -> power_pb2.ItemPractice:
        return self.said.practice


@whole
class BasisFacts(Looked, law.BasisFacts):
    """A basis as it stands, and when it is to change."""

    def __init__(self, tx: Tx, basis: basis_pb2.LegalBasis, change_time: datetime) -> None:
        super().__init__(tx)
        self.basis, self._change_time = basis, change_time

    def off_list(self) -> datetime | None:
        basis = self.basis
        return off_list(self.tx, basis.law, basis.article, basis.level, self._change_time)

    def change_time(self) -> datetime:
        return self._change_time


@whole
class ListFacts(Looked, law.ListFacts):
    """The list of a body; `changed` says whether it differs from its last version."""

    def __init__(self, tx: Tx, body: Body, changed: bool | None = None) -> None:
        super().__init__(tx)
        self._owner, self._changed = body, changed

    @fact
    def body(self) -> EnforcementBody:
        return body_proto(self._owner)

    def changed(self) -> bool:
        if self._changed is None:
            raise NotAsked
        return self._changed

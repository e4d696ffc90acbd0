"""Items of power lists: their way, and what the law asks of them and of a basis that changes."""

# ruff: noqa: E501
from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from yifa.registry.v1.basis_pb2 import BasisLevel, LegalBasis
from yifa.registry.v1.body_pb2 import EnforcementBody
from yifa.registry.v1.power_pb2 import ItemPractice, PowerItem, PowerKind

from services.law.ended import end_of
from services.law.moment import moment_of
from services.law.procedure import Procedure
from services.law.procedures.body import may_enforce
from services.law.process import table
from services.law.rule import Facts, rule

LOWEST: Mapping[int, int] = {
    PowerKind.POWER_KIND_PENALTY: BasisLevel.BASIS_LEVEL_GOVERNMENT_RULE,
    PowerKind.POWER_KIND_PERMIT: BasisLevel.BASIS_LEVEL_GOVERNMENT_RULE,
    PowerKind.POWER_KIND_COERCION: BasisLevel.BASIS_LEVEL_LOCAL_REGULATION,
    PowerKind.POWER_KIND_MONEY_ENFORCEMENT: BasisLevel.BASIS_LEVEL_LAW,
    PowerKind.POWER_KIND_DUTY_ENFORCEMENT: BasisLevel.BASIS_LEVEL_LAW,
}
"""The lowest norm that may found a kind of power (APL 10–16; ALL 14–17; ACL 10, 13); other kinds are not bounded."""


@dataclass(frozen=True)
class Norm:
    """What of a basis matters to an item: its rank, and from when until when it is in force."""

    level: int
    from_time: datetime
    until_time: datetime | None = None

    def in_force(self, at: datetime) -> bool:
        return self.from_time <= at and not self.ended(at)

    def ended(self, at: datetime) -> bool:
        return self.until_time is not None and self.until_time <= at


TABLED = frozenset(
    {
        PowerKind.POWER_KIND_PENALTY,
        PowerKind.POWER_KIND_PERMIT,
        PowerKind.POWER_KIND_COERCION,
        PowerKind.POWER_KIND_INSPECTION,
        PowerKind.POWER_KIND_MONEY_ENFORCEMENT,
        PowerKind.POWER_KIND_DUTY_ENFORCEMENT,
    }
)
"""The kinds of power whose procedure stands in a table of the law here."""


def lapse(norms: Iterable[Norm]) -> datetime | None:
    """The moment from which none of the bases is in force; None while one has no end."""
    ends = [norm.until_time for norm in norms]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


class PowerFacts(Facts):
    """`item` as it stands before the act, and the node's own time."""

    item: PowerItem
    now: datetime

    @abstractmethod
    def norms(self) -> tuple[Norm, ...]:
        """The bases that the item rests on, or is to rest on."""

    @abstractmethod
    def basis_ids(self) -> tuple[str, ...]:
        """Their ids."""

    @abstractmethod
    def practice(self) -> ItemPractice:
        """How the power goes, as the item says it or is to say it."""

    def to_come(self) -> tuple[Norm, ...]:
        """Those that a draft may rest on: in force, or still to come."""
        return tuple(n for n in self.norms() if not n.ended(self.now))

    def in_force(self) -> tuple[Norm, ...]:
        """Those in force now."""
        return tuple(n for n in self.norms() if n.in_force(self.now))


class BasisFacts(Facts):
    """`basis` as it stands before it is amended or repealed."""

    basis: LegalBasis

    @abstractmethod
    def change_time(self) -> datetime:
        """When it changes."""

    @abstractmethod
    def off_list(self) -> datetime | None:
        """From when a normative document is no basis by the city's list; None of a law, and of what has no end."""


class ListFacts(Facts):
    """What is asked of the list of a body, before an item is drafted for it or it is published."""

    @abstractmethod
    def body(self) -> EnforcementBody:
        """The body whose list it is."""

    @abstractmethod
    def changed(self) -> bool:
        """Whether a new version of the list would differ from the one before."""


@rule(
    "BASIS_NOT_IN_FORCE",
    law="APL-2021:4;HRB-2008-58",
    zh="事项所列依据中有已经废止的；请改列现行有效的依据。",
    en="One of the item's bases has ended. Name the one in its place.",
    guard="G-02",
    tells=lambda f: {
        "basis_ids": ",".join(b for b, n in zip(f.basis_ids(), f.norms(), strict=True) if n.ended(f.now))
    },
)
def none_ended(f: PowerFacts) -> bool:
    """No basis that an item names has ended."""
    return not any(norm.ended(f.now) for norm in f.norms())


def _firm(kind: int, norms: tuple[Norm, ...]) -> bool:
    lowest = LOWEST.get(kind)
    return lowest is None or not norms or any(n.level <= lowest for n in norms)


def _bases(f: PowerFacts) -> dict[str, str]:
    return {"basis_ids": ",".join(f.basis_ids())}


_UNBASED = "事项没有现行有效的执法依据；请补充依据。"
_UNFIRM = "依据的效力层级不足：规范性文件不得设定行政处罚、行政许可，规章不得设定行政强制措施；请补充更高层级的依据。"
_RANK = "No penalty or permit rests on a normative document alone, no coercion on a rule alone. Name a basis of higher rank."


@rule(
    "NO_LEGAL_BASIS",
    law="APL-2021:4;APL-2021:38(1)",
    zh=_UNBASED,
    en="No basis of the draft is in force or to come. Name one.",
    guard="G-02",
    tells=_bases,
)
def draft_based(f: PowerFacts) -> bool:
    """A power is drafted on a basis in force, or on one that is still to come."""
    return bool(f.to_come())


@rule("NO_LEGAL_BASIS", law="APL-2021:16;ACL-2011:10", zh=_UNFIRM, en=_RANK, guard="G-02", tells=_bases)
def draft_firm(f: PowerFacts) -> bool:
    """No penalty or permit is drafted on a normative document alone, no coercion on a rule alone."""
    return _firm(f.item.kind, f.to_come())


@rule(
    "NO_LEGAL_BASIS",
    law="APL-2021:4;APL-2021:38(1)",
    zh=_UNBASED,
    en="None of the item's bases is in force. Draft a change that names one.",
    guard="G-02",
    tells=_bases,
)
def based(f: PowerFacts) -> bool:
    """A power rests on a basis in force."""
    return bool(f.in_force())


@rule("NO_LEGAL_BASIS", law="APL-2021:16;ACL-2011:10", zh=_UNFIRM, en=_RANK, guard="G-02", tells=_bases)
def firm(f: PowerFacts) -> bool:
    """No penalty or permit rests on a normative document alone, no coercion on a rule alone."""
    return _firm(f.item.kind, f.in_force())


@rule(
    "PRACTICE_NOT_ASKED",
    law="OPR-SUP:4",
    zh="该类职权的程序、时限和收费由法律规定并在本系统办理，不得另行填写；请删去办理说明，许可收费载入办事指南。",
    en="How a power of this kind goes is the law's, and it is handled here. Leave the practice out; a permit's fee stands in its guide.",
    tells=lambda f: {"kind": PowerKind.Name(f.item.kind).removeprefix("POWER_KIND_")},
)
def practice_apart(f: PowerFacts) -> bool:
    """A body says how a power goes only where no procedure of the law is kept for it: nothing is said twice, or otherwise."""
    return f.item.kind not in TABLED or not f.practice().ByteSize()


def _uncarried(f: PowerFacts, holding: tuple[Norm, ...]) -> list[str]:
    """The charges that rest on none of these, or on a normative document."""
    held = {b for b, n in zip(f.basis_ids(), f.norms(), strict=True) if n in holding and n.level <= _CHARGING}
    return [c.name for c in f.practice().charges if c.basis_id not in held]


_CHARGING = BasisLevel.BASIS_LEVEL_GOVERNMENT_RULE
_UNCHARGED = "收费项目没有事项所列的法律、法规、规章作依据，或者依据未在施行；请载明依据，或者取消该收费。"


@rule(
    "CHARGE_NOT_BASED",
    law="CITY-ERS:3(4)",
    zh=_UNCHARGED,
    en="A charge of the draft rests on no law, regulation or rule that the item names and that is in force or to come. Name its basis, or take no charge.",
    tells=lambda f: {"charges": ",".join(_uncarried(f, f.to_come()))},
)
def draft_charges_based(f: PowerFacts) -> bool:
    """A charge is drafted on a law, a regulation or a rule, in force or still to come (CITY-ERS 3(4))."""
    return not _uncarried(f, f.to_come())


@rule(
    "CHARGE_NOT_BASED",
    law="CITY-ERS:3(4)",
    zh=_UNCHARGED,
    en="A charge rests on no law, regulation or rule in force that the item names. Name its basis, or take no charge.",
    tells=lambda f: {"charges": ",".join(_uncarried(f, f.in_force()))},
)
def charges_based(f: PowerFacts) -> bool:
    """What has no basis in force is not charged, and a normative document is none (CITY-ERS 3(4))."""
    return not _uncarried(f, f.in_force())


@rule(
    "SUBJECT_NOT_QUALIFIED",
    law="APL-2021:38(1)",
    zh="该执法主体未经确认、公示或者已被撤销，没有权责清单；请待其确认公示后办理。",
    en="The body was not confirmed and announced, or has ended, so it has no list. Do this once it may enforce.",
    guard="G-01",
)
def body_confirmed(f: ListFacts) -> bool:
    """A body that may enforce has a list of its powers."""
    return may_enforce(f.body())


@rule(
    "NOTHING_TO_PUBLISH",
    law="CBZ-2019-7:14",
    zh="清单自上次公布以来没有变化，无须再次公布。",
    en="Nothing changed since the list was last published. Draft a change first.",
)
def something_new(f: ListFacts) -> bool:
    """A new version of a list is published when something changed."""
    return f.changed()


@rule(
    "BASIS_NOT_IN_FORCE",
    law="HRB-2008-58",
    zh="依据已废止，或者修改、废止的时间早于其最近一次生效时间；请核对时间。",
    en="The basis was repealed, or the change lies before its last one. Correct the time.",
)
def changed_in_order(f: BasisFacts) -> bool:
    """A basis is amended or repealed while it is in force, later than its last change."""
    last = moment_of(f.basis.versions[-1].from_time)
    return not f.basis.HasField("repeal_time") and f.change_time() > last


@rule(
    "BASIS_NOT_IN_FORCE",
    law="APL-2021:4;HRB-2008-58",
    zh="该法律在所载施行时间已经废止；请登记现行有效的法律。",
    en="The law had ended by the time from which it is said to be in force. Register the one in its place.",
    guard="G-02",
    tells=lambda f: {"law": f.basis.law},
)
def law_lasts(f: BasisFacts) -> bool:
    """An article comes into the catalogue with a wording of a time at which its law had not ended."""
    end = end_of(f.basis.law)
    return end is None or f.change_time() < end


@rule(
    "NORMDOC_NOT_USABLE",
    law="GF-2008-17:13;GF-2008-17:15",
    zh="该规范性文件未公布、未施行、已失效、已废止或者未列入继续有效目录，不得作为执法依据；请登记有效目录中的文件。",
    en="The normative document is unknown, not in force or off the list. Register one of the public list (ListDocumentsInForce).",
    guard="G-68",
    tells=lambda f: {"document": f.basis.law},
)
def document_listed(f: BasisFacts) -> bool:
    """A normative document comes into the catalogue while it stands on the list in force (GF-2008-17 15)."""
    end = f.off_list()
    return end is None or f.at() < end


# fmt: off
_DRAFT = (draft_based, draft_firm, none_ended, practice_apart, draft_charges_based)
_IN_FORCE = (based, firm, none_ended, practice_apart, charges_based)
_CHANGE = ("CBZ-2019-7:14", _DRAFT, "", ("拟定变更", "Draft a change"))
_REVIEW = ("HRB-2008-58", (), "", ("依据变动，列入清理", "Review after a change of law"))
ITEM_TABLE = table(
    "power_item",
    ("PROPOSE_POWER_ITEM", "", "DRAFT", "CBZ-2019-7:14", _DRAFT, "", ("拟定事项", "Draft the item")),
    ("CHANGE_POWER_ITEM", "DRAFT", "DRAFT", *_CHANGE),
    ("CHANGE_POWER_ITEM", "PUBLISHED CHANGED UNDER_REVIEW", "CHANGED", *_CHANGE),
    ("PUBLISH", "DRAFT CHANGED", "PUBLISHED", "CBZ-2019-7:14", _IN_FORCE, "", ("公布", "Publish"), "", "PublishPowerList"),
    ("AMEND_BASIS", "DRAFT CHANGED UNDER_REVIEW", "=", *_REVIEW, "", "AmendLegalBasis"),
    ("AMEND_BASIS", "PUBLISHED", "UNDER_REVIEW", *_REVIEW, "", "AmendLegalBasis"),
    ("KEEP_POWER_ITEM", "UNDER_REVIEW", "PUBLISHED", "HRB-2008-58", _IN_FORCE, "", ("清理后保留", "Keep after review")),
    ("REMOVE_POWER_ITEM", "DRAFT PUBLISHED CHANGED UNDER_REVIEW", "REMOVED", "HRB-2008-58", (), "", ("取消事项", "Remove the item")),
    titles=("权责事项", "Item of a power list"),
)
# fmt: on
# fmt: off
# Acts that lead to no state of their own: they begin and end nowhere.
LIST_TABLE = table(
    "power_list",
    ("PROPOSE_POWER_ITEM", "", "", "CBZ-2019-7:14", (body_confirmed,), "", ("拟定事项", "Draft an item")),
    ("PUBLISH_POWER_LIST", "", "", "CBZ-2019-7:14", (body_confirmed, something_new), "", ("公布清单", "Publish the list")),
    titles=("权责清单", "Power list"),
)
BASIS_TABLE = table(
    "legal_basis",
    ("ADD_LEGAL_BASIS", "", "", "DL-ERS-2005", (law_lasts, document_listed), "", ("列入依据", "Add a basis")),
    ("AMEND_LEGAL_BASIS", "", "", "HRB-2008-58", (changed_in_order,), "", ("依据修改", "Amend a basis")),
    ("REPEAL_LEGAL_BASIS", "", "", "HRB-2008-58", (changed_in_order,), "", ("依据废止", "Repeal a basis")),
    titles=("执法依据", "Legal basis"),
)
# fmt: on
POWER_LIST = Procedure("power_list", ListFacts, LIST_TABLE)
LEGAL_BASIS = Procedure("legal_basis", BasisFacts, BASIS_TABLE)
POWER_ITEM = Procedure("power_item", PowerFacts, ITEM_TABLE)

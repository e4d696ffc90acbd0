"""A power goes from one body to another by a decision of those who may say so, while both go on (APL 18, 24; ACL 17(2); ALIC 25)."""

# ruff: noqa: E501
from abc import abstractmethod
from collections.abc import Mapping
from datetime import datetime

from yifa.registry.v1.body_pb2 import BodyKind, EnforcementBody
from yifa.registry.v1.power_pb2 import PowerItem, PowerKind
from yifa.registry.v1.power_transfer_pb2 import PowerTransferKind as Kind

from services.law.moment import moment_of
from services.law.procedure import Procedure
from services.law.procedures.body import may_enforce
from services.law.process import table
from services.law.rule import Facts, rule

_CONCENTRATED = frozenset(
    {
        PowerKind.POWER_KIND_PENALTY,
        PowerKind.POWER_KIND_COERCION,
        PowerKind.POWER_KIND_INSPECTION,
        PowerKind.POWER_KIND_PERMIT,
    }
)
MAY_GO: Mapping[int, frozenset[int]] = {
    Kind.POWER_TRANSFER_KIND_CONCENTRATED: _CONCENTRATED,
    Kind.POWER_TRANSFER_KIND_COMPREHENSIVE: _CONCENTRATED,
    Kind.POWER_TRANSFER_KIND_TOWNSHIP: frozenset(
        {PowerKind.POWER_KIND_PENALTY, PowerKind.POWER_KIND_INSPECTION}
    ),
}
"""What kinds of power may go over in which way: with the penalties the coercion that goes with them (ACL 17(2)), permits by their
own article (ALIC 25); to townships the power of penalty with what it is found by (APL 24(1)). What a law alone gives stays."""
RECEIVERS: Mapping[int, frozenset[int]] = {
    Kind.POWER_TRANSFER_KIND_CONCENTRATED: frozenset({BodyKind.BODY_KIND_AGENCY}),
    Kind.POWER_TRANSFER_KIND_COMPREHENSIVE: frozenset({BodyKind.BODY_KIND_AGENCY}),
    Kind.POWER_TRANSFER_KIND_TOWNSHIP: frozenset({BodyKind.BODY_KIND_TOWNSHIP}),
}


class PowerTransferFacts(Facts):
    """What is asked of a transfer of powers before it is recorded."""

    now: datetime

    @abstractmethod
    def kind(self) -> int:
        """In which way the powers go over."""

    @abstractmethod
    def former(self) -> EnforcementBody:
        """The body that has the powers."""

    @abstractmethod
    def receiver(self) -> EnforcementBody:
        """The body that is to have them."""

    @abstractmethod
    def items(self) -> tuple[PowerItem, ...]:
        """The items that go over."""

    @abstractmethod
    def held(self) -> bool:
        """Whether all of them stand on the former body's published list now."""

    @abstractmethod
    def effect_time(self) -> datetime:
        """From when they are the receiver's."""


@rule(
    "SUBJECT_NOT_QUALIFIED",
    guard="G-01",
    law="APL-2021:18(2);APL-2021:24(1)",
    zh="划转双方应当是两个经确认公示、可以执法的主体：相对集中和综合执法划给行政机关，下放划给乡镇人民政府、街道办事处。",
    en="Powers go between two bodies that may enforce: to an agency, or to a township or sub-district where they are handed down. Name such bodies.",
    tells=lambda f: {"from_body_id": f.former().body_id, "to_body_id": f.receiver().body_id},
)
def both_stand(f: PowerTransferFacts) -> bool:
    """A power goes over between two bodies that may enforce, and to one of the kind that may take it."""
    former, receiver = f.former(), f.receiver()
    standing = may_enforce(former) and may_enforce(receiver)
    return standing and former.body_id != receiver.body_id and receiver.kind in RECEIVERS[f.kind()]


@rule(
    "POWER_NOT_ON_LIST",
    guard="G-02",
    law="APL-2021:38(1)",
    zh="划转的事项应当是划出主体权责清单上现行有效的事项。",
    en="Not every item is on the published list of the body that gives it up. Name items that are.",
    tells=lambda f: {"from_body_id": f.former().body_id},
)
def items_held(f: PowerTransferFacts) -> bool:
    """Only what a body has goes over."""
    return f.held() and all(item.body_id == f.former().body_id for item in f.items())


@rule(
    "POWER_NOT_TRANSFERABLE",
    guard="G-02",
    law="APL-2021:18;APL-2021:24(1);ACL-2011:17(2)",
    zh="该类职权依法不能以这种方式划转：强制执行权由法律规定；下放乡镇、街道的为行政处罚权。",
    en="A power of this kind does not go over in this way: enforcement is a law's alone to give, and what is handed down is the power of penalty. Leave these items out.",
    tells=lambda f: {"items": ",".join(i.code for i in f.items() if i.kind not in MAY_GO[f.kind()])},
)
def kinds_may_go(f: PowerTransferFacts) -> bool:
    """Only kinds of power go over that the law lets go over in this way."""
    return all(item.kind in MAY_GO[f.kind()] for item in f.items())


@rule(
    "TRANSFER_OUT_OF_TIME",
    guard="G-01",
    law="APL-2021:18(2);APL-2021:24(3)",
    zh="划转应当在生效之后登记，生效时间不得早于事项公布或者承接主体公示的时间。",
    en="A transfer is recorded once it is in effect, which is not before the items were published or the receiver was announced. Correct the time.",
    tells=lambda f: {"effect_time": f.effect_time().isoformat()},
)
def in_time(f: PowerTransferFacts) -> bool:
    """A transfer is recorded once it holds; before the items and the receiver were there it held nothing."""
    since = [moment_of(item.from_time) for item in f.items() if item.HasField("from_time")]
    receiver = f.receiver()
    if receiver.HasField("publish_time"):
        since.append(moment_of(receiver.publish_time))
    return f.effect_time() <= f.now and all(at <= f.effect_time() for at in since)


# fmt: off
POWER_TRANSFER_TABLE = table(
    "power_transfer",
    ("TRANSFER_POWERS", "", "", "APL-2021:18(2);APL-2021:24(1)", (both_stand, items_held, kinds_may_go, in_time), "", ("划转职权", "Transfer powers")),
    titles=("职权划转", "Transfer of powers"),
)
# fmt: on
POWER_TRANSFER = Procedure("power_transfer", PowerTransferFacts, POWER_TRANSFER_TABLE)

"""The way of an enforcement body, from the proposal to its end, and what the law asks on it."""

# ruff: noqa: E501
from abc import abstractmethod
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from yifa.registry.v1.body_pb2 import (
    BodyEnd,
    BodyKind,
    BodyState,
    EnforcementBody,
    Entrustment,
    StandingCondition,
    Successor,
)
from yifa.registry.v1.power_pb2 import (
    POWER_KIND_COERCION,
    POWER_KIND_DUTY_ENFORCEMENT,
    POWER_KIND_MONEY_ENFORCEMENT,
)

from services.law.moment import moment_of
from services.law.procedure import Procedure
from services.law.procedures.superior import SUPERIOR, SuperiorFacts
from services.law.process import table
from services.law.rule import Facts, rule

MAY_ENFORCE = frozenset({"PUBLISHED", "CHANGE_PENDING", "REISSUED"})
"""The states in which a body may enforce: confirmed, and announced to the public."""

_MAY_ENFORCE = frozenset(BodyState.Value(f"BODY_STATE_{state}") for state in MAY_ENFORCE)
ENTRUSTED = BodyKind.BODY_KIND_ENTRUSTED
MANDATORS = frozenset({BodyKind.BODY_KIND_AGENCY, BodyKind.BODY_KIND_TOWNSHIP})

_C = StandingCondition
CONDITIONS: Mapping[int, tuple[int, ...]] = {
    BodyKind.BODY_KIND_AGENCY: (
        _C.STANDING_CONDITION_ESTABLISHED,
        _C.STANDING_CONDITION_STATUTORY_POWER,
    ),
    BodyKind.BODY_KIND_AUTHORISED: (
        _C.STANDING_CONDITION_ESTABLISHED,
        _C.STANDING_CONDITION_AUTHORISED,
        _C.STANDING_CONDITION_PUBLIC_AFFAIRS,
    ),
    BodyKind.BODY_KIND_ENTRUSTED: (
        _C.STANDING_CONDITION_ESTABLISHED,
        _C.STANDING_CONDITION_PUBLIC_AFFAIRS,
        _C.STANDING_CONDITION_QUALIFIED_STAFF,
        _C.STANDING_CONDITION_TECHNICAL_MEANS,
        _C.STANDING_CONDITION_WRITTEN_MANDATE,
    ),
    BodyKind.BODY_KIND_TOWNSHIP: (
        _C.STANDING_CONDITION_ESTABLISHED,
        _C.STANDING_CONDITION_PROVINCIAL_DECISION,
        _C.STANDING_CONDITION_CAPABLE,
    ),
}
"""What a legality review must find met, by the kind of body (APL 17, 19, 20 with 21, 24)."""

SUCCESSORS: Mapping[int, range] = {
    BodyEnd.BODY_END_MERGED: range(1, 2),
    BodyEnd.BODY_END_SPLIT: range(2, 51),
    BodyEnd.BODY_END_ABOLISHED: range(0, 51),
}
"""How many bodies may go on with the powers, by the way in which a body ends."""


def may_enforce(body: EnforcementBody) -> bool:
    """Whether a body is confirmed, announced and has not ended."""
    return body.state in _MAY_ENFORCE


def unclear(held: Iterable[str], shares: Collection[Collection[str]]) -> tuple[str, ...]:
    """The items of a body that ends that would go to nobody, or to two successors; and those it never held."""
    items = set(held)
    if len(shares) == 1 and not any(shares):
        return ()
    named = [item for share in shares for item in share]
    twice = {item for item in named if named.count(item) > 1}
    missing = items - set(named) if shares else set()
    return tuple(sorted(missing | twice | (set(named) - items)))


class MandateFacts(Facts):
    """What the rules on the document that entrusts a body ask. `now` is the node's own time."""

    now: datetime

    @abstractmethod
    def kind(self) -> int:
        """The kind of the body."""

    @abstractmethod
    def mandates(self) -> tuple[Entrustment, ...]:
        """The document that entrusts the body; empty where it came without one."""

    @abstractmethod
    def mandator(self) -> EnforcementBody:
        """The agency that the document names; an unspecified one where the register knows none."""

    @abstractmethod
    def own_items(self) -> Mapping[str, int]:
        """Those of the entrusted items that are the mandator's own, each with its kind of power."""


class BodyFacts(MandateFacts, SuperiorFacts):
    """`body` as it stands before the act."""

    body: EnforcementBody

    @abstractmethod
    def met(self) -> frozenset[int]:
        """The conditions of standing that the review found met."""

    @abstractmethod
    def same_prefix(self) -> tuple[str, ...]:
        """The other bodies, by name, whose documents bear the prefix that this one has, or is to have."""

    @abstractmethod
    def sector(self) -> str:
        """The pack of sector rules that its field goes by; empty where there is none."""

    @abstractmethod
    def of_the_city(self) -> bool:
        """Whether it is the city's own, which oversees and handles no cases, so that no sector's terms bind it."""

    @abstractmethod
    def end(self) -> int:
        """The way in which the body ends."""

    @abstractmethod
    def successors(self) -> tuple[Successor, ...]:
        """Who goes on with its powers."""

    @abstractmethod
    def heirs(self) -> tuple[EnforcementBody, ...]:
        """The successors, as they stand."""

    @abstractmethod
    def listed_items(self) -> tuple[str, ...]:
        """The items of its published list that go over to somebody."""

    def unmet(self) -> tuple[str, ...]:
        """The conditions for its kind that were not found met, by name."""
        lacking = [c for c in CONDITIONS[self.kind()] if c not in self.met()]
        return tuple(_C.Name(c).removeprefix("STANDING_CONDITION_") for c in lacking)  # type: ignore[arg-type]

    def unclear(self) -> tuple[str, ...]:
        """The items that would go to nobody, to two, or that the body never held."""
        return unclear(self.listed_items(), [s.item_ids for s in self.successors()])


def _of_mandator(f: MandateFacts) -> dict[str, str]:
    given = [m.entrusting_body_id for m in f.mandates()]
    return {"entrusting_body_id": given[0]} if given else {}


@rule(
    "STANDING_CONDITION_UNMET",
    law="APL-2021:17;APL-2021:19;APL-2021:21;APL-2021:24",
    zh="该类执法主体应当具备的资格条件未经审核确认全部具备；请逐项审核，或者记录审核不通过。",
    en="Not every condition of standing for this kind of body was found met. Review those that are missing, or record that the body failed.",
    tells=lambda f: {"unmet": ",".join(f.unmet())},
)
def conditions_met(f: BodyFacts) -> bool:
    """A body passes the review only if every condition of standing for its kind was found met."""
    return not f.unmet()


@rule(
    "ENTRUSTMENT_INVALID",
    law="APL-2021:20(2)",
    zh="受委托组织应当有书面委托书，其他执法主体不得以委托书申报。",
    en="An entrusted body comes in with the document that entrusts it, and no other body does. Add or leave out the document.",
    guard="G-03",
    tells=_of_mandator,
)
def mandate_given(f: MandateFacts) -> bool:
    """An entrusted body, and no other, comes in with the document that entrusts it."""
    return (f.kind() == ENTRUSTED) == bool(f.mandates())


@rule(
    "ENTRUSTMENT_INVALID",
    law="APL-2021:20(2)",
    zh="委托书的期限已届满，或者终止时间不晚于开始时间；请提交有效期内的委托书。",
    en="The document's period is over, or ends before it begins. Hand in one whose period still runs.",
    guard="G-03",
    tells=_of_mandator,
)
def mandate_lasts(f: MandateFacts) -> bool:
    """The document names a period that is not over."""
    return all(
        m.from_time.ToNanoseconds() < m.until_time.ToNanoseconds() and moment_of(m.until_time) > f.now
        for m in f.mandates()
    )


@rule(
    "ENTRUSTMENT_INVALID",
    law="APL-2021:20(1);APL-2021:20(4)",
    zh="委托机关应当是具有执法主体资格的行政机关，受委托组织不得再委托。",
    en="Whoever gives the mandate is no agency that may enforce; who was entrusted or authorised does not hand it on. Name such an agency.",
    guard="G-03",
    tells=_of_mandator,
)
def mandated_by_agency(f: MandateFacts) -> bool:
    """Only an agency that may enforce entrusts; who was entrusted or authorised does not hand it on."""
    return all(may_enforce(f.mandator()) and f.mandator().kind in MANDATORS for _ in f.mandates())


@rule(
    "ENTRUSTMENT_INVALID",
    law="APL-2021:20(1)",
    zh="委托事项应当在委托机关已公布的权力清单之内；请核对委托事项。",
    en="The document entrusts items that are not on the agency's own published list. Correct the items.",
    guard="G-03",
    tells=_of_mandator,
)
def mandate_inside(f: MandateFacts) -> bool:
    """An agency entrusts items of its own published power list."""
    own = f.own_items()
    return all(
        set(m.item_ids) <= set(own) and (bool(m.item_ids) or f.mandator().power_list_version == 0)
        for m in f.mandates()
    )


@rule(
    "COERCION_NOT_ENTRUSTABLE",
    law="ACL-2011:17(1)",
    zh="行政强制措施权不得委托；请从委托事项中删除。",
    en="The document entrusts coercion, which is never entrusted. Leave those items out.",
    guard="G-64",
    tells=lambda f: {"items": ",".join(_coercion(f))},
)
def no_coercion(f: MandateFacts) -> bool:
    """Coercion is never entrusted."""
    return not _coercion(f)


# What a law gives to the agency itself.
_FORCE = frozenset({POWER_KIND_COERCION, POWER_KIND_MONEY_ENFORCEMENT, POWER_KIND_DUTY_ENFORCEMENT})


def _coercion(f: MandateFacts) -> list[str]:
    return [item for item, kind in f.own_items().items() if kind in _FORCE]


@rule(
    "ENTRUSTMENT_INVALID",
    law="APL-2021:20(1)",
    zh="续签的委托书应当由原委托机关出具。",
    en="The new document comes from another agency than the one that gave the mandate. Another agency's mandate is proposed as another body.",
    guard="G-03",
    tells=_of_mandator,
)
def mandate_same(f: BodyFacts) -> bool:
    """The mandate of an entrusted body is renewed by the agency that gave it; another agency's is another body's standing."""
    before = f.body.entrustment.entrusting_body_id
    return f.kind() != ENTRUSTED or all(m.entrusting_body_id == before for m in f.mandates())


@rule(
    "SUCCESSION_INCOMPLETE",
    law="ALIT-2017:26(6)",
    zh="承继主体的数量与合并、分立或者撤销的方式不符，或者重复、为主体自身；请核对承继主体。",
    en="A merger has one successor, a split two or more, each another body and named once. Correct the successors.",
)
def successors_fit(f: BodyFacts) -> bool:
    """A merger has one successor, a split two or more, none of them the body itself or named twice."""
    others = [s.body_id for s in f.successors() if s.body_id != f.body.body_id]
    return len(set(others)) == len(others) and len(others) in SUCCESSORS[f.end()]


@rule(
    "SUCCESSION_INCOMPLETE",
    law="ALIT-2017:26(6)",
    zh="应当逐项明确职权由哪一个承继主体行使。",
    en="Some items of the power list go to no successor, to two, or were never on it. Give each item to exactly one.",
    tells=lambda f: {"items": ",".join(f.unclear()[:20])},
)
def items_succeeded(f: BodyFacts) -> bool:
    """Every item of the power list goes to exactly one successor."""
    return not f.unclear()


@rule(
    "SUBJECT_NOT_QUALIFIED",
    law="APL-2021:17",
    zh="承继主体未经确认、公示，或者已被撤销；请先完成其确认公示。",
    en="A successor was not confirmed and announced, or has ended itself. Confirm and announce it first.",
    guard="G-01",
)
def successors_act(f: BodyFacts) -> bool:
    """Who goes on with the powers may enforce."""
    return all(may_enforce(heir) for heir in f.heirs())


@rule(
    "SECTOR_UNKNOWN",
    law="APL-2021:17;ASR-2025:17(1)",
    zh="该执法主体的领域没有对应的领域规则，其案件的期限和程序无从确定；请更正领域，或者先配置该领域的规则。",
    en="No pack of sector rules is for this field, so nobody could say which terms bind it. Correct the field, or add a pack.",
    tells=lambda f: {"field": f.body.pending.field or f.body.field},
)
def sector_known(f: BodyFacts) -> bool:
    """A body that is confirmed goes by the rules of a sector that the city knows; the city's own needs none."""
    return bool(f.sector()) or f.of_the_city()


@rule(
    "PREFIX_TAKEN",
    law="INTERNAL",
    zh="该文书字号已由另一执法主体使用，两个主体的文书会出现相同文号；请另定字号。",
    en="Another body's documents bear this prefix, so that two would have one number. Give this body a prefix of its own.",
    tells=lambda f: {"bodies": ",".join(f.same_prefix()[:20])},
)
def prefix_own(f: BodyFacts) -> bool:
    """No two bodies number their documents alike, one that has ended included: its numbers stay."""
    return not f.same_prefix()


PROPOSAL: tuple[Any, ...] = (mandate_given, mandate_lasts, mandated_by_agency, mandate_inside, no_coercion)
"""What is asked of the document that entrusts a body when it is proposed, or the document renewed."""

# fmt: off
_ACTING = "PUBLISHED CHANGE_PENDING REISSUED"
BODY_TABLE = table(
    "body",
    ("PROPOSE_BODY", "", "PROPOSED", "ASR-2025:17(1)", (*PROPOSAL, prefix_own), "", ("申报执法主体", "Propose the body")),
    ("PROPOSE_BODY", "REJECTED", "PROPOSED", "ASR-2025:17(1)", (*PROPOSAL, prefix_own), "", ("重新申报", "Propose again")),
    ("PASS_BODY", "PROPOSED", "LEGALITY_CHECKED", "ASR-2025:17(1)", (conditions_met,), "", ("合法性审核通过", "Pass the legality review"), "", "ReviewBody"),
    ("FAIL_BODY", "PROPOSED", "REJECTED", "ASR-2025:17(1)", (), "", ("合法性审核不通过", "Fail the legality review"), "", "ReviewBody"),
    ("CERTIFY_BODY", "LEGALITY_CHECKED", "CONFIRMED", "ASR-2025:17(1)", (sector_known, prefix_own), "", ("确认主体资格", "Confirm the body")),
    ("PUBLISH_BODY", "CONFIRMED REISSUED", "PUBLISHED", "ASR-2025:17(1)", (), "", ("向社会公示", "Announce to the public")),
    ("RENEW_ENTRUSTMENT", _ACTING, "=", "APL-2021:20(2)", (*PROPOSAL, mandate_same), "", ("续签委托书", "Renew the mandate")),
    ("NAME_SUPERIOR_BODY", _ACTING, "=", "CITY-ERS:1(2)", SUPERIOR, "", ("登记上级部门", "Name the superior body")),
    ("NOTE_BODY_CHANGE", "PUBLISHED REISSUED", "=", "CBZ-2019-7:16", (), "", ("获悉变更", "Hear of a change")),
    ("REPORT_BODY_CHANGE", "PUBLISHED REISSUED", "CHANGE_PENDING", "CBZ-2019-7:16", (), "", ("报告变更", "Report a change")),
    ("REISSUE_BODY", "CHANGE_PENDING", "REISSUED", "CBZ-2019-7:16", (sector_known, prefix_own), "", ("换发主体资格证", "Reissue the certificate"), "", "DecideBodyChange"),
    ("REFUSE_BODY_CHANGE", "CHANGE_PENDING", "PUBLISHED", "CBZ-2019-7:16", (), "", ("不予变更", "Refuse the change"), "", "DecideBodyChange"),
    ("WITHDRAW_BODY", f"PROPOSED LEGALITY_CHECKED CONFIRMED {_ACTING}", "WITHDRAWN", "ASR-2025:10", (successors_fit, items_succeeded, successors_act), "", ("撤销执法主体", "Withdraw the body")),
    titles=("执法主体", "Enforcement body"),
)
# fmt: on
BODY = Procedure("body", BodyFacts, BODY_TABLE)

"""The way of an enforcement body: from the proposal to its end, and what the law asks on it."""

# ruff: noqa: E501
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from yifa.registry.v1.body_pb2 import BodyEnd, BodyKind, StandingCondition

from services.law.process import Move, Process, rule

MAY_ENFORCE = frozenset({"PUBLISHED", "CHANGE_PENDING", "REISSUED"})
"""The states in which a body may enforce: confirmed, and announced to the public."""


_C = StandingCondition


CONDITIONS: dict[int, tuple[int, ...]] = {
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


SUCCESSORS: dict[int, range] = {
    BodyEnd.BODY_END_MERGED: range(1, 2),
    BodyEnd.BODY_END_SPLIT: range(2, 51),
    BodyEnd.BODY_END_ABOLISHED: range(0, 51),
}
"""How many bodies may go on with the powers, by the way in which a body ends."""


@dataclass(frozen=True)
class BodyFacts:
    """What the rules on bodies look at. Each act fills in what its rules ask for."""

    unmet: tuple[str, ...] = ()
    entrusted: bool = False
    mandate: bool = False
    mandate_lasts: bool = True
    mandator_acts: bool = True
    mandate_inside: bool = True
    mandate_same: bool = True
    coercion: tuple[str, ...] = ()
    end: int = BodyEnd.BODY_END_ABOLISHED
    successors: tuple[str, ...] = ()
    successors_act: bool = True
    items_unclear: tuple[str, ...] = ()


def unmet(kind: int, met: Iterable[int]) -> tuple[str, ...]:
    """The conditions of standing for a kind of body that were not found met, by name."""
    found = set(met)
    return tuple(
        StandingCondition.Name(c).removeprefix("STANDING_CONDITION_")  # type: ignore[arg-type]
        for c in CONDITIONS[kind]
        if c not in found
    )


def unclear(held: Iterable[str], shares: Collection[Collection[str]]) -> tuple[str, ...]:
    """The items of a body that ends that would go to nobody, or to two successors; and those it never held."""
    items = set(held)
    if len(shares) == 1 and not any(shares):
        return ()
    named = [item for share in shares for item in share]
    twice = {item for item in named if named.count(item) > 1}
    missing = items - set(named) if shares else set()
    return tuple(sorted(missing | twice | (set(named) - items)))


@rule(
    "STANDING_CONDITION_UNMET",
    law="APL-2021:17;APL-2021:19;APL-2021:21;APL-2021:24",
    zh="该类执法主体应当具备的资格条件未经审核确认全部具备。",
)
def conditions_met(facts: BodyFacts) -> bool:
    """A body passes the review only if every condition of standing for its kind was found met."""
    return not facts.unmet


@rule(
    "ENTRUSTMENT_INVALID",
    law="APL-2021:20(2)",
    zh="受委托组织应当有书面委托书，其他执法主体不得以委托书申报。",
)
def mandate_given(facts: BodyFacts) -> bool:
    """An entrusted body, and no other, comes in with the document that entrusts it."""
    return facts.entrusted == facts.mandate


@rule("ENTRUSTMENT_INVALID", law="APL-2021:20(2)", zh="委托书的期限已届满，或者终止时间不晚于开始时间。")
def mandate_lasts(facts: BodyFacts) -> bool:
    """The document names a period that is not over."""
    return facts.mandate_lasts


@rule(
    "ENTRUSTMENT_INVALID",
    law="APL-2021:20(1);APL-2021:20(4)",
    zh="委托机关应当是具有执法主体资格的行政机关，受委托组织不得再委托。",
)
def mandated_by_agency(facts: BodyFacts) -> bool:
    """Only an agency that may enforce entrusts; who was entrusted or authorised does not hand it on."""
    return facts.mandator_acts


@rule("ENTRUSTMENT_INVALID", law="APL-2021:20(1)", zh="续签的委托书应当由原委托机关出具。")
def mandate_same(facts: BodyFacts) -> bool:
    """A mandate is renewed by the agency that gave it; another agency's is another body's standing."""
    return facts.mandate_same


@rule("ENTRUSTMENT_INVALID", law="APL-2021:20(1)", zh="委托事项应当在委托机关已公布的权力清单之内。")
def mandate_inside(facts: BodyFacts) -> bool:
    """An agency entrusts items of its own published power list."""
    return facts.mandate_inside


@rule("COERCION_NOT_ENTRUSTABLE", law="ACL-2011:17(1)", zh="行政强制措施权不得委托。")
def no_coercion(facts: BodyFacts) -> bool:
    """Coercion is never entrusted."""
    return not facts.coercion


@rule("SUCCESSION_INCOMPLETE", law="ALIT-2017:26(6)", zh="承继主体的数量与合并、分立或者撤销的方式不符。")
def successors_fit(facts: BodyFacts) -> bool:
    """A merger has one successor, a split two or more, none of them the body itself or named twice."""
    return (
        len(set(facts.successors)) == len(facts.successors) and len(facts.successors) in SUCCESSORS[facts.end]
    )


@rule("SUCCESSION_INCOMPLETE", law="ALIT-2017:26(6)", zh="应当逐项明确职权由哪一个承继主体行使。")
def items_succeeded(facts: BodyFacts) -> bool:
    """Every item of the power list goes to exactly one successor."""
    return not facts.items_unclear


@rule("SUBJECT_NOT_QUALIFIED", law="APL-2021:17", zh="承继主体未经确认、公示，或者已被撤销。")
def successors_act(facts: BodyFacts) -> bool:
    """Who goes on with the powers may enforce."""
    return facts.successors_act


PROPOSAL = (mandate_given, mandate_lasts, mandated_by_agency, mandate_inside, no_coercion)


# fmt: off
_WITHDRAW: dict[str, Any] = {"law": "ASR-2025:10", "rules": (successors_fit, items_succeeded), "title_zh": "撤销执法主体", "title_en": "Withdraw the body"}

_CHANGE: dict[str, Any] = {"law": "CBZ-2019-7:16", "title_zh": "报告变更", "title_en": "Report a change"}

_NOTE: dict[str, Any] = {"law": "CBZ-2019-7:16", "title_zh": "获悉变更", "title_en": "Hear of a change"}

_PUBLISH: dict[str, Any] = {"law": "ASR-2025:17", "title_zh": "向社会公示", "title_en": "Announce to the public"}

BODY = Process(
    "body",
    #    act              from               to                 law
    Move("PROPOSE",       "",                "PROPOSED",        "ASR-2025:17", title_zh="申报执法主体", title_en="Propose the body"),
    Move("PROPOSE",       "REJECTED",        "PROPOSED",        "ASR-2025:17", title_zh="重新申报", title_en="Propose again"),
    Move("PASS_LEGALITY", "PROPOSED",        "LEGALITY_CHECKED", "ASR-2025:17", (conditions_met,), title_zh="合法性审核通过", title_en="Pass the legality review"),
    Move("FAIL_LEGALITY", "PROPOSED",        "REJECTED",        "ASR-2025:17", title_zh="合法性审核不通过", title_en="Fail the legality review"),
    Move("CONFIRM",       "LEGALITY_CHECKED", "CONFIRMED",      "ASR-2025:17", title_zh="确认主体资格", title_en="Confirm the body"),
    Move("PUBLISH",       "CONFIRMED",       "PUBLISHED",       **_PUBLISH),
    Move("PUBLISH",       "REISSUED",        "PUBLISHED",       **_PUBLISH),
    *(Move("RENEW_MANDATE", state, state, "APL-2021:20(2)", (mandate_same,), title_zh="续签委托书", title_en="Renew the mandate")
      for state in ("PUBLISHED", "CHANGE_PENDING", "REISSUED")),
    Move("NOTE_CHANGE",   "PUBLISHED",       "PUBLISHED",       **_NOTE),
    Move("NOTE_CHANGE",   "REISSUED",        "REISSUED",        **_NOTE),
    Move("REPORT_CHANGE", "PUBLISHED",       "CHANGE_PENDING",  **_CHANGE),
    Move("REPORT_CHANGE", "REISSUED",        "CHANGE_PENDING",  **_CHANGE),
    Move("REISSUE",       "CHANGE_PENDING",  "REISSUED",        "CBZ-2019-7:16", title_zh="换发主体资格证", title_en="Reissue the certificate"),
    Move("REFUSE_CHANGE", "CHANGE_PENDING",  "PUBLISHED",       "CBZ-2019-7:16", title_zh="不予变更", title_en="Refuse the change"),
    *(Move("WITHDRAW", state, "WITHDRAWN", **_WITHDRAW)
      for state in ("PROPOSED", "LEGALITY_CHECKED", "CONFIRMED", "PUBLISHED", "CHANGE_PENDING", "REISSUED")),
    titles=("执法主体", "Enforcement body"),
)
# fmt: on

"""The paper of the decision: whole, and with the address, the bank and the seal that party and agency have (APL 59; FCS 7)."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from yifa.enforcement.v1.case_pb2 import Procedure

from services.law.procedures.penalty.amounts import is_money
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.rule import rule

ITEMS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "facts": ("违法事实", "the facts"),
        "reasons": ("理由", "the reasons"),
        "basis": ("处罚依据", "the basis"),
        "penalty": ("处罚种类", "the penalty"),
        "defence": ("陈述、申辩的采纳情况", "what became of the defence"),
        "surcharge": ("逾期加处罚款", "the surcharge on late payment"),
        "number": ("文号", "the number"),
        "address": ("当事人住所（住址）", "the address of the party"),
        "bank": ("代收银行名称", "the bank"),
        "bank_address": ("代收银行地址", "where the bank is"),
        "seal": ("行政机关印章", "the seal"),
        "reconsideration": ("行政复议机关", "the authority of reconsideration"),
        "court": ("人民法院", "the court"),
    }
)
"""What a decision may lack, by the names under which a refusal tells it."""
# What its paper says besides the record; on the spot the form of article 52(2) has a seal printed on it, and asks for no address.
_OF_PAPER = ("address", "seal", "reconsideration", "court")
_OF_SPOT_PAPER = ("court",)
_OF_MONEY = ("bank", "bank_address")


def lacking(f: PenaltyFacts) -> list[str]:
    """The items that the paper of the decision lacks (APL 59(1), 52(2); FCS 7)."""
    return [*dict.fromkeys(_lacking(f))]


def _lacking(f: PenaltyFacts) -> Iterator[str]:
    case, paper, spot = f.case, f.decision_paper(), f.move.act == "MAKE_SPOT_DECISION"
    penalty = f.penalty() if spot else case.decision.penalty
    if case.procedure != Procedure.PROCEDURE_SUMMARY:
        said = {name: getattr(case.notice, name) for name in ("facts", "reasons", "basis")}
        said["number"] = case.decision.document_number
        yield from (name for name, text in said.items() if not text.strip())
        heard = case.defence.HasField("statement_time") or case.defence.HasField("hearing_time")
        if heard and not case.defence.recheck_opinion.strip():
            yield "defence"
        if not penalty.kinds:
            yield "penalty"
    if penalty.fine.fen > 0 and not paper.surcharge:
        yield "surcharge"
    wanted = (*(_OF_SPOT_PAPER if spot else _OF_PAPER), *(_OF_MONEY if is_money(penalty) else ()))
    yield from (name for name in wanted if not getattr(paper, name).strip())


def _told(f: PenaltyFacts) -> dict[str, str]:
    found = lacking(f)
    return {
        "lacking": ",".join(found),
        "lacking_zh": "、".join(ITEMS[name][0] for name in found),
        "lacking_en": ", ".join(ITEMS[name][1] for name in found),
    }


@rule(
    "DECISION_DOC_INCOMPLETE",
    guard="G-43",
    warning="EW-33",
    law="APL-2021:59;FCS-1997:7",
    zh="处罚决定书应当载明法定事项并加盖印章：缺少当事人地址、违法事实、种类和依据、申辩采纳情况、代收银行、加处罚款、救济途径或者印章的，不得送达。",
    en="The decision lacks something that it has to say. Put it on record first: the address with the report or by a correction "
    "(party.address), bank, court and government in the city's layer ([paper]), the seal at the registry.",
    tells=_told,
)
def decision_whole(f: PenaltyFacts) -> bool:
    """A decision is served when its paper has its six items, what became of the defence, bank, surcharge and seal."""
    return not lacking(f)


@rule(
    "DECISION_DOC_INCOMPLETE",
    guard="G-43",
    warning="EW-33",
    law="APL-2021:59",
    zh="处罚决定书所载当事人地址或者印章与登记的不一致。",
    en="The paper of the decision bears another address than the record of the party, or another seal than the registry has for "
    "this agency. Put it right, and serve that.",
)
def seal_own(f: PenaltyFacts) -> bool:
    """The paper bears the address that is on record for the party, and the seal that the registry has for the agency."""
    paper = f.decision_paper()
    return paper.address.strip() == f.case.party.address.strip() and paper.seal.strip() == f.seal().strip()


@rule(
    "DECISION_DOC_INCOMPLETE",
    guard="G-43",
    warning="EW-33",
    law="FCS-1997:7",
    zh="处罚决定书所载代收银行不是指定的代收机构。",
    en="The paper of the decision sends the fine to another bank than the one designated. Put it right, and serve that.",
)
def bank_designated(f: PenaltyFacts) -> bool:
    """Money is paid to the bank that is designated for it, as the paper says."""
    if not is_money(f.penalty() if f.move.act == "MAKE_SPOT_DECISION" else f.case.decision.penalty):
        return True
    paper = f.decision_paper()
    return (paper.bank, paper.bank_address) == f.bank()

"""The papers of a penalty case (执法文书): what each is called, what asks for it, when it is due, what it says, its number.

A further paper is a line of the table and a template of the same name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Formatter
from types import MappingProxyType
from typing import Any

from stdnum.iso7064 import mod_37_36

PATTERN = "{body}{word}〔{year}〕{number}号"
"""How documents are numbered where no layer says otherwise (GB/T 9704)."""
PLACES = frozenset({"region", "body", "word", "year", "number", "check"})
# Without these a number would not be that of one body, word and year.
NEEDED = frozenset({"body", "word", "year", "number"})
BOTH, ORDINARY, SUMMARY = frozenset({1, 2}), frozenset({1}), frozenset({2})
"""The procedures of a case, as yifa.enforcement.v1.Procedure numbers them."""


@dataclass(frozen=True)
class Paper:
    """One paper. `act` is the act of the penalty procedure that it belongs to, `law` the article that asks for it.

    due: the field of the record, as a dotted path, with which it can be issued. at: the time that it bears; where it has none it
    bears the day of its issue. says: the fields of the record that it prints. number: the field of the record with its number.
    word: what stands for it in a number (文种), where numbers are given out for it. served: it goes to the party, and shows
    the whole identity number. evidence, papers: it lists what is kept of the case. states: only in these states.
    """

    kind: str
    zh: str
    en: str
    law: str
    act: str
    due: str
    says: tuple[str, ...] = ()
    at: str = ""
    number: str = ""
    word: str = ""
    served: bool = False
    evidence: bool = False
    papers: bool = False
    states: frozenset[str] = frozenset()
    procedures: frozenset[int] = ORDINARY


_CASE = ("party", "violation", "officers")


def _paper(kind: str, zh: str, en: str, law: str, act: str, due: str, says: str = "", **more: Any) -> Paper:
    return Paper(kind, zh, en, law, act, due, (*_CASE, *says.split()), **more)


# fmt: off
PAPERS: Mapping[str, Paper] = MappingProxyType({p.kind: p for p in (
    _paper("filing", "立案审批表", "Filing approval form", "APL-2021:54(2)", "FILE_CASE", "file_time",
           "clue", at="file_time", number="case_number", word="立"),
    _paper("not_filing", "不予立案审批表", "Approval form not to file", "SAMR-2022:20", "DECLINE_CLUE", "cause",
           "clue cause", states=frozenset({"NOT_FILED"})),
    _paper("site_record", "现场检查（勘验）笔录", "Record of the inspection on site", "APL-2021:55(1);APL-2021:42(1)",
           "RECORD_EVIDENCE", "assign_time", "rights_told_time", served=True),
    _paper("interview_notice", "询问通知书", "Notice of an interview", "APL-2021:55(2)", "RECORD_EVIDENCE", "assign_time",
           word="询", served=True),
    _paper("interview_record", "询问笔录", "Record of an interview", "APL-2021:55(2)", "RECORD_EVIDENCE", "assign_time",
           "rights_told_time", served=True),
    _paper("evidence_copy", "证据提取单", "Sheet of copied evidence", "APL-2021:46", "RECORD_EVIDENCE", "assign_time"),
    _paper("preservation_notice", "先行登记保存证据通知书", "Notice of evidence registered and kept", "APL-2021:56",
           "RECORD_EVIDENCE", "assign_time", word="存", served=True),
    _paper("preservation_release", "解除先行登记保存证据通知书", "Notice that kept evidence is released", "APL-2021:56",
           "RECORD_EVIDENCE", "assign_time", word="解存", served=True),
    _paper("correction_order", "责令改正通知书", "Order to make good", "APL-2021:28(1)", "SUBMIT_REPORT",
           "proposal.correction_order", "proposal", word="责改", served=True),
    _paper("investigation_report", "案件调查终结报告", "Report that ends the investigation", "APL-2021:57(1)", "SUBMIT_REPORT",
           "inquiry_end_time", "clue file_time assign_time proposal report", at="inquiry_end_time", evidence=True),
    _paper("legal_review", "重大执法决定法制审核意见书", "Opinion of the legal review", "APL-2021:58", "PASS_REVIEW",
           "review.conclude_time", "proposal review", at="review.conclude_time"),
    _paper("prior_notice", "行政处罚事先告知书", "Prior notice of the penalty", "APL-2021:44", "SERVE_PRIOR_NOTICE",
           "notice.serve_time", "notice", at="notice.serve_time", number="notice.document_number", word="告", served=True),
    _paper("statement_record", "陈述申辩笔录", "Record of statement and defence", "APL-2021:45(1)", "RECORD_STATEMENT",
           "defence.statement_time", "notice defence", at="defence.statement_time", served=True),
    _paper("waiver", "放弃陈述申辩（听证）权利声明", "Waiver of statement, defence and hearing", "APL-2021:45;APL-2021:63",
           "WAIVE_DEFENCE", "defence.waive_time", "notice defence", at="defence.waive_time", served=True),
    _paper("recheck_opinion", "陈述申辩复核意见书", "Opinion on statement and defence", "APL-2021:45(1)", "RECHECK_DEFENCE",
           "defence.recheck_time", "notice defence", at="defence.recheck_time"),
    _paper("hearing_notice", "行政处罚听证通知书", "Notice of the hearing", "APL-2021:64[2]", "REQUEST_HEARING",
           "defence.hearing_request_time", "notice defence", word="听", served=True),
    _paper("hearing_record", "听证笔录", "Record of the hearing", "APL-2021:64[8]", "HOLD_HEARING",
           "defence.hearing_time", "notice defence", at="defence.hearing_time", served=True),
    _paper("hearing_report", "听证报告", "Report of the hearing", "APL-2021:65", "HOLD_HEARING",
           "defence.hearing_time", "notice defence"),
    _paper("discussion", "行政处罚案件集体讨论记录", "Record of the discussion by the heads", "APL-2021:57(2)", "MAKE_DECISION",
           "decision.discussion", "proposal decision", at="decision.decide_time"),
    _paper("decision_approval", "行政处罚决定审批表", "Approval form of the decision", "APL-2021:57(1)", "MAKE_DECISION",
           "decision.decide_time", "clue file_time proposal review notice defence decision", at="decision.decide_time"),
    _paper("decision", "行政处罚决定书", "Penalty decision", "APL-2021:59", "MAKE_DECISION", "decision.decide_time",
           "clue file_time notice defence decision", at="decision.decide_time", number="decision.document_number", word="决",
           served=True, evidence=True),
    _paper("no_penalty", "不予行政处罚决定书", "Decision that no penalty is imposed", "APL-2021:57(1)[2];APL-2021:57(1)[3]",
           "DECIDE_NO_PENALTY", "no_penalty.decide_time", "clue file_time no_penalty", at="no_penalty.decide_time",
           number="no_penalty.document_number", word="不罚决", served=True, evidence=True),
    _paper("spot_decision", "当场行政处罚决定书", "Penalty decision on the spot", "APL-2021:52", "MAKE_SPOT_DECISION",
           "decision.decide_time", "decision", at="decision.decide_time", number="decision.document_number", served=True,
           procedures=SUMMARY),
    _paper("service_receipt", "送达回证", "Receipt of service", "APL-2021:61(1)", "SERVE_DECISION", "decision.decide_time",
           "decision service", served=True, procedures=BOTH),
    _paper("service_notice", "送达公告", "Public notice of service", "APL-2021:61(1);CPL-2023:95(1)", "ANNOUNCE_SERVICE",
           "announcement.announce_time", "decision announcement", at="announcement.announce_time", word="公"),
    _paper("transfer_letter", "案件移送函", "Letter of transfer", "SAMR-2022:14;APL-2021:22", "TRANSFER_CASE",
           "transfer.send_time", "clue transfer", at="transfer.send_time", word="移",
           states=frozenset({"TRANSFERRED_OUT"})),
    _paper("termination", "终止案件审批表", "Approval form to end the case", "SAMR-2022:47", "TERMINATE_CASE", "cause",
           "clue file_time cause", states=frozenset({"TERMINATED", "CLOSED"})),
    _paper("closing", "结案审批表", "Closing approval form", "SAMR-2022:77", "CLOSE_CASE", "close_time",
           "clue file_time decision service payments paid perform_time close_report close_time cause", at="close_time",
           procedures=BOTH),
    _paper("cover", "卷宗封面", "Cover of the file", "APL-2021:47;SAMR-2022:78", "CLOSE_CASE", "decision.decide_time",
           "clue file_time decision close_time", procedures=BOTH),
    _paper("contents", "卷内文件目录", "Contents of the file", "APL-2021:47;SAMR-2022:78", "CLOSE_CASE", "decision.decide_time",
           papers=True, evidence=True, procedures=BOTH),
)})
# fmt: on


def holds(record: Any, path: str) -> bool:
    """Whether a record holds a field, given as a dotted path."""
    *way, name = path.split(".")
    for part in way:
        if not record.HasField(part):
            return False
        record = getattr(record, part)
    if record.DESCRIPTOR.fields_by_name[name].has_presence:
        return bool(record.HasField(name))
    return bool(getattr(record, name))


def text_at(record: Any, path: str) -> str:
    """A text in a record by its dotted path; empty where it is not set, or no path is given."""
    for part in filter(None, path.split(".")):
        record = getattr(record, part)
    return record if isinstance(record, str) else ""


# Numbers.

UNPRINTED: Mapping[str, str] = MappingProxyType(
    {
        **{
            "sealing": "查",
            "seizure": "扣",
            "freezing": "冻",
            "release": "解",
            "referral": "移",
            "deferral": "缓",
            "demand": "催",
            "court_application": "强申",
        },
        **{"inspection": "检", "inspection_notice": "检通"},
    }
)
"""The words of the documents that have no paper here yet."""
WORDS: Mapping[str, str] = MappingProxyType({**{p.kind: p.word for p in PAPERS.values()}, **UNPRINTED})


@dataclass(frozen=True)
class Numbering:
    """How documents are numbered: the pattern, what stands for the region, and the words of the papers, by kind."""

    pattern: str = PATTERN
    region: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    def series(self, kind: str, body: str, year: int) -> str:
        """The number of a kind, body and year before its figure is filled in. Kinds that share a word share the figures.

        Raises KeyError for a paper without a word.
        """
        word = self.words.get(kind) or WORDS[kind]
        if not word:
            raise KeyError(f"{kind} has no number of its own")
        parts = {"region": self.region, "body": body, "word": word, "year": str(year)}
        return "".join(
            text + (parts.get(place, f"{{{place}}}") if place else "")
            for text, place, _, _ in Formatter().parse(self.pattern)
        )


def filled(series: str, figure: int) -> str:
    """The number of a figure, with its check character where the pattern has a place for it."""
    number = series.replace("{number}", str(figure))
    return number.replace("{check}", check_character(number.replace("{check}", "")))


def check_character(number: str) -> str:
    """The check character of a number (ISO 7064, mod 37,36): a single wrong figure or letter is always found, another wrong
    character in 35 of 36 cases.
    """
    plain = "".join(c if c.isascii() else str(ord(c)) for c in re.sub(r"[^\w]", "", number).upper())
    return str(mod_37_36.calc_check_digit(plain.replace("_", "") or "0"))


def numbering(entry: Mapping[str, Any]) -> Numbering:
    """The numbering of a layer's [paper]. Raises ValueError for a pattern whose numbers would not be those of one body, word and
    year, and for a word of a paper that there is not.
    """
    if unknown := entry.keys() - {"number", "region", "word"}:
        raise ValueError(f"{min(unknown)} is not one of number, region, word")
    pattern, words = entry.get("number", ""), entry.get("word", {})
    if pattern:
        places = [place for _, place, _, _ in Formatter().parse(pattern) if place is not None]
        if wrong := [p for p in places if p not in PLACES or places.count(p) > 1]:
            raise ValueError(f"number: {{{wrong[0]}}} is not one place of {', '.join(sorted(PLACES))}")
        if missing := NEEDED - set(places):
            raise ValueError(f"number: {{{min(missing)}}} is missing")
    if wrong := [kind for kind in words if kind not in WORDS]:
        raise ValueError(f"word: {wrong[0]} is no paper")
    if not all(isinstance(said, str) for said in (pattern, entry.get("region", ""), *words.values())):
        raise ValueError("number, region and words are texts")
    return Numbering(pattern, entry.get("region", ""), words)


def merged(layers: list[Numbering]) -> Numbering:
    """What layers say together, the first first."""
    return Numbering(
        next((each.pattern for each in layers if each.pattern), PATTERN),
        next((each.region for each in layers if each.region), ""),
        {kind: word for each in reversed(layers) for kind, word in each.words.items()},
    )

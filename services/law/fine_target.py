"""Targets for fines: nobody is measured by what fines bring in or by how many there are, openly or in disguise (APL 74(3)).

A number that a layer sets, and a cause for which an officer loses points, say in words and units what is counted. What forbids to
set such a target speaks of one as well, so of a cause it is asked whether it measures somebody by it. A target need not be called
one: so much in fines, or so many cases, for somebody or for a time, is one too. What is set apart by blanks and points, or put in
other forms of the same letters, is read as what it is. Words can be chosen so that nothing is found: this is no proof that there
is no target, and what a target leads to, that the income grows, is watched by itself (EW-13).
"""

import re
import unicodedata
from collections.abc import Iterator

LAW = "APL-2021:74(3)"
REASON = "FINE_TARGET_FORBIDDEN"

_FINES = (
    "罚款|罚没|罚金|没收|收费|处罚(?:案件|决定)?(?:数|量|金额)|(?:办案|案件)(?:数|量|总量)"
    "|fines?|penalt|confiscat|fees?|number of cases|case numbers"
)
_TARGET = "指标|任务|目标|定额|target|quota|goal"
_MARK = f"{_TARGET}|基数|考核|考评|排名|名次|预算|上年|去年|同期|ranking|budget|last year|assessment"
_MEASURES = (
    "未完成|没有完成|未按时完成|未达|没有达|不达|达不到|未能|不足|低于|少于|下降|减少|落后|末位|靠后|超额|完成率"
    "|not met|unmet|miss|below|fewer|less|fell|fall|short|behind|last in|not reach|fail"
)
# Both words in one part of a sentence, not far from one another.
_NEAR = r"[^，。；：！？,.;:!?]{0,40}"
_SETS = re.compile(f"(?:{_FINES}){_NEAR}(?:{_TARGET})|(?:{_TARGET}){_NEAR}(?:{_FINES})", re.I)
_BY = re.compile(f"(?:{_FINES}){_NEAR}(?:{_MARK})|(?:{_MARK}){_NEAR}(?:{_FINES})", re.I)
_SUM = re.compile(
    "(?:罚款|罚没|罚金|收费|没收|处罚|办案|案件|执法)(?:的)?(?:收入|金额|总额|数额|总量|数量|件数|宗数|率|完成|增长|增加|增幅)"
    "(?!(?:的)?(?:全额|全部|足额|及时|按时)?(?:上缴|缴入|入库))"
    r"|(?:fine|penalt|fee)\w* (?:income|revenue|total|sum|amount|collected|imposed|growth)"
    "|(?:number|sum|amount|total|growth) of (?:fines|penalties|fees|cases)",
    re.I,
)
_FORBIDS = re.compile(
    "不得|不准|不能|不许|不以|不将|不下|严禁|禁止|杜绝|防止|取消|清理|纠正|停止|撤销|废止|收回|must not|may not|never|no |not "
    "|forbid|withdraw|repeal",
    re.I,
)
# So much, or so many, that is to come in: by each, in a time, at least; a fine that the law sets for a violation is none.
_COUNT = r"(?:\d[\d,]*|[一二三四五六七八九十百千两]+)(?:\.\d+)?"
_QUOTA_SUM = re.compile(
    "(?:罚没|罚款|罚金)(?:的)?(?:收入|总额|总量|款)?(?:任务|计划)?(?:要|应|须|需|力争|确保)?"
    f"(?:达到|达|完成|实现|突破|不少于|不低于|增长|增加|提高|超过)(?:到)?{_COUNT}(?:余)?(?:万|亿)?(?:元|%|个百分点|成|倍)"
    f"|(?:完成|实现|力争|确保|上缴)(?:罚没|罚款|罚金)(?:收入|款)?{_COUNT}(?:余)?(?:万|亿)?元"
)
_QUOTA_EACH = re.compile(
    "(?:每人|人均|每名|每队|各队|每中队|各中队|每科室|各科室|每所|各所|全队|全局)(?:每)?(?:日|天|周|月|季度?|年)?"
    "|(?:每|全)(?:日|天|周|月|季度?|年)"
)
_QUOTA_CASES = re.compile(
    "(?:立案|办案|查处|处罚|查办|办理(?:处罚)?案件|开具罚单|罚款|罚没|罚单)(?:案件|违法行为|数量)?"
    f"(?:要|应|须|需)?(?:达到|达|完成|不少于|不低于|至少|超过)?{_COUNT}(?:余)?(?:件|起|宗|张|万元|元)"
    f"|(?:达到|达|完成|不少于|不低于|至少|超过){_COUNT}(?:余)?(?:件|起|宗)(?:处罚|罚款|行政处罚)?案件"
)
_PART = re.compile(r"[，。；：！？;:!?]|(?<!\d)[,.]|[,.](?!\d)")
# What may stand between the signs of a word, to hide it.
_BETWEEN = re.compile(r"(?<=[\u3400-\u9fff])[\s.·•・_*\-—~、/|]+(?=[\u3400-\u9fff])")
_OF_PEOPLE = (
    "points.",
    "annual_review.",
    "review.",
    "training.",
    "officer.",
    "officers.",
    "leader.",
    "post.",
)
"""The parameters by which officers and bodies are trained, reviewed and judged."""


def parts_of(*texts: str) -> Iterator[str]:
    """The parts of sentences, in the letters that people read, without what stands between the signs of a word."""
    for text in texts:
        for part in _PART.split(_BETWEEN.sub("", unicodedata.normalize("NFKC", text))):
            yield part.strip()


def measures_by_fines(*texts: str) -> bool:
    """Whether a cause for points measures somebody by fines or case numbers, as one that a target for them was not met."""
    return any(_BY.search(part) and re.search(_MEASURES, part, re.I) for part in parts_of(*texts))


def sets_target(*texts: str) -> str:
    """The part of a plan that sets a target for fines or case numbers, or says how much, or how many, are to come; empty where
    none does. What forbids one sets none.
    """
    for part in parts_of(*texts):
        if (_SETS.search(part) or _quota(part)) and not _FORBIDS.search(part):
            return part
    return ""


def _quota(part: str) -> bool:
    """Whether a part of a sentence says how much in fines, or how many cases, are to come in."""
    return _QUOTA_SUM.search(part) is not None or (
        _QUOTA_EACH.search(part) is not None and _QUOTA_CASES.search(part) is not None
    )


def speaks_of_fines(*texts: str) -> str:
    """The part of an indicator of assessment that measures by fines or by how many cases there are: their sum, number or growth,
    a target, a ranking. Empty where none does; what forbids it, or has money paid to the treasury whole, does not.
    """
    for part in parts_of(*texts):
        if (_BY.search(part) or _SUM.search(part) or _quota(part)) and not _FORBIDS.search(part):
            return part
    return ""


def refuse_target(key: str, unit: str, *titles: str) -> None:
    """Raise ValueError for a number that is a target for fines: by its titles, or as a sum of money in what judges people."""
    money = unit == "fen" and key.startswith(_OF_PEOPLE)
    words = key.replace("_", " ").replace(".", " ")
    if money or any(_SETS.search(part) for part in parts_of(words, *titles)):
        raise ValueError(f"{REASON}: no sum or number of fines is a target, openly or in disguise ({LAW})")

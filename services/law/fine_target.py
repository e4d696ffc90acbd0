"""Targets for fines: nobody is measured by what fines bring in or by how many there are, openly or in disguise (APL 74(3)).

A number that a layer sets, and a cause for which an officer loses points, say in words and units what is counted. What forbids to
set such a target speaks of one as well, so of a cause it is asked whether it measures somebody by it. Words can be chosen so that
nothing is found: this is no proof that there is no target.
"""

import re

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
    "不得|不准|不能|不许|不以|不将|不下|严禁|禁止|杜绝|防止|取消|清理|纠正|must not|may not|never|no |not |forbid",
    re.I,
)
_PART = re.compile("[，。；：！？,.;:!?]")
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


def measures_by_fines(*texts: str) -> bool:
    """Whether a cause for points measures somebody by fines or case numbers, as one that a target for them was not met."""
    parts = (part for text in texts for part in _PART.split(text))
    return any(_BY.search(part) and re.search(_MEASURES, part, re.I) for part in parts)


def sets_target(*texts: str) -> str:
    """The part of a plan that sets a target for fines or case numbers; empty where none does. What forbids one sets none."""
    for text in texts:
        for part in _PART.split(text):
            if _SETS.search(part) and not _FORBIDS.search(part):
                return part.strip()
    return ""


def speaks_of_fines(*texts: str) -> str:
    """The part of an indicator of assessment that measures by fines or by how many cases there are: their sum, number or growth,
    a target, a ranking. Empty where none does; what forbids it, or has money paid to the treasury whole, does not.
    """
    for text in texts:
        for part in _PART.split(text):
            if (_BY.search(part) or _SUM.search(part)) and not _FORBIDS.search(part):
                return part.strip()
    return ""


def refuse_target(key: str, unit: str, *titles: str) -> None:
    """Raise ValueError for a number that is a target for fines: by its titles, or as a sum of money in what judges people."""
    money = unit == "fen" and key.startswith(_OF_PEOPLE)
    words = key.replace("_", " ").replace(".", " ")
    if money or any(_SETS.search(text) for text in (words, *titles)):
        raise ValueError(f"{REASON}: no sum or number of fines is a target, openly or in disguise ({LAW})")

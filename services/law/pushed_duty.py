"""Duties of departments that a text pushes onto residents' or villagers' committees (CITY-ERS 3(29)).

A committee may be asked to help; what only a department may do (to inspect, permit, punish, charge, enforce) is nobody else's.
Only what is said in one part of a sentence is looked at, and what forbids it, or asks for help, is none. Words can be chosen so
that nothing is found: people who review the text read it all the same.
"""

import re

from services.law.fine_target import parts_of

_COMMITTEE = (
    r"(?:村|居)(?:民)?(?:委员)?(?:委会|会)|村[（(]居[)）](?:民)?(?:委员会|委会)|村居|(?:村|社区)(?:两委|自治组织)|社区居委会"
    r"|(?:基层)?群众(?:性)?自治组织|(?:villagers'?|residents'?|neighbou?rhood|village|community) committees?"
)
_DUTY = (
    "行政执法|执法(?:检查|巡查|工作|任务)|监督检查|行政检查|行政处罚|处罚|查处|行政许可|审批|核发|征收|收取|代收|收费|罚款|强制拆除|强制执行"
    "|拆除违法|监管(?:职责|责任|任务)|administrative enforcement|inspect|punish|fine|approv|licens|levy|collect"
)
_SHALL = "应当|应该|必须|须|负责|承担|履行|落实|实施|行使|组织开展|列入考核|签订责任书|shall|must|is responsible|are responsible"
_HELPS = re.compile(
    "协助|配合|支持|不得|不准|不能|严禁|禁止|help|assist|support|must not|may not|shall not", re.I
)
# The committee comes first: who is told to put something up there, or to hear it, is another.
_PUSHES = re.compile(
    f"(?:{_COMMITTEE}).*?(?:{_SHALL}).*?(?:{_DUTY})|(?:{_COMMITTEE}).*?(?:{_DUTY}).*?(?:{_SHALL})"
    f"|(?:由|交由|责成|要求|委托)(?:各|所在地|辖区)?(?:{_COMMITTEE}).*?(?:{_DUTY})",
    re.I,
)


def pushed_duty(text: str) -> str:
    """The part of a text that makes a committee do what a department has to; empty where none does."""
    return next((part for part in parts_of(text) if _PUSHES.search(part) and not _HELPS.search(part)), "")

"""What the edge says in Chinese: what protovalidate found (the English is its own), roles, the nouns of records."""

from collections.abc import Callable, Mapping
from typing import Any

SAYINGS: dict[str, str] = {
    "required": "必填",
    "string.min_len": "不得少于{}个字符",
    "string.max_len": "不得超过{}个字符",
    "string.len": "必须为{}个字符",
    "string.pattern": "格式不符合要求",
    "string.in": "不是允许的取值",
    "string.email": "不是有效的电子邮箱地址",
    "string.uri": "不是有效的网址",
    "string.uri_empty": "不得为空",
    "bytes.len": "必须为{}字节",
    "bytes.min_len": "不得少于{}字节",
    "bytes.max_len": "不得超过{}字节",
    "enum.defined_only": "不是已定义的取值",
    "enum.not_in": "必须选择一个取值",
    "enum.in": "不是本方法允许的取值",
    "repeated.min_items": "至少需要{}项",
    "repeated.max_items": "不得超过{}项",
    "map.max_pairs": "不得超过{}项",
    "map.keys": "键不符合要求",
    "repeated.unique": "不得有重复项",
    "int32.gte_lte": "超出允许范围",
    "int64.gte_lte": "超出允许范围",
    "int32.gte": "不得小于{}",
    "int64.gte": "不得小于{}",
}

ROLES: Mapping[str, tuple[str, str]] = {
    "HANDLING_OFFICER": ("承办执法人员", "handling officer"),
    "UNIT_HEAD": ("承办机构负责人", "head of the handling unit"),
    "LEGAL_REVIEWER": ("法制审核人员", "legal reviewer"),
    "AGENCY_HEAD": ("行政机关负责人", "head of the agency"),
    "CLERK": ("内勤（送达、公示）人员", "clerk"),
    "FINANCE": ("财务人员", "finance clerk"),
    "ROSTER_CLERK": ("执法人员名册管理人员", "keeper of the roster"),
    "REGISTRAR": ("市级登记发证人员", "city registrar"),
    "OVERSIGHT": ("行政执法监督人员", "oversight officer"),
    "PUBLIC": ("社会公众", "member of the public"),
    "OVERSIGHT_HEAD": ("行政执法监督机构负责人", "head of the oversight body"),
    "SYSTEM": ("系统（本节点的程序）", "system of this node"),
}

ACTORS: Mapping[str, tuple[str, str]] = {
    "AGENCY": ("被申请（被诉）机关", "agency"),
    "AGENCY_CHIEF": ("行政机关正职负责人或者主持工作的负责人", "chief of the agency"),
    "APPLICANT": ("申请人", "applicant"),
    "COURT": ("人民法院", "court"),
    "GOVERNMENT": ("本级人民政府", "government"),
    "OFFICER": ("当事执法人员", "officer concerned"),
    "PARTY": ("当事人", "party"),
    "PARTY_OR_AGENCY": ("当事人或者行政机关", "party or agency"),
    "RECON_BODY": ("行政复议机关", "reconsideration body"),
    "SUPERVISED_AGENCY": ("被监督机关", "supervised agency"),
    "UNIT": ("被追究单位", "unit concerned"),
}
"""Who acts by the law without a role of this system."""

Nouns = Mapping[str, tuple[str, str, str]]
"""Kinds of records: their names in Chinese and English, and the kind of node where they begin, where that is not the one that
is asked.
"""
NOUNS: Nouns = {
    "Journal": ("服务", "service", ""),
    "Edition": ("法律数据版本", "edition of the law data", ""),
    "LawRow": ("法律数据条目", "row of the law data", ""),
    "ParkedEvent": ("搁置的事件", "parked event", ""),
}


def not_there(noun: tuple[str, str, str], key: str, here: str) -> tuple[str, str]:
    """That a record is not at a node of the kind `here`, in English and Chinese: it may be on its way from where it began."""
    zh, en, home = noun
    said_en, said_zh = f"there is no {en} {key} at this node", f"本节点没有该{zh}（{key}）"
    if home in ("", here):
        return said_en, said_zh
    origin_en, origin_zh = (
        ("the city's node", "市级节点") if home == "city" else ("its department's node", "所属部门的节点")
    )
    return (
        f"{said_en}: if it was made at {origin_en} just now, it is still on its way; try again in a moment",
        f"{said_zh}；如果刚在{origin_zh}登记，可能尚未送达，请稍后再试",
    )


def in_chinese(violation: Any) -> str:
    """The sentence for one violation."""
    saying = SAYINGS.get(violation.proto.rule_id)
    if saying is None:
        return f"不符合要求（{violation.proto.rule_id}）"
    bound: Callable[[], Any] | Any = violation.rule_value
    return saying.format(bound)


def path_of(violation: Any) -> str:
    """Where it is, as "proposal.fine" or "collector_ids[1]"."""
    path = ""
    for element in violation.proto.field.elements:
        path += f".{element.field_name}" if path else element.field_name
        subscript = element.subscript
        if subscript is not None and getattr(subscript, "value", None) is not None:
            path += f"[{subscript.value}]"
    return path

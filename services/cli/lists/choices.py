"""What lists call the kinds of staff, bodies and posts.

A cell is read only where every word of it is known: a word found inside another may say the opposite (行政编制 in 非行政编制).
"""

import re
from functools import lru_cache

from yifa.registry.v1 import body_pb2, officer_pb2, post_pb2

from services.cli.lists.cell import Cell
from services.cli.lists.reading import Read, Unread, words

_BETWEEN = re.compile(r"[\s（）()\[\]【】、，,。/／;；:：+|\-—]")
# The words of each choice. What says no comes first and prevails; what may be either (None) is asked back.
Words = dict[str, int | None]
STAFF: Words = {
    "非公务员 工勤 借调 挂职 实习 见习 员额": None,
    "非 不 不占 无 没有 未 外 外聘 编外 合同 合同制 合同工 临时 临时工 劳务 派遣 劳务派遣 聘用 聘用制 "
    "购买服务 政府购买服务 公益性岗位 雇员 政府雇员 退休 返聘": officer_pb2.STAFF_KIND_CONTRACT,
    "辅助 执法辅助 辅警 协警 协管 协管员": officer_pb2.STAFF_KIND_ASSISTANT,
    "在编 编内 入编 有编制 行政 事业 行政编制 事业编制 事业单位编制 政法编制 政法专项编制 专项编制 "
    "参公 参照公务员法管理 参照公务员管理 公务员": officer_pb2.STAFF_KIND_PERMANENT,
}
STAFF_ASIDE = (
    "非参公 人员 工作人员 干部 身份 性质 类 在职 在岗 正式 试用期 编制 实名 已 的 制 全额拨款 差额拨款 财政全额拨款 自收自支 "
    "事业单位 行政单位 行政机关 机关 行政执法类 综合管理类 专业技术类"
)
KINDS: Words = {
    "委托": body_pb2.BODY_KIND_ENTRUSTED,
    "授权": body_pb2.BODY_KIND_AUTHORISED,
    "乡镇 乡 镇 街道": body_pb2.BODY_KIND_TOWNSHIP,
    "行政机关 行政执法机关 机关": body_pb2.BODY_KIND_AGENCY,
}
KINDS_ASIDE = "法定 受 被 由 依法 法律 法规 规章 的 组织 机构 单位 执法 人民政府 政府 办事处 及 和"
RANKS: Words = {
    "主要负责人": post_pb2.POST_RANK_CHIEF,
    "分管负责人": post_pb2.POST_RANK_DEPUTY,
    "机构负责人 部门负责人 科室负责人": post_pb2.POST_RANK_UNIT_HEAD,
    "工作人员": post_pb2.POST_RANK_STAFF,
}
RANKS_ASIDE = "内设 一般 普通"
YES, NO = ("是", "√", "✓", "✔"), ("否", "×", "✗", "✘", "")


def one_of(choices: Words, aside: str, usual: str) -> Read:
    """Reads the choice that the words of a cell make; `usual` are those to be written where they make none."""
    order = list(choices.values())
    meanings = {word: place for place, group in enumerate(choices) for word in group.split()}
    known = "|".join(sorted((*meanings, *aside.split()), key=len, reverse=True))
    word = re.compile(known)

    @lru_cache
    def choice(said: str) -> int | None:
        bare = _BETWEEN.sub("", said)
        found = word.findall(bare)
        meant = min((meanings[w] for w in found if w in meanings), default=None)
        return None if meant is None or "".join(found) != bare else order[meant]

    def read(field: str, cell: Cell) -> int:
        said = words(field, cell)
        if (value := choice(said)) is None:
            raise Unread(field, "BAD_FIELD", *_asked(said, usual))
        return value

    return read


def _asked(said: str, usual: str) -> tuple[str, str]:
    if not said:
        return f"is empty; write one of {usual}", f"为空，请填写以下之一：{usual}"
    return (
        f'"{said}" does not say which it is; write one of {usual}',
        f"“{said}”不能确定属于哪一类，请填写以下之一：{usual}",
    )


def yes_or_no(field: str, cell: Cell) -> bool:
    said = words(field, cell)
    if said not in (*YES, *NO):
        raise Unread(
            field, "BAD_FIELD", f'"{said}" is neither yes nor no; write 是 or 否', f"“{said}”应为“是”或者“否”"
        )
    return said in YES


def first_words(choices: Words) -> dict[int, str]:
    """What each value is called first."""
    return {value: group.split()[0] for group, value in choices.items() if value is not None}


staff_kind = one_of(STAFF, STAFF_ASIDE, "行政编制、事业编制、参公、合同制、劳务派遣、辅助人员")
body_kind = one_of(KINDS, KINDS_ASIDE, "行政机关、授权组织、受委托组织、乡镇、街道")
post_rank = one_of(RANKS, RANKS_ASIDE, "主要负责人、分管负责人、机构负责人、工作人员")

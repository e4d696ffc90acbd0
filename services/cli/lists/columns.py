"""Which column of a list is which field of a row."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import Message
from yifa.enforcement.v1 import past_penalty_pb2, register_list_pb2
from yifa.registry.v1 import bulk_pb2

from services.cli.lists.cell import Cell
from services.cli.lists.choices import body_kind, post_rank, staff_kind, yes_or_no
from services.cli.lists.reading import (
    Read,
    Unread,
    body_name,
    day,
    day_text,
    digits,
    half_days,
    hours,
    name,
    refuse_lost,
    ten_thousands,
    words,
)
from services.law.procedures.penalty import penalty_table as standard
from services.registry.bulk.fault import Fault

_ASIDE = re.compile(r"[（(].*?[)）]|[*＊:：\s]")


@dataclass(frozen=True)
class Column:
    """A column: its field, its usual title first among those it goes by, how a cell is read, and whether a list needs it."""

    field: str
    titles: tuple[str, ...]
    read: Read = words
    needed: bool = True


@dataclass(frozen=True)
class Table:
    """A kind of list."""

    row: type[Message]
    columns: tuple[Column, ...]
    example: tuple[str, ...]

    @property
    def titles(self) -> dict[str, str]:
        """The usual title of each field."""
        return {column.field: column.titles[0] for column in self.columns}

    def find(self, cells: Sequence[Cell], hidden: frozenset[int] = frozenset()) -> dict[int, Column]:
        """Which cell of a head holds which column; a title that is not known is passed over.

        Of two that hold the same column, the one that can be seen goes before a hidden one.
        """
        known = {title: column for column in self.columns for title in (*column.titles, column.field)}
        found: dict[int, Column] = {}
        for place in sorted(range(len(cells)), key=lambda at: (at in hidden, at)):
            column = known.get(bare(str(cells[place])))
            if column and column not in found.values():
                found[place] = column
        return dict(sorted(found.items()))

    def missing(self, found: dict[int, Column]) -> list[str]:
        return [c.titles[0] for c in self.columns if c.needed and c not in found.values()]

    def parse(self, number: int, cells: Sequence[Cell], head: dict[int, Column]) -> tuple[Any, list[Fault]]:
        """A line as a row, and what of it cannot be read."""
        row, faults = self.row(line=number), list[Fault]()  # type: ignore[call-arg]
        for place, column in head.items():
            cell = cells[place] if place < len(cells) else ""
            try:
                refuse_lost(column.field, cell)
                value = column.read(column.field, cell)
            except Unread as no:
                faults.append(no.fault)
                continue
            if isinstance(value, Message):
                getattr(row, column.field).CopyFrom(value)
            elif column.field not in row.DESCRIPTOR.fields_by_name:  # type: ignore[attr-defined]
                if value:
                    row.values[column.field] = value  # type: ignore[attr-defined]
            elif value is not None:
                setattr(row, column.field, value)
        return row, faults


def bare(title: str) -> str:
    """A title without what is added to it, and without what nobody sees."""
    return _ASIDE.sub("", "".join(c for c in title if unicodedata.category(c) != "Cf"))


def _penalty_column(each: standard.Column) -> Column:
    """A column of 双公示, by its code, its codes of old, or its name."""
    read = PENALTY_READS.get(each.form, digits if each.code in NUMBERS else words)
    return Column(each.code, (each.zh, bare(each.zh), each.code, *each.also), read, needed=each.code in CORE)


PENALTY_READS: dict[str, Read] = {
    "credit_code": digits,
    "day": day_text,
    "day_past": day_text,
    "amount": ten_thousands,
}
# What is a number by name, whatever a spreadsheet makes of it.
NUMBERS = frozenset("CF_XDR_SHXYM CF_XDR_GSZC CF_XDR_ZZJG CF_XDR_SWDJ CF_XDR_ZJHM CF_FR_ZJHM".split())  # noqa: SIM905
EXAMPLE = {
    "CF_XDR_MC": "示例企业",
    "CF_XDR_LB": "法人及非法人组织",
    "CF_XDR_SHXYM": "914407000000000016",
    "CF_FRDB": "示例代表",
    "CF_WSH": "示罚决〔2025〕10001号",
    "CF_WFXW": "未按规定记录",
    "CF_SY": "未按规定记录",
    "CF_YJ": "示例法第一条",
    "CF_CFLB": "罚款",
    "CF_NR": "罚款20000.00元",
    "CF_NR_FK": "2.000000",
    "CF_JDRQ": "2025/05/06",
    "CF_YXQ": "2099/12/31",
    "CF_GSJZQ": "2026/05/06",
    "CF_CFJG": "示例执法机关",
    "CF_CFJGDM": "11440700000000001E",
    "CF_SJLY": "示例执法机关",
    "CF_SJLYDM": "11440700000000001E",
}
# Without these columns a file is no table of penalties; what else a row lacks is told with it.
CORE = frozenset({"CF_XDR_MC", "CF_WSH", "CF_JDRQ"})
TABLES = {
    "officers": Table(
        bulk_pb2.OfficerRow,
        (
            Column("name", ("姓名", "人员姓名", "执法人员姓名"), name),
            Column(
                "id_number", ("身份证号", "身份证号码", "公民身份号码", "居民身份证号", "证件号码"), digits
            ),
            Column(
                "body",
                ("执法主体", "执法主体名称", "所属执法主体", "执法机关", "执法单位", "统一社会信用代码"),
                body_name,
            ),
            Column(
                "unit", ("单位", "所在单位", "工作单位", "所属单位", "内设机构", "所在科室", "科室", "部门")
            ),
            Column("post", ("岗位", "执法岗位", "岗位名称", "职务")),
            Column(
                "staff_kind",
                ("编制类别", "编制性质", "编制", "人员性质", "人员类别", "身份类别"),
                staff_kind,
            ),
            Column("birth_date", ("出生日期", "出生年月日"), day, needed=False),
        ),
        ("示例人员", "440700198001010013", "示例执法机关", "执法大队", "执法岗", "行政编制", "1980-01-01"),
    ),
    "training": Table(
        bulk_pb2.TrainingRow,
        (
            Column("officer", ("身份证号", "身份证号码", "公民身份号码", "人员编号"), digits),
            Column("course", ("培训内容", "课程", "培训课程", "课程名称", "培训名称", "培训主题")),
            Column("date", ("培训日期", "日期", "培训时间"), day),
            Column("hours", ("学时", "培训学时", "课时", "学时数"), hours),
            Column("half_days", ("培训天数", "天数"), half_days, needed=False),
        ),
        ("440700198001010013", "行政处罚法", "2026-03-02", "8", "1"),
    ),
    "posts": Table(
        bulk_pb2.PostRow,
        (
            Column(
                "body",
                ("执法主体", "执法主体名称", "所属执法主体", "执法机关", "执法单位", "统一社会信用代码"),
                body_name,
            ),
            Column("unit", ("机构", "内设机构", "所属机构", "科室", "部门")),
            Column("functions", ("机构职能", "职能", "机构职责"), needed=False),
            Column("name", ("岗位", "岗位名称", "执法岗位")),
            Column("rank", ("岗位层级", "层级"), post_rank),
            Column("sensitive", ("敏感岗位", "是否敏感岗位"), yes_or_no, needed=False),
        ),
        ("示例执法机关", "执法大队", "现场检查、调查取证", "执法岗", "工作人员", "否"),
    ),
    "bodies": Table(
        bulk_pb2.BodyRow,
        (
            Column("name", ("执法主体", "执法主体名称", "主体名称", "单位名称", "名称")),
            Column("unified_social_credit_code", ("统一社会信用代码", "信用代码"), digits),
            Column("kind", ("主体类别", "主体性质", "类别"), body_kind),
            Column("node", ("部门节点", "节点")),
            Column("document_prefix", ("文书字号", "文号前缀", "案号字头")),
            Column("field", ("执法领域", "领域")),
        ),
        ("示例执法机关", "11440700MB2C10019G", "行政机关", "huanbao", "示罚", "生态环境"),
    ),
    "devices": Table(
        register_list_pb2.MonitoringDeviceRow,
        (
            Column("body", ("执法主体", "执法主体名称", "所属执法主体", "执法机关", "使用单位"), body_name),
            Column("number", ("设备编号", "监控设备编号", "编号")),
            Column("title", ("设备名称", "监控设备名称", "设备", "设备类型")),
            Column("place", ("设置地点", "安装地点", "地点", "点位")),
            Column("area_code", ("行政区划代码", "行政区划"), digits, needed=False),
            Column("sign", ("现场标志", "标志", "标志设置情况")),
            Column("basis", ("设置依据", "法律依据", "依据")),
            Column("standard", ("技术标准", "执行标准", "标准")),
            Column("legal_document", ("法制审核文书", "法制审核"), needed=False),
            Column("legal_reviewer", ("法制审核单位", "法制审核机构"), needed=False),
            Column("legal_date", ("法制审核日期",), day, needed=False),
            Column(
                "technical_document", ("技术审核文书", "检定证书", "检定证书编号", "技术审核"), needed=False
            ),
            Column("technical_reviewer", ("技术审核单位", "检定机构", "技术审核机构"), needed=False),
            Column("technical_date", ("技术审核日期", "检定日期"), day, needed=False),
            Column("technical_until", ("技术审核有效期至", "检定有效期至", "有效期至"), day, needed=False),
            Column("address", ("公布网址", "地点公布网址", "公布途径"), needed=False),
            Column("publish_date", ("公布日期", "地点公布日期"), day, needed=False),
        ),
        (
            "示例执法机关",
            "监控1号",
            "道路违法监控设备",
            "示例路口",
            "440703",
            "前方设有监控标志",
            "《示例条例》第九条",
            "GB/T 28181",
            "示法审〔2025〕1号",
            "示例市司法局",
            "2025-03-01",
            "示检字2025001号",
            "示例市计量所",
            "2025-03-10",
            "2099-12-31",
            "https://example.gov.cn/devices",
            "2025-03-20",
        ),
    ),
    "institutions": Table(
        register_list_pb2.SamplingInstitutionRow,
        (
            Column("name", ("机构名称", "抽样机构", "检验机构", "名称")),
            Column("qualification", ("资质证书号", "资质证书编号", "资质认定证书编号", "证书编号")),
            Column("issuer", ("发证机关", "发证部门")),
            Column("scope", ("资质范围", "认定范围", "范围")),
            Column("from_date", ("发证日期", "有效期起", "有效期自"), day),
            Column("until_date", ("有效期至", "有效期止"), day),
        ),
        ("示例检测所", "示检资2025001", "示例市市场监督管理局", "食品、农产品", "2025-01-01", "2099-12-31"),
    ),
    "penalties": Table(
        past_penalty_pb2.PastPenaltyRow,
        tuple(_penalty_column(each) for each in standard.columns()),
        tuple(EXAMPLE.get(each.code, "") for each in standard.columns()),
    ),
}

"""The words by which benchmarks and statutes set a fine. Longest word first; a word stands in one class only."""

from types import MappingProxyType

# Base amounts that a text says somebody has or has not.
GAINS = ("违法所得", "非法所得", "违法收入", "非法收入", "非法财物", "经营所得", "收入", "所得")
# Units of a quantity, each under the one name it is reckoned by.
_OWN_NAMES = (
    "平方米 立方米 延长米 米 公里 亩 公顷 吨 公斤 克 升 辆次 辆 台 个 只 头 羽 匹 株 棵 件 份 人次 人 名 户 次 "
    "日 月 年 小时 分钟 张 块 条 艘 架 套 枚 袋 盒 瓶 箱 支 项 批次 批 车次 车 幅 座 间 处 本 桶 根 门 面 册 起 宗 家 扇 组"
)
_OTHER_NAMES = {
    "天": "日", "m2": "平方米", "平米": "平方米", "m3": "立方米", "千克": "公斤", "kg": "公斤", "个月": "月",
    "自然人": "人", "公升": "升",
}  # fmt: skip
UNITS = MappingProxyType({name: name for name in _OWN_NAMES.split()} | _OTHER_NAMES)
# A figure with one of these that sets no fine is about something else, as a term to correct …
_ASIDE = "日 月 年 小时 分钟 次 项 人 名 个 家 起 宗 处 件 份 本 条 人次 批次"
ASIDE = frozenset(_ASIDE.split())
# … where its phrase says one of these.
_ASIDE_WORDS = (
    "责令 停业 停产 停止 拘留 暂扣 吊销 限期 期限 禁止 不得 从业 记分 整改 整顿 改正 内 终身 限制 列入 公示"
)
ASIDE_WORDS = tuple(_ASIDE_WORDS.split())
# No amount that a rate is of, or a condition is about, is called by one of these.
_NO_NAMES = "没收 责令 处 罚 缴纳 情节 以上 以下 以内 不足 超过 等值 等额 每 各 ， 或者"
NO_NAMES = tuple(_NO_NAMES.split())
MONEY = ("元整", "圆整", "元人民币", "元", "圆")

WORDS: dict[str, str] = {
    word: kind
    for kind, words in {
        "FROM": "以上 及以上",
        "UPTO": "以下 及以下 以内 之内",
        "LESS": "不足 不满 未满 不到 未达到 未达 低于 少于 小于",
        "MORE": "超过 超出 高于 多于 大于",
        "ATMOST": "不超过 不得超过 不能超过 不高于 不得高于 不多于 至多 最高不超过 最高不得超过 最多不超过 最多不得超过 最高为",
        "ATLEAST": "不低于 不少于 不得低于 不得少于 不小于 至少 最低不低于 最低不少于 最低不得低于 最低不得少于 最低为",
        "TO": "至 到 - ~ — – ― － 〜 ～ ─ −",
        "VERB": "处 处以 并处 并处以 各处 各处以 分别处 分别处以 单处 另处 罚 课以 科处",
        "MAY": "可处 可以处 可处以 可以处以 可并处 可以并处 可并处以 可以并处以 可单处 可以单处 或处 或处以 或者处 或者处以 "
        "可以对其处 或并处 或者并处 可以给予 可给予",
        "FINE": "罚款",
        "NOFINE": "不予罚款 免予罚款 免于罚款 不处以罚款 不并处以罚款 免处以罚款 不罚款 加处以罚款 罚款决定 罚款的决定 "
        "罚款处罚的决定 "
        "罚款由 逾期不缴纳罚款 不缴纳罚款 缴纳罚款 罚款以外 所处以罚款",
        "DAILY": "按日连续处罚 按日计罚 按日连续计罚",
        "PER": "每",
        "AS": "按 按照 以",
        "COUNT": "计算 计 计收 计罚 计取",
        "OPEN": "上不封顶 不封顶",
        "DE": "的",
        "OR": "或者 或",
        "UNKNOWN": "无法计算 无法确定 难以计算 难以确定 无法查清 不能确定 无法查实",
        "PART": "部分 的部分 余数",
        "SORT": "的标准 标准 幅度 的幅度",
        # Words that hold a word of another class and mean something else.
        "TEXT": "行政处罚 处罚 处理 处分 处置 处于 从处 到处 各处室 处室 处长 住处 用处 何处 惩处 查处 处方 处女 "
        "以上情形 以上行为 以下情形 以下行为 以上违法 以下违法 以上处罚 以上情节 以下情节 以及 以便 以来 所以 可以 予以 "
        "给以 难以 用以 得以 依据 以其 以此 以拖延 以拒绝 以围堵 至今 直至 甚至 及至 乃至 到位 到期 达到 "
        "上一年度 上年度 一年度 期满 届满 达标 目的 的确 按期 按时 每增加 计划 统计 会计 设计 或许 除外 罚没 罚则 罚单",
    }.items()
    for word in words.split()
} | {f"{has}{gains}": kind for kind, words in {
        "HAS": "有 存在 取得 获得 获取",
        "NONE": "没有 无 未取得 未获得 没有取得 未获取 没有获得 不存在",
    }.items() for has in words.split() for gains in GAINS}  # fmt: skip
# Whom a fine is imposed on, by a word in what stands before it; the first that fits holds.
RESPONSIBLE = ("责任人", "主管人员", "负责人", "法定代表人", "直接责任", "责任人员")
PERSON = ("个人", "自然人", "公民")
ORGANISATION = ("单位", "企业", "法人", "机构", "公司", "组织")
LONGEST = max(map(len, WORDS))

"""Nobody's work is measured by fines: a number or a cause for points that is a target for them is known as one (APL 74(3))."""

import pytest

from services.law.fine_target import measures_by_fines, sets_target, speaks_of_fines
from services.law.layer import read_layer
from services.law.parameters import Layers, national

HEAD = '[layer]\nname = "mine"\nkind = "national"\n'


@pytest.mark.parametrize(
    ("key", "unit", "title"),
    [
        ("fine.target", "count", "指标"),
        ("unit.work", "fen", "全年罚没收入任务"),
        ("unit.work", "count", "处罚案件数量指标"),
        ("points.income", "fen", "所收金额"),
        ("unit.work", "count", "Quota of fines for the year"),
    ],
)
def test_a_number_that_is_a_target_for_fines_is_refused(tmp_path, key, unit, title):
    file = tmp_path / "mine.toml"
    value = '{ since = 2022-01-01, value = 7, law = "INTERNAL" }'
    file.write_text(f'{HEAD}["{key}"]\nunit = "{unit}"\ntitle_zh = "{title}"\nvalues = [{value}]\n', "utf-8")

    with pytest.raises(ValueError, match=rf"mine.toml:4: {key}: FINE_TARGET_FORBIDDEN.*APL-2021:74\(3\)"):
        read_layer(file)


def test_what_the_law_itself_counts_is_no_target():
    """Thresholds of a hearing, of what is major, of a growth of income that is looked into."""
    keys = Layers(national()).keys

    assert {"hearing.fine.citizen", "major.fine.citizen", "warning.EW-13.amount"} <= set(keys)


@pytest.mark.parametrize(
    "cause",
    [
        "未完成年度罚款任务",
        "罚没收入低于上年同期",
        "处罚案件数量未达到考核要求",
        "态度恶劣，办案数排名末位",
        "the fines of the unit are below its target",
    ],
)
def test_a_cause_that_measures_by_fines_is_known(cause):
    assert measures_by_fines("", cause)


@pytest.mark.parametrize(
    "cause",
    [
        "违规下达罚没指标",
        "将罚没收入与考核挂钩",
        "当场收缴罚款少于票据金额",
        "未按时完成培训任务",
        "未将罚款全额上缴国库",
        "逾期未录入处罚案件信息；未达到培训目标",
        "sets a target for fines",
        "hands fines in late",
    ],
)
def test_a_fault_in_handling_fines_or_in_setting_targets_is_none(cause):
    assert not measures_by_fines(cause)


@pytest.mark.parametrize(
    "text",
    [
        "全年罚没收入要达到五百万元",
        "确保罚款收入不低于上年，罚没收入增长15%",
        "力争完成罚款３００万元",
        "各中队每月查处不少于20起",
        "每人每月立案五件",
        "人均每季度至少办理案件3件",
        "罚 没 指 标：八百万",
        "下达罚·没·任·务",
        "全年罚.没.指.标",
        "罚没收入达到1,500.5万元",
        "全年办案达到200件",
    ],
)
def test_a_target_that_is_not_called_one_is_known(text):
    """So much in fines, so many cases; and what is hidden by blanks, points or other forms of letters."""
    assert sets_target(text) and speaks_of_fines(text)


@pytest.mark.parametrize(
    "text",
    [
        "对未取得许可的，处五万元以上二十万元以下罚款",
        "罚款数额不得低于一万元",
        "每年对重点单位检查不少于2次",
        "严禁下达罚没指标",
        "停止下达罚没任务，已经下达的予以撤销",
        "全年开展培训40学时，案卷评查达到100份",
        "罚款应当自收到决定书之日起十五日内缴纳",
        "每月公开行政处罚决定",
    ],
)
def test_what_sets_none_is_let_be(text):
    assert not sets_target(text)

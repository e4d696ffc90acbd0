"""No text makes a committee of the people do what a department has to (CITY-ERS 3(29))."""

import pytest

from services.law.pushed_duty import pushed_duty


@pytest.mark.parametrize(
    "text",
    [
        "各居民委员会负责辖区内违法建设的查处",
        "村民委员会应当每月开展执法检查并报送结果",
        "社区居委会必须完成卫生费的代收",
        "占道经营由所在地居民委员会查处",
        "基层群众性自治组织的执法巡查列入考核",
        "村（居）委会 承 担 占道经营的行政处罚 工作",
        "Residents' committees must inspect every shop each month",
    ],
)
def test_a_duty_that_is_pushed_on_is_known(text: str) -> None:
    assert pushed_duty(f"第一条 为了规范管理。{text}，自印发之日起施行。")


@pytest.mark.parametrize(
    "text",
    [
        "居民委员会协助开展执法检查",
        "不得要求居民委员会承担行政执法工作",
        "城管部门应当查处违法建设，村民委员会可以向其反映",
        "村民委员会应当依法办理本村公共事务",
        "执法人员应当在居民委员会公告栏张贴处罚决定",
        "对居民委员会提出的建议应当答复",
        "Residents' committees help with inspections",
    ],
)
def test_help_and_what_is_their_own_is_none(text: str) -> None:
    assert not pushed_duty(text)

"""How the cells of a list are read: choices by all their words, names, numbers and days by what they were meant to be."""

from datetime import date
from typing import Any

import pytest
from google.type import date_pb2
from yifa.registry.v1 import body_pb2, officer_pb2, post_pb2

from services.cli.lists.cell import Cell, Lost
from services.cli.lists.choices import body_kind, post_rank, staff_kind, yes_or_no
from services.cli.lists.give import KINDS, RANKS, STAFF
from services.cli.lists.reading import Unread, body_name, day, digits, name, refuse_lost
from services.given.people import credit_code, id_number

ON, OFF, AID = (
    officer_pb2.STAFF_KIND_PERMANENT,
    officer_pb2.STAFF_KIND_CONTRACT,
    officer_pb2.STAFF_KIND_ASSISTANT,
)
AGENCY, GIVEN, SENT, TOWN = (
    body_pb2.BODY_KIND_AGENCY,
    body_pb2.BODY_KIND_AUTHORISED,
    body_pb2.BODY_KIND_ENTRUSTED,
    body_pb2.BODY_KIND_TOWNSHIP,
)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("行政编制", ON), ("事业编制", ON), ("行政", ON), ("参公", ON), ("公务员", ON), ("在编", ON), ("在编在岗", ON),
        ("非参公事业编制", ON), ("行政编制（试用期）", ON), ("参公事业编制", ON), ("政法专项编制", ON), ("事业单位编制", ON),
        ("全额拨款事业编制", ON), ("行政执法类公务员", ON), ("行政编制/事业编制", ON),
        ("非行政编制", OFF), ("非事业编制", OFF), ("行政编制外", OFF), ("事业编制外聘", OFF), ("不占行政编制", OFF),
        ("无行政编制", OFF), ("没有编制", OFF), ("公务员（已退休返聘）", OFF), ("事业单位合同制", OFF), ("非在编", OFF),
        ("编外人员", OFF), ("劳务派遣", OFF), ("临时工", OFF), ("政府购买服务", OFF), ("合同制、临时人员", OFF), ("未入编", OFF),
        ("辅助人员", AID), ("执法辅助人员", AID), ("辅警", AID),
    ],
)  # fmt: skip
def test_a_kind_of_staff_is_what_all_its_words_say(said: str, kind: int) -> None:
    assert staff_kind("staff_kind", said) == kind


@pytest.mark.parametrize(
    "said",
    [
        "非公务员",
        "机关工勤",
        "借调行政编制",
        "公务员身份存疑",
        "事业单位",
        "行政机关",
        "人员",
        "行政编制?",
        "见习",
        "",
        "甲",
    ],
)
def test_a_kind_that_is_not_certain_is_asked_about(said: str) -> None:
    assert "请填写以下之一：行政编制" in refused(staff_kind, said).zh


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("行政机关", AGENCY), ("法定行政机关", AGENCY), ("行政执法机关", AGENCY),
        ("法律、法规授权组织", GIVEN), ("法律法规授权的具有组织机构", None), ("授权组织", GIVEN),
        ("受行政机关委托的组织", SENT), ("行政机关委托执法", SENT), ("受委托组织", SENT), ("委托执法机构", SENT),
        ("乡镇人民政府", TOWN), ("街道办事处", TOWN), ("镇", TOWN), ("乡镇人民政府、街道办事处", TOWN),
        ("非行政机关", None), ("行政机关内设机关以外", None), ("企业", None), ("", None),
    ],
)  # fmt: skip
def test_a_kind_of_body_is_what_all_its_words_say(said: str, kind: int | None) -> None:
    if kind is None:
        assert refused(body_kind, said).reason == "BAD_FIELD"
    else:
        assert body_kind("kind", said) == kind


@pytest.mark.parametrize(
    ("said", "rank"),
    [
        ("主要负责人", post_pb2.POST_RANK_CHIEF), ("内设机构负责人", post_pb2.POST_RANK_UNIT_HEAD),
        ("一般工作人员", post_pb2.POST_RANK_STAFF), ("非机构负责人", None), ("原分管负责人", None),
    ],
)  # fmt: skip
def test_a_rank_is_what_all_its_words_say(said: str, rank: int | None) -> None:
    if rank is None:
        assert refused(post_rank, said).reason == "BAD_FIELD"
    else:
        assert post_rank("rank", said) == rank


@pytest.mark.parametrize(("read", "given"), [(staff_kind, STAFF), (body_kind, KINDS), (post_rank, RANKS)])
def test_what_a_list_gives_out_can_be_read_again(read: Any, given: dict[int, str]) -> None:
    assert {read("", word): word for word in given.values()} == given


def test_yes_and_no_have_their_marks() -> None:
    assert [yes_or_no("", said) for said in ("是", "√", "否", "×", "")] == [True, True, False, False, False]
    assert refused(yes_or_no, "也许").reason == "BAD_FIELD"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("李　明", "李明"), ("欧阳 娜娜", "欧阳娜娜"), ("𡌴　𬭎", "𡌴𬭎"), ("张 〇", "张〇"), ("㛃 示例", "㛃示例"),
        ("买买提·艾力", "买买提·艾力"), ("买买提•艾力", "买买提·艾力"),
        ("买买提 ・ 艾力", "买买提·艾力"), ("买买提‧艾力", "买买提·艾力"),
        ("李\u200b示例\ufeff", "李示例"), ("John Smith", "John Smith"),
    ],
)  # fmt: skip
def test_a_name_has_one_form(said: str, meant: str) -> None:
    assert name("name", said) == meant


@pytest.mark.parametrize("said", ["  {}", "'{}", "‘{}", "“{}”", "\u202a{}\u202c", '="{}"', "{}\u00a0"])
def test_a_number_is_read_without_what_stands_around_it(said: str) -> None:
    assert digits("id_number", said.format(id_number(1))) == id_number(1)


@pytest.mark.parametrize(
    ("said", "shown"),
    [(440700198503050048.0, "440***********0048"), ("4.407E+17", "4.407E+17"), (1e15, "100***********0000")],
)
def test_a_number_that_a_spreadsheet_rounded_is_told_so(said: Cell, shown: str) -> None:
    told = refused(digits, said)

    assert told.reason == "NUMBER_FOR_TEXT"
    assert f"数值{shown}，" in told.zh and f"number {shown}," in told.en


def test_fifteen_digits_are_not_rounded() -> None:
    assert digits("id_number", 440700850305001.0) == "440700850305001"


def test_a_body_goes_by_its_code_in_any_spelling() -> None:
    code = credit_code(1)

    assert body_name("body", " ".join(code)) == body_name("body", code.lower()) == code
    assert body_name("body", "示例（市）执法局") == "示例（市）执法局"


@pytest.mark.parametrize(
    "said",
    ["1985-03-05", "1985/3/5", "1985.3.5", "1985年3月5日", "19850305", "１９８５－０３－０５", "1985/3/5 0:00:00",
     "1985-03-05T00:00:00.000", " 1985-03-05\u00a0", 19850305.0, date(1985, 3, 5)],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(said: Cell) -> None:
    assert day("birth_date", said) == date_pb2.Date(year=1985, month=3, day=5)


@pytest.mark.parametrize("said", ["31111", 31111.0, "1985年3月", "三月五日", "1985-03"])
def test_what_is_no_day_is_told_how_to_write_one(said: Cell) -> None:
    told = refused(day, said)

    assert (told.reason == "BAD_DATE" and "1985-03-05" in told.zh) or "1980-01-31" in told.zh


@pytest.mark.parametrize(
    "cell", [Lost("#N/A"), Lost(), "#REF!", "#DIV/0!", "####", "Err:502", "=A1", "示\udcff例"]
)
def test_what_was_lost_is_no_text(cell: Cell) -> None:
    with pytest.raises(Unread):
        refuse_lost("name", cell)


@pytest.mark.parametrize("cell", ["#1示例", '="440700"', "E", "", 0.0, "示例", "Err"])
def test_what_was_not_lost_is(cell: Cell) -> None:
    refuse_lost("name", cell)


def refused(read: Any, said: Cell) -> Any:
    with pytest.raises(Unread) as no:
        read("field", said)
    assert no.value.fault.en and no.value.fault.zh
    return no.value.fault

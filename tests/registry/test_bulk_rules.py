"""The quick look at a row says yes only to what the thorough one finds nothing in."""

from datetime import date

from google.type import date_pb2
from hypothesis import given
from hypothesis import strategies as some
from stdnum.cn import ric
from yifa.registry.v1 import body_pb2, bulk_pb2

from services.given.people import credit_code
from services.kit.text import are_plain
from services.registry.bulk.fault import are_fine_texts, body_faults, is_fine_person, officer_faults
from services.registry.officer.identity import is_id_number
from tests.registry.lists import number_of

TODAY = date(2026, 3, 1)
texts = some.one_of(
    some.text(max_size=70),
    some.text(some.sampled_from(" 　\t\n\x7f甲a"), max_size=5),
    some.integers(58, 102).map("长".__mul__),
    some.just("执法岗"),
)
numbers = some.one_of(
    some.integers(0, 20_000).map(number_of),
    some.text(some.sampled_from("0123456789X"), min_size=17, max_size=19),
    some.integers(0, 20_000).map(lambda n: number_of(n)[:-1] + "X"),
)
days = some.one_of(
    some.none(),
    some.builds(date_pb2.Date, year=some.integers(1970, 1995), month=some.integers(0, 13), day=some.integers(0, 32)),
)  # fmt: skip


@given(texts, texts, texts, numbers, days)
def test_the_quick_look_never_passes_what_the_thorough_one_faults(
    name: str, unit: str, post: str, number: str, born: date_pb2.Date | None
) -> None:
    row = bulk_pb2.OfficerRow(name=name, unit=unit, post=post, id_number=number, birth_date=born)

    quick = is_fine_person(row, name, number, TODAY, plain=are_plain([name])) and are_fine_texts(
        unit=unit, post=post
    )

    assert not (quick and [*officer_faults(row, number, TODAY)])


@given(some.integers(0, 20_000))
def test_the_quick_look_passes_the_rows_of_a_good_list(n: int) -> None:
    number = number_of(n)
    born = date_pb2.Date(year=int(number[6:10]), month=int(number[10:12]), day=int(number[12:14]))
    row = bulk_pb2.OfficerRow(name="示例人员", id_number=number, birth_date=born)

    assert is_fine_person(row, row.name, number, TODAY, plain=True) and are_fine_texts(
        unit="执法大队", post="执法岗"
    )


@given(some.integers(0, 8_000_000), some.sampled_from("0123456789X"))
def test_the_check_digit_is_that_of_the_standard(n: int, digit: str) -> None:
    stem = number_of(n)[:17]

    assert is_id_number(stem + digit, TODAY) == (ric.calc_check_digit(stem + "0") == digit)


@given(some.text(some.sampled_from("0123456789"), min_size=8, max_size=8))
def test_a_day_of_birth_is_a_day_that_was(written: str) -> None:
    stem = f"440703{written}001"
    number = stem + ric.calc_check_digit(stem + "0")
    try:
        was = date(int(written[:4]), int(written[4:6]), int(written[6:])) <= TODAY
    except ValueError:
        was = False

    assert is_id_number(number, TODAY) == was


def test_a_body_of_a_list_is_asked_what_a_single_one_is() -> None:
    """A kind that the contract does not name, a node that cannot be, a character that nobody sees."""
    good = bulk_pb2.BodyRow(
        name="示例机关",
        unified_social_credit_code=credit_code(960_001),
        kind=body_pb2.BODY_KIND_AGENCY,
        node="huanbao",
        document_prefix="示罚",
        field="生态环境",
    )
    assert list(body_faults(good)) == []
    for field, value in (
        ("kind", 99),
        ("kind", 0),
        ("node", "NO NODE"),
        ("name", "示\u202e例"),
        ("field", " "),
    ):
        bad = bulk_pb2.BodyRow()
        bad.CopyFrom(good)
        setattr(bad, field, value)
        assert {(f.field, f.reason) for f in body_faults(bad)} == {(field, "BAD_FIELD")}, (field, value)

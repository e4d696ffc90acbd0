"""Every entry of the tables of notices: it is well formed, it reads well in both languages, and whom it names is told."""

import re
from pathlib import Path

import pytest
from google.protobuf.message import Message
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.notifications.notices.entry import DEPARTMENT, GRAVE, TEXTS
from services.notifications.notices.load import FOLDER, SERVICES, WORDS, load, load_words, notices
from services.notifications.recipient import ROLE
from tests.city import rid
from tests.notifications.example import TURNS, H, example, examples
from tests.notifications.office import ROLES

CITY = "city"
KINDS = list(notices())
NAMES = [kind.DESCRIPTOR.full_name.removeprefix("yifa.") for kind in KINDS]
ID_ALONE = {
    registry.PointsThresholdReached: "officer·id",
    registry.PointsAppealRefused: "entry·id",
    registry.YearQuotaMissed: "subject·id",
}
"""What is told by its id, as the event has no name of it."""
CODE = re.compile(r"[A-Z]{2,}_|\b[A-Z]{4,}\b|[{}]|1970|None|<")
WORDS_OF = load_words(FOLDER / WORDS)


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_every_text_is_filled_in_both_languages(kind):
    for event in (kind(), *examples(kind)):
        said = notices()[kind].words(event)

        assert set(said) == set(TEXTS) and all(said.values())
        for name, text in said.items():
            assert not CODE.search(text), (name, text)
            assert not re.search(r"[，。；：]", text) or name.endswith("_zh"), (name, text)


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_what_the_event_says_is_in_the_words(kind):
    """Nothing that a filled event has is left out for a dash."""
    for event in examples(kind):
        said = notices()[kind].words(event)

        assert not any("—" in text for text in said.values()), said


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_nothing_that_has_a_name_is_told_by_its_id(kind):
    text = " ".join(notices()[kind].words(example(kind)).values())

    assert (
        set(re.findall(r"[a-z·]+·ids?\b", text)) == {ID_ALONE[kind]}
        if kind in ID_ALONE
        else "·id" not in text
    )


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
async def test_whoever_is_named_is_told(office, kind):
    """The message is seen in the inbox of everyone whom the entry names, at every place that it names."""
    entry = notices()[kind]
    event = gravest(entry, kind, rid())
    speaker = H if entry.says == DEPARTMENT else CITY

    await office.town.announce(speaker, event, to=H if speaker == CITY else CITY)

    words = entry.words(event)
    for node in (H, CITY):
        wanted = set(entry.recipients(event, node, CITY))
        assert wanted or not any(a.place == (DEPARTMENT if node == H else CITY) for a in entry.audiences)
        people = [name for name in wanted if not name.startswith(ROLE)]
        for subject in people or ["somebody"] * bool(wanted):
            mine = lambda found: {  # noqa: E731
                n.recipient for n in found if said(n) == words and n.event_type == kind.DESCRIPTOR.full_name
            }
            look = lambda: office.inbox(node, subject, *ROLES)  # noqa: B023, E731
            told = {subject} if people else set()
            roles = {name for name in wanted if name.startswith(ROLE)}
            await office.eventually(look, lambda found: mine(found) == told | roles)  # noqa: B023


def said(notice: object) -> dict[str, str]:
    return {name: getattr(notice, name) for name in TEXTS}


def gravest(entry, kind: type[Message], mark: str) -> Message:
    """An example for which everybody is told that the entry ever tells."""
    found = [example(kind, mark, turn) for turn in TURNS]
    return next((event for event in found if entry.level(event) in GRAVE), found[0])


def test_words_are_said_of_what_is_named_and_of_no_more():
    """Each enumeration in words.toml is one that some sentence says."""
    said = "".join((FOLDER / f"{service}.toml").read_text() for service in SERVICES)
    pool = {
        f.full_name if not f.enum_type else f.enum_type.full_name: f for kind in KINDS for f in fields(kind)
    }

    assert not [name for name in WORDS_OF if name not in pool]
    for name in WORDS_OF:
        assert f".{pool[name].name}" in said or f"|{pool[name].name}" in said, name


def fields(kind):
    seen, todo = set(), [kind.DESCRIPTOR]
    while todo:
        at = todo.pop()
        if at.full_name not in seen:
            seen.add(at.full_name)
            for field in at.fields:
                yield field
                todo += [field.message_type] if field.message_type else []


GOOD = {
    "level": '"INFO"',
    "about": '"certificate"',
    "department": '["people"]',
    "title_zh": '"标题"',
    "title_en": '"A title"',
    "body_zh": '"{certificate.officer_name}"',
    "body_en": '"{certificate.officer_name}"',
}


def written(folder: Path, event: str = "CertificateIssued", **changed: str | None) -> Path:
    """A table of one entry; a key whose value is None is left out. The entry begins in line 3."""
    lines = [f"{key} = {value}" for key, value in (GOOD | changed).items() if value is not None]
    file = folder / "registry.toml"
    file.write_text("\n".join(["# a table", "", f"[{event}]", *lines]) + "\n", "utf-8")
    return file


@pytest.mark.parametrize(
    ("changed", "line", "fault"),
    [
        ({"event": "CertificateBorrowed"}, 3, "yifa.registry.v1 has no such event"),
        ({"title_en": None}, 3, "title_en: is missing"),
        ({"body_zh": '""'}, 9, "body_zh: is missing"),
        ({"colour": '"red"'}, 11, "colour: is nothing that an entry says"),
        ({"level": '"PURPLE"'}, 4, "level: there is no level PURPLE"),
        (
            {"level": '{ by = "certificate.state", BORROWED = "RED" }'},
            4,
            "level: certificate.state is never BORROWED",
        ),
        ({"about": '"card"'}, 5, "about: CertificateIssued has no 'card'"),
        ({"about": None}, 3, "node: is missing"),
        ({"about": None, "node": '"certificate.node"'}, 3, "people: is missing"),
        ({"department": '["BOSS"]'}, 6, "department: nobody is 'BOSS'"),
        ({"department": None}, 3, "department: is missing: nobody is told"),
        ({"people_else": '"BOSS"'}, 11, "people_else: nobody is 'BOSS'"),
        ({"body_zh": '"{certificate.colour}"'}, 9, "body_zh: CertificateIssued has no 'certificate.colour'"),
        ({"body_zh": '"{certificate}"'}, 9, "body_zh: 'certificate' is a whole Certificate"),
        ({"body_zh": '"{certificate.state}"'}, 9, "body_zh: no words.toml says what"),
        ({"body_en": '"{#certificate}"'}, 10, "body_en: '#certificate' counts what there is one of"),
        ({"body_en": '"a } brace"'}, 10, "body_en: a brace stands alone"),
        ({"body_en": '"{nobody()}"'}, 10, "body_en: there is no function 'nobody' in functions.py"),
        ({"body_en": '"{quota_clock()}"'}, 10, "body_en: CertificateIssued has no 'quota.clock_id'"),
    ],
    ids=lambda value: str(value)[:40] if not isinstance(value, int) else "",
)
def test_a_bad_entry_is_told_with_file_and_line(changed, line, fault, tmp_path):
    file = written(tmp_path, **changed)
    name = changed.get("event", "CertificateIssued")

    with pytest.raises(ValueError) as wrong:
        load(file, WORDS_OF)

    assert str(wrong.value).startswith(f"registry.toml:{line}: {name}: {fault}")


def test_a_language_does_not_use_the_words_of_the_other(tmp_path):
    file = written(tmp_path, "PointsScored", about='"entry"', body_zh='"{entry.title_en}"', body_en='"x"')

    with pytest.raises(
        ValueError, match=r"registry.toml:9: PointsScored: body_zh: .* another language than zh"
    ):
        load(file, WORDS_OF)


def test_a_good_entry_is_read(tmp_path):
    [entry] = load(written(tmp_path), WORDS_OF).values()
    event = registry.CertificateIssued(certificate={"officer_name": "张三", "node": H, "officer_id": "O-1"})

    assert entry.words(event)["body_zh"] == "张三"
    assert entry.recipients(event, H, CITY) == ("O-1",)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("yes = ['a', 'b']", "says nothing of no"),
        ("yes = ['a', 'b']\nno = ['', '']\nmaybe = ['', '']", "there is no maybe"),
        ("yes = 'a'\nno = ['', '']", 'yes: must be ["中文", "English"]'),
    ],
)
def test_bad_words_are_told_with_file_and_line(text, fault, tmp_path):
    file = tmp_path / "words.toml"
    file.write_text(f'["yifa.registry.v1.BodyChange.late"]\n{text}\n', "utf-8")

    with pytest.raises(ValueError) as wrong:
        load_words(file)

    assert str(wrong.value).startswith("words.toml:") and fault in str(wrong.value)


def test_lists_are_cut_short_and_what_is_empty_is_a_dash():
    entry = notices()[enforcement.OfficerCasesLeft]
    cases = [{"case_id": f"C-{n}", "case_number": f"示罚立{n}号" if n else ""} for n in range(30)]

    said = entry.words(enforcement.OfficerCasesLeft(officer_name="张三", cases=cases))
    none = entry.words(enforcement.OfficerCasesLeft(officer_name="张三"))

    assert "C-0、示罚立1号、" in said["body_zh"] and "示罚立19号等" in said["body_zh"]
    assert said["body_en"].endswith("示罚立18号, 示罚立19号 and others.") and "(30)" in said["title_en"]
    assert none["body_zh"].endswith("下列未结案件须另行指定执法人员：—。")


def test_a_cancelled_certificate_without_a_measure_still_names_the_cause():
    event = registry.CertificateCancelled(cause=certificate_pb2.CANCEL_CAUSE_RETIREMENT)

    said = notices()[registry.CertificateCancelled].words(event)

    assert "原因：退休" in said["body_zh"] and "Cause: retirement" in said["body_en"]


def test_who_stands_aside_is_named():
    event = enforcement.RecusalRequested(
        case={"officers": [{"officer_id": "O-1", "name": "张三"}]}, recusal={"officer_id": "O-1"}
    )

    assert "张三被申请回避" in notices()[enforcement.RecusalRequested].words(event)["body_zh"]

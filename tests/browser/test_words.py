"""The catalogue is whole: every key that is used is there, in both languages."""

import re
import string
from pathlib import Path

import pytest

from services.console import words
from services.console.show import ENUMS, Show, short_enum
from tests.browser.site import CHINESE

CONSOLE = Path(words.__file__).parent
CATALOGUE = words.load()
USED = re.compile(r"""\bt\(\s*(?:'([\w.]+)'|"([\w.]+)")\s*[,)]""")


@pytest.mark.parametrize("key", sorted(CATALOGUE.entries))
def test_both_languages_say_the_same(key: str) -> None:
    zh, *en = CATALOGUE.entries[key]

    assert 1 <= len(en) <= 2
    switch = key.startswith("app.language")  # names the other language in that language
    assert switch or not any(CHINESE.search(form) for form in en)
    assert {placeholders(zh)} == {placeholders(form) for form in en}


def placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


@pytest.mark.parametrize(
    "path", sorted([*CONSOLE.rglob("*.html"), *CONSOLE.rglob("*.py")]), ids=lambda p: p.name
)
def test_every_key_is_in_the_catalogue(path: Path) -> None:
    text = path.read_text("utf-8")

    for single, double in USED.findall(text):
        assert CATALOGUE.has(single or double)
    if path.suffix == ".html":
        assert not CHINESE.search(text), "a template says nothing itself"


@pytest.mark.parametrize("kind", sorted(ENUMS))
def test_every_enum_value_has_words(kind: str) -> None:
    for value in ENUMS[kind].values():
        assert CATALOGUE.has(f"{kind}.{short_enum(kind, value)}")


def test_english_tells_one_from_many() -> None:
    assert CATALOGUE.get("en", "left.working", n=1) == "1 working day left"
    assert CATALOGUE.get("en", "left.working", n=5) == "5 working days left"
    assert CATALOGUE.get("zh", "left.working", n=5) == "还剩 5 个工作日"
    with pytest.raises(words.NoSuchWord):
        CATALOGUE.get("zh", "no.such")


def test_markup_of_records_says_its_language() -> None:
    show = Show(CATALOGUE, "en", {}, lambda: None)  # type: ignore[arg-type, return-value]

    assert show.data("<b>甲</b>") == '<span lang="zh-CN">&lt;b&gt;甲&lt;/b&gt;</span>'
    assert show.data("<b>") == "&lt;b&gt;"


def test_a_large_number_is_read_in_groups_and_a_year_as_it_is() -> None:
    assert CATALOGUE.get("zh", "nodes.rows", n=2_000_000) == "2,000,000 条"
    assert CATALOGUE.get("en", "nodes.rows", n=12_345) == "12,345 rows"
    assert CATALOGUE.get("en", "nodes.rows", n=2026) == "2026 rows"

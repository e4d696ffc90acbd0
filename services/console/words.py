"""Every sentence of the console in Chinese and English, from one catalogue."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

CATALOGUE = Path(__file__).parent / "words.toml"
LANGUAGES = ("zh", "en")
LARGE = 10_000

Translate = Callable[..., str]


class NoSuchWord(KeyError):
    """The catalogue lacks a key."""


class Words:
    """The catalogue: `key = [Chinese, English]`, with a third form where English tells one from many by `n`."""

    def __init__(self, tables: Mapping[str, Mapping[str, list[str]]]):
        self.entries = {
            f"{section}.{key}": tuple(forms) for section, t in tables.items() for key, forms in t.items()
        }

    def get(self, language: str, key: str, **values: object) -> str:
        """The sentence with its values filled in. Raises NoSuchWord."""
        try:
            zh, *en = self.entries[key]
        except KeyError:
            raise NoSuchWord(key) from None
        text = zh if language == "zh" else en[-1] if values.get("n") != 1 else en[0]
        return text.format(**{name: grouped(value) for name, value in values.items()}) if values else text

    def has(self, key: str) -> bool:
        return key in self.entries


def grouped(value: object) -> object:
    """A large number in groups of three digits; a year, and whatever is no number, as it is."""
    return f"{value:,}" if isinstance(value, int) and abs(value) >= LARGE else value


def load(path: Path = CATALOGUE) -> Words:
    return Words(tomllib.loads(path.read_text("utf-8")))

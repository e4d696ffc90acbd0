"""Sizes as people read them."""

import pytest

from services.kit.sized import sized


@pytest.mark.parametrize(
    ("size", "zh", "en"),
    [
        (0, "0 字节", "0 bytes"),
        (1023, "1023 字节", "1023 bytes"),
        (1536, "1.5 KB", "1.5 KiB"),
        (73_204 * 2**20, "71.5 GB", "71.5 GiB"),
        (64 * 2**30, "64 GB", "64 GiB"),
        (2**20 - 1, "1 MB", "1 MiB"),
        (5 * 2**50, "5120 TB", "5120 TiB"),
    ],
)
def test_a_size_is_said_in_the_unit_in_which_it_has_few_digits(size: int, zh: str, en: str) -> None:
    assert sized(size) == (zh, en)

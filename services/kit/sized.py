"""How large something is, in words that people read: the unit in which it has few digits, and one decimal."""

STEP = 1024
UNITS = ((" 字节", " bytes"), (" KB", " KiB"), (" MB", " MiB"), (" GB", " GiB"), (" TB", " TiB"))


def sized(size: int) -> tuple[str, str]:
    """In Chinese and English, as `71.5 GB` and `71.5 GiB`; a whole number is said without decimals."""
    amount, place = float(size), 0
    while abs(round(amount, 1)) >= STEP and place < len(UNITS) - 1:
        amount, place = amount / STEP, place + 1
    said = f"{amount:.1f}".removesuffix(".0")
    zh, en = UNITS[place]
    return f"{said}{zh}", f"{said}{en}"


def in_english(size: int) -> str:
    return sized(size)[1]

"""Codes that people and devices read: made with a check character (ISO 7064, MOD 37,36), so that a slip is noticed. Pure."""

from stdnum.iso7064 import mod_37_36


def checked(body: str) -> str:
    """A code of digits and capital letters with its check character."""
    return body + str(mod_37_36.calc_check_digit(body))


def sound(code: str) -> bool:
    """Whether a code ends with its right check character."""
    return bool(code) and code.isascii() and code.isalnum() and bool(mod_37_36.is_valid(code))

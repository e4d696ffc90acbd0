"""The number by which a body is known everywhere."""

from stdnum.cn import uscc


def is_credit_code(code: str) -> bool:
    """Whether a 统一社会信用代码 is written as GB 32100 wants it and its check character is right."""
    return code == uscc.compact(code) and uscc.is_valid(code)

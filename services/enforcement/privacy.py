"""What others see of a person's numbers."""


def masked(number: str) -> str:
    """An identity number as others see it, 440***********1234."""
    if len(number) < 10:
        return "*" * len(number)
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"

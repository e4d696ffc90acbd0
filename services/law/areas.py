"""Areas by their code of administrative division (GB/T 2260): which lies in which, and of what level it is. Pure."""

NATION = "100000"


def stem(area_code: str) -> str:
    """What the codes of an area and of all areas inside it begin with: 440700 is 4407."""
    if area_code == NATION:
        return ""
    if area_code.endswith("0000"):
        return area_code[:2]
    return area_code[:4] if area_code.endswith("00") else area_code


def covers(area_code: str, place: str) -> bool:
    """Whether a place lies in an area; one that is not known is not compared."""
    return not area_code or not place or place.startswith(stem(area_code))


def tier(area_code: str) -> str:
    """The level of an area: "nation", "province", "city" or "county"; empty for none."""
    if not area_code:
        return ""
    return {0: "nation", 2: "province", 4: "city"}.get(len(stem(area_code)), "county")


def area_of(credit_code: str) -> str:
    """The area of an agency by its 统一社会信用代码: characters 3 to 8 are the area it was set up in (GB 32100)."""
    area_code = credit_code[2:8]
    return area_code if len(area_code) == 6 and area_code.isascii() and area_code.isdecimal() else ""

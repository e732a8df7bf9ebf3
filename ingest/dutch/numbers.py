"""Read Dutch numbers, in digits and in words.

In:  "1.250", "41,3", "twaalf", "drieëntwintig", "vijftienhonderd", "anderhalf".
Out: their value as a Decimal, and as plain digits.

Knows nothing of what is counted.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

NUMBER_WORDS = {
    "nul": 0, "een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6,
    "zeven": 7, "acht": 8, "negen": 9, "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13,
    "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17, "achttien": 18,
    "negentien": 19, "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60,
    "zeventig": 70, "tachtig": 80, "negentig": 90, "honderd": 100, "duizend": 1000,
}  # fmt: skip


# Both forms behind one first digit: a pattern that opens with what it must hold is found faster.
DIGITS = r"\d(?:\d{0,2}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d*(?:[.,]\d+)?)"
# Every number word opens with one of these; "een" by itself is an article.
WORD_HEADS = (
    "nul|één|eenen|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien"
    "|twintig|dertig|veertig|tachtig|honderd|duizend"
)
WORD = rf"(?:{WORD_HEADS})[a-zëé]{{0,50}}"
SCALES = {"duizend": 3, "miljoen": 6, "mln": 6, "mln.": 6, "miljard": 9, "mld": 9, "mld.": 9}
SCALE = r"(?:duizend|miljoen|miljard|ml[nd](?:\.(?=\s?eur))?)(?!\w)"
_HALVES = {
    "een": Decimal(1), "half": Decimal("0.5"), "een half": Decimal("0.5"),
    "anderhalf": Decimal("1.5"), "anderhalve": Decimal("1.5"),
}  # fmt: skip
_UNITS = tuple(word for word, value in NUMBER_WORDS.items() if 0 < value < 10)
_TENS = tuple(word for word, value in NUMBER_WORDS.items() if 20 <= value < 100)


def value_of(written: str) -> Decimal | None:
    """Return the value of a number in lower case, None when it is none.

    Example:
        >>> [str(value_of(word)) for word in ("1.250,5", "4.1", "drieëntwintig", "achter")]
        ['1250.5', '4.1', '23', 'None']
    """
    if written[:1].isdigit():
        return _digits(written)
    if written in _HALVES:
        return _HALVES[written]
    value = _word(written)
    return None if value is None else Decimal(value)


def scaled(value: Decimal, scale: str | None) -> Decimal:
    """Return `value` times "miljoen" or another of `SCALES`."""
    return value * 10 ** SCALES[scale] if scale else value


def plain(value: Decimal) -> str:
    """Return `value` in digits without an exponent or trailing zeros.

    Example:
        >>> plain(Decimal("41.30") * 10**6), plain(Decimal("2.50"))
        ('41300000', '2.5')
    """
    digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _digits(written: str) -> Decimal | None:
    whole, comma, fraction = written.partition(",")
    groups = whole.split(".")
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]):
        whole = "".join(groups)
    number = f"{whole}.{fraction}" if comma else whole
    return Decimal(number) if number.count(".") < 2 and number.isascii() else None


@lru_cache(maxsize=4096)
def _word(word: str) -> int | None:
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    for power, name in ((1000, "duizend"), (100, "honderd")):
        head, found, tail = word.partition(name)
        if found:
            many = _word(head) if head else 1
            rest = _word(tail.removeprefix("en")) if tail else 0
            fits = many is not None and rest is not None and 0 < many < 1000 and rest < power
            return many * power + rest if fits and many and rest is not None else None
    return _compound(word)


def _compound(word: str) -> int | None:
    """Read "vijfentwintig" and "drieëntwintig"."""
    for ten in _TENS:
        unit = word.removesuffix(ten)
        if unit != word and unit.endswith(("en", "ën")) and unit[:-2] in _UNITS:
            return NUMBER_WORDS[ten] + NUMBER_WORDS[unit[:-2]]
    return None

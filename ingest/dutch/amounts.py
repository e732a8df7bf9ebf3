"""Find amounts in euro and say how much they are.

In:  any text.
Out: `Amount`s: "ruim 41 miljoen euro" is "~41000000", "€ 1.250,50" is "1250.50",
     "tussen 10.000 en 20.000 euro" is "10000/20000", "maximaal € 500" is "../500".

A bare "5 miljoen" is money when money is what the words around it are about. Other
currencies are no amounts: nothing says what they are in euro.

Knows nothing of documents, counts or dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ingest.dutch.moments import lower_case
from ingest.dutch.numbers import DIGITS, SCALE, WORD, plain, scaled, value_of

_NUMBER = rf"(?:{DIGITS}|(?:een\s)?half|anderhal(?:f|ve)|{WORD}|een)(?!\w)"
_ABOUT = {
    "ruim": "~", "circa": "~", "ca.": "~", "ongeveer": "~", "bijna": "~", "zo'n": "~",
    "zo’n": "~", "rond": "~", "rond de": "~", "plusminus": "~", "naar schatting": "~",
    "maximaal": "..", "hoogstens": "..", "ten hoogste": "..", "hooguit": "..", "tot": "..",
    "minimaal": "+", "minstens": "+", "ten minste": "+", "meer dan": "+", "vanaf": "+",
}  # fmt: skip
_SIGN = r"(?:€|\beuro\b|\beur\b)"
_TAIL = r"(?:,?[-–—]{1,2}(?!\d)|,=)"
_BEHIND = r"euro(?:['’]s)?(?!\w)|eur(?!\w)"
_LIMIT = "|".join(re.escape(word) for word in sorted(_ABOUT, key=len, reverse=True))
_AMOUNT = re.compile(
    rf"""(?:(?<!\w)(?P<about>{_LIMIT})\s+(?:de\s|van\s)?)?(?:
        {_SIGN}\s?(?P<n1>{DIGITS})(?:\s?(?P<s1>{SCALE})|{_TAIL})?(?:\s(?:{_BEHIND}))?
      | (?<![\w.,/$£ƒ])(?<![a-z]-)(?P<n2>{_NUMBER}){_TAIL}?\s?(?P<s2>{SCALE})?\s?(?:{_BEHIND})
      | (?<![\w.,/$£ƒ])(?<![a-z]-)(?P<n3>{_NUMBER})\s?(?P<s3>miljoen|miljard|ml[nd])(?!\w)
    )""",
    re.VERBOSE,
)
_LOW = re.compile(
    rf"(?:(?<!\w)(?P<tussen>tussen)\s+(?:de\s)?)?(?<![\w.,/-])(?:{_SIGN}\s?)?(?P<n>{_NUMBER}){_TAIL}?"
    rf"\s?(?P<s>{SCALE})?\s?(?:{_BEHIND})?\s*(?P<link>[-–—]|t/m|tot(?:\s+en\s+met)?|en|à|of)\s*$"
)
_YEAR = re.compile(r"(?:19|20)\d\d\s*\D*")
_OTHER_MONEY = re.compile(r"(?:[$£ƒ]|usd|\bfl?\.?|nlg|chf|gbp)\s?$")
_OTHER_UNIT = re.compile(r"\s?(?:gulden|dollar|pond\b|frank|mark\b|kronen|yen)")
_MONEY = re.compile(
    r"€|euro|budget|bekostig|subsid|bedrag|kosten?\b|financ|bezuinig|invest|begrot|krediet"
    r"|middelen|uitgave|omzet|fonds|geld|bijdrage|boete|lening|schuld|winst|loon|premie"
)
_NEXT_WORD = re.compile(r"\s+([a-zà-ÿ][\w'’-]*)")
_GOES_ON = frozenset(
    """
    aan als bedragen beschikbaar bij dan dat die door en extra gaat gereserveerd in is jaarlijks
    meer minder naar nodig of om onder op over per structureel te toe tot uit van vanaf voor
    vrij waarvan was werd wordt
    """.split()  # noqa: SIM905 - a table reads better than a list of quoted strings
)
_SIGNS = ("€", "eur", "miljoen", "miljard", "mln", "mld")
_BEFORE, _AFTER = 80, 40  # characters around a sign in which its amount lies


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in euro.

    Attributes:
        start: Offset of its first character, "ruim" or "tussen" included.
        end: Offset after its last character.
        value: Euros in digits with a decimal point; "~" for about, "a/b" for from a to b,
            "../b" for at most b, "a/.." for at least a.
    """

    start: int
    end: int
    value: str


def find_amounts(text: str) -> list[Amount]:
    """Return the amounts in `text`, in order, not overlapping.

    Example:
        >>> [amount.value for amount in find_amounts("Van € 5 tot ruim tien miljoen euro")]
        ['5', '~10000000']
    """
    lowered = lower_case(text)
    found: list[Amount] = []
    for start, end in _zones(lowered):
        for match in _AMOUNT.finditer(lowered, start, end):
            amount = _amount(lowered, match, found[-2].end if len(found) > 1 else 0)
            if amount is not None:
                if found and amount.start < found[-1].end:
                    found.pop()  # the low end of this range
                found.append(amount)
    return found


def _zones(lowered: str) -> Iterator[tuple[int, int]]:
    start = end = -1
    for place in sorted({place for sign in _SIGNS for place in _places(lowered, sign)}):
        if place - _BEFORE > end:
            if end > 0:
                yield start, end
            start = max(0, place - _BEFORE)
        end = place + _AFTER
    if end > 0:
        yield start, end


def _places(lowered: str, sign: str) -> Iterator[int]:
    place = lowered.find(sign)
    while place >= 0:
        if not lowered[place - 1 : place].isalpha():  # no "kleur"
            yield place
        place = lowered.find(sign, place + 1)


def _amount(lowered: str, match: re.Match[str], floor: int) -> Amount | None:
    start, end = match.span()
    number = match["n1"] or match["n2"] or match["n3"]
    value = value_of(" ".join(number.split()))
    if value is None or _OTHER_MONEY.search(lowered, max(0, start - 5), start):
        return None
    if match["n3"] and not _is_money(lowered, start, end):
        return None
    scale = match["s1"] or match["s2"] or match["s3"]
    high = scaled(value, scale)
    limit = match["about"] or ""
    link_end = match.end("about") if limit == "tot" else start
    low = _low(lowered, max(floor, start - 60), link_end) if limit in {"", "tot"} else None
    if low is not None:
        low_value = value_of(" ".join(low["n"].split())) or high
        inherits = scale and not low["s"] and low_value < 1000
        bottom = scaled(low_value, scale if inherits else low["s"])
        if bottom < high:
            return Amount(low.start(), end, f"{_euros(bottom)}/{_euros(high)}")
    mark = _ABOUT.get(limit, "")
    euros = _euros(high)
    value_text = {"..": f"../{euros}", "+": f"{euros}/.."}.get(mark, mark + euros)
    return Amount(start, end, value_text)


def _low(lowered: str, start: int, end: int) -> re.Match[str] | None:
    """Return the low end and the link of "tussen 10 en 20 euro", whose 20 starts at `end`."""
    found = _LOW.search(lowered, start, end)
    if found and _YEAR.fullmatch(found.group()):
        return None  # "in 2025 tot 5 miljoen euro"
    return found if found and (found["link"] not in {"en", "of"} or found["tussen"]) else None


def _is_money(lowered: str, start: int, end: int) -> bool:
    """Tell whether a bare "5 miljoen" is money: what it counts is not named, money is."""
    if _OTHER_UNIT.match(lowered, end):
        return False
    follows = _NEXT_WORD.match(lowered, end)
    if follows and follows[1] not in _GOES_ON and not _MONEY.match(follows[1]):
        return False
    if follows is None and lowered[max(start, end - 4) : end].startswith("ml"):
        return True
    return bool(_MONEY.search(lowered, max(0, start - 100), end + 60)) or (
        follows is not None and "ml" in lowered[start:end]
    )


def _euros(value: Decimal) -> str:
    digits = plain(value)
    whole, point, cents = digits.partition(".")
    return f"{whole}.{cents:0<2}" if point else whole

"""Find how many of something a text says there are.

In:  text in which dates, amounts and addresses are blanked out.
Out: `Count`s with their noun: "Twaalf coalities" is "12 coalities", "ruim honderd
     professionals" is "~100 professionals", "12 tot 16 jaar" is "12/16 jaar".

A number that names its place ("artikel 12", "groep 8", "3.1", "2e") counts nothing, and a
number without a noun is left alone.

Knows nothing of documents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ingest.analysis import FUNCTION_WORDS
from ingest.dutch.moments import lower_case
from ingest.dutch.numbers import DIGITS, SCALE, WORD, plain, scaled, value_of

# Each starts with what it looks for: what stands before it is checked when something is found.
_ENDS = r"(?![\w:/]|[.,]\d|-\w|['’])"
_DIGIT_NUMBER = re.compile(rf"{DIGITS}{_ENDS}")
_WORD_NUMBER = re.compile(rf"{WORD}{_ENDS}")
_NOT_BEFORE_DIGITS = re.compile(r"[\w.,:/€$£ƒ§&*^'’-]")
_GOES_ON = re.compile(r"[\s%–-]")  # what is counted stands behind one of these
_CLOCK = re.compile(r"\d{1,2}\.\d{2}")
_ABOUT = re.compile(
    r"(?<!\w)(?:ruim|circa|ca\.|ongeveer|bijna|zo['’]n|rond(?: de)?|naar schatting)\s+$"
)
_SCALE = re.compile(rf"\s?(?P<scale>{SCALE})")
_TO = re.compile(rf"\s?(?:[-–]|à|tot(?:\s+en\s+met)?|t/m)\s?(?P<high>{DIGITS}|{WORD})(?=[\s%])")
_PERCENT = re.compile(r"\s?%|\s(?:procent|percent)\b")
_OUT_OF = re.compile(rf"\svan\sde\s(?:{DIGITS}|{WORD})(?!\w)")
_NEXT = re.compile(r"\s(?P<word>[a-zà-ÿ][\w'’/-]*+|[A-Z]{2,}(?:['’]?s|-\w+)(?!\w))(?![.@]\w)")
_LABEL = re.compile(
    r"\b(?:artikel(?:en)?|artt?\.?|lid|leden|hoofdstuk(?:ken)?|paragra(?:af|fen)|bijlagen?"
    r"|nummers?|nrs?\.?|stap|rondes?|groep(?:en)?|niveau|fase|klas(?:sen)?|categorie|punt|onderde(?:el|len)"
    r"|tabel|figuur|bladzijde|pagina['’]?s?|blz\.|pp?\.|versie|type|schaal|leerjaar|leerjaren|deel"
    r"|vraag|regel|noot|boek|titel|afdeling|sub|graad|week|model|variant|scenario|optie|bron|kamer"
    r"|zone|cluster|lijn|spoor|tier|stb\.|stcrt\.|trb\.|postbus|code|id|om|covid|iso|nen|iec|jo|§+|mbo|vmbo)"
    r"\s?(?:\d[\w.]*\s*(?:,|en|of|tot\s+en\s+met|t/m|tot|[-–])\s*){0,6}$"
)
# What stands before a noun and ends otherwise than in -e.
_ADJECTIVES = frozenset({"gesloten", "open", "eigen", "onderbroken", "gouden", "houten"})
_NO_NOUNS = FUNCTION_WORDS | {"januari", "februari", "maart", "april", "mei", "juni", "juli"}
_VERB_ACHT = re.compile(r"(?:en|s|jaar|uur|keer|maal|procent)$")  # "acht" is a verb as well
_MOST_ADJECTIVES = 2


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things: its span runs to the end of the noun, save in "3 van de 12 scholen".

    Attributes:
        start: Offset of its first character, "ruim" included.
        end: Offset after its last character.
        value: The number in digits, "~" before it for about, "a/b" for from a to b, and after
            a space what is counted, as it stands; "procent" for "%".
    """

    start: int
    end: int
    value: str


def find_counts(text: str) -> list[Count]:
    """Return the counts in `text`, in order, not overlapping.

    Example:
        >>> [count.value for count in find_counts("Elf gemeenten en 12 regionale coalities")]
        ['11 gemeenten', '12 regionale coalities']
    """
    lowered = lower_case(text)
    found: list[Count] = []
    spans = [match.span() for match in _DIGIT_NUMBER.finditer(lowered)]
    spans += [match.span() for match in _WORD_NUMBER.finditer(lowered)]
    for start, end in sorted(spans):
        if not _GOES_ON.match(lowered, end) or (found and start < found[-1].end):
            continue
        before = lowered[start - 1 : start]
        if lowered[start].isdigit() and _NOT_BEFORE_DIGITS.match(before) or before.isalnum():
            continue
        value = value_of(lowered[start:end])
        count = _count(text, lowered, start, end, value) if value is not None else None
        if count is not None and (not found or count.start >= found[-1].end):
            found.append(count)
    return found


def _count(text: str, lowered: str, start: int, end: int, value: Decimal) -> Count | None:
    written, number = lowered[start:end], plain(value)
    scale = _SCALE.match(lowered, end)
    if scale:
        number, end = plain(scaled(value, scale["scale"])), scale.end()
    to = _TO.match(lowered, end)
    high = value_of(to["high"]) if to else None
    if to and high is not None and high > value:
        number, end = f"{number}/{plain(high)}", to.end("high")
    what = _what(text, end)
    is_part = False
    if what is None and (whole := _OUT_OF.match(lowered, end)):
        what, is_part = _what(text, whole.end()), True
    before = lowered[max(0, start - 50) : start]
    if what is None or _names_otherwise(written, before, what[0]):
        return None
    about = _ABOUT.search(before)
    if about:
        start, number = start - len(about.group()), f"~{number}"
    return Count(start, end if is_part else what[1], f"{number} {what[0]}")


def _names_otherwise(number: str, before: str, what: str) -> bool:
    """Tell whether a number with a noun after it counts nothing all the same."""
    if before.rstrip().endswith(("$", "£", "€", "§", "ƒ")) or before.endswith((" f ", " fl. ")):
        return True
    if what.startswith("uur") and (_CLOCK.fullmatch(number) or before.endswith(" om ")):
        return True
    if number == "één" and what.endswith("en"):
        return True  # one of them: "er één organiseren"
    return _is_verb(number, before, what) or bool(_LABEL.search(before))


def _what(text: str, position: int) -> tuple[str, int] | None:
    """Return what is counted and where it ends: a noun with the adjectives before it."""
    percent = _PERCENT.match(text, position)
    if percent:
        return "procent", percent.end()
    words: list[str] = []
    end = position
    while (following := _NEXT.match(text, end)) and len(words) <= _MOST_ADJECTIVES:
        word = following["word"]
        if word in _NO_NOUNS or (words and not _may_precede(words[-1])):
            break
        words.append(word)
        end = following.end("word")
    return (" ".join(words), end) if words else None


def _may_precede(word: str) -> bool:
    return (word.endswith("e") and len(word) > 3) or word in _ADJECTIVES


def _is_verb(number: str, before: str, what: str) -> bool:
    if number != "acht":
        return False
    return before.endswith((" in ", " neemt ")) or not _VERB_ACHT.search(what)

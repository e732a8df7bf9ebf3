"""Take what points at a person out of a text before it is stored.

In:  any text.
Out: the same text with a word in square brackets for each e-mail address, phone number, BSN,
     IBAN and postcode. Names stay: no pattern knows them.

When in doubt it masks: a number too many makes a question less clear, one too few is a leak.

Knows nothing of what the text is for, or where it is stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.dutch.addresses import find_emails, find_phones

_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z\d]){11,30}(?!\w)", re.IGNORECASE)
_IBAN_LENGTHS = range(15, 35)
# Phones as people type them, where the patterns for documents want them written with care.
_LOOSE_PHONE = re.compile(
    r"(?<![\w€])(?:(?:\+|00)[1-9](?:[ .()/-]{0,3}\d){7,13}|06(?:[ ./-]{0,3}\d){8})(?!\d)"
)
_DIGITS = re.compile(r"(?<![\w€])(?<!€ )\d(?:[ .-]?\d){7,8}(?!\w)")
_POSTCODE = re.compile(r"(?<!\w)[1-9]\d{3}(?:[ \xa0]?(?!SA|SD|SS)[A-Z]{2}|[a-z]{2})(?!\w)")

Span = tuple[int, int]


def mask(text: str) -> str:
    """Return `text` without what points at a person.

    Example:
        >>> mask("Bel 06-12345678 of mail jan@kade.example over BSN 111222333.")
        'Bel [telefoonnummer] of mail [e-mailadres] over BSN [bsn].'
    """
    for kind, find in _KINDS.items():
        # From the end, so that the places before it stay where they are.
        for start, end in sorted(find(text), reverse=True):
            text = f"{text[:start]}[{kind}]{text[end:]}"
    return text


def is_bsn(digits: str) -> bool:
    """Tell whether eight or nine digits pass the eleven-test of a burgerservicenummer.

    Example:
        >>> is_bsn("111222333"), is_bsn("111222334")
        (True, False)
    """
    nine = [int(digit) for digit in digits.zfill(9)]
    total = sum(digit * (9 - place) for place, digit in enumerate(nine[:8])) - nine[8]
    return len(nine) == 9 and any(nine) and total % 11 == 0


def is_iban(written: str) -> bool:
    """Tell whether an account number passes the test of its check digits (ISO 7064, mod 97-10).

    Example:
        >>> is_iban("NL91ABNA0417164300"), is_iban("NL92ABNA0417164300")
        (True, False)
    """
    moved = written[4:] + written[:4]
    return (
        len(written) in _IBAN_LENGTHS
        and int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1
    )


def _emails(text: str) -> Iterator[Span]:
    yield from ((found.start, found.end) for found in find_emails(text))


def _ibans(text: str) -> Iterator[Span]:
    # The groups of four may be followed by words: the longest start that is an IBAN counts.
    for match in _IBAN.finditer(text):
        for end in range(match.end(), match.start() + 14, -1):
            written = text[match.start() : end].replace(" ", "")
            if not text[end - 1].isspace() and is_iban(written):
                yield match.start(), end
                break


def _bsns(text: str) -> Iterator[Span]:
    for match in _DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if is_bsn(digits) and (len(digits) == 9 or len(match.group()) == 8):
            yield match.span()


def _phones(text: str) -> Iterator[Span]:
    # One after the other: where both find a phone number, the longer reach is taken.
    spans = [(found.start, found.end) for found in find_phones(text)]
    spans += [match.span() for match in _LOOSE_PHONE.finditer(text)]
    reached = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= reached:
            yield start, end
            reached = end


def _postcodes(text: str) -> Iterator[Span]:
    yield from (match.span() for match in _POSTCODE.finditer(text))


_KINDS = {
    "e-mailadres": _emails,
    "iban": _ibans,
    "bsn": _bsns,
    "telefoonnummer": _phones,
    "postcode": _postcodes,
}

"""Nothing that points at a person is left of a text that is stored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.masking import is_bsn, is_iban, mask

BSNS = st.integers(10_000_000, 999_999_999).map(lambda n: f"{n:09}").filter(is_bsn)


@pytest.mark.parametrize(
    "text",
    [
        "jan.de-vries+werk@sub.kade.example", "JAN@KADE.EXAMPLE", "mailto:jan@kade.example",
        "06-12345678", "06 12 34 56 78", "0612345678", "06.12.34.56.78", "(020) 123 45 67",
        "0113-123456", "+31 6 12345678", "+31 (0)6 12345678", "0031612345678", "+49 30 1234567",
        "111222333", "111 222 333", "1112.22.333", "111-222-333",
        "NL91ABNA0417164300", "NL91 ABNA 0417 1643 00", "nl91abna0417164300",
        "DE89 3704 0044 0532 0130 00",
        "1234 AB", "1234AB", "1234ab",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "Dit is {}.", "Klopt {}, of niet?", "({})", "zie:{}\nen"])
def test_what_points_at_a_person_is_masked(text: str, around: str) -> None:
    masked = mask(around.format(text))

    assert not any(sign.isdigit() for sign in masked) and "@" not in masked
    assert masked.count("[") == 1
    assert masked.startswith(around.split("{}", maxsplit=1)[0])
    assert masked.endswith(around.rsplit("{}", maxsplit=1)[-1])


@pytest.mark.parametrize(
    "text",
    [
        "Wat gebeurt er in 2025 en in 2026?", "Op 01-02-2025 of op 3 mei 2031?", "In 2025 is het",
        "Is er € 123.456.782 of 41 miljoen euro?", "Artikel 6.12, lid 3", "123456789 leerlingen",
        "Van 01-01-2025 tot 31-12-2025", "Vanaf 01.01.2025", "Zaak 2024/0123", "SO 1234 en VSO",
    ],
)  # fmt: skip
def test_what_a_question_is_about_stays(text: str) -> None:
    assert mask(text) == text


@given(BSNS, st.sampled_from(["{}", "BSN {}", "het nummer {} van mijn zoon"]))
def test_every_bsn_is_masked(number: str, around: str) -> None:
    assert number not in mask(around.format(number))


@given(st.text())
def test_any_text_can_be_masked(text: str) -> None:
    assert mask(mask(text)) == mask(text)


def test_the_tests_of_check_digits_see_a_changed_digit() -> None:
    assert is_bsn("123456782") and not is_bsn("123456783") and not is_bsn("000000000")
    assert is_iban("GB82WEST12345698765432") and not is_iban("GB82WEST12345698765433")

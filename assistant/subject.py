"""Say what a question is about: its words without those that only carry the question.

In:  a question.
Out: its subject terms.

Knows nothing of the index.
"""

from __future__ import annotations

from ingest.analysis import Term, analyse

_APOSTROPHES = frozenset("'’‘`")
# Words that carry the question, not its subject.
_QUESTION_WORDS = frozenset(
    """
    bedrag bedragen bedraagt betekent betekenen betekenis bereiken contact datum doel euro geld
    heet heten hoelang houdt jaar keer klaar kost kosten maand naam namen noem
    periode precies reden voorbeelden waar waaruit waartoe aantal gebeurt gebeuren
    staat zin vraag vragen mailadres emailadres email adres telefoonnummer
    bedoeld afkorting definitie geef opsomming overzicht opnemen bereikbaar mailen bellen
    soort soorten hoogte nummer datums hoeveel begint beginnen eindigt
    stopt start gaat vertel vertellen uitleg leg informatie weet bron bronnen document documenten
    mailadressen emailadressen telefoonnummers webadres hoog duur groot
    graag alvast svp aub alsjeblieft alstublieft ongeveer percentage procent leeftijd
    hooguit hoogstens langst minstens uiterlijk hoofdreden oorzaak verstaan verstaat
    """.split()  # noqa: SIM905 - a table reads better than a list of quoted strings
)


def subject_terms(text: str) -> tuple[Term, ...]:
    """Return the terms that say what a question is about, each word once.

    Question words go; when nothing would be left they stay.
    """
    terms = {
        term.surface: term
        for term in analyse(text)
        if not term.is_function_word and not _is_clipped(term, text)
    }
    subject = tuple(term for word, term in terms.items() if word not in _QUESTION_WORDS)
    return subject or tuple(terms.values())


def _is_clipped(term: Term, text: str) -> bool:
    """Tell whether a term is what is left of a short word: "z'n", "zo'n", "'t"."""
    beside = text[max(term.start - 1, 0) : term.start] + text[term.end : term.end + 1]
    return len(term.surface) == 1 and bool(_APOSTROPHES & set(beside))


def names_subject(text: str) -> bool:
    """Tell whether a question says what it is about.

    Example:
        >>> names_subject("Wat is het mailadres?"), names_subject("Wat is een mailadres waard?")
        (False, True)
    """
    return any(
        not term.is_function_word and term.surface not in _QUESTION_WORDS for term in analyse(text)
    )

"""Find what a question writes apart and the documents write together.

In:  the terms of a question; the lexical index.
Out: for each such stretch the word that it makes: "Fiets to Werk" is "FietstoWerk", "subsidie
     aanvraag" is "subsidieaanvraag", and in "Hoe vraag ik dat aan?" the verb is "aanvragen".

Only words that the index holds are made. What stands apart in a text too ("Vraag het aan") is
found as the verb and what belongs to it.

Knows nothing of passages or scores.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.analysis import FUNCTION_WORDS, PARTICLES, Term, analyse, infinitives_of, lexicon
from ingest.lexical import Expansion, LexicalIndex, Wording

_WEIGHT = 0.9  # what the word counts for beside those of the question
_MOST_WORDS = 3
_SHORTEST = 6  # letters of a word made of neighbours
# After these a clause ends or begins: "Hoe vraag ik het aan voor mijn zoon?"
_FOLLOWS = frozenset(
    """
    aan als bij dan dat en door en indien met naar nadat of om omdat tot uit van vanaf via voor
    voordat waarmee wanneer want zodat zonder
    """.split()  # noqa: SIM905 - a table reads better than a list of quoted strings
)
_SHORT = frozenset(
    """
    ga gaat gaan sta staat staan doe doet doen zie ziet zien sla slaat slaan
    """.split()  # noqa: SIM905 - a table reads better than a list of quoted strings
)
_ASKING = frozenset(["hoe", "waar", "waarom", "wanneer", "wat", "welke", "wie"])
# With these a verb means something that is no subject: "Waar gaat het over?"
_EMPTY = frozenset(
    (stem, particle)
    for stems, particle in (
        (("ga", "gaan", "gaat"), "door"),
        (("ga", "gaan", "gaat"), "om"),
        (("ga", "gaan", "gaat"), "over"),
        (("houd",), "in"),
        (("kom",), "voor"),
        (("staan", "staat"), "in"),
        (("staan", "staat"), "voor"),
    )
    for stem in stems
)


@dataclass(frozen=True, slots=True)
class SplitVerb:
    """A verb that a question writes in two.

    Attributes:
        verb: The verb, as it stands there.
        particle: What belongs to it.
        forms: The verb in one word as the index has it, the most frequent form first, at the
            place of `verb`.
    """

    verb: Term
    particle: Term
    forms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """What a question writes apart.

    Attributes:
        verbs: The verbs that it writes in two.
        expansions: For each stretch that makes a word of the index, that word; verbs first.
    """

    verbs: tuple[SplitVerb, ...]
    expansions: tuple[Expansion, ...]

    def subject(self, terms: Sequence[Term]) -> tuple[Term, ...]:
        """Return the terms of a subject with each verb in one word, in the question's order."""
        parts = {term for verb in self.verbs for term in (verb.verb, verb.particle)}
        kept = [term for term in terms if term not in parts]
        whole = [verb.forms[0] for verb in self.verbs]
        return tuple(sorted([*kept, *whole], key=lambda term: term.start))

    def synonyms(self) -> dict[str, tuple[tuple[Term, ...], ...]]:
        """Return by surface form of each whole verb how a text may write it otherwise."""
        return {
            verb.forms[0].surface: (
                (verb.verb, verb.particle),
                *((form,) for form in verb.forms[1:]),
            )
            for verb in self.verbs
        }


class Joiner:
    """Joins words by what one index holds."""

    def __init__(self, lexical: LexicalIndex) -> None:
        """Join words that `lexical` holds."""
        self._lexical = lexical

    def join(self, terms: Sequence[Term]) -> Joined:
        """Return what `terms` write apart."""
        verbs = self._verbs(terms)
        whole = [
            Expansion((verb.verb,), tuple(Wording((form,), _WEIGHT) for form in verb.forms))
            for verb in verbs
        ]
        return Joined(tuple(verbs), (*whole, *self._neighbours(terms)))

    def _neighbours(self, terms: Sequence[Term]) -> Iterator[Expansion]:
        for start in range(len(terms)):
            for count in range(_MOST_WORDS, 1, -1):
                stretch = tuple(terms[start : start + count])
                word = "".join(term.surface for term in stretch)
                apart = all(
                    b.start == a.end + 1 for a, b in zip(stretch, stretch[1:], strict=False)
                )
                says = len(stretch) == count and any(not t.is_function_word for t in stretch)
                if apart and says and len(word) >= _SHORTEST and self._lexical.word_frequency(word):
                    yield Expansion(stretch, (Wording((_term(word, stretch[0]),), _WEIGHT),))

    def _verbs(self, terms: Sequence[Term]) -> list[SplitVerb]:
        """Return the verbs of which a part stands at the end of a clause."""
        found = []
        for at, particle in enumerate(terms):
            if particle.surface not in PARTICLES or not _closes(terms, at):
                continue
            split = next(filter(None, (self._whole(verb, particle) for verb in terms[:at])), None)
            if split is not None:
                found.append(split)
        return found

    def _whole(self, verb: Term, particle: Term) -> SplitVerb | None:
        if (verb.stem, particle.surface) in _EMPTY or not _is_verb(verb):
            return None
        frequency = self._lexical.passage_frequency
        forms = (_term(word, verb) for word in _written_whole(verb.surface, particle.surface))
        known = {form.stem: form for form in forms if frequency(form)}
        ranked = sorted(known.values(), key=lambda form: (-frequency(form), form.surface))
        return SplitVerb(verb, particle, tuple(ranked)) if ranked else None


def _closes(terms: Sequence[Term], at: int) -> bool:
    """Tell whether a clause ends after a word."""
    return at + 1 == len(terms) or terms[at + 1].surface in _FOLLOWS


def _is_verb(term: Term) -> bool:
    word = term.surface
    if word in _ASKING:
        return False
    return word in _SHORT or (len(word) > 2 and any(map(_infinitives, _first_persons(word))))


def _first_persons(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((word, word.removesuffix("t"), word.removesuffix("en"))))


def _written_whole(word: str, particle: str) -> Iterator[str]:
    """Yield a form of a verb, its infinitives and its regular participles in one word."""
    yield particle + word
    for form in _first_persons(word):
        for infinitive in _infinitives(form):
            yield particle + infinitive
            yield from (f"{particle}ge{form}{ending}" for ending in "dt")


@functools.lru_cache(maxsize=1000)
def _infinitives(first_person: str) -> tuple[str, ...]:
    return tuple(infinitives_of(first_person, lexicon() | FUNCTION_WORDS))


def _term(word: str, place: Term) -> Term:
    """Return a word as a term, at the place of another."""
    (term,) = analyse(word)
    return term._replace(start=place.start, end=place.end)

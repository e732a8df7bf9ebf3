"""Analyse Dutch text into terms, the same way for index and query.

In:  any Dutch text.
Out: `Term`s, one a word: its surface form, its stem, and its parts when it is a compound
     ("subsidieaanvragen": "subsidie", "aanvraag"); numbers in words also as digits.

Surface forms carry the ranking; stems and parts only add to it. Function words weigh
little, but "niet", "geen" and "zonder" keep their weight: they turn an answer round.

Knows nothing of the index or of ranking.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ingest.dutch.numbers import NUMBER_WORDS

FUNCTION_WORDS = frozenset(
    """
    aan al alle alleen allemaal als alsmede alsnog altijd ander andere anders bij bijna binnen
    boven buiten daar daarbij daarin daarmee daarna daarnaast daarom daarop daarvan daarvoor dan
    dat de deze die dit doch doen doet door dus e een eens eerst eigenlijk elk elke en enige
    er erg ergens erin ermee eruit ervan ervoor even gaan gaat haar had hadden heb hebben hebt
    heeft heel hem hen het hier hierbij hij hoe hoeveel hoewel hun iemand iets ik in indien
    inmiddels is ja je jij jou jouw jullie kan komen komt krijg krijgen krijgt kun kunnen kunt
    laat lang later maar mag maken me mee meer men met mij mijn moet moeten mogelijk mogen na
    naar naast nee net niemand niets nog nogal nou nu of om omdat onder ons onze ook op over
    overal per reeds rond s samen soms sinds staan staat steeds t te tegen ten ter tijdens toch
    toen tot tussen tussenin u uit uw vaak van vanaf vanuit veel verder via volgens voor vooral
    waar waarbij waardoor waarin waarmee waarom waarop waarvan waarvoor wanneer want waren was
    wat we weer wel welk welke werd werden wie wij wil wilde willen word worden wordt zal ze zeer
    zei zelf zich zij zijn zo zoals zou zouden zowel zullen zult
    bestaat bestaan biedt bieden blijft blijven brengt brengen deden deed geeft gegeven geldt gelden
    geven ging gingen had hoort houden houdt kreeg kregen kwam kwamen laten ligt liggen loopt lopen
    maakt maakte maakten neemt nemen gemaakt gedaan gekomen gekregen gegaan mocht mochten
    moest moesten namen nodig precies stond stonden stellen stelt vindt vinden volgt wilt zeggen
    zegt zien ziet zit zitten zorgt zorgen iedereen waarheen waarover erover
    """.split()  # noqa: SIM905 - a table reads better than a list of quoted strings
)

_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")  # also with accents of their own
_LEXICON = Path(__file__).parent / "model" / "tokenizer.json"
_MIN_PART = 4  # letters; shorter parts cut words at chance
# What a verb can begin with: "indienen" is conjugated as "dienen".
PARTICLES = (
    "aan", "achter", "af", "bij", "door", "in", "mee", "na", "om", "onder", "op", "over",
    "terug", "toe", "uit", "voor",
)  # fmt: skip
_SINGLE = ("er", "el", "en", "kom")  # endings whose last letter may stay single: "veranderen"
_LINKS = ("", "s", "e", "en", "n")  # linking letters between the parts of a Dutch compound


class Term(NamedTuple):
    """One word of a text; a named tuple, because an ingest makes millions.

    Attributes:
        surface: Lower-case, without accents.
        stem: Its stem (Snowball's Dutch stemmer; Kraaij & Pohlmann, 1994).
        parts: Stems of the parts of a compound, and the digits of a number in words.
        start: Offset of the word in the text.
        end: Offset after it.
    """

    surface: str
    stem: str
    parts: tuple[str, ...]
    start: int
    end: int

    @property
    def is_function_word(self) -> bool:
        """Whether the word says little by itself."""
        return self.surface in FUNCTION_WORDS


def analyse(text: str) -> list[Term]:
    """Return the terms of `text`, in order.

    Example:
        >>> [term.stem for term in analyse("Zij lopen")]
        ['zij', 'loop']
    """
    found = ((_forms(match.group()), match) for match in _WORD.finditer(text))
    return [Term(*forms, match.start(), match.end()) for forms, match in found if forms[0]]


def forms_in(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return surface, stem and parts of the words of `text`: `analyse` where places do not matter.

    An index is made of nothing else, so this is where an ingest spends its time.
    """
    return [forms for word in _WORD.findall(text) if (forms := _forms(word))[0]]


def stems_in(text: str, language: str = "dutch") -> list[str]:
    """Return the stems of the words of `text`, in order: `analyse` where parts do not matter."""
    surfaces = (fold(word) for word in _WORD.findall(text))
    return [stem_of(surface, language) for surface in surfaces if surface]


def fold(word: str) -> str:
    """Return `word` in lower case and without accents."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@functools.lru_cache(maxsize=200_000)
def _forms(word: str) -> tuple[str, str, tuple[str, ...]]:
    surface = fold(word)
    stem = stem_of(surface)
    parts = [stem_of(part) for part in compound_parts(surface)]
    if surface in NUMBER_WORDS and surface != "een":
        parts.append(str(NUMBER_WORDS[surface]))
    return surface, stem, tuple(dict.fromkeys(part for part in parts if part != stem))


@functools.lru_cache(maxsize=200_000)
def stem_of(word: str, language: str = "dutch") -> str:
    """Return the stem of a folded word; the language as Snowball calls it."""
    stem = str(_stemmer(language).stemWord(word)) or word
    if language != "dutch":
        return stem
    if word[-1:] in {"t", "d"} and (base := _conjugated(word)):
        stem = str(_stemmer(language).stemWord(base))
    # The one common verb whose vowel is short in the singular: "kom", "komen".
    return stem[:-4] + "kom" if stem.endswith("koom") else stem


def _conjugated(word: str) -> str:
    """Return what is left of a verb without its ending, "" for what is no known verb.

    The stemmer leaves these endings where they are; nouns end like that too.

    Example:
        >>> _conjugated("woont"), _conjugated("veranderd"), _conjugated("besluit")
        ('woon', 'verander', '')
    """
    base = word[:-1]
    if len(base) < _MIN_PART or not word.isalpha():
        return ""
    return base if any(infinitives_of(base, lexicon())) else ""


def is_conjugated(word: str) -> bool:
    """Tell whether a folded word is a known verb in the present tense with its "t".

    Example:
        >>> is_conjugated("woont"), is_conjugated("punt")
        (True, False)
    """
    return word.endswith("t") and bool(_conjugated(word))


def infinitives_of(base: str, known: Container[str]) -> Iterator[str]:
    """Yield the infinitives that `base` is the first person of, if `known` has their verb.

    Example:
        >>> list(infinitives_of("aanvraag", {"vragen"})), list(infinitives_of("stel", {"stellen"}))
        (['aanvragen'], ['stellen'])
    """
    spelt = {base}
    if re.search(r"([aeou])\1[^aeiou]$", base):  # "woon", "wonen"
        spelt = {base[:-2] + base[-1]}
    elif re.search(r"[^aeiou][aeiou][^aeiouhjwx]$", base):  # "stel", "stellen"
        spelt = {base + base[-1], *([base] if base.endswith(_SINGLE) else [])}
    voiced = {form[:-1] + {"f": "v", "s": "z"}.get(form[-1], form[-1]) for form in spelt}
    for form in sorted(spelt | voiced):
        if any(f"{form.removeprefix(particle)}en" in known for particle in ("", *PARTICLES)):
            yield f"{form}en"


@functools.cache
def _stemmer(language: str) -> Any:  # noqa: ANN401 - PyStemmer has no types
    import Stemmer

    return Stemmer.Stemmer(language, 0)  # its own cache is slower than stemming anew


def compound_parts(word: str) -> tuple[str, ...]:
    """Return the words that a compound is made of, or nothing when it is none.

    Of all ways to cut, the one with the fewest parts wins, then the one whose shortest part
    is longest.

    Example:
        >>> compound_parts("subsidieaanvraag")
        ('subsidie', 'aanvraag')
    """
    if len(word) < 2 * _MIN_PART or not word.isalpha():
        return ()
    cuts = list(_cuts(word, 3))
    if not cuts:
        return ()
    return min(cuts, key=lambda parts: (len(parts), -min(map(len, parts)), parts))


def _cuts(word: str, most: int) -> Iterator[tuple[str, ...]]:
    words = lexicon()
    for i in range(_MIN_PART, len(word) - _MIN_PART + 1):
        head, tail = word[:i], word[i:]
        if head not in words:
            continue
        for link in _LINKS:
            rest = tail[len(link) :]
            if not tail.startswith(link) or len(rest) < _MIN_PART:
                continue
            if rest in words:
                yield (head, rest)
            if most > 2:
                for parts in _cuts(rest, most - 1):
                    yield (head, *parts)


@functools.cache
def lexicon() -> frozenset[str]:
    """Return the whole words that the embedded model's tokenizer knows: common Dutch words."""
    import json

    vocabulary = json.loads(_LEXICON.read_text(encoding="utf-8"))["model"]["vocab"]
    names = vocabulary if isinstance(vocabulary, dict) else [piece for piece, _ in vocabulary]
    return frozenset(
        word
        for word in names
        if len(word) >= _MIN_PART and word.isalpha() and word not in FUNCTION_WORDS
    )

"""Read an English question in Dutch, word by word.

In:  an English question; the vocabulary of the index.
Out: the question in plain Dutch: good enough to search and to see what is asked, and to show
     how it was read.

The longest wording wins. What the concept schemes name is called as they call it in Dutch;
english.json has the words of questions, and of subjects that no scheme names. An unknown word
stays, so that a question about something else finds nothing.

Knows nothing of the answer.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.nouns import article_of, plural_of
from ingest.analysis import Term, analyse
from ingest.thesaurus import keys_of
from ingest.vocabulary import Vocabulary

_TABLE = Path(__file__).parent / "english.json"
_MOST = 5  # words in a wording
_DO = re.compile(r"(?<!how )\b(?:do|does|did)\b", re.IGNORECASE)
_STANDS = re.compile(r"\bwhat (?:does|do) (.+?) stand for\b", re.IGNORECASE)
_SHORT = re.compile(r"(?<=[a-z])['’](?:s|re|ll|d|ve)\b", re.IGNORECASE)
_IN_FULL = {"s": " is", "re": " are", "ll": " will", "d": " would", "ve": " have"}


class Translator:
    """Translates with one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Call concepts as `vocabulary` does."""
        self._vocabulary = vocabulary

    def in_dutch(self, text: str) -> str:
        """Return an English question in Dutch."""
        text = _SHORT.sub(lambda match: _IN_FULL[match.group()[1:].lower()], text)
        text = _without_do(_STANDS.sub(r"waar staat \1 voor", text))
        terms = analyse(text)
        parts: list[str] = []
        position = at = 0
        while at < len(terms):
            length, dutch = self._longest(text, terms[at : at + _MOST])
            start, end = terms[at].start, terms[at + length - 1].end
            parts += [text[position:start], text[start:end] if dutch is None else dutch]
            position, at = end, at + length
        dutch_text = "".join([*parts, text[position:]])
        tidy = re.sub(r"\s+([?.!,;])", r"\1", " ".join(dutch_text.split()))
        tidy = re.sub(r"\bde (\w+)", lambda found: f"{article_of(found[1])} {found[1]}", tidy)
        return tidy[:1].upper() + tidy[1:]

    def _longest(self, text: str, terms: Sequence[Term]) -> tuple[int, str | None]:
        """Return how many of `terms` a wording takes, and the wording in Dutch, if there is one."""
        for length in range(len(terms), 0, -1):
            written = text[terms[0].start : terms[length - 1].end]
            if length == 1 and _is_name(written, terms[0]):
                return 1, None
            words = " ".join(term.surface for term in terms[:length])
            dutch = _general(words, "words", "verbs")
            if dutch is None:
                dutch = self._concept(words) or _general(words, "subjects")
            if dutch is not None:
                return length, dutch
        return 1, None

    def _concept(self, words: str) -> str | None:
        """Return the Dutch name of the concept that has `words` for an English one."""
        key = keys_of(words)[1]
        single = _singular(words)
        for name in self._vocabulary.names([key]).get(key, ()):
            if name.text.lower() not in {words, single}:
                continue  # one stem, but another word: "consultancy" for "consultation"
            labels = self._vocabulary.labels(name.concept)
            is_english = any(one.language[:2] == "en" and one.text == name.text for one in labels)
            dutch = [one.text for one in labels if one.language[:2] == "nl"]
            if is_english and dutch:
                return dutch[0] if name.text.lower() == words else plural_of(dutch[0])
        return None


def _general(words: str, *tables: str) -> str | None:
    """Return a wording of english.json in Dutch, also for a plural that it does not hold."""
    for table in map(_table, tables):
        if words in table:
            return table[words]
    single = _table(tables[0]).get(_singular(words))
    return plural_of(single) if single and single.isalpha() else None


def _singular(words: str) -> str:
    for ending, without in (("ies", "y"), ("ches", "ch"), ("ss", "ss"), ("s", "")):
        if words.endswith(ending):
            return words.removesuffix(ending) + without
    return words


def _is_name(written: str, term: Term) -> bool:
    """Tell whether a word is written as an abbreviation or, inside the sentence, as a name."""
    if len(written) == 1:
        return False
    is_capital = written.isupper() or (term.start > 0 and written[:1].isupper())
    return is_capital and _table("words").get(written.lower()) not in _CAPITALS


# What English writes with a capital and is no name.
_CAPITALS = frozenset(
    """
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni
    juli augustus september oktober november december Nederland Nederlandse
    """.split()  # noqa: SIM905 - a table reads better than a list of quoted strings
)


def _without_do(text: str) -> str:
    """Return a question without "do": its verb takes that place, as in Dutch."""
    found = _DO.search(text)
    if found is None:
        return text
    rest = text[found.end() :]
    verbs = _table("verbs")
    known = "|".join(sorted(map(re.escape, verbs), key=lambda verb: (-len(verb), verb)))
    form = rf"(?<!\b(?:the) )(?<!\b(?:an|of|in) )(?<!\ba )\b(?:{known})\b"
    verbs_there = list(re.finditer(form, rest, re.IGNORECASE))
    if not verbs_there:
        return text
    verb = verbs_there[-1]
    moved = f"{verbs[verb.group().lower()]} {rest[: verb.start()]}{rest[verb.end() :]}"
    return text[: found.start()] + moved


@functools.cache
def _table(name: str) -> Mapping[str, str]:
    tables: dict[str, dict[str, str]] = json.loads(_TABLE.read_text(encoding="utf-8"))
    return tables[name]

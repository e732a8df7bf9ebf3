"""Divide what an index holds into topics.

In:  the library and the lexical index of a generation.
Out: its Topics; for one of them, what tells whether a place in a document is on it.

A topic comes from the index: milestones where there are any, what documents say themselves that
they are about, and the top concepts of a concept scheme with all that is under them. One that
hardly any passage is about, or nearly every one, helps nobody to choose, and is left out.

Knows nothing of how a question is answered.
"""

from __future__ import annotations

import functools
import itertools
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.records import Answer, Status
from assistant.within import Holds
from ingest.analysis import Term, analyse, fold, forms_in
from ingest.errors import UsageError
from ingest.lexical import LexicalIndex
from ingest.library import Library
from ingest.records import Passage
from ingest.thesaurus import Concept, LabelKind

_FIELDS = ("topic", "topics", "thema", "onderwerp")  # of front matter
_FEWEST = 3  # passages on a concept
_LARGEST = 0.6  # share of all passages
_MOST = 7  # topics to choose from
_PLURAL = 3  # letters that it adds at most
_KEPT = 2000  # documents of which is known what is on a topic


@dataclass(frozen=True, slots=True)
class Topic:
    """What a user may limit a question to: what it is called, and by what name a program asks."""

    key: str
    name: str


class Topics:
    """The topics of one generation."""

    def __init__(self, library: Library, lexical: LexicalIndex) -> None:
        """Find topics in `library`, of which `lexical` counts the passages."""
        self._library = library
        self._lexical = lexical
        self._lock = threading.Lock()
        self._tests: dict[Topic, Callable[[Passage], bool]] | None = None
        self._starts = functools.lru_cache(maxsize=_KEPT)(self._find_starts)

    def all(self) -> tuple[Topic, ...]:
        """Return the topics; the first call looks for them."""
        return tuple(self._known())

    def named(self, key: str) -> Topic:
        """Return a topic by its key, which may be written as its name.

        Raises:
            UsageError: If there is none of that name.
        """
        topics = {topic.key: topic for topic in self.all()}
        found = topics.get(_key(key))
        if found is None:
            known = ", ".join(topics)
            advice = f"Kies uit: {known}." if known else "Stel je vraag zonder onderwerp."
            raise UsageError(f"Het onderwerp '{key}' staat niet in de bronnen.", advice)
        return found

    def holding(self, topic: Topic) -> Holds:
        """Return what tells whether a place is in a passage of `topic`."""

        def holds(document_id: str, place: int) -> bool:
            return any(start <= place < end for start, end in self._starts(topic, document_id))

        return holds

    def told(self, answer: Answer, key: str) -> Answer:
        """Return an answer that was looked for in one topic, and says so where that matters."""
        if not key:
            return answer
        name = self.named(key).name
        is_short = answer.status in {Status.NOT_FOUND, Status.PARTIAL}
        note = (f"Er is alleen gezocht in het onderwerp “{name}”.",) if is_short else ()
        trace = replace(answer.trace, topic=name)
        return replace(answer, trace=trace, notes=(*answer.notes, *note))

    def _find_starts(self, topic: Topic, document_id: str) -> tuple[tuple[int, int], ...]:
        is_in = self._known()[topic]
        passages = self._library.passages_of(document_id)
        return tuple((p.start, p.end) for p in passages if is_in(p))

    def _known(self) -> Mapping[Topic, Callable[[Passage], bool]]:
        with self._lock:
            if self._tests is None:
                found = itertools.chain(self._milestones(), self._declared(), self._concepts())
                by_key: dict[str, tuple[Topic, Callable[[Passage], bool]]] = {}
                for topic, is_in in found:
                    by_key.setdefault(topic.key, (topic, is_in))
                self._tests = dict(list(by_key.values())[:_MOST])
            return self._tests

    def _milestones(self) -> Iterator[tuple[Topic, Callable[[Passage], bool]]]:
        if not self._library.all_milestones():
            return

        def is_in(passage: Passage) -> bool:
            spans = (
                span
                for one in self._library.milestones(passage.document_id)
                for span in (one.title, one.period, one.explanation)
                if span is not None
            )
            return any(s.start < passage.end and passage.start < s.end for s in spans)

        yield _topic("mijlpalen"), is_in

    def _declared(self) -> Iterator[tuple[Topic, Callable[[Passage], bool]]]:
        """Yield what documents say they are about, what most of them say first."""
        documents: dict[str, set[str]] = {}
        names: dict[str, str] = {}
        headers = self._library.headers()
        for document_id, _, metadata in headers:
            for name in _values(metadata):
                names.setdefault(_key(name), name)
                documents.setdefault(_key(name), set()).add(document_id)
        for key, own in sorted(documents.items(), key=lambda entry: (-len(entry[1]), entry[0])):
            if key and len(own) < len(headers):
                yield _topic(names[key]), functools.partial(_is_of, frozenset(own))

    def _concepts(self) -> Iterator[tuple[Topic, Callable[[Passage], bool]]]:
        """Yield the top concepts that passages are about, those with most passages first."""
        total = self._lexical.count()
        titles = {document_id: title for document_id, title, _ in self._library.headers()}
        found = []
        for concept, labels in _tops(self._library):
            count = self._lexical.count_with(labels)
            if _FEWEST <= count <= _LARGEST * total:
                found.append((-count, _name(concept), labels))
        for _, name, labels in sorted(found, key=lambda entry: entry[:2]):
            stems = [frozenset(term.stem for term in label) for label in labels]
            yield _topic(name), functools.partial(_names, titles, stems)


def _tops(library: Library) -> Iterator[tuple[Concept, list[tuple[Term, ...]]]]:
    """Yield the top concepts of each scheme with the words for them and for all below them.

    Where a scheme names none, they are the concepts that have others below them and none above.
    """
    for source in library.vocabulary.versions():
        concepts = {one.id: one for one in library.vocabulary.concepts(source)}
        below: dict[str, list[str]] = {}
        for one in concepts.values():
            for above in one.broader:
                below.setdefault(above, []).append(one.id)
        named = [one for one in concepts.values() if one.is_top]
        highest = [one for one in concepts.values() if not one.broader and one.id in below]
        for top in named or highest:
            own = (concepts[name] for name in _under(top.id, below) if name in concepts)
            labels = (tuple(analyse(text)) for one in own for text in _dutch(one))
            yield top, [terms for terms in labels if terms]


def _under(top: str, below: Mapping[str, Sequence[str]]) -> list[str]:
    """Return a concept and all below it, each once: a scheme may run in circles."""
    found = {top: None}
    to_do = [top]
    while to_do:
        new = [one for one in below.get(to_do.pop(), ()) if one not in found]
        found |= dict.fromkeys(new)
        to_do += new
    return list(found)


def _dutch(concept: Concept) -> list[str]:
    """Return the names of a concept that Dutch documents use."""
    labels = (one for one in concept.labels if one.kind is not LabelKind.HIDDEN)
    return [one.text for one in labels if one.language.split("-")[0] in {"", "nl"}]


def _name(concept: Concept) -> str:
    """Return what a concept is called, in the plural where it has a label that is one."""
    labels = _dutch(concept)
    preferred = {one.text for one in concept.labels if one.kind is LabelKind.PREFERRED}
    name = next((text for text in labels if text in preferred), "")
    return next((text for text in labels if _is_plural(text, name)), name)


def _is_plural(text: str, name: str) -> bool:
    # The last letter may differ: "alternatief", "alternatieven".
    longer = range(1, _PLURAL + 1)
    return (
        text.endswith(("s", "n"))
        and text[: len(name) - 1] == name[:-1]
        and (len(text) - len(name) in longer)
    )


def _names(titles: Mapping[str, str], wordings: Sequence[frozenset[str]], passage: Passage) -> bool:
    """Tell whether a passage holds all words of one wording, as the lexical index counts it."""
    above = " ".join((titles.get(passage.document_id, ""), *passage.headings))
    stems = {stem for _, stem, _ in forms_in(f"{passage.text} {above}")}
    return any(words <= stems for words in wordings)


def _is_of(documents: frozenset[str], passage: Passage) -> bool:
    return passage.document_id in documents


def _values(metadata: Mapping[str, str]) -> Iterator[str]:
    for field in _FIELDS:
        for value in re.split(r"[,;]", metadata.get(field, "")):
            if name := " ".join(value.strip(" []'\"").split()):
                yield name[:40]


def _topic(name: str) -> Topic:
    return Topic(_key(name), f"{name[:1].upper()}{name[1:]}")


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")

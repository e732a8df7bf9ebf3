"""Read a concept scheme: which words mean the same, and which concept is wider than another.

In:  the bytes of a SKOS file in Turtle.
Out: `Concept`s with their labels, by language and kind, the concepts right above them, and
     whether the scheme names them as an entrance.

The labels of SKOS (W3C, 2009): a preferred one, alternatives, and hidden ones, which people use
in a question and a document does not. Nothing that a file names is fetched.

Knows nothing of questions, of the index or of any field of knowledge.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ingest.analysis import stems_in
from ingest.cleaning import clean
from ingest.errors import FileError

if TYPE_CHECKING:
    from rdflib import Graph

_SKOS = "http://www.w3.org/2004/02/skos/core#"
# Names that a file leaves relative are completed with this; it leads nowhere.
_BASE = "http://begrippen.invalid/"
MOST_WORDS = 8  # in a label; a longer one is a sentence, which nobody types as such


class LabelKind(StrEnum):
    """How a label names its concept."""

    PREFERRED = "prefLabel"
    ALTERNATIVE = "altLabel"
    HIDDEN = "hiddenLabel"


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """A name of a concept; `language` is a tag such as "nl" or "en", "" where there is none."""

    kind: LabelKind
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept with its names, in a fixed order.

    Attributes:
        id: Its URI.
        labels: Its names.
        broader: The ids of the concepts right above it.
        is_top: Whether its scheme names it as a top concept: one to start looking from.
    """

    id: str
    labels: tuple[Label, ...]
    broader: tuple[str, ...] = ()
    is_top: bool = False


def key_of(label: Label) -> str:
    """Return what a label is looked up by: the stems of its words."""
    dutch, english = keys_of(label.text)
    return english if label.language.split("-")[0] == "en" else dutch


def keys_of(text: str) -> tuple[str, str]:
    """Return what may be the key of a label that says `text`: the Dutch one, then the English.

    A Dutch word may have an English stem that is the stem of another: the keys never meet.

    Example:
        >>> keys_of("scholen")[0] == keys_of("school")[0]
        True
        >>> keys_of("municipalities")
        ('municipalitie', 'en:municip')
    """
    english = (f"en:{stem}" for stem in stems_in(text, "english"))
    return " ".join(stems_in(text)), " ".join(english)


def read_concepts(content: bytes) -> tuple[Concept, ...]:
    """Return the concepts of a SKOS file in Turtle, by id.

    Raises:
        FileError: If it is no Turtle, or names no concept.
    """
    graph = _parse(content)
    labels = _labels(graph)
    above: defaultdict[str, list[str]] = defaultdict(list)
    for below, wider in _pairs(graph, "broader"):
        above[below].append(wider)
    for wider, below in _pairs(graph, "narrower"):  # the same, said from above
        above[below].append(wider)
    tops = {concept for _, concept in _pairs(graph, "hasTopConcept")}
    tops |= {concept for concept, _ in _pairs(graph, "topConceptOf")}
    if not labels:
        raise FileError(
            "Er staan geen begrippen in met een skos:prefLabel.",
            "Geef elk begrip een skos:prefLabel of haal het bestand weg.",
        )
    return tuple(
        Concept(name, tuple(sorted(labels[name])), tuple(sorted(set(above[name]))), name in tops)
        for name in sorted(labels)
    )


def _parse(content: bytes) -> Graph:
    import rdflib
    from rdflib.plugins.parsers.notation3 import BadSyntax

    try:
        return rdflib.Graph().parse(data=content, format="turtle", publicID=_BASE)
    except BadSyntax as problem:
        raise FileError(
            f"Dit is geen goede Turtle: het gaat mis bij regel {problem.lines + 1}.",
            "Kijk op die regel en die erboven of er een punt, komma of haakje ontbreekt.",
        ) from problem
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise FileError(
            f"Op regel {line} staan tekens die geen UTF-8 zijn.",
            "Bewaar het bestand opnieuw als UTF-8.",
        ) from problem


def _labels(graph: Graph) -> dict[str, set[Label]]:
    from rdflib import Literal, URIRef

    found: defaultdict[str, set[Label]] = defaultdict(set)
    for kind in LabelKind:
        for concept, text in graph.subject_objects(URIRef(_SKOS + kind)):
            if isinstance(concept, URIRef) and isinstance(text, Literal):
                words = " ".join(clean(str(text)).split())
                if words and len(words.split()) <= MOST_WORDS:
                    found[str(concept)].add(Label(kind, (text.language or "").lower(), words))
    return found


def _pairs(graph: Graph, relation: str) -> list[tuple[str, str]]:
    from rdflib import URIRef

    pairs = graph.subject_objects(URIRef(_SKOS + relation))
    return [(str(one), str(other)) for one, other in pairs if isinstance(other, URIRef)]

"""What other programs may ask for: the table behind the JSON endpoints and the MCP tools.

In:  an assistant; the name of a service and its arguments, as a program wrote them.
Out: dictionaries in the form that README.md documents; a UsageError in Dutch for what is no
     argument, is missing or is too long.

Everything here only reads, so readers and editors alike may use it.

Knows nothing of HTTP, of Gradio or of MCP.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeGuard

from assistant.calendar import Happening, chosen
from assistant.catalogue import Collection
from assistant.records import Answer, Hit
from ingest.errors import UsageError
from ingest.records import Document
from ui.conversation import QUESTION_LIMIT, objection
from ui.options import day_of
from ui.output import answer_as_json, hits_as_json
from ui.output_documents import collection_as_json, document_as_json, timeline_as_json

_HISTORY = 20  # earlier questions
_PASSAGES = 100
_NAME = 500  # characters of a document's id
_SUBJECT = 100
_HALF = re.compile(r"[\ud800-\udfff]")


class Source(Protocol):
    """What the services need of an assistant."""

    def ask(
        self, question: str, *, history: Sequence[str] = (), today: date | None = None
    ) -> Answer:
        """Answer a question."""
        ...

    def search(self, query: str, limit: int = 10) -> list[Hit]:
        """Return the passages found for a query, best first."""
        ...

    def document(self, document_id: str) -> Document:
        """Return a document of the index."""
        ...

    def happenings(self) -> tuple[Happening, ...]:
        """Return the milestones of the index in order of time."""
        ...

    def collection(self) -> Collection:
        """Return what documents there are."""
        ...


@dataclass(frozen=True, slots=True)
class Argument:
    """What a service is told.

    Attributes:
        what: What it is, in Dutch.
        schema: Its JSON schema without a description; read by `read` as well.
        read: Returns a value that a program wrote, or raises a UsageError.
        is_needed: Whether it must be given.
    """

    what: str
    schema: Mapping[str, Any]
    read: Callable[[str, object], Any]
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """Something that a program can ask for.

    Attributes:
        what: What it does, in Dutch.
        arguments: By name.
        work: Does it, from the arguments that were given.
    """

    what: str
    arguments: Mapping[str, Argument]
    work: Callable[..., dict[str, Any]]

    def run(self, given: Mapping[str, object]) -> dict[str, Any]:
        """Do it.

        Args:
            given: Arguments by name; None counts as not given.

        Raises:
            UsageError: If an argument is unknown, missing or wrong.
            WegwijsError: If the index cannot be used, or lacks what is asked for.
        """
        told = {name: value for name, value in given.items() if value is not None}
        known = ", ".join(self.arguments) or "geen enkel"
        for name in told:
            if name not in self.arguments:
                raise UsageError(f"'{name[:40]}' bestaat hier niet.", f"Wel: {known}.")
        for name, argument in self.arguments.items():
            if argument.is_needed and name not in told:
                raise UsageError(f"'{name}' ontbreekt.", f"Geef mee: {argument.what}")
        return self.work(**{n: self.arguments[n].read(n, value) for n, value in told.items()})

    def schema(self) -> dict[str, Any]:
        """Return the JSON schema of its arguments."""
        return {
            "type": "object",
            "properties": {
                name: {**argument.schema, "description": argument.what}
                for name, argument in self.arguments.items()
            },
            "required": [name for name, one in self.arguments.items() if one.is_needed],
            "additionalProperties": False,
        }


def services(source: Source) -> dict[str, Service]:
    """Return by name what programs may ask of `source`."""

    def ask(
        question: str, history: Sequence[str] = (), today: date | None = None
    ) -> dict[str, Any]:
        return answer_as_json(source.ask(question, history=history, today=today))

    def search(query: str, limit: int = 10) -> dict[str, Any]:
        hits = source.search(query, limit)
        found = hits_as_json(hits)
        texts = [{"text": hit.passage.text} for hit in hits]
        pairs = zip(found["results"], texts, strict=True)
        return {**found, "results": [result | text for result, text in pairs]}

    def show(document: str) -> dict[str, Any]:
        return document_as_json(source.document(document))

    def timeline(year: int | None = None, document: str = "", subject: str = "") -> dict[str, Any]:
        known = source.happenings()
        found = chosen(known, year=year, document_id=document, subject=subject)
        return timeline_as_json(found, date.today())

    def documents() -> dict[str, Any]:
        return collection_as_json(source.collection())

    return {
        "ask": Service(
            "Beantwoordt een vraag in het Nederlands uit de documenten. Achter elke zin staat een "
            "nummer; bij 'citations' staat de letterlijke tekst waarop de zin rust. Staat het er "
            "niet in, dan is 'status' not_found of out_of_scope.",
            {
                "question": Argument("De vraag.", _text_schema(QUESTION_LIMIT), _question, True),
                "history": Argument(
                    "Eerdere vragen in dit gesprek, de oudste eerst.",
                    {"type": "array", "items": _text_schema(QUESTION_LIMIT), "maxItems": _HISTORY},
                    _history,
                ),
                "today": Argument(
                    "De dag waarop de vraag wordt gesteld, als JJJJ-MM-DD; anders vandaag.",
                    {"type": "string", "format": "date"},
                    _day,
                ),
            },
            ask,
        ),
        "search": Service(
            "Zoekt passages in de documenten, de beste eerst.",
            {
                "query": Argument("De zoekvraag.", _text_schema(QUESTION_LIMIT), _question, True),
                "limit": Argument(
                    "Hoeveel passages; anders 10.", _number_schema(_PASSAGES), _number(_PASSAGES)
                ),
            },
            search,
        ),
        "show": Service(
            "Geeft de hele tekst van een document; 'start' en 'end' van een citaat tellen daarin.",
            {"document": Argument("De id van het document.", _text_schema(_NAME), _name, True)},
            show,
        ),
        "timeline": Service(
            "Geeft de mijlpalen uit de documenten op volgorde van tijd, elk met de letterlijke "
            "tekst.",
            {
                "year": Argument("Alleen dit jaar.", _number_schema(9999), _number(9999)),
                "document": Argument("Alleen dit document (id).", _text_schema(_NAME), _name),
                "subject": Argument(
                    "Alleen wat hierover gaat.", _text_schema(_SUBJECT), _short(_SUBJECT)
                ),
            },
            timeline,
        ),
        "documents": Service("Geeft de lijst van documenten.", {}, documents),
    }


def _text_schema(most: int) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": most}


def _number_schema(most: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": 1, "maximum": most}


def _is_text(value: object) -> TypeGuard[str]:
    """Tell whether a value is text that can be stored; JSON can hold half a character."""
    return isinstance(value, str) and not _HALF.search(value)


def _question(name: str, value: object) -> str:
    if not _is_text(value):
        raise UsageError(f"'{name}' is geen tekst.", "Geef de vraag als tekst.")
    reason = objection(value)
    if reason is not None:
        raise UsageError(f"'{name}' kan zo niet.", reason)
    return value.strip()


def _history(name: str, value: object) -> list[str]:
    if not isinstance(value, list) or len(value) > _HISTORY:
        raise UsageError(
            f"'{name}' is geen lijst van vragen.", f"Geef hoogstens {_HISTORY} vragen, als tekst."
        )
    return [_question(name, one) for one in value]


def _day(name: str, value: object) -> date | None:
    if not isinstance(value, str):
        raise UsageError(f"'{name}' is geen datum.", "Schrijf hem als JJJJ-MM-DD.")
    return day_of(value[:20])


def _number(most: int) -> Callable[[str, object], int]:
    def read(name: str, value: object) -> int:
        if isinstance(value, str) and value.isdecimal() and len(value) < 10:
            value = int(value)  # as it stands in an address
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            raise UsageError(f"'{name}' klopt niet.", f"Geef een heel getal van 1 tot {most}.")
        return value

    return read


def _short(most: int) -> Callable[[str, object], str]:
    def read(name: str, value: object) -> str:
        if not _is_text(value) or not value.strip() or len(value) > most:
            raise UsageError(f"'{name}' klopt niet.", f"Geef een tekst van 1 tot {most} tekens.")
        return value

    return read


_name = _short(_NAME)

"""The records that tell what a language model was asked, and what became of what it wrote.

    Fate        what became of a sentence
    Fault       what is wrong with one
    Failure     why nothing of what it wrote is used
    Sentence    a sentence that it wrote, with its fate
    Generation  all of it, with the messages that were sent

Knows nothing of how a model is asked or a sentence is checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What became of a sentence."""

    PASSED = "passed"
    REPLACED = "replaced"  # by what the source itself says
    HELD_BACK = "held_back"


class Fault(StrEnum):
    """What is wrong with a sentence."""

    NO_MARKER = "no_marker"  # it names no passage
    UNKNOWN_MARKER = "unknown_marker"  # it names a passage that was not given
    WRONG_FACT = "wrong_fact"  # a number, date, amount, name or address is not in the passage
    WRONG_QUOTE = "wrong_quote"  # what it quotes is not there word for word
    UNSUPPORTED = "unsupported"  # the passage does not say it
    REPEATED = "repeated"  # it says again what was said


class Failure(StrEnum):
    """Why nothing of what a model wrote is used."""

    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    NO_SUCH_MODEL = "no_such_model"
    KEY_REFUSED = "key_refused"
    TOO_BUSY = "too_busy"
    REJECTED = "rejected"  # the endpoint takes no such request
    BROKEN = "broken"  # the endpoint has an error of its own
    BROKE_OFF = "broke_off"
    ENDLESS = "endless"
    EMPTY = "empty"
    UNREADABLE = "unreadable"  # what came is not what its protocol says
    NOT_DUTCH = "not_dutch"
    NO_ROOM = "no_room"  # not even one passage fits in what it can read
    FOUND_NOTHING = "found_nothing"  # it says that the passages do not tell
    NOT_SUPPORTED = "not_supported"  # too little of it passed the check


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that a model wrote.

    Attributes:
        text: As it wrote it, with its markers.
        fate: What became of it.
        fault: What is wrong with it, None when it passed.
        wrong: The numbers, names and the like that are not in the passage it names.
    """

    text: str
    fate: Fate
    fault: Fault | None = None
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Generation:
    """What a model was asked, and what became of what it wrote.

    Attributes:
        model: Its name, as in the setting.
        system: The instructions that were sent.
        prompt: The passages and the question, as they were sent.
        sentences: What it wrote, sentence by sentence.
        failure: Why nothing of it is used, None when the answer rests on it.
        detail: Of an error: its kind and status; never what an endpoint wrote.
    """

    model: str
    system: str = ""
    prompt: str = ""
    sentences: tuple[Sentence, ...] = ()
    failure: Failure | None = None
    detail: str = ""


_INSTEAD = "Dit antwoord komt daarom rechtstreeks uit de bronnen."
_NOTES: Mapping[Failure, str] = {
    Failure.UNREACHABLE: "Het taalmodel is niet te bereiken.",
    Failure.TOO_SLOW: "Het taalmodel was niet op tijd klaar.",
    Failure.NO_SUCH_MODEL: "Het taalmodel dat is ingesteld, bestaat daar niet.",
    Failure.KEY_REFUSED: "Het taalmodel accepteert de sleutel niet.",
    Failure.TOO_BUSY: "Het taalmodel heeft het te druk.",
    Failure.REJECTED: "Het taalmodel neemt deze vraag niet aan.",
    Failure.BROKEN: "Het taalmodel geeft een storing.",
    Failure.BROKE_OFF: "Het taalmodel stopte midden in zijn antwoord.",
    Failure.ENDLESS: "Het taalmodel hield niet op met schrijven.",
    Failure.EMPTY: "Het taalmodel gaf een leeg antwoord.",
    Failure.UNREADABLE: "Het taalmodel gaf iets terug dat niet te lezen is.",
    Failure.NOT_DUTCH: "Het taalmodel antwoordde niet in het Nederlands.",
    Failure.NO_ROOM: "De bronnen passen niet in wat het taalmodel kan lezen.",
    Failure.FOUND_NOTHING: "Het taalmodel vond in de bronnen geen antwoord.",
    Failure.NOT_SUPPORTED: "Wat het taalmodel schreef, past niet bij de bronnen of bij je vraag.",
}


def what_of(failure: Failure) -> str:
    """Return what happened, a Dutch sentence.

    Example:
        >>> what_of(Failure.EMPTY)
        'Het taalmodel gaf een leeg antwoord.'
    """
    return _NOTES[failure]


def note_of(failure: Failure) -> str:
    """Return what a user reads when nothing of a model's answer is used.

    Example:
        >>> note_of(Failure.EMPTY)
        'Het taalmodel gaf een leeg antwoord. Dit antwoord komt daarom rechtstreeks uit de bronnen.'
    """
    return f"{_NOTES[failure]} {_INSTEAD}"

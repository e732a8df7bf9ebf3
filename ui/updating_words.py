"""Say in Dutch what was done with documents, or why not.

In:  how a piece of work ended; errors.
Out: Dutch sentences without paths, commands or jargon, not yet HTML.

Knows nothing of screens.
"""

from __future__ import annotations

from ingest.errors import (
    DocumentMissingError,
    EmptyCorpusError,
    IndexBrokenError,
    IndexMissingError,
    LockedError,
    MassRemovalError,
    ModelError,
    SettingError,
    StorageError,
    WegwijsError,
)
from ingest.progress import Stage, Step
from ingest.report import Counts
from ui.problems import ASK

_UNKNOWN = "Er ging iets mis. De documenten zijn gebleven zoals ze waren. Probeer het nog een keer."

# What the command line says names folders and commands, which an editor in a browser has not.
_TOLD: dict[type[WegwijsError], str] = {
    DocumentMissingError: "Dit document staat niet meer in de bronnen.",
    IndexBrokenError: f"De bronnen zijn beschadigd. {ASK}",
    IndexMissingError: "Er is geen eerdere versie om naar terug te gaan.",
    ModelError: f"De documenten kunnen nu niet worden ingelezen. {ASK}",
    SettingError: f"Wegwijs kan hier niets bewaren. {ASK}",
    StorageError: f"De documenten kunnen niet worden bewaard. Misschien is de schijf vol. {ASK}",
}

_DOING = {
    Stage.COMPARING: "Vergelijken",
    Stage.READING: "Lezen",
    Stage.CHECKING: "Controleren",
    Stage.PUBLISHING: "Klaarzetten",
}


def told(error: WegwijsError | None) -> str:
    """Return what went wrong and what to do; None is a cause that nobody knows."""
    if error is None:
        return _UNKNOWN
    if isinstance(error, LockedError):
        return "De documenten worden nu ergens anders bijgewerkt. Probeer het straks opnieuw."
    if isinstance(error, MassRemovalError):
        return f"{error.what} Daarom is er niets veranderd. {ASK}"
    if isinstance(error, EmptyCorpusError):
        return f"{error.what} {ASK}"
    return next((said for kind, said in _TOLD.items() if isinstance(error, kind)), _UNKNOWN)


def counted(counts: Counts) -> str:
    """Return how many documents fared how.

    Example:
        >>> print(counted(Counts(added=1, changed=2, unchanged=9)))
        2 documenten bijgewerkt, 1 nieuw, 9 gelijk gebleven.
    """
    parts = [
        (counts.changed, "bijgewerkt"),
        (counts.added, "nieuw"),
        (counts.removed, "weggehaald"),
        (counts.unchanged, "gelijk gebleven"),
    ]
    said = [f"{count} {words}" for count, words in parts if count]
    if not said:
        return "Er zijn geen documenten."
    number, words = said[0].split(" ", 1)
    first = f"{number} {'document' if number == '1' else 'documenten'} {words}"
    return f"{', '.join([first, *said[1:]])}."


def going_on(step: Step | None, left: float | None) -> str:
    """Return how far work is.

    Example:
        >>> print(going_on(Step(Stage.READING, 2, 8, "nota.pdf"), 42.0))
        Lezen: 2 van 8, nota.pdf. Nog ongeveer 42 seconden.
    """
    if step is None:
        return "Even geduld …"
    doing = _DOING.get(step.stage, step.stage.capitalize())
    if not step.total:
        return f"{doing} …"
    file = f", {step.file}" if step.file else ""
    return f"{doing}: {step.done} van {step.total}{file}.{_left(left)}"


def size(count: int) -> str:
    """Return how large a file is.

    Example:
        >>> size(1_240_000), size(900), size(64_000)
        ('1,2 MB', '1 kB', '64 kB')
    """
    if count >= 1_000_000:
        return f"{count / 1e6:.1f} MB".replace(".", ",")
    return f"{max(1, round(count / 1e3))} kB"


def _left(seconds: float | None) -> str:
    if seconds is None or seconds < 1:
        return ""
    if seconds < 100:
        return f" Nog ongeveer {round(seconds)} {'seconde' if round(seconds) == 1 else 'seconden'}."
    return f" Nog ongeveer {round(seconds / 60)} minuten."

"""Turn the work on documents into HTML: what to choose, what would change, how far it is.

In:  what is going on (`State`), the files that wait, the versions there are.
Out: HTML. Every name of a file or a document is escaped.

Knows nothing of Gradio, or of how documents are taken in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from ingest.report import Change, DocumentChange, IngestReport
from ui.incoming import KINDS, MOST_BYTES, Waiting, kinds
from ui.updates import Checked, Failed, Forgot, Outcome, State, Stopped, Updated, WentBack
from ui.updating_words import counted, going_on, size, told

REFUSED = '<p class="problem" tabindex="-1">Alleen een redacteur kan documenten bijwerken.</p>'
_MOST = 50  # lines of one kind
_NAMES = {Change.ADDED: "Nieuw", Change.CHANGED: "Veranderd", Change.REMOVED: "Weg"}


def frame_html() -> str:
    """Return what stays as it is: where files are chosen, and the question before a big step."""
    most = MOST_BYTES // 1_000_000
    return (
        "<h2>Documenten bijwerken</h2>"
        '<p class="lead">Kies nieuwe of veranderde documenten. Een bestand met de naam van een '
        "document komt daarvoor in de plaats. Eerst zie je wat er verandert. Daarna kies je of "
        "je bijwerkt.</p>"
        f'<div class="drop" data-most="{MOST_BYTES}" data-kinds="{",".join(sorted(KINDS))}">'
        '<label class="pick">Kies bestanden<input type="file" multiple '
        f'accept="{",".join(sorted(KINDS))}" aria-describedby="kies-uitleg"></label>'
        '<span class="or">of sleep ze hierheen</span>'
        f'<p class="detail" id="kies-uitleg">{kinds()}; tot {most} MB per bestand.</p></div>'
        '<p class="sending" role="status"></p><p class="unseen said" role="status"></p>'
        '<div class="refusals" role="alert"><ul class="refused"></ul></div>'
        '<dialog aria-labelledby="zeker-titel"><h3 id="zeker-titel"></h3><p></p>'
        '<form method="dialog"><button value="ja" class="go"></button>'
        '<button value="nee">Niet doen</button></form></dialog>'
    )


def state_html(
    state: State, waiting: Sequence[Waiting], mark: str, versions: tuple[int, int | None]
) -> str:
    """Return what is going on, and what can be done now."""
    if state.running:
        shown, said = _running(state), "De documenten worden bekeken."
    else:
        outcome = state.outcome
        is_checked = isinstance(outcome, Checked) and outcome.mark == mark and bool(waiting)
        if isinstance(outcome, Checked) and not is_checked:
            outcome = None  # of files that wait no more
        result, said = _ended(outcome)
        shown = result + ("" if is_checked else _waiting(waiting)) + _versions(versions)
    return (
        f'<div class="state" data-generation="{versions[0]}" data-said="{escape(said)}" '
        f'data-mark="{escape(mark)}" '
        f'data-running="{"ja" if state.running else "nee"}">{shown}</div>'
    )


def tick_html(state: State) -> str:
    """Return how far work is, for the script that shows it."""
    step = state.step
    done = step.done if step is not None and step.total else ""
    total = step.total if step is not None and step.total else ""
    return (
        f'<span data-sent="updating" data-done="{done}" data-total="{total}" '
        f'data-words="{escape(going_on(step, state.left))}" '
        f'data-stops="{"ja" if state.can_stop else "nee"}"></span>'
    )


def forget_html(document: str, title: str) -> str:
    """Return the button that forgets a document."""
    return _button(
        "Vergeet dit document",
        action="forget",
        name=document,
        label=f"Vergeet dit document: {title}",
        kind="forget for-editors",
        sure=(
            f"‘{title}’ vergeten?",
            "Het document gaat weg uit deze en uit eerdere versies van de bronnen. Dat kun je "
            "niet terugdraaien: ook een eerdere versie terugzetten kan daarna niet meer.",
            "Vergeet het document",
        ),
    )


def _running(state: State) -> str:
    stop = _button("Annuleren", action="cancel") if state.can_stop else ""
    return (
        '<h3 tabindex="-1">Bezig met de documenten</h3>'
        '<progress aria-label="Voortgang"></progress>'
        f'<p class="words">{escape(going_on(state.step, state.left))}</p>'
        "<p>Je kunt intussen gewoon vragen stellen.</p>"
        f'<p class="buttons">{stop}</p>'
    )


def _ended(outcome: Outcome | None) -> tuple[str, str]:
    """Return how work ended as HTML, and what a screen reader says of it."""
    match outcome:
        case Checked(report):
            return _checked(report), "Je ziet nu wat er verandert."
        case Updated(report):
            done = counted(report.documents)
            return _block("Klaar", [done, _NOW], _details(report)), f"Klaar. {done}"
        case WentBack(number, which):
            done = f"Versie {number} van de bronnen geeft weer antwoord."
            return _block("Klaar", [done], _changes(which)), done
        case Forgot(title):
            done = f"‘{title}’ is weg uit elke versie van de bronnen."
            return _block("Klaar", [done, _FILE]), done
        case Stopped():
            return _block("Gestopt", [_STOPPED]), f"Gestopt. {_STOPPED}"
        case Failed(error):
            return _block("Dat lukte niet", [told(error)], kind="problem"), told(error)
        case _:
            return "", ""


_NOW = "Wegwijs antwoordt vanaf nu uit deze documenten."
_FILE = (
    "Staat het bestand ook in een map op de server? Vraag dan wie Wegwijs beheert om het daar ook "
    "weg te halen."
)
_STOPPED = "Er is niets veranderd. De gekozen bestanden staan er nog."
_NOTHING = "Er verandert niets: deze documenten staan al zo in de bronnen."


def _checked(report: IngestReport) -> str:
    changes = bool(report.which or report.schemes)
    all_away = _button("Haal de bestanden weg", action="discard")
    go = _button("Bijwerken", action="update", kind="go") if changes else ""
    lead = ["Er is nog niets veranderd."] if changes else []
    if not changes and not report.failed:
        lead = [_NOTHING]
    same = report.documents.unchanged
    if same:
        lead.append(f"{same} {'document blijft' if same == 1 else 'documenten blijven'} gelijk.")
    buttons = f'<p class="buttons">{go}{all_away}</p>'
    title = "Dit verandert er als je bijwerkt" if changes else "Er is niets om bij te werken"
    return _block(title, lead, _details(report) + buttons)


def _details(report: IngestReport) -> str:
    schemes = [f"Begrippenlijst: {one.file}" for one in report.schemes]
    renamed = [f"{pair.old} heet nu {pair.new}" for pair in report.renamed]
    failed = [f"{one.file}: {one.what} {one.advice}" for one in report.failed]
    return (
        _changes(report.which)
        + _list("Begrippen", schemes)
        + _list("Andere naam", renamed)
        + _list("Niet gelukt", failed, "problem")
        + _list("Let op", report.warnings, "care")
    )


def _changes(which: Iterable[DocumentChange]) -> str:
    files: dict[Change, list[str]] = {change: [] for change in _NAMES}
    for one in which:
        files[one.change].append(one.file)
    return "".join(_list(name, sorted(files[change])) for change, name in _NAMES.items())


def _waiting(waiting: Sequence[Waiting]) -> str:
    if not waiting:
        return ""
    items = "".join(_file(one) for one in waiting)
    look = _button("Bekijk wat er verandert", action="check", kind="go")
    return (
        f'<h3 tabindex="-1">Deze bestanden staan klaar</h3><ul class="waiting">{items}</ul>'
        f'<p class="buttons">{look}</p>'
    )


def _file(one: Waiting) -> str:
    label = f"Haal weg: {one.name}"
    away = _button("Haal weg", action="discard", name=one.name, label=label)
    return f"<li><span>{escape(one.name)} <small>({size(one.size)})</small></span>{away}</li>"


def _versions(versions: tuple[int, int | None]) -> str:
    now, before = versions
    if before is None:
        return ""
    back = _button(
        "Zet de vorige versie terug",
        action="rollback",
        sure=(
            "Vorige versie terugzetten?",
            f"Versie {before} van de bronnen geeft dan weer antwoord, met de documenten van toen. "
            "Wat daarna is bijgewerkt, telt niet meer mee.",
            "Zet terug",
        ),
    )
    return (
        f'<div class="versions"><p>Versie {now} van de bronnen geeft nu antwoord.</p>'
        f'<p class="buttons">{back}</p></div>'
    )


def _block(title: str, lines: Sequence[str], more: str = "", kind: str = "done") -> str:
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<div class="{kind}"><h3 tabindex="-1">{title}</h3>{said}{more}</div>'


def _list(name: str, lines: Sequence[str], kind: str = "") -> str:
    if not lines:
        return ""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines[:_MOST])
    more = f"<li>… en nog {len(lines) - _MOST}</li>" if len(lines) > _MOST else ""
    return f'<div class="part {kind}"><h4>{name}</h4><ul>{items}{more}</ul></div>'


def _button(
    words: str,
    *,
    action: str,
    name: str = "",
    label: str = "",
    kind: str = "",
    sure: tuple[str, str, str] | None = None,
) -> str:
    data = {"action": action, "name": name}
    if sure is not None:
        data |= dict(zip(("title", "text", "yes"), sure, strict=True))
    written = "".join(f' data-{key}="{escape(value)}"' for key, value in data.items() if value)
    named = f' aria-label="{escape(label)}"' if label else ""
    return f'<button type="button" class="{kind}"{written}{named}>{escape(words)}</button>'

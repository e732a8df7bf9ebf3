"""What the tabs share in dealing with Gradio.

In:  Gradio, the work that a tab does, the name of a script.
Out: components and event handlers as this window has them: no look of Gradio's own, no public
     endpoint, an error in Dutch in the place of what could not be shown.

Knows nothing of what a tab shows.
"""

from __future__ import annotations

import importlib.util
import inspect
import logging
import os
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any, TypeVar

from ingest.errors import IndexMissingError, WegwijsError
from ui import render
from ui.access import Role, role_of
from ui.problems import problem_text
from ui.refusing import WRONG

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
# Of two choices made quickly after each other, both are shown, in that order. Gradio would drop
# the second, or what was sent along with it.
IN_TURN: dict[str, Any] = {**QUIET, "trigger_mode": "multiple", "concurrency_limit": 1}
WAIT = '<p class="loading">Even geduld …</p>'
_HERE = Path(__file__).parent
_IMPORTING = threading.Lock()

T = TypeVar("T")

_log = logging.getLogger(__name__)


def gradio() -> Any:  # noqa: ANN401 - a module; its own types are loose
    """Return Gradio, with its telemetry switched off."""
    # Read when Gradio is imported: without it, Gradio reports home.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    # It sums up its last 10,000 events after each one, for a page that is closed here.
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)  # events from sum to sum
    # It looks on the disk eight times a question for what nothing here draws with.
    if importlib.util.find_spec("matplotlib") is None:
        sys.modules["matplotlib"] = None  # type: ignore[assignment]  # says that it is not there
    with _without_stubs():
        import gradio

    return gradio


@contextmanager
def _without_stubs() -> Generator[None]:
    """Keep Gradio from writing a stub file for each of its components when it is imported.

    That is of use to who develops it, and half of the time the import takes. Of a component
    without a source file it makes none.
    """
    with _IMPORTING:
        getfile = inspect.getfile

        def hidden(thing: Any) -> str:  # noqa: ANN401
            if isinstance(thing, type) and thing.__module__.startswith("gradio."):
                raise OSError
            return getfile(thing)

        inspect.getfile = hidden  # type: ignore[assignment]
        try:
            yield
        finally:
            inspect.getfile = getfile


def html(gr: Any, value: str = "", *scripts: str, elem_id: str | None = None) -> Any:  # noqa: ANN401
    """Return a piece of our own HTML; `scripts` run once on it, in one scope."""
    code = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in scripts)
    return gr.HTML(value, apply_default_css=False, elem_id=elem_id, js_on_load=code or None)


def with_data(gr: Any, work: Callable[[Mapping[str, str]], Any]) -> Callable[[Any], Any]:  # noqa: ANN401
    """Return an event handler that hands `work` the texts which a script sent along, by name.

    They come from a browser: anything but text is left out.
    """

    def handle(event: Any) -> Any:  # noqa: ANN401
        return work(texts_of(event))

    # Gradio reads the types to know what to hand over; it is imported too late to be written.
    handle.__annotations__ = {"event": gr.EventData}
    return handle


def with_state(gr: Any, work: Callable[[Any, Mapping[str, str]], Any]) -> Callable[..., Any]:  # noqa: ANN401
    """Return an event handler of one input, handed to `work` before what `with_data` hands it."""

    def handle(state: Any, event: Any) -> Any:  # noqa: ANN401
        return work(state, texts_of(event))

    handle.__annotations__ = {"event": gr.EventData}
    return handle


def for_editors(
    gr: Any,  # noqa: ANN401
    work: Callable[[Mapping[str, str]], Iterator[T]],
    refused: T,
) -> Callable[..., Iterator[T]]:
    """Return an event handler whose work is done for editors only.

    Args:
        gr: Gradio.
        work: Yields what to show, step by step, from what `with_data` would hand it.
        refused: Shown to a reader who sends the event all the same.
    """

    def handle(event: Any, request: Any) -> Iterator[T]:  # noqa: ANN401
        if role_of(request.request.scope) is Role.EDITOR:
            yield from work(texts_of(event))
        else:
            yield refused

    handle.__annotations__ = {"event": gr.EventData, "request": gr.Request}
    return handle


def texts_of(event: Any) -> dict[str, str]:  # noqa: ANN401
    """Return the texts that a script sent along with an event, by name."""
    sent = event._data if isinstance(event._data, dict) else {}
    return {name: value for name, value in sent.items() if isinstance(value, str)}


def fill(
    gr: Any,  # noqa: ANN401
    form: Any,  # noqa: ANN401
    page: Any,  # noqa: ANN401
    generation: Callable[[], int],
    make: Callable[[Mapping[str, str]], tuple[str, str]],
) -> None:
    """Fill a form and the page below it when their tab opens; the page again after a choice.

    When the index is still the one that was shown, opening the tab again changes nothing: what
    a reader opened stays open.

    Args:
        gr: Gradio.
        form: Asks for both by "select", and for the page by "change", with what is chosen.
        page: What shows it.
        generation: Gives the number of the index.
        make: Makes form and page of what is chosen.
    """

    def opened(sent: Mapping[str, str]) -> tuple[Any, Any]:
        now = shown(lambda: str(generation()))
        if now == sent.get("generation"):
            return gr.skip(), gr.skip()
        known = f'<input type="hidden" name="generation" value="{escape(now)}">'
        fields, below = _both(make, sent)
        return f"{fields}{known}", below

    def changed(sent: Mapping[str, str]) -> Any:  # noqa: ANN401
        # Gradio says so as well of a form that is new: nothing was chosen on it.
        return _both(make, sent)[1] if "generation" in sent else gr.skip()

    form.select(with_data(gr, opened), outputs=[form, page], **IN_TURN)
    form.change(with_data(gr, changed), outputs=[page], **IN_TURN)


def _both(
    make: Callable[[Mapping[str, str]], tuple[str, str]], sent: Mapping[str, str]
) -> tuple[str, str]:
    made: list[str] = []

    def below() -> str:
        fields, page = make(sent)
        made.append(fields)
        return page

    page = shown(below)
    return "".join(made), page


def shown(work: Callable[[], str], *, missing: str | None = None) -> str:
    """Return what `work` makes, or in Dutch why it could not be made; the cause is logged.

    Args:
        work: Makes what is shown.
        missing: What is shown instead where there is no index yet; None: that there is none.
    """
    try:
        return work()
    except IndexMissingError:
        return render.error_html(render.NO_SOURCES) if missing is None else missing
    except WegwijsError as error:
        _log.warning("Een tabblad is niet getoond: %s", type(error).__name__)
        return render.error_html(problem_text(error))
    except Exception:  # noqa: BLE001 - the window stays; the log says what broke
        _log.exception("Een tabblad is niet getoond.")
        return render.error_html(WRONG)

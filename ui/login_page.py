"""The page to log in.

In:  the name that was typed, and why it did not work.
Out: a whole page that needs no script.

Knows nothing of users, or of how a password is checked.
"""

from __future__ import annotations

from html import escape

from ui.plain_page import page_html


def login_html(*, name: str = "", problem: str = "") -> str:
    """Return the page; after a mistake it says so, and keeps the name."""
    known, wrong = escape(name), escape(problem)
    # What is to be typed next has the focus; the message is read aloud with it.
    message = f'<p class="wrong" id="fout" role="alert">{wrong}</p>' if problem else ""
    points = 'aria-describedby="fout"' if problem else ""
    first, second = ("", " autofocus") if name else (" autofocus", "")
    body = f"""<form method="post" action="inloggen">
<h2>Inloggen</h2>
{message}
<label for="naam">Naam</label>
<input id="naam" name="naam" value="{known}" autocomplete="username" autocapitalize="none"
 spellcheck="false" maxlength="64" required {points}{first}>
<label for="wachtwoord">Wachtwoord</label>
<input id="wachtwoord" name="wachtwoord" type="password" autocomplete="current-password"
 maxlength="200" required {points}{second}>
<button>Log in</button>
</form>
<p class="help">Geen naam of wachtwoord, of je wachtwoord vergeten? Vraag het aan wie Wegwijs
beheert.</p>"""
    return page_html("Fout bij het inloggen" if problem else "Inloggen", body)

"""Say why a request gets nothing: as a page to a person, as plain words to a program.

In:  a request, a status, why.
Out: a reply.

Knows nothing of who may have what.
"""

from __future__ import annotations

from html import escape

from ui.plain_page import page_html
from ui.replies import PAGE, Message, Send, reply

WRONG = "Er ging iets mis. Probeer het nog een keer."  # where nobody knows what


async def refuse(
    scope: Message, send: Send, status: int, why: str, *, leads_back: bool = True
) -> None:
    """Reply why something is not given.

    Args:
        scope: The request; a browser that goes to a page says that it takes HTML.
        send: Sends the reply.
        status: Of HTTP.
        why: In Dutch, and what to do.
        leads_back: Whether the page has a link to the window.
    """
    accepts = dict(scope["headers"]).get(b"accept", b"")
    if b"text/html" not in accepts:
        await reply(send, status, why)
        return
    # A relative address is right wherever a proxy shows the site.
    up = "../" * (scope["path"].count("/") - 1) or "./"
    link = f'\n<p><a href="{up}">Naar het begin van Wegwijs</a></p>' if leads_back else ""
    body = f"<h2>Dat lukte niet</h2>\n<p>{escape(why)}</p>{link}"
    await reply(send, status, page_html("Dat lukte niet", body), PAGE)

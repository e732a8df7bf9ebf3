"""Find sentence boundaries in Dutch.

In:  the text of one block (a paragraph, a list item).
Out: spans of its sentences, in order, without the white space between them.

A full stop ends a sentence unless it belongs to an abbreviation ("bijv.", "art. 5"), an
initial ("drs. P. Jansen"), a number or an address. Rules rather than a trained model:
untrained Punkt splits after every one of these.

Knows nothing of documents or passages.
"""

from __future__ import annotations

import re

from ingest.records import Span

# Abbreviations after which a sentence goes on, also before a capital or a digit.
_GO_ON = frozenset(
    """
    a.d.h.v a.h.w a.k.a a.s aant afb afd afl alg art artt b.g.g b.v bijl bijv blz br bv bw ca
    cf cfm cie d.d d.m.v d.w.z dd dec dhr dir div dl dr dra drs e.v ed ev evt excl fa feb fig
    gebr gem gld h.c hfdst hfst hr i.c i.h.a i.h.b i.o i.o.v i.p.v i.s.m i.t.t i.v.m i.z ibid
    incl ing inz ir jan jr jur k.k kb kol l.b.v lic lit m.a.w m.b.t m.b.v m.h.o m.i.v m.m.v
    m.n m.u.v max med mej mevr mi min mln mr mrd mw n.a.v n.v n.v.t nl no nos nov nr nrs o.a
    o.b.v o.g.v o.i.d o.l.v o.m o.v.v okt p p.a p.p.p par pct plm pp prof r.-k red ref reg
    resp s.v.p sept soc sr st stb stcrt t.a.v t.b.v t.g.v t.n.v t.o.v t.w.v tab tel temp toel
    u.d uitg v.w.b vb verg vgl vlg vm vnl voorz w.o wed wnd zgn zgt zr
    """.split()  # noqa: SIM905 - a table reads better than a list of quoted strings
)
# Abbreviations that may close a sentence: a capital after them starts a new one.
_MAY_END = frozenset("c.s e.a e.d e.e.a enz etc i.e jl p.j p.m p.w p.p v.chr n.chr z.o.z".split())  # noqa: SIM905

_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*")
_WORD_BEFORE = re.compile(r"[^\s(\[\"'“‘«/]+$")
_VISIBLE = re.compile(r"\S")
_STARTER = re.compile(r"[\"'“‘«(\[]*[A-ZÀ-ÖØ-Þ0-9€•]")
_GLUED = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]")


def sentence_spans(text: str) -> list[Span]:
    """Return the spans of the sentences of `text`.

    Example:
        >>> [(s.start, s.end) for s in sentence_spans("Zie bijv. art. 5. Het is klaar.")]
        [(0, 17), (18, 31)]
    """
    spans = []
    start = 0
    for stop in _STOP.finditer(text):
        if stop.start() >= start and _ends_sentence(text, stop):
            spans.append((start, stop.end()))
            start = stop.end()
    spans.append((start, len(text)))
    return [span for first, last in spans if (span := _trim(text, first, last)) is not None]


def _trim(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    if not piece.strip():
        return None
    lead = len(piece) - len(piece.lstrip())
    return Span(start + lead, start + len(piece.rstrip()))


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    following = _VISIBLE.search(text, stop.end())
    if following is None:
        return False  # the end of the text closes the last sentence by itself
    if following.start() == stop.end():
        return _is_glued(text, stop)
    if not _STARTER.match(text, following.start()):
        return False
    if stop.group()[0] != ".":
        return True
    word = _word_before(text, stop)
    if word in _MAY_END:
        return not following.group().isdigit()
    is_initial = len(word) == 1 and word.isalpha()
    is_ordinal = word.isdigit() and len(word) <= 2 and _opens_line(text, stop.start() - len(word))
    return not (is_initial or is_ordinal or word in _GO_ON)


def _word_before(text: str, stop: re.Match[str]) -> str:
    before = _WORD_BEFORE.search(text, max(0, stop.start() - 40), stop.start())
    return before.group().lower() if before else ""


def _is_glued(text: str, stop: re.Match[str]) -> bool:
    """Tell whether a space was forgotten after a full stop ("in de wijk.Ook het …")."""
    if not _GLUED.match(text, stop.end()):
        return False
    word, rest = _word_before(text, stop), text[stop.end() :]
    first = max(text.rfind(" ", 0, stop.start()), text.rfind("\n", 0, stop.start())) + 1
    token = text[first : stop.end()] + rest.split(maxsplit=1)[0]
    looks_like_address = "@" in token or "://" in token or "www" in token.lower()
    is_word = len(word) > 2 and word.isalpha() and text[stop.start() - 1].islower()
    return is_word and not looks_like_address


def _opens_line(text: str, position: int) -> bool:
    return position <= 0 or text[position - 1] == "\n"

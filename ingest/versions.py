"""Say which of two documents is the older version.

In:  what their metadata say: title, date, valid_from, valid_until, supersedes, version, as text.
Out: the `Order` of two, or None where the metadata leave a doubt; the Dutch line for it.

Dates may be vague: "2025" comes before "2026" and before "maart 2026", but neither before
nor after "2025-03".

Knows nothing of files or of how alike texts are found.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ingest.duplicates import NearDuplicate, similarity
from ingest.dutch.moments import months
from ingest.dutch.periods import find_periods

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})(?:[T ].*)?)?)?$")
_VERSION = re.compile(r"(?:v|versie)?\s*(\d{1,6}(?:\.\d{1,6})*)", re.IGNORECASE)
_SAME_TITLE_LEAST = 0.3  # "Notulen" and "Notulen" with nothing in common are two documents
_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
    "oktober", "november", "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Version:
    """What a document says of its own age; each field as written, "" where it says nothing."""

    document_id: str
    title: str = ""
    date: str = ""
    valid_from: str = ""
    valid_until: str = ""
    supersedes: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """Which of two documents is the older.

    Attributes:
        older: Its id.
        newer: The other's id.
        reason: Dutch: what says so, as it goes between brackets.
        is_explicit: True when the newer one names the older as what it supersedes.
    """

    older: str
    newer: str
    reason: str
    is_explicit: bool = False


def version_of(document_id: str, title: str, metadata: Mapping[str, str]) -> Version:
    """Return what a document's metadata say of its age."""
    fields = ("date", "valid_from", "valid_until", "supersedes", "version")
    return Version(document_id, title, *(metadata.get(field, "") for field in fields))


def order_of(first: Version, second: Version) -> Order | None:
    """Return which of two versions of a document is the older, None where that is in doubt.

    What a document supersedes goes before dates; an end before the other's beginning, then
    the beginnings, then the dates, then the ends, then the numbers of the versions.

    Example:
        >>> old, new = Version("a", date="3 maart 2024"), Version("b", date="2025-07-01")
        >>> order_of(new, old)
        Order(older='a', newer='b', reason='3 maart 2024 tegen 1 juli 2025', is_explicit=False)
    """
    named = [
        Order(old.document_id, new.document_id, f"{new.document_id} vervangt het", True)
        for old, new in ((first, second), (second, first))
        if _names(new, old)
    ]
    if named:
        return named[0] if len(named) == 1 else None
    for old, new in ((first, second), (second, first)):
        end, begin = days_in(old.valid_until), days_in(new.valid_from)
        if end and begin and end[1] < begin[0]:
            reason = (
                f"geldig tot en met {days_as_text(end)}, het andere vanaf {days_as_text(begin)}"
            )
            return Order(old.document_id, new.document_id, reason)
    for field in ("valid_from", "date", "valid_until"):
        one, other = days_in(getattr(first, field)), days_in(getattr(second, field))
        if one and other and (one[1] < other[0] or other[1] < one[0]):
            (early, old), (late, new) = sorted(((one, first), (other, second)), key=_day)
            reason = f"{days_as_text(early)} tegen {days_as_text(late)}"
            return Order(old.document_id, new.document_id, reason)
    (lower, old), (higher, new) = sorted(((_number(v), v) for v in (first, second)), key=_numbered)
    if lower and lower < higher:
        return Order(old.document_id, new.document_id, f"versie {old.version} tegen {new.version}")
    return None


def find_versions(
    documents: Iterable[Version], near: Sequence[NearDuplicate], sketches: Mapping[str, bytes]
) -> list[Order]:
    """Return the older and newer versions among documents, each pair once, by id.

    Args:
        documents: Every document.
        near: Pairs with nearly the same text.
        sketches: Sketches by id: documents that share a title only are versions of each other
            when they share some text too.
    """
    by_id = {document.document_id: document for document in documents}
    pairs = {(pair.document_id, pair.other_id) for pair in near}
    for new in by_id.values():
        pairs |= {(old, new.document_id) for old in _superseded(new) if old in by_id}
    pairs |= {
        (old.document_id, new.document_id)
        for old, new in _same_title(by_id.values())
        if similarity(sketches.get(old.document_id, b""), sketches.get(new.document_id, b""))
        >= _SAME_TITLE_LEAST
    }
    orders = {
        order
        for first, second in pairs
        if first in by_id and second in by_id and first != second
        if (order := order_of(by_id[first], by_id[second])) is not None
    }
    return sorted(orders, key=lambda order: (order.older, order.newer))


def sentence(near: NearDuplicate | None, order: Order | None) -> str:
    """Return the line of the report for a pair; at least one of the two is there.

    Example:
        >>> sentence(NearDuplicate("a", "b", 0.92), Order("b", "a", "2024 tegen 2025"))
        'b lijkt voor 92 % op a en is ouder (2024 tegen 2025).'
    """
    if order is None:
        if near is None:
            return ""
        return f"{near.document_id} {_likeness(near, near.other_id)}."
    if order.is_explicit:
        also = f" en {_likeness(near, order.newer)}" if near else ""
        return f"{order.older} is vervangen door {order.newer}{also}."
    likeness = _likeness(near, order.newer) if near else f"heet net als {order.newer}"
    return f"{order.older} {likeness} en is ouder ({order.reason})."


def days_in(written: str) -> tuple[date, date] | None:
    """Return the first and last day of "2025", "2025-03", "3 maart 2026", None for no date."""
    iso = _ISO.fullmatch(written.strip())
    try:
        if iso and iso["day"]:
            day = date(int(iso["year"]), int(iso["month"]), int(iso["day"]))
            return day, day
        if iso:
            month = int(iso["month"] or 0)
            return months(int(iso["year"]), month or 1, month or 12) if month <= 12 else None
    except ValueError:
        return None
    found = [(p.first, p.last) for p in find_periods(written) if p.first and p.last]
    return found[0] if len(found) == 1 else None


def days_as_text(days: tuple[date, date]) -> str:
    """Return the first and last day as Dutch words, as short as they can be said."""
    first, last = days
    if first == last:
        return f"{first.day} {_MONTHS[first.month - 1]} {first.year}"
    if days == months(first.year, first.month, first.month):
        return f"{_MONTHS[first.month - 1]} {first.year}"
    if days == months(first.year, 1, 12):
        return str(first.year)
    return f"{days_as_text((first, first))} t/m {days_as_text((last, last))}"


def _day(item: tuple[tuple[date, date], Version]) -> tuple[date, date]:
    return item[0]


def _number(version: Version) -> tuple[int, ...]:
    """Return "1.2" and "v1.2" as (1, 2), nothing for what is no number."""
    found = _VERSION.fullmatch(version.version.strip())
    return tuple(int(part) for part in found[1].split(".")) if found else ()


def _numbered(item: tuple[tuple[int, ...], Version]) -> tuple[int, ...]:
    return item[0]


def _likeness(near: NearDuplicate, other: str) -> str:
    # 99.6 % is not 100 %: that says that nothing differs
    percent = 100 if near.similarity >= 1 else min(99, round(near.similarity * 100))
    return f"lijkt voor {percent} % op {other}"


def _superseded(version: Version) -> list[str]:
    return [
        name for part in re.split(r"[,;\n]", version.supersedes) if (name := part.strip(" []'\""))
    ]


def _names(new: Version, old: Version) -> bool:
    return new.document_id != old.document_id and old.document_id in _superseded(new)


def _same_title(versions: Iterable[Version]) -> Iterator[tuple[Version, Version]]:
    """Yield the documents with one title, each beside the next by date, not every pair."""
    by_title: defaultdict[str, list[Version]] = defaultdict(list)
    for version in versions:
        if version.title.strip():
            by_title[" ".join(version.title.lower().split())].append(version)
    for same in by_title.values():
        dated = sorted(same, key=lambda v: (_sort_key(v), _number(v), v.document_id))
        yield from pairwise(dated)


def _sort_key(version: Version) -> date:
    days = days_in(version.valid_from) or days_in(version.date)
    return days[0] if days else date.min

"""A small made-up collection with milestones of every form: past, a period, ongoing, two files.

In:  nothing.
Out: files to ingest; the documents as the index would hold them.

Knows nothing of what a test expects.
"""

from __future__ import annotations

from bicycles import read

from ingest.records import Document

PLANNING = """\
---
id: planning
title: Planning van de leenfiets
publisher: Gemeente Duinrade
date: 2031-02-14
url: https://duinrade.example/planning
---

# Planning van de leenfiets

## Mijlpaal: stalling aan de Havenkade open

Periode: mei 2031

Toelichting: De stalling aan de Havenkade opent in mei 2031 met 46 fietsen. De wethouder \
knipt een lint door.

## Mijlpaal: proef met deelbakken

Periode: september 2031 t/m december 2032

Toelichting: In de proef delen inwoners twaalf bakfietsen. De proef staat onder toezicht van \
de fietsmeester.

## Mijlpaal: onderhoud door de werkplaats

Periode: doorlopend

Toelichting: De werkplaats houdt de leenfietsen doorlopend rijdend.

## Contact

Vragen over de planning gaan naar het fietspunt.
"""
HARBOUR = """\
---
id: haven
title: Agenda van de haven
---

# Agenda van de haven

## Mijlpaal: nieuwe sluisdeur geplaatst

Periode: maart 2030

Toelichting: De haven plaatst in maart 2030 een nieuwe sluisdeur.
"""
FILES = {"planning.md": PLANNING, "haven.md": HARBOUR}


def documents() -> tuple[Document, ...]:
    """Return both documents."""
    return tuple(read(text, name) for name, text in FILES.items())

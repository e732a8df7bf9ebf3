"""A made-up document on a subject that the shipped corpus knows nothing of, and its reader.

In:  Markdown.
Out: documents as the index would hold them.

Knows nothing of what a test expects.
"""

from __future__ import annotations

from ingest.formats import markdown
from ingest.reading import build_document
from ingest.records import Document

BICYCLES = """\
---
id: leenfietsen
title: Leenfietsen in Duinrade
publisher: Gemeente Duinrade
url: https://duinrade.example/leenfietsen
date: 2031-02-14
language: nl
---

# Leenfietsen in Duinrade

## Wat de leenfiets is

Een deelbak is een bakfiets die inwoners per uur kunnen lenen. De gemeente begon met de \
leenfiets omdat veel gezinnen geen auto hebben. Het Duinrader Fietsfonds (DFF) betaalt het \
onderhoud.

## Geld

Voor de stallingen trekt de gemeente 380.000 euro uit. Lenen kost 2,50 euro per uur.

## Aantallen

Er staan 46 fietsen in de binnenstad. Bij het station komen twaalf laadpalen.

## Planning

De stalling aan de Havenkade opent op 3 mei 2031. De proef met deelbakken duurt tot en met \
september 2032.

## Zo leen je een fiets

Lenen gaat in drie stappen:

1. Maak een pas aan in de bibliotheek.
2. Houd de pas tegen het slot.
3. Zet de fiets terug in een stalling.

## Mensen

Projectleider van de leenfiets is Marijke Oldenziel. Vragen over een kapotte fiets gaan naar \
werkplaats@duinrade.example of naar telefoonnummer 0512 345 678.
"""


def read(text: str, name: str = "los.md") -> Document:
    """Return Markdown as the document that the index would hold."""
    return build_document(markdown.read(text.encode()), name)

"""How Dutch writes points in time: the tables and patterns of moments.py.

In:  nothing.
Out: months, parts of a year, and one pattern for lower-case text with a named group for each
     thing that a moment can say.

Knows nothing of what a match means.
"""

from __future__ import annotations

import re

MONTHS = {
    "januari": 1, "jan": 1, "februari": 2, "feb": 2, "maart": 3, "mrt": 3, "april": 4, "apr": 4,
    "mei": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "augustus": 8, "aug": 8,
    "september": 9, "sept": 9, "sep": 9, "oktober": 10, "okt": 10, "november": 11, "nov": 11,
    "december": 12, "dec": 12,
}  # fmt: skip
# First and last month of a part of a year; month 0 is December of the year before, 13 January
# of the year after. A meteorological winter starts the year before.
PARTS = {
    "begin": (1, 3), "medio": (5, 8), "midden": (5, 8), "halverwege": (5, 8), "eind": (10, 12),
    "einde": (10, 12), "voorjaar": (3, 5), "lente": (3, 5), "zomer": (6, 8), "najaar": (9, 11),
    "herfst": (9, 11), "winter": (0, 2), "zomervakantie": (7, 8), "zomer(vakantie)": (7, 8),
    "herfstvakantie": (10, 10), "kerstvakantie": (12, 13), "voorjaarsvakantie": (2, 3),
    "krokusvakantie": (2, 3), "meivakantie": (4, 5),
}  # fmt: skip
ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4}
# What a number like 2000 counts rather than dates, unless a word like "in" stands before it.
UNITS = re.compile(
    r"\s?(?:euro|eur\b|gulden|miljoen|miljard|mln|mld|kilo|kg\b|km\b|meter|m2|m²|m³|uren\b|uur\b"
    r"|woorden|tekens|stuks|exemplaren|punten|watt|kwh)"
)
COUNTED = re.compile(
    r"\s(?:leerlingen|studenten|jongeren|mensen|kinderen|inwoners|deelnemers|personen|plaatsen"
    r"|plekken|woningen|huishoudens|werknemers|medewerkers|bezoekers|keer|maal)\b"
)
NUMBERED = re.compile(r"(?:ecli:[a-z:]{2,12}|\d):$")  # "ECLI:NL:RVS:2010", "ISO 27005:2024"
IN_TIME = re.compile(
    r"\b(?:in|van|vanaf|sinds|tot|na|voor|per|over|jaar|begin|medio|eind|einde|met|t/m|en)\s$"
)

YEAR = r"(?:19|20)\d{2}"
_ANY_YEAR = rf"(?:{YEAR}|['’‘]\d{{2}})"
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_PART = "|".join(re.escape(part) for part in sorted(PARTS, key=len, reverse=True))
_NTH = r"(?:eerste|tweede|derde|vierde|[1-4](?:e|ste|de))"
_TO = r"\s*(?:[-–—]|t/m|tot\s+en\s+met|tot|en)\s*"
_OF = r"\s+(?:van\s+)?(?:het\s+jaar\s+)?"
MOMENT = re.compile(
    rf"""(?<!\w)(?<!\d[.,])(?:
        (?:(?:begin|medio|half|eind|einde)\s+)?
        (?P<month>{MONTH})\b\.?\s+(?:van\s+)?(?P<my>{_ANY_YEAR})
      | (?<![a-z]-)(?:(?P<iy>{YEAR})-(?P<im>\d{{2}})-(?P<id>\d{{2}})
      | (?P<nd>\d{{1,2}})(?P<sep>[-/.])(?P<nm>\d{{1,2}})(?P=sep)(?P<ny>{_ANY_YEAR})
      | (?P<day>\d{{1,2}})(?:e|ste)?\s+(?P<dm>{MONTH})\b(?:\.?\s+(?P<dy>{_ANY_YEAR}))?
      | winter{_OF}(?P<wy>{YEAR})\s*[-–/]\s*(?:{YEAR}|\d{{2}})
      | (?P<part>{_PART}){_OF}(?P<py>{_ANY_YEAR})
      | (?P<nth>{_NTH})(?:{_TO}(?P<nth2>{_NTH}))?\s+
        (?P<share>kwartaal|helft|half\s?jaar){_OF}(?P<hy>{YEAR})
      | q(?P<q>[1-4])(?:{_TO}q?(?P<q2>[1-4]))?(?:\s+(?:van\s+)?|-|/)(?P<qy>{YEAR})
      | (?P<ry>{YEAR})[-\s]?q(?P<rq>[1-4])
      | (?<!per\s)(?<!elke\s)(?<!een\s)week\s+(?P<week>\d{{1,2}})
        (?!\s*(?:[.,]\d|uur|uren|dag|week|weken|maand|euro|%|x\b))
        (?:\s*(?:,|van)?\s+(?P<wky>{YEAR}))?
      | (?:school|studie|cursus|academisch\s)jaar\s+(?:van\s+)?
        (?P<sy>{YEAR})\s*[-–/]\s*(?:{YEAR}|['’]?\d{{2}})
      | (?P<pa>{YEAR})(?P<psep>[-–/])['’]?(?P<pb>\d{{1,4}})(?![-/]?\d)
      | (?P<year>{YEAR})(?![.,/]\d))
    )(?!\w)""",
    re.VERBOSE,
)
# Something that every moment holds: found many times faster than a moment itself.
SIGNS = tuple(
    re.compile(sign)
    for sign in (
        r"(?:19|20)\d\d",
        r"['’‘]\d\d",
        r"\d(?:e|ste)?\s+(?:jan|feb|maart|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)",
        r"week\s+\d",
    )
)

"""Write small PDF files for tests: by hand, so that every byte is known.

In:  what stands on each page: lines of text, rules, pictures, links, drawing operators.
Out: the bytes of a PDF file.

Knows nothing of what a test expects.
"""

from __future__ import annotations

from dataclasses import dataclass

LEFT, RIGHT = 60, 320


@dataclass(frozen=True)
class Text:
    """A line of text on a page; y counts down from the top of the paper."""

    text: str
    x: float = LEFT
    y: float = 100
    size: float = 11
    bold: bool = False

    def operators(self) -> str:
        escaped = self.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        font = "F2" if self.bold else "F1"
        return f"BT /{font} {self.size} Tf {self.x} {842 - self.y} Td ({escaped}) Tj ET"


@dataclass(frozen=True)
class Rule:
    """A horizontal line."""

    y: float
    x0: float = 50
    x1: float = 540

    def operators(self) -> str:
        return f"{self.x0} {842 - self.y} m {self.x1} {842 - self.y} l S"


@dataclass(frozen=True)
class Picture:
    """A page-wide image."""

    def operators(self) -> str:
        return "q 500 0 0 700 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID A EI Q"


@dataclass(frozen=True)
class Operators:
    """Drawing operators as they are."""

    code: str

    def operators(self) -> str:
        return self.code


@dataclass(frozen=True)
class Anchor:
    """A place to click on, over the lines at these heights."""

    url: str
    x0: float
    x1: float
    lines: tuple[float, ...]

    def operators(self) -> str:
        return ""

    def annotation(self) -> str:
        low, high = 842 - max(self.lines) - 3, 842 - min(self.lines) + 9
        quads = " ".join(
            f"{self.x0} {842 - y + 9} {self.x1} {842 - y + 9} "
            f"{self.x0} {842 - y - 3} {self.x1} {842 - y - 3}"
            for y in self.lines
        )
        return (
            f"<< /Type /Annot /Subtype /Link /Rect [{self.x0} {low} {self.x1} {high}] "
            f"/QuadPoints [{quads}] /A << /S /URI /URI ({self.url}) >> >>"
        )


Item = Text | Rule | Picture | Operators | Anchor


def make_pdf(*pages: list[Item], title: str = "", heights: tuple[int, ...] = ()) -> bytes:
    """Write a PDF by hand: two standard fonts, one content stream per page."""
    fonts = "/Font << /F1 3 0 R /F2 4 0 R >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({title}) >>",
    ]
    kids = []
    for page in pages:
        height = heights[len(kids)] if heights else 842
        stream = "\n".join(item.operators() for item in page)
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        anchors = " ".join(item.annotation() for item in page if isinstance(item, Anchor))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 {height}] /Resources << {fonts} >> "
            f"/Contents {len(objects)} 0 R /Annots [{anchors}] >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info 5 0 R >>"
    return out + f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode()


def column(lines: list[str], x: float, y: float) -> list[Item]:
    return [Text(line, x, y + 14 * i) for i, line in enumerate(lines)]

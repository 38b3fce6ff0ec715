"""The structure of a PDF for screen readers: what is read, in which order and language.

reportlab has no calls for this; its objects are put together here, by ISO 32000-1, 14.7 and 14.8.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFString,
)
from reportlab.pdfgen.canvas import Canvas

Kind = Literal["H1", "P", "Figure"]


@dataclass(frozen=True)
class Element:
    """A piece of a page that is read, or described, as one; no language is the document's."""

    kind: Kind
    text: str = ""
    description: str = ""
    lang: str = ""


class Tags:
    """Collects what is drawn and writes the tree of it into the document."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._pages: list[list[Element]] = []

    @contextmanager
    def page(self) -> Iterator[None]:
        """Begin a page; what is drawn on it unmarked is decoration."""
        self._pages.append([])
        self._canvas.addLiteral("/Artifact BMC")
        yield
        self._canvas.addLiteral("EMC")

    @contextmanager
    def mark(self, element: Element) -> Iterator[None]:
        """Tag what is drawn in this context."""
        elements = self._pages[-1]
        self._canvas.addLiteral(f"EMC /{element.kind} <</MCID {len(elements)}>> BDC")
        elements.append(element)
        yield
        self._canvas.addLiteral("EMC /Artifact BMC")

    def write(self) -> None:
        """Add the tree; all pages must be closed."""
        document = self._canvas._doc  # the only way to the objects of a document
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        whole = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName("Document")})
        whole["P"] = document.Reference(root)
        whole_reference = document.Reference(whole)
        in_order: list[object] = []
        by_page: list[object] = []
        for index, elements in enumerate(self._pages):
            name = f"Page{index + 1}"
            section = [
                document.Reference(_element(element, mcid, name, whole_reference))
                for mcid, element in enumerate(elements)
            ]
            in_order += section
            by_page += [index, PDFArray(section)]
            page = document.idToObject[name]
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents"]
            page.StructParents = index
        whole["K"] = PDFArray(in_order)
        root["K"] = whole_reference
        root["ParentTree"] = PDFDictionary({"Nums": PDFArray(by_page)})
        document.Catalog.StructTreeRoot = document.Reference(root)
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})


def _element(element: Element, mcid: int, page: str, parent: PDFObjectReference) -> PDFDictionary:
    content: dict[str, object] = {
        "Type": PDFName("StructElem"),
        "S": PDFName(element.kind),
        "P": parent,
        "Pg": PDFObjectReference(page),
        "K": mcid,
    }
    words = {"ActualText": element.text, "Alt": element.description, "Lang": element.lang}
    content |= {name: PDFString(value) for name, value in words.items() if value}
    return PDFDictionary(content)

"""A page as a browser's tree, and what must hold for every one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track"}
    | {"wbr", "use", "path", "circle", "rect"}
)
NO_LABEL = frozenset({"hidden", "submit", "button", "reset", "image"})
FIELDS = frozenset({"input", "select", "textarea"})
SCRIPT_DATA = frozenset({"application/json", "application/ld+json"})
POINTERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


@dataclass
class Element:
    """A tag with its attributes and what is in it."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Return an attribute, or nothing."""
        return self.attributes.get(name, "")

    def all(self, *tags: str, **attributes: str) -> list[Element]:
        """Return the elements inside, of these tags and with these attribute values."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [
            element
            for element in self.walk()
            if (not tags or element.tag in tags)
            and all(element.attributes.get(name) == value for name, value in wanted.items())
        ]

    def walk(self) -> Iterator[Element]:
        """Go through all elements inside, in the order of the page; a template's are none yet."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                if child.tag != "template":
                    yield from child.walk()

    def up(self) -> Iterator[Element]:
        """Go through the elements around, from the inside."""
        if self.parent is not None:
            yield self.parent
            yield from self.parent.up()

    @property
    def text(self) -> str:
        """Return the words inside, with single spaces."""
        parts = (c if isinstance(c, str) else c.text for c in self.children)
        return " ".join(" ".join(parts).split())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#root", {})
        self.at = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(element)

    def handle_endtag(self, tag: str) -> None:
        for element in (self.at, *self.at.up()):
            if element.tag == tag and element.parent is not None:
                self.at = element.parent
                return

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


def parse(html: str) -> Element:
    """Return the tree of the page."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def faults_of(root: Element, policy: str) -> list[str]:
    """Return what is wrong with a page that was served under this content security policy."""
    return [
        *_frame(root),
        *_ids(root),
        *_security(root, policy),
        *_names(root),
        *_forms(root),
        *_regions(root),
    ]


def _frame(root: Element) -> Iterator[str]:
    html = root.all("html")
    if len(html) != 1:
        yield f"{len(html)} html elements"
        return
    lang, direction = html[0].get("lang"), html[0].get("dir")
    if not lang or direction != ("rtl" if lang == "ar" else "ltr"):
        yield f"lang {lang!r} and dir {direction!r}"
    if (headings := len(root.all("h1"))) != 1:
        yield f"{headings} h1"
    if not all(title.text for title in root.all("h1")) or not root.all("title")[0].text:
        yield "no title"


def _ids(root: Element) -> Iterator[str]:
    ids = Counter(e.attributes["id"] for e in root.walk() if "id" in e.attributes)
    yield from (f"id {name!r} {n} times" for name, n in ids.items() if n > 1 or not name.strip())
    for element in root.walk():
        wanted = [name for pointer in POINTERS for name in element.get(pointer).split()]
        fragment = element.get("href")
        if element.tag == "a" and fragment.startswith("#") and len(fragment) > 1:
            wanted.append(fragment[1:])
        yield from (f"<{element.tag}> points to no #{name}" for name in wanted if name not in ids)


def _security(root: Element, policy: str) -> Iterator[str]:
    if "'nonce-" not in policy or "unsafe-inline" in policy:
        yield f"policy {policy!r}"
    if root.all("style"):
        yield "style element"
    for element in root.walk():
        inline = [n for n in element.attributes if n == "style" or n.startswith("on")]
        yield from (f"<{element.tag} {name}>" for name in inline)
        if element.tag == "script" and element.get("type") not in SCRIPT_DATA:
            nonce = element.get("nonce")
            if not element.get("src") or not nonce or f"'nonce-{nonce}'" not in policy:
                yield "script without src or nonce"


def _names(root: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in root.all("label") if label.text}
    for element in root.walk():
        named = bool(element.get("aria-label") or element.get("aria-labelledby"))
        if element.tag in FIELDS and element.get("type") not in NO_LABEL:
            wrapped = any(e.tag == "label" and e.text for e in element.up())
            if not (named or wrapped or element.get("id") in labelled):
                yield f"<{element.tag} name={element.get('name')!r}> has no label"
        elif element.tag in ("a", "button") and not (named or _says_something(element)):
            yield f"<{element.tag} {element.attributes}> says nothing"
        elif _is_picture(element) and not (named or element.get("alt") or element.all("title")):
            yield f"<{element.tag}> is a picture without a name"
        if element.tag == "a" and _leads_nowhere(element):
            yield f"link {element.text!r} leads nowhere"


def _regions(root: Element) -> Iterator[str]:
    regions = [*root.all("section"), *root.all(role="region")]
    names = Counter(one.get("aria-label") or one.get("aria-labelledby") for one in regions)
    yield from (
        f"{times} regions are called {name!r}"
        for name, times in names.items()
        if name and times > 1
    )


def _is_picture(element: Element) -> bool:
    """Tell whether it is seen as a picture: an empty alt or aria-hidden makes it an ornament."""
    if any(e.get("aria-hidden") == "true" for e in (element, *element.up())):
        return False
    if element.tag == "img":
        return "alt" not in element.attributes
    return element.tag == "svg" or element.get("role") == "img"


def _says_something(element: Element) -> bool:
    pictures = element.all("img") + element.all("svg", role="img")
    return bool(element.text or any(p.get("alt") or p.get("aria-label") for p in pictures))


def _leads_nowhere(element: Element) -> bool:
    href = element.get("href").strip()
    return not href or href == "#" or href.lower().startswith("javascript:")


def _forms(root: Element) -> Iterator[str]:
    for form in root.all("form"):
        tokens = [e.get("value") for e in form.all("input", name="csrf_token", type="hidden")]
        if form.get("method").lower() == "post":
            if len(tokens) != 1 or not tokens[0]:
                yield f"form {form.attributes} without a CSRF token"
        elif tokens:
            yield f"form {form.attributes} puts its CSRF token into the address"

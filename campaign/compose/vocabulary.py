"""The words of a template: every tag there is, where it may stand, and its attributes.

The vocabulary looks like HTML but is closed: what is not listed here is refused with template and line.
docs/templates.md explains it to those who write templates; a test holds the two together.
"""

from dataclasses import dataclass

from campaign.compose.complaints import suggestion

DOCUMENT = "document"  # the whole template; never written
POSITION = "at"  # put on every tag by `marking`; never written


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag. `inside` lists the tags it may stand in; `text` says whether it holds words."""

    name: str
    inside: tuple[str, ...]
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    text: bool = False

    @property
    def attributes(self) -> tuple[str, ...]:
        """All attributes that may be written."""
        return self.required + self.optional


HEADINGS = ("h1", "h2", "h3", "h4")
_TOP = (DOCUMENT,)
_INLINE = ("p", *HEADINGS, "td", "th", "caption", "remark", "note", "attendance")

TAGS = {
    tag.name: tag
    for tag in (
        # the first page's head
        Tag("masthead", _TOP, ("name", "issue", "issuer", "date")),
        Tag("letterhead", _TOP, ("issuer",), ("number",)),
        Tag("redhead", _TOP, ("number",), ("issuer", "date"), text=True),
        Tag("title", _TOP, text=True),
        Tag("addressee", _TOP, text=True),
        # the text
        *(Tag(name, _TOP, text=True) for name in HEADINGS),
        Tag("p", _TOP, (), ("indent",), text=True),
        Tag("strong", ("p",), text=True),
        Tag("ref", (*_INLINE, "strong"), ("to",)),
        Tag("br", ("title", "td", "th")),
        Tag("blank", ("p", "td", "addressee", "note", "attendance"), ("length",)),
        Tag("wbr", ("title", "redhead")),
        # tables
        Tag("table", _TOP, (), ("id", "numbered", "layout")),
        Tag("caption", ("table", "chart"), text=True),
        Tag("remark", ("table",), text=True),
        Tag("col", ("table",), ("width",), ("align",)),
        Tag("thead", ("table",)),
        Tag("tbody", ("table",)),
        Tag("tfoot", ("table",)),
        Tag("tr", ("thead", "tbody", "tfoot")),
        Tag("th", ("tr",), (), ("colspan", "rowspan", "align"), text=True),
        Tag("td", ("tr",), (), ("colspan", "rowspan", "align", "lines"), text=True),
        # pictures
        Tag("chart", _TOP, ("kind", "unit"), ("id",)),
        Tag("alt", ("chart",), text=True),
        Tag("label", ("chart",), (), ("date",), text=True),
        Tag("mark", ("chart",), ("date",), text=True),
        Tag("series", ("chart",), ("name",), ("dashed",)),
        Tag("value", ("series",), text=True),
        Tag("photos", _TOP),
        Tag("photo", ("photos",), (), ("of", "width", "height", "alt"), text=True),
        # the end
        Tag("attachments", _TOP),
        Tag("signature", _TOP, ("issuer", "date"), ("sealed",)),
        Tag("note", _TOP, text=True),
        Tag("attendance", _TOP, ("label",), text=True),
        Tag("annex", _TOP, ("id", "title")),
        Tag("cut", _TOP, text=True),
        Tag("imprint", _TOP, (), ("issuer", "date", "copies")),
        Tag("line", ("imprint",), ("label",), text=True),
        Tag("pagebreak", _TOP),
    )
}

MAY_BE_EMPTY = ("td", "th", "value")

# Attributes that take one of a few words; the first is what holds where none is written.
CHOICES = {
    "align": ("center", "left", "right"),
    "indent": ("yes", "no"),
    "numbered": ("yes", "no"),
    "sealed": ("yes", "no"),
    "layout": ("portrait", "landscape"),
    "kind": ("bar", "line", "stacked", "calendar"),
    "dashed": ("no", "yes"),
}


def unknown_tag(name: str) -> str:
    """What to say of a tag that is not in the vocabulary."""
    return f"没有标签 <{name}>{suggestion(name, TAGS)}"


def unknown_attribute(tag: str, name: str) -> str:
    """What to say of an attribute that its tag does not take."""
    allowed = TAGS[tag].attributes
    return f"标签 <{tag}> 没有属性 {name}{suggestion(name, allowed) if allowed else '，它不带属性'}"

"""The parameters that layout.yaml has: whatever else stands there is a slip of the pen and refused."""

from collections.abc import Mapping
from types import MappingProxyType

from campaign.rulebook.reader import Entry

# Section → its parameters; none where the section is a parameter itself.
SECTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "page": ("width", "height", "top", "left", "right", "bottom", "lines", "characters"),
        "red": (),
        "body": ("face", "strong_face", "size", "spacing", "pitch", "indent", "together"),
        "heading": ("face_1", "face_2", "face_3", "face_4"),
        "title": ("face", "size", "pitch", "before", "before_plain", "after"),
        "number": ("face", "size", "drop", "inset"),
        "masthead": (
            "face",
            "size",
            "narrowest",
            "before",
            "issue_face",
            "line_face",
            "smallest",
            "rule",
            "rule_gap",
        ),
        "redhead": ("face", "size", "narrowest", "top", "number_gap", "rule", "rule_gap"),
        "minutes": ("face", "size", "narrowest", "top", "number_gap", "rule", "rule_gap"),
        "attendance": ("face", "before"),
        "letter": (
            "face",
            "size",
            "narrowest",
            "top",
            "rule_gap",
            "rule_length",
            "thick",
            "thin",
            "between",
            "foot",
            "number_gap",
            "title_before",
        ),
        "table": (
            "face",
            "head_face",
            "total_face",
            "largest",
            "usual",
            "small",
            "smallest",
            "leading",
            "padding",
            "rule",
            "caption_face",
            "caption_size",
            "note_size",
        ),
        "figure": ("width", "height", "face", "size", "dpi"),
        "photo": ("gap", "tallest", "coarsest", "caption_face", "caption_size"),
        "attachments": ("before",),
        "signature": ("before_sealed", "before", "date_indent", "indent"),
        "annex": ("face", "title_line"),
        "slip": ("face", "size", "row"),
        "imprint": ("face", "size", "pitch", "inset", "thick", "thin"),
        "draft": ("words", "face", "size", "colour", "angle", "mark_size"),
        "checks": (
            "paper",
            "top_edge",
            "left_edge",
            "type_area",
            "colour",
            "legible",
            "blank",
            "page_number",
            "number_place",
            "number_face",
            "letter_number",
            "mark_place",
            "mark_width",
            "number_form",
            "red_line",
            "bulletin_line",
            "letter_rules",
            "title_size",
            "title_place",
            "title_centre",
            "title_shape",
            "addressee",
            "first_page",
            "body_face",
            "body_size",
            "lines",
            "pitch",
            "characters",
            "right_edge",
            "indent",
            "heading_face",
            "heading_foot",
            "caption",
            "table_head",
            "attachments",
            "signature_alone",
            "signature_lines",
            "signature_place",
            "date_form",
            "annex",
            "imprint_page",
            "imprint_foot",
            "imprint_rules",
            "imprint_inset",
            "letter_imprint",
            "fonts",
        ),
    }
)


def parameters(sections: Mapping[str, Entry]) -> dict[str, Entry]:
    """Every parameter by its full name.

    Raises:
        RulesError: one that is not known, or one that is missing, with the line.
    """
    found: dict[str, Entry] = {}
    for section, entry in sections.items():
        if not SECTIONS[section]:
            found[section] = entry
            continue
        for key, one in entry.mapping(SECTIONS[section]).items():
            found[f"{section}.{key}"] = one
    return found

"""Reading rules/headings.yaml: what offices write, and what is meant by it.

The clerk extends this file, so a spelling that would serve two fields of one kind of table, or two values of
one list, is refused with both places; so is a field or list that no part of the program knows.
"""

from collections.abc import Callable, Mapping

from campaign.rulebook.model import Words
from campaign.rulebook.normal import heading_key, word_key
from campaign.rulebook.reader import Entry

# Kind of table → the fields that intake reads from it.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "ledger": (
        "serial",
        "subdistrict",
        "neighbourhood",
        "community",
        "company",
        "category",
        "item",
        "description",
        "found_on",
        "source",
        "measure",
        "due_on",
        "responsible_unit",
        "responsible_person",
        "phone",
        "person_phone",
        "unit_person",
        "status",
        "rectified_on",
        "closed",
        "closed_on",
        "verifier",
        "supervision",
        "note",
    ),
    "self_check": (
        "serial",
        "category",
        "item",
        "text",
        "answer",
        "problem",
        "measure",
        "due_on",
        "responsible_person",
        "note",
    ),
    "spot_check": (
        "serial",
        "checked_on",
        "unit",
        "community",
        "finding",
        "problem",
        "recheck",
        "handling",
        "note",
    ),
    "complaint": ("serial", "received_on", "community", "content", "handler", "settled_on", "note"),
    "activity": ("serial", "unit", "note"),
    "merit": (
        "serial",
        "dated_on",
        "unit",
        "matter",
        "level",
        "quantity",
        "rater",
        "mark",
        "proof",
        "community",
        "item",
        "repaired_on",
        "note",
    ),
    "roster_communities": (
        "serial",
        "community",
        "subdistrict",
        "company",
        "households",
        "aliases",
        "note",
    ),
    "roster_companies": ("serial", "company", "principal", "phone", "aliases", "note"),
    "roster_subdistricts": ("serial", "subdistrict", "principal", "post", "phone", "aliases", "note"),
    "waiver": ("serial", "code", "file", "sheet", "cell", "reason", "approver", "until", "note"),
    "settlement": (
        "serial",
        "earlier",
        "later",
        "community",
        "before",
        "now",
        "place",
        "because",
        "same",
        "by",
        "note",
    ),
    "roster_agencies": ("serial", "agency", "principal", "phone", "note"),
    "adjustment": ("serial", "subject", "points", "reason", "approver", "expires_on", "note"),
}

# Kinds of table that a campaign may do without.
OPTIONAL = ("merit", "waiver", "settlement", "adjustment")

# Closed list → the values that its words stand for.
VALUES: Mapping[str, tuple[str, ...]] = {
    "status": ("open", "in_progress", "rectified", "closed"),
    "yes_no": ("yes", "no"),
    "answer": ("pass", "fail", "not_applicable"),
    "no_deadline": ("yes",),
    "empty": ("yes",),
    "no_finding": ("yes",),
    "roster_sheet": ("agencies", "subdistricts", "companies"),
    "recheck": ("confirmed", "false_closeout", "relapsed"),
    "supervision": ("ordered", "listed", "prosecuted"),
    "edition": ("yes",),
    "photo": ("before", "after"),
    "label": ("office", "reported_on", "community", "company", "subdistrict", "other"),
    "suffix": ("community", "subdistrict"),
}
_MAY_LACK = ("edition", "photo")
ACTIVITY_COUNTS = "activity_counts"
ACTIVITY_FORM = "activity_form"  # the columns of counts on our own form


def read_words(entry: Entry) -> Words:
    """The accepted spellings. The first of each field is the heading of our own forms."""
    needed = tuple(kind for kind in FIELDS if kind not in OPTIONAL)
    tables = entry.mapping((*needed, "values"), OPTIONAL)
    kinds: dict[str, Mapping[str, tuple[str, ...]]] = {}
    required: dict[str, tuple[str, ...]] = {}
    examples: dict[str, Mapping[str, str]] = {}
    values = {
        name: _spellings(child, VALUES[name], word_key)
        for name, child in tables["values"]
        .mapping(tuple(name for name in VALUES if name not in _MAY_LACK), _MAY_LACK)
        .items()
    }
    for kind, names in FIELDS.items():
        if kind not in tables:
            continue
        counts = ("counts", "form") if kind == "activity" else ()
        fields = tables[kind].mapping(("required", "headings", *counts), ("examples",))
        kinds[kind] = _spellings(fields["headings"], names, heading_key)
        required[kind] = _required(fields["required"], kinds[kind])
        if "examples" in fields:
            examples[kind] = {n: e.text() for n, e in fields["examples"].mapping((), names).items()}
        if counts:
            values[ACTIVITY_COUNTS] = {"yes": fields["counts"].texts()}
            values[ACTIVITY_FORM] = {"yes": _counted(fields["form"], fields["counts"].texts())}
    return Words(kinds, required, values, examples)


def _required(entry: Entry, headings: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(item.one_of({name: name for name in headings}) for item in entry.items())


def _counted(entry: Entry, words: tuple[str, ...]) -> tuple[str, ...]:
    """Headings of counts, each with a word that tells it from other columns when it is read."""
    for item in entry.items():
        if not any(word in item.text() for word in words):
            item.refuse(
                f"“{item.text()}”不含 counts 所列的任何一个词，填好了也读不出来；请改写，或在 counts 中补上"
            )
    return entry.texts()


def _spellings(
    entry: Entry, names: tuple[str, ...], key: Callable[[str], str]
) -> Mapping[str, tuple[str, ...]]:
    """Name → spellings; the same spelling, once normalised, may not stand under two names."""
    taken: dict[str, tuple[str, int]] = {}
    found: dict[str, tuple[str, ...]] = {}
    for name, listed in entry.mapping((), names).items():
        for item in listed.items():
            spelling = key(item.text())
            owner, line = taken.setdefault(spelling, (name, item.line))
            if owner != name:
                item.refuse(f"“{item.text()}”同时列在“{owner}”（第{line}行）和“{name}”之下；请只留一处")
        found[name] = listed.texts()
    return found

"""Self-check forms (自查表): the checklist answered for one community."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from campaign.intake.faults import fault
from campaign.intake.grid import Sheet
from campaign.intake.headings import Heading
from campaign.intake.items import may_be_cut, read_item
from campaign.intake.meta import reported_on, said
from campaign.intake.names import Match
from campaign.intake.tables import split_rows
from campaign.intake.text import folded, shown
from campaign.intake.values import Desk, FieldReader
from campaign.records import Answer, CheckAnswer, Fault, ItemCode, Origin, SelfCheck, Sourced

KIND = "self_check"
_FORM_WORDS = (
    "专项整治",
    "自查自纠",
    "自查情况",
    "自查表",
    "自查",
    "附件1",
    "附件",
)


@dataclass(frozen=True, slots=True)
class Received:
    """A form, with what is wrong with it; `check` is None where it cannot be counted."""

    check: SelfCheck | None
    faults: tuple[Fault, ...]


def read_self_check(sheet: Sheet, heading: Heading, desk: Desk) -> Received:
    """One form: whose it is, when it was filled in, and its answers."""
    above = range(1, heading.top)
    faults: list[Fault] = []
    match, origin = _community(sheet, heading, desk)
    if match.name is None:
        return Received(None, (fault("I-SET-CHECK-COMMUNITY", sheet.ref(), hint=match.hint),))
    day, line = reported_on(sheet, desk.labels, above, desk.window, heading.rows)
    if day is None and line is None:
        day, line = reported_on(
            sheet, desk.labels, range(heading.bottom + 1, sheet.last_row + 1), desk.window
        )
    given = tuple(_answers(sheet, heading, desk, faults))
    answers = _without_contradictions(given, faults)
    if day is None and line is None and not answers and not faults:
        return Received(None, (fault("I-SET-BLANK", sheet.ref()),))
    if day is None:
        place = (line.ref, line.text) if line else (sheet.ref(), "")
        faults.append(fault("I-CELL-DATE" if line else "I-SET-CHECK-DATE", *place, field="填报时间"))
        return Received(None, tuple(faults))
    if not answers:
        blank = () if given else (fault("I-SET-CHECK-BLANK", sheet.ref()),)
        return Received(None, (*faults, *blank))
    faults += _unanswered(sheet, answers, desk)
    return Received(SelfCheck(match.name, day, answers, origin), tuple(faults))


def _community(sheet: Sheet, heading: Heading, desk: Desk) -> tuple[Match, Origin]:
    """The form's community: by its own line, else by the name of the sheet or the file."""
    directory = desk.names.communities
    line = said(sheet, desk.labels, "community", range(1, heading.top), heading.rows)
    if line:
        return directory.match(line.text), Origin(line.ref, (Sourced("community", line.ref, line.text),))
    for text in (sheet.name, PurePosixPath(sheet.file).stem):
        match = directory.match(_bare(text, desk.rulebook.campaign.name))
        if match.name:
            return match, Origin(sheet.ref(), (Sourced("community", sheet.ref(), text),))
    return Match(None), Origin(sheet.ref())


def _bare(text: str, campaign: str) -> str:
    key = folded(text)
    for word in (folded(campaign), *_FORM_WORDS):
        key = key.replace(word, "")
    return key.strip("-_—：:()（）、. ")


def _answers(sheet: Sheet, heading: Heading, desk: Desk, faults: list[Fault]) -> Iterator[CheckAnswer]:
    texts = {folded(i.text): i.code for g in desk.rulebook.checklist.groups for i in g.items}
    table = split_rows(sheet, heading, ("answer",))
    for row in table.rows:
        reader = FieldReader(row, KIND, desk)
        answer = _answer(reader, texts)
        if answer:
            yield answer
        faults += reader.faults
    faults += [
        fault("I-ROW-PASSED-OVER", row.sheet.ref(row.number, row.filled[0]), row.first_text(), found=reason)
        for row, reason in table.passed_over
        if reason != "没有内容的行"
    ]


def _without_contradictions(answers: tuple[CheckAnswer, ...], faults: list[Fault]) -> tuple[CheckAnswer, ...]:
    """One answer to each item; an item that is answered twice and differently has none."""
    first: dict[ItemCode, CheckAnswer] = {}
    doubtful: set[ItemCode] = set()
    for answer in answers:
        known = first.setdefault(answer.item, answer)
        if known.answer is not answer.answer:
            doubtful.add(answer.item)
            words = {
                "item": str(answer.item),
                "found": known.origin.ref("answer").cell,
                "expected": known.origin.raw("answer"),
            }
            place = answer.origin.ref("answer")
            faults.append(fault("I-ROW-ANSWERED-TWICE", place, answer.origin.raw("answer"), **words))
    return tuple(answer for item, answer in first.items() if item not in doubtful)


def _answer(reader: FieldReader, texts: Mapping[str, ItemCode]) -> CheckAnswer | None:
    row = reader.row
    if not row.text("answer") and not reader.text("problem"):
        return None
    code = _code(reader, texts)
    answer = reader.desk.means("answer", row.text("answer"))
    if not row.text("answer"):
        reader.report("I-CELL-MISSING", "answer")
    elif answer is None:
        reader.report("I-CELL-ANSWER", "answer")
    if code is None or answer is None:
        return None
    return CheckAnswer(
        item=code,
        answer=Answer(answer),
        problem=reader.text("problem"),
        measure=reader.text("measure"),
        due_on=_due(reader),
        responsible_person=reader.text("responsible_person"),
        origin=row.origin(),
    )


def _code(reader: FieldReader, texts: Mapping[str, ItemCode]) -> ItemCode | None:
    cell = reader.row.cell("item")
    code = read_item(cell, reader.desk.rulebook.checklist.codes) if cell else None
    code = code or texts.get(folded(shown(cell))) or texts.get(folded(reader.row.text("text")))
    if code is None:
        cut = cell is not None and may_be_cut(cell, reader.desk.rulebook.checklist.codes)
        place = "item" if "item" in reader.row.columns else "text"
        reader.report("I-CELL-ITEM-AMBIGUOUS" if cut else "I-CELL-ITEM", place)
    return code


def _due(reader: FieldReader) -> date | None:
    if reader.desk.means("no_deadline", reader.row.text("due_on")):
        return None
    return reader.day("due_on", deadline=True)


def _unanswered(sheet: Sheet, answers: tuple[CheckAnswer, ...], desk: Desk) -> Iterator[Fault]:
    codes = desk.rulebook.checklist.codes
    answered = {a.item for a in answers}
    left = [str(code) for code in codes if code not in answered]
    if left:
        yield fault(
            "I-SET-CHECK-ITEMS", sheet.ref(), "、".join(left), found=len(answered), expected=len(codes)
        )


def latest(checks: Iterable[SelfCheck], as_of: date) -> tuple[tuple[SelfCheck, ...], tuple[Fault, ...]]:
    """One form per community, the newest up to the as-of date; what was left aside is said."""
    faults: list[Fault] = []
    chosen: dict[str, SelfCheck] = {}
    for check in sorted(checks, key=lambda c: (c.checked_on, c.origin.row)):
        if check.checked_on > as_of:
            shown_day = check.checked_on.isoformat()
            faults.append(
                fault("I-SET-CHECK-FUTURE", check.origin.row, shown_day, expected=as_of.isoformat())
            )
            continue
        earlier = chosen.get(check.community)
        if earlier:
            found = f"《{earlier.origin.row.file}》"
            faults.append(fault("I-SET-CHECK-TWICE", check.origin.row, check.community, found=found))
        chosen[check.community] = check
    return tuple(sorted(chosen.values(), key=lambda c: c.origin.row)), tuple(faults)

"""What holds for the language of every document, whatever the week."""

import re
from collections.abc import Iterator

import pytest

from campaign.compose.blocks import (
    Annex,
    Attachments,
    Document,
    Heading,
    Paragraph,
    Table,
    text_of,
)
from campaign.compose.filters import chinese_number
from tests.compose.cases import CASES

DOUBLED = re.compile(r"[，。；：、！？]{2}|（）|“”|《》|、。|（，")
TRAPS = ("截止", "None", "Decimal", "环比上升", "<", ">", "{{", "\ufffd")


def documents(case: str) -> tuple[Document, ...]:
    return CASES[case]()


def texts(case: str) -> Iterator[str]:
    for document in documents(case):
        yield from (text for _, text in document.lines())


pytestmark = pytest.mark.xdist_group("golden cases")  # composed in one process
ALL = pytest.mark.parametrize("case", [case for case in CASES if case != "awkward"])


@ALL
def test_no_doubled_punctuation(case: str) -> None:
    assert [text for text in texts(case) if DOUBLED.search(text)] == []


@ALL
def test_none_of_the_known_traps(case: str) -> None:
    assert [text for text in texts(case) for trap in TRAPS if trap in text] == []


@ALL
def test_no_space_beside_a_chinese_character(case: str) -> None:
    """But in a clause or a name as it stands in the rules or a workbook."""
    assert [
        text for text in texts(case) if re.search(r"[\u4e00-\u9fff，。] | [\u4e00-\u9fff，。]", text)
    ] == []


@ALL
def test_paragraphs_end_as_sentences_do(case: str) -> None:
    for document in documents(case):
        for block in document.blocks:
            if isinstance(block, Paragraph):
                assert text_of(block.runs)[-1] in "。：", text_of(block.runs)


@ALL
def test_headings_are_numbered_without_gaps(case: str) -> None:
    for document in documents(case):
        counts = [0, 0]
        for block in document.blocks:
            if isinstance(block, Annex):
                counts = [0, 0]
            if isinstance(block, Heading):
                counts[block.level - 1] += 1
                counts[block.level :] = [0] * (2 - block.level)
                number = chinese_number(counts[block.level - 1])
                assert block.text.startswith((f"{number}、", f"（{number}）")[block.level - 1])


@ALL
def test_no_heading_stands_alone_among_its_like(case: str) -> None:
    """A part with a single （一） needs no （一）."""
    for document in documents(case):
        parts = "".join(str(b.level) for b in document.blocks if isinstance(b, Heading)).split("1")
        assert "2" not in parts


@ALL
def test_tables_are_numbered_and_named_in_the_text(case: str) -> None:
    for document in documents(case):
        numbered = [b.caption for b in document.blocks if isinstance(b, Table) and b.caption.startswith("表")]
        assert [caption.partition("\u3000")[0] for caption in numbered] == [
            f"表{n}" for n in range(1, len(numbered) + 1)
        ]
        words = "".join(text_of(b.runs) for b in document.blocks if isinstance(b, Paragraph))
        missing = [c for c in numbered if c.partition("\u3000")[0] not in words]
        assert missing == []


@ALL
def test_annexes_are_listed_and_labelled_alike(case: str) -> None:
    for document in documents(case):
        annexes = [b for b in document.blocks if isinstance(b, Annex)]
        listed = [name for b in document.blocks if isinstance(b, Attachments) for name in b.names]
        assert [annex.title for annex in annexes] == listed
        labels = ["附件"] if len(annexes) == 1 else [f"附件{n}" for n in range(1, len(annexes) + 1)]
        assert [annex.label for annex in annexes] == labels


@ALL
def test_the_specimen_sentence_stands_wherever_scores_do(case: str) -> None:
    for document in documents(case):
        for block in document.blocks:
            if isinstance(block, Table) and any("得分" in cell.text for row in block.head for cell in row):
                assert block.note.endswith("评分结果仅供试用。")

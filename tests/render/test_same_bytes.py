"""The same document gives the same bytes: twice, whatever else was printed before, and in another process."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from campaign.render import Studio
from tests.render import documents as made
from tests.render.conftest import FONTS, ROOT, TEMPLATES

pytestmark = pytest.mark.xdist_group("rendering")

_ELSEWHERE = """
import hashlib
from pathlib import Path
from campaign.render import Studio
from tests.render import documents as made
studio = Studio(Path("templates"), Path(".fonts"))
document = made.document(made.paragraph(made.LONG + "李喆"), made.trend(), made.ledger(3), draft=True)
print(hashlib.sha256(studio.pdf(document)).hexdigest(), hashlib.sha256(studio.word(document)).hexdigest())
"""


def digests(studio: Studio) -> str:
    document = made.document(made.paragraph(made.LONG + "李喆"), made.trend(), made.ledger(3), draft=True)
    pdf, word = studio.pdf(document), studio.word(document)
    return f"{hashlib.sha256(pdf).hexdigest()} {hashlib.sha256(word).hexdigest()}"


@pytest.fixture(scope="module")
def first(studio: Studio) -> str:
    """What the document gives the first time."""
    return digests(studio)


def test_twice_and_after_other_documents(studio: Studio, first: str) -> None:
    studio.pdf(made.document(made.paragraph("前所未见的字：魑魅魍魉喆堃燊")))
    assert digests(studio) == first


def test_announced_or_not(first: str) -> None:
    other = Studio(TEMPLATES, FONTS)
    other.prepare([made.document(made.trend(), made.ledger(3)), made.notice()])
    assert digests(other) == first


def test_in_another_process_with_another_clock_zone_and_hash_seed(first: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "America/New_York", "PYTHONPATH": str(ROOT)}
    found = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == first


def test_a_changed_word_changes_the_bytes(studio: Studio) -> None:
    document = made.notice()
    other = replace(document, blocks=(*document.blocks, made.paragraph("补充。")))
    assert studio.pdf(document) != studio.pdf(other)
    assert studio.word(document) != studio.word(other)

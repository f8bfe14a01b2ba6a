"""PDFs from the workshop are those of the studio; what goes wrong there arrives here."""

import os
import signal
from dataclasses import replace

import pytest

from campaign.compose.blocks import Document, Paragraph, Run
from campaign.errors import RenderError
from campaign.render import Studio, Workshop
from campaign.render.workshop import WorkshopDiedError
from tests.render.conftest import FONTS, TEMPLATES
from tests.render.documents import notice


def made(shop: Workshop) -> tuple[bytes, ...]:
    shop.order((notice(),))
    return shop.deliver()


def with_text(document: Document, text: str) -> Document:
    return replace(document, blocks=(*document.blocks, Paragraph((Run(text),))))


def test_the_same_bytes_as_in_this_process() -> None:
    documents = (notice(), with_text(notice(), "另有事项。"))
    with Workshop(TEMPLATES, FONTS) as shop:
        shop.order(documents)
        pdfs = shop.deliver()
    studio = Studio(TEMPLATES, FONTS)
    assert pdfs == tuple(studio.pdf(document) for document in documents)


def test_several_orders_one_after_another() -> None:
    with Workshop(TEMPLATES, FONTS) as shop:
        shop.order(())
        assert shop.deliver() == ()
        shop.order((notice(),))
        assert len(shop.deliver()) == 1


def test_a_refusal_keeps_its_words_and_its_exit_code() -> None:
    with Workshop(TEMPLATES, FONTS) as shop:
        shop.order((with_text(notice(), "😀"),))
        with pytest.raises(RenderError) as caught:
            shop.deliver()
        shop.order((notice(),))
        assert len(shop.deliver()) == 1
    assert caught.value.exit_code == 5


@pytest.mark.parametrize("bad", [0, 1, 2])
def test_a_refusal_comes_from_whichever_pile_the_document_is_in(bad: int) -> None:
    documents = [with_text(notice(), "另有事项。" * (n + 1)) for n in range(3)]
    documents[bad] = with_text(documents[bad], "😀")
    with Workshop(TEMPLATES, FONTS) as shop:
        shop.order(documents)
        with pytest.raises(RenderError, match="😀"):
            shop.deliver()


def test_a_folder_without_templates_is_told_when_asked() -> None:
    with Workshop(TEMPLATES / "none", FONTS) as shop:
        shop.order((notice(),))
        with pytest.raises(RenderError) as caught:
            shop.deliver()
    assert caught.value.exit_code == 4


def test_a_workshop_that_dies_is_no_hang() -> None:
    with Workshop(TEMPLATES, FONTS) as shop:
        process = shop._process.pid  # noqa: SLF001 - to kill it
        assert process is not None
        os.kill(process, signal.SIGKILL)
        shop._process.join()  # noqa: SLF001
        with pytest.raises(WorkshopDiedError):
            made(shop)


def test_nothing_is_left_behind_when_something_fails_outside() -> None:
    with pytest.raises(KeyboardInterrupt), Workshop(TEMPLATES, FONTS) as shop:
        raise KeyboardInterrupt
    assert not shop._process.is_alive()  # noqa: SLF001

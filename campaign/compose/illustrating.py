"""Photos beside the documents that show them.

A document names its photos by SHA-256; their bytes travel with it, outside of what makes two documents equal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from campaign.compose.blocks import Document, Picture, Pictures
from campaign.errors import RenderError


class MissingPhotoError(RenderError):
    """A document shows a photo whose file is not there."""

    def __init__(self, document: str, captions: Iterable[str]) -> None:
        super().__init__(
            f"《{document}》里的照片找不到文件：{'、'.join(captions)}；请重新生成该周，或从备份恢复“照片”文件夹"
        )


def illustrated(documents: Iterable[Document], files: Mapping[str, bytes]) -> tuple[Document, ...]:
    """The same documents, each with the bytes of the photos it shows; `files` has them by SHA-256.

    Raises:
        MissingPhotoError: one is not there.
    """
    return tuple(_illustrated(document, files) for document in documents)


def shown(document: Document) -> tuple[Picture, ...]:
    """The photos that a document shows, in order."""
    return tuple(
        picture
        for block in document.blocks
        if isinstance(block, Pictures)
        for picture in block.pictures
        if picture.digest
    )


def _illustrated(document: Document, files: Mapping[str, bytes]) -> Document:
    wanted = shown(document)
    if not wanted:
        return document
    absent = [picture.caption for picture in wanted if picture.digest not in files]
    if absent:
        raise MissingPhotoError(document.name, absent)
    return replace(document, photos={picture.digest: files[picture.digest] for picture in wanted})

"""Checks of the file: what is printed must be in it (ISO 19005-3, 6.2.11.4)."""

from collections.abc import Iterator

from campaign.render.conformance.findings import Finding
from campaign.render.conformance.reading import Reading


def fonts(reading: Reading) -> Iterator[Finding]:
    """Every font is embedded."""
    for font in reading.paper.fonts:
        if not font.embedded:
            yield Finding(0, f"字体{font.name}没有嵌入", "所用字体全部嵌入")

"""WeasyPrint, started so that it sees no font and no font setting of the machine.

Fontconfig is pointed at a configuration without fonts while WeasyPrint starts and while a font configuration
is made; what is printed then depends on the faces handed to it and on nothing else.
"""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from campaign.errors import RenderError

_EMPTY = Path(__file__).with_name("fontconfig.xml")
_VARIABLE = "FONTCONFIG_FILE"


class EngineError(RenderError):
    """A library that WeasyPrint needs is not on this machine."""

    def __init__(self, library: str) -> None:
        super().__init__(f"缺少排版所需的系统库 {library}：请运行 make setup，按提示安装")


@contextmanager
def _no_machine_fonts() -> Iterator[None]:
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = str(_EMPTY)
    try:
        with warnings.catch_warnings():
            # WeasyPrint warns that there are no fonts; that is the purpose.
            warnings.filterwarnings("ignore", message=".*FontConfig.*")
            yield
    finally:
        if before is None:
            del os.environ[_VARIABLE]
        else:
            os.environ[_VARIABLE] = before


with _no_machine_fonts():
    try:
        import weasyprint
        from weasyprint.text.ffi import harfbuzz_subset
        from weasyprint.text.fonts import FontConfiguration
    except OSError as error:
        raise EngineError("Pango") from error

if not harfbuzz_subset:
    # WeasyPrint would do without, seventeen times slower and with other bytes.
    raise EngineError("libharfbuzz-subset0")


def font_configuration() -> FontConfiguration:
    """A font configuration that knows no face yet."""
    with _no_machine_fonts():
        return FontConfiguration()


__all__ = ["EngineError", "FontConfiguration", "font_configuration", "weasyprint"]

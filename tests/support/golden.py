"""Golden texts: what the program says, kept beside the test and reviewed like prose.

`make golden` rewrites them; no test run does so by itself.
"""

import os
from difflib import unified_diff
from pathlib import Path


def expect(golden: Path, text: str) -> None:
    """Hold `text` against the file `golden`, or write it there where GOLDEN=write asks for it.

    Raises:
        AssertionError: they differ, or there is no such file; the message is a diff from golden to actual.
    """
    if os.environ.get("GOLDEN") == "write":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8")
        return
    known = golden.read_text(encoding="utf-8") if golden.exists() else ""
    if text != known or not golden.exists():
        diff = unified_diff(known.splitlines(), text.splitlines(), str(golden), "actual", lineterm="")
        raise AssertionError("\n".join(diff) or f"no such file: {golden}")

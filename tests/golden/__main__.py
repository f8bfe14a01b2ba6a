"""Writes the golden outlines anew and deletes those that no case yields."""

from tests.golden import outlines, written

expected = outlines()
for orphan in written().keys() - expected.keys():
    orphan.unlink()
for path, text in expected.items():
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")

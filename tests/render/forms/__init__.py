"""Blank forms: how they look, and that what is typed into them is read back."""

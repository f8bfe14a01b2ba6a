"""From ledgers to official documents: one week of a rectification campaign, end to end."""

__version__ = "0.1.0"

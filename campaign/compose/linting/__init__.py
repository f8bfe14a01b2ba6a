"""Holds templates against everything that can be known of them before a week's data comes in."""

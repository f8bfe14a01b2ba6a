"""Bytes → records and faults: whatever the offices sent, read cell by cell."""

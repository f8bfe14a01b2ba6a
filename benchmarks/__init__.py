"""Timings of the whole and of its parts: figures to compare, never tests."""

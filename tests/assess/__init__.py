"""Tests of figures, scores and decisions."""

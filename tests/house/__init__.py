"""Tests of the house itself: which way imports point, what the documents must name, how set-up behaves."""

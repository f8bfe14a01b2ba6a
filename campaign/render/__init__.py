"""Blocks → PDF bytes and Word bytes; fonts, charts, page geometry."""

"""Blocks → PDF bytes and Word bytes; fonts, charts, page geometry."""

from campaign.render.fonts import MissingFaceError, MissingGlyphError, Substitution
from campaign.render.studio import Studio
from campaign.render.workshop import Workshop

__all__ = ["MissingFaceError", "MissingGlyphError", "Studio", "Substitution", "Workshop"]

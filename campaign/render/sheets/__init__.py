"""The workbooks beside the documents: how each score came about, and what is wrong with the inputs."""

from campaign.render.sheets.annex import score_annex
from campaign.render.sheets.county import opinions

__all__ = ["opinions", "score_annex"]

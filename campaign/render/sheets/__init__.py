"""The workbooks beside the documents: how each score came about, what is wrong with the inputs,
and what other rules would change.
"""

from campaign.render.sheets.annex import score_annex
from campaign.render.sheets.county import opinions
from campaign.render.sheets.holdings import holdings_list
from campaign.render.sheets.suspicions import settle_list, suspicion_list
from campaign.render.sheets.trial import trial_workbook

__all__ = ["holdings_list", "opinions", "score_annex", "settle_list", "suspicion_list", "trial_workbook"]

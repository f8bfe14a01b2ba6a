"""Runs a week from end to end and publishes all of it or none.

The only stage that knows every other. A module for each thing that a run can do: read and check the
workbooks (checking), a week's drafts (drafts), the final report (summing), one subject's history (dossier),
blank forms (blanks), the rulebook on paper and other rules on trial (rules), and what has to do with the
archive (issuing, correcting, proving, closing). What they share: where everything lies (folders), the week in
the input folder (week), all files of a week (making), the files on their way to a folder (bundle); for the
archive the bytes that a week is made from (material) and the numbers that documents get (numbers).
"""

from campaign.press.blanks import forms
from campaign.press.bundle import Bundle
from campaign.press.checking import check
from campaign.press.closing import CLOSED, close
from campaign.press.correcting import correct
from campaign.press.dossier import dossier
from campaign.press.drafts import weekly
from campaign.press.folders import (
    CHECKED,
    FORMS,
    GUIDELINE,
    OPINIONS,
    RETURNS,
    SCORES,
    SUMMARY,
    TRIAL,
    TRIAL_SHEET,
    Folders,
    NoInputError,
    NoWeeksError,
    Published,
    RosterUnclearError,
    Watch,
)
from campaign.press.issuing import UnfitError, issue
from campaign.press.proving import findings, verify
from campaign.press.rules import guideline, what_if
from campaign.press.summing import summary
from campaign.press.week import assessed, issue_number

__all__ = [
    "CHECKED",
    "CLOSED",
    "FORMS",
    "GUIDELINE",
    "OPINIONS",
    "RETURNS",
    "SCORES",
    "SUMMARY",
    "TRIAL",
    "TRIAL_SHEET",
    "Bundle",
    "Folders",
    "NoInputError",
    "NoWeeksError",
    "Published",
    "RosterUnclearError",
    "UnfitError",
    "Watch",
    "assessed",
    "check",
    "close",
    "correct",
    "dossier",
    "findings",
    "forms",
    "guideline",
    "issue",
    "issue_number",
    "summary",
    "verify",
    "weekly",
    "what_if",
]

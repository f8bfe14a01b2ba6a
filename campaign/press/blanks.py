"""Blank forms for the offices."""

from campaign.history import publish
from campaign.intake.desk import receive_roster
from campaign.press.bundle import Bundle, digests, files_below, publish_bundle
from campaign.press.folders import FORMS, Folders, Published, RosterUnclearError
from campaign.records import Fault, Roster
from campaign.render.forms import blank_forms
from campaign.rulebook.loader import load


def forms(folders: Folders, jobs: int) -> Published:
    """Blank forms for the offices, with the names of the roster in the input folder.

    Without a roster there are no names to offer: then the roster is the one form to fill in first.

    Raises:
        RosterUnclearError: there is more than one roster.
    """
    rulebook = load(folders.rules)
    roster = Roster()
    faults: tuple[Fault, ...] = ()
    if folders.input.is_dir():
        roster, faults = receive_roster(folders.input, rulebook, jobs)
    for unclear in (f for f in faults if f.code == "I-SET-ROSTER-TWICE"):
        raise RosterUnclearError(unclear)
    told = tuple(f for f in faults if f.code != "I-SET-ROSTER")
    rules = {"rules": digests(folders.rules, files_below(folders.rules))}
    bundle = Bundle(blank_forms(rulebook, roster), rules)
    with publish.locked(folders.output):
        return publish_bundle(bundle, folders.output / FORMS, None, told)

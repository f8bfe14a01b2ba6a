"""The dossier of one company or community, over all weeks there are."""

from dataclasses import replace
from datetime import date

from campaign.compose import dossier_documents
from campaign.compose.composing import file_name
from campaign.history import archive, freezing
from campaign.press.bundle import Bundle, digests, pdf_files, printed_from, publish_bundle, word_files
from campaign.press.folders import DOSSIERS, Folders, NoWeeksError, Published
from campaign.render import Workshop
from campaign.rulebook.loader import load


def dossier(folders: Folders, subject: str, as_of: date | None) -> Published:
    """The dossier over the issued weeks, or over the drafts as long as none is issued; with an as-of date,
    over those that closed by then. Each subject has a folder of its own.

    Raises:
        NoWeeksError: there is no such week.
        NoDossierError: no roster of these weeks has the subject.
    """
    rulebook = load(folders.rules)
    with Workshop(folders.templates, folders.fonts) as shop, freezing.tended(folders.output) as left:
        known = tuple(w for w in archive.load(folders.output) if as_of is None or w.as_of <= as_of)
        if not known:
            raise NoWeeksError(folders.output)
        name, documents = dossier_documents(known, rulebook, folders.templates, subject)
        shop.order(documents)
        files = word_files(documents, folders) | pdf_files(documents, shop)
        places = archive.snapshots(folders.output)
        weeks = digests(folders.output, [places[week.as_of] for week in known])
        bundle = Bundle(files, printed_from(folders, ()) | {"weeks": weeks})
        target = folders.output / DOSSIERS / file_name(name)
        published = publish_bundle(bundle, target, known[-1].as_of, ())
        return replace(published, remarks=(left,) if left else ())

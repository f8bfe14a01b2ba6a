"""Which brief a template is given, by what its genre is about: the one table that says so."""

from collections.abc import Mapping

from campaign.compose.brief_circular import CircularBrief
from campaign.compose.brief_correction import CorrectionBrief
from campaign.compose.brief_distribution import DistributionBrief
from campaign.compose.brief_dossier import DossierBrief
from campaign.compose.brief_guideline import GuidelineBrief
from campaign.compose.brief_holdings import HoldingsBrief
from campaign.compose.brief_lifting import LiftingBrief
from campaign.compose.brief_photos import PhotosBrief
from campaign.compose.brief_scores import ScoresBrief
from campaign.compose.brief_subject import SubjectBrief
from campaign.compose.brief_summary import SummaryBrief
from campaign.compose.brief_week import WeekBrief
from campaign.compose.genres import About

BRIEFS: Mapping[About, type] = {
    About.WEEK: WeekBrief,
    About.SCORES: ScoresBrief,
    About.DECISION: SubjectBrief,
    About.DECISIONS: CircularBrief,
    About.LIFTING: LiftingBrief,
    About.SUMMARY: SummaryBrief,
    About.SUMMARY_SUBDISTRICT: SummaryBrief,
    About.GUIDELINE: GuidelineBrief,
    About.CORRECTION: CorrectionBrief,
    About.PHOTOS: PhotosBrief,
    About.DISTRIBUTION: DistributionBrief,
    About.DOSSIER: DossierBrief,
    About.HOLDINGS: HoldingsBrief,
}

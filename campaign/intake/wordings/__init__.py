"""The words of the catalogue of faults, by what they are about; `campaign.intake.faults` joins them."""

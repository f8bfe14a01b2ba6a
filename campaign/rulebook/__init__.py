"""What the officials decided, as data: campaign, checklist, scoring rules, words of the ledgers."""

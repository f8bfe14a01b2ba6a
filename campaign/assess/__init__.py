"""Records and changes × rulebook → figures, score lines, ranks, decisions."""

"""What each document says: figures → brief → template → blocks."""

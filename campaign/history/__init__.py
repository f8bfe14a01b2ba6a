"""Earlier weeks: what they said, and what has changed since."""

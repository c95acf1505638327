"""A quiz on screen: choose topics, answer one question after the other, learn why, read again what did not sit."""

"""Role-plays on screen: choose a case, read your card, talk, and see what it was worth."""

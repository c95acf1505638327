"""What happens by itself: failures, the times we live in, how much money customers have."""

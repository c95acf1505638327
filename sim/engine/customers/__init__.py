"""What customers do: how they feel about us, what they order, how their own house delays payment."""

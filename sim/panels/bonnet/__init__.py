"""Under the bonnet: how the simulation works."""

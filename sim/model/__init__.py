"""Floor 1: the nouns. Portfolio, Scenario, Policy, Timeline and Ledger: frozen, validated, nothing that computes."""

"""The policy studio: two whole policies, every lever, every figure."""

"""Floor 7: one module per group of commands; `sim.cli` puts them together. Thin: parse, call, show."""

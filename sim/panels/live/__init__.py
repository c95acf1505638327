"""How does a panel answer at once, and ever more surely? The live comparison, and what works beside the page."""

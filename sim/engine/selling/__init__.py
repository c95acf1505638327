"""From a wish to a correct invoice: orders, terms, shipping, invoices and their corrections, sales staff."""

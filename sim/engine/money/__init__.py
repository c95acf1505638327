"""What comes in and goes out: bank, bills, finance, insurance, suppliers, taxes, the books of account."""

"""How is a talk with a customer practised: written, checked, played, scored, and followed into the ledger?"""

"""Receivables Lab (应收账款实训室): learn and test how a company manages the money its customers owe it."""

"""Alarms, scores and provision (lab 11)."""

"""Ranges, chances and the fan."""

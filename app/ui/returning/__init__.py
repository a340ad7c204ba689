"""Giving results back."""

"""Recognisers of entity mentions: people, countries, legal instruments and dates."""

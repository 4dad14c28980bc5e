"""Commands for developers: builders of data files, and measurements."""

"""What trains the shipped models; not part of the installed package."""

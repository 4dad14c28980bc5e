"""The one family of errors that a user can mend."""


class ClausulaError(Exception):
    """Something the user can mend; the message is one line that names the place and the remedy.

    Each stage defines its own kind near its use; the command prints it and exits with 2.
    """

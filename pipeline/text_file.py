"""Reads one file as UTF-8 text, or says in a line why it cannot be."""

from __future__ import annotations

from pathlib import Path

MAX_BYTES = 50_000_000


class UnreadableFileError(Exception):
    """One file cannot be read; the message says why, and what to do."""


def load(path: Path) -> bytes:
    """The bytes of a regular file.

    Raises:
        UnreadableFileError: there is none, it may not be read, or it is too large.
    """
    try:
        if path.is_dir():
            raise UnreadableFileError("is a directory; name a text file")
        size = path.stat().st_size
        if not path.is_file():
            raise UnreadableFileError("is no regular file; name a text file")
        if size > MAX_BYTES:
            raise UnreadableFileError(
                f"is {size / 1e6:.0f} MB, more than {MAX_BYTES / 1e6:.0f} MB; split it"
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFileError("does not exist; correct its path or add the file") from error
    except OSError as error:
        raise UnreadableFileError(f"cannot be read ({error.strerror}); check its rights") from error


def decode(data: bytes) -> str:
    """The text of a UTF-8 file, its byte-order mark removed and its line breaks untouched.

    Offsets count the code points after the mark, as in `path.read_text("utf-8-sig", newline="")`.

    Raises:
        UnreadableFileError: it is not UTF-8, or is binary; the message names the byte.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFileError(
            "is UTF-16, not UTF-8 (byte 0); convert it: iconv -f UTF-16 -t UTF-8"
        )
    nul = data.find(b"\x00")
    if nul >= 0:
        raise UnreadableFileError(
            f"is binary (a NUL at byte {nul}); name a text file, e.g. the output of pdftotext"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The decoder counts from behind the byte-order mark.
        offset = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        raise UnreadableFileError(
            f"is not UTF-8 (byte {offset} is 0x{data[offset]:02x}); "
            "convert it, e.g. iconv -f WINDOWS-1252 -t UTF-8"
        ) from error

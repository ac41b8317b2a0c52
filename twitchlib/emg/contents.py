"""The format of a file, recognised by its contents, since its name may be anything."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from twitchlib.emg.bids import entities
from twitchlib.emg.edf import BDF_MAGIC, EDF_MAGIC
from twitchlib.emg.formats import listed, own_name
from twitchlib.emg.parquet import MAGIC
from twitchlib.emg.tables import is_text
from twitchlib.emg.wfdb_files import looks_like_header
from twitchlib.errors import UnreadableError
from twitchlib.messages import gettext as _

__all__ = ["FORMATS", "container_of", "kind_of", "leading", "name_disagrees", "refusal"]

FORMATS = (".csv", ".tsv", ".txt", ".parquet", ".edf", ".bdf", ".hea", ".dat")

_BEGIN = {MAGIC: "Parquet", EDF_MAGIC: "EDF", BDF_MAGIC: "BDF"}  # untranslated: names
# Since version 7.3 MATLAB writes HDF5 after its own header block.
_CONTAINERS = {
    b"\x89HDF\r\n\x1a\n": "HDF5", b"MATLAB 7.3 MAT-file": "HDF5",
    b"MATLAB 5.0 MAT-file": "MATLAB",
}  # fmt: skip  # untranslated: names
_OTHERS = {
    b"PK": _("a zip archive or a spreadsheet"),
    b"\xd0\xcf\x11\xe0": _("an old spreadsheet or document"),
    b"%PDF": _("a PDF"),
    b"\x89PNG": _("a picture"),
    b"\xff\xd8\xff": _("a picture"),
    b"\x1f\x8b": _("a compressed file: unpack it first"),
    b"MATLAB": _("a MATLAB file: save its numbers as CSV"),
    b"\x89HDF": _("HDF5, which MATLAB writes too: save its numbers as CSV"),
    b"\x93NUMPY": _("a NumPy array: save its numbers as CSV"),
    b"RIFF": _("a sound"),
    b"fLaC": _("a sound"),
}
# Which file extension belongs to which format.
_NAMED = {
    ".csv": "CSV", ".tsv": "CSV", ".txt": "CSV",
    ".parquet": "Parquet", ".edf": "EDF", ".bdf": "BDF",
    ".hea": "WFDB", ".xlsx": "", ".xls": "", ".mat": "", ".npy": "", ".wav": "", ".pdf": "",
}  # fmt: skip  # untranslated: names


def leading(parts: Mapping[str, bytes]) -> str:
    """Return the file of a recording that identifies its format: the header, or the only one."""
    if not parts:
        raise UnreadableError(_("No file was given."))
    described = [name for name in parts if entities(name)]
    if len(described) == 1 and all(
        name.endswith((".tsv", ".json")) for name in parts if name not in described
    ):
        return described[0]
    headers = [name for name, data in parts.items() if kind_of(data, name) == "WFDB"]
    # A damaged header must be refused as a header.
    headers = headers or [name for name in parts if name.lower().endswith(".hea")]
    if len(headers) > 1 or (not headers and len(parts) > 1):
        raise UnreadableError(
            _(
                "{files} are several recordings. Open one at a time; for WFDB, a header and its "
                "samples.",
                files=listed(map(own_name, parts)),
            )
        )
    return headers[0] if headers else next(iter(parts))


def kind_of(data: bytes, name: str) -> str:
    """Return a file's format; empty if it is not supported.

    The name only helps to tell a WFDB header from a table, since both are text.
    """
    for start, kind in _BEGIN.items():
        if data.startswith(start):
            return kind
    if not data or not is_text(data) or any(data.startswith(start) for start in _OTHERS):
        return ""
    if name.lower().endswith(".hea") or looks_like_header(data[:4096].decode("latin-1")):
        return "WFDB"
    return "CSV"


def container_of(data: bytes) -> str:
    """Return HDF5 or MATLAB; empty for anything else.

    Compiled code unpacks these to a size that is not known beforehand, so they are read only from
    the user's own disk, never from an upload to a page.
    """
    return next((kind for start, kind in _CONTAINERS.items() if data.startswith(start)), "")


def name_disagrees(name: str, kind: str) -> str:
    """Return a remark if a file's name suggests another format; empty otherwise."""
    ending = PurePath(name).suffix.lower()
    if _NAMED.get(ending, kind) == kind:
        return ""
    return _(
        "Its name ends in {ending}, but it is {kind} and was read as such.",
        ending=ending,
        kind=kind,
    )


def refusal(data: bytes, name: str) -> UnreadableError:
    """Return the error for a file of unsupported format, which says what the file is if known."""
    file, ending = own_name(name), PurePath(name).suffix.lower()
    if not data:
        return UnreadableError(_("{file} is empty.", file=file))
    for start, what in _OTHERS.items():
        if data.startswith(start):
            return UnreadableError(
                _(
                    "{file} is {what}. The formats that can be read are {formats}.",
                    file=file,
                    what=what,
                    formats=", ".join(FORMATS),
                )
            )
    if ending == ".dat":
        return UnreadableError(
            _(
                "{name} needs its header {header} beside it.",
                name=file,
                header=f"{PurePath(file).stem}.hea",
            )
        )
    if kind := _NAMED.get(ending):
        said = {"file": file, "kind": kind}
        if kind in ("CSV", "WFDB"):
            return UnreadableError(
                _("{file} is not {kind}, although its name says so: it is not text.", **said)
            )
        return UnreadableError(
            _(
                "{file} is not {kind}, although its name says so: its contents begin differently.",
                **said,
            )
        )
    return UnreadableError(
        _("{file} has none of the formats {formats}.", file=file, formats=", ".join(FORMATS))
    )

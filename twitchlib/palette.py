"""The colours of the course: one role, one colour, in light and in dark.

A student learns once which colour is nerve and which is muscle; no lesson swaps them. Figures are
drawn in the light colours; a dark page replaces each with its dark counterpart.
"""

from typing import Final

__all__ = ["DARK", "LIGHT"]

LIGHT: Final[dict[str, str]] = {
    "page": "#FCFBF8",
    "panel": "#FFFFFF",
    "ink": "#1B2430",
    "muted": "#55606E",
    "line": "#8A94A0",
    "grid": "#E6E4DE",
    "nerve": "#0B5F8A",
    "muscle": "#A63D2F",
    "attention": "#8A5A00",
    "calm": "#1A6E5E",
}

DARK: Final[dict[str, str]] = {
    "page": "#12171D",
    "panel": "#1A2129",
    "ink": "#E9ECF0",
    "muted": "#A5AFBB",
    "line": "#6B7784",
    "grid": "#2A333D",
    "nerve": "#62B6E8",
    "muscle": "#F08A75",
    "attention": "#E7B24C",
    "calm": "#5CC8B0",
}


def css() -> str:
    """Return the palette as CSS custom properties ``--tw-<role>``.

    The dark palette applies if the page's body has the attribute that JupyterLab sets
    (``data-jp-theme-light="false"``); the course's own pages set it too.

    Examples
    --------
    >>> css().startswith(":root{--tw-page:#FCFBF8;")
    True
    """

    def rule(selector: str, colours: dict[str, str]) -> str:
        return selector + "{" + "".join(f"--tw-{k}:{v};" for k, v in colours.items()) + "}"

    return rule(":root", LIGHT) + rule('[data-jp-theme-light="false"]', DARK)

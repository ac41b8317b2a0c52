"""The map of the course, with links that work in JupyterLab and in Voilà alike."""

from IPython.display import Markdown

from twitchlib import guide

__all__ = ["lesson_map"]


def lesson_map() -> Markdown:
    """Return the lessons as a table of relative links.

    Both JupyterLab and Voilà resolve a relative link in Markdown against the page it stands on,
    which a link inside a widget would not get.
    """
    lines = ["| | lesson | the question it answers | minutes |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {name[:2]} | [{row['title']}]({name}.ipynb) | {row['question']} | {row['minutes']} |"
        for name, row in guide.rows("lessons").items()
    ]
    return Markdown("\n".join(lines))

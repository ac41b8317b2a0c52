"""Configure Sphinx for the documentation."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).parent
# Use this checkout, not an installed copy, here and in the processes that run lessons.
sys.path[:0] = [str(HERE), str(HERE.parent)]
os.environ["PYTHONPATH"] = os.pathsep.join(
    [str(HERE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
)

from twitchlib import __version__, palette  # noqa: E402

project = "twitchlib"
author = "The twitchlib authors"
copyright = f"{author}, CC BY 4.0"
release = version = __version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "twitchdocs"]
exclude_patterns = ["_build", "twitchdocs", "static"]
nitpicky = True
nitpick_ignore_regex = [
    # Names from other projects, whose documentation is not available offline.
    (r"py:.*", r"(?!twitchlib\.).*"),
    # References that Sphinx makes from annotations: not all of them can be resolved.
    (r"py:class", r".*"),
]
default_role = "py:obj"
smartquotes = False  # curly quotes are typed as such

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
nb_execution_mode = "off"  # `twitchdocs.lessons` runs the lessons

add_module_names = False
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_custom_sections = [("Attributes", "params_style")]
napoleon_use_rtype = False
python_maximum_signature_line_length = 88
toc_object_entries_show_parents = "hide"

html_theme = "furo"
html_title = "twitchlib"
html_static_path = ["static"]
html_css_files = ["course.css"]
html_copy_source = False
html_show_sphinx = False


def _css_variables(colours: dict[str, str]) -> dict[str, str]:
    return {
        "color-brand-primary": colours["nerve"],
        "color-brand-content": colours["nerve"],
        "color-background-primary": colours["page"],
        "color-background-secondary": colours["panel"],
        "color-foreground-primary": colours["ink"],
        "color-foreground-secondary": colours["muted"],
    }


html_theme_options = {
    "light_css_variables": _css_variables(palette.LIGHT),
    "dark_css_variables": _css_variables(palette.DARK),
    "top_of_page_buttons": [],
}

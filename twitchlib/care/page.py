"""A plan as one page of HTML that needs nothing else: to keep, to print, to take along."""

from html import escape
from typing import TYPE_CHECKING

from twitchlib import guide
from twitchlib.messages import gettext as _
from twitchlib.messages import language
from twitchlib.palette import LIGHT

if TYPE_CHECKING:
    from twitchlib.care.remedies import Plan, Remedy

__all__ = ["LONGEST_NOTE", "page"]

LONGEST_NOTE = 500

_STYLE = f"""
:root {{ color-scheme: light; }}
body {{ margin: 0 auto; max-width: 46rem; padding: 1.5rem;
  color: {LIGHT["ink"]}; background: {LIGHT["panel"]};
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }}
h1 {{ font-size: 1.6em; margin: 0 0 .25em; }} h2 {{ font-size: 1.15em; margin: 1.1em 0 .35em; }}
p {{ margin: 0 0 .4em; }} ul, ol {{ margin: 0; padding-left: 1.3em; }} li {{ margin: 0 0 .5em; }}
.small {{ color: {LIGHT["muted"]}; font-size: .87em; }} .note {{ white-space: pre-wrap; }}
table {{ border-collapse: collapse; width: 100%; }} td, th {{ border-top: 1px solid {LIGHT["line"]};
  padding: .25em .75em .25em 0; text-align: left; vertical-align: top; }}
@page {{ size: A4; margin: 12mm; }}
@media print {{ body {{ font-size: 9.5pt; line-height: 1.3; max-width: none; padding: 0; }}
  li {{ break-inside: avoid; margin-bottom: .3em; }} h2 {{ margin-top: .7em; }} }}
"""  # untranslated: a style sheet


def page(plan: "Plan", note: str = "") -> str:
    """Return a plan as a page of HTML, as `Plan.to_html` tells."""
    what_for = ", ".join(cause["name"] for cause in plan.causes) or _("nothing chosen yet")
    own = f'<p class="note">{escape(note[:LONGEST_NOTE])}</p>' if note.strip() else ""
    tries = "".join(_item(remedy) for remedy in plan.remedies)
    source = _(
        "From the course “Why do muscles twitch?” It repeats what a guide suggests and says what "
        "studies find. CC BY 4.0."
    )
    body = [
        f"<h1>{_('My plan')}</h1>",
        own,
        f"<p><strong>{_('For:')}</strong> {escape(what_for)}</p>",
        f"<h2>{_('What I can try')}</h2><ol>{tries}</ol>" if tries else "",
        _for_a_doctor(plan),
        _when(),
        f'<p class="small">{escape(_net("no-diagnosis"))} {escape(_net("in-doubt"))}</p>',
        f'<p class="small">{source}</p>',
    ]
    return (
        f'<!DOCTYPE html><html lang="{language()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_('My plan')}</title><style>{_STYLE}</style></head>"
        f"<body>{''.join(body)}</body></html>\n"
    )


def _item(remedy: "Remedy") -> str:
    asked = escape(remedy.ask_first)
    ask = f"<strong>{_('Ask first:')}</strong> {asked} " if asked else ""
    return (
        f"<li><strong>{escape(remedy.name)}.</strong> {escape(remedy.how_to)}<br>"
        f'<span class="small">{ask}<strong>{_("Studies:")}</strong> {escape(remedy.mark)} '
        f"{escape(remedy.verdict)}.</span></li>"
    )


def _for_a_doctor(plan: "Plan") -> str:
    if not plan.without:
        return ""
    names = escape(", ".join(cause["name"] for cause in plan.without))
    none = _("{causes}: no remedy at home is known.", causes=names)
    return f"<h2>{_('What belongs with a doctor')}</h2><p>{none}</p>"


def _when() -> str:
    rows = "".join(
        f"<tr><th>{escape(row['name'])}</th><td>{escape(row['symptoms'])}</td>"
        f"<td>{escape(row['action'])}</td></tr>"
        for row in guide.rows("actions").values()
    )
    return f"<h2>{_('When to see a doctor')}</h2><table>{rows}</table>"


def _net(name: str) -> str:
    return str(guide.rows("safety_net")[name]["text"])

"""A plan as one self-contained HTML page: to keep, to print, to take along."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from twitchlib import guide
from twitchlib.markup import Markup, each, html
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
    """Return a plan as an HTML page, as described in `Plan.to_html`."""
    return html(
        '<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>{title}</title><style>{style}</style></head>"
        "<body><h1>{title}</h1>{note}<p><strong>{for_}</strong> {causes}</p>{tries}{doctor}"
        '{when}<p class="small">{no_diagnosis} {in_doubt}</p><p class="small">{source}</p>'
        "</body></html>\n",
        language=language(),
        title=_("My plan"),
        style=Markup(_STYLE),
        note=html('<p class="note">{}</p>', note[:LONGEST_NOTE]) if note.strip() else "",
        for_=_("For:"),
        causes=_names(plan.causes) or _("nothing chosen yet"),
        tries=_tries(plan),
        doctor=_for_a_doctor(plan),
        when=_when(),
        no_diagnosis=guide.rows("safety_net")["no-diagnosis"]["text"],
        in_doubt=guide.rows("safety_net")["in-doubt"]["text"],
        source=_(
            "From the course “Why do muscles twitch?” It repeats what a guide suggests and says "
            "what studies find. CC BY 4.0."
        ),
    )


def _names(causes: "Iterable[guide.Row]") -> str:
    return ", ".join(cause["name"] for cause in causes)


def _tries(plan: "Plan") -> Markup:
    if not plan.remedies:
        return Markup()
    items = each("{}", map(_item, plan.remedies))
    return html("<h2>{}</h2><ol>{}</ol>", _("What I can try"), items)


def _item(remedy: "Remedy") -> Markup:
    ask = html("<strong>{}</strong> {} ", _("Ask first:"), remedy.ask_first)
    return html(
        "<li><strong>{remedy.name}.</strong> {remedy.how_to}<br>"
        '<span class="small">{ask}<strong>{studies}</strong> {remedy.mark} '
        "{remedy.verdict}.</span></li>",
        remedy=remedy,
        ask=ask if remedy.ask_first else "",
        studies=_("Studies:"),
    )


def _for_a_doctor(plan: "Plan") -> Markup:
    if not plan.without:
        return Markup()
    return html(
        "<h2>{}</h2><p>{}</p>",
        _("What belongs with a doctor"),
        _("{causes}: no remedy at home is known.", causes=_names(plan.without)),
    )


def _when() -> Markup:
    return html(
        "<h2>{}</h2><table>{}</table>",
        _("When to see a doctor"),
        each(
            "<tr><th>{0[name]}</th><td>{0[symptoms]}</td><td>{0[action]}</td></tr>",
            guide.rows("actions").values(),
        ),
    )

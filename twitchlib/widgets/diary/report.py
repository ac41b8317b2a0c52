"""The analysis of a diary as one HTML file that opens anywhere, also without the internet.

A diary may come from anywhere, so everything in it is escaped, and the page forbids by itself
(Content Security Policy) to run any script but its own, to load anything, and to send anything.
"""

import base64
import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from twitchlib.diary import Diary, relate
from twitchlib.figures.diary import plot_calendar, plot_relations, plot_trend
from twitchlib.messages import gettext as _
from twitchlib.messages import language
from twitchlib.palette import LIGHT
from twitchlib.widgets.diary.texts import CAUTIONS, reading_markup, summary_markup
from twitchlib.widgets.figure_view import plotly_module
from twitchlib.widgets.prose import text

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["report"]

_SCRIPT: Final = """
const { code, figures } = JSON.parse(document.getElementById("data").textContent);
const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
import(url).then(({ default: Plotly }) => {
  const config = { displayModeBar: false, responsive: true, showTips: false };
  figures.forEach(({ data, layout }, i) =>
    Plotly.newPlot(document.getElementById(`figure-${i}`), data, layout, config));
});
"""  # untranslated: a script

_STYLE: Final = f"""
:root {{ color-scheme: light; }}
body {{ background: {LIGHT["page"]}; color: {LIGHT["ink"]}; font: 16px/1.5 system-ui, sans-serif;
  margin: 0 auto; max-width: 960px; padding: 16px; font-variant-numeric: tabular-nums; }}
p, li {{ max-width: 70ch; overflow-wrap: anywhere; }}
figure {{ margin: 32px 0; }}
table {{ border-collapse: collapse; font-size: 14px; }}
th, td {{ border-bottom: 1px solid {LIGHT["grid"]}; padding: 4px 16px 4px 0; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }}
.table {{ overflow-x: auto; }}
summary {{ color: {LIGHT["nerve"]}; cursor: pointer; }}
.made-up {{ border: 2px solid {LIGHT["attention"]}; padding: 8px 16px; }}
"""  # untranslated: a style


def report(diary: Diary, *, others_equal: bool = False) -> str:
    """Return the analysis of a diary as a page of HTML.

    Parameters
    ----------
    diary : Diary
        What to analyse.
    others_equal : bool
        As in `twitchlib.diary.relate`.

    Examples
    --------
    >>> from pathlib import Path
    >>> from twitchlib import diary
    >>> page = report(diary.simulate(seed=1, n_days=60))
    >>> _ = Path("diary.html").write_text(page, encoding="utf-8")  # doctest: +SKIP
    """
    days = diary.days()
    synthetic = diary.synthetic
    figures = [
        plot_calendar(days, synthetic=synthetic),
        plot_trend(days, synthetic=synthetic),
        plot_relations(relate(days, others_equal=others_equal), synthetic=synthetic),
    ]
    heading = _("A diary of twitches")
    made_up = f'<p class="made-up">{_("A computer made this diary up, for teaching.")}</p>'
    parts = [
        f"<h1>{heading}</h1>",
        made_up if synthetic else "",
        summary_markup(diary) or f"<p>{_('No day was counted yet.')}</p>",
        CAUTIONS,
        *(_figure(i, figure) for i, figure in enumerate(figures)),
        _reading(diary),
    ]
    data = {
        "code": plotly_module().decode(),
        "figures": [_drawn(figure) for figure in figures],
    }
    return (
        f'<!doctype html><html lang="{language()}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy()}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{heading}</title><style>{_STYLE}</style></head><body>"
        f"{''.join(parts)}"
        f'<script type="application/json" id="data">{_inert(data)}</script>'
        f"<script>{_SCRIPT}</script></body></html>"
    )


def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}' blob:; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"  # untranslated: a policy
    )


def _inert(data: object) -> str:
    """Return JSON that stays within its element whatever it holds."""
    return json.dumps(data).replace("<", "\\u003c").replace(">", "\\u003e")


def _drawn(figure: "Figure") -> dict[str, Any]:
    """Return a figure as plotly.js takes it; what the page says in words stays out."""
    drawn: dict[str, Any] = json.loads(figure.to_json(engine="json"))
    layout = {name: part for name, part in drawn["layout"].items() if name not in ("title", "meta")}
    layout["height"] -= 24  # the room of the title
    layout["margin"] = {"t": 32}
    return {"data": drawn["data"], "layout": layout}


def _figure(number: int, figure: "Figure") -> str:
    meta, title = figure.layout.meta, text(figure.layout.title.text)
    listed = ""
    if "table" in meta:
        table = _table(meta["table"])
        listed = f"<details><summary>{_('As a table')}</summary>{table}</details>"
    return (
        f'<figure><h2>{title}</h2><div id="figure-{number}" role="img" aria-label="{title}"></div>'
        f"<figcaption><p>{text(meta['description'])}</p></figcaption>"
        f"{listed}</figure>"
    )


def _table(table: dict[str, Any]) -> str:
    head = "".join(f'<th scope="col">{text(name)}</th>' for name in table["columns"])
    rows = "".join(
        "<tr>" + "".join(f"<td>{'–' if v is None else text(v)}</td>" for v in row) + "</tr>"
        for row in table["rows"]
    )
    return f'<div class="table"><table><tr>{head}</tr>{rows}</table></div>'


def _reading(diary: Diary) -> str:
    """Return how the file was read, every problem, and every row that was set aside."""
    if not diary.remarks:
        return ""
    problems = [[p.line, p.heading, p.what] for p in diary.problems]
    aside = [[p.line, " | ".join(p.row)] for p in diary.problems if p.row]
    said = f"<h2>{_('The file')}</h2>{reading_markup(diary)}"
    if problems:
        columns = [_("Line"), _("Column"), _("What could not be used")]
        said += _table({"columns": columns, "rows": problems})
    if aside:
        said += f"<h3>{_('Rows set aside, word for word')}</h3>"
        said += _table({"columns": [_("Line"), _("Row")], "rows": aside})
    return said

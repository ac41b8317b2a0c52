"""The analysis of a diary as one HTML file that opens anywhere, even without the internet.

A diary may come from anywhere, so everything in it is escaped, and the page's own Content Security
Policy forbids any script but its own, and loading or sending anything.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from itertools import starmap
from typing import TYPE_CHECKING, Any, Final

from twitchlib.diary import Diary, relate
from twitchlib.figures.diary import plot_calendar, plot_relations, plot_trend
from twitchlib.markup import Markup, each, html
from twitchlib.messages import gettext as _
from twitchlib.messages import language
from twitchlib.palette import LIGHT
from twitchlib.widgets.diary.texts import CAUTIONS, reading_markup, summary_markup
from twitchlib.widgets.figure_view import plotly_module

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
        The diary to analyse.
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
    made_up = html('<p class="made-up">{}</p>', _("A computer made this diary up, for teaching."))
    data = {
        "code": plotly_module().decode(),
        "figures": [_drawn(figure) for figure in figures],
    }
    return html(
        '<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>{heading}</title><style>{style}</style></head><body>"
        "<h1>{heading}</h1>{made_up}{summary}{cautions}{figures}{reading}"
        '<script type="application/json" id="data">{data}</script>'
        "<script>{script}</script></body></html>",
        language=language(),
        policy=Markup(_policy()),
        heading=_("A diary of twitches"),
        style=Markup(_STYLE),
        made_up=made_up if synthetic else "",
        summary=summary_markup(diary) or html("<p>{}</p>", _("No day has been counted yet.")),
        cautions=CAUTIONS,
        figures=each("{}", starmap(_figure, enumerate(figures))),
        reading=_reading(diary),
        data=_inert(data),
        script=Markup(_SCRIPT),
    )


def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}' blob:; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"  # untranslated: a policy
    )


def _inert(data: object) -> Markup:
    """Return JSON that cannot break out of its element, whatever it holds."""
    return Markup(json.dumps(data).replace("<", "\\u003c").replace(">", "\\u003e"))


def _drawn(figure: "Figure") -> dict[str, Any]:
    """Return a figure for plotly.js, without the parts that the page gives as text."""
    drawn: dict[str, Any] = json.loads(figure.to_json(engine="json"))
    layout = {name: part for name, part in drawn["layout"].items() if name not in ("title", "meta")}
    layout["height"] -= 24  # the space of the title
    layout["margin"] = {"t": 32}
    return {"data": drawn["data"], "layout": layout}


def _figure(number: int, figure: "Figure") -> Markup:
    meta = figure.layout.meta
    listed = (
        html("<details><summary>{}</summary>{}</details>", _("As a table"), _table(**meta["table"]))
        if "table" in meta
        else ""
    )
    return html(
        '<figure><h2>{title}</h2><div id="figure-{number}" role="img" aria-label="{title}"></div>'
        "<figcaption><p>{said}</p></figcaption>{listed}</figure>",
        title=figure.layout.title.text,
        number=number,
        said=meta["description"],
        listed=listed,
    )


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Markup:
    cells = (each("<td>{}</td>", ("–" if v is None else v for v in row)) for row in rows)
    return html(
        '<div class="table"><table><tr>{}</tr>{}</table></div>',
        each('<th scope="col">{}</th>', columns),
        each("<tr>{}</tr>", cells),
    )


def _reading(diary: Diary) -> Markup:
    """Return how the file was read, with every problem and every row that was set aside."""
    if not diary.remarks:
        return Markup()
    problems = [[p.line, p.heading, p.what] for p in diary.problems]
    aside = [[p.line, " | ".join(p.row)] for p in diary.problems if p.row]
    said = html("<h2>{}</h2>{}", _("The file"), reading_markup(diary))
    if problems:
        said += _table([_("Line"), _("Column"), _("What could not be used")], problems)
    if aside:
        said += html("<h3>{}</h3>", _("Rows set aside, word for word"))
        said += _table([_("Line"), _("Row")], aside)
    return said

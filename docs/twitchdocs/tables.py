"""Write pages from tables: model cards, claims, sources, words, notes, questions, the tables."""

from collections import Counter, defaultdict
from pathlib import Path

from twitchdocs.pages import escape, put, sweep
from twitchlib import guide, quiz
from twitchlib.guide import Reference, Row
from twitchlib.physiology import models
from twitchlib.places import folder as course
from twitchlib.serving.duration import minutes

__all__ = ["write"]


def write(folder: Path) -> None:
    """Write the science pages into a folder."""
    pages = {
        "evidence.md": _evidence(),
        "glossary.md": _glossary(),
        "models.md": _models(),
        "questions.md": _questions(),
        "references.md": _references(),
        "tables.md": _tables(),
        "teaching.md": _teaching(),
    }
    pages |= {f"model_{name}.md": card.to_markdown() for name, card in models().items()}
    for name, text in pages.items():
        put(folder / name, text)
    sweep(folder, set(pages))


def _models() -> str:
    cards = models().values()
    lines = [
        "# Models",
        "",
        "Each model has a card: what the model includes, what it leaves out, where it is valid,"
        " every parameter with its source, and published values beside the model's own. The check"
        " values on these pages were computed when the pages were built. Parameters marked"
        " *illustrative* were chosen for teaching.",
        "",
        "| model | module | parameters | check values |",
        "| --- | --- | --- | --- |",
    ]
    for card in cards:
        parameters = sum(len(quantities) for quantities in card.parameters.values())
        module = f"twitchlib.physiology.{card.name}"
        lines.append(
            f"| [{card.title}](model_{card.name}.md) | [`{module}`](../api/{module}.md) "
            f"| {parameters} | {len(card.checks)} |"
        )
    toctree = ["", "```{toctree}", ":hidden:", "", *(f"model_{c.name}" for c in cards), "```", ""]
    return "\n".join([*lines, *toctree])


def _evidence() -> str:
    claims, verdicts = guide.rows("claims"), guide.rows("verdicts")
    counts = Counter(row["verdict"] for row in claims.values())
    lines = [
        "# Evidence",
        "",
        f"The guide makes {len(claims)} claims. Each has a verdict from the literature, in one of"
        " four words. A verdict judges the claim, not anyone's body.",
        "",
        "| mark | word | it means | claims |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| {row['mark']} | **{row['word']}** | {escape(row['meaning'])} | {counts[name]} |"
        for name, row in verdicts.items()
    ]
    by_topic: dict[str, list[Row]] = defaultdict(list)
    for row in claims.values():
        by_topic[row["topic"]].append(row)
    for topic, rows in by_topic.items():
        lines += ["", f"## {topic.replace('-', ' ').capitalize()}"]
        for row in rows:
            lines += ["", *_claim(row, verdicts[row["verdict"]])]
    return "\n".join([*lines, ""])


def _claim(row: Row, verdict: Row) -> list[str]:
    text = f"{verdict['mark']} **{verdict['word']}.** {escape(row['comment'])}"
    known = guide.references()
    sources = [f"{{ref}}`{known[key].short} <{_label(key)}>`" for key in row["references"]]
    if sources:
        text += f" Sources: {'; '.join(sources)}."
    if row["unchecked"]:
        text += f" *Not checked:* {escape(row['unchecked'])}"
    return [
        f"(claim-{row['id'].lower()})=",
        f"**{row['id']}.** The guide says: {escape(row['claim'])}",
        f": {text}",
    ]


def _references() -> str:
    cited: dict[str, list[str]] = defaultdict(list)
    for claim, row in guide.rows("claims").items():
        for key in row["references"]:
            cited[key].append(claim)
    lines = [
        "# Sources",
        "",
        "What the evidence rests on, and how much of each source was read. A source is listed only"
        " if at least its abstract, or a page that quotes it, was read.",
    ]
    for key, source in sorted(guide.references().items(), key=lambda item: item[1].short.lower()):
        lines += ["", f"({_label(key)})=", escape(source.short), f": {_entry(source, cited[key])}"]
    return "\n".join([*lines, ""])


def _entry(source: Reference, claims: list[str]) -> str:
    parts = [escape(source.author.replace(" and ", "; ")), f"*{escape(source.title)}*"]
    parts += [escape(part) for part in (source.journal, source.year) if part]
    text = ". ".join(part.rstrip(".") for part in parts if part) + "."
    if source.address:
        text += f" <{source.address}>."
    if source.note:
        text += f" {escape(source.note).rstrip('.')}."
    if claims:
        links = ", ".join(f"{{ref}}`{claim} <claim-{claim.lower()}>`" for claim in claims)
        text += f" Cited at {links}."
    return text


def _label(key: str) -> str:
    return f"source-{key.lower()}"


def _glossary() -> str:
    lines = ["# Words", "", "What each word means here.", "", "```{glossary}", ":sorted:", ""]
    for row in guide.rows("glossary").values():
        also = f" Also: {', '.join(row['also'])}." if row["also"] else ""
        lines += [row["term"], f"    {escape(row['meaning'])}{escape(also)}", ""]
    return "\n".join([*lines, "```", ""])


def _teaching() -> str:
    lines = [
        "# Lesson by lesson",
        "",
        "How long each lesson takes and, for each step, what students usually predict, the idea"
        " behind that prediction, what to ask, and what to add to the lesson's address to begin"
        " there. The predictions come from teaching experience, not from a study. The notes are in"
        " `data/teaching.csv`, and the course shows them while you present.",
    ]
    for name, lesson in guide.rows("lessons").items():
        notes = [row for row in guide.rows("teaching").values() if row["lesson"] == name]
        if not notes:
            continue
        takes = minutes(course("notebooks") / f"{name}.ipynb")
        lines += [
            "",
            f"## {name[:2]} {escape(lesson['title'])}",
            "",
            f"*{takes.sentence}* {escape(lesson['summary'])}",
        ]
        for note in notes:
            asked = note["prediction"] and guide.rows("predictions")[note["prediction"]]["prompt"]
            lines += [
                "",
                f"### {escape(note['step'])}",
                "",
                *([f"- The prediction: {escape(asked)}"] if asked else []),
                f"- *{note['minutes']} minutes.* They usually predict: {escape(note['predict'])}",
                f"- The idea behind it: “{escape(note['misconception'])}”",
                *(f"- Ask: {escape(question)}" for question in note["ask"]),
            ]
            if note["link"]:
                lines.append(f"- Begin with `?{note['link']}`")
    return "\n".join([*lines, ""])


_SKILLS = {
    "remember": "to recall what the lesson says",
    "understand": "to say why",
    "apply": "to carry it over to a new case",
    "analyse": "to take a case apart",
}


def _questions() -> str:
    lines = [
        "# Questions",
        "",
        "Which skills the questions of each lesson require. The two forms of the test before and"
        " after the course cover the same twelve concepts in different words.",
        "",
        *(f"- *{skill}*: {meaning}" for skill, meaning in _SKILLS.items()),
        "",
        "| asked in | " + " | ".join(_SKILLS) + " | all |",
        "| --- " * (len(_SKILLS) + 2) + "|",
    ]
    titles = guide.rows("lessons")
    groups = {
        f"{name[:2]} {titles[name]['title']}": asked for name, asked in quiz.lessons().items()
    }
    groups |= {f"form {name}": asked for name, asked in quiz.forms().items()}
    for title, asked in groups.items():
        counts = Counter(question.skill for question in asked)
        cells = [str(counts[skill]) for skill in _SKILLS]
        lines.append(f"| {escape(title)} | {' | '.join(cells)} | {len(asked)} |")
    lines += [
        "",
        "## The concepts of the two forms",
        "",
        "| concept | lesson | skill |",
        "| --- | --- | --- |",
    ]
    lines += [
        f"| {escape(question.concept)} | {question.lesson[:2]} | {question.skill} |"
        for question in next(iter(quiz.forms().values()))
    ]
    return "\n".join([*lines, ""])


def _tables() -> str:
    lines = [
        "# Tables",
        "",
        "What the course knows is in small tables that a teacher can edit."
        " {py:obj}`guide.table <twitchlib.guide.table>` returns a table as a DataFrame with the"
        " first column as its index. `data/datapackage.json` describes the tables in the terms of"
        " the Data Package standard.",
    ]
    for resource in guide.load().schema.values():
        if not resource.is_table:
            continue
        rows = len(guide.rows(resource.name))
        lines += [
            "",
            f"## {resource.name}",
            "",
            f"{escape(resource.description)} `data/{resource.path}`, {rows} rows.",
            "",
            "| column | type | meaning |",
            "| --- | --- | --- |",
        ]
        lines += [
            f"| `{field.name}` | {field.type} | {escape(field.description)} |"
            for field in resource.fields
        ]
    return "\n".join([*lines, ""])

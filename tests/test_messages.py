"""Every word that code shows is in the catalogue, and a catalogue reaches every word."""

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from translation import extractors
from translation.catalogue import collect, misfits, write
from translation.unmarked import unmarked
from twitchlib import messages
from twitchlib.guide.tables import read_guide
from twitchlib.places import folder

ROOT = Path(__file__).parents[1]
# Modules with messages only for those who edit the tables or package the course.
FOR_AUTHORS = {
    "guide/__init__.py",
    "guide/errors.py",
    "guide/references.py",
    "guide/schema.py",
    "guide/tables.py",
    "messages.py",
    "places.py",
}
MODULES = sorted(
    path.relative_to(ROOT / "twitchlib").as_posix() for path in ROOT.glob("twitchlib/**/*.py")
)


@pytest.mark.parametrize("module", [name for name in MODULES if name not in FOR_AUTHORS])
def test_what_a_reader_sees_is_marked(module: str) -> None:
    source = (ROOT / "twitchlib" / module).read_text(encoding="utf-8")
    assert [f"{line}: {text}" for line, text in sorted(unmarked(source))] == []


def test_the_template_holds_what_code_and_tables_show(tmp_path: Path) -> None:
    found = collect()
    write(found, tmp_path / "twitchlib.pot")
    with (tmp_path / "twitchlib.pot").open("rb") as file:
        listed = {message.id for message in read_po(file) if message.id}
    assert listed == {message.id for message in found if message.id}
    # From Python, a script, the page's own script, a template, and a table.
    for text in ("Reset", "This figure is on its way.", "Begin again", "Lessons", "Caffeine"):
        assert text in listed, text


def test_every_placeholder_has_a_name() -> None:
    for message in collect():
        for text in [*message.id] if isinstance(message.id, tuple) else [str(message.id)]:
            if "%{" not in text:
                assert all(name is None or name for _, name, _, _ in Formatter().parse(text)), text


@pytest.fixture
def language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Switch to a language: ``language({"English": "other"}, places={"English": "a.js"})``."""

    def switch(texts: Mapping[Any, Any], places: Mapping[str, str] | None = None) -> None:
        catalogue = Catalog(locale="de")
        for english, other in texts.items():
            place = (places or {}).get(english, "a.py")
            catalogue.add(english, other, locations=[(place, 0)])
        write(catalogue, tmp_path / "de.po")
        monkeypatch.setenv(messages.LANGUAGE, str(tmp_path / "de.po"))
        clear_caches()

    def clear_caches() -> None:
        messages._read.cache_clear()
        messages._catalogue.cache_clear()

    yield switch
    monkeypatch.undo()
    clear_caches()


def test_a_text_is_shown_in_the_chosen_language(language: Any) -> None:
    language({"{n_units} units": "{n_units} Einheiten", "Reset": "Zurück"})
    assert messages.gettext("{n_units} units", n_units=3) == "3 Einheiten"
    assert messages.gettext("Reset") == "Zurück"
    assert messages.gettext("Not yet translated") == "Not yet translated"
    assert messages.gettext("") == ""
    assert messages.language() == "de"


@pytest.mark.parametrize(("n", "text"), [(1, "ein Schlag"), (2, "2 Schläge"), (1.5, "1.5 Schläge")])
def test_a_number_takes_its_plural_form(language: Any, n: float, text: str) -> None:
    language({("one beat", "{n} beats"): ("ein Schlag", "{n} Schläge")})
    assert messages.ngettext("one beat", "{n} beats", n) == text


@pytest.mark.parametrize(
    "mistake", ["{other} Hz", "{rate_hz:q} Hz", "{rate_hz", "{0} Hz", "{rate_hz.x}"]
)
def test_a_mistake_in_a_translation_falls_back_to_english(language: Any, mistake: str) -> None:
    language({"{rate_hz} Hz": mistake})
    assert messages.gettext("{rate_hz} Hz", rate_hz=5) == "5 Hz"


@pytest.mark.parametrize(("code", "label"), [("en", "sleep"), ("fr", "sleep"), ("de-AT", "Sleep")])
def test_a_label_inside_a_sentence_follows_the_language(
    code: str, label: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "language", lambda: code)
    assert messages.inside("Sleep") == label


def test_only_the_first_letter_of_a_sentence_changes() -> None:
    assert messages.beginning("see Dr Who") == "See Dr Who"
    assert messages.beginning("") == messages.inside("") == ""


def test_scripts_get_only_the_texts_of_scripts(language: Any) -> None:
    language({"Reset": "</script>", "Force": "Kraft"}, {"Reset": "a.js"})
    assert messages.script().startswith('const TEXTS = {"Reset": "<\\/script>"};')


def test_an_unknown_language_is_refused_with_the_known_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for value, allowed in (("de_CH", "must be en"), ("/nowhere/de.po", "an existing file")):
        monkeypatch.setenv(messages.LANGUAGE, value)
        with pytest.raises(ValueError, match=rf"TWITCHLIB_LANGUAGE = '{value}': .*{allowed}"):
            messages._path()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"these are no messages", b'msgid "a\nb"'])
def test_a_file_that_is_not_a_catalogue_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    (tmp_path / "de.po").write_bytes(content)
    monkeypatch.setenv(messages.LANGUAGE, str(tmp_path / "de.po"))
    with pytest.raises(ValueError, match=r"TWITCHLIB_LANGUAGE = .*: is not a message catalogue"):
        messages._read.__wrapped__()


def test_tables_are_translated_and_their_ids_are_not(language: Any) -> None:
    language({"Caffeine": "Koffein"})
    causes = read_guide(folder("data")).tables["causes"]
    assert causes["caffeine"]["name"] == "Koffein"
    assert causes["caffeine"]["id"] == "caffeine"


def test_placeholders_that_differ_are_reported() -> None:
    catalogue = Catalog(locale="de")
    catalogue.add("{n} beats", "{m} Schläge")
    catalogue.add("{n} units", "{n} Einheiten")
    catalogue.add(("one", "{n} of them"), ("{n} davon", "{n} davon"))
    assert misfits(catalogue) == ["{n} beats"]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('"""Words of a docstring."""\ntitle = "Force over time"', ["Force over time"]),
        ('title = _("Force over time")', []),
        ('title = f"{n} units fire"', ["{} units fire"]),
        ("title = f\"<h3>{_('Your plan')}</h3>\"", []),
        ('label = "Reset"', ["Reset"]),
        ('kind: "Figure" = make("clonus")', []),
        ('_log.warning("a callback failed")', []),
        ('source = "Hodgkin and Huxley 1952, doi:10.1113/jphysiol.1952.sp004764"', []),
        ('style = "margin: 0 auto"  # untranslated: a style', []),
        ('show(\n"Force over time",\n"#fff")  # untranslated: a colour', ["Force over time"]),
    ],
)
def test_unmarked_words_are_found(source: str, found: list[str]) -> None:
    assert [text for _, text in unmarked(source)] == found


def test_marked_words_are_found_inside_an_f_string_too() -> None:
    source = "f\"<h3>{_('Your plan')}</h3>\"; ngettext('{n} beat', '{n} beats', 2)"
    found = [text for _, _, text, _ in extractors.python(BytesIO(source.encode()), {}, [], {})]
    assert found == ["Your plan", ("{n} beat", "{n} beats")]


def test_words_put_together_before_they_are_marked_are_refused() -> None:
    with pytest.raises(ValueError, match="line 2: _\\(\\) wants a text written out"):
        list(extractors.python(BytesIO(b'\n_(f"{n} beats")'), {}, [], {}))

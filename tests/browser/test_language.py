"""In a pseudo-language that puts every marked text in brackets, no word is outside them."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.conftest import Visit
from tests.servers import Server
from translation.pseudo import BRACKETS, write_pseudo
from twitchlib import guide
from twitchlib.messages import LANGUAGE
from twitchlib.places import folder
from twitchlib.serving import instructor
from twitchlib.serving.lessons import find_lessons

pytestmark = pytest.mark.browser

PAGES = [
    # The cookbook shows what functions return, which is the same in every language.
    *(f"voila/render/{name}.ipynb" for name in guide.rows("lessons") if name[:2] != "08"),
    "instructor",
    "instructor/notes/03_triggers",
    "missing",
]
UNITS_AND_FORMATS = {"CSV", "PNG", "SVG", "cm²", "min", "mmol", "rad"}
# Titles and headings come from the lessons' own text.
LESSONS = find_lessons(folder("notebooks"))
OWN_WORDS = [
    *(lesson.title for lesson in LESSONS),
    *(
        step.heading
        for lesson in LESSONS
        for step in instructor.steps(folder("notebooks") / lesson.file)
    ),
]
# A lesson's own text, code and the names of licences are not in the catalogue.
SHOWN = """
() => {
  const page = document.body.cloneNode(true);
  const silent = "script, style, noscript, .prose, pre, code, abbr";
  for (const part of page.querySelectorAll(silent)) part.remove();
  const words = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (words.nextNode()) texts.push(words.currentNode.data);
  const shown = [texts.join(" ")];
  for (const part of page.querySelectorAll("[aria-label], [title], [placeholder]")) {
    for (const name of ["aria-label", "title", "placeholder"]) {
      if (part.hasAttribute(name)) shown.push(part.getAttribute(name));
    }
  }
  return shown;
}
"""


@pytest.fixture(scope="module")
def course(serve: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the course in the pseudo-language."""
    catalogue = tmp_path_factory.mktemp("language") / "brackets.po"
    write_pseudo(catalogue)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(LANGUAGE, str(catalogue))
        yield serve(folder("notebooks")).url


def outside(text: str) -> list[str]:
    """Return the words of a text that are outside brackets."""
    opening, closing = BRACKETS
    kept, depth = [], 0
    for letter in text:
        depth += (letter == opening) - (letter == closing)
        kept.append(letter if depth == 0 and letter != closing else " ")
    return [
        word for word in re.findall(r"[^\W\d_]{3,}", "".join(kept)) if word not in UNITS_AND_FORMATS
    ]


@pytest.mark.parametrize("path", PAGES)
def test_every_word_is_in_brackets(course: str, page_at: Callable[..., Visit], path: str) -> None:
    page: Page = page_at(course + path).page
    assert page.evaluate("document.documentElement.lang") == "eo"
    own = "|".join([*map(re.escape, sorted(OWN_WORDS, key=len, reverse=True)), r"\w+=[\w-]+"])
    shown = page.evaluate(SHOWN)
    assert BRACKETS[0] in shown[0]
    assert [words for text in shown if (words := outside(re.sub(own, "", text)))] == []

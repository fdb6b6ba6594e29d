"""The concept inventory as a page that marks itself, and as a sheet with its key. Nothing is loaded or sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html import escape

from core.basics.words import say
from core.lessons.inventory import CHOICES, Question
from core.lessons.papers.html import STYLE, boxed, marked, page, paragraph, table
from core.lessons.papers.sheet import Sheet

FORM_STYLE = STYLE + (
    "label{display:block;padding:.2em 0}.told{font-style:italic}.right{font-weight:bold}"
    "button{font:inherit;padding:.4em 1em}output{display:block;margin:1em 0}"
)
SCRIPT = """
const said = JSON.parse(document.getElementById('said').textContent);
document.getElementById('mark').addEventListener('click', () => {
  let right = 0; const made = {}, could = {};
  said.questions.forEach((choices, number) => {
    const chosen = document.querySelector(`input[name=q${number}]:checked`);
    const told = document.getElementById('told' + number);
    choices.forEach(([mistake]) => { if (mistake) could[mistake] = (could[mistake] || 0) + 1; });
    if (!chosen) { told.textContent = said.nothing; return; }
    const [mistake, sentence] = choices[+chosen.value];
    if (mistake) { made[mistake] = (made[mistake] || 0) + 1; told.textContent = sentence; }
    else { right += 1; told.textContent = said.right; }
  });
  const lines = Object.entries(made)
    .sort((a, b) => b[1] / could[b[0]] - a[1] / could[a[0]] || b[1] - a[1])
    .map(([mistake, count]) => `${mistake}: ${count} / ${could[mistake]}`);
  const result = document.getElementById('result');
  result.textContent = `${right} / ${said.questions.length}`;
  lines.forEach(line => { const row = document.createElement('div'); row.textContent = line; result.append(row); });
  result.scrollIntoView();
});
"""


def self_marking(title: str, questions: Sequence[Question]) -> str:
    """A page in which one chooses, and that says what the choices show."""
    said = {
        "right": say("lessons.right-choice", "Right."),
        "nothing": say("lessons.nothing-chosen", "Nothing chosen."),
        "questions": [[[one.mistake, one.say] for one in question.choices] for question in questions],
    }
    data = json.dumps(said, ensure_ascii=False).replace("</", "<\\/")
    button = f'<button id="mark" type="button">{escape(say("lessons.mark", "Mark my answers"))}</button>'
    body = [
        f"<h1>{marked(title)}</h1>",
        *(_form(number, question) for number, question in enumerate(questions)),
        button,
        '<output id="result"></output>',
        f'<script type="application/json" id="said">{data}</script>',
    ]
    return page(title, body, FORM_STYLE, SCRIPT)


def inventory_sheet(title: str, questions: Sequence[Question]) -> Sheet:
    """The sheet and its key, which says of each choice what it shows."""
    key = say("lessons.key-title", "{title}: answers", title=title)
    name = paragraph(say("lessons.name-and-date", "Name: ____________________ Date: __________"), "name")
    asked = [_printed(number, question) for number, question in enumerate(questions, 1)]
    solved = [_solved(number, question) for number, question in enumerate(questions, 1)]
    return Sheet(
        page(title, [f"<h1>{marked(title)}</h1>", name, *asked]), page(key, [f"<h1>{marked(key)}</h1>", *solved])
    )


def _form(number: int, question: Question) -> str:
    choices = "".join(
        f'<label><input type="radio" name="q{number}" value="{place}"> {escape(choice.text)}</label>'
        for place, choice in enumerate(question.choices)
    )
    told = f'<div class="told" id="told{number}"></div>'
    return boxed([*_head(number + 1, question), choices, told])


def _printed(number: int, question: Question) -> str:
    choices = "".join(f"<p>{letter}. {escape(one.text)}</p>" for letter, one in zip(CHOICES, question.choices))
    return boxed([*_head(number, question), choices])


def _solved(number: int, question: Question) -> str:
    heads = (say("lessons.choice", "choice"), say("lessons.value", "value"), say("lessons.shows", "shows"),
             say("lessons.is-told", "is told"))  # fmt: skip
    right = say("lessons.is-right", "right")
    rows = [(letter, one.text, one.mistake or right, one.say) for letter, one in zip(CHOICES, question.choices)]
    return boxed([*_head(number, question), table(heads, rows)])


def _head(number: int, question: Question) -> Iterator[str]:
    yield f"<h2>{number}.</h2><pre>{escape(question.program)}</pre>"
    yield paragraph(say("lessons.at-point", "At {point}.", point=question.point) if question.point else "")
    yield paragraph(question.text)

"""A lesson as slides for a wall: one page that needs nothing else, gone through by keys; a question, then its answer.

A picture for each slide is handed in by who can draw one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from core.basics.words import say
from core.lessons.guide import Stop, guided
from core.lessons.lesson import Lesson
from core.lessons.papers.html import marked, page, paragraph
from core.notation import number

Draw = Callable[[Stop], str]
"""The picture of a moment as SVG; "" for none."""
STYLE = (
    ":root{color-scheme:light dark}body{margin:0;background:Canvas;color:CanvasText;font:min(3.2vw,5vh)/1.4 sans-serif}"
    "section{display:none;box-sizing:border-box;min-height:100vh;padding:6vh 8vw;flex-direction:column;"
    "justify-content:center}section.now{display:flex}h1{font-size:1.6em;margin:0 0 .6em}p{margin:.4em 0}"
    "pre{font-size:.8em;border-left:.2em solid;padding-left:1em;white-space:pre-wrap}.answer{font-size:1.4em;"
    "font-weight:bold}svg{max-width:100%;max-height:50vh}ol{margin:.3em 0}footer{position:fixed;right:2vw;bottom:1vh;"
    "font-size:.5em;opacity:.6}@media print{section{display:flex;break-after:page}footer{display:none}}"
)
SCRIPT = (
    "let all=[...document.querySelectorAll('section')],at=Math.min(Math.max((+location.hash.slice(1)||1)-1,0),"
    "all.length-1);function show(n){at=Math.min(Math.max(n,0),all.length-1);all.forEach((s,i)=>"
    "s.classList.toggle('now',i===at));document.querySelector('footer').textContent=(at+1)+' / '+all.length;"
    "history.replaceState(null,'','#'+(at+1))}addEventListener('keydown',e=>{let k=e.key;"
    "if(['ArrowRight',' ','PageDown','Enter'].includes(k))show(at+1);else if(['ArrowLeft','PageUp','Backspace']"
    ".includes(k))show(at-1);else if(k==='Home')show(0);else if(k==='End')show(all.length-1);else return;"
    "e.preventDefault()});addEventListener('click',e=>show(at+(e.clientX<innerWidth/4?-1:1)));show(at)"
)


def nothing(stop: Stop) -> str:
    """No picture."""
    return ""


def slides(lesson: Lesson, draw: Draw = nothing) -> str:
    """The slides of a lesson; raises ProgramError where its program cannot be run."""
    body = [_slide(part) for part in _slides(lesson, draw)]
    return page(lesson.title, [*body, "<footer></footer>"], STYLE, SCRIPT)


def _slide(parts: list[str]) -> str:
    return f"<section>{''.join(parts)}</section>"


def _slides(lesson: Lesson, draw: Draw) -> Iterator[list[str]]:
    point = ", ".join(f"{name} = {number(value)}" for name, value in lesson.inputs.items())
    program = f"<pre>{marked(lesson.program.strip(chr(10)))}</pre>"
    yield [f"<h1>{marked(lesson.title)}</h1>", paragraph(lesson.after), program, paragraph(point)]
    for stop in guided(lesson):
        opened, closed, picture = stop.opened, stop.closed, draw(stop)
        choices = f"<ol>{''.join(f'<li>{marked(one)}</li>' for one in opened.choices)}</ol>" if opened.choices else ""
        shown = [picture, paragraph(opened.say), paragraph(opened.asked), choices]
        yield shown
        if closed.right:
            answer = say("lessons.answer-is", "The answer: {answer}.", answer=closed.right)
            yield [picture, paragraph(opened.asked), paragraph(answer, "answer"), paragraph(closed.then)]

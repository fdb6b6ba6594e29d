"""Strings are filled as Python fills them: `format`, `%`, and the methods with which programs print their tables."""

import pytest

from core.language import parse

TEXTS = (
    "'{} {:.3f} {:>5}|{:<6}|{:^7}|'.format(1, 2.5, 3, 'ab', 'mid')",
    "'{0} {1} {0}'.format('a', 'b')",
    "'{x:.2f} {y}'.format(x=1.234, y=[1, 'b'])",
    "'{{}} {!r} {!s}'.format('q', 'q')",
    "'{:{w}.{p}f}|{:{}}'.format(3.14159, 'a', 5, w=8, p=2)",
    "'{:,} {:.1%} {:+d} {:08.3f} {:e}'.format(1234567, .256, 5, 3.14159, 12345.6)",
    "'{text} {values} {self}'.format(text=1, values='b', self=2)",
    "'{!r:>5}|{!s:.2}|{!a}'.format('a', 3.25, 'b') + f'{1.5!r:>6}|{2.25!s:.3}|{\"c\"!r}'",
    "'%d %5.2f %s %r %e %g %x %o %%' % (3.7, 2.0, [1, 'a'], 'b', 12345.678, 1e-7, 255, 8)",
    "'%s' % 'x' + '%d' % 2.9 + '%s' % [1] + 'nothing' % ()",
    "'%(a)d-%(b)s' % {'a': 1, 'b': 2}",
    "'%5s|%-5s|%05d|%+.1f' % ('a', 'b', 42, 1.0)",
    "'a-b-c'.replace('-', '+') + '7'.zfill(3) + ' x '.lstrip() + ' x '.rstrip() + 'hello'.capitalize()",
    "['abcabc'.find('ca'), 'abc'.find('z'), 'abca'.count('a'), 'abc'.index('c'), 'x\\ny'.splitlines()]",
    "['12'.isdigit(), 'ab'.isalpha(), 'A'.isupper(), 'a'.islower(), ' '.isspace()]",
    "[repr(1.0), repr('a'), repr([None, True])]",
    "[dict(a=1, b=2), dict([(1, 2)], c=3), dict({'d': 4})]",
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_string_is_filled_as_python_fills_it(text):
    """`eval` sees only the texts above."""
    outcome = parse(text).execute({})
    assert outcome.failure is None, str(outcome.failure)
    assert outcome.value == eval(text)


def test_a_tensor_fills_a_place_with_its_number():
    """A loss that is printed shows its value, not a tensor."""
    outcome = parse("x = 2.0\nprint('%.2f {:.1f} %s'.format(x*x) % (x + 1, x))").execute({"x": 2.0})
    assert outcome.printed == "3.00 4.0 2.0\n"

"""Where the lines of a text end. Knows texts only."""

import re

LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")


def with_plain_lines(text: str) -> str:
    """The text with every end of a line that files, Python or editors know written as a newline."""
    return LINE_ENDS.sub("\n", text) if "\r" in text or not text.isascii() else text

"""Which characters a format can hold, and what stands for the others. Knows texts only."""

import re

NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Everything outside the `Char` of Extensible Markup Language (XML) 1.0, section 2.2."""
UNKNOWN = "\ufffd"


def for_xml(text: str) -> str:
    """The text with a replacement character for each that no XML document may hold."""
    return NOT_IN_XML.sub(UNKNOWN, text)


def one_line(text: str) -> str:
    """The text without anything that a reader of lines might take for the end of one."""
    return " ".join(text.splitlines())

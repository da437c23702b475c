"""Mistakes of the hand, for tests that draw them and for the long runs of `make fuzz`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

ODD = [
    " ", "  ", "   ", "    ", "\t", "\n", "\n\n", "-", "- ", "* ", "+ ", "1. ", "2. ", "1) ", "3.", "10. ", "1234567890. ",
    "#", "# ", "## ", "##", ">", "> ", "*", "**", "***", "_", "__", "`", "``", "```\n", "~~~\n", "~", "~~",
    "[", "]", "(", ")", "![", "](x)", "[a]: b\n", "\\", "\\\n", "  \n", "&", "&lt;", "&#60;", "|", "| a |\n| - |\n",
    "---\n", "===\n", "***\n", ":", "!", '"', "'", "<", ">", "<!", "{", "}", "=", "^", "$", "%", "http://a.b", "<a@b.c>",
    "\u00a0", "\u200b", "\u2028", "\x0c", "\x0b", "\x85", "\x1c", "\x02", "\x03", "\x02wzxhzdk:0\x03",
    "~no~", "www.a.org", "https://a.org", "a@b.org", "[^1]", "[^1]: a", "[ ] ", "- [x] ", "<source", "<search>", "| a\n--|--\n",
    "[!NOTE]", "\u3164",
]  # fmt: skip
"""What fingers and programs put where it does not belong."""

MISTAKES = ["insert", "delete line", "double line", "swap", "indent", "join", "split", "blank", "cut"]


def with_mistakes(page: str, pick: Callable[[Sequence[str]], str], between: Callable[[int, int], int]) -> str:
    """Give a page with one to four mistakes; `pick` chooses one of many, `between` a number from the first to the second."""
    lines = page.split("\n")
    for _ in range(between(1, 4)):
        at = between(0, len(lines) - 1)
        mistake = pick(MISTAKES)
        column = between(0, len(lines[at]))
        if mistake == "insert":
            lines[at] = lines[at][:column] + pick(ODD) + lines[at][column:]
        elif mistake == "delete line" and len(lines) > 1:
            del lines[at]
        elif mistake == "double line":
            lines.insert(at, lines[at])
        elif mistake == "swap" and at:
            lines[at - 1], lines[at] = lines[at], lines[at - 1]
        elif mistake == "indent":
            lines[at] = " " * between(0, 9) + lines[at].lstrip()
        elif mistake == "join" and at:
            lines[at - 1 : at + 1] = [lines[at - 1] + lines[at]]
        elif mistake == "split":
            lines[at : at + 1] = [lines[at][:column], lines[at][column:]]
        elif mistake == "blank":
            lines.insert(at, "")
        elif mistake == "cut":
            lines[at] = lines[at][:column]
    return "\n".join(lines)

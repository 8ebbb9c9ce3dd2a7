# SPDX-FileCopyrightText: 2026 The Communique Authors
# SPDX-License-Identifier: Apache-2.0
"""What the checks read: the files of a source tree, and where in the house each of them lives."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path, PurePosixPath


@dataclass(frozen=True, order=True)
class Violation:
    """A rule that a line breaks. The message says what would be right."""

    path: str
    line: int
    rule: str
    message: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.message} [{self.rule}]"


class SourceTree:
    """The files below `root`: those git knows or would add, or simply all of them where there is no repository."""

    def __init__(self, root):
        self.root = Path(root)
        self.paths = sorted(self._list())

    def _list(self):
        if (self.root / ".git").exists():
            listed = subprocess.run(
                ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                cwd=self.root, check=True, capture_output=True, text=True).stdout
            # A file that was deleted and not committed yet is still listed.
            return [path for path in listed.split("\0") if path and (self.root / path).is_file()]
        return [str(PurePosixPath(Path(folder, name).relative_to(self.root)))
                for folder, _, names in os.walk(self.root) for name in names]

    def matching(self, pattern):
        """The paths that `pattern` matches from their beginning to their end."""
        compiled = re.compile(pattern)
        return [path for path in self.paths if compiled.fullmatch(path)]

    def text(self, path):
        """The content; undecodable bytes, which only data files hold, are replaced."""
        return (self.root / path).read_text(encoding="utf-8", errors="replace")


_TOKEN = re.compile(
    r'//[^\n]*'                                      # a comment to the end of the line
    r'|/\*.*?\*/'                                    # a comment over lines
    r'|R"(?P<fence>[^()\s\\"]{0,16})\(.*?\)(?P=fence)"'  # a raw string
    r'|"(?:[^"\\\n]|\\.)*"'                          # a string
    r"|'(?:[^'\\\n]{1,4}|\\'|\\[^'\n]{1,10})'",        # a character; a group between digit separators does no harm
    re.DOTALL)


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def without_comments(source):
    """C++ `source` with its comments blanked; line numbers stay."""
    return _TOKEN.sub(lambda token: _blank(token[0]) if token[0].startswith("/") else token[0], source)


def string_literals(source):
    """The string literals of C++ `source`, as (line, literal)."""
    for token in _TOKEN.finditer(source):
        if token[0][0] in '"R':
            yield source.count("\n", 0, token.start()) + 1, token[0]


def code_only(source):
    """C++ `source` with comments and literals blanked; line numbers stay."""
    return _TOKEN.sub(lambda token: _blank(token[0]), source)

#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Communique Authors
# SPDX-License-Identifier: Apache-2.0
"""What every file of the house keeps: a licence header, no path of somebody's machine, no mark of unfinished work.

With --long it lists the sources beyond 400 lines instead, which is worth a hard look and never a failure.
"""

import re
import sys

from source_tree import SourceTree, Violation

LICENSED = r".*\.(h|cc|proto|py)"
LICENCE = re.compile(r"(#![^\n]*\n)?(//|#) SPDX-FileCopyrightText: 2026 The Communique Authors\n"
                     r"(//|#) SPDX-License-Identifier: Apache-2\.0\n")
# A home or a workspace: what stands there stands on one machine only. (Spelled so that this line is none itself.)
MACHINE_PATH = re.compile(r"(?<![\w./:}-])/(?:" + "|".join(["home", "root", "work", "Users", "workspace"]) + r")/[\w.-]")
UNFINISHED = re.compile(r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + r")\b")
TEXT_FILES = r".*\.(h|cc|proto|py|cmake|txt|md|yaml|yml|json|sql|sh|mod)|\.ci/run|tools/\w+|.*/Dockerfile|\.clang-.*"
# Texts of the world outside: what stands in them is not ours to judge.
FOREIGN = re.compile(r"(^|/)(testdata|data|samples)/|^LICENSE$")
LONG = 400


def check(tree):
    found = []
    for path in tree.matching(LICENSED):
        if not LICENCE.match(tree.text(path)):
            found.append(Violation(path, 1, "licence", "must begin with the two SPDX lines that the other files have"))
    for path in tree.matching(TEXT_FILES):
        if FOREIGN.search(path):
            continue
        for number, line in enumerate(tree.text(path).splitlines(), start=1):
            if match := MACHINE_PATH.search(line):
                found.append(Violation(path, number, "machine-path",
                                       f"{match[0]}…: a path of one machine; name it from the repository's root"))
            if match := UNFINISHED.search(line):
                found.append(Violation(path, number, "unfinished", f"{match[0]}: finish it, or open an issue"))
    return sorted(found)


def long_files(tree):
    """The sources of more than LONG lines, longest first, as (lines, path)."""
    counted = [(tree.text(path).count("\n"), path) for path in tree.matching(r"(services|tools|tests)/.*\.(h|cc|py)")]
    return sorted(((lines, path) for lines, path in counted if lines > LONG), reverse=True)


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--long"]
    tree = SourceTree(arguments[0] if arguments else ".")
    if "--long" in sys.argv:
        for lines, path in long_files(tree):
            print(f"{path}: {lines} lines")
        return 0
    found = check(tree)
    for violation in found:
        print(violation)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

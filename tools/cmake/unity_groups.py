#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Communique Authors
# SPDX-License-Identifier: Apache-2.0
"""Says which sources may be compiled as one: `unity_groups.py MOST FILE...` prints a group number per file, in their order.

Two files of this code may each have a `kNow` or a `Sample()` in their anonymous namespaces. In one translation unit these would
meet. So no file comes into a group with one that keeps to itself (defines in an anonymous namespace, as static or as a macro)
a name that the other one mentions, be it its own, a header's or that of a local variable. This reads the text and not the
language: it relies on .clang-format, by which definitions begin in the first column, and rather separates too much.
"""
import pathlib
import re
import sys

NOISE = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.DOTALL)
# Looked up from where it stands: neither a member of something nor qualified.
WORD = re.compile(r'(?<![\w.:>])[A-Za-z_]\w*|(?<=[^-]>)[A-Za-z_]\w*|(?<=[^:]:)[A-Za-z_]\w*')
# What stands before the name that a definition defines.
HEAD = re.compile(r'((?:[^({;=\[:]|::)*)')
NOT_NAMES = set('alignas auto bool char class const constexpr double enum explicit extern float if inline int long mutable '
                'namespace operator public return short signed static struct template thread_local typedef typename union '
                'unsigned using void volatile final'.split())


def without_template_arguments(line):
    before = None
    while before != line:
        before = line
        line = re.sub(r'<[^<>]*>', ' ', line)
    return line


def defined_by(line):
    """The name that a line beginning in the first column defines, if any."""
    if match := re.match(r'#\s*define\s+(\w+)', line):
        return match.group(1)
    if match := re.match(r'(?:MATCHER|ACTION)\w*\((\w+)', line):
        return match.group(1)
    # The same using-declaration may stand in two files.
    if re.match(r'(?:TEST|TYPED_TEST|INSTANTIATE_)\w*\(|using [\w:]+;', line):
        return None
    words = [word for word in WORD.findall(HEAD.match(without_template_arguments(line)).group(1)) if word not in NOT_NAMES]
    return words[-1] if words else None


def names_of(text):
    """(names that the text keeps to itself, all words in it)"""
    # .clang-format sees to these comments, and they tell the end of a namespace from that of a function.
    text = NOISE.sub(' ', re.sub(r'^\}  // namespace', 'namespace', text, flags=re.MULTILINE))
    private, hidden = set(), False
    for line in text.splitlines():
        if not line or line[0] in ' }':
            continue
        if line.startswith('namespace'):
            hidden = re.match(r'namespace\s*\{', line) is not None
        elif line.startswith('#') and not re.match(r'#\s*define', line):
            continue
        elif hidden or line.startswith(('static ', '#')):
            if name := defined_by(line):
                private.add(name)
    return private, set(WORD.findall(text))


def read(path, root):
    text = pathlib.Path(path).read_text(encoding='utf-8')
    private, words = names_of(text)
    # What tests share is in headers beside them, and often in the same namespace as theirs.
    for header in re.findall(r'#include "([^"]*testing/[^"]*)"', text):
        if (root / header).exists():
            words |= names_of((root / header).read_text(encoding='utf-8'))[1]
    return private, words


def main(arguments):
    most, paths = int(arguments[0]), arguments[1:]
    root = pathlib.Path(__file__).resolve().parents[2]
    groups = []
    for path in paths:
        private, words = read(path, root)
        for number, (size, their_private, their_words) in enumerate(groups):
            if size < most and not private & their_words and not their_private & words:
                groups[number] = (size + 1, their_private | private, their_words | words)
                print(number)
                break
        else:
            print(len(groups))
            groups.append((1, private, words))


if __name__ == '__main__':
    main(sys.argv[1:])

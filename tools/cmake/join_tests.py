#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Communique Authors
# SPDX-License-Identifier: Apache-2.0
"""Joins the tests of two build trees, each test once, so that one ctest runs them all and ends with one summary.

    join_tests.py FOLDER CHECKED REST

writes FOLDER/CTestTestfile.cmake: the unit and conformance tests as the tree CHECKED has built them (with sanitizers), all
others as the tree REST has. What a tree should have built and has not is a test that fails.
"""
import json
import pathlib
import subprocess
import sys

CHECKED_LABELS = {'unit', 'conformance'}


def quoted(text):
    return '[==[' + text + ']==]'


def value_of(value):
    if isinstance(value, bool):
        return 'ON' if value else 'OFF'
    return ';'.join(value) if isinstance(value, list) else str(value)


def tests_of(tree):
    shown = subprocess.run(['ctest', '--test-dir', tree, '--show-only=json-v1'], check=True, capture_output=True, text=True)
    for test in json.loads(shown.stdout)['tests']:
        properties = {each['name']: each['value'] for each in test['properties']}
        yield test['name'], test.get('command', [tree + '/' + test['name'] + ' (not built)']), properties


def main(folder, checked, rest):
    lines = ['# Made by tools/cmake/join_tests.py.']
    for tree in (checked, rest):
        for name, command, properties in tests_of(tree):
            if bool(CHECKED_LABELS & set(properties.get('LABELS', []))) != (tree == checked):
                continue
            lines.append(f'add_test({name} ' + ' '.join(quoted(part) for part in command) + ')')
            lines.append(f'set_tests_properties({name} PROPERTIES '
                         + ' '.join(f'{key} {quoted(value_of(value))}' for key, value in properties.items()) + ')')
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    (pathlib.Path(folder) / 'CTestTestfile.cmake').write_text('\n'.join(lines) + '\n', encoding='utf-8')


if __name__ == '__main__':
    main(*sys.argv[1:])

#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Communique Authors
# SPDX-License-Identifier: Apache-2.0
"""Which files may be compiled as one, and which not. Run by CTest."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).with_name('unity_groups.py')

TOTAL = '''namespace communique {
namespace {

constexpr int kMost = 3;

std::map<std::string, int> Count(const Words& words) {
  return {};
}

}  // namespace

int Total() { return kMost; }

}  // namespace communique
'''


def in_anonymous(text):
    return 'namespace communique {\nnamespace {\n' + text + '\n}  // namespace\n}  // namespace communique\n'


class UnityGroupsTest(unittest.TestCase):
    def groups(self, *texts, most=8):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for number, text in enumerate(texts):
                path = pathlib.Path(folder) / f'{number}.cc'
                path.write_text(text, encoding='utf-8')
                paths.append(str(path))
            shown = subprocess.run([sys.executable, str(SCRIPT), str(most), *paths], check=True, capture_output=True, text=True)
            return [int(line) for line in shown.stdout.split()]

    def test_files_that_share_no_name_are_one(self):
        self.assertEqual(self.groups(TOTAL, in_anonymous('constexpr int kLeast = 1;')), [0, 0])

    def test_a_name_that_both_define_separates(self):
        for text in ('constexpr int kMost = 4;', 'void Count() {}', 'struct Count {', 'using Count = int;',
                     'template <typename T>\nT Count(T t) {', 'MATCHER_P(Count, n, "") {', 'enum class Count { kOne };'):
            self.assertEqual(self.groups(TOTAL, in_anonymous(text)), [0, 1], text)

    def test_a_name_that_one_defines_and_the_other_mentions_separates(self):
        # It may be a header's, or that of a local variable.
        self.assertEqual(self.groups(TOTAL, 'int Sum(const Words& words) { return Count(words); }\n'), [0, 1])
        self.assertEqual(self.groups('int Sum(int kMost) { return kMost; }\n', TOTAL), [0, 1])

    def test_members_and_qualified_names_are_others(self):
        self.assertEqual(self.groups(TOTAL, 'int Sum(const W& w, W* p) { return w.Count() + p->Count() + other::Count(); }\n'), [0, 0])

    def test_comments_and_texts_are_no_mention(self):
        self.assertEqual(self.groups(TOTAL, '// Count\nconst char* text = "Count" R"(kMost)";\n'), [0, 0])

    def test_what_others_may_see_does_not_separate(self):
        self.assertEqual(self.groups(TOTAL, 'int Sum() { return Total(); }\n'), [0, 0])

    def test_macros_and_statics_are_private(self):
        self.assertEqual(self.groups('#define MOST 3\n', '#define MOST 4\n'), [0, 1])
        self.assertEqual(self.groups('static int Most() { return 3; }\n', 'static int Most() { return 4; }\n'), [0, 1])

    def test_the_same_using_declaration_may_stand_in_both(self):
        self.assertEqual(self.groups(in_anonymous('using testing::ElementsAre;'), in_anonymous('using testing::ElementsAre;')), [0, 0])

    def test_groups_are_no_larger_than_asked(self):
        self.assertEqual(self.groups('int a;\n', 'int b;\n', 'int c;\n', most=2), [0, 0, 1])


if __name__ == '__main__':
    unittest.main()

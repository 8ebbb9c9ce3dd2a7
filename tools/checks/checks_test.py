#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Communique Authors
# SPDX-License-Identifier: Apache-2.0
"""Breaks each rule once in a small house that keeps them all, and sees the check say so."""

import tempfile
import unittest
from pathlib import Path

import house_rules
from layers import Layers
from source_tree import SourceTree, code_only, string_literals, without_comments

SPDX = "// SPDX-FileCopyrightText: 2026 The Communique Authors\n// SPDX-License-Identifier: Apache-2.0\n\n"

# A house in order, with everything that is allowed and looks as if it were not.
HOUSE = {
    "services/platform/CMakeLists.txt": "\n".join(
        f"add_subdirectory({folder})"
        for folder in ["base", "errors", "locale", "testing", "storage", "changes", "cache", "rpc", "server"]),
    "services/platform/storage/session.cc": '#include <soci/soci.h>\n#include "sqlite3.h"\nsoci::session s;\n',
    "services/platform/storage/CMakeLists.txt":
        "add_layer(platform_storage\n  SOURCES session.cc\n  PUBLIC platform_base\n  PRIVATE communique::soci)\n",
    "services/platform/storage/session_test.cc": '#include "services/platform/testing/process.h"\n',
    "services/platform/base/CMakeLists.txt": "add_layer(platform_base SOURCES clock.cc)\n",
    "services/platform/base/clock.cc": "absl::Time now = absl::Now();\n",
    "services/platform/cache/redis.cc": "#include <hiredis/hiredis.h>\n",
    "services/platform/rpc/chain.cc": '#include <grpcpp/grpcpp.h>\n#include "services/platform/cache/redis.h"\n',
    "services/platform/rpc/CMakeLists.txt": "add_layer(platform_rpc SOURCES chain.cc PUBLIC gRPC::grpc++ common_protos)\n",
    "services/platform/testing/postgres_server.cc": '#include <libpq-fe.h>\n#include "services/platform/storage/a.h"\n',
    "services/releases/main.cc": "int main() {}\n" * 79,
    "services/releases/domain/visibility.cc":
        '#include "communique/releases/v1/edition.pb.h"\n#include "services/platform/errors/error.h"\n'
        '// Never absl::Now() here, nor #include <grpcpp/grpcpp.h>.\nconst char* words = "SELECTED FROM us";\n',
    "services/releases/domain/visibility_test.cc": "absl::Time now = absl::Now();\n",
    "services/releases/domain/CMakeLists.txt":
        "add_layer(releases_domain SOURCES visibility.cc PUBLIC releases_protos platform_base)\n"
        "add_communique_test(releases_domain_test SOURCES visibility_test.cc LINK releases_domain gRPC::grpc++)\n",
    "services/releases/storage/release_store.cc":
        '#include "services/platform/storage/session.h"\n#include "services/releases/domain/visibility.h"\n'
        'const char* sql = "SELECT payload FROM releases";\n',
    "services/releases/storage/CMakeLists.txt":
        "add_layer(releases_storage SOURCES release_store.cc PUBLIC releases_domain platform_storage)\n",
    "services/releases/usecases/publish_release.cc":
        '#include "services/releases/storage/release_store.h"\n#include "services/platform/storage/database.h"\n',
    "services/releases/usecases/CMakeLists.txt":
        "add_layer(releases_usecases SOURCES publish_release.cc PUBLIC releases_storage)\n",
    "services/releases/api/release_service.cc":
        '#include <grpcpp/grpcpp.h>\n#include "services/releases/usecases/publish_release.h"\n'
        '#include "communique/contacts/v1/contact_service.grpc.pb.h"\n',
    "services/releases/api/CMakeLists.txt":
        "add_layer(releases_api SOURCES release_service.cc PUBLIC releases_usecases PRIVATE releases_protos_grpc)\n",
    "services/contacts/domain/contact.cc": "int x;\n",
    "services/contacts/domain/CMakeLists.txt": "add_layer(contacts_domain SOURCES contact.cc PUBLIC contacts_protos)\n",
    "tools/communique/main.cc": '#include "services/platform/errors/error.h"\n',
}

# What is done to the house, and the rule and place that must be named. A file that exists is added to.
BREACHES = [
    ("domain sees gRPC", "services/releases/domain/a.h", "#include <grpcpp/grpcpp.h>", "domain-sees"),
    ("domain sees stubs", "services/releases/domain/a.h", '#include "communique/x/v1/a.grpc.pb.h"', "domain-sees"),
    ("domain sees soci", "services/releases/domain/a.h", "#include <soci/soci.h>", "domain-sees"),
    ("domain sees SQLite", "services/releases/domain/a.h", "#include <sqlite3.h>", "domain-sees"),
    ("domain sees Redis", "services/releases/domain/a.h", "#include <hiredis/hiredis.h>", "domain-sees"),
    ("domain sees the cache", "services/releases/domain/a.h", '#include "services/platform/cache/c.h"', "domain-sees"),
    ("domain reads absl's clock", "services/releases/domain/a.cc", "auto t = absl::Now();", "domain-clock"),
    ("domain reads ours", "services/releases/domain/a.cc", "SystemClock clock;", "domain-clock"),
    ("domain reads std's", "services/releases/domain/a.cc", "std::chrono::system_clock::now();", "domain-clock"),
    ("domain holds a clock", "services/releases/domain/a.h", '#include "services/platform/base/clock.h"',
     "domain-clock"),
    ("domain below a folder", "services/releases/domain/text/a.h", "#include <grpcpp/grpcpp.h>", "domain-sees"),
    ("SQL in domain", "services/releases/domain/a.cc", 'f("DELETE FROM releases");', "sql-home"),
    ("domain sees storage", "services/releases/domain/a.h", '#include "services/releases/storage/release_store.h"',
     "layer-order"),
    ("domain uses the tests' tools", "services/releases/domain/a.h", '#include "services/platform/testing/process.h"',
     "testing-home"),
    ("storage sees gRPC", "services/releases/storage/a.h", "#include <grpcpp/grpcpp.h>", "storage-sees"),
    ("storage sees soci", "services/releases/storage/a.h", "#include <soci/soci.h>", "storage-sees"),
    ("storage says soci", "services/releases/storage/a.cc", "soci::row row;", "soci-home"),
    ("storage sees rpc", "services/releases/storage/a.h", '#include "services/platform/rpc/call.h"', "storage-sees"),
    ("storage sees usecases", "services/releases/storage/a.h",
     '#include "services/releases/usecases/publish_release.h"', "layer-order"),
    ("usecases see gRPC", "services/releases/usecases/a.h", "#include <grpcpp/grpcpp.h>", "usecases-sees"),
    ("usecases see rpc", "services/releases/usecases/a.h", '#include "services/platform/rpc/call.h"', "usecases-sees"),
    ("usecases see peers", "services/releases/usecases/a.h", '#include "services/platform/peers/peer.h"',
     "usecases-sees"),
    ("SQL in usecases", "services/releases/usecases/a.cc", 'f(R"sql(\nUPDATE releases SET x = 1)sql");', "sql-home"),
    ("usecases see api", "services/releases/usecases/a.h", '#include "services/releases/api/release_service.h"',
     "layer-order"),
    ("usecases see the config", "services/releases/usecases/a.h", '#include "services/releases/config.h"',
     "layer-order"),
    ("SQL in api", "services/releases/api/a.cc", 'f("INSERT INTO releases VALUES (1)");', "sql-home"),
    ("api sees storage", "services/releases/api/a.h", '#include "services/releases/storage/release_store.h"',
     "layer-order"),
    ("api sees sessions", "services/releases/api/a.h", '#include "services/platform/storage/session.h"', "api-sees"),
    ("a service sees another", "services/releases/api/a.h", '#include "services/contacts/domain/contact.h"',
     "services-apart"),
    ("main grows", "services/releases/main.cc", "\n", "main-length"),
    ("a tool's main grows", "tools/communique/main.cc", "\n" * 80, "main-length"),
    ("a tool looks inside", "tools/communique/a.h", '#include "services/releases/domain/names.h"', "tools-outside"),
    ("soci outside storage", "services/platform/changes/a.h", "#include <soci/soci.h>", "soci-home"),
    ("Redis outside the cache", "services/platform/rpc/a.h", "#include <hiredis/hiredis.h>", "redis-home"),
    ("a driver outside storage", "services/platform/changes/a.h", "#include <sqlite3.h>", "driver-home"),
    ("the platform sees a service", "services/platform/rpc/a.h", '#include "services/releases/domain/visibility.h"',
     "platform-knows-no-service"),
    ("the platform sees a service's protos", "services/platform/rpc/a.h",
     '#include "communique/releases/v1/release.pb.h"', "platform-knows-no-service"),
    ("the platform looks up", "services/platform/base/a.h", '#include "services/platform/rpc/chain.h"',
     "platform-order"),
    ("the platform uses an unlisted folder", "services/platform/server/a.h", '#include "services/platform/new/a.h"',
     "platform-order"),
    ("domain links gRPC", "services/releases/domain/CMakeLists.txt",
     "target_link_libraries(releases_domain PRIVATE gRPC::grpc++)", "domain-sees"),
    ("usecases link stubs", "services/releases/usecases/CMakeLists.txt",
     "target_link_libraries(releases_usecases PRIVATE contacts_protos_grpc)", "usecases-sees"),
    ("storage links SQLite", "services/releases/storage/CMakeLists.txt",
     "target_link_libraries(releases_storage PRIVATE SQLite::SQLite3)", "storage-sees"),
    ("domain links storage", "services/releases/domain/CMakeLists.txt",
     "target_link_libraries(releases_domain PUBLIC releases_storage)", "layer-order"),
    ("one file for all layers", "services/releases/CMakeLists.txt",
     "add_layer(releases_domain SOURCES domain/b.cc PUBLIC platform_rpc)", "domain-sees"),
    ("a service links another", "services/releases/api/CMakeLists.txt",
     "target_link_libraries(releases_api PRIVATE contacts_domain)", "services-apart"),
    ("the platform links up", "services/platform/base/CMakeLists.txt",
     "target_link_libraries(platform_base PUBLIC platform_storage)", "platform-order"),
    ("the platform links soci", "services/platform/rpc/CMakeLists.txt",
     "target_link_libraries(platform_rpc PRIVATE communique::soci)", "soci-home"),
    ("the platform links a service's protos", "services/platform/rpc/CMakeLists.txt",
     "target_link_libraries(platform_rpc PUBLIC releases_protos)", "platform-knows-no-service"),
]


class TreeTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def add(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((file.read_text() if file.exists() else "") + text)

    def tree(self):
        return SourceTree(self.root)


class LayersTest(TreeTest):
    def setUp(self):
        super().setUp()
        for path, text in HOUSE.items():
            self.add(path, text)

    def test_a_house_in_order_passes(self):
        self.assertEqual([], [str(violation) for violation in Layers(self.tree()).check()])

    def test_each_breach_is_seen_where_it_is(self):
        for name, path, text, rule in BREACHES:
            with self.subTest(name):
                file = self.root / path
                before = file.read_text() if file.exists() else None
                self.add(path, text + "\n")
                found = {(violation.path, violation.rule) for violation in Layers(self.tree()).check()}
                self.assertEqual({(path, rule)}, found)
                if before is None:
                    file.unlink()
                else:
                    file.write_text(before)

    def test_the_line_is_named(self):
        self.add("services/releases/domain/a.cc", '/* two\nlines */\n#include "b.h"\n#include <grpcpp/grpcpp.h>\n')
        self.assertEqual([4], [violation.line for violation in Layers(self.tree()).check()])


class HouseRulesTest(TreeTest):
    def rules(self):
        return [(violation.path, violation.line, violation.rule) for violation in house_rules.check(self.tree())]

    def test_files_in_order_pass(self):
        self.add("services/a.h", SPDX + "// The net/work/flow; /tmp/x is anybody's; https://example.org/home/page\n")
        self.add("tools/a.py", "#!/usr/bin/env python3\n" + SPDX.replace("//", "#"))
        self.add("services/releases/testdata/a.txt", "/" + "root/x TO" + "DO\n")
        self.assertEqual([], self.rules())

    def test_a_missing_licence_is_seen(self):
        self.add("services/a.cc", "#pragma once\n" + SPDX)
        self.add("protos/a.proto", 'syntax = "proto3";\n')
        self.assertEqual([("protos/a.proto", 1, "licence"), ("services/a.cc", 1, "licence")], self.rules())

    def test_a_path_of_one_machine_is_seen(self):
        for folder in ("home", "root", "work"):
            self.add("docs/a.md", f"`/{folder}/somebody`\n")
        self.assertEqual([("docs/a.md", line, "machine-path") for line in (1, 2, 3)], self.rules())

    def test_unfinished_work_is_seen(self):
        self.add("tools/setup", "#!/bin/sh\n# TO" + "DO later\n")
        self.assertEqual([("tools/setup", 2, "unfinished")], self.rules())

    def test_long_files_are_listed_longest_first(self):
        self.add("services/a.cc", "\n" * 400)
        self.add("services/b.cc", "\n" * 401)
        self.add("services/c.cc", "\n" * 500)
        self.assertEqual([(500, "services/c.cc"), (401, "services/b.cc")], house_rules.long_files(self.tree()))


class SourceTest(unittest.TestCase):
    SOURCE = 'a("// no comment"); // "no string"\n/* R"(x)" */ b(R"x(/* "in" */)x", \'"\');\n'

    def test_comments_go_and_strings_stay(self):
        lines = [" ".join(line.split()) for line in without_comments(self.SOURCE).splitlines()]
        self.assertEqual(['a("// no comment");', 'b(R"x(/* "in" */)x", \'"\');'], lines)

    def test_strings_are_found_with_their_lines(self):
        self.assertEqual([(1, '"// no comment"'), (2, 'R"x(/* "in" */)x"')], list(string_literals(self.SOURCE)))

    def test_digit_separators_hide_nothing(self):
        self.assertEqual([(1, '"SELECT"')], list(string_literals("""f(1'000, "SELECT", 'x');""")))

    def test_code_alone(self):
        self.assertEqual(["a(", ");", "b(", ",", ");"], code_only(self.SOURCE).split())


if __name__ == "__main__":
    unittest.main()

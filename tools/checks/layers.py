#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Communique Authors
# SPDX-License-Identifier: Apache-2.0
"""The layer rules: who may see whom, proven on #include lines, on the link lists of CMake and on what is called.

A *room* is a folder with a place in the house: a layer of a service ("releases/domain") or a folder of the platform
("platform/storage"). Each service has the same four layers, and a layer sees itself and the layers below it:

    api        one file per gRPC service           no SQL; usecases and domain, not storage
    usecases   one file per verb                   no gRPC, no SQL
    storage    tables, queries, migrations         no gRPC, no soci
    domain     rules as plain functions            no gRPC, no SQL, no Redis, no clock but an argument

The platform knows no service, its folders see only those that services/platform/CMakeLists.txt lists before them, and of
them only platform/storage sees soci and only platform/cache sees hiredis. Services know each other by protos alone.
main.cc knows everything and has fewer than 80 lines.

Tests may use whatever they need to set the scene, but no test makes one service depend on another.
"""

import re
import sys
from dataclasses import dataclass

from source_tree import SourceTree, Violation, code_only, string_literals, without_comments

LAYERS = ["domain", "storage", "usecases", "api"]
MAIN_LINES = 80

# What each layer may use of the platform. None: everything but what FORBIDDEN_PLATFORM names.
GROUND = {"base", "errors", "locale", "resources"}
ALLOWED_PLATFORM = {"domain": GROUND, "storage": GROUND | {"storage", "changes", "observability"}}
FORBIDDEN_PLATFORM = {"usecases": {"rpc", "peers", "server"}, "api": {"storage"}}
FORBIDDEN_LAYERS = {"api": {"storage"}}

# Libraries by what they are, as headers and as link targets.
LIBRARIES = {
    "gRPC": (re.compile(r"grpc(pp)?/|.*\.grpc\.pb\.h$"), re.compile(r"gRPC::|.*_grpc$")),
    "soci": (re.compile(r"soci([/.]|$)"), re.compile(r"communique::soci")),
    "a database driver": (re.compile(r"sqlite3\.h|libpq|pqxx|postgresql/"), re.compile(r"SQLite::|PostgreSQL::")),
    "Redis": (re.compile(r"hiredis/"), re.compile(r"communique::hiredis")),
}
FORBIDDEN_LIBRARIES = {
    "domain": {"gRPC", "soci", "a database driver", "Redis"},
    "storage": {"gRPC", "soci", "a database driver", "Redis"},
    "usecases": {"gRPC", "soci", "a database driver", "Redis"},
    "api": {"soci", "a database driver", "Redis"},
}
# Libraries with one home in the platform. Tests start servers of their own, so platform/testing may speak to them.
HOMES = {"soci": {"storage"}, "Redis": {"cache"}, "a database driver": {"storage", "testing"}}

CLOCKS = re.compile(r"\babsl::Now\b|\bSystemClock\b|\b(system|steady|high_resolution)_clock\b|\bgettimeofday\b"
                    r"|\bclock_gettime\b|\bstd::time\s*\(")
CLOCK_HEADERS = {"absl/time/clock.h", "services/platform/base/clock.h", "services/platform/base/monotonic_clock.h"}
SQL = re.compile(r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|(CREATE|ALTER|DROP)\s+TABLE)\b",
                 re.DOTALL)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]', re.MULTILINE)


@dataclass(frozen=True)
class Room:
    """`owner` is "platform" or a service; `folder` one of LAYERS, a platform folder, or "" for the service itself."""

    owner: str
    folder: str

    def __str__(self):
        return f"{self.owner}/{self.folder}" if self.folder else self.owner

    @property
    def platform(self):
        return self.owner == "platform"


def room_of(path):
    """The room of a file, folder or included header; None outside services/."""
    parts = path.split("/")
    if len(parts) < 2 or parts[0] != "services":
        return None
    owner = parts[1]
    folder = parts[2] if len(parts) > 2 else ""
    return Room(owner, folder if owner == "platform" or folder in LAYERS else "")


def is_test(path):
    return bool(re.search(r"_test\.cc$|_test_[^/]*\.(cc|h)$|_(test|conformance)\.h$|/testing/", path))


class Layers:
    """The rules, applied to one tree."""

    def __init__(self, tree):
        self.tree = tree
        self.platform_order = re.findall(r"^add_subdirectory\((\w+)\)", self._text_if_any(
            "services/platform/CMakeLists.txt"), re.MULTILINE)
        self.services = sorted({room.owner for path in tree.paths if (room := room_of(path)) and not room.platform
                                and path.count("/") > 1})
        self.found = []

    def _text_if_any(self, path):
        return self.tree.text(path) if path in self.tree.paths else ""

    def check(self):
        for path in self.tree.matching(r"(services|tools)/.*\.(h|cc)"):
            self._check_source(path)
        self._check_link_lists()
        for path in self.tree.matching(r"(services|tools)/[^/]+/main\.cc"):
            lines = self.tree.text(path).count("\n")
            if lines >= MAIN_LINES:
                self._add(path, lines, "main-length", f"main.cc has {lines} lines; it wires parts in fewer than "
                          f"{MAIN_LINES}, so move the rest into a part of its own")
        return sorted(self.found)

    def _add(self, path, line, rule, message):
        self.found.append(Violation(path, line, rule, message))

    # ---- sources

    def _check_source(self, path):
        source = self.tree.text(path)
        uncommented = without_comments(source)
        room = room_of(path)
        for include in INCLUDE.finditer(uncommented):
            line = uncommented.count("\n", 0, include.start(1)) + 1
            self._check_include(path, line, room, include[1])
        code = code_only(source)
        if not (room and room.platform and room.folder == "storage"):
            for use in re.finditer(r"\bsoci::", code):
                self._add(path, code.count("\n", 0, use.start()) + 1, "soci-home",
                          "soci:: is seen by services/platform/storage alone; use its Session and Rows")
        if room is None or room.platform or is_test(path):
            return
        if room.folder == "domain":
            for use in CLOCKS.finditer(code):
                self._add(path, code.count("\n", 0, use.start()) + 1, "domain-clock",
                          f"{use[0]}: rules take the instant as an argument (absl::Time now)")
        if room.folder in ("domain", "usecases", "api"):
            for line, literal in string_literals(source):
                if SQL.search(literal):
                    self._add(path, line, "sql-home", f"SQL in {room.folder}: statements live in storage/, behind a "
                              "function named for what it finds or changes")

    def _check_include(self, path, line, room, header):
        for library, (pattern, _) in LIBRARIES.items():
            if pattern.match(header):
                self._check_library(path, line, room, library, f"#include of {header}")
        if room and not room.platform and room.folder == "domain" and not is_test(path) and header in CLOCK_HEADERS:
            self._add(path, line, "domain-clock", f"#include of {header}: rules take the instant as an argument")
        target = room_of(header)
        package = re.match(r"communique/(\w+)/", header)
        if target:
            self._check_edge(path, line, room, target, f"#include of {header}", is_test(path))
        elif package and room and room.platform and package[1] != "common":
            self._add(path, line, "platform-knows-no-service",
                      f"#include of {header}: the platform knows no service; pass in what it needs")

    # ---- link lists

    def _check_link_lists(self):
        commands = []
        homes = {}
        for path in self.tree.matching(r"((services|tools)/.*/)?CMakeLists\.txt"):
            for line, name, arguments in cmake_commands(self.tree.text(path)):
                if name in ("add_layer", "target_link_libraries", "add_library", "add_executable") and arguments:
                    commands.append((path, line, name, arguments))
                    if name in ("add_layer", "add_library"):
                        homes[arguments[0]] = self._room_of_target(path, arguments)
        for path, line, name, arguments in commands:
            if name in ("add_library", "add_executable"):
                continue
            room = homes.get(arguments[0]) or self._room_of_target(path, arguments)
            for linked in link_list(name, arguments):
                self._check_link(path, line, room, arguments[0], linked, homes.get(linked))

    def _room_of_target(self, path, arguments):
        # A service may declare all its layers in one file: then the target's name tells which one it is.
        room = room_of(path)
        if room and not room.platform and room.folder not in LAYERS:
            for layer in LAYERS:
                if arguments[0] == f"{room.owner}_{layer}":
                    return Room(room.owner, layer)
            return Room(room.owner, "")
        return room

    def _check_link(self, path, line, room, target, linked, home):
        what = f"{target} links {linked}"
        test = bool(room and room.platform and room.folder == "testing") or target.endswith("_testing")
        for library, (_, pattern) in LIBRARIES.items():
            if pattern.match(linked):
                self._check_library(path, line, room, library, what, test)
        protos = re.match(r"(\w+)_protos", linked)
        if home:
            self._check_edge(path, line, room, home, what, test)
        elif protos and room and room.platform and protos[1] in self.services:
            self._add(path, line, "platform-knows-no-service", f"{what}: the platform knows no service")

    # ---- the rules themselves

    def _check_library(self, path, line, room, library, what, test=None):
        test = is_test(path) if test is None else test
        if room and room.platform:
            allowed = HOMES.get(library)
            if allowed and room.folder not in allowed and not (test and library != "soci"):
                self._add(path, line, f"{library.split()[-1].lower()}-home",
                          f"{what}: {library} is seen by services/platform/{' and '.join(sorted(allowed))} alone")
        elif room and room.folder in LAYERS and not test and library in FORBIDDEN_LIBRARIES[room.folder]:
            self._add(path, line, f"{room.folder}-sees", f"{what}: {room.folder} must not see {library}")

    def _check_edge(self, path, line, room, target, what, test):
        if room is None:  # tools and tests of the whole: they speak the contract, not a service's inside
            if path.startswith("tools/") and not target.platform:
                self._add(path, line, "tools-outside", f"{what}: tools speak to a service through its protos")
            return
        if room == target:
            return
        if room.platform:
            if not target.platform:
                self._add(path, line, "platform-knows-no-service", f"{what}: the platform knows no service; pass in "
                          "what it needs")
            elif not test and not self._is_lower(target.folder, room.folder):
                self._add(path, line, "platform-order", f"{what}: platform/{room.folder} sees only folders that "
                          f"services/platform/CMakeLists.txt lists before it, and {target.folder} is not one")
            return
        if target.platform:
            self._check_platform_use(path, line, room, target, what, test)
        elif target.owner != room.owner:
            self._add(path, line, "services-apart", f"{what}: services know each other by protos alone")
        elif room.folder in LAYERS and not test:
            # What belongs to no layer (main.cc, config) stands above all of them.
            above = target.folder not in LAYERS or LAYERS.index(target.folder) > LAYERS.index(room.folder)
            if above or target.folder in FORBIDDEN_LAYERS.get(room.folder, ()):
                self._add(path, line, "layer-order", f"{what}: {room.folder} must not see {target.folder or 'main'}")

    def _check_platform_use(self, path, line, room, target, what, test):
        if test or room.folder not in LAYERS:
            return
        if target.folder == "testing":
            self._add(path, line, "testing-home", f"{what}: only tests use platform/testing")
            return
        allowed = ALLOWED_PLATFORM.get(room.folder)
        if (allowed is not None and target.folder not in allowed) or \
                target.folder in FORBIDDEN_PLATFORM.get(room.folder, ()):
            self._add(path, line, f"{room.folder}-sees", f"{what}: {room.folder} must not see platform/{target.folder}")

    def _is_lower(self, lower, upper):
        if upper == "testing":
            return True
        if lower not in self.platform_order or upper not in self.platform_order:
            return False
        return self.platform_order.index(lower) < self.platform_order.index(upper) and lower != "testing"


def cmake_commands(text):
    """The commands of a CMake file, as (line, name, arguments)."""
    text = re.sub(r"#[^\n]*", "", text)
    for command in re.finditer(r"(\w+)\s*\(([^()]*)\)", text):
        yield text.count("\n", 0, command.start()) + 1, command[1].lower(), command[2].split()


def link_list(command, arguments):
    """What a target links: for add_layer all after PUBLIC or PRIVATE, for target_link_libraries all but keywords."""
    if command == "target_link_libraries":
        return [argument for argument in arguments[1:] if argument not in ("PUBLIC", "PRIVATE", "INTERFACE")]
    linked, listing = [], False
    for argument in arguments[1:]:
        if argument in ("PUBLIC", "PRIVATE", "SOURCES"):
            listing = argument != "SOURCES"
        elif listing:
            linked.append(argument)
    return linked


def main():
    found = Layers(SourceTree(sys.argv[1] if len(sys.argv) > 1 else ".")).check()
    for violation in found:
        print(violation)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

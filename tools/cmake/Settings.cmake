# Compiler settings for all of our targets. Warnings are errors, but only in code that people write: generated
# code and third-party headers are SYSTEM.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# Dev is quick to compile and to link, keeps assert() and enough line numbers for a stack trace.
set(CMAKE_CXX_FLAGS_DEV "-O1 -g1" CACHE STRING "" FORCE)
# With sanitizers, most of compiling is optimising what they insert: not to is a fourth of the cost.
set(CMAKE_CXX_FLAGS_UNOPTIMIZED "-O0 -g1" CACHE STRING "" FORCE)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG" CACHE STRING "" FORCE)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Dev CACHE STRING "Dev, Unoptimized or Release" FORCE)
endif()

set(COMMUNIQUE_SANITIZER "" CACHE STRING "address,undefined or thread; empty for none")
option(COMMUNIQUE_FUZZ "Build the fuzzers of tests/fuzz (needs clang)" OFF)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Two checkouts of the same revision share their results.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      # What ccache asks of those who precompile headers; no file here has a __TIME__.
      CCACHE_SLOPPINESS=pch_defines,time_macros
      # A precompiled header is 200 MB: by default ccache reads it all for each file, half a second even where it then
      # finds the result (without: a hundredth).
      CCACHE_INODECACHE=1 ${CCACHE_PROGRAM})
endif()

find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  add_link_options(-fuse-ld=mold)
endif()

# For all, so that all can share the headers of SharedHeaders.cmake.
add_compile_options(-pthread -fstack-protector-strong)
add_link_options(-Wl,-z,relro,-z,now)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_definitions(_FORTIFY_SOURCE=2)
endif()

if(COMMUNIQUE_SANITIZER)
  add_compile_options(-fsanitize=${COMMUNIQUE_SANITIZER} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${COMMUNIQUE_SANITIZER})
  find_program(COMMUNIQUE_SYMBOLIZER llvm-symbolizer-14 REQUIRED)  # for lines in their reports
endif()

if(COMMUNIQUE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

add_library(communique_warnings INTERFACE)
target_compile_options(communique_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
  -Wno-missing-field-initializers)  # structs are filled in by designated initializers, which name what they set
if(COMMUNIQUE_SANITIZER AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC loses track of Abseil's containers between the checks that sanitizers insert.
  target_compile_options(communique_warnings INTERFACE -Wno-maybe-uninitialized)
endif()
if(COMMUNIQUE_UNITY AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # A source that is compiled with others is taken for a header, whose types would be others' as well.
  target_compile_options(communique_warnings INTERFACE -Wno-subobject-linkage)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(communique_warnings INTERFACE -Wthread-safety)
endif()

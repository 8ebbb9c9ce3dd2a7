# Parsing the headers of Protobuf, Abseil, gRPC and GoogleTest is most of what compiling this code costs. They are parsed
# once for each of the sets below and reused by every target of a folder that says so:
#
#   use_shared_headers(platform)      # in a folder's CMakeLists.txt; holds below it
#
# This changes what compiling costs and nothing else: files still include what they use. Building with
# -DCOMMUNIQUE_PCH=OFF proves that, as the presets "release" and "fuzz" do.
option(COMMUNIQUE_PCH "Parse the heavy headers once" ON)
if(COMMUNIQUE_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # What ccache asks for: the time at which a header was written is not what tells one from another.
  add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
endif()

# add_shared_headers(SET HEADERS ... [TEST_HEADERS ...] LINK ...): makes the set, for layers and for tests.
function(add_shared_headers set)
  cmake_parse_arguments(ARG "" "" "HEADERS;TEST_HEADERS;LINK" ${ARGN})
  if(NOT COMMUNIQUE_PCH)
    return()
  endif()
  set(empty "${CMAKE_BINARY_DIR}/generated/empty_${set}.cc")
  if(NOT EXISTS "${empty}")
    file(WRITE "${empty}" "int main() { return 0; }\n")
  endif()
  # Headers parsed for a library cannot be used in a program: one is -fPIC, the other -fPIE.
  add_library(${set}_layer_headers OBJECT "${empty}")
  target_precompile_headers(${set}_layer_headers PRIVATE ${ARG_HEADERS})
  target_link_libraries(${set}_layer_headers PRIVATE ${ARG_LINK} communique_warnings)
  add_executable(${set}_test_headers "${empty}")
  target_precompile_headers(${set}_test_headers PRIVATE
    ${ARG_HEADERS} ${ARG_TEST_HEADERS} <gmock/gmock.h> <gtest/gtest.h>)
  target_link_libraries(${set}_test_headers PRIVATE ${ARG_LINK} GTest::gtest GTest::gmock communique_warnings)
  set_target_properties(${set}_layer_headers ${set}_test_headers PROPERTIES
    CXX_COMPILER_LAUNCHER "${CMAKE_SOURCE_DIR}/tools/cmake/compile_headers.sh;${CMAKE_CXX_COMPILER_LAUNCHER}")
endfunction()

macro(use_shared_headers set)
  set(COMMUNIQUE_HEADERS ${set})
endmacro()

# For the functions that make targets, and for programs. KIND is layer, test or program.
function(reuse_shared_headers target kind)
  if(NOT COMMUNIQUE_PCH OR NOT COMMUNIQUE_HEADERS)
    return()
  endif()
  if(kind STREQUAL "program")
    # Compiled like a library, so that it need not be given headers of its own.
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_compile_options(${target} PRIVATE -fPIC)
    set(kind layer)
  endif()
  target_precompile_headers(${target} REUSE_FROM ${COMMUNIQUE_HEADERS}_${kind}_headers)
endfunction()

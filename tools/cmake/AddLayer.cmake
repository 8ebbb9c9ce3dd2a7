# add_layer(NAME SOURCES ... [PUBLIC ...] [PRIVATE ...])
#
# One layer of a service or one folder of the platform as a static library (header-only when it has no .cc file). Its
# link lists are the layer rules of ARCHITECTURE.md: a layer sees what it names here and nothing else.
function(add_layer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  set(compiled ${ARG_SOURCES})
  list(FILTER compiled INCLUDE REGEX "\\.cc$")
  if(compiled)
    add_library(${name} STATIC ${ARG_SOURCES})
    target_link_libraries(${name} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE} communique_warnings)
    target_include_directories(${name} PUBLIC "${CMAKE_SOURCE_DIR}")
    reuse_shared_headers(${name} layer)
    compile_together(${name})
  else()
    add_library(${name} INTERFACE ${ARG_SOURCES})
    target_link_libraries(${name} INTERFACE ${ARG_PUBLIC})
    target_include_directories(${name} INTERFACE "${CMAKE_SOURCE_DIR}")
  endif()
endfunction()

# add_communique_test(NAME SOURCES ... LINK ... [LABELS unit|conformance|integration|scenario|fault|tsan ...]
#                     [TIMEOUT seconds] [RESOURCE lock] [ENVIRONMENT ...] [SECONDS seconds] [SHARDS number])
#
# A GoogleTest program, run by CTest as one test. LABELS defaults to "unit". SECONDS is about how long it takes, when that is long:
# the longest begin first. A RESOURCE names what only one test may use at a time. With SHARDS, CTest runs the program so many
# times, as NAME.1, NAME.2 ..., each time another part of its tests, so that no long program is what all wait for at the end.
function(add_communique_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT;RESOURCE;SECONDS;SHARDS" "SOURCES;LINK;LABELS;ENVIRONMENT" ${ARGN})
  if(NOT ARG_LABELS)
    set(ARG_LABELS unit)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} GTest::gtest GTest::gmock GTest::gtest_main communique_warnings)
  target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}")
  reuse_shared_headers(${name} test)
  compile_together(${name})
  if(NOT ARG_SECONDS)
    set(ARG_SECONDS 1)
  endif()
  if(NOT ARG_SHARDS)
    set(ARG_SHARDS 1)
  endif()
  if(COMMUNIQUE_SANITIZER MATCHES "address")
    list(APPEND ARG_ENVIRONMENT
      "ASAN_SYMBOLIZER_PATH=${COMMUNIQUE_SYMBOLIZER}"
      # How much of the stack each allocation remembers: a tenth of the tests' time at the default of 30.
      "ASAN_OPTIONS=malloc_context_size=8"
      "LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tools/cmake/leaks.txt:print_suppressions=0")
  endif()
  foreach(shard RANGE 1 ${ARG_SHARDS})
    set(test ${name})
    set(environment ${ARG_ENVIRONMENT})
    if(ARG_SHARDS GREATER 1)
      set(test ${name}.${shard})
      math(EXPR index "${shard} - 1")
      list(APPEND environment GTEST_TOTAL_SHARDS=${ARG_SHARDS} GTEST_SHARD_INDEX=${index})
    endif()
    add_test(NAME ${test} COMMAND ${name} WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
    set_tests_properties(${test} PROPERTIES
      LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT} COST ${ARG_SECONDS} ENVIRONMENT "${environment}")
    if(ARG_RESOURCE)
      set_tests_properties(${test} PROPERTIES RESOURCE_LOCK ${ARG_RESOURCE})
    endif()
  endforeach()
  # "tests_unit" and so on build the tests of a label and nothing else.
  foreach(label IN LISTS ARG_LABELS)
    if(NOT TARGET tests_${label})
      add_custom_target(tests_${label})
    endif()
    add_dependencies(tests_${label} ${name})
  endforeach()
endfunction()

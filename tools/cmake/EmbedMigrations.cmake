# embed_migrations(VARIABLE COMPONENT name FUNCTION qualified::Name OLDEST_SERVED version FILES migrations/...)
#
# Puts numbered SQL files (see services/platform/storage/migrations.h) into a generated source that defines
# `const communique::platform::MigrationSet& qualified::Name()`, and appends it to the list VARIABLE, for the SOURCES of
# a layer that declares the function in a header. Fails when the numbers have a gap or a variant lacks its twin.
#
# The same file is the script that writes the source: cmake -P with the arguments below.
if(CMAKE_SCRIPT_MODE_FILE)
  cmake_policy(VERSION 3.25)
  string(REGEX REPLACE "::[^:]+$" "" namespace "${FUNCTION}")
  string(REGEX REPLACE "^.*::" "" name "${FUNCTION}")
  set(entries "")
  set(version 0)
  string(REPLACE "|" ";" FILES "${FILES}")
  set(done "")
  foreach(file IN LISTS FILES)
    get_filename_component(leaf "${file}" NAME)
    string(REGEX REPLACE "(\\.sqlite|\\.postgres)?\\.sql$" "" stem "${leaf}")
    if(stem IN_LIST done)
      continue()
    endif()
    list(APPEND done "${stem}")
    math(EXPR version "${version} + 1")
    string(REGEX MATCH "^[0-9][0-9][0-9][0-9]" digits "${stem}")
    string(REGEX REPLACE "^0+" "" number "${digits}")
    if(NOT number EQUAL version)
      message(FATAL_ERROR "${leaf}: migrations are numbered 0001, 0002, … without a gap and listed in order; "
                          "expected number ${version}")
    endif()
    get_filename_component(folder "${file}" DIRECTORY)
    foreach(variant portable sqlite postgres)
      set(path "${folder}/${stem}.${variant}.sql")
      if(variant STREQUAL "portable")
        set(path "${folder}/${stem}.sql")
      endif()
      set(${variant} "")
      if("${path}" IN_LIST FILES)
        file(READ "${path}" ${variant})
      endif()
    endforeach()
    if((portable AND (sqlite OR postgres)) OR (NOT portable AND NOT (sqlite AND postgres)))
      message(FATAL_ERROR "${stem}: needs either ${stem}.sql or both ${stem}.sqlite.sql and ${stem}.postgres.sql")
    endif()
    string(APPEND entries "      {${version}, \"${stem}\", R\"sql(${portable})sql\", R\"sql(${sqlite})sql\", "
                          "R\"sql(${postgres})sql\"},\n")
  endforeach()
  file(WRITE "${OUTPUT}" "// Made by tools/cmake/EmbedMigrations.cmake.
#include \"services/platform/storage/migrations.h\"

namespace ${namespace} {

const communique::platform::MigrationSet& ${name}() {
  static const communique::platform::MigrationSet set = {\"${COMPONENT}\", ${OLDEST_SERVED}, {
${entries}  }};
  return set;
}

}  // namespace ${namespace}
")
  return()
endif()

set(COMMUNIQUE_EMBED_MIGRATIONS "${CMAKE_CURRENT_LIST_FILE}")

function(embed_migrations variable)
  cmake_parse_arguments(ARG "" "COMPONENT;FUNCTION;OLDEST_SERVED" "FILES" ${ARGN})
  set(files ${ARG_FILES})
  list(TRANSFORM files PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/")
  string(REPLACE ";" "|" joined "${files}")
  set(output "${CMAKE_CURRENT_BINARY_DIR}/${ARG_COMPONENT}_migrations.cc")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" "-DOUTPUT=${output}" "-DCOMPONENT=${ARG_COMPONENT}" "-DFUNCTION=${ARG_FUNCTION}"
            "-DOLDEST_SERVED=${ARG_OLDEST_SERVED}" "-DFILES=${joined}" -P "${COMMUNIQUE_EMBED_MIGRATIONS}"
    DEPENDS ${files} "${COMMUNIQUE_EMBED_MIGRATIONS}"
    COMMENT "Embedding the migrations of ${ARG_COMPONENT}"
    VERBATIM)
  set(${variable} ${${variable}} "${output}" PARENT_SCOPE)
endfunction()

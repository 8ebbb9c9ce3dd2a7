# Two files of one library include nearly the same headers and instantiate nearly the same templates. Compiling several of
# them as one ("unity build") costs a half to a third of compiling each; changing one of them costs more.
#
#   compile_together(target)      # for the functions that make targets, after its sources are known
#
# Which files can be one is found out by unity_groups.py: nobody need invent names that no other file uses. Like the shared
# headers, this changes what compiling costs and nothing else; the presets "release", "tsan" and "fuzz" compile file by file.
option(COMMUNIQUE_UNITY "Compile several files as one" OFF)
set(COMMUNIQUE_UNITY_MOST 8 CACHE STRING "How many files at most; two cores want more than one group of a large library")

if(COMMUNIQUE_UNITY)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
endif()
set(COMMUNIQUE_UNITY_GROUPS "${CMAKE_CURRENT_LIST_DIR}/unity_groups.py")

function(compile_together target)
  if(NOT COMMUNIQUE_UNITY)
    return()
  endif()
  get_target_property(files ${target} SOURCES)
  list(FILTER files INCLUDE REGEX "\\.cc$")
  # What is generated is not there yet.
  list(FILTER files EXCLUDE REGEX "^${CMAKE_BINARY_DIR}/")
  list(LENGTH files count)
  if(count LESS 2)
    return()
  endif()
  execute_process(COMMAND "${Python3_EXECUTABLE}" "${COMMUNIQUE_UNITY_GROUPS}" ${COMMUNIQUE_UNITY_MOST} ${files}
    WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" OUTPUT_VARIABLE groups COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCHALL "[0-9]+" groups "${groups}")
  foreach(file group IN ZIP_LISTS files groups)
    set_source_files_properties("${file}" PROPERTIES UNITY_GROUP "${target}_${group}")
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()

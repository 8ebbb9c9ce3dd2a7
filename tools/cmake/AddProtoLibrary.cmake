# add_proto_library(NAME ROOT <import root> PROTOS <files below it> [DEPS <proto libraries>] [STUBS])
#
# Generates C++ for PROTOS with exact dependency tracking (an imported proto that changes rebuilds its importers) and
# makes two libraries: NAME holds the messages; NAME_grpc, made when there are files named *_service.proto (or, with STUBS, in any
# case), holds their client and server stubs. Domain, storage and usecases link NAME alone: they do not see gRPC.
function(add_proto_library name)
  cmake_parse_arguments(ARG "STUBS" "ROOT" "PROTOS;DEPS" ${ARGN})
  set(out "${CMAKE_BINARY_DIR}/generated")
  file(MAKE_DIRECTORY "${out}")
  set(messages)
  set(stubs)
  foreach(proto IN LISTS ARG_PROTOS)
    string(REGEX REPLACE "\\.proto$" "" base "${proto}")
    set(files "${out}/${base}.pb.cc" "${out}/${base}.pb.h")
    set(grpc_files)
    set(grpc_arguments)
    if(ARG_STUBS OR proto MATCHES "_service\\.proto$")
      set(grpc_files "${out}/${base}.grpc.pb.cc" "${out}/${base}.grpc.pb.h")
      set(grpc_arguments "--grpc_out=${out}" "--plugin=protoc-gen-grpc=$<TARGET_FILE:gRPC::grpc_cpp_plugin>")
    endif()
    string(REPLACE "/" "." dependency_name "${base}")
    # The dependency file speaks of the last output that protoc writes, and ninja wants that one first; otherwise every
    # build generates everything again.
    add_custom_command(
      OUTPUT ${grpc_files} ${files}
      COMMAND protobuf::protoc "--proto_path=${ARG_ROOT}" "--proto_path=${CMAKE_SOURCE_DIR}/protos"
              "--proto_path=${COMMUNIQUE_GOOGLEAPIS}"
              "--cpp_out=${out}" ${grpc_arguments} "--dependency_out=${out}/${dependency_name}.d"
              "${ARG_ROOT}/${proto}"
      DEPENDS "${ARG_ROOT}/${proto}"
      DEPFILE "${out}/${dependency_name}.d"
      COMMENT "Generating C++ for ${proto}"
      VERBATIM)
    list(APPEND messages ${files})
    list(APPEND stubs ${grpc_files})
  endforeach()

  add_library(${name} STATIC ${messages})
  compile_generated_together(${name} "${messages}")
  target_include_directories(${name} SYSTEM PUBLIC "${out}")
  target_link_libraries(${name} PUBLIC protobuf::libprotobuf ${ARG_DEPS})
  # Pedantic, so that it can share the headers of code that is; without a warning, since nobody wrote it.
  target_compile_options(${name} PRIVATE -Wpedantic -w)
  use_shared_headers(platform)
  reuse_shared_headers(${name} layer)
  if(stubs)
    add_library(${name}_grpc STATIC ${stubs})
    compile_generated_together(${name}_grpc "${stubs}")
    target_link_libraries(${name}_grpc PUBLIC ${name} gRPC::grpc++)
    target_compile_options(${name}_grpc PRIVATE -Wpedantic -w)
    use_shared_headers(rpc)
    reuse_shared_headers(${name}_grpc layer)
  endif()
endfunction()

# Compiles what is generated for a library as one, when compile_together() does that with what people write. Two names
# stand in every file of messages.
function(compile_generated_together name files)
  if(COMMUNIQUE_UNITY)
    list(FILTER files INCLUDE REGEX "\\.cc$")
    set(text "")
    set(number 0)
    foreach(file IN LISTS files)
      math(EXPR number "${number} + 1")
      string(APPEND text "#define schemas schemas_${number}\n#define file_default_instances file_default_instances_${number}\n"
                         "#include \"${file}\"\n#undef schemas\n#undef file_default_instances\n")
    endforeach()
    set(together "${CMAKE_BINARY_DIR}/generated/${name}_together.cc")
    file(CONFIGURE OUTPUT "${together}" CONTENT "${text}" @ONLY)
    set_source_files_properties(${files} PROPERTIES HEADER_FILE_ONLY ON)
    target_sources(${name} PRIVATE "${together}")
  endif()
  if(COMMUNIQUE_SANITIZER MATCHES "undefined")
    target_compile_options(${name} PRIVATE -fno-sanitize=undefined)  # nobody wrote it
  endif()
endfunction()

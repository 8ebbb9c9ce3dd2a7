# Every library we link, by the name we use for it. Only targets named here may appear in a link list.

find_package(Threads REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(Protobuf REQUIRED)  # the module: Debian 12 ships no protobuf-config.cmake
find_package(gRPC CONFIG REQUIRED)
find_package(GTest REQUIRED)
find_package(benchmark CONFIG REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n data)
find_package(yaml-cpp CONFIG REQUIRED)
find_package(spdlog CONFIG REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(civetweb CONFIG REQUIRED)
find_package(nlohmann_json CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(PostgreSQL REQUIRED)

# Libraries without a CMake package on Debian 12.
function(communique_import_library name header library)
  find_path(${name}_INCLUDE ${header} REQUIRED)
  find_library(${name}_LIBRARY ${library} REQUIRED)
  add_library(communique::${name} INTERFACE IMPORTED GLOBAL)
  target_include_directories(communique::${name} SYSTEM INTERFACE ${${name}_INCLUDE})
  target_link_libraries(communique::${name} INTERFACE ${${name}_LIBRARY})
endfunction()

communique_import_library(soci soci/soci.h soci_core)
communique_import_library(soci_sqlite3 soci/sqlite3/soci-sqlite3.h soci_sqlite3)
communique_import_library(soci_postgresql soci/postgresql/soci-postgresql.h soci_postgresql)
communique_import_library(hiredis hiredis/hiredis.h hiredis)
communique_import_library(re2 re2/re2.h re2)
communique_import_library(idn2 idn2.h idn2)
communique_import_library(phonenumber phonenumbers/phonenumberutil.h phonenumber)
communique_import_library(cmark cmark.h cmark)  # tests read our Markdown with it

set(COMMUNIQUE_GOOGLEAPIS "${CMAKE_SOURCE_DIR}/.tools/googleapis" CACHE PATH "google/{api,rpc,type} protos")
if(NOT EXISTS "${COMMUNIQUE_GOOGLEAPIS}/google/rpc/error_details.proto")
  message(FATAL_ERROR "google's common protos are missing: run tools/setup")
endif()

# Debian's grpc-proto: grpc.health.v1.
set(COMMUNIQUE_GRPC_PROTOS "/usr/share/grpc-proto" CACHE PATH "grpc/health/v1/health.proto")
if(NOT EXISTS "${COMMUNIQUE_GRPC_PROTOS}/grpc/health/v1/health.proto")
  message(FATAL_ERROR "grpc's own protos are missing: run tools/setup")
endif()

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/platform/testing/process.h"
#include "services/platform/testing/temporary_folder.h"

namespace communique::platform {

// Certificates made by the openssl command, as an operator would.
class TestCertificates {
 public:
  // <name>.crt and <name>.key: a certificate that signs itself, for "localhost".
  void MakeSelfSigned(const std::string& name, int days = 2) const {
    Run({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
         Key(name), "-out", Certificate(name), "-days", absl::StrCat(days), "-subj", absl::StrCat("/CN=", name),
         "-addext", "subjectAltName=DNS:localhost"});
  }

  // The same, signed by the authority `ca`, made before.
  void MakeSigned(const std::string& name, const std::string& ca) const {
    Run({"openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", Key(name),
         "-out", folder_.File("request.csr"), "-subj", absl::StrCat("/CN=", name)});
    Run({"openssl", "x509", "-req", "-in", folder_.File("request.csr"), "-CA", Certificate(ca), "-CAkey", Key(ca),
         "-CAcreateserial", "-out", Certificate(name), "-days", "2"});
  }

  std::string Certificate(const std::string& name) const { return folder_.File(name + ".crt"); }
  std::string Key(const std::string& name) const { return folder_.File(name + ".key"); }
  std::string Path(const std::string& name) const { return folder_.File(name); }

  static std::string Read(const std::string& path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }
  static void Write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

 private:
  void Run(const std::vector<std::string>& command) const {
    ASSERT_EQ(RunProcess(command, {.user = "", .output_file = folder_.File("openssl.log"), .environment = {}}), 0)
        << Read(folder_.File("openssl.log"));
  }

  TemporaryFolder folder_;
};

}  // namespace communique::platform

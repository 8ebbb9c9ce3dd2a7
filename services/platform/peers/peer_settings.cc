// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/peers/peer_settings.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/config/address.h"

namespace communique::platform {

void BindPeer(Settings& settings, std::string_view name, PeerOptions& options) {
  options.name = std::string(name);
  const auto key = [&options](const char* last) { return absl::StrCat("peers.", options.name, ".", last); };
  const auto about = [&options](const char* before, const char* after) {
    return absl::StrCat(before, options.name, after);
  };
  settings.BindAddress(key("address"), &options.address,
                       about("The internal listener of ", ". Calls are spread over all addresses of a name."));
  settings.Bind(key("token_file"), &options.token_file,
                about("The file with the token by which ",
                      " knows this service; read again when it changes. Empty: "
                      "none."));
  settings.Bind(key("tls.ca_file"), &options.ca_file,
                about("The authorities, in PEM, that the certificate of ", " must come from. Empty: the system's."));
  settings.Bind(key("tls.certificate_file"), &options.certificate_file,
                about("The certificate, in PEM, that this service shows to ", ". Empty: none."));
  settings.Bind(key("tls.key_file"), &options.key_file,
                "The private key of that certificate, in PEM, without a passphrase.");
  settings.Bind(key("tls.reload_interval"), &options.tls_reload_interval, {absl::Seconds(1), absl::Hours(1)},
                "How often these files are looked at.");
  settings.Bind(
      key("plaintext"), &options.plaintext,
      "Whether to do without TLS to another machine, too: the token and drafts then cross the network as they "
      "are. To this machine there is none unless tls.ca_file asks for it.");
  settings.Bind(key("timeout"), &options.timeout, {absl::Milliseconds(10), absl::Minutes(2)},
                about("The longest that a call to ", " takes, whatever its caller would wait."));
  settings.Bind(key("retry_pause"), &options.retry_pause, {absl::Milliseconds(1), absl::Minutes(1)},
                "Before a call that may be repeated is tried a second time.");
  settings.Bind(key("keepalive_time"), &options.keepalive_time, {absl::Seconds(1), absl::Hours(2)},
                about("A quiet connection is asked after this long whether it still lives. Keep it above "
                      "server.min_client_ping_interval of ",
                      "."));
  settings.Bind(key("keepalive_timeout"), &options.keepalive_timeout, {absl::Milliseconds(100), absl::Minutes(2)},
                "It is given up when it has not answered that after this long.");
  settings.BindBytes(key("max_receive"), &options.max_receive_bytes, {64 << 10, 64 << 20},
                     "Larger replies are refused.");

  settings.Check(key("address"), [&options] {
    const auto address = ParseAddress(options.address);
    return address.ok() && !address->is_unix() && address->port == 0
               ? std::string("has port 0, where nobody listens; name the port of the service")
               : std::string();
  });
  settings.Check(key("tls.certificate_file"), [&options] {
    return options.certificate_file.empty() == options.key_file.empty()
               ? std::string()
               : std::string("a certificate and its key go together; set tls.key_file too, or neither");
  });
  settings.Check(key("plaintext"), [&options] {
    const bool tls = !options.ca_file.empty() || !options.certificate_file.empty();
    return options.plaintext && tls ? std::string("does without the TLS that tls.… asks for; set one of them alone")
                                    : std::string();
  });
}

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/ops_http.h"

#include <CivetServer.h>
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

struct Page {
  int status = 200;
  std::string type = "text/plain; charset=utf-8";
  std::string body;
};

class PageHandler final : public CivetHandler {
 public:
  explicit PageHandler(std::function<Page()> make) : make_(std::move(make)) {}

  bool handleGet(CivetServer* /*server*/, mg_connection* connection) override {
    const Page page = make_();
    mg_printf(connection,
              "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\nCache-Control: no-store\r\n"
              "Connection: close\r\n\r\n",
              page.status, page.status == 200 ? "OK" : "Service Unavailable", page.type.c_str(), page.body.size());
    mg_write(connection, page.body.data(), page.body.size());
    return true;
  }

 private:
  const std::function<Page()> make_;
};

Page ReadyPage(const Health& health) {
  Page page;
  page.status = health.ready() ? 200 : 503;
  page.body = health.ready() ? "ready\n" : "not ready\n";
  for (const Health::Entry& entry : health.All()) {
    if (!entry.name.empty()) absl::StrAppend(&page.body, entry.serving ? "[+] " : "[-] ", entry.name, "\n");
  }
  return page;
}

// Opens and closes a connection to `port` of this machine.
void Knock(int port) {
  const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_port = htons(static_cast<std::uint16_t>(port));
  name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  static_cast<void>(connect(connection, reinterpret_cast<const sockaddr*>(&name), sizeof(name)));
  close(connection);
}

}  // namespace

struct OpsHttp::Parts {
  Parts(const std::vector<std::string>& options, const Metrics& metrics, const Health& health)
      : metrics_page([&metrics] {
          return Page{200, "text/plain; version=0.0.4; charset=utf-8", metrics.Text()};
        }),
        live_page([] {
          Page page;
          page.body = "alive\n";
          return page;
        }),
        ready_page([&health] { return ReadyPage(health); }),
        server(options) {
    server.addHandler("/metrics$", metrics_page);
    server.addHandler("/livez$", live_page);
    server.addHandler("/readyz$", ready_page);
  }

  PageHandler metrics_page;
  PageHandler live_page;
  PageHandler ready_page;
  CivetServer server;  // last: it ends before the pages it serves
};

OpsHttp::OpsHttp(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

OpsHttp::~OpsHttp() {
  const int open_port = port();
  std::atomic<bool> closed = false;
  std::thread closer([this, &closed] {
    parts_.reset();
    closed = true;
  });
  // civetweb looks whether it shall end every two seconds, and after each connection.
  while (!closed) {
    Knock(open_port);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  closer.join();
}

absl::StatusOr<std::unique_ptr<OpsHttp>> OpsHttp::Start(const std::string& address, const Metrics& metrics,
                                                        const Health& health) {
  const std::vector<std::string> options = {"listening_ports",    address, "num_threads",       "4",
                                            "request_timeout_ms", "5000",  "enable_keep_alive", "no"};
  try {
    return std::unique_ptr<OpsHttp>(new OpsHttp(std::make_unique<Parts>(options, metrics, health)));
  } catch (const CivetException& error) {
    return InvalidField("ops.http", absl::StrCat("cannot listen on ", address, ": ", error.what()));
  }
}

int OpsHttp::port() const { return parts_->server.getListeningPorts().at(0); }

}  // namespace communique::platform

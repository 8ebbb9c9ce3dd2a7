// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/testing/process.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace communique::platform {
namespace {

constexpr absl::Duration kPoll = absl::Milliseconds(5);

[[noreturn]] void Die(const std::string& what) {
  std::perror(what.c_str());
  std::abort();
}

std::vector<char*> Pointers(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (std::string& string : strings) pointers.push_back(string.data());
  pointers.push_back(nullptr);
  return pointers;
}

void CollectTree(pid_t pid, std::vector<pid_t>& tree) {
  tree.push_back(pid);
  std::ifstream children(absl::StrCat("/proc/", pid, "/task/", pid, "/children"));
  for (pid_t child = 0; children >> child;) CollectTree(child, tree);
}

// Whether it still has memory and files: a zombie, which its new parent may never collect, has not.
bool IsAlive(pid_t pid) {
  std::ifstream stat(absl::StrCat("/proc/", pid, "/stat"));
  std::string text;
  if (!std::getline(stat, text)) return false;
  const std::size_t state = text.rfind(')') + 2;
  return state < text.size() && text[state] != 'Z' && text[state] != 'X';
}

}  // namespace

Process::Process(std::vector<std::string> argv, const ProcessOptions& options) {
  // All that allocates happens before fork: the test may have threads.
  const passwd* user = nullptr;
  if (!options.user.empty() && getuid() == 0) {
    user = getpwnam(options.user.c_str());
    if (user == nullptr) Die(absl::StrCat("there is no user ", options.user));
  }
  std::vector<std::string> environment = options.environment;
  for (char** variable = environ; *variable != nullptr; ++variable) environment.emplace_back(*variable);
  const std::vector<char*> arguments = Pointers(argv);
  const std::vector<char*> variables = Pointers(environment);
  const pid_t parent = getpid();

  pid_ = fork();
  if (pid_ < 0) Die("fork");
  if (pid_ > 0) return;
  if (!options.output_file.empty()) {
    const int fd = open(options.output_file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0 || dup2(fd, STDERR_FILENO) < 0) _exit(126);
  }
  if (!options.error_file.empty()) {
    const int fd = open(options.error_file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (fd < 0 || dup2(fd, STDERR_FILENO) < 0) _exit(126);
  }
  if (user != nullptr && (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0)) {
    _exit(126);
  }
  // After setuid, which clears it. The parent may have died before.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(126);
  execvpe(arguments[0], arguments.data(), variables.data());
  _exit(127);
}

Process::~Process() {
  if (!running()) return;
  SignalTree(SIGCONT);
  KillTree();
}

bool Process::running() { return !Wait(absl::ZeroDuration()).has_value(); }

bool Process::has_ended() const {
  // It is left for Wait to collect. One that was collected is no child any more.
  siginfo_t info = {};
  return waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != 0;
}

void Process::Signal(int signal) {
  if (running()) kill(pid_, signal);
}

void Process::SignalTree(int signal) {
  if (!running()) return;
  std::vector<pid_t> tree;
  CollectTree(pid_, tree);
  for (pid_t pid : tree) kill(pid, signal);
}

void Process::KillTree() {
  if (!running()) return;
  std::vector<pid_t> tree;
  CollectTree(pid_, tree);
  for (pid_t pid : tree) kill(pid, SIGKILL);
  Wait(absl::InfiniteDuration());
  for (pid_t pid : tree) {
    while (IsAlive(pid)) absl::SleepFor(kPoll);
  }
}

std::optional<ExitStatus> Process::Wait(absl::Duration timeout) {
  const absl::Time end = absl::Now() + timeout;
  while (!status_) {
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) == pid_) {
      status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    } else if (absl::Now() >= end) {
      break;
    } else {
      absl::SleepFor(kPoll);
    }
  }
  return status_;
}

ExitStatus RunProcess(std::vector<std::string> argv, const ProcessOptions& options) {
  Process process(std::move(argv), options);
  return process.Wait(absl::Minutes(1)).value_or(-1);
}

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/config/yaml_file.h"

#include <yaml-cpp/yaml.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>

#include "absl/strings/str_cat.h"

namespace communique::platform {
namespace {

constexpr int kMaxDepth = 16;

// Flattens the tree of one file.
class YamlReader {
 public:
  YamlReader(const std::string& path, std::vector<std::string>& problems) : path_(path), problems_(problems) {}

  void Read(const YAML::Node& node, const std::string& key, int depth) {
    if (depth > kMaxDepth) return Problem(node, key, "is nested too deeply");
    switch (node.Type()) {
      case YAML::NodeType::Map:
        for (const auto& entry : node) ReadEntry(entry.first, entry.second, key, depth);
        return;
      case YAML::NodeType::Scalar:
        return Add(node, {key, {node.Scalar()}, false, Where(node)});
      case YAML::NodeType::Sequence:
        return ReadSequence(node, key);
      case YAML::NodeType::Null:
      case YAML::NodeType::Undefined:
        // Nothing but comments: good for a section and for a whole file.
        if (!key.empty()) Add(node, {key, {}, false, Where(node)});
        return;
    }
  }

  std::vector<GivenValue> Take() { return std::move(values_); }

 private:
  void ReadEntry(const YAML::Node& name, const YAML::Node& value, const std::string& section, int depth) {
    if (!name.IsScalar() || name.Scalar().empty()) return Problem(name, section, "has a key that is no name");
    const std::string key = section.empty() ? name.Scalar() : absl::StrCat(section, ".", name.Scalar());
    // yaml-cpp marks an empty value with line -1, so a value stands where its key does.
    line_ = name.Mark().line + 1;
    Read(value, key, depth + 1);
  }

  void ReadSequence(const YAML::Node& node, const std::string& key) {
    GivenValue list{key, {}, true, Where(node)};
    for (const YAML::Node& item : node) {
      if (!item.IsScalar()) return Problem(item, key, "is a list of something other than texts");
      list.values.push_back(item.Scalar());
    }
    Add(node, std::move(list));
  }

  void Add(const YAML::Node& node, GivenValue value) {
    if (value.key.empty()) return Problem(node, value.key, "the file is not a map of keys to values");
    const auto [first, is_new] = seen_.emplace(value.key, value.where);
    if (!is_new) return Problem(node, value.key, absl::StrCat("is given twice; the first time at ", first->second));
    values_.push_back(std::move(value));
  }

  std::string Where(const YAML::Node& node) const {
    const int line = node.Mark().line >= 0 ? node.Mark().line + 1 : line_;
    return absl::StrCat(path_, ":", line);
  }

  void Problem(const YAML::Node& node, const std::string& key, const std::string& what) {
    problems_.push_back(absl::StrCat(Where(node), ": ", key, key.empty() ? "" : " ", what));
  }

  const std::string& path_;
  std::vector<std::string>& problems_;
  std::vector<GivenValue> values_;
  std::map<std::string, std::string> seen_;
  int line_ = 1;
};

}  // namespace

std::vector<GivenValue> ReadYamlFile(const std::string& path, std::vector<std::string>& problems) {
  std::ifstream file(path);
  std::stringstream text;
  // Reading, not opening, is what fails for a folder.
  if (!file || (file.peek() != EOF && !(text << file.rdbuf())) || file.bad()) {
    problems.push_back(absl::StrCat(path, ": cannot be read: ", std::strerror(errno)));
    return {};
  }
  YamlReader reader(path, problems);
  try {
    reader.Read(YAML::Load(text), "", 0);
  } catch (const YAML::Exception& error) {
    problems.push_back(absl::StrCat(path, ":", error.mark.line + 1, ": is not YAML: ", error.msg, " (column ",
                                    error.mark.column + 1, ")"));
    return {};
  }
  return reader.Take();
}

}  // namespace communique::platform

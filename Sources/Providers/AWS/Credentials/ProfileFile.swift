import Planner

/// One of AWS's shared files, `~/.aws/config` or `~/.aws/credentials`, as sections of settings with their places.
///
/// Facts: "Configuration and credential file settings" in the AWS CLI's user guide; and botocore, which
/// treats `#` within a value as part of it.
struct ProfileFile {
  /// One `key = value` of a section.
  struct Setting: Hashable {
    var text: String
    /// What is indented below a setting without a value of its own, as `endpoint_url` below `s3 =`.
    var nested: [String: String] = [:]
    var line: Int
  }

  let path: String
  private(set) var sections: [String: [String: Setting]] = [:]

  init(path: String, text: String) throws(ProviderError) {
    self.path = path
    var section: String?
    var setting: String?
    // Swift takes a carriage return and the line feed after it for one character, which is a newline, too.
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let content = Self.trimmed(line)
      if content.isEmpty || content.hasPrefix("#") || content.hasPrefix(";") { continue }
      let isIndented = line.first.map { $0 == " " || $0 == "\t" } ?? false
      if content.hasPrefix("[") {
        section = try sectionName(content, line: index + 1)
        setting = nil
        if let section { sections[section, default: [:]].merge([:]) { old, _ in old } }
      } else if isIndented, let section, let setting {
        addIndented(content, below: setting, in: section)
      } else {
        setting = try add(content, to: section, line: index + 1)
      }
    }
  }

  /// An error about one line of this file.
  func problem(line: Int, _ message: String) -> ProviderError {
    ProviderError(.invalid, message: "\(path):\(line): \(message)", operation: "credentials")
  }

  private func sectionName(_ content: String, line: Int) throws(ProviderError) -> String {
    guard let end = content.firstIndex(of: "]") else {
      throw problem(line: line, "the section's name is not closed by ]")
    }
    let name = content[content.index(after: content.startIndex)..<end]
    let words = name.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
    return words.filter { $0 != "\"" && $0 != "'" }
  }

  private mutating func add(
    _ content: String, to section: String?, line: Int
  ) throws(ProviderError) -> String {
    guard let section else { throw problem(line: line, "a setting stands before the first [section]") }
    guard let (name, value) = Self.pair(content) else {
      throw problem(line: line, "a setting is written name = value")
    }
    sections[section]?[name] = Setting(text: value, line: line)
    return name
  }

  private mutating func addIndented(_ content: String, below setting: String, in section: String) {
    guard sections[section]?[setting]?.text.isEmpty == true, let (name, value) = Self.pair(content) else {
      sections[section]?[setting]?.text += "\n\(content)"
      return
    }
    sections[section]?[setting]?.nested[name] = value
  }

  private static func pair(_ content: String) -> (name: String, value: String)? {
    guard let equals = content.firstIndex(of: "=") else { return nil }
    let name = trimmed(content[..<equals]).lowercased()
    return name.isEmpty ? nil : (name, trimmed(content[content.index(after: equals)...]))
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}

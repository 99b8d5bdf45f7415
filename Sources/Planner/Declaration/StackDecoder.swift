extension StackLoader {
  /// The top-level keys that are not sections.
  static let topLevelKeys = ["stack", "description", "include", "variables", "tags", "outputs"]

  /// Decodes one file into the declaration; returns what the file includes.
  mutating func decode(
    _ node: YAMLNode, path: String, isIncluded: Bool
  ) -> [(path: String, span: SourceSpan)] {
    guard let entries = node.entries else {
      diagnostics.add(
        .wrongShape("A stack", wanted: "a mapping", node, fix: "Begin with its name: stack: shop"))
      return []
    }
    let folder = FilePath.directory(of: path)
    var includes: [(path: String, span: SourceSpan)] = []
    for entry in entries {
      switch entry.key {
      case "stack": decodeName(entry, isIncluded: isIncluded)
      case "description" where entry.value.isNull: break
      case "description": declaration.summary = text(of: entry) ?? declaration.summary
      case "include":
        for (name, span) in names(in: entry) {
          if name.hasPrefix("/") { diagnostics.add(.absoluteInclude(name, at: span)) }
          includes.append((FilePath.joined(folder, name), span))
        }
      case "variables": each(of: entry) { $0.decodeVariable($1) }
      case "tags": each(of: entry) { $0.declaration.tags.append($1) }
      case "outputs": each(of: entry) { $0.decodeOutput($1) }
      case "modules", "forEach", "when": diagnostics.add(.notThereYet(entry.key, at: entry.keySpan))
      default: decodeSection(entry, folder: folder)
      }
    }
    if !isIncluded, node["stack"] == nil { diagnostics.add(.namelessStack(at: node.span)) }
    return includes
  }

  private mutating func decodeName(_ entry: YAMLNode.Entry, isIncluded: Bool) {
    if isIncluded {
      diagnostics.add(.nameInInclude(at: entry.keySpan))
    } else if let name = text(of: entry) {
      if Self.isStackName(name) {
        declaration.name = name
      } else {
        diagnostics.add(.badStackName(name, at: entry.value.span))
      }
    }
  }

  /// Whether a stack can be called so: a letter, then letters, digits and -, at most 63.
  static func isStackName(_ name: String) -> Bool {
    let isFirst = name.first.map { $0.isASCII && $0.isLetter } ?? false
    return isFirst && name.count <= 63
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
  }

  private mutating func decodeOutput(_ entry: YAMLNode.Entry) {
    var value = entry.value
    var summary: String?
    var isSecret = false
    if let told = entry.value["value"] {
      var members = MemberReader(entry.value, of: "outputs.\(entry.key)")
      value = members.node("value") ?? told
      summary = members.text("description")
      isSecret = members.boolean("secret") ?? false
      members.finish()
      diagnostics.add(contentsOf: members.diagnostics)
    }
    declaration.outputs.append(
      OutputDeclaration(
        name: entry.key, keySpan: entry.keySpan, value: value, summary: summary, isSecret: isSecret))
  }

  private mutating func decodeVariable(_ entry: YAMLNode.Entry) {
    checkName(entry, of: "variables")
    var (variable, problems) = VariableDeclaration.decoded(entry)
    variable.isBroken = problems.hasErrors
    diagnostics.add(contentsOf: problems)
    declaration.variables.append(variable)
  }

  private mutating func decodeSection(_ section: YAMLNode.Entry, folder: String) {
    if declaration.sections.last(where: { $0.name == section.key }) == nil {
      declaration.sections.append((section.key, section.keySpan))
    }
    // A scalar under an unknown key is a misspelt key rather than a bad section. The resolver reports it, for
    // it knows the kinds.
    guard section.value.entries != nil || section.value.isNull else {
      declaration.malformedSections.append(section)
      return
    }
    // `~` and `null` are written on purpose.
    if section.value.text?.isEmpty == true, section.value.isNull {
      declaration.emptySections.append((section.key, section.keySpan))
    }
    let folder = folderInStack(folder)
    each(of: section) { loader, entry in
      loader.checkName(entry, of: section.key)
      let isNull = entry.value.isNull
      let node = isNull ? YAMLNode(content: .mapping([]), span: entry.keySpan) : entry.value
      guard node.entries != nil else {
        loader.declaration.malformedEntries.append((section.key, entry))
        return
      }
      loader.declaration.resources.append(
        ResourceDeclaration(
          address: Address(section.key, entry.key), keySpan: entry.keySpan, node: node, directory: folder))
    }
  }

  /// A file's folder as seen from the stack's.
  private func folderInStack(_ folder: String) -> String {
    if folder == root { return "." }
    if root == "." { return folder }
    return folder.hasPrefix(root + "/") ? String(folder.dropFirst(root.utf8.count + 1)) : "../" + folder
  }
}

extension StackLoader {
  /// The members of a mapping that no earlier file has; nothing under the key is an empty mapping.
  private mutating func each(
    of section: YAMLNode.Entry, _ take: (inout StackLoader, YAMLNode.Entry) -> Void
  ) {
    if section.value.isNull { return }
    guard let entries = section.value.entries else {
      diagnostics.add(.wrongShape(section.key, wanted: "a mapping", section.value))
      return
    }
    for entry in entries {
      let name = "\(section.key).\(entry.key)"
      if let first = declared[name] {
        diagnostics.add(.declaredTwice(name, first: first, at: entry.keySpan))
      } else {
        declared[name] = entry.keySpan
        take(&self, entry)
      }
    }
  }

  private mutating func checkName(_ entry: YAMLNode.Entry, of section: String) {
    if !Self.isEntryName(entry.key) {
      diagnostics.add(.badEntryName(entry.key, of: section, at: entry.keySpan))
    }
  }

  /// Whether this can stand between the dots of a reference: a letter or digit, then letters, digits, - and
  /// _, at most 128.
  static func isEntryName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "_") else {
      return false
    }
    return name.utf8.count <= 128
      && name.utf8.allSatisfy {
        $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A
          || $0 >= 0x30 && $0 <= 0x39
      }
  }

  private mutating func text(of entry: YAMLNode.Entry) -> String? {
    if let text = entry.value.text, !entry.value.isNull { return text }
    diagnostics.add(.wrongShape(entry.key, wanted: "a text", entry.value))
    return nil
  }

  private mutating func names(in entry: YAMLNode.Entry) -> [(text: String, span: SourceSpan)] {
    var reader = MemberReader(YAMLNode(content: .mapping([entry]), span: entry.value.span), of: "A stack")
    let names = reader.texts(entry.key)
    diagnostics.add(contentsOf: reader.diagnostics)
    return names
  }
}

extension Diagnostic {
  static func notThereYet(_ word: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "Not there yet", "This version of Stackform has no \(word).", at: span,
      fix: "Write the resources out, or share what they have in common by anchors and include.")
  }

  fileprivate static func namelessStack(at span: SourceSpan) -> Diagnostic {
    Diagnostic("Missing name", "The stack has no name.", at: span, fix: "Begin with one: stack: shop")
  }

  fileprivate static func nameInInclude(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "Name in an included file", "An included file is part of a stack and has no name of its own.", at: span,
      fix: "Take the line out.")
  }

  fileprivate static func absoluteInclude(_ path: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "Absolute path", "\(path.shortened) is a place of this machine alone.", at: span,
      fix: "Name the file relative to the one that includes it: a release must mean the same everywhere.")
  }

  fileprivate static func badStackName(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "Bad name", "\"\(name.shortened)\" can't be a stack's name.", at: span,
      fix: "A letter, then letters, digits and -, at most 63.")
  }

  fileprivate static func badEntryName(_ name: String, of section: String, at span: SourceSpan) -> Diagnostic
  {
    let fix =
      name.contains("${")
      ? "Expressions are for values; a physical name is given by the entry's name property."
      : "A letter or digit, then letters, digits, - and _; a physical name is given by the entry's name property."
    return Diagnostic(
      "Bad name", "\"\(name.shortened)\" can't be a name in \(section).", at: span, fix: fix)
  }

  fileprivate static func declaredTwice(
    _ name: String, first: SourceSpan, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      "Declared twice", "\(name) is already declared in \(first.source.name), line \(first.line).", at: span,
      fix: "Take one of them out, or rename it.")
  }
}

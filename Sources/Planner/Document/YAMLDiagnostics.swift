extension Diagnostic {
  static func tooLarge(_ name: String) -> Diagnostic {
    Diagnostic(
      "File too large", "\(name) has more than \(ByteCount(YAMLParser.sizeLimit)).",
      fix: "Split it into several files and name them under include.")
  }

  static func notUTF8(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "Not UTF-8", "The bytes from here on are not UTF-8 text.", at: span, fix: "Save the file as UTF-8.")
  }

  static func controlCharacter(_ byte: UInt8, at span: SourceSpan) -> Diagnostic {
    let name = byte == 0 ? "a NUL byte" : "the control character \(byte)"
    return Diagnostic(
      "Control character", "Here is \(name), which no YAML text may hold.", at: span, fix: "Take it out.")
  }

  static func severalDocuments(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "Several documents", "A second YAML document begins here; a file holds one.", at: span,
      fix: "Take the --- out, or move what follows to a file of its own.")
  }

  static func tooDeep(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "Too deep", "Lists and mappings are nested deeper than \(YAMLParser.depthLimit) levels.", at: span)
  }

  static func textTooLong(_ count: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "Text too long",
      "This text has \(ByteCount(count)), and \(ByteCount(YAMLParser.scalarLimit)) is the most that a text may have.",
      at: span, fix: "Put it into a file of its own, and name that: ${file(\"text.json\")}.")
  }

  static func tooManyNodes(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "Too many nodes", "With its aliases followed the document has more than \(YAMLParser.nodeLimit) nodes.",
      at: span, fix: "Use fewer aliases of aliases.")
  }

  static func unknownTag(_ tag: String, at span: SourceSpan) -> Diagnostic {
    guard span.isShown else {
      return Diagnostic(
        "Unknown tag", "A text begins with !, which marks a tag in YAML, and no such tag is known.", at: span,
        fix: "Quote the text.")
    }
    let intrinsics = ["!Ref", "!GetAtt", "!Sub", "!Join", "!ImportValue", "!Select", "!If", "!FindInMap"]
    let fix =
      intrinsics.contains(tag)
      ? "References are written ${section.name.attribute} here, as ${queues.orders.arn}."
      : "Take the tag out, or quote the text if it begins with !."
    let shown = tag.hasPrefix("tag:yaml.org,2002:") ? "!!" + tag.dropFirst(18) : tag
    return Diagnostic("Unknown tag", "The tag \(shown) has no meaning here.", at: span, fix: fix)
  }

  static func unknownAnchor(_ name: String, isOpen: Bool, known: [String], at span: SourceSpan) -> Diagnostic
  {
    guard span.isShown else {
      return Diagnostic(
        "Unknown anchor",
        "A text begins with *, which means an anchor in YAML, and no such anchor stands above.",
        at: span, fix: "Quote the text.")
    }
    if isOpen { return Diagnostic("Endless alias", "*\(name) stands inside of &\(name) itself.", at: span) }
    let near = suggestion(for: name, among: known).map { "Did you mean *\($0)?" }
    return Diagnostic(
      "Unknown anchor", "No &\(name) stands above this *\(name).", at: span,
      fix: near ?? "Quote the text if it begins with * and is not an alias.")
  }

  static func keyIsNoText(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "Key is not a text", "A list or a mapping can't be a key.", at: span,
      fix: "Quote the key if it begins with [ or {.")
  }

  static func emptyKey(at span: SourceSpan) -> Diagnostic {
    Diagnostic("Empty key", "The key before this : is empty.", at: span)
  }

  static func duplicateKey(_ name: String, first: SourceSpan, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "Duplicate key", "\"\(name)\" is already there on line \(first.line).", at: span,
      fix: "Take one of them out, or put their contents together.")
  }

  static func mergeOfNoMapping(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "Nothing to merge", "<< takes a mapping, or a list of mappings.", at: span,
      fix: "Name an anchor of a mapping, as <<: *defaults.")
  }

  /// What libyaml stumbled over, in words for people where its own need a knowledge of parsers.
  static func notYAML(_ failure: YAMLEvents.Failure, in source: SourceText) -> Diagnostic {
    guard let problemMark = failure.mark else {
      return Diagnostic(
        "Not YAML", "\(failure.problem).".capitalisedFirst, at: source.place(ofByte: failure.byte))
    }
    let isUnclosed = failure.problem.contains("unexpected end of stream")
    let mark = isUnclosed ? failure.contextMark ?? problemMark : problemMark
    let line = mark.line + 1
    let column = source.characterColumn(line: line, codePoints: mark.column)
    let span = SourceSpan(source: source, line: line, column: column, endLine: line, endColumn: column + 1)
    if let plain = badCharacter(failure, at: span) { return plain }
    let known = plainWords.first { failure.problem.contains($0.problem) }
    let context = failure.context.map { ", \($0)" } ?? ""
    var detail = known?.detail ?? "\(failure.problem)\(context).".capitalisedFirst
    if let begin = failure.contextMark, begin.line != mark.line, failure.context?.contains("flow") == true {
      detail += " It begins on line \(begin.line + 1)."
    }
    return Diagnostic("Not YAML", detail, at: span, fix: known?.fix)
  }

  /// The mistake that the character at the place explains: a tab, or a character with which no text can
  /// begin.
  private static func badCharacter(_ failure: YAMLEvents.Failure, at span: SourceSpan) -> Diagnostic? {
    guard span.source.lines.indices.contains(span.line - 1) else { return nil }
    let text = span.source.lines[span.line - 1]
    let character = text.dropFirst(span.column - 1).first
    let indentation = text.prefix { $0 == " " || $0 == "\t" }
    if character == "\t" || (indentation.contains("\t") && span.column <= indentation.count + 1) {
      return Diagnostic(
        "Tab in the indentation", "YAML is indented with spaces; here is a tab.", at: span,
        fix: "Put spaces in its place.")
    }
    guard let character, "@`%".contains(character), failure.problem.contains("cannot start any token") else {
      return nil
    }
    return Diagnostic(
      "Not YAML", "A plain text can't begin with \(character).", at: span, fix: "Quote the text.")
  }

  private static let plainWords: [(problem: String, detail: String, fix: String)] = [
    (
      "mapping values are not allowed", "A second : stands where a text or a new line is expected.",
      "Quote the text if it holds \": \", put a : behind the key above, or check the indentation."
    ),
    (
      "could not find expected ':'", "This line is not \"key: value\".",
      "Put a : and a space behind the key, or indent the line if it goes on from the one above."
    ),
    (
      "did not find expected '-' indicator", "An item of the list, which begins with -, is expected here.",
      "Check the indentation: all items of a list stand below one another."
    ),
    (
      "did not find expected key", "A key is expected here.",
      "Check the indentation: all keys of a mapping stand below one another."
    ),
    (
      "did not find expected ',' or ']'", "The list in brackets goes on or ends here, with , or ].",
      "Close the list with ], or quote a text that holds brackets."
    ),
    (
      "did not find expected ',' or '}'", "The mapping in braces goes on or ends here, with , or }.",
      "Close the mapping with }, or quote a text that holds braces, as \"${queues.orders.arn}\"."
    ),
    (
      "found unexpected end of stream", "The text that begins here is never closed.", "Close the quotes."
    ),
    (
      "block sequence entries are not allowed", "A list can't begin here.",
      "Begin the list on a new line, below its key."
    ),
    (
      "found unknown escape character", "This escape means nothing in double quotes.",
      "Write \\\\ for a backslash, or use single quotes."
    ),
    (
      "found undefined tag handle", "The tag has no meaning here.",
      "Take it out, or quote the text if it begins with !."
    ),
  ]
}

extension String {
  /// Behind its article: `an API`, `a queue`, `a user pool`.
  var withArticle: String {
    let isVowel = "aeiouAEIOU".contains(first ?? "x") && !hasPrefix("use") && !hasPrefix("uni")
    return (isVowel ? "an " : "a ") + self
  }

  /// With a capital first letter, the rest as it is.
  package var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}

import Planner

/// The last guard before text leaves: no sign in it is obeyed but Stackform's own.
///
/// Renderers write what others said by ``TerminalText/printable(_:)``; this is for what one of them forgets. What
/// is escaped here reads the same in JSON, where it stands in a text: `\u202e`.
enum OutputGuard {
  /// The text with every control sign escaped, apart from line ends and tabs. `hasColour` lets Stackform's own
  /// colours stand; `canRepaint` says that it goes to a terminal, and may move its cursor as ``LivePainter`` does.
  static func safe(_ text: String, hasColour: Bool, canRepaint: Bool) -> String {
    guard mayHoldControls(text) else { return text }
    var result = String.UnicodeScalarView()
    let scalars = Array(text.unicodeScalars)
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if scalar == "\u{1B}", let end = own(scalars, from: index, hasColour, canRepaint) {
        result += scalars[index..<end]
        index = end
        continue
      }
      index += 1
      if !scalar.isControl || scalar == "\n" || scalar == "\t" || scalar == "\r" && canRepaint {
        result.append(scalar)
      } else if scalar != "\r" {
        let hex = String(scalar.value, radix: 16)
        result += "\\u\(String(repeating: "0", count: 4 - hex.count))\(hex)".unicodeScalars
      }
    }
    return String(result)
  }

  /// Most texts are decided by their bytes: C0 and DEL are bytes; C1, U+061C and the marks of the block U+2000
  /// begin with C2, D8 and E2.
  private static func mayHoldControls(_ text: String) -> Bool {
    text.utf8.contains { byte in
      byte < 0x20 && byte != 0x0A && byte != 0x09 || [0x7F, 0xC2, 0xD8, 0xE2].contains(byte)
    }
  }

  /// The end of a sequence that Stackform writes itself; nil for any other.
  private static func own(
    _ scalars: [Unicode.Scalar], from start: Int, _ hasColour: Bool, _ canRepaint: Bool
  ) -> Int? {
    guard start + 2 < scalars.count, scalars[start + 1] == "[" else { return nil }
    guard let end = scalars[(start + 2)...].prefix(16).firstIndex(where: { $0.properties.isAlphabetic })
    else {
      return nil
    }
    let parameters = String(String.UnicodeScalarView(scalars[(start + 2)..<end]))
    let isOwn =
      switch scalars[end] {
      case "m":
        hasColour
          && parameters.split(separator: ";", omittingEmptySubsequences: false).allSatisfy {
            $0 == "0" || TerminalStyle.Colour(rawValue: String($0)) != nil
          }
      case "A": canRepaint && Int(parameters) != nil
      case "J", "K": canRepaint && parameters.isEmpty
      case "h", "l": canRepaint && parameters == "?25"
      default: false
      }
    return isOwn ? end + 1 : nil
  }
}

extension Unicode.Scalar {
  /// A sign that is obeyed and not shown: C0, DEL and C1, which move a terminal's cursor; the marks that turn the
  /// direction of writing or end a line, so that a text reads otherwise than it is (U+061C, U+200E, U+200F,
  /// U+2028 to U+202E, U+2066 to U+2069).
  package var isControl: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

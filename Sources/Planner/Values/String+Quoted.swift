extension String {
  /// The text in double quotes, with the escapes that JSON, YAML and Swift have in common.
  ///
  /// `escape` says how any other character is written; nil where it stands for itself.
  package func doubleQuoted(_ escape: (Unicode.Scalar) -> String?) -> String {
    var result = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default:
        if let escaped = escape(scalar) { result += escaped } else { result.unicodeScalars.append(scalar) }
      }
    }
    return result + "\""
  }
}

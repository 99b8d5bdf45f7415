import Planner

/// A configured endpoint's URL in its parts: scheme, host with port, and the path that precedes each
/// request's path.
struct EndpointURL: Hashable {
  let scheme: String
  /// Host and port, without a port that is the scheme's own.
  let authority: String
  /// Already escaped, without a slash at its end; mostly empty.
  let pathPrefix: String

  init(_ text: String) throws(ProviderError) {
    guard let separator = text.firstRange(of: "://") else {
      throw Self.invalid(text, "it must begin with http:// or https://")
    }
    scheme = text[..<separator.lowerBound].lowercased()
    guard scheme == "http" || scheme == "https" else {
      throw Self.invalid(text, "it must begin with http:// or https://")
    }
    let rest = text[separator.upperBound...]
    let end = rest.firstIndex(of: "/") ?? rest.endIndex
    let host = String(rest[..<end])
    guard !host.isEmpty, !host.contains(where: { "@?# \\".contains($0) || !$0.isASCII }) else {
      throw Self.invalid("\(scheme)://…", "its host is missing or holds what no host name does")
    }
    let path = rest[end...]
    guard !path.contains(where: { "?# ".contains($0) || !$0.isASCII }) else {
      throw Self.invalid(text, "it may have no query and no fragment")
    }
    let usual = scheme == "http" ? ":80" : ":443"
    authority = host.hasSuffix(usual) ? String(host.dropLast(usual.count)) : host
    pathPrefix = String(path.reversed().drop { $0 == "/" }.reversed())
  }

  private static func invalid(_ text: String, _ reason: String) -> ProviderError {
    ProviderError(
      .invalid, message: "\"\(text)\" is not an endpoint's URL: \(reason)", operation: "endpoint")
  }

  var isLoopback: Bool { Self.isLoopback(authority: authority) }

  /// Whether a host is this machine: then the endpoint is an emulator, and may be polled fast.
  static func isLoopback(authority: String) -> Bool {
    let host: Substring
    if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
      host = authority[authority.index(after: authority.startIndex)..<end]
    } else {
      host = authority.prefix { $0 != ":" }
    }
    let name = host.lowercased()
    return name == "localhost" || name.hasSuffix(".localhost") || name == "localhost.localstack.cloud"
      || name.hasSuffix(".localhost.localstack.cloud") || name == "::1" || name == "0.0.0.0"
      || (name.hasPrefix("127.") && name.split(separator: ".").count == 4
        && name.allSatisfy { $0.isNumber || $0 == "." })
  }

  /// The same for a whole URL.
  static func isLoopback(url: String) -> Bool {
    let origin = origin(of: url)
    return isLoopback(
      authority: String(origin[(origin.lastIndex(of: "/").map(origin.index(after:)) ?? origin.startIndex)...])
    )
  }

  /// Whether a URL is AWS's own, a private endpoint's included.
  static func isAWS(url: String) -> Bool {
    let host = origin(of: url).lowercased().split(separator: "/").last?.prefix { $0 != ":" } ?? ""
    return ["amazonaws.com", "amazonaws.com.cn", "api.aws", "amazonaws.eu", "c2s.ic.gov", "sc2s.sgov.gov"]
      .contains { host == $0 || host.hasSuffix(".\($0)") }
  }

  /// Scheme and authority: what may be shown of a URL in a message.
  static func origin(of url: String) -> String {
    var slashes = 0
    let bytes = url.utf8.prefix { byte in
      if byte == UInt8(ascii: "/") { slashes += 1 }
      return slashes < 3 && byte != UInt8(ascii: "?")
    }
    return String(Substring(bytes))
  }
}

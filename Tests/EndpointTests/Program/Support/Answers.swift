/// Answers that no endpoint should give, and some that each does.
enum Answers {
  static func http(_ status: String, _ type: String, _ body: String) -> String {
    "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
  }

  static let denied = http(
    "403 Forbidden", "application/json",
    #"{"__type":"AccessDeniedException","message":"you may only look","Code":"AccessDenied"}"#)
  static let failed = http(
    "500 Internal Server Error", "application/json", #"{"__type":"InternalError","message":"oops"}"#)
  static let html = http(
    "502 Bad Gateway", "text/html",
    "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>")
  static let htmlSuccess = http("200 OK", "text/html", "<html><body>Welcome to your router</body></html>")
  static let emptySuccess = http("200 OK", "application/json", "")
  static let emptyFailure = http("500 Internal Server Error", "text/plain", "")
  static let halfJSON = http("200 OK", "application/json", #"{"Account": "0123"#)
  static let deepJSON = http("200 OK", "application/json", String(repeating: "[", count: 200_000))
  static let redirect =
    "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
  static let cutShort =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{\"a\":"
  static let noHTTP = "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"
  static let binary = http("200 OK", "application/json", "\u{1b}[2J\u{7}\u{0}\u{1}\u{2}")
}

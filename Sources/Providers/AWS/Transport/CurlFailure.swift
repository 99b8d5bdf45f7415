import CCurl
import Planner

/// libcurl's result codes as provider errors. Facts: libcurl-errors(3).
///
/// Even "couldn't connect" doesn't say that nothing was sent: curl may have lost a kept connection before.
enum CurlFailure {
  /// curl's result code as a provider error.
  static func error(
    _ code: CURLcode, detail: String, origin: String, wasSent: Bool, isTooLarge: Bool, limit: Int
  ) -> ProviderError {
    if isTooLarge || code == CURLE_FILESIZE_EXCEEDED {
      return ProviderError(.malformed, message: "\(origin) sent more than \(limit) bytes in one answer")
    }
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
      return ProviderError(
        .unreachable,
        message: "the host name of \(origin) is not known (\(detail)): check the region and the endpoint",
        neverSent: !wasSent)
    case CURLE_COULDNT_CONNECT:
      return ProviderError(
        .unreachable, message: "nothing answers at \(origin) (\(detail))",
        neverSent: !wasSent)
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE:
      return ProviderError(
        .unreachable,
        message:
          "no trusted TLS connection to \(origin) (\(detail)): AWS_CA_BUNDLE names a file of certificates to trust",
        neverSent: !wasSent)
    case CURLE_OPERATION_TIMEDOUT:
      return ProviderError(
        .unreachable, message: "no answer from \(origin) in time: \(detail)", neverSent: !wasSent,
        timedOut: true)
    case CURLE_URL_MALFORMAT:
      return ProviderError(.invalid, message: "\(origin) can't be dialled: \(detail)", neverSent: !wasSent)
    case CURLE_UNSUPPORTED_PROTOCOL where !wasSent:
      return ProviderError(.invalid, message: "\(origin) can't be dialled: \(detail)", neverSent: !wasSent)
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING:
      return ProviderError(.malformed, message: "what answers at \(origin) speaks no HTTP: \(detail)")
    // One event in four words: "necessary data rewind wasn't possible" is a kept connection that broke under
    // a request which may not be repeated.
    case CURLE_GOT_NOTHING, CURLE_SEND_FAIL_REWIND, CURLE_SEND_ERROR, CURLE_RECV_ERROR:
      return ProviderError(
        .unreachable, message: "no answer from \(origin): the connection was closed", neverSent: !wasSent)
    default:
      return ProviderError(
        .unreachable, message: "no answer from \(origin): \(detail)", neverSent: !wasSent)
    }
  }
}

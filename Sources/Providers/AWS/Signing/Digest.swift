import CCrypto
import CZlib

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// SHA-256 and its keyed form, from libcrypto.
enum Digest {
  /// SHA-256: 32 bytes.
  static func sha256(_ data: Data) -> Data {
    var hash = Data(count: Int(SHA256_DIGEST_LENGTH))
    hash.withUnsafeMutableBytes { output in
      data.withUnsafeBytes { input in
        _ = SHA256(
          input.bindMemory(to: UInt8.self).baseAddress, input.count,
          output.bindMemory(to: UInt8.self).baseAddress)
      }
    }
    return hash
  }

  /// HMAC with SHA-256 of a text in UTF-8: 32 bytes.
  static func hmacSHA256(_ text: String, key: Data) -> Data {
    var hash = Data(count: Int(SHA256_DIGEST_LENGTH))
    let message = Data(text.utf8)
    hash.withUnsafeMutableBytes { output in
      key.withUnsafeBytes { secret in
        message.withUnsafeBytes { input in
          _ = HMAC(
            EVP_sha256(), secret.baseAddress, Int32(secret.count),
            input.bindMemory(to: UInt8.self).baseAddress, input.count,
            output.bindMemory(to: UInt8.self).baseAddress, nil)
        }
      }
    }
    return hash
  }

  /// Two lower-case digits a byte.
  static func hex(_ data: Data) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(data.count * 2)
    for byte in data {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// CRC-32 in the four big-endian bytes that S3's `x-amz-checksum-crc32` carries as base64.
  static func crc32Base64(_ data: Data) -> String {
    var sum: UInt = 0
    data.withUnsafeBytes { bytes in
      guard let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
      sum = CZlib.crc32_z(0, start, bytes.count)
    }
    let big = UInt32(truncatingIfNeeded: sum).bigEndian
    return withUnsafeBytes(of: big) { Data($0) }.base64EncodedString()
  }
}

import Testing

@testable import Planner

@Test(arguments: [
  (0, "0 bytes"), (1, "1 byte"), (1023, "1023 bytes"), (1 << 10, "1 KiB"), (1536, "1.5 KiB"),
  (1023 << 10, "1023 KiB"), ((4 << 20) + 1, "4.0 MiB"), ((10 << 20) - 1, "9.9 MiB"),
  (Int.max, "8589934591.9 GiB"),
])
func `A size is cut to tenths, never rounded up`(bytes: Int, words: String) {
  #expect(ByteCount(bytes).description == words)
}

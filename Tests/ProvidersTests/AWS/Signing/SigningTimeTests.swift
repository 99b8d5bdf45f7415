import Testing

@testable import Providers

struct SigningTimeTests {
  @Test(arguments: [
    (0, "19700101T000000Z"), (951_782_399, "20000228T235959Z"), (951_782_400, "20000229T000000Z"),
    (1_440_938_160, "20150830T123600Z"), (4_107_542_399, "21000228T235959Z"),
    (4_107_542_400, "21000301T000000Z"),
  ])
  func `a moment is written in UTC`(_ seconds: Int, _ stamp: String) {
    #expect(SigningTime(seconds: seconds).stamp == stamp)
  }

  @Test(arguments: [
    ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Tue, 29 Feb 2000 00:00:00 GMT", 951_782_400),
    ("Fri, 24 May 2013 00:00:00 GMT", 1_369_353_600),
  ])
  func `an HTTP date is read back`(_ text: String, _ seconds: Int) {
    #expect(SigningTime(httpDate: text)?.seconds == seconds)
  }

  @Test(arguments: ["", "yesterday", "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Foo 1994 08:49:37 GMT"])
  func `what is no HTTP date is none`(_ text: String) { #expect(SigningTime(httpDate: text) == nil) }
}

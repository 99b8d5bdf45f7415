import Planner
import Testing

@testable import Stackform

struct TerminalTests {
  @Test(
    arguments: [
      ([:], true, false, true), ([:], false, false, false), (["NO_COLOR": "1"], true, false, false),
      (["NO_COLOR": ""], true, false, true), (["TERM": "dumb"], true, false, false),
      (["FORCE_COLOR": "1"], false, false, true), (["CLICOLOR_FORCE": "1"], false, false, true),
      (["CLICOLOR_FORCE": "0"], false, false, false), (["CLICOLOR": "0"], true, false, false),
      (["FORCE_COLOR": "1", "NO_COLOR": "1"], true, false, false), (["FORCE_COLOR": "1"], true, true, false),
    ] as [([String: String], Bool, Bool, Bool)])
  func `colour follows the conventions`(
    environment: [String: String], isTerminal: Bool, isRefused: Bool, expected: Bool
  ) {
    let style = TerminalStyle(environment: environment, isTerminal: isTerminal, isColourRefused: isRefused)
    #expect(style.hasColour == expected)
  }

  @Test(
    arguments: [
      ([:], false), (["LANG": "en_US.UTF-8"], true), (["LANG": "C"], false), (["LC_ALL": "C.utf8"], true),
      (["LC_ALL": "C", "LANG": "en_US.UTF-8"], false), (["LC_ALL": "", "LANG": "de_DE.UTF-8"], true),
    ] as [([String: String], Bool)])
  func `symbols follow the locale`(environment: [String: String], isUnicode: Bool) {
    let style = TerminalStyle(environment: environment, isTerminal: true, isColourRefused: false)
    #expect(style.symbols == (isUnicode ? .unicode : .ascii))
  }

  @Test func `widths ignore colours and count wide characters twice`() {
    #expect(TerminalText.width(of: TerminalStyle.colour("abc", .bold, .red)) == 3)
    #expect(TerminalText.width(of: "漢字🚀é") == 7)
  }

  @Test func `cutting keeps escape sequences whole`() {
    let cut = TerminalText.cut(TerminalStyle.colour("abcdef", .red), to: 4, ellipsis: "…")
    #expect(cut == "\u{1B}[31mabc…\u{1B}[0m")
    #expect(TerminalText.cut("abc", to: 3, ellipsis: "…") == "abc")
  }

  @Test func `nothing that a service says moves the cursor`() {
    #expect(TerminalText.printable("a\u{1B}[2Jb\nc\u{202E}") == "a\\u{1b}[2Jb\nc\\u{202e}")
  }

  @Test func `the first request to stop is heard, the second ends it with 130`() async {
    let codes = Written()
    let interrupt = Interrupt(restore: { codes.append("restored ") }, exit: { codes.append("\($0)") })
    #expect(!interrupt.isRequested)
    interrupt.signal()
    #expect(interrupt.isRequested)
    for await _ in interrupt.requests { codes.append("asked ") }
    #expect(codes.text == "asked ")
    interrupt.signal()
    #expect(codes.text == "asked restored 130")
  }
}

struct PromptTests {
  private let written = Written()

  private func terminal(canAsk: Bool = true, answer: String?) -> Terminal {
    Terminal(
      style: .plain, errorStyle: .plain, canRepaint: false, canAsk: canAsk, size: { .standard },
      write: { [written] in written.append($0) }, writeError: { _ in }, readLine: { _ in answer })
  }

  @Test(arguments: [
    ("yes", Prompt.Answer.approved), (" yes ", .approved), ("yes\r", .approved), ("y", .declined),
    ("YES", .declined),
    ("no", .declined), ("", .declined),
  ])
  func `only yes approves`(answer: String, expected: Prompt.Answer) throws {
    let prompt = Prompt(terminal: terminal(answer: answer))
    #expect(try prompt.ask(.apply, unless: { false }) == expected)
  }

  @Test func `the end of the input declines, and a signal interrupts`() throws {
    let prompt = Prompt(terminal: terminal(answer: nil))
    #expect(try prompt.ask(.apply, unless: { false }) == .declined)
    #expect(try prompt.ask(.apply, unless: { true }) == .interrupted)
  }

  @Test func `the questions have Terraform's words`() throws {
    let prompt = Prompt(terminal: terminal(answer: "yes"))
    _ = try prompt.ask(.apply, unless: { false })
    _ = try prompt.ask(.destroy, unless: { false })
    _ = try prompt.ask(.unlock("ada holds it on host-1 since 10:00, for an apply."), unless: { false })
    expectSnapshot(written.text, "prompts")
  }

  @Test func `JSON leaves no place for a question`() throws {
    let command = try CommandLineParser.parse(["apply", "--json"])
    let prompt = Prompt(terminal: terminal(answer: "yes"))
    let error = #expect(throws: Diagnostic.self) {
      try prompt.ask(.apply, refusal: command.inputRefusal, unless: { false })
    }
    #expect(error?.detail == "This needs a 'yes', and --json leaves no place for a question.")
  }

  @Test func `what comes through a pipe is an answer; an empty pipe has nobody behind it`() throws {
    #expect(
      try Prompt(terminal: terminal(canAsk: false, answer: "yes")).ask(.apply, unless: { false }) == .approved
    )
    #expect(
      try Prompt(terminal: terminal(canAsk: false, answer: "no")).ask(.apply, unless: { false }) == .declined)
    let empty = Prompt(terminal: terminal(canAsk: false, answer: nil))
    let error = #expect(throws: Diagnostic.self) { try empty.ask(.apply, unless: { false }) }
    #expect(error?.fix == "Add --auto-approve to go ahead without the question.")
  }
}

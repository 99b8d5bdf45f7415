import Planner
import Testing

@testable import Stackform

struct CommandLineTests {
  @Test(arguments: [
    ["plan", "-out=p", "-target=queues.a", "-target", "queues.b", "x.yaml"],
    ["plan", "x.yaml", "--target", "queues.a", "--out", "p", "--target=queues.b"],
    ["plan", "--out=p", "-target", "queues.a", "--target", "queues.b", "--", "x.yaml"],
    ["plan", "-o", "p", "--target=queues.a", "--target=queues.b", "x.yaml"],
  ])
  func `dashes, equals signs and order do not matter`(arguments: [String]) throws {
    var expected = ParsedCommand(.plan, arguments: ["x.yaml"])
    expected.values = [.out: ["p"], .target: ["queues.a", "queues.b"]]
    #expect(try CommandLineParser.parse(arguments) == expected)
  }

  @Test func `every option of Terraform's that has a meaning here is understood`() throws {
    let words = [
      "-chdir=infra", "apply", "-auto-approve", "-input=false", "-lock=false", "-lock-timeout=3s",
      "-parallelism=4",
      "-var", "a=1", "-var=b=x=y", "-var-file=v.yaml", "-no-color", "-compact-warnings", "-destroy", "-json",
      "-replace=queues.a", "--adopt", "queues.b",
    ]
    let command = try CommandLineParser.parse(words)
    #expect(command.name == .apply)
    #expect(command.value(.chdir) == "infra")
    #expect(command.isApproved && command.isDestroy && command.isJSON)
    #expect(!command.usesLock)
    #expect(command.inputRefusal == "--input=false was given")
    #expect(command.lockTimeout == .seconds(3))
    #expect(command.parallelism == 4)
    #expect(command.variables == ["a": "1", "b": "x=y"])
    #expect(command.variableFiles == ["v.yaml"])
    #expect(command.replacements == ["queues.a"])
    #expect(command.adoptions == ["queues.b"])
    #expect(command.stackPath == ".")
  }

  @Test(arguments: [
    ["move", "queues.a", "--to", "billing", "--as", "queues.b"],
    ["--to", "billing", "--as=queues.b", "move", "queues.a"],
  ])
  func `an option may mean something else in one command`(words: [String]) throws {
    let command = try CommandLineParser.parse(words)
    #expect(command.value(.to) == "billing" && command.value(.as) == "queues.b")
    for rollback in [["rollback", "--to", "billing"], ["--to", "billing", "rollback"]] {
      #expect(throws: Diagnostic.self) { try CommandLineParser.parse(rollback) }
    }
  }

  /// Slips of one letter in a line that holds a secret.
  @Test(arguments: [
    ["plan", "--var", "password:hunter2"], ["plan", "--var=hunter2"], ["plan", "--vra=password=hunter2"],
    ["plan", "--var:password=hunter2"], ["plan", ".", "password=hunter2"], ["password=hunter2"],
    ["plan", "-va=password=hunter2"],
  ])
  func `what may be a secret is not repeated`(words: [String]) {
    let error = #expect(throws: Diagnostic.self) { _ = try CommandLineParser.parse(words) }
    let said = "\(error?.summary ?? "") \(error?.detail ?? "") \(error?.fix ?? "")"
    #expect(error != nil && !said.contains("hunter2"), "\(said)")
  }

  @Test func `without options the defaults hold`() throws {
    let command = try CommandLineParser.parse(["apply"])
    #expect(command.usesLock && command.inputRefusal == nil && !command.isApproved)
    #expect(command.parallelism == 10)
    #expect(command.lockTimeout == .zero)
  }

  @Test(arguments: [["-y"], ["--yes"], ["--auto-approve"], ["-auto-approve=true"]])
  func `approval has several names`(words: [String]) throws {
    #expect(try CommandLineParser.parse(["destroy"] + words).isApproved)
  }

  @Test func `what has no effect is accepted with a warning`() throws {
    let command = try CommandLineParser.parse(["plan", "-refresh=false"])
    #expect(command.notes.map(\.severity) == [.warning])
    #expect(command.notes[0].detail.contains("always read"))
  }

  @Test(arguments: [
    ([], CommandName.help), (["--help"], .help), (["-h"], .help), (["--version"], .version),
    (["-v"], .version),
    (["help"], .help),
  ])
  func `without a command there is help or the version`(words: [String], name: CommandName) throws {
    #expect(try CommandLineParser.parse(words).name == name)
  }

  @Test func `what the command is about and the stack have their places`() throws {
    let command = try CommandLineParser.parse(["output", "apiUrl", "stacks/a", "-raw"])
    #expect(command.subject == "apiUrl")
    #expect(command.stackPath == "stacks/a")
    #expect(command.flag(.raw))
  }

  @Test(arguments: [
    ("30", 30_000), ("3s", 3000), ("1m30s", 90_000), ("2h", 7_200_000), ("0.5s", 500), ("0s", 0),
  ])
  func `times are read`(text: String, milliseconds: Int) {
    #expect(Duration(commandLine: text) == .milliseconds(milliseconds))
  }

  @Test(arguments: ["", "x", "3x", "s", "1m30", "-3s", "9999999999h"]) func `odd times are refused`(
    text: String
  ) {
    #expect(Duration(commandLine: text) == nil)
  }
}

struct CommandLineErrorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let line: String
    let detail: String
    let fix: String
    var testDescription: String { line }
    init(_ line: String, _ detail: String, _ fix: String) {
      (self.line, self.detail, self.fix) = (line, detail, fix)
    }
  }

  static let cases = [
    Case("plann", "Stackform has no command \"plann\".", "Did you mean \"plan\"?"),
    Case("xyzzy", "Stackform has no command \"xyzzy\".", "`stackform help` lists the commands."),
    Case("deploy", "Stackform has no command \"deploy\".", "Here it is `stackform apply`."),
    Case("workspace list", "no command \"workspace\"", "profiles: `stackform plan --profile dev`"),
    Case("plan --targt x", "stackform plan has no option \"--targt\".", "Did you mean \"--target\"?"),
    Case(
      "plan --frob", "stackform plan has no option \"--frob\".", "`stackform help plan` lists the options."),
    Case(
      "plan --auto-approve", "stackform plan does not take --auto-approve.",
      "It belongs to apply, destroy"),
    Case("--out x validate", "stackform validate does not take --out.", "It belongs to plan."),
    Case("plan -refresh-only", "no option --refresh-only", "shows what changed outside of this stack"),
    Case("plan --out", "--out needs a value.", "Write --out FILE."),
    Case("plan --out --json", "--out needs a value.", "Write --out FILE."),
    Case("apply --parallelism 0", "takes a whole number from 1 to 256, not \"0\".", ""),
    Case("apply --parallelism=many", "takes a whole number from 1 to 256, not \"many\".", ""),
    Case("apply --lock-timeout 3x", "takes a time, not \"3x\".", "Write it as 30s, 5m or 1h."),
    Case("apply --lock=perhaps", "takes no value but true or false.", "Write --lock alone."),
    Case(
      "plan --var novalue", "--var takes NAME=VALUE, and this is something else.", "Write --var name=value."),
    Case("graph --format do", "takes one of tree, dot, mermaid, not \"do\".", "Did you mean \"dot\"?"),
    Case("plan a b", "has no use for \"b\".", "Usage: stackform plan [OPTIONS] [STACK]"),
    Case("plan a x=1", "has no use for \"x=…\".", "Variables are given as --var NAME=VALUE."),
    Case("completions", "stackform completions needs SHELL", "Usage: stackform completions [OPTIONS] SHELL"),
  ]

  @Test(arguments: cases) func `mistakes are explained`(_ example: Case) {
    let error = #expect(throws: Diagnostic.self) {
      try CommandLineParser.parse(example.line.split(separator: " ").map(String.init))
    }
    let detail = error?.detail ?? ""
    let fix = error?.fix ?? ""
    #expect(detail.contains(example.detail))
    #expect(fix.contains(example.fix))
  }
}

struct CommandLineHelpTests {
  private let help = CommandLineHelp(style: .plain, width: 80)

  @Test func `the overview tells every command`() { expectSnapshot(help.overview, "help") }

  @Test(arguments: CommandName.allCases) func `each command has a page`(name: CommandName) {
    let page = help.page(for: CommandTable[name])
    for line in page.split(separator: "\n") where line.count > 80 {
      #expect(line.hasPrefix("  stackform") || line.contains("|") || line.contains(">"), "\(line)")
    }
    expectSnapshot(page, "help-\(name.rawValue)")
  }

  @Test func `every option is declared once, and by commands that exist`() {
    #expect(Set(OptionTable.all.keys) == Set(OptionName.allCases))
    #expect(Set(CommandTable.all.map(\.name)) == Set(CommandName.allCases))
    for command in CommandTable.all {
      #expect(Set(command.options).count == command.options.count, "\(command.name) has an option twice")
      #expect(!command.summary.hasSuffix("."))
    }
    let shorts = OptionTable.all.values.compactMap(\.short)
    #expect(Set(shorts).count == shorts.count)
  }

  @Test func `a shell is told the kinds, the project's profiles and the stack's addresses`() {
    let files = FileReader(files: [
      "stackform.yaml": Array("profiles: { dev: { region: eu-west-1 } }".utf8),
      "stack.yaml": Array("stack: shop\nqueues: { a: {}, b: {} }".utf8),
    ])
    #expect(CompletionList.kinds.words(files).contains("queues"))
    #expect(CompletionList.profiles.words(files) == ["local", "dev"])
    #expect(CompletionList.addresses.words(files) == ["queues.a", "queues.b"])
    let none = FileReader(files: ["stack.yaml": Array("- no".utf8)])
    #expect(CompletionList.profiles.words(none) == ["local"] && CompletionList.addresses.words(none).isEmpty)
  }

  @Test(arguments: ShellCompletions.allCases) func `completions come from the declarations`(
    shell: ShellCompletions
  ) {
    expectSnapshot(shell.script, "completions-\(shell.rawValue)")
  }
}

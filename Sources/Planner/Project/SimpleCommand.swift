/// The words of one command of a shell, as far as they were read: enough to know whether the next one is code.
struct SimpleCommand {
  private var words: [String] = []
  /// The word that is read now, as the shell hands it on: without the quotes around it.
  private(set) var word = ""

  /// Who reads the word that is read now as code.
  enum CodeReader: Hashable {
    /// A shell with this command's environment: what it is to put in can be read from there.
    case shell
    /// Another language, another machine, another user: by the program's name.
    case other(String)
  }

  private static let interpreters: [(names: [String], options: [String])] = [
    (["python", "python2", "python3"], ["-c"]), (["perl"], ["-e", "-E", "-ne", "-pe"]), (["ruby"], ["-e"]),
    (["node", "nodejs", "deno", "bun"], ["-e", "-p", "--eval", "--print", "eval"]), (["php"], ["-r"]),
    (takingWords, ["-c", "--command"]),
  ]
  private static let shells = ["sh", "bash", "dash", "zsh", "ksh", "ash", "busybox"]
  /// Programs with words of their own before the option.
  private static let takingWords = ["su", "runuser", "script", "watch", "flock"]
  /// Programs that start others without this command's environment.
  private static let barriers = [
    "sudo", "doas", "docker", "podman", "nerdctl", "kubectl", "lxc", "nsenter", "chroot", "vagrant",
    "machinectl",
  ]

  /// Takes in a character of the word that is read.
  mutating func append(_ character: Character) { word.append(character) }

  /// Ends the word that is read.
  mutating func endWord() {
    if !word.isEmpty { words.append(word) }
    word = ""
  }

  /// nil when the word that is read now is a word like others.
  var codeReader: CodeReader? {
    if words.contains("eval") { return .other("eval") }
    let names = words.map(Self.name)
    if let remote = names.first(where: { ["ssh", "rsh"].contains($0) }) { return .other(remote) }
    guard let option = words.last, option.hasPrefix("-") || option == "eval" else { return nil }
    for (position, program) in names.dropLast().enumerated() {
      // Behind a script all options are the script's: `python3 smoke.py -c x`.
      let next = words[position + 1]
      guard Self.takingWords.contains(program) || next.hasPrefix("-") || next == "eval" else { continue }
      if Self.shells.contains(program), !option.hasPrefix("--"), option.dropFirst().contains("c") {
        let before = names[..<position]
        let isBarred =
          before.contains { Self.barriers.contains($0) } || before.contains("env") && words.contains("-i")
        return isBarred ? .other(program) : .shell
      }
      let isOne = Self.interpreters.contains { names, options in
        names.contains { program == $0 || program.hasPrefix($0 + ".") } && options.contains(option)
      }
      if isOne { return .other(program) }
    }
    return nil
  }

  private static func name(of word: String) -> String {
    word.split(separator: "/").last.map(String.init) ?? word
  }
}

/// Reads a shell's text character by character, and knows how the shell reads the next one.
struct ShellWalker {
  /// How the shell reads a position.
  enum Quoting: Sendable, Hashable { case none, single, double }

  /// The quoting of each `$(` that is open; the last is the innermost.
  private var levels: [Quoting] = [.none]
  /// The simple command that each of them is in.
  private(set) var commands = [SimpleCommand()]
  /// A backslash takes the next character as it is.
  private(set) var isEscaped = false
  private var isBehindDollar = false

  var quoting: Quoting { levels[levels.count - 1] }

  init(_ text: String = "") { for character in text { feed(character) } }

  mutating func feed(_ character: Character) {
    defer { isBehindDollar = character == "$" && !isEscaped && quoting != .single }
    if isEscaped {
      isEscaped = false
      // Between double quotes a backslash stays before what it does not change.
      if quoting == .double, !"\"\\$`".contains(character) { append("\\") }
      append(character)
      return
    }
    if character == "\\", quoting != .single {
      isEscaped = true
      return
    }
    if isBehindDollar, character == "(" {
      levels.append(.none)
      commands.append(SimpleCommand())
      return
    }
    switch (character, quoting) {
    case ("'", .none): levels[levels.count - 1] = .single
    case ("'", .single), ("\"", .double): levels[levels.count - 1] = .none
    case ("\"", .none): levels[levels.count - 1] = .double
    case (")", .none) where levels.count > 1:
      levels.removeLast()
      commands.removeLast()
    case (" ", .none), ("\t", .none): commands[commands.count - 1].endWord()
    case (";", .none), ("|", .none), ("&", .none), ("\n", .none), ("(", .none), (")", .none):
      commands[commands.count - 1] = SimpleCommand()
    default: append(character)
    }
  }

  private mutating func append(_ character: Character) { commands[commands.count - 1].append(character) }
}

/// The words of one command of a shell, as far as they were read: enough to know whether the next one is code.
struct SimpleCommand {
  private var words: [String] = []
  private var word = ""

  /// Programs that take code as an argument, by the options that it stands behind.
  private static let interpreters: [(names: [String], options: [String])] = [
    (["python", "python2", "python3"], ["-c"]), (["perl"], ["-e", "-E", "-ne", "-pe"]), (["ruby"], ["-e"]),
    (["node", "nodejs", "deno", "bun"], ["-e", "-p", "--eval", "--print", "eval"]), (["php"], ["-r"]),
    (["su", "runuser", "script", "watch", "flock"], ["-c", "--command"]),
  ]
  private static let shells = ["sh", "bash", "dash", "zsh", "ksh", "ash", "fish", "busybox"]

  /// Takes in the next character of a command, with what follows it.
  mutating func note(_ rest: Substring, isQuoted: Bool) {
    guard let character = rest.first else { return }
    switch character {
    case "\"", "'": break
    case _ where isQuoted: word.append(character)
    case " ", "\t": endWord()
    case ";", "|", "&", "\n", "(", ")": self = SimpleCommand()
    default: word.append(character)
    }
  }

  /// Takes in a reference, which is a part of a word.
  mutating func noteReference() { word.append("$") }

  private mutating func endWord() {
    if !word.isEmpty { words.append(word) }
    word = ""
  }

  /// The program that would take the word that is read now for code; nil when none would.
  var readerOfCode: String? {
    if words.contains("eval") { return "eval" }
    if let remote = words.first(where: { ["ssh", "rsh"].contains(Self.name(of: $0)) }) {
      return Self.name(of: remote)
    }
    guard let option = words.last, option.hasPrefix("-") || option == "eval" else { return nil }
    for (position, program) in words.dropLast().map(Self.name).enumerated() {
      // Behind a script all options are the script's: `python3 smoke.py -c x`.
      let takesWords = ["su", "runuser", "script", "watch", "flock"].contains(program)
      guard takesWords || words[position + 1].hasPrefix("-") || words[position + 1] == "eval" else {
        continue
      }
      if Self.shells.contains(program), !option.hasPrefix("--"), option.dropFirst().contains("c") {
        return program
      }
      let isOne = Self.interpreters.contains { names, options in
        names.contains { program == $0 || program.hasPrefix($0 + ".") || program.hasPrefix($0 + "3.") }
          && options.contains(option)
      }
      if isOne { return program }
    }
    return nil
  }

  private static func name(of word: String) -> String {
    word.split(separator: "/").last.map(String.init) ?? word
  }
}

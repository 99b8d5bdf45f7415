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

// MARK: Who reads what a line hands on

extension SimpleCommand {
  /// The first program of a line that takes its input for code, or may; nil when none does.
  static func codeReader(ofLine line: String) -> String? {
    line.split { "|&;()`\n".contains($0) }.lazy.compactMap { command in
      let words = command.split { " \t".contains($0) }.map { $0.filter { !"'\"".contains($0) } }
      return inputReader(of: withoutRedirections(words)[...])
    }.first
  }

  /// What stands before a program and is none itself.
  private static let prefixes = [
    "!", "{", "if", "then", "else", "elif", "do", "while", "until", "exec", "command", "builtin", "nohup",
    "time",
  ]
  /// Programs that start another one, behind options and words of their own.
  private static let starters = ["env", "nice", "timeout", "stdbuf", "setsid", "xargs", "parallel", "find"]
  private static let databases = ["psql", "mysql", "mariadb", "sqlite3", "sqlplus"]
  private static let containers = ["docker", "podman", "nerdctl", "kubectl", "lxc"]
  /// Options of sudo and doas that have a word of their own.
  private static let valued = ["-u", "-g", "-h", "-p", "-C", "-r", "-t", "-U", "-D", "-R", "-T"]

  /// Without `> log`, `2>&1`, `<<E` and the like, which may stand anywhere, without a blank, too.
  private static func withoutRedirections(_ words: [String]) -> [String] {
    var left: [String] = []
    var isTarget = false
    for word in words {
      if isTarget {
        isTarget = false
        continue
      }
      guard let arrow = word.firstIndex(where: { "<>".contains($0) }) else {
        left.append(word)
        continue
      }
      let program = word[..<arrow]
      if !program.allSatisfy(\.isNumber) { left.append(String(program)) }
      isTarget = word[arrow...].allSatisfy { "<>-".contains($0) }
    }
    return left
  }

  private static func inputReader(of words: ArraySlice<String>) -> String? {
    var words = words
    while let word = words.popFirst() {
      let name = name(of: word)
      if word.contains("=") || prefixes.contains(name) { continue }
      if starters.contains(name) { return words.map(Self.name).first(where: readsCode) }
      if ["sudo", "doas"].contains(name) {
        while let option = words.first, option.hasPrefix("-") {
          words = words.dropFirst(valued.contains(option) ? 2 : 1)
          // A shell of the other user.
          if option.contains("i") || option.contains("s") { return name }
        }
        if words.isEmpty { return name }
        continue
      }
      if containers.contains(name) {
        return words.contains {
          ["exec", "run", "attach", "ssh"].contains($0) || readsCode(Self.name(of: $0))
        } ? name : nil
      }
      return readsCode(name) ? name : nil
    }
    return nil
  }

  private static func readsCode(_ name: String) -> Bool {
    let others = ["fish", "ssh", "rsh", "eval", ".", "source"] + databases + takingWords + barriers
    return shells.contains(name) || others.contains(name)
      || interpreters.contains { $0.names.contains { name == $0 || name.hasPrefix($0 + ".") } }
  }
}

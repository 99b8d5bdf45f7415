/// Completions for a shell, from the declarations.
enum ShellCompletions: String, Sendable, CaseIterable {
  case bash, zsh, fish

  /// The script to be sourced.
  var script: String {
    switch self {
    case .bash: Self.bashScript
    case .zsh: Self.zshScript
    case .fish: Self.fishScript
    }
  }

  private static var commandNames: String { CommandTable.all.map(\.name.rawValue).joined(separator: " ") }

  private static func options(of command: CommandDeclaration) -> [OptionDeclaration] {
    command.optionDeclarations
  }

  // MARK: bash

  private static var bashScript: String {
    let options = CommandTable.all.map { command in
      let names = Self.options(of: command).map { "--\($0.name.rawValue)" }.joined(separator: " ")
      return "    \(command.name.rawValue)) options=\"\(names)\" ;;"
    }
    let words = CommandTable.all.compactMap { command -> String? in
      switch command.arguments.first?.completion {
      case .words(let words):
        return "    \(command.name.rawValue)) words=\"\(words.joined(separator: " "))\" ;;"
      case .listed(let list): return "    \(command.name.rawValue)) words=\"$(\(list.command))\" ;;"
      case .listedOrFile(let list):
        return "    \(command.name.rawValue)) words=\"$(\(list.command))\" files=yes ;;"
      case .file, .nothing, nil: return nil
      }
    }
    let choices = OptionTable.all.values.sorted { $0.name.rawValue < $1.name.rawValue }.compactMap {
      option -> String? in
      let pattern = "--\(option.name.rawValue)"
      if let list = CompletionList(of: option.name) {
        return "    \(pattern)) COMPREPLY=($(compgen -W \"$(\(list.command))\" -- \"$current\")); return ;;"
      }
      switch option.form {
      case .choice(let words):
        return
          "    \(pattern)) COMPREPLY=($(compgen -W \"\(words.joined(separator: " "))\" -- \"$current\")); return ;;"
      case .file: return "    \(pattern)) COMPREPLY=($(compgen -f -- \"$current\")); return ;;"
      case .folder: return "    \(pattern)) COMPREPLY=($(compgen -d -- \"$current\")); return ;;"
      case .text, .integer, .duration, .assignment: return "    \(pattern)) return ;;"
      case .flag, .switchedOn: return nil
      }
    }
    return """
      # Completions of stackform for bash.
      _stackform() {
        local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"
        local command="" options="" words="" files="" word
        COMPREPLY=()
        for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
          case " \(commandNames) " in *" $word "*) command="$word"; break ;; esac
        done
        case "$previous" in
      \(choices.joined(separator: "\n"))
        esac
        if [ -z "$command" ]; then
          COMPREPLY=($(compgen -W "\(commandNames)" -- "$current"))
          return
        fi
        case "$command" in
      \(options.joined(separator: "\n"))
        esac
        case "$command" in
      \(words.joined(separator: "\n"))
        esac
        case "$current" in
          -*) COMPREPLY=($(compgen -W "$options" -- "$current")) ;;
          *)
            COMPREPLY=($(compgen -W "$words" -- "$current"))
            if [ -z "$words" ] || [ -n "$files" ]; then COMPREPLY+=($(compgen -f -- "$current")); fi ;;
        esac
      }
      complete -o filenames -F _stackform stackform

      """
  }

  // MARK: zsh

  private static var zshScript: String {
    let commands = CommandTable.all.map { "    '\($0.name.rawValue):\(zshText($0.summary))'" }
    let cases = CommandTable.all.map { command in
      let lines = (Self.options(of: command).map(zshOption) + command.arguments.enumerated().map(zshArgument))
        .map { "          \($0)" }
      return
        "        \(command.name.rawValue))\n        _arguments -S \\\n\(lines.joined(separator: " \\\n")) ;;"
    }
    return """
      #compdef stackform
      # Completions of stackform for zsh.
      _stackform() {
        local -a commands
        local context state line
        commands=(
      \(commands.joined(separator: "\n"))
        )
        _arguments -C '1: :->command' '*:: :->rest'
        case $state in
          command) _describe 'command' commands ;;
          rest)
            case $words[1] in
      \(cases.joined(separator: "\n"))
            esac ;;
        esac
      }
      if [ "$funcstack[1]" = "_stackform" ]; then _stackform "$@"; else compdef _stackform stackform; fi

      """
  }

  private static func zshOption(_ option: OptionDeclaration) -> String {
    let action =
      switch option.form {
      case .flag, .switchedOn: ""
      case .text where CompletionList(of: option.name) != nil:
        ":\(option.valueName):\(CompletionList(of: option.name).map(zshWords) ?? "")"
      case .text, .integer, .duration, .assignment: ":\(option.valueName):"
      case .choice(let words): ":\(option.valueName):(\(words.joined(separator: " ")))"
      case .file: ":\(option.valueName):_files"
      case .folder: ":\(option.valueName):_files -/"
      }
    let repeats = option.isRepeatable ? "*" : ""
    return "'\(repeats)--\(option.name.rawValue)[\(zshText(option.summary))]\(action)'"
  }

  private static func zshWords(_ list: CompletionList) -> String { "{compadd -- $(\(list.command))}" }

  private static func zshArgument(_ position: Int, _ argument: ArgumentDeclaration) -> String {
    let action =
      switch argument.completion {
      case .file: "_files"
      case .words(let words): "(\(words.joined(separator: " ")))"
      case .listed(let list): zshWords(list)
      case .listedOrFile(let list): "{compadd -- $(\(list.command)); _files}"
      case .nothing: ""
      }
    return "'\(argument.isRepeated ? "*" : "\(position + 1):"):\(zshText(argument.name)):\(action)'"
  }

  /// Text inside a quoted specification: brackets and colons mean something there.
  private static func zshText(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "'": escaped += "’"
      case "[", "]", ":", "\\": escaped += "\\\(character)"
      default: escaped.append(character)
      }
    }
    return escaped
  }

  // MARK: fish

  private static var fishScript: String {
    var lines = ["# Completions of stackform for fish."]
    for command in CommandTable.all {
      lines.append(
        "complete -c stackform -n __fish_use_subcommand -f -a \(command.name.rawValue) -d \(fishText(command.summary))"
      )
    }
    for command in CommandTable.all {
      let condition = "-n '__fish_seen_subcommand_from \(command.name.rawValue)'"
      for option in options(of: command) {
        let short = option.short.map { " -s \($0)" } ?? ""
        lines.append(
          "complete -c stackform \(condition) -l \(option.name.rawValue)\(short)\(fishValue(option)) -d \(fishText(option.summary))"
        )
      }
      switch command.arguments.first?.completion {
      case .words(let words):
        lines.append("complete -c stackform \(condition) -f -a '\(words.joined(separator: " "))'")
      case .listed(let list): lines.append("complete -c stackform \(condition) -f -a '(\(list.command))'")
      case .listedOrFile(let list): lines.append("complete -c stackform \(condition) -a '(\(list.command))'")
      case .file, .nothing, nil: break
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func fishValue(_ option: OptionDeclaration) -> String {
    switch option.form {
    case .flag, .switchedOn: ""
    case .text, .integer, .duration, .assignment:
      " -x" + (CompletionList(of: option.name).map { " -a '(\($0.command))'" } ?? "")
    case .choice(let words): " -x -a '\(words.joined(separator: " "))'"
    case .file: " -r -F"
    case .folder: " -x -a '(__fish_complete_directories)'"
    }
  }

  private static func fishText(_ text: String) -> String {
    var escaped = ""
    for character in text {
      if character == "'" || character == "\\" { escaped += "\\" }
      escaped.append(character)
    }
    return "'\(escaped)'"
  }
}

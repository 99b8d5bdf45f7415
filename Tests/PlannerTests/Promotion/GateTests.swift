import Testing

@testable import Planner

/// The gates of a profile, and what their mistakes are told as.
@Suite struct GateTests {
  private func gates(_ yaml: String) throws -> [Gate] {
    let text = "profiles: { dev: { gates: [\(yaml)] } }"
    return try Project.load("stackform.yaml", files: files(["stackform.yaml": text]))
      .profile(named: "dev").gates
  }

  private func mistakes(_ yaml: String) -> [String] {
    do {
      _ = try gates(yaml)
      return []
    } catch let error as Diagnostics {
      return error.items.map { "\($0.summary): \($0.detail)\($0.fix.map { " → \($0)" } ?? "")" }
    } catch { return ["\(error)"] }
  }

  @Test(arguments: [
    ("inSync", Gate.inSync), ("alarmsOk", .alarmsOk), ("verified", .verified(name: nil)),
    ("{ verified: smoke }", .verified(name: "smoke")), ("{ soak: 30m }", .soak(1800)),
    ("{ soak: 90s }", .soak(90)), ("{ soak: 1h30m }", .soak(5400)), ("{ soak: 2d }", .soak(172_800)),
    ("{ approval: required }", .approval(ApprovalRule())),
    ("{ approval: [alice, bob] }", .approval(ApprovalRule(names: ["alice", "bob"]))),
    (
      "{ approval: { from: [alice, bob, carol], count: 2 } }",
      .approval(ApprovalRule(names: ["alice", "bob", "carol"], count: 2))
    ),
    ("{ approval: { count: 2 } }", .approval(ApprovalRule(count: 2))),
  ])
  func `every form of a gate is read`(yaml: String, gate: Gate) throws {
    #expect(try gates(yaml) == [gate])
  }

  @Test func `a command has its time, and may be a list of words`() throws {
    let read = try gates(
      "{ run: \"scripts/smoke ${outputs.apiUrl}\", timeout: 2m }, { run: [curl, -f, \"${outputs.apiUrl}/a b\"] }"
    )
    guard case .run(let smoke) = read[0], case .run(let curl) = read[1] else {
      Issue.record("no commands: \(read)")
      return
    }
    #expect(smoke.limit == 120 && smoke.template.references == [.output("apiUrl")])
    #expect(curl.limit == GateCommand.usualLimit)
    #expect(curl.template.shellText { _ in "URL" } == "\"curl\" \"-f\" \"${URL}/a b\"")
  }

  @Test func `a command of several lines has a title of one`() throws {
    let text =
      "profiles:\n  dev:\n    gates:\n      - run: |\n          set -e\n            echo one\n          echo two\n"
    let gates = try Project.load("stackform.yaml", files: files(["stackform.yaml": text]))
      .profile(named: "dev").gates
    #expect(gates.map(\.title) == ["run: set -e echo one echo two"])
  }

  @Test(arguments: [
    ("insync", "Unknown gate: There is no gate \"insync\". → Did you mean inSync?"),
    ("soak", "Incomplete gate: soak says nothing by itself. → Write { soak: 30m }."),
    (
      "{ soak: 30 }",
      "Bad time: soak is a length of time, and this is \"30\". → Write it as 90s, 30m, 2h or 1d."
    ),
    (
      "{ soak: soon }",
      "Bad time: soak is a length of time, and this is \"soon\". → Write it as 90s, 30m, 2h or 1d."
    ),
    (
      "{ soak: -3m }",
      "Bad time: soak is a length of time, and this is \"-3m\". → Write it as 90s, 30m, 2h or 1d."
    ),
    (
      "{ run: a, timeout: 0s }",
      "Bad time: timeout is a length of time, and this is \"0s\". → Write it as 90s, 30m, 2h or 1d."
    ),
    ("{ run: \"\" }", "Incomplete gate: run says nothing. → Write { run: scripts/smoke }."),
    (
      "{ run: a, soak: 3m }",
      "Several gates in one: This is run and soak in one. → Give each an item of its own: [{ run: … }, { soak: … }]."
    ),
    (
      "{ run: a, timout: 3m }",
      "Unknown key: profiles.dev.gates.0 has no \"timout\". → Did you mean \"timeout\"?"
    ),
    (
      "{ run: \"x ${release.nummer}\" }",
      "Unknown reference: A gate's command has no ${release.nummer} to refer to. → Did you mean ${release.number}?"
    ),
    (
      "{ approval: alice }",
      "Bad approval: An approval is \"required\" or a list of names, and this is \"alice\". → Write { approval: required } or { approval: [alice] }."
    ),
    (
      "{ approval: [] }",
      "Bad approval: No one is named here. → Name who may approve, or write { approval: required } for anybody."
    ),
    ("{ approval: [a, a] }", "Named twice: a is named twice. → Once is enough."),
    (
      "{ approval: { from: [a], count: 2 } }",
      "Bad approval: 2 approvals are needed, and only 1 may give one. → Name more people, or ask for fewer approvals."
    ),
    ("{ inSync: true }", "Wrong form: inSync takes nothing. → Write the word alone: inSync."),
  ])
  func `a bad gate is told with how to fix it`(yaml: String, expected: String) {
    #expect(mistakes(yaml).first == expected || mistakes(yaml).contains(expected), "\(mistakes(yaml))")
  }

  /// Another language, machine or user would read the value as code, however the shell quotes it.
  @Test(arguments: [
    ("eval curl ${outputs.x}", "eval"), ("env A=1 python3 -c \"print('${outputs.x}')\"", "python3"),
    ("ssh host 'echo ${outputs.x}'", "ssh"), ("perl -e 'print ${outputs.x}'", "perl"),
    ("node --eval \"f('${outputs.x}')\"", "node"), ("sudo sh -c 'echo ${outputs.x}'", "sh"),
    ("bash -c \"$(echo ${outputs.x})\"", "a second shell"), ("sh -c ${outputs.x}", "a second shell"),
    ("sh -c \"`echo ${outputs.x}`\"", "a second shell"), ("bash <<EOF\ncurl ${outputs.x}\nEOF", "bash"),
    ("cat <<-'EOF' | /bin/sh\ncurl ${outputs.x}\nEOF", "sh"),
    ("cat <<EOF | sudo -i\ncurl ${outputs.x}\nEOF", "sudo"), ("fish <<E\n${outputs.x}\nE", "fish"),
    ("sh <<E\n${outputs.x}\nE", "sh"), ("ssh host <<E\n${outputs.x}\nE", "ssh"),
    ("cat <<E | sh\n${outputs.x}\nE", "sh"), (". /dev/stdin <<E\n${outputs.x}\nE", "."),
    ("bash<<E\n${outputs.x}\nE", "bash"), ("> log bash <<E\n${outputs.x}\nE", "bash"),
    ("<< E bash\n${outputs.x}\nE", "bash"), ("timeout -s KILL 10 bash <<E\n${outputs.x}\nE", "bash"),
    ("env -u X bash 2>&1 <<E\n${outputs.x}\nE", "bash"),
    ("docker exec c tee f <<E\n${outputs.x}\nE", "docker"),
    ("sh \\\n -c \"eval ${outputs.x}\"", "a third shell"), ("eval \\\n${outputs.x}", "eval"),
    ("`date # x`; eval ${outputs.x}", "eval"), ("echo ''#; eval ${outputs.x}", "eval"),
    ("timeout 5 bash <<E\n${outputs.x}\nE", "bash"), ("chroot x <<E\n${outputs.x}\nE", "chroot"),
    ("A=$(cat <<EOF\nit's\nEOF\n); eval ${outputs.x}", "eval"), ("echo $((1<<2)); eval ${outputs.x}", "eval"),
    ("# a << b\neval ${outputs.x}", "eval"), ("eval $((1)) ${outputs.x}", "eval"),
    ("echo \"<<\"; cat <<EOF\n\nEOF\neval ${outputs.x}", "eval"),
    ("cat <<\\E\n'\nE\neval ${outputs.x}", "eval"),
    ("cat <<A; python3 <<B\nx\nA\nprint('${outputs.x}')\nB", "python3"),
    ("sh -c 'cat <<E\n${outputs.x}\nE'", "a third shell"),
    ("sh -c \"sh -c '${outputs.x}'\"", "a third shell"), ("sh -c 'eval ${outputs.x}'", "a third shell"),
  ])
  func `a value does not become code of a command within a command`(command: String, program: String) {
    let problem = #expect(throws: CommandTemplate.Problem.self) { _ = try CommandTemplate(command) }
    #expect(
      problem?.detail == "${outputs.x} stands in code that \(program) would run, and the value with it.")
  }

  @Test(arguments: [
    "sh -c 'curl \"$1\"' sh ${outputs.x}", "sh -c 'echo $STACKFORM_OUTPUT_x'; curl ${outputs.x}",
    "curl -c jar ${outputs.x}",
    "sh scripts/smoke ${outputs.x}", "test -n '${outputs.x}' && bash -c 'true'",
    "python3 smoke.py -c ${outputs.x}",
  ])
  func `an argument of such a command stays one`(command: String) throws {
    #expect(try CommandTemplate(command).references == [.output("x")])
  }

  @Test(arguments: [(0, "0s"), (59, "59s"), (60, "1m"), (5400, "1h30m"), (172_801, "2d1s")])
  func `a length of time is written as it is read`(seconds: Int, text: String) {
    #expect(DurationText.words(seconds) == text)
    #expect(DurationText.seconds(text) == seconds)
  }

  @Test(arguments: ["", "m", "3x", "1m1h", "1h2", "99999999999999999999d", "9223372036854775807d", "1.5h"])
  func `what is no length of time is none`(text: String) { #expect(DurationText.seconds(text) == nil) }

  @Test(arguments: [
    (
      "cat <<EOF > f\nurl: ${outputs.x}\nEOF\necho ${outputs.x}",
      "cat <<EOF > f\nurl: ${V}\nEOF\necho \"${V}\""
    ),
    ("curl <<<${outputs.x}", "curl <<<\"${V}\""),
    ("echo \"<<\"; cat <<EOF\n\n${outputs.x}\nEOF", "echo \"<<\"; cat <<EOF\n\n${V}\nEOF"),
    ("cat <<EOF | curl https://x/sh\n${outputs.x}\nEOF", "cat <<EOF | curl https://x/sh\n${V}\nEOF"),
    ("kubectl apply -f - <<E\n${outputs.x}\nE", "kubectl apply -f - <<E\n${V}\nE"),
    ("time grep sh <<E\n${outputs.x}\nE", "time grep sh <<E\n${V}\nE"),
    ("cat <<E | sudo -u www tee f\n${outputs.x}\nE", "cat <<E | sudo -u www tee f\n${V}\nE"),
    ("x=$(cat <<E\nit's ${outputs.x}\nE\n) ${outputs.x}", "x=$(cat <<E\nit's ${V}\nE\n) \"${V}\""),
    ("echo $((1<<2)) # it's\n${outputs.x}", "echo $((1<<2)) # it's\n\"${V}\""),
    ("(cd a; cat <<E\n\\${outputs.x}\nE\n)", "(cd a; cat <<E\n\\${outputs.x}\nE\n)"),
    ("cat <<-E\n\ta ${outputs.x}\n\tE\necho '${outputs.x}'", "cat <<-E\n\ta ${V}\n\tE\necho ''\"${V}\"''"),
    ("echo `date` ${outputs.x}", "echo `date` \"${V}\""),
  ])
  func `a value is put into a document as it is`(command: String, text: String) throws {
    #expect(try CommandTemplate(command).shellText { _ in "V" } == text)
  }

  @Test(arguments: [
    "cat <<'EOF'\n${outputs.x}\nEOF", "cat <<EOF\n$(curl ${outputs.x})\nEOF", "cat <<$E\n${outputs.x}\n$E",
    "$(cat <<E)\n${outputs.x}\nE",
  ])
  func `a document that takes no value, or has commands, is refused`(command: String) {
    let problem = #expect(throws: CommandTemplate.Problem.self) { _ = try CommandTemplate(command) }
    #expect(problem?.detail.contains("here-document") == true)
  }
}

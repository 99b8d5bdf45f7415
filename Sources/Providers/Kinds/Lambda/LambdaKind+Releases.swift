import Planner

/// What is wrong with where a function's code comes from, where it runs, and which of its versions is called.
extension LambdaKind {
  func codeProblems(_ resource: Resource) -> [PropertyProblem] {
    guard let members = resource["code"]?.map else {
      return needed(["runtime", "handler"], by: resource) + notForZip(resource)
    }
    let sources = ["zipFile", "imageUri", "s3Bucket"].filter { members[$0] != nil }
    if sources.count > 1 {
      return [
        PropertyProblem(
          ["code", sources[1]], "Code twice", "The code is \(sources.joined(separator: " and ")) at a time.",
          fix: "Leave one of them.")
      ]
    }
    let object = CodeSource.problems(of: resource["code"], property: "code")
    if !object.isEmpty { return object }
    if sources.isEmpty {
      return [
        PropertyProblem(
          ["code"], "No code", "The code is neither zipFile, nor s3Bucket and s3Key, nor imageUri.",
          fix: "Name one of them, or a folder.")
      ]
    }
    guard sources == ["imageUri"] else {
      return needed(["runtime", "handler"], by: resource) + notForZip(resource)
    }
    return ["runtime", "handler", "layers", "snapStart", "codeSigningConfigArn"].compactMap { name in
      guard let value = resource[name], !value.isEmpty, value != "None" else { return nil }
      return PropertyProblem(
        [name], "Not for an image", "A container image brings what \(name) says.", fix: "Take it out.")
    }
  }

  private func needed(_ names: [String], by resource: Resource) -> [PropertyProblem] {
    names.filter { resource[$0]?.isEmpty ?? true }.map { name in
      PropertyProblem(
        [], "Missing property", "\(resource.address) needs \(name): its code is no container image.",
        fix: name == "runtime" ? "Add `runtime: python3.12`, or another one." : "Add `handler: app.handler`."
      )
    }
  }

  private func notForZip(_ resource: Resource) -> [PropertyProblem] {
    guard resource["imageConfig"]?.isEmpty == false else { return [] }
    return [
      PropertyProblem(
        ["imageConfig"], "Not for a zip", "imageConfig is for code that is a container image.",
        fix: "Take it out.")
    ]
  }

  func placeProblems(_ resource: Resource) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    func add(_ path: [String], _ summary: String, _ detail: String, _ fix: String) {
      problems.append(PropertyProblem(path, summary, detail, fix: fix))
    }
    if let network = resource["vpcConfig"], !network.isEmpty {
      let isWhole = ["subnetIds", "securityGroupIds"].allSatisfy { network[$0]?.isEmpty == false }
      if !isWhole {
        add(["vpcConfig"], "Half a network", "Lambda needs subnets and security groups.", "Name both.")
      }
    }
    let systems = resource["fileSystemConfigs"]?.list ?? []
    if systems.count > 1 {
      add(["fileSystemConfigs", "1"], "Too many file systems", "Lambda mounts one.", "Leave one.")
    }
    if !systems.isEmpty, resource["vpcConfig"]?.isEmpty ?? true {
      add(
        ["fileSystemConfigs"], "File system without a network",
        "EFS is reached from inside its network only.",
        "Add `vpcConfig` with subnets of the file system's network.")
    }
    if resource["snapStart"] == "PublishedVersions" {
      if !systems.isEmpty || (resource["ephemeralStorage"]?.integer ?? 512) > 512 {
        add(
          ["snapStart"], "Not with SnapStart",
          "SnapStart takes no file system, and at most 512 MB under /tmp.",
          "Take snapStart out, or those.")
      }
    }
    if let runtime = resource["runtimeManagementConfig"] {
      let isManual = runtime["updateRuntimeOn"] == "Manual"
      let hasVersion = runtime["runtimeVersionArn"]?.isEmpty == false
      if isManual != hasVersion {
        add(
          ["runtimeManagementConfig"], "Runtime's version",
          "`updateRuntimeOn: Manual` and runtimeVersionArn only make sense together.",
          isManual
            ? "Add runtimeVersionArn." : "Add `updateRuntimeOn: Manual`, or take runtimeVersionArn out.")
      }
    }
    return problems + destinationProblems(resource)
  }

  private func destinationProblems(_ resource: Resource) -> [PropertyProblem] {
    ["onSuccess", "onFailure"].compactMap { end in
      guard let arn = resource["eventInvokeConfig"]?[end]?.string, !arn.isEmpty else { return nil }
      let service = arn.split(separator: ":", omittingEmptySubsequences: false).dropFirst(2).first ?? ""
      let known = ["sqs", "sns", "lambda", "events"] + (end == "onFailure" ? ["s3"] : [])
      if known.contains(String(service)), !arn.hasSuffix(".fifo") { return nil }
      return PropertyProblem(
        ["eventInvokeConfig", end], "Destination", "Lambda sends no results to \(arn).",
        fix: "Name a queue or topic that is not FIFO, a lambda, an event bus"
          + (end == "onFailure" ? ", or a bucket." : "."))
    }
  }

  func releaseProblems(_ resource: Resource) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    for (name, alias) in (resource["aliases"]?.map ?? [:]).sorted(by: { $0.key < $1.key }) {
      problems += aliasProblems(name, alias, snapStarts: resource["snapStart"] == "PublishedVersions")
    }
    if let qualifier = resource["functionUrl"]?["qualifier"]?.string, resource["aliases"]?[qualifier] == nil {
      problems.append(
        PropertyProblem(
          ["functionUrl", "qualifier"], "Unknown alias", "The function has no alias \(qualifier).",
          fix: "Add `aliases: { \(qualifier): {} }`."))
    }
    return problems
  }

  private func aliasProblems(_ name: String, _ alias: Value, snapStarts: Bool) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    func add(_ member: String?, _ summary: String, _ detail: String, _ fix: String) {
      problems.append(
        PropertyProblem(["aliases", name] + (member.map { [$0] } ?? []), summary, detail, fix: fix))
    }
    let letters = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    if !letters || name.isEmpty || name.count > 128 || name.allSatisfy(\.isNumber) {
      add(
        nil, "Alias name", "\"\(name)\" is no name that Lambda takes.",
        "Use letters, digits, - and _, and not digits alone.")
    }
    let version = alias["version"]?.string ?? "newest"
    let weights = alias["weights"]?.map ?? [:]
    if weights.count > 1 {
      add("weights", "Too many weights", "An alias shares its calls with one other version.", "Leave one.")
    }
    for (other, weight) in weights {
      if other != "newest", Int(other) == nil {
        add("weights", "Version", "\"\(other)\" is no version.", "Name it by number, or as `newest`.")
      }
      if let share = weight.number, !(0...1).contains(share) {
        add("weights", "Share of calls", "\(share) is not between 0 and 1.", "Write a tenth as 0.1.")
      }
      if other == version || version == "$LATEST" {
        add(
          "weights", "Versions of an alias", "Calls of \(version) can't be shared with \(other).",
          "Name two published versions.")
      }
    }
    if alias["provisionedConcurrentExecutions"]?.isNull == false, version == "$LATEST" || snapStarts {
      add(
        "provisionedConcurrentExecutions", "Not provisioned",
        "Neither $LATEST nor a function with snapStart can be kept initialised.", "Take it out.")
    }
    return problems
  }
}

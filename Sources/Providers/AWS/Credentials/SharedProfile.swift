import Planner

/// One profile, as the shared config and credentials files have it.
struct SharedProfile {
  let name: String
  /// Its section in the config file.
  let settings: [String: ProfileFile.Setting]
  private let secrets: [String: ProfileFile.Setting]
  private let config: ProfileFile
  private let keys: ProfileFile

  /// Reads the files that `variables` name. A profile that was asked for must be in one of them.
  init(
    _ name: String?, variables: EnvironmentVariables, readFile: (String) throws -> String?
  ) throws(ProviderError) {
    let config = try Self.file(variables["AWS_CONFIG_FILE"] ?? "~/.aws/config", variables, readFile)
    let keys = try Self.file(
      variables["AWS_SHARED_CREDENTIALS_FILE"] ?? "~/.aws/credentials", variables, readFile)
    try self.init(name, config: config, keys: keys)
  }

  private init(_ name: String?, config: ProfileFile, keys: ProfileFile) throws(ProviderError) {
    self.name = name ?? "default"
    self.config = config
    self.keys = keys
    let section = config.sections[Self.section(self.name)] ?? config.sections["profile \(self.name)"]
    guard name == nil || section != nil || keys.sections[self.name] != nil else {
      throw ProviderError(
        .unauthenticated,
        message:
          "there is no profile \"\(self.name)\" in \(keys.path) or \(config.path): AWS_PROFILE chooses another",
        operation: "credentials")
    }
    settings = section ?? [:]
    secrets = keys.sections[self.name] ?? [:]
  }

  private static func section(_ name: String) -> String { name == "default" ? name : "profile \(name)" }

  private static func file(
    _ path: String, _ variables: EnvironmentVariables, _ readFile: (String) throws -> String?
  ) throws(ProviderError) -> ProfileFile {
    let full = path.hasPrefix("~/") ? "\(variables["HOME"] ?? "")\(path.dropFirst())" : path
    let text: String?
    do { text = try readFile(full) } catch {
      throw ProviderError(.invalid, message: "\(full) can't be used: it \(error)", operation: "credentials")
    }
    return try ProfileFile(path: full, text: text ?? "")
  }

  /// Where a key of this profile may be, in the order of search.
  var places: [String] {
    ["[\(name)] in \(keys.path)", "[\(Self.section(name))] in \(config.path)"]
  }

  /// The profile's own key; nil when it has none.
  func key() throws(ProviderError) -> Credentials? {
    if let key = try Self.key(secrets, keys) { return key }
    return try Self.key(settings, config)
  }

  private static func key(
    _ section: [String: ProfileFile.Setting], _ file: ProfileFile
  ) throws(ProviderError) -> Credentials? {
    let identifier = section["aws_access_key_id"]
    let secret = section["aws_secret_access_key"]
    guard let place = identifier ?? secret else { return nil }
    guard let identifier, let secret, !identifier.text.isEmpty, !secret.text.isEmpty else {
      throw file.problem(
        line: place.line, "a key needs both aws_access_key_id and aws_secret_access_key")
    }
    return Credentials(
      accessKeyID: identifier.text, secretAccessKey: secret.text,
      sessionToken: (section["aws_session_token"] ?? section["aws_security_token"])?.text)
  }

  /// The profile of that name, out of the same files.
  func other(_ name: String) throws(ProviderError) -> SharedProfile {
    try SharedProfile(name, config: config, keys: keys)
  }

  /// The text of a setting, whichever file it is in.
  func text(_ name: String) -> String? { (settings[name] ?? secrets[name])?.text }

  /// An error about one setting, with its place.
  func problem(_ name: String, _ message: String) -> ProviderError {
    let file = settings[name] == nil ? keys : config
    let line = (settings[name] ?? secrets[name])?.line ?? 1
    return file.problem(line: line, message)
  }

  /// The endpoints that the profile's `services` section sets, by service in upper case.
  var serviceEndpoints: [String: String] {
    guard let services = settings["services"]?.text else { return [:] }
    var endpoints: [String: String] = [:]
    for (service, setting) in config.sections["services \(services)"] ?? [:] {
      endpoints[service.uppercased()] = setting.nested["endpoint_url"]
    }
    return endpoints
  }
}

/// A process's variables. An empty one counts as missing. Not to be kept: it holds secrets.
struct EnvironmentVariables {
  let all: [String: String]

  subscript(_ name: String) -> String? { all[name].flatMap { $0.isEmpty ? nil : $0 } }
}

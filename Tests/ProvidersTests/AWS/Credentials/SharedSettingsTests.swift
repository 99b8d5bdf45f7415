import Planner
import Testing

@testable import Providers

struct SharedSettingsTests {
  private func load(
    _ environment: [String: String] = [:], profile: String? = nil, files: [String: String] = [:]
  ) throws -> SharedSettings {
    try SharedSettings(environment: ["HOME": "/home/me"].merging(environment) { $1 }, profileName: profile) {
      files[$0]
    }
  }

  private let files = [
    "/home/me/.aws/config": """
    # people
    [default]
    region = eu-west-1
    [profile dev]
    region=eu-north-1
    endpoint_url = http://localhost:4577
    services = here
    [profile people]
    sso_session = corp
    aws_access_key_id = OLD
    aws_secret_access_key = OLD
    [services here]
    s3 =
      endpoint_url = http://localhost:9000
      addressing_style = path
    cloudwatch_logs =
    \tendpoint_url = http://localhost:9001
    """,
    "/home/me/.aws/credentials": """
    [default]\r
    aws_access_key_id = AKIDDEFAULT\r
    aws_secret_access_key = a+b/c=#d\r
    [dev]
    aws_access_key_id=AKIDDEV
    aws_secret_access_key=devsecret
    aws_session_token = devtoken
    """,
  ]

  @Test func `the environment's key goes before every file`() throws {
    let environment = [
      "AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t",
    ]
    #expect(
      try load(environment, files: files).keySource?.key
        == Credentials(accessKeyID: "AKIDENV", secretAccessKey: "s", sessionToken: "t"))
    #expect(try load(environment, profile: "dev", files: files).keySource?.key?.accessKeyID == "AKIDDEV")
  }

  @Test func `the default profile is read where nothing was said`() throws {
    let settings = try load(files: files)
    #expect(settings.keySource?.key == Credentials(accessKeyID: "AKIDDEFAULT", secretAccessKey: "a+b/c=#d"))
    #expect(settings.region == "eu-west-1")
    #expect(settings.endpoint == nil)
  }

  @Test func `AWS_PROFILE chooses key, region and endpoints`() throws {
    let settings = try load(["AWS_PROFILE": "dev"], files: files)
    #expect(
      settings.keySource?.key
        == Credentials(accessKeyID: "AKIDDEV", secretAccessKey: "devsecret", sessionToken: "devtoken"))
    #expect(settings.region == "eu-north-1")
    #expect(settings.endpoint == "http://localhost:4577")
    #expect(
      settings.serviceEndpoints
        == ["S3": "http://localhost:9000", "CLOUDWATCH_LOGS": "http://localhost:9001"])
  }

  @Test func `the environment's region and endpoints go before the files'`() throws {
    let settings = try load(
      [
        "AWS_PROFILE": "dev", "AWS_REGION": "us-east-2", "AWS_DEFAULT_REGION": "x",
        "AWS_ENDPOINT_URL": "http://localhost:1",
        "AWS_ENDPOINT_URL_SQS": "http://localhost:2", "AWS_CA_BUNDLE": "/ca.pem",
      ], files: files)
    #expect(settings.region == "us-east-2")
    #expect(settings.endpoint == "http://localhost:1")
    #expect(settings.serviceEndpoints == ["SQS": "http://localhost:2"])
    #expect(settings.certificateBundle == "/ca.pem")
  }

  @Test func `configured endpoints can be ignored`() throws {
    let settings = try load(
      ["AWS_PROFILE": "dev", "AWS_ENDPOINT_URL": "http://x", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "TRUE"],
      files: files)
    #expect(settings.endpoint == nil)
    #expect(settings.serviceEndpoints.isEmpty)
  }

  @Test func `the files may be elsewhere`() throws {
    let settings = try load(
      ["AWS_SHARED_CREDENTIALS_FILE": "~/keys", "AWS_CONFIG_FILE": "/etc/aws"],
      files: [
        "/home/me/keys": "[default]\naws_access_key_id=A\naws_secret_access_key=B\n",
        "/etc/aws": "[profile default]\nregion = sa-east-1\n",
      ])
    #expect(settings.keySource?.key?.accessKeyID == "A")
    #expect(settings.region == "sa-east-1")
  }

  @Test(arguments: [
    ("[default\n", "/home/me/.aws/credentials:1: the section's name is not closed by ]"),
    ("\n[default]\nnonsense\n", "/home/me/.aws/credentials:3: a setting is written name = value"),
    ("a = b\n", "/home/me/.aws/credentials:1: a setting stands before the first [section]"),
    (
      "[default]\naws_access_key_id = A\n",
      "/home/me/.aws/credentials:2: a key needs both aws_access_key_id and aws_secret_access_key"
    ),
  ])
  func `what is wrong in a file is told with its place`(_ text: String, _ message: String) {
    let error = #expect(throws: ProviderError.self) { try load(files: ["/home/me/.aws/credentials": text]) }
    #expect(error?.message == message)
  }

  @Test func `a profile that no file has is an error, and half a key, too`() {
    let missing = #expect(throws: ProviderError.self) { try load(["AWS_PROFILE": "prod"], files: files) }
    #expect(missing?.kind == .unauthenticated)
    #expect(missing?.message.contains("\"prod\"") == true)
    let half = #expect(throws: ProviderError.self) { try load(["AWS_ACCESS_KEY_ID": "A"]) }
    #expect(half?.message.contains("AWS_SECRET_ACCESS_KEY is missing") == true)
  }

  @Test func `an emulator on this machine needs no key and no region`() throws {
    let nothing = try load()
    let local = try ClientSettings.resolve(
      nothing, endpoint: "http://localhost:4566", region: nil, account: "123456789012")
    #expect(local.keySource.key?.accessKeyID == "123456789012")
    #expect(local.region == "us-east-1")
    #expect(
      try ClientSettings.resolve(nothing, endpoint: "http://localhost:4566", region: nil, account: nil)
        .keySource.key?.accessKeyID == "test")
    let signedInOtherwise = try load(
      ["AWS_PROFILE": "people", "AWS_ENDPOINT_URL": "http://localhost:1"], files: files)
    #expect(
      try ClientSettings.resolve(signedInOtherwise, endpoint: nil, region: nil, account: nil)
        .keySource.key?.accessKeyID == "test")
  }

  @Test func `AWS needs a key and a region, and the error tells where they were looked for`() throws {
    let nothing = try load()
    let noKey = #expect(throws: ProviderError.self) {
      try ClientSettings.resolve(nothing, endpoint: nil, region: "eu-west-1", account: nil)
    }
    #expect(noKey?.kind == .unauthenticated)
    #expect(
      noKey?.message
        == "no AWS credentials: looked at AWS_ACCESS_KEY_ID in the environment, [default] in /home/me/.aws/credentials, "
        + "[default] in /home/me/.aws/config")
    let people = try load(["AWS_PROFILE": "people"], files: files)
    let otherWay = #expect(throws: ProviderError.self) {
      try ClientSettings.resolve(people, endpoint: nil, region: "eu-west-1", account: nil)
    }
    #expect(otherWay?.message.contains("sso_session") == true)
    let noRegion = #expect(throws: ProviderError.self) {
      try ClientSettings.resolve(
        load(["AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "B"]), endpoint: nil, region: nil,
        account: nil)
    }
    #expect(noRegion?.message.contains("AWS_REGION") == true)
  }

  @Test func `a profile may assume a role by the key of another, and that one too`() throws {
    let files = [
      "/home/me/.aws/config": """
      [profile base]
      aws_access_key_id = AKIDBASE
      aws_secret_access_key = s
      [profile middle]
      role_arn = arn:aws:iam::111111111111:role/middle
      source_profile = base
      [profile top]
      role_arn = arn:aws:iam::222222222222:role/top
      source_profile = middle
      external_id = abc
      duration_seconds = 900
      role_session_name = me
      [profile own]
      role_arn = arn:aws:iam::111111111111:role/own
      credential_source = Environment
      [profile circle]
      role_arn = arn:aws:iam::111111111111:role/a
      source_profile = circle2
      [profile circle2]
      role_arn = arn:aws:iam::111111111111:role/b
      source_profile = circle
      [profile tool]
      credential_process = /opt/tool "two words"
      """
    ]
    let base = KeySource.key(Credentials(accessKeyID: "AKIDBASE", secretAccessKey: "s"))
    let middle = KeySource.role(AssumedRole(arn: "arn:aws:iam::111111111111:role/middle"), by: base)
    let top = AssumedRole(
      arn: "arn:aws:iam::222222222222:role/top", sessionName: "me", externalID: "abc", duration: 900)
    #expect(try load(profile: "top", files: files).keySource == .role(top, by: middle))
    let key = ["AWS_ACCESS_KEY_ID": "E", "AWS_SECRET_ACCESS_KEY": "s"]
    #expect(
      try load(key, profile: "own", files: files).keySource
        == .role(
          AssumedRole(arn: "arn:aws:iam::111111111111:role/own"),
          by: .key(Credentials(accessKeyID: "E", secretAccessKey: "s"))))
    #expect(try load(profile: "tool", files: files).keySource == .process(command: "/opt/tool \"two words\""))
    let circle = #expect(throws: ProviderError.self) { try load(profile: "circle", files: files) }
    #expect(circle?.message.hasSuffix("it leads back to itself: circle → circle2 → circle") == true)
  }

  @Test func `a run's own endpoint replaces all that are configured`() throws {
    let shared = try load(["AWS_PROFILE": "dev"], files: files)
    let settings = try ClientSettings.resolve(
      shared, endpoint: "http://localhost:7", region: "eu-west-3", account: nil)
    #expect(settings.endpoint == "http://localhost:7")
    #expect(settings.serviceEndpoints.isEmpty)
    #expect(settings.region == "eu-west-3")
  }

  @Test func `a secret is never printed`() throws {
    let key = Credentials(
      accessKeyID: "AKID", secretAccessKey: "topsecretvalue", sessionToken: "tokentokentoken")
    var dumped = ""
    dump(key, to: &dumped)
    let settings = ClientSettings(credentials: key, region: "r")
    for text in ["\(key)", String(reflecting: key), dumped, "\(settings)", String(reflecting: settings)] {
      #expect(!text.contains("topsecret") && !text.contains("tokentoken"))
    }
    let shared = try load(["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "topsecretvalue"])
    dump(shared, to: &dumped)
    #expect(!dumped.contains("topsecret"))
    #expect(key.redacted("a topsecretvalue, tokentokentoken") == "a ***, ***")
  }

  @Test(
    arguments: [
      // A real key in the environment is the emulator's own where no account is declared, and chooses none where one is.
      (["AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE"], false, "AKIAIOSFODNN7EXAMPLE", nil),
      (["AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE"], true, "111111111111", "AKIAIOSFODNN7EXAMPLE"),
      (["AWS_ACCESS_KEY_ID": "ASIAIOSFODNN7EXAMPLE"], true, "111111111111", "ASIAIOSFODNN7EXAMPLE"),
      // One that lies in a file is never sent to an emulator by itself.
      (["AWS_PROFILE": "work"], false, "111111111111", "AKIAI44QH8DHBEXAMPLE"),
      (["AWS_PROFILE": "work"], true, "111111111111", "AKIAI44QH8DHBEXAMPLE"),
      (["AWS_ACCESS_KEY_ID": "222222222222"], true, "222222222222", nil),
      (["AWS_ACCESS_KEY_ID": "test"], true, "111111111111", nil),
    ] as [([String: String], Bool, String, String?)])
  func `a real key that is around is none for an emulator`(
    environment: [String: String], isDeclared: Bool, used: String, passedOver: String?
  ) throws {
    let files = [
      "/home/me/.aws/credentials":
        "[work]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = s"
    ]
    let secret = environment["AWS_ACCESS_KEY_ID"] == nil ? [:] : ["AWS_SECRET_ACCESS_KEY": "s"]
    let settings = try ClientSettings.resolve(
      load(environment.merging(secret) { $1 }, files: files), endpoint: "http://localhost:4566", region: nil,
      account: "111111111111", isAccountDeclared: isDeclared)
    #expect(settings.keySource.key?.accessKeyID == used)
    #expect(settings.passedOver == passedOver)
    let asked = try ClientSettings.resolve(
      load(environment, profile: "work", files: files), endpoint: "http://localhost:4566", region: nil,
      account: "111111111111", isAccountDeclared: isDeclared)
    #expect(asked.keySource.key?.accessKeyID == "AKIAI44QH8DHBEXAMPLE")
  }
}

// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "stackform",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "stackform", targets: ["Stackform"])],
  targets: [
    // The command line: arguments in, text and exit codes out.
    .executableTarget(
      name: "Stackform", dependencies: ["Providers", "Planner", "CSystem"],
      // Without the names of its symbols the program is less than half as large.
      linkerSettings: [.unsafeFlags(["-Xlinker", "-s"], .when(platforms: [.linux], configuration: .release))]),
    .testTarget(
      name: "StackformTests", dependencies: ["Stackform", "Providers", "Planner"], exclude: ["Snapshots"]),

    // AWS: one file a resource kind, and the client that they speak through.
    .target(name: "Providers", dependencies: ["Planner", "CCurl", "CCrypto", "CExpat", "CZlib"]),
    .testTarget(name: "ProvidersTests", dependencies: ["Providers", "Planner", "TestSupport"]),
    .testTarget(name: "EndpointTests", dependencies: ["Providers", "Planner", "TestSupport"]),

    // The pure part: language, schema, graph, plan, execution.
    .target(name: "Planner", dependencies: ["CYaml"]),
    .testTarget(
      name: "PlannerTests", dependencies: ["Planner", "TestSupport"], exclude: ["BadStacks/cases"]),

    // What more than one test target needs.
    .target(name: "TestSupport", path: "Tests/TestSupport"),

    // System libraries.
    .systemLibrary(
      name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
    .systemLibrary(
      name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]),
    .systemLibrary(name: "CSystem"),
    .systemLibrary(
      name: "CYaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    // Builds in half the time and makes an eighth less code; planning and requests were measured to be as fast.
    .unsafeFlags(["-Osize"], .when(configuration: .release)),
  ]
}

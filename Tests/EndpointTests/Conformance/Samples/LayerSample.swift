extension KindSample {
  static let layer = KindSample(
    section: "layers",
    properties: [
      "content": "function", "description": "shared", "compatibleRuntimes": "[python3.12, python3.13]",
      "compatibleArchitectures": "[arm64]", "licenseInfo": "MIT",
    ],
    // A version can't be changed, by nobody.
    replacements: [
      "content": "other-function",
      "description": "shared by all", "compatibleRuntimes": "[python3.13]",
      "compatibleArchitectures": "[arm64, x86_64]", "licenseInfo": "Apache-2.0", "name": "renamed",
    ])
}

/// Versions and aliases of functions, and versions of layers.
extension Lambda {
  private static let function = "/2015-03-31/functions/{FunctionName}"
  private static let alias = "\(function)/aliases/{Name}"
  private static let provisioned =
    "/2019-09-30/functions/{FunctionName}/provisioned-concurrency?Qualifier={Qualifier}"
  private static let layer = "/2018-10-31/layers/{LayerName}/versions"

  static let listVersionsByFunction = service.read(
    "ListVersionsByFunction", .get, "\(function)/versions?Marker={Marker}", proof: .presence("Versions"),
    pages: marked("Versions"))
  static let publishVersion = service.write(
    "PublishVersion", .post, "\(function)/versions", proof: .member("Version"))

  static let createAlias = service.write(
    "CreateAlias", .post, "\(function)/aliases", proof: .member("AliasArn"))
  static let deleteAlias = service.write(
    "DeleteAlias", .delete, alias, repeats: .safe, proof: .nothing)
  static let listAliases = service.read(
    "ListAliases", .get, "\(function)/aliases?Marker={Marker}", proof: .presence("Aliases"),
    pages: marked("Aliases"))
  static let updateAlias = service.write(
    "UpdateAlias", .put, alias, repeats: .safe, proof: .member("AliasArn"))

  static let deleteProvisionedConcurrencyConfig = service.write(
    "DeleteProvisionedConcurrencyConfig", .delete, provisioned, repeats: .safe, proof: .nothing)
  static let getProvisionedConcurrencyConfig = service.read(
    "GetProvisionedConcurrencyConfig", .get, provisioned, proof: .member("Status"))
  static let putProvisionedConcurrencyConfig = service.write(
    "PutProvisionedConcurrencyConfig", .put, provisioned, repeats: .safe, proof: .member("Status"))

  static let deleteLayerVersion = service.write(
    "DeleteLayerVersion", .delete, "\(layer)/{VersionNumber}", repeats: .safe, proof: .nothing)
  static let getLayerVersion = service.read(
    "GetLayerVersion", .get, "\(layer)/{VersionNumber}", proof: .member("LayerVersionArn"))
  static let listLayerVersions = service.read(
    "ListLayerVersions", .get, "\(layer)?Marker={Marker}&MaxItems={MaxItems}",
    proof: .presence("LayerVersions"), pages: marked("LayerVersions"))
  static let publishLayerVersion = service.write(
    "PublishLayerVersion", .post, layer, proof: .member("LayerVersionArn"))
}

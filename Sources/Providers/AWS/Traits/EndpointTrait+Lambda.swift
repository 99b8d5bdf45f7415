extension EndpointTrait {
  /// Only a worker that runs takes its mapping out, so that enabling one before its deletion helps.
  static let keepsDisabledMappings = EndpointTrait(
    "keepsDisabledMappings",
    "An event source mapping that is deleted while it is disabled stays, and no other can take its place.",
    [
      .localStack: """
      DeleteEventSourceMapping of a disabled one: 202; ListEventSourceMappings shows it as Deleting for ever, \
      CreateEventSourceMapping: 409 ResourceConflictException (4.8.1)
      """
    ])

  static let makesMappingsTwice = EndpointTrait(
    "makesMappingsTwice", "A second event source mapping of one source and one function is made.",
    [
      .miniStack:
        "CreateEventSourceMapping twice: 202 and another UUID; AWS 409 ResourceConflictException (1.5.33)"
    ])

  static let tagsOutliveFunctions = EndpointTrait(
    "tagsOutliveFunctions", "The next function of a deleted one's name has its tags.",
    [
      .localStack:
        "CreateFunction with tags, DeleteFunction, CreateFunction without: ListTags returns the first one's (4.8.1)"
    ])

  static let hidesReservationsOfZero = EndpointTrait(
    "hidesReservationsOfZero", "GetFunction leaves out a reserved concurrency of 0.",
    [
      .localStack:
        "PutFunctionConcurrency 0: GetFunction without Concurrency, GetFunctionConcurrency returns 0 (4.8.1)"
    ])

  static let hidesAliasesOfURLs = EndpointTrait(
    "hidesAliasesOfURLs", "The listing of function URLs does not say which alias a URL is of.",
    [
      .miniStack:
        "CreateFunctionUrlConfig with a Qualifier: ListFunctionUrlConfigs returns FunctionArn without it (1.5.33)"
    ])

  static let dropsInvokedViaFunctionURL = EndpointTrait(
    "dropsInvokedViaFunctionURL", "AddPermission drops the condition InvokedViaFunctionUrl.",
    [
      .localStack:
        "AddPermission with InvokedViaFunctionUrl: 201, the statement and GetPolicy have no condition (4.8.1)"
    ])
}

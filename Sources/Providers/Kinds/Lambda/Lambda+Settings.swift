/// The settings of a function that have calls of their own.
extension Lambda {
  private static let concurrency = "functions/{FunctionName}/concurrency"
  private static let invocation =
    "/2019-09-25/functions/{FunctionName}/event-invoke-config?Qualifier={Qualifier}"
  private static let signing = "/2020-06-30/functions/{FunctionName}/code-signing-config"
  private static let runtime = "/2021-07-20/functions/{FunctionName}/runtime-management-config"
  private static let recursion = "/2024-08-31/functions/{FunctionName}/recursion-config"
  private static let url = "/2021-10-31/functions/{FunctionName}/url?Qualifier={Qualifier}"

  /// Its answer is empty where nothing is reserved.
  static let getFunctionConcurrency = service.read(
    "GetFunctionConcurrency", .get, "/2019-09-30/\(concurrency)")
  static let putFunctionConcurrency = service.write(
    "PutFunctionConcurrency", .put, "/2017-10-31/\(concurrency)", repeats: .safe,
    proof: .presence("ReservedConcurrentExecutions"))
  static let deleteFunctionConcurrency = service.write(
    "DeleteFunctionConcurrency", .delete, "/2017-10-31/\(concurrency)", repeats: .safe, proof: .nothing)

  static let getFunctionEventInvokeConfig = service.read(
    "GetFunctionEventInvokeConfig", .get, invocation, proof: .member("FunctionArn"))
  /// Lambda checks that the role may send to the destinations.
  static let putFunctionEventInvokeConfig = service.write(
    "PutFunctionEventInvokeConfig", .put, invocation, repeats: .safe, proof: .member("FunctionArn"),
    retries: freshRole)
  static let deleteFunctionEventInvokeConfig = service.write(
    "DeleteFunctionEventInvokeConfig", .delete, invocation, repeats: .safe, proof: .nothing)

  /// Its answer may be empty for a function without one.
  static let getFunctionCodeSigningConfig = service.read("GetFunctionCodeSigningConfig", .get, signing)
  static let putFunctionCodeSigningConfig = service.write(
    "PutFunctionCodeSigningConfig", .put, signing, repeats: .safe, proof: .member("CodeSigningConfigArn"))
  static let deleteFunctionCodeSigningConfig = service.write(
    "DeleteFunctionCodeSigningConfig", .delete, signing, repeats: .safe, proof: .nothing)

  static let getRuntimeManagementConfig = service.read(
    "GetRuntimeManagementConfig", .get, runtime, proof: .member("UpdateRuntimeOn"))
  static let putRuntimeManagementConfig = service.write(
    "PutRuntimeManagementConfig", .put, runtime, repeats: .safe, proof: .member("UpdateRuntimeOn"))

  static let getFunctionRecursionConfig = service.read(
    "GetFunctionRecursionConfig", .get, recursion, proof: .member("RecursiveLoop"))
  static let putFunctionRecursionConfig = service.write(
    "PutFunctionRecursionConfig", .put, recursion, repeats: .safe, proof: .member("RecursiveLoop"))

  static let createFunctionURLConfig = service.write(
    "CreateFunctionUrlConfig", .post, url, proof: .member("FunctionUrl"))
  static let deleteFunctionURLConfig = service.write(
    "DeleteFunctionUrlConfig", .delete, url, repeats: .safe, proof: .nothing)
  static let getFunctionURLConfig = service.read(
    "GetFunctionUrlConfig", .get, url, proof: .member("FunctionUrl"))
  static let listFunctionURLConfigs = service.read(
    "ListFunctionUrlConfigs", .get, "/2021-10-31/functions/{FunctionName}/urls?Marker={Marker}",
    proof: .presence("FunctionUrlConfigs"), pages: marked("FunctionUrlConfigs"))
  static let updateFunctionURLConfig = service.write(
    "UpdateFunctionUrlConfig", .put, url, repeats: .safe, proof: .member("FunctionUrl"))
}

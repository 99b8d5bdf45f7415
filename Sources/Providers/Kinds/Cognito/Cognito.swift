import Planner

/// Amazon Cognito's user pools: their operations, and their error codes.
enum Cognito {
  static let service = AWSService(
    "cognito-idp", environmentID: "COGNITO_IDENTITY_PROVIDER",
    .json(version: "1.1", targetPrefix: "AWSCognitoIdentityProviderService"),
    errors: ServiceErrors(
      [
        .alreadyExists: ["GroupExistsException"],
        .invalid: ["InvalidParameterException", "UserPoolTaggingException"],
      ]))

  // MARK: User pools

  static let addCustomAttributes = service.write("AddCustomAttributes", proof: .nothing)
  /// There is no token: a second one makes a second pool.
  static let createUserPool = service.write("CreateUserPool", proof: .member("UserPool.Id"))
  static let deleteUserPool = service.write("DeleteUserPool", repeats: .safe, proof: .nothing)
  static let describeUserPool = service.read("DescribeUserPool", proof: .member("UserPool.Id"))
  static let getUserPoolMfaConfig = service.read(
    "GetUserPoolMfaConfig", proof: .member("MfaConfiguration"))
  static let listUserPools = service.read(
    "ListUserPools", proof: .presence("UserPools"), pages: Pages("UserPools", token: "NextToken"))
  static let setUserPoolMfaConfig = service.write(
    "SetUserPoolMfaConfig", repeats: .safe, proof: .member("MfaConfiguration"))
  static let tagResource = service.write("TagResource", repeats: .safe, proof: .nothing)
  static let untagResource = service.write("UntagResource", repeats: .safe, proof: .nothing)
  static let updateUserPool = service.write("UpdateUserPool", repeats: .safe, proof: .nothing)

  static let tags = TagCalls(
    answer: "UserPoolTags", put: tagResource, remove: untagResource, creation: "UserPoolTags", form: .map)

  // MARK: What lives in one

  /// There is no token: a second one makes a second client.
  static let createUserPoolClient = service.write(
    "CreateUserPoolClient", proof: .member("UserPoolClient.ClientId"))
  static let deleteUserPoolClient = service.write("DeleteUserPoolClient", repeats: .safe, proof: .nothing)
  static let describeUserPoolClient = service.read(
    "DescribeUserPoolClient", proof: .member("UserPoolClient.ClientId"))
  static let listUserPoolClients = service.read(
    "ListUserPoolClients", proof: .presence("UserPoolClients"),
    pages: Pages("UserPoolClients", token: "NextToken"))
  static let updateUserPoolClient = service.write(
    "UpdateUserPoolClient", repeats: .safe, proof: .member("UserPoolClient.ClientId"))

  static let createGroup = service.write("CreateGroup", proof: .member("Group.GroupName"))
  static let deleteGroup = service.write("DeleteGroup", repeats: .safe, proof: .nothing)
  static let getGroup = service.read("GetGroup", proof: .member("Group.GroupName"))
  static let updateGroup = service.write("UpdateGroup", repeats: .safe, proof: .member("Group.GroupName"))

  static let createResourceServer = service.write(
    "CreateResourceServer", proof: .member("ResourceServer.Identifier"))
  static let deleteResourceServer = service.write("DeleteResourceServer", repeats: .safe, proof: .nothing)
  static let describeResourceServer = service.read(
    "DescribeResourceServer", proof: .member("ResourceServer.Identifier"))
  static let updateResourceServer = service.write(
    "UpdateResourceServer", repeats: .safe, proof: .member("ResourceServer.Identifier"))
}

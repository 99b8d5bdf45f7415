extension EndpointTrait {
  static let keepsCopiesOfSecrets = EndpointTrait(
    "keepsCopiesOfSecrets", "A secret's copies in other regions can't be taken away, and go with the secret.",
    [
      .miniStack:
        "RemoveRegionsFromReplication: 400 InvalidRequestException Unknown action; DeleteSecret of one with copies: 200 (1.5.33)"
    ])
}

import Planner

/// What users of other tools type, and where it went. Shown instead of "unknown".
enum TerraformWords {
  /// Commands of Terraform, OpenTofu, Pulumi, SAM and docker-compose that Stackform does not have.
  static let commands: [String: String] = [
    "refresh": "There is no state to refresh: every `stackform plan` reads the live resources.",
    "state":
      "There is no state file. `stackform show` lists the live resources; "
      + "`stackform forget` and `stackform move` are for `state rm` and `state mv`.",
    "init": "There is nothing to initialise: no providers, no backend. Go on with `stackform plan`.",
    "get": "There is nothing to fetch. Go on with `stackform plan`.",
    "providers": "There are no providers to install. `stackform explain` lists the kinds.",
    "fmt": "A stack is plain YAML: any YAML formatter will do. `stackform validate` checks it.",
    "import":
      "Declare the resource in the stack file and run `stackform apply --adopt ADDRESS`: it takes over what exists and no stack owns.",
    "adopt": "Declare the resource in the stack file and run `stackform apply --adopt ADDRESS`.",
    "force-unlock": "Here it is `stackform unlock`. Locks of dead runs end by themselves.",
    "workspace": "Here they are profiles: `stackform plan --profile dev`.",
    "stack": "Here they are profiles: `stackform plan --profile dev`.",
    "deploy": "Here it is `stackform apply`.",
    "up": "Here it is `stackform apply`.",
    "down": "Here it is `stackform destroy`.",
    "delete": "Here it is `stackform destroy`.",
    "remove": "Here it is `stackform destroy`.",
    "diff": "Here it is `stackform plan`.",
    "preview": "Here it is `stackform plan`.",
    "drift": "`stackform plan` shows what changed outside of this stack.",
    "taint": "Here it is `stackform apply --replace ADDRESS`.",
    "untaint": "Nothing is ever tainted: `stackform plan` reads the live resources.",
    "test": "`stackform verify PROFILE -- COMMAND` runs a test against a profile's release and records it.",
    "outputs": "Here it is `stackform output`.",
    "list": "Here it is `stackform show`, and `stackform stacks` for all stacks.",
    "kinds": "Here it is `stackform explain`.",
  ]

  /// Options that change nothing here, so that scripts go on working: name to why. Answered with a warning.
  static let ignoredOptions: [String: String] = [
    "refresh": "The live resources are always read; there is no older copy to plan against.",
    "backend-config": "There is no backend: the ledger lives in the target's own S3.",
    "reconfigure": "There is no backend to configure.",
    "upgrade": "There are no providers to upgrade.",
    "show-sensitive": "Secrets are never shown.",
  ]

  /// Options that would have no effect here: from the name to what to do instead. Answered with an error.
  static let refusedOptions: [String: String] = [
    "refresh-only":
      "A plan always reads the live resources: `stackform plan` shows what changed outside of this stack.",
    "state": "There is no state file to name.",
    "state-out": "There is no state file to name.",
    "backup": "There is no state file to back up.",
    "generate-config-out": "Declare the resource and use --adopt ADDRESS.",
    "target-file": "Repeat --target instead.",
    "exclude-file": "Repeat --exclude instead.",
  ]
}

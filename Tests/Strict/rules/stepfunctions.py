"""AWS Step Functions: state machines and activities."""

import json

from rulebook import DOCS, rule

GUIDE = f"{DOCS}/step-functions/latest/dg"
API = f"{DOCS}/step-functions/latest/apireference"
WRITES = "stepfunctions CreateStateMachine UpdateStateMachine"
ROLE = "arn:aws:iam::111111111111:role/r"
GROUP = "arn:aws:logs:us-east-1:111111111111:log-group:g"
DONE = {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}


def creating(definition=DONE, **parameters):
    return ("CreateStateMachine", {"name": "m", "roleArn": ROLE, "definition": json.dumps(definition), **parameters})


def updating(**parameters):
    return ("UpdateStateMachine", {"stateMachineArn": "arn:aws:states:us-east-1:111111111111:stateMachine:m", **parameters})


def logging(destination, level="ALL"):
    groups = {"destinations": [{"cloudWatchLogsLogGroup": {"logGroupArn": destination}}]} if destination else {}
    return creating(loggingConfiguration={"level": level, **groups})


def flaw(machine):
    """What is wrong with where a machine's states go."""
    states = machine.get("States") if isinstance(machine, dict) else None
    if not isinstance(states, dict) or not states:
        return "a definition has States"
    if machine.get("StartAt") not in states:
        return "StartAt names no state"
    reached, open_names = set(), [machine["StartAt"]]
    while open_names:
        name = open_names.pop()
        if name in reached:
            continue
        if name not in states:
            return f"there is no state {name}"
        reached.add(name)
        state = states[name]
        if state.get("Type") not in ("Choice", "Succeed", "Fail") and bool(state.get("Next")) == (state.get("End") is True):
            return f"{name} has Next or End, and not both"
        handlers = [*state.get("Choices", []), *state.get("Catch", [])]
        open_names += [n for n in (state.get("Next"), state.get("Default"), *(h.get("Next") for h in handlers)) if n]
    return f"nothing leads to {sorted(set(states) - reached)}" if set(states) - reached else None


@rule(
    "states-definition", WRITES, "InvalidDefinition", "Invalid State Machine Definition.", f"{GUIDE}/statemachine-structure.html",
    breaks=[creating({"StartAt": "B", "States": DONE["States"]})], keeps=[creating()])
def _(call, account):
    if call["definition"] is None:
        return None
    try:
        return flaw(json.loads(call["definition"]))
    except ValueError:
        return "it is no JSON"


@rule(
    "states-encryption-definition", "stepfunctions UpdateStateMachine", "MissingRequiredParameter",
    "The definition must be specified when updating the EncryptionConfiguration.", f"{API}/API_UpdateStateMachine.html",
    breaks=[updating(encryptionConfiguration={"type": "AWS_OWNED_KEY"})],
    keeps=[updating(encryptionConfiguration={"type": "AWS_OWNED_KEY"}, definition=json.dumps(DONE))])
def _(call, account):
    return call["encryptionConfiguration"] is not None and call["definition"] is None


@rule(
    "states-encryption-key", WRITES, "InvalidEncryptionConfiguration",
    "A key goes with the type CUSTOMER_MANAGED_KMS_KEY, and only with it.", f"{API}/API_EncryptionConfiguration.html",
    breaks=[creating(encryptionConfiguration={"type": "CUSTOMER_MANAGED_KMS_KEY"})],
    keeps=[creating(encryptionConfiguration={"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": "alias/a"})])
def _(call, account):
    kind = call["encryptionConfiguration.type"]
    return kind is not None and (kind == "CUSTOMER_MANAGED_KMS_KEY") != (call["encryptionConfiguration.kmsKeyId"] is not None)


@rule(
    "states-log-group", WRITES, "InvalidLoggingConfiguration",
    "Logs go to one log group, whose ARN ends with :*.", f"{API}/API_LoggingConfiguration.html",
    breaks=[logging(GROUP)], keeps=[logging(f"{GROUP}:*")])
def _(call, account):
    groups = [d.get("cloudWatchLogsLogGroup", {}).get("logGroupArn", "") for d in call["loggingConfiguration.destinations"] or []]
    is_off = (call["loggingConfiguration.level"] or "OFF") == "OFF"
    return len(groups) > 1 or not is_off and not groups or any(not group.endswith(":*") for group in groups)


@rule(
    "states-role-trust", WRITES, "AccessDeniedException",
    "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.",
    f"{GUIDE}/procedure-create-iam-role.html",
    breaks=[("iam:CreateRole", {"RoleName": "r", "AssumeRolePolicyDocument": '{"Statement": [{"Principal": {"Service": "lambda.amazonaws.com"}}]}'}), creating()],
    keeps=[("iam:CreateRole", {"RoleName": "r", "AssumeRolePolicyDocument": '{"Statement": [{"Principal": {"Service": "states.amazonaws.com"}}]}'}), creating()])
def _(call, account):
    role = account.elsewhere["role", (call["roleArn"] or "").rpartition("/")[2]]
    return role and "states.amazonaws.com" not in role["trust"] and '"*"' not in role["trust"]

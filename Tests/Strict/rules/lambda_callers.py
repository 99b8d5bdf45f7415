"""AWS Lambda: permissions, aliases and concurrency."""

import json

from rulebook import rule
from rules.lambda_functions import API, GUIDE, QUOTAS, creating, plain, qualifier


def permitting(name="f", sid="s", **parameters):
    return ("AddPermission", {"FunctionName": name, "StatementId": sid, "Action": "lambda:InvokeFunction",
                              "Principal": "s3.amazonaws.com", **parameters})


@rule(
    "lambda-policy-size", "lambda AddPermission", "PolicyLengthExceededException",
    "The final policy size is bigger than the limit (20480).", QUOTAS,
    breaks=[creating()] + [permitting(sid=f"s{i}", SourceArn="a" * 400) for i in range(35)],
    keeps=[creating()] + [permitting(sid=f"s{i}", SourceArn="a" * 100) for i in range(45)])
def _(call, account):
    others = account.below("function", plain(call["FunctionName"]), "permission", qualifier(call))
    return sum(p["size"] for p in others.values()) + len(json.dumps(call.parameters)) + 60 > 20480


@rule(
    "lambda-statement-id", "lambda AddPermission", "ResourceConflictException",
    "The statement id provided already exists. Please provide a new statement id, or remove the existing statement.", f"{API}/API_AddPermission.html", status=409,
    breaks=[creating(), permitting(), permitting()], keeps=[creating(), permitting(), permitting(Qualifier="live")])
def _(call, account):
    return ("function", plain(call["FunctionName"]), "permission", qualifier(call), call["StatementId"]) in account


@rule(
    "lambda-alias-is-no-version", "lambda CreateAlias UpdateAlias", "InvalidParameterValueException",
    "An alias that splits traffic points to a published version, not to $LATEST, and its other version is another one.",
    f"{GUIDE}/configuring-alias-routing.html",
    breaks=[creating(), ("CreateAlias", {"FunctionName": "f", "Name": "a", "FunctionVersion": "1", "RoutingConfig": {"AdditionalVersionWeights": {"1": 0.1}}})],
    keeps=[creating(), ("CreateAlias", {"FunctionName": "f", "Name": "a", "FunctionVersion": "1", "RoutingConfig": {"AdditionalVersionWeights": {"2": 0.1}}})])
def _(call, account):
    weights = call["RoutingConfig.AdditionalVersionWeights"] or {}
    old = account["function", plain(call["FunctionName"]), "alias", call["Name"]] or {}
    version = call["FunctionVersion"] or old.get("version")
    return bool(weights) and (version in weights or "$LATEST" in (version, *weights) or len(weights) > 1)


@rule(
    "lambda-provisioned-is-single", "lambda PutProvisionedConcurrencyConfig", "InvalidParameterValueException",
    "Provisioned concurrency can't be configured on an alias that splits traffic, nor on $LATEST.", f"{GUIDE}/provisioned-concurrency.html",
    breaks=[creating(), ("CreateAlias", {"FunctionName": "f", "Name": "a", "FunctionVersion": "1", "RoutingConfig": {"AdditionalVersionWeights": {"2": 0.1}}}),
            ("PutProvisionedConcurrencyConfig", {"FunctionName": "f", "Qualifier": "a", "ProvisionedConcurrentExecutions": 1})],
    keeps=[creating(), ("CreateAlias", {"FunctionName": "f", "Name": "a", "FunctionVersion": "1"}),
           ("PutProvisionedConcurrencyConfig", {"FunctionName": "f", "Qualifier": "a", "ProvisionedConcurrentExecutions": 1})])
def _(call, account):
    alias = account["function", plain(call["FunctionName"]), "alias", call["Qualifier"]] or {}
    return call["Qualifier"] == "$LATEST" or bool(alias.get("weights"))


@rule(
    "lambda-weights-beside-provisioned", "lambda UpdateAlias", "InvalidParameterValueException",
    "An alias with provisioned concurrency can't split traffic to a version without it.", f"{GUIDE}/provisioned-concurrency.html",
    breaks=[creating(), ("CreateAlias", {"FunctionName": "f", "Name": "a", "FunctionVersion": "1"}),
            ("PutProvisionedConcurrencyConfig", {"FunctionName": "f", "Qualifier": "a", "ProvisionedConcurrentExecutions": 1}),
            ("UpdateAlias", {"FunctionName": "f", "Name": "a", "RoutingConfig": {"AdditionalVersionWeights": {"2": 0.1}}})],
    keeps=[creating(), ("CreateAlias", {"FunctionName": "f", "Name": "a", "FunctionVersion": "1"}),
           ("UpdateAlias", {"FunctionName": "f", "Name": "a", "RoutingConfig": {"AdditionalVersionWeights": {"2": 0.1}}})])
def _(call, account):
    weights = call["RoutingConfig.AdditionalVersionWeights"]
    return bool(weights) and ("function", plain(call["FunctionName"]), "provisioned", call["Name"]) in account


@rule(
    "lambda-provisioned-within-reserved", "lambda PutProvisionedConcurrencyConfig PutFunctionConcurrency", "InvalidParameterValueException",
    "Specified ConcurrentExecutions for function is greater than function's ReservedConcurrentExecutions, or these less than what is provisioned.",
    f"{GUIDE}/provisioned-concurrency.html",
    breaks=[creating(), ("PutFunctionConcurrency", {"FunctionName": "f", "ReservedConcurrentExecutions": 2}),
            ("PutProvisionedConcurrencyConfig", {"FunctionName": "f", "Qualifier": "1", "ProvisionedConcurrentExecutions": 3})],
    keeps=[creating(), ("PutFunctionConcurrency", {"FunctionName": "f", "ReservedConcurrentExecutions": 3}),
           ("PutProvisionedConcurrencyConfig", {"FunctionName": "f", "Qualifier": "1", "ProvisionedConcurrentExecutions": 3})])
def _(call, account):
    name = plain(call["FunctionName"])
    provisioned = {key: facts["count"] for key, facts in account.below("function", name, "provisioned").items()}
    reserved = (account["function", name] or {}).get("reserved")
    if call.operation == "PutFunctionConcurrency":
        reserved = call["ReservedConcurrentExecutions"]
    else:
        provisioned[(call["Qualifier"],)] = call["ProvisionedConcurrentExecutions"]
    return reserved is not None and sum(provisioned.values()) > reserved


@rule(
    "lambda-unreserved", "lambda PutFunctionConcurrency", "InvalidParameterValueException",
    "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of 100 (of 1,000).",
    f"{GUIDE}/configuration-concurrency.html",
    breaks=[creating(), ("PutFunctionConcurrency", {"FunctionName": "f", "ReservedConcurrentExecutions": 901})],
    keeps=[creating(), ("PutFunctionConcurrency", {"FunctionName": "f", "ReservedConcurrentExecutions": 900})])
def _(call, account):
    name = plain(call["FunctionName"])
    others = [f["reserved"] or 0 for key, f in account.things.items() if key[0] == "function" and len(key) == 2 and key[1] != name]
    return sum(others) + call["ReservedConcurrentExecutions"] > 900

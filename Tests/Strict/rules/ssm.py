"""AWS Systems Manager: its Parameter Store."""

import re

from rulebook import DOCS, note, rule

API = f"{DOCS}/systems-manager/latest/APIReference"
GUIDE = f"{DOCS}/systems-manager/latest/userguide"


def putting(name="p", value="a", **parameters):
    return ("PutParameter", {"Name": name, "Value": value, **parameters})


def making(name="p", kind="String", **parameters):
    return putting(name, Type=kind, **parameters)


@note("ssm PutParameter")
def _(call, account, answer):
    old = account["parameter", call["Name"]] or {}
    account.make("parameter", call["Name"], type=call["Type"] or old.get("type"), tier=call["Tier"] or old.get("tier") or "Standard")


@note("ssm DeleteParameter")
def _(call, account, answer):
    account.forget("parameter", call["Name"])


@rule(
    "ssm-tags-of-new", "ssm PutParameter", "ValidationException",
    "Tags and overwrite can't be used together: tags of an existing parameter have calls of their own.", f"{API}/API_PutParameter.html",
    breaks=[making(Overwrite=True, Tags=[{"Key": "a", "Value": "b"}])], keeps=[making(Tags=[{"Key": "a", "Value": "b"}])])
def _(call, account):
    return call["Overwrite"] and call["Tags"]


@rule(
    "ssm-type-stays", "ssm PutParameter", "HierarchyTypeMismatchException", "Parameter Store does not support changing a parameter type.", f"{API}/API_PutParameter.html",
    breaks=[making(), making(kind="SecureString", Overwrite=True)], keeps=[making(), making(Overwrite=True)])
def _(call, account):
    old = account["parameter", call["Name"]]
    return old and call["Type"] and old["type"] and call["Type"] != old["type"]


@rule(
    "ssm-tier-stays", "ssm PutParameter", "ValidationException", "An advanced parameter can't be made a standard one.", f"{GUIDE}/parameter-store-advanced-parameters.html",
    breaks=[making(Tier="Advanced"), making(Tier="Standard", Overwrite=True)], keeps=[making(), making(Tier="Advanced", Overwrite=True)])
def _(call, account):
    old = account["parameter", call["Name"]]
    return old and old["tier"] == "Advanced" and call["Tier"] == "Standard"


@rule(
    "ssm-size", "ssm PutParameter", "ValidationException", "Standard parameters have a maximum value size of 4096 bytes, advanced ones of 8192.", f"{API}/API_PutParameter.html",
    breaks=[making(value="a" * 4097)], keeps=[making(value="a" * 4097, Tier="Advanced")])
def _(call, account):
    return len(call["Value"].encode()) > (4096 if (call["Tier"] or "Standard") == "Standard" else 8192)


@rule(
    "ssm-name", "ssm PutParameter", "ValidationException", "Parameter names are letters, digits and . - _, as paths with a slash at the beginning, and not of aws or ssm.", f"{API}/API_PutParameter.html",
    breaks=[making("a/b")], keeps=[making("/a/b")])
def _(call, account):
    return not re.fullmatch(r"(?!(?i:/?(aws|ssm)))([\w.-]+|(/[\w.-]+){1,15})", call["Name"], re.ASCII)


@rule(
    "ssm-key-of-secret", "ssm PutParameter", "ValidationException", "KeyId is required for SecureString type parameter only.", f"{API}/API_PutParameter.html",
    breaks=[making(KeyId="alias/a")], keeps=[making(kind="SecureString", KeyId="alias/a")])
def _(call, account):
    return call["KeyId"] and call["Type"] != "SecureString"


@rule(
    "ssm-policies", "ssm PutParameter", "ValidationException", "Only advanced parameters have policies.", f"{GUIDE}/parameter-store-policies.html",
    breaks=[making(Policies="[{\"Type\": \"Expiration\"}]")], keeps=[making(Policies="[{\"Type\": \"Expiration\"}]", Tier="Advanced")])
def _(call, account):
    return call["Policies"] and call["Policies"] not in ("[]", "[{}]") and (call["Tier"] or "Standard") == "Standard"

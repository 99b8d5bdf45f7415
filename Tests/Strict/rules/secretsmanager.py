"""AWS Secrets Manager."""

import re

from rulebook import DOCS, note, rule

API = f"{DOCS}/secretsmanager/latest/apireference"


def creating(name="s", **parameters):
    return ("CreateSecret", {"Name": name, **parameters}, {"ARN": f"arn:{name}"})


def deleting(**parameters):
    return ("DeleteSecret", {"SecretId": "s", **parameters})


def name_of(call, account):
    """By name or by ARN."""
    wanted = call["SecretId"] or call["Name"] or ""
    return (account["secret arn", wanted] or {}).get("name", wanted)


@note("secretsmanager CreateSecret")
def _(call, account, answer):
    account.make("secret", call["Name"], tags={t["Key"] for t in call["Tags"] or []}, scheduled=False)
    account.make("secret arn", answer.get("ARN", ""), name=call["Name"])


@note("secretsmanager DeleteSecret")
def _(call, account, answer):
    name = name_of(call, account)
    if call["ForceDeleteWithoutRecovery"]:
        account.make("secret", name, gone=account.now(), tags=set(), scheduled=False)
    elif secret := account["secret", name]:
        secret["scheduled"] = True


@note("secretsmanager RestoreSecret")
def _(call, account, answer):
    if secret := account["secret", name_of(call, account)]:
        secret["scheduled"] = False


@note("secretsmanager TagResource")
def _(call, account, answer):
    if secret := account["secret", name_of(call, account)]:
        secret["tags"] |= {t["Key"] for t in call["Tags"]}


@note("secretsmanager UntagResource")
def _(call, account, answer):
    if secret := account["secret", name_of(call, account)]:
        secret["tags"] -= set(call["TagKeys"])


@rule(
    "secrets-scheduled-name", "secretsmanager CreateSecret", "InvalidRequestException",
    "You can't create this secret because a secret with this name is already scheduled for deletion.", f"{API}/API_CreateSecret.html",
    breaks=[creating(), deleting(), creating()], keeps=[creating(), deleting(), creating("t")])
def _(call, account):
    return (account["secret", call["Name"]] or {}).get("scheduled")


@rule(
    "secrets-gone-slowly", "secretsmanager CreateSecret", "InvalidRequestException",
    "You can't create this secret because a secret with this name is already scheduled for deletion: a deletion without recovery takes a short time, too.", f"{API}/API_DeleteSecret.html",
    breaks=[creating(), deleting(ForceDeleteWithoutRecovery=True), creating()], keeps=[creating(), deleting(ForceDeleteWithoutRecovery=True), creating("t")])
def _(call, account):
    return account.lasts((account["secret", call["Name"]] or {}).get("gone"), 5)


@rule(
    "secrets-scheduled-stays", "secretsmanager UpdateSecret PutSecretValue TagResource UntagResource", "InvalidRequestException",
    "You can't perform this operation on the secret because it was marked for deletion.", f"{API}/API_UpdateSecret.html",
    breaks=[creating(), deleting(), ("UpdateSecret", {"SecretId": "s"})], keeps=[creating(), deleting(), ("RestoreSecret", {"SecretId": "s"}), ("UpdateSecret", {"SecretId": "arn:s"})])
def _(call, account):
    return (account["secret", name_of(call, account)] or {}).get("scheduled")


@rule(
    "secrets-force-or-window", "secretsmanager DeleteSecret", "InvalidParameterException",
    "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays, which is from 7 to 30.", f"{API}/API_DeleteSecret.html",
    breaks=[creating(), deleting(ForceDeleteWithoutRecovery=True, RecoveryWindowInDays=7)], keeps=[creating(), deleting(RecoveryWindowInDays=7)])
def _(call, account):
    days = call["RecoveryWindowInDays"]
    return days is not None and (bool(call["ForceDeleteWithoutRecovery"]) or not 7 <= days <= 30)


@rule(
    "secrets-name", "secretsmanager CreateSecret", "InvalidParameterException",
    "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!", f"{API}/API_CreateSecret.html", breaks=[creating("a b")], keeps=[creating("a/b")])
def _(call, account):
    return not re.fullmatch(r"[A-Za-z0-9/_+=.@!-]{1,512}", call["Name"])


@rule(
    "secrets-one-value", "secretsmanager CreateSecret UpdateSecret", "InvalidParameterException", "Either SecretString or SecretBinary must have a value, but not both.",
    f"{API}/API_CreateSecret.html", breaks=[creating(SecretString="a", SecretBinary="YQ==")], keeps=[creating(SecretString="a")])
def _(call, account):
    return call["SecretString"] is not None and call["SecretBinary"] is not None


@rule(
    "secrets-tags", "secretsmanager CreateSecret TagResource", "InvalidParameterException", "A secret has at most 50 tags, none of which begins with aws:.", f"{API}/API_TagResource.html",
    breaks=[creating(Tags=[{"Key": str(i)} for i in range(50)]), ("TagResource", {"SecretId": "s", "Tags": [{"Key": "x"}]})],
    keeps=[creating(Tags=[{"Key": str(i)} for i in range(50)]), ("TagResource", {"SecretId": "s", "Tags": [{"Key": "1"}]})])
def _(call, account):
    old = (account["secret", name_of(call, account)] or {}).get("tags", set()) if call["SecretId"] else set()
    new = {t["Key"] for t in call["Tags"] or []}
    return len(old | new) > 50 or any(key.lower().startswith("aws:") for key in new)

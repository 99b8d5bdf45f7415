"""AWS KMS."""

from rulebook import DOCS, note, rule

API = f"{DOCS}/kms/latest/APIReference"
GUIDE = f"{DOCS}/kms/latest/developerguide"
STATE = f"{GUIDE}/key-state.html"
CHANGES = (
    "kms UpdateKeyDescription PutKeyPolicy EnableKey DisableKey EnableKeyRotation DisableKeyRotation TagResource UntagResource ScheduleKeyDeletion"
)


def creating(id="k", **parameters):
    return ("CreateKey", parameters, {"KeyMetadata": {"KeyId": id}})


def of(operation, id="k", **parameters):
    return (operation, {"KeyId": id, **parameters})


def key_of(call, account):
    return account["key", (call["KeyId"] or "").rpartition("/")[2]] or {}


@note("kms CreateKey")
def _(call, account, answer):
    made = (answer.get("KeyMetadata") or {}).get("KeyId", "")
    account.make("key", made, spec=call["KeySpec"] or "SYMMETRIC_DEFAULT", origin=call["Origin"] or "AWS_KMS", state="Enabled")


@note("kms DisableKey EnableKey ScheduleKeyDeletion CancelKeyDeletion")
def _(call, account, answer):
    states = {"EnableKey": "Enabled", "DisableKey": "Disabled", "ScheduleKeyDeletion": "PendingDeletion", "CancelKeyDeletion": "Disabled"}
    if key := key_of(call, account):
        key["state"] = states[call.operation]


@rule(
    "kms-pending-stays", CHANGES, "KMSInvalidStateException", "The key is pending deletion.", STATE,
    breaks=[creating(), of("ScheduleKeyDeletion"), of("EnableKey")], keeps=[creating(), of("ScheduleKeyDeletion"), of("CancelKeyDeletion"), of("EnableKey")])
def _(call, account):
    return key_of(call, account).get("state") == "PendingDeletion"


@rule(
    "kms-disabled-rotation", "kms EnableKeyRotation DisableKeyRotation", "DisabledException", "The rotation of a disabled key can't be changed.", STATE,
    breaks=[creating(), of("DisableKey"), of("EnableKeyRotation")], keeps=[creating(), of("EnableKeyRotation"), of("DisableKey")])
def _(call, account):
    return key_of(call, account).get("state") == "Disabled"


@rule(
    "kms-rotation-of-symmetric", "kms EnableKeyRotation DisableKeyRotation", "UnsupportedOperationException", "Only symmetric keys of material that KMS made are rotated.", f"{GUIDE}/rotate-keys.html",
    breaks=[creating(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY"), of("EnableKeyRotation")], keeps=[creating(), of("EnableKeyRotation")])
def _(call, account):
    key = key_of(call, account)
    return bool(key) and (key["spec"] != "SYMMETRIC_DEFAULT" or key["origin"] != "AWS_KMS")


@rule(
    "kms-usage-of-spec", "kms CreateKey", "ValidationException", "The key usage is not one of the key spec.", f"{API}/API_CreateKey.html",
    breaks=[creating(KeySpec="HMAC_256", KeyUsage="SIGN_VERIFY")], keeps=[creating(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")])
def _(call, account):
    spec, usage = call["KeySpec"] or "SYMMETRIC_DEFAULT", call["KeyUsage"] or "ENCRYPT_DECRYPT"
    if spec == "SYMMETRIC_DEFAULT":
        return usage != "ENCRYPT_DECRYPT"
    if spec.startswith("HMAC_"):
        return usage != "GENERATE_VERIFY_MAC"
    return usage == "GENERATE_VERIFY_MAC" or (usage == "ENCRYPT_DECRYPT" and not spec.startswith(("RSA_", "SM2")))


@rule(
    "kms-alias-of-aws", "kms CreateAlias", "InvalidAliasNameException", "Aliases that begin with alias/aws/ are AWS's own.", f"{API}/API_CreateAlias.html",
    breaks=[("CreateAlias", {"AliasName": "alias/aws/x", "TargetKeyId": "k"})], keeps=[("CreateAlias", {"AliasName": "alias/x", "TargetKeyId": "k"})])
def _(call, account):
    return call["AliasName"].startswith("alias/aws/")

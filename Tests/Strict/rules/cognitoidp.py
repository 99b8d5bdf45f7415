"""Amazon Cognito user pools, and what lives in them."""

from rulebook import DOCS, note, rule

API = f"{DOCS}/cognito-user-identity-pools/latest/APIReference"
GUIDE = f"{DOCS}/cognito/latest/developerguide"
POOL = "us-east-1_a"
POOLS = "cognito-idp CreateUserPool UpdateUserPool"
CLIENTS = "cognito-idp CreateUserPoolClient UpdateUserPoolClient"
STANDARD = {
    "address", "birthdate", "email", "email_verified", "family_name", "gender", "given_name", "locale", "middle_name", "name", "nickname",
    "phone_number", "phone_number_verified", "picture", "preferred_username", "profile", "sub", "updated_at", "website", "zoneinfo",
}


def creating(**parameters):
    return ("CreateUserPool", {"PoolName": "p", **parameters}, {"UserPool": {"Id": POOL}})


def updating(**parameters):
    return ("UpdateUserPool", {"UserPoolId": POOL, **parameters})


def client(**parameters):
    return ("CreateUserPoolClient", {"UserPoolId": POOL, "ClientName": "c", **parameters})


def factors(mode, **parameters):
    return ("SetUserPoolMfaConfig", {"UserPoolId": POOL, "MfaConfiguration": mode, **parameters})


@note("cognito-idp CreateUserPool")
def _(call, account, answer):
    account.make("user pool", answer.get("UserPool", {}).get("Id"), protected=call["DeletionProtection"] == "ACTIVE")


@note("cognito-idp UpdateUserPool")
def _(call, account, answer):
    account.make("user pool", call["UserPoolId"], protected=call["DeletionProtection"] == "ACTIVE")


@rule(
    "cognito-protected", "cognito-idp DeleteUserPool", "InvalidParameterException",
    "The user pool cannot be deleted because deletion protection is activated.",
    f"{GUIDE}/user-pool-settings-deletion-protection.html",
    breaks=[creating(DeletionProtection="ACTIVE"), ("DeleteUserPool", {"UserPoolId": POOL})],
    keeps=[creating(DeletionProtection="ACTIVE"), updating(DeletionProtection="INACTIVE"), ("DeleteUserPool", {"UserPoolId": POOL})])
def _(call, account):
    return (account["user pool", call["UserPoolId"]] or {}).get("protected")


@rule(
    "cognito-factors-off", "cognito-idp SetUserPoolMfaConfig", "InvalidParameterException",
    "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.", f"{API}/API_SetUserPoolMfaConfig.html",
    breaks=[factors("OFF", SoftwareTokenMfaConfiguration={"Enabled": True})], keeps=[factors("OFF")])
def _(call, account):
    tokens = call["SoftwareTokenMfaConfiguration.Enabled"]
    others = call["SmsMfaConfiguration"] is not None or call["EmailMfaConfiguration"] is not None
    return (call["MfaConfiguration"] or "OFF") == "OFF" and bool(tokens or others)


@rule(
    "cognito-invitation-days", POOLS, "InvalidParameterException",
    "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays.", f"{API}/API_AdminCreateUserConfigType.html",
    breaks=[updating(AdminCreateUserConfig={"UnusedAccountValidityDays": 7}, Policies={"PasswordPolicy": {"TemporaryPasswordValidityDays": 7}})],
    keeps=[updating(Policies={"PasswordPolicy": {"TemporaryPasswordValidityDays": 7}})])
def _(call, account):
    return call["AdminCreateUserConfig.UnusedAccountValidityDays"] is not None and call["Policies.PasswordPolicy.TemporaryPasswordValidityDays"] is not None


@rule(
    "cognito-required-custom-attribute", "cognito-idp CreateUserPool AddCustomAttributes", "InvalidParameterException",
    "Required custom attributes are not supported currently.", f"{GUIDE}/user-pool-settings-attributes.html",
    breaks=[creating(Schema=[{"Name": "tier", "AttributeDataType": "String", "Required": True}])],
    keeps=[creating(Schema=[{"Name": "email", "AttributeDataType": "String", "Required": True}])])
def _(call, account):
    attributes = call["Schema"] or call["CustomAttributes"] or []
    return any(a.get("Required") and a.get("Name") not in STANDARD for a in attributes)


@rule(
    "cognito-two-texts", POOLS, "InvalidParameterException",
    "A text that has two names is the same under both.", f"{API}/API_VerificationMessageTemplateType.html",
    breaks=[updating(EmailVerificationMessage="a {####}", VerificationMessageTemplate={"EmailMessage": "b {####}"})],
    keeps=[updating(EmailVerificationMessage="a {####}", VerificationMessageTemplate={"EmailMessage": "a {####}"})])
def _(call, account):
    pairs = (("EmailVerificationMessage", "EmailMessage"), ("EmailVerificationSubject", "EmailSubject"), ("SmsVerificationMessage", "SmsMessage"))
    both = ((call[one], call[f"VerificationMessageTemplate.{two}"]) for one, two in pairs)
    return any(one is not None and two is not None and one != two for one, two in both)


@rule(
    "cognito-client-credentials", "cognito-idp CreateUserPoolClient", "InvalidOAuthFlowException",
    "client_credentials flow can not be selected along with code flow or implicit flow, and needs a client with a secret.",
    f"{API}/API_CreateUserPoolClient.html",
    breaks=[client(AllowedOAuthFlows=["client_credentials"], AllowedOAuthFlowsUserPoolClient=True, AllowedOAuthScopes=["a/b"])],
    keeps=[client(AllowedOAuthFlows=["client_credentials"], AllowedOAuthFlowsUserPoolClient=True, AllowedOAuthScopes=["a/b"], GenerateSecret=True)])
def _(call, account):
    flows = call["AllowedOAuthFlows"] or []
    return "client_credentials" in flows and (len(flows) > 1 or call["GenerateSecret"] is not True)


@rule(
    "cognito-callback", CLIENTS, "InvalidParameterException",
    "The flows code and implicit need callback URLs, and the default redirect URI is one of them.", f"{API}/API_CreateUserPoolClient.html",
    breaks=[client(CallbackURLs=["https://a.example"], DefaultRedirectURI="https://b.example")],
    keeps=[client(CallbackURLs=["https://a.example"], DefaultRedirectURI="https://a.example")])
def _(call, account):
    urls = call["CallbackURLs"] or []
    sends = {"code", "implicit"} & set(call["AllowedOAuthFlows"] or [])
    return bool(sends and not urls) or call["DefaultRedirectURI"] is not None and call["DefaultRedirectURI"] not in urls


@rule(
    "cognito-flow-names", CLIENTS, "InvalidParameterException",
    "Flows with the prefix ALLOW_ cannot be used along with those without it.", f"{API}/API_CreateUserPoolClient.html",
    breaks=[client(ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH", "USER_PASSWORD_AUTH"])], keeps=[client(ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"])])
def _(call, account):
    return len({flow.startswith("ALLOW_") for flow in call["ExplicitAuthFlows"] or []}) > 1

/// Changes of alarms from outside, by hand in the query protocol: boto3 of today speaks another, which
/// LocalStack does not understand.
enum AlarmScript {
  /// `input` is a Python expression; `alerts` and `others` are the ARNs of topics.
  static func call(_ operation: String, _ input: String) -> String {
    """
    import urllib.parse, urllib.request

    def flat(path, value, form):
        if isinstance(value, dict):
            for key, item in value.items(): flat(path + [key], item, form)
        elif isinstance(value, list):
            for number, item in enumerate(value): flat(path + ["member", str(number + 1)], item, form)
        else:
            form[".".join(path)] = str(value).lower() if isinstance(value, bool) else str(value)

    def call(operation, input):
        form = {"Action": operation, "Version": "2010-08-01"}
        flat([], input, form)
        scope = f"{account}/20260101/{region}/monitoring/aws4_request"
        urllib.request.urlopen(urllib.request.Request(endpoint, urllib.parse.urlencode(form).encode(), {
            "Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"}))

    alerts, others = (f"arn:aws:sns:{region}:{account}:{topic}" for topic in ("alerts", "others"))
    call("\(operation)", \(input))
    """
  }

  static let tagging = call(
    "TagResource",
    """
    dict(ResourceARN=f"arn:aws:cloudwatch:{region}:{account}:alarm:{name}", Tags=[{"Key": "team", "Value": "theirs"}])
    """)
}

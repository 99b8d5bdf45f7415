"""Amazon CloudWatch: metric alarms and composite alarms."""

import re

from rulebook import DOCS, note, rule

API = f"{DOCS}/AmazonCloudWatch/latest/APIReference"
PUT = f"{API}/API_PutMetricAlarm.html"


def putting(**parameters):
    plain = {"AlarmName": "a", "MetricName": "m", "Namespace": "n", "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 1, "Threshold": 1,
             "ComparisonOperator": "GreaterThanThreshold"}
    return ("PutMetricAlarm", {name: value for name, value in {**plain, **parameters}.items() if value is not None})


def composing(name="c", **parameters):
    return ("PutCompositeAlarm", {"AlarmName": name, "AlarmRule": "ALARM(a)", **parameters})


@note("cloudwatch PutMetricAlarm PutCompositeAlarm")
def _(call, account, answer):
    # Tags count when an alarm is made, and not when it is changed.
    old = account["alarm", call["AlarmName"]]
    tags = old["tags"] if old else {tag["Key"] for tag in call["Tags"] or []}
    account.make("alarm", call["AlarmName"], is_composite=call.operation == "PutCompositeAlarm", tags=tags)


@note("cloudwatch DeleteAlarms")
def _(call, account, answer):
    for name in call["AlarmNames"]:
        account.forget("alarm", name)


@rule(
    "cloudwatch-period", "cloudwatch PutMetricAlarm", "ValidationError", "Period must be 10, 20, 30 or a multiple of 60.", PUT,
    breaks=[putting(Period=90)], keeps=[putting(Period=120)])
def _(call, account):
    periods = [call["Period"], *(q.get("Period") for q in call["Metrics"] or []), *((q.get("MetricStat") or {}).get("Period") for q in call["Metrics"] or [])]
    return any(p is not None and p not in (10, 20, 30) and p % 60 for p in periods)


@rule(
    "cloudwatch-range", "cloudwatch PutMetricAlarm", "ValidationError",
    "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400), or a week where the period is an hour or more.", PUT,
    breaks=[putting(Period=60, EvaluationPeriods=1441)], keeps=[putting(Period=3600, EvaluationPeriods=168)])
def _(call, account):
    period = call["Period"] or 0
    return period * (call["EvaluationPeriods"] or 1) > (604800 if period >= 3600 else 86400)


@rule(
    "cloudwatch-one-statistic", "cloudwatch PutMetricAlarm", "ValidationError",
    "When you call PutMetricAlarm and specify a MetricName, you must specify either Statistic or ExtendedStatistic but not both.", PUT,
    breaks=[putting(ExtendedStatistic="p99")], keeps=[putting(ExtendedStatistic="p99", Statistic=None)])
def _(call, account):
    return bool(call["MetricName"]) and bool(call["Statistic"]) == bool(call["ExtendedStatistic"])


@rule(
    "cloudwatch-metrics-alone", "cloudwatch PutMetricAlarm", "ValidationError",
    "If you use the Metrics parameter, you cannot include the Namespace, MetricName, Dimensions, Period, Unit, Statistic, or ExtendedStatistic parameters.", PUT,
    breaks=[putting(Metrics=[{"Id": "a", "ReturnData": True}])],
    keeps=[("PutMetricAlarm", {"AlarmName": "a", "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold", "Metrics": [{"Id": "a", "ReturnData": True}]})])
def _(call, account):
    names = ("Namespace", "MetricName", "Dimensions", "Period", "Unit", "Statistic", "ExtendedStatistic")
    return bool(call["Metrics"]) and any(call[name] for name in names)


@rule(
    "cloudwatch-one-result", "cloudwatch PutMetricAlarm", "ValidationError",
    "Exactly one element of the metrics list should return data.", PUT,
    breaks=[("PutMetricAlarm", {"AlarmName": "a", "EvaluationPeriods": 1, "Metrics": [{"Id": "a"}, {"Id": "b"}]})],
    keeps=[("PutMetricAlarm", {"AlarmName": "a", "EvaluationPeriods": 1, "Metrics": [{"Id": "a"}, {"Id": "b", "ReturnData": False}]})])
def _(call, account):
    queries = call["Metrics"] or []
    # An anomaly alarm returns a metric and its band.
    is_plain = bool(queries) and not call["ThresholdMetricId"]
    return is_plain and sum(query.get("ReturnData") is not False for query in queries) != 1


@rule(
    "cloudwatch-band", "cloudwatch PutMetricAlarm", "ValidationError",
    "An alarm on an anomaly detection model has a ThresholdMetricId and no Threshold, and an operator that speaks of the band; others have neither.", PUT,
    breaks=[putting(ComparisonOperator="GreaterThanUpperThreshold")], keeps=[putting()])
def _(call, account):
    is_band = call["ComparisonOperator"] in ("LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold", "GreaterThanUpperThreshold")
    return is_band != bool(call["ThresholdMetricId"]) or is_band and call["Threshold"] is not None


@rule(
    "cloudwatch-datapoints", "cloudwatch PutMetricAlarm", "ValidationError", "DatapointsToAlarm must be less than or equal to EvaluationPeriods.",
    f"{DOCS}/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html", breaks=[putting(DatapointsToAlarm=2)], keeps=[putting(DatapointsToAlarm=1)])
def _(call, account):
    return (call["DatapointsToAlarm"] or 0) > (call["EvaluationPeriods"] or 1)


@rule(
    "cloudwatch-low-samples", "cloudwatch PutMetricAlarm", "ValidationError",
    "EvaluateLowSampleCountPercentile is used only for alarms based on percentiles; its values are evaluate and ignore.", PUT,
    breaks=[putting(EvaluateLowSampleCountPercentile="ignore")], keeps=[putting(Statistic=None, ExtendedStatistic="p90", EvaluateLowSampleCountPercentile="ignore")])
def _(call, account):
    value = call["EvaluateLowSampleCountPercentile"]
    return bool(value) and (not call["ExtendedStatistic"] or value not in ("evaluate", "ignore"))


@rule(
    "cloudwatch-extended-statistic", "cloudwatch PutMetricAlarm", "ValidationError",
    "The value for ExtendedStatistic is a percentile from p0.0 to p100, or one of tm, tc, ts, wm, PR with its bounds, or IQM.", PUT,
    breaks=[putting(Statistic=None, ExtendedStatistic="p101")], keeps=[putting(Statistic=None, ExtendedStatistic="TM(10%:90%)")])
def _(call, account):
    text = call["ExtendedStatistic"]
    if not text:
        return False
    plain = re.fullmatch(r"(?:p|tm|tc|ts|wm)(\d{1,3}(?:\.\d+)?)", text)
    return not (plain and float(plain[1]) <= 100 or text == "IQM" or re.fullmatch(r"(?:PR|TC|TM|TS|WM)\([^()]*:[^()]*\)", text))


@rule(
    "cloudwatch-missing-data", "cloudwatch PutMetricAlarm", "ValidationError",
    "Valid values for TreatMissingData: breaching, notBreaching, ignore, missing.", PUT, breaks=[putting(TreatMissingData="none")], keeps=[putting(TreatMissingData="missing")])
def _(call, account):
    return call["TreatMissingData"] not in (None, "breaching", "notBreaching", "ignore", "missing")


@rule(
    "cloudwatch-suppressor", "cloudwatch PutCompositeAlarm", "ValidationError",
    "ActionsSuppressorWaitPeriod and ActionsSuppressorExtensionPeriod are required if ActionsSuppressor is specified.", f"{API}/API_PutCompositeAlarm.html",
    breaks=[composing(ActionsSuppressor="a")], keeps=[composing(ActionsSuppressor="a", ActionsSuppressorWaitPeriod=1, ActionsSuppressorExtensionPeriod=1)])
def _(call, account):
    periods = [call["ActionsSuppressorWaitPeriod"], call["ActionsSuppressorExtensionPeriod"]]
    return bool(call["ActionsSuppressor"]) and None in periods


@rule(
    "cloudwatch-one-composite", "cloudwatch DeleteAlarms", "ValidationError",
    "You can delete up to 100 alarms in one operation; this total can include no more than one composite alarm.", f"{API}/API_DeleteAlarms.html",
    breaks=[composing("c"), composing("d"), ("DeleteAlarms", {"AlarmNames": ["c", "d"]})], keeps=[composing("c"), putting(), ("DeleteAlarms", {"AlarmNames": ["a", "c"]})])
def _(call, account):
    return sum((account["alarm", name] or {}).get("is_composite", False) for name in call["AlarmNames"]) > 1


def alarm_tags(call, account):
    return (account["alarm", (call["ResourceARN"] or "").rpartition(":")[2]] or {}).get("tags", set())


@note("cloudwatch TagResource")
def _(call, account, answer):
    alarm_tags(call, account).update(tag["Key"] for tag in call["Tags"])


@note("cloudwatch UntagResource")
def _(call, account, answer):
    alarm_tags(call, account).difference_update(call["TagKeys"])


@rule(
    "cloudwatch-tags", "cloudwatch TagResource", "InvalidParameterValue", "You can associate as many as 50 tags with a CloudWatch resource.", f"{API}/API_TagResource.html",
    breaks=[putting(Tags=[{"Key": str(i), "Value": ""} for i in range(50)]), ("TagResource", {"ResourceARN": "arn:alarm:a", "Tags": [{"Key": "x", "Value": ""}]})],
    keeps=[putting(Tags=[{"Key": str(i), "Value": ""} for i in range(50)]), ("TagResource", {"ResourceARN": "arn:alarm:a", "Tags": [{"Key": "1", "Value": ""}]})])
def _(call, account):
    return len(alarm_tags(call, account) | {tag["Key"] for tag in call["Tags"]}) > 50

# shellcheck shell=bash
# What the scripts of this folder share; each sources it after `set -euo pipefail`.

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Colour for people: not for files, not for terminals that ask for none.
if [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
  bold=$'\e[1m' dim=$'\e[2m' green=$'\e[32m' red=$'\e[31m' plain=$'\e[0m'
else
  bold='' dim='' green='' red='' plain=''
fi

heading() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
note() { printf '%s%s%s\n' "$dim" "$*" "$plain"; }
fail() {
  printf '%serror:%s %s\n' "$red" "$plain" "$*" >&2
  exit 1
}

# Prints the path of a Python that has what the scripts need, or nothing.
find_python() {
  local name
  for name in python3.11 python3 python3.12 python3.13; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
}

# Prints the path of the interpreter of an emulator's environment, which is made where it is missing.
emulator_python() {
  "$(find_python)" "$checkout/scripts/emulators/environment.py" "$1"
}

# step NAME COMMAND…: runs a command under a heading and notes how long it took. A step that fails ends the script
# (`set -e`), so its command stands alone here: behind `||` or in `if`, bash would let a failing function go on.
step_report='' step_name='' step_began=''
step() {
  step_name=$1 step_began=$EPOCHREALTIME
  shift
  heading "$step_name"
  "$@"
  note_step "${green}ok${plain}    "
}

# attempt NAME COMMAND…: like step, but the script goes on after a failure, and counts it. For programs, not functions.
failures=0
attempt() {
  step_name=$1 step_began=$EPOCHREALTIME
  shift
  heading "$step_name"
  if "$@"; then
    note_step "${green}ok${plain}    "
  else
    failures=$((failures + 1))
    note_step "${red}failed${plain}"
  fi
}

note_step() {
  step_report+=$(printf '  %s %6s s  %s' "$1" "$(seconds_since "$step_began")" "$step_name")$'\n'
  step_name=''
}

# For the end of a script, whichever way it came: the report, with the step in which it ended.
show_report() {
  [[ -z $step_name ]] || note_step "${red}failed${plain}"
  heading 'Summary'
  printf '%s' "$step_report"
}

seconds_since() {
  local micro=$((${EPOCHREALTIME/[.,]/} - ${1/[.,]/}))
  printf '%d.%d' $((micro / 1000000)) $((micro / 100000 % 10))
}

# Commands speak only to the emulator: the user's own configuration and credentials stay out of it.
# use_account ACCOUNT: emulators take an access key of twelve digits for an account's number.
use_account() {
  unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN
  export AWS_ACCESS_KEY_ID=$1 AWS_SECRET_ACCESS_KEY=test AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
  export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true
}

random_account() {
  printf '%06d%06d' $((100000 + SRANDOM % 900000)) $((SRANDOM % 1000000))
}

# start_endpoint VARIABLE EMULATOR [OPTION…]: starts an emulator and exports its URL; stop_endpoints stops all that were started.
endpoints_started=()
start_endpoint() {
  local variable=$1 url
  shift
  url=$("$checkout/scripts/emulator" start "$@")
  endpoints_started+=("$url")
  export "$variable=$url"
}

# start_strict VARIABLE LOG URL…: starts a layer before each endpoint that refuses what AWS refuses (Tests/Strict), and exports
# their URLs. Five milliseconds stand for a second of AWS's. What is refused is written to LOG.
strict_layers=()
start_strict() {
  local variable=$1 log=$2 python url urls=() descriptor
  shift 2
  python=$(emulator_python localstack)
  for url in "$@"; do
    exec {descriptor}< <(exec "$python" "$checkout/Tests/Strict/proxy.py" "$url" --log "$log" --second 0.005)
    strict_layers+=("$!")
    read -r url <&"$descriptor"
    urls+=("$url")
  done
  export "$variable=${urls[*]}"
}

stop_endpoints() {
  local url status=0
  [[ ${#strict_layers[@]} == 0 ]] || kill "${strict_layers[@]}" 2>/dev/null || true
  for url in ${endpoints_started[@]+"${endpoints_started[@]}"}; do
    "$checkout/scripts/emulator" stop "$url" || status=1
  done
  return $status
}

# No test may reach an endpoint, or hold credentials, of the user's environment.
forget_credentials() {
  unset AWS_ENDPOINT_URL AWS_PROFILE AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_REGION AWS_DEFAULT_REGION
}

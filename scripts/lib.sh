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

# step NAME COMMAND…: runs a command under a heading and remembers how long it took.
step_report=''
step() {
  local name=$1 began=$EPOCHREALTIME status=0
  shift
  heading "$name"
  "$@" || status=$?
  remember "$name" "$began" "$status"
  return "$status"
}

# remember NAME BEGAN STATUS adds a line to the report at the end.
remember() {
  local mark="${green}ok${plain}    "
  [[ $3 == 0 ]] || mark="${red}failed${plain}"
  step_report+=$(printf '  %s %7s s  %s' "$mark" "$(seconds_since "$2")" "$1")$'\n'
}

seconds_since() {
  local micro=$((${EPOCHREALTIME/[.,]/} - ${1/[.,]/}))
  printf '%d.%d' $((micro / 1000000)) $((micro / 100000 % 10))
}

#!/bin/sh
# Makes this folder able to run, and does nothing where it already is.
#
#   scripts/setup.sh run      .venv from requirements.lock, system libraries, fonts
#   scripts/setup.sh test     the same, with the tools of requirements-dev.lock
#   scripts/setup.sh office   the same, with LibreOffice and Chromium for `make test-office`
#
# Nothing but python3, git and make is taken for granted: python3-venv may be missing, pip may be missing, the
# user may not be root. What apt may install is installed; what can be had without (pip, fonts) is unpacked
# from its package into this folder; for the rest one line says what to run. The words are for the clerk.
set -eu
umask 022
cd "$(dirname "$0")/.."

mode=${1:-run}
log=
work=
blocked=

LIBRARIES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
OFFICE="libreoffice-writer libreoffice-calc poppler-utils chromium"
FONT_PACKAGES="texlive-lang-chinese fonts-noto-cjk"

say() { printf '%s\n' "$*" >&2; }

stop() {
    say "【没有准备好】$*"
    say "做完之后，再运行一次同样的命令即可。"
    exit 1
}

# A scratch folder inside the project, so that finished files can be moved into place in one step.
scratch() {
    [ -n "$work" ] && return
    work=$(mktemp -d "$PWD/.setup.XXXXXX")
    log=$work/log
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' HUP INT TERM
}

# Runs a command with its output kept back; shows the end of it where the command fails and $quiet is empty.
quiet=
logged() {
    scratch
    if "$@" >"$log" 2>&1 </dev/null; then return 0; fi
    [ -n "$quiet" ] || tail -n 15 "$log" >&2
    return 1
}

# --- apt ---------------------------------------------------------------------------------------------

may_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] || sudo -n true >/dev/null 2>&1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

install_packages() { # package...
    for attempt in 1 2; do
        quiet=$([ $attempt = 2 ] || echo yes)
        if logged as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
            -o DPkg::Lock::Timeout=300 "$@"; then
            quiet=
            return 0
        fi
        # The lists may be missing or old: renew them once.
        [ $attempt = 2 ] || logged as_root apt-get update -q -o DPkg::Lock::Timeout=300 || break
    done
    quiet=
    return 1
}

# Unpacks a Debian package into a folder without installing it; needs no root. Where the machine's package
# lists are missing and may not be renewed, lists of our own are used for this once.
unpack_package() { # package folder
    command -v apt-get >/dev/null 2>&1 && command -v dpkg >/dev/null 2>&1 || return 1
    scratch
    mkdir -p "$2" "$work/debs" "$work/lists/partial" "$work/cache/archives/partial"
    quiet=yes
    if ! download "$1"; then
        quiet=
        if may_install; then
            logged as_root apt-get update -q || return 1
        else
            set -- "$1" "$2" -o "Dir::State::Lists=$work/lists" -o "Dir::Cache=$work/cache"
            [ -e "$work/lists/lock" ] || logged apt-get update -q "$3" "$4" "$5" "$6" || return 1
        fi
        download "$@" || return 1
    fi
    quiet=
    logged dpkg -x "$work"/debs/"$1"_*.deb "$2"
}

download() { # package folder [apt option...]
    package=$1
    shift
    [ $# -eq 0 ] || shift
    (cd "$work/debs" && logged apt-get download -q -o APT::Sandbox::User=root "$@" "$package")
}

# --- python ------------------------------------------------------------------------------------------

find_python() {
    for python in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then return 0; fi
    done
    stop "没有找到 Python 3.11 或更新的版本。请运行：sudo apt-get install -y python3"
}

# What a finished environment looks like: the lock file's digest and the interpreter it was made for.
fingerprint() { # lock
    sha256sum <"$1"
    .venv/bin/python -c 'import sys; print(sys.version)'
}

installed() { # lock
    [ -x .venv/bin/python ] && [ -f ".venv/$1.stamp" ] || return 1
    [ "$(fingerprint "$1" 2>&1)" = "$(cat ".venv/$1.stamp")" ]
}

has_pip() { .venv/bin/python -m pip --version >/dev/null 2>&1; }

make_environment() {
    if "$python" -c 'import ensurepip' >/dev/null 2>&1 && logged "$python" -m venv --clear .venv; then return; fi
    # Debian keeps pip's wheel in a package of its own; unpacked here it serves as well as installed.
    logged "$python" -m venv --clear --without-pip .venv && unpack_package python3-pip-whl "$work/pip" || return 1
    wheel=$(find "$work/pip" -name 'pip-*.whl' | head -n 1)
    [ -n "$wheel" ] || return 1
    logged .venv/bin/python "$wheel/pip" install -q --no-index --no-deps "$wheel"
}

install_lock() { # lock
    installed "$1" && return
    if ! { [ -x .venv/bin/python ] && has_pip; }; then
        say "正在建立运行环境 .venv ……"
        make_environment && has_pip ||
            stop "无法建立 Python 运行环境（也可能是网络不通）。请运行：sudo apt-get update && sudo apt-get install -y python3-venv"
    fi
    rm -f ".venv/$1.stamp"
    say "正在安装程序组件（$1，只在第一次需要，约一到三分钟）……"
    logged .venv/bin/python -m pip install -q --disable-pip-version-check --no-input --require-hashes \
        --only-binary :all: -r "$1" ||
        stop "程序组件没有装好，多半是网络不通。请检查网络"
    fingerprint "$1" >".venv/$1.stamp"
}

# --- system libraries --------------------------------------------------------------------------------

# The packages of those libraries that the dynamic linker does not find, as WeasyPrint will look for them.
missing_libraries() {
    "$python" - <<'PYTHON'
import ctypes

for soname, package in (
    ("libpango-1.0.so.0", "libpango-1.0-0"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0-0"),
    ("libharfbuzz-subset.so.0", "libharfbuzz-subset0"),
):
    try:
        ctypes.CDLL(soname)
    except OSError:
        print(package)
PYTHON
}

install_system() {
    wanted=$(missing_libraries)
    if ! { [ -x .venv/bin/python ] && has_environment; } && ! "$python" -c 'import ensurepip' >/dev/null 2>&1; then
        wanted="$wanted python3-venv"
    fi
    [ -n "$wanted" ] || return 0
    if may_install; then
        say "正在安装系统组件："$wanted" ……"
        # python3-venv alone is no reason to stop: the environment can be made without it.
        install_packages $wanted || true
    fi
    wanted=$(missing_libraries | tr '\n' ' ')
    [ -z "$wanted" ] ||
        blocked="缺少系统组件。请运行（或请管理员运行）：sudo apt-get update && sudo apt-get install -y ${wanted% }"
}

has_environment() { installed requirements.lock || has_pip; }

# --- fonts -------------------------------------------------------------------------------------------

font_names() { sed 's/^[0-9a-f]*  //' scripts/fonts.sha256; }

missing_fonts() {
    font_names | while read -r name; do [ -s ".fonts/$name" ] || echo "$name"; done
}

# Moves each font that is still missing out of the given folders. $1 is "same" to take only the very files this
# program was tested with, "any" to take what the package brings.
take_fonts() { # same|any folder...
    which=$1
    shift
    mkdir -p .fonts
    for name in $(missing_fonts); do
        find "$@" -name "$name" -type f 2>/dev/null | while IFS= read -r found; do
            cp "$found" "$work/$name"
            if [ "$which" = any ] || (cd "$work" && grep "  $name\$" ../scripts/fonts.sha256 | sha256sum -c --status -); then
                mv "$work/$name" ".fonts/$name"
                break
            fi
        done
    done
}

install_fonts() {
    [ -n "$(missing_fonts)" ] || return 0
    scratch
    # The system or the user may have the same fonts already.
    take_fonts same /usr/share/fonts /usr/local/share/fonts /usr/share/texlive/texmf-dist/fonts/opentype \
        "${HOME:-/root}/.fonts" "${HOME:-/root}/.local/share/fonts"
    for package in $FONT_PACKAGES; do
        case "$(missing_fonts)" in
        *Fandol*) ;;
        *Noto*) [ "$package" = fonts-noto-cjk ] || continue ;;
        *) break ;;
        esac
        say "正在下载字体（$package，约 50 MB，只在第一次需要）……"
        unpack_package "$package" "$work/$package" && take_fonts any "$work/$package"
    done
    absent=$(missing_fonts | tr '\n' ' ')
    if [ -n "$absent" ]; then
        blocked="${blocked:+$blocked
}缺少字体：${absent% }。请运行：sudo apt-get update && make setup；没有 apt 的机器请把这些文件放进 .fonts 文件夹"
        return
    fi
    (cd .fonts && sha256sum -c --status ../scripts/fonts.sha256) ||
        say "提示：字体版本与测试时所用的不同，排版可能略有出入。"
}

# --- office programs, for tests only -------------------------------------------------------------------

install_office() {
    if command -v soffice >/dev/null 2>&1 && command -v pdftoppm >/dev/null 2>&1 &&
        command -v chromium >/dev/null 2>&1; then return; fi
    say "正在安装测试用的办公软件（$OFFICE）……"
    may_install && install_packages $OFFICE || stop "请运行（或请管理员运行）：sudo apt-get update && sudo apt-get install -y $OFFICE"
}

# -----------------------------------------------------------------------------------------------------

case "$mode" in run | test | office) ;; *) stop "scripts/setup.sh 只认识 run、test、office" ;; esac
find_python
install_system
install_lock requirements.lock
[ "$mode" = run ] || install_lock requirements-dev.lock
[ "$mode" != office ] || install_office
install_fonts
[ -z "$blocked" ] || stop "$blocked"

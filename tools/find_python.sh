# Print the best Python there is for this project: 3.13, the target, before 3.12, 3.11 and others.
usable() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

for candidate in python3.13 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13.*/bin/python \
    python3.12 python3.11 python3.14 python3 python; do
    if usable "$candidate"; then
        echo "$candidate"
        exit 0
    fi
done
exit 1

# The tests of the pages run in the system's Chromium: install it where this user may.
for browser in chromium chromium-browser; do
    command -v "$browser" >/dev/null && exit 0
done
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium, which the tests of the pages run in ..."
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
    exit
fi
echo "Chromium is needed for the tests of the pages: sudo apt-get install chromium" >&2
exit 1

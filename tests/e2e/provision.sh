#!/bin/bash
# What the boot partition brings is taken over, or refused with a word on the wall; nothing there keeps it from starting.
. "$(dirname "$0")/lib.bash"
export ROOT=$work/root VIGIE=$vigie VIGIE_ASSETS=$tree/assets OWNER=
etc=$ROOT/etc/vigie
card=$ROOT/boot/firmware/vigie
mkdir -p "$ROOT/etc" "$ROOT/usr/share/vigie" "$card/secrets"
echo raspberrypi >"$ROOT/etc/hostname"
cat "$tree/assets/boards/demo.yaml" "$tree/deploy/rpi/welcome-message.yaml" >"$ROOT/usr/share/vigie/welcome.yaml"

provision() {
    sh "$tree/deploy/rpi/vigie-provision" >"$work/said" 2>&1 || fail "it ends with an error: $(cat "$work/said")"
}
shown() {
    sed -n 's/^VIGIE_BOARD=//p' "$ROOT/run/vigie-provision/environment"
}
expect_shown() { # path why
    provision
    [ "$(shown)" = "$1" ] || fail "$2: $(shown) is shown; $(cat "$work/said")"
    echo "$2"
}

expect_shown "$ROOT/usr/share/vigie/welcome.yaml" "a fresh installation shows the demo"
"$vigie" check "$(shown)" >"$work/check" 2>&1 || fail "the welcome board has errors: $(cat "$work/check")"
grep -q 'vigie-setup' "$(shown)" || fail "the demo does not say what to do"

printf 'vigie: 1\npages: [{tiles: [{kpi: nope}]}]\n' >"$card/board.yaml"
expect_shown "$card/board.yaml" "a first board with errors is shown with its errors"

sed 's/^title:.*/title: Lyon/' "$tree/assets/boards/demo.yaml" >"$card/board.yaml"
printf 'tok\n' >"$card/secrets/acd-token"
printf 'x' >"$card/secrets/bad name"
printf 'MUR-LYON\r\n' >"$card/hostname"
printf 'pem' >"$card/ca.pem"
printf '.' >"$card/own.jq"
expect_shown "$etc/board.yaml" "a good board is taken over"
grep -q '^title: Lyon' "$etc/board.yaml" || fail "it is another board"
[ "$(stat -c %a "$etc/secrets/acd-token") $(stat -c %a "$etc/secrets")" = "600 700" ] || fail "a secret is open to others"
[ ! -e "$etc/secrets/bad name" ] || fail "a strange name is taken over"
[ "$(cat "$ROOT/etc/hostname")" = raspberrypi ] || fail "a name in capitals is taken"
[ -e "$etc/ca.pem" ] && [ -e "$etc/own.jq" ] || fail "CA or filter are left"

printf 'mur-lyon\r\n' >"$card/hostname"
provision
[ "$(cat "$ROOT/etc/hostname")" = mur-lyon ] && grep -q mur-lyon "$ROOT/etc/hosts" || fail "the device has no name"
echo "the device gets its name"

echo "it's: wrong" >>"$card/board.yaml"
expect_shown "$etc/board.refused.yaml" "a board with errors is refused with a word"
"$vigie" check "$(shown)" >"$work/check" 2>&1 || fail "the board with the word has errors: $(cat "$work/check")"
grep -q 'Nouvelle configuration refusée – board.yaml:[0-9]' "$(shown)" || fail "the word does not say what is wrong: $(tail -n 2 "$(shown)")"
grep -q '^title: Lyon' "$etc/board.yaml" || fail "the good one is lost"

printf '\nmessages:   # ours\n  - {text: Bonjour}\n' >>"$etc/board.yaml"
provision
"$vigie" check "$(shown)" >"$work/check" 2>&1 || fail "beside messages the word is an error: $(cat "$work/check")"
[ "$(shown)" = "$etc/board.refused.yaml" ] && grep -q 'Bonjour' "$(shown)" || fail "the board's own messages are lost"
echo "the word stands beside the board's own messages"

rm -r "$card"
expect_shown "$etc/board.yaml" "without the card's folder the board stays"
! grep -q 'tok' "$work/said" || fail "a secret is in the log"

#!/bin/bash
# vigie-setup as a person answers it, on standard input: the board it writes, where the secrets go, what it refuses.
. "$(dirname "$0")/lib.bash"
export ROOT=$work/root VIGIE=$vigie VIGIE_ASSETS=$tree/assets OWNER=
etc=$ROOT/etc/vigie

answers() { # line...: the dialogue's output and status
    printf '%s\n' "$@" | sh "$tree/deploy/rpi/vigie-setup" >"$work/said" 2>&1
}

# the demo with all that is proposed, but the language
answers en "" "" "" || fail "the demo is refused: $(cat "$work/said")"
grep -q '^language: en' "$etc/board.yaml" || fail "the language is not that of the answer"
"$vigie" check "$etc/board.yaml" 2>"$work/check" >/dev/null || fail "the demo's board has errors: $(cat "$work/check")"
echo "the demo is written"

# a board with addresses, a name and a secret
canary='s3cret&\x/"with'\''signs'
answers fr zendesk-talk acme "bad name" moi@acme.fr "$canary" 3,5 43 || fail "zendesk-talk is refused: $(cat "$work/said")"
! grep -v '^ *#' "$etc/board.yaml" | grep -q 'YOURS\|example.com\|credential:' || fail "placeholders are left: $(grep -n 'YOURS\|example.com' "$etc/board.yaml")"
grep -q 'https://acme.zendesk.com/' "$etc/board.yaml" || fail "the address is not the answer's"
grep -q 'id: moi@acme.fr/token, secret: {file: secrets/zendesk-token}' "$etc/board.yaml" || fail "name or secret are not in place"
grep -q '^screen: {diagonal_in: 43, reading_distance_m: 3.5}' "$etc/board.yaml" || fail "the distance is not in place"
grep -q 'Lettres sans accent' "$work/said" || fail "a name with a blank is not refused"
[ "$(cat "$etc/secrets/zendesk-token")" = "$canary" ] || fail "the secret is not what was answered"
[ "$(stat -c %a "$etc/secrets/zendesk-token") $(stat -c %a "$etc/secrets") $(stat -c %a "$etc/board.yaml")" = "600 700 644" ] || fail "modes: $(ls -lR "$etc")"
! grep -rq 's3cret' "$work/said" "$etc/board.yaml" || fail "the secret is in the output or in the board"
grep -q '^language: en' "$etc/board.before.yaml" || fail "the board before is not kept"
echo "a board with addresses and secrets is written"

# every board can be set up with everything left for later
for board in "$tree"/assets/boards/*.yaml; do
    name=$(basename "$board" .yaml)
    { printf 'fr\n%s\n' "$name"; printf '\n%.0s' {1..30}; } >"$work/answers"
    sh "$tree/deploy/rpi/vigie-setup" <"$work/answers" >"$work/said" 2>&1 ||
        fail "$name is refused: $(tail -n 5 "$work/said")"
    ! grep -v '^ *#' "$etc/board.yaml" | grep -q '{env:\|{credential:' || fail "$name: a secret is left in the environment"
done
echo "every board can be set up"

# stopped in the middle: nothing changes
before=$(cat "$etc/board.yaml")
! answers fr genesys-cloud || fail "an input that ends is taken for an answer"
[ "$(cat "$etc/board.yaml")" = "$before" ] || fail "a dialogue that stopped has changed the board"
echo "a dialogue that stops changes nothing"

# a board that check refuses stays a draft
mkdir "$work/assets" && cp -r "$tree"/assets/* "$work/assets/"
echo "nonsense: true" >>"$work/assets/boards/demo.yaml"
! VIGIE_ASSETS=$work/assets answers fr demo "" "" || fail "a broken board is taken"
[ "$(cat "$etc/board.yaml")" = "$before" ] || fail "a broken board has replaced the one before"
grep -q nonsense "$etc/board.draft.yaml" || fail "the draft is not kept"
[ ! -e "$etc/board.new.yaml" ] || fail "half of a board is left"
echo "a broken board stays a draft"

# where the boot partition brings the board, a dialogue would be in vain
mkdir -p "$ROOT/boot/firmware/vigie"
echo "vigie: 1" >"$ROOT/boot/firmware/vigie/board.yaml"
! answers fr demo "" "" || fail "a board is written that the boot partition's replaces"
grep -q 'boot/firmware/vigie/board.yaml is the board here' "$work/said" || fail "it does not say why: $(cat "$work/said")"
[ "$(cat "$etc/board.yaml")" = "$before" ] || fail "it has changed the board all the same"
echo "a board of the boot partition is not overruled"
rm -r "$ROOT/boot"

# on a terminal with whiptail, which is a stand-in here: it shows nothing, notes what it is asked and answers in turn
mkdir "$work/bin"
cat >"$work/bin/whiptail" <<'EOF'
#!/bin/sh
printf '%s\n' "$*" >>"$WORK/asked"
head -n 1 "$WORK/replies" >&2
sed -i 1d "$WORK/replies"
EOF
chmod +x "$work/bin/whiptail"
printf '%s\n' fr freshdesk mon-centre boxed-secret 5 55 >"$work/replies"
WORK=$work PATH=$work/bin:$PATH timeout 60 script -qec "sh $tree/deploy/rpi/vigie-setup" /dev/null </dev/null >"$work/said" 2>&1 ||
    fail "with boxes it does not end well: $(cat "$work/said")"
grep -q 'https://mon-centre.freshdesk.com/' "$etc/board.yaml" || fail "the boxes' answers are not in the board"
[ "$(cat "$etc/secrets/freshdesk-key")" = boxed-secret ] || fail "the secret of a box is not in its file: $(ls "$etc/secrets")"
grep -q -- '--default-item demo --menu Source .* freshdesk freshdesk ' "$work/asked" || fail "the sources are not in the box: $(cat "$work/asked")"
grep -q 'Remplacer « YOURS » dans https://YOURS.freshdesk.com par' "$work/asked" || fail "nobody knows what YOURS is: $(cat "$work/asked")"
grep -q -- '--passwordbox Secret' "$work/asked" || fail "the secret can be read from the screen"
echo "boxes ask the same"

#include "app/hands.h"

#include <stdio.h>
#include <string.h>

#include "base/now.h"
#include "base/text.h"
#include "render/i18n.h"

void hands_init(struct hands *hands, const struct hands_settings *settings)
{
    *hands = (struct hands){.stage = stage_start(),
                            .leaves_ms = INT64_MAX,
                            .may_quit = settings->may_quit,
                            .wish = settings->wish,
                            .context = settings->context};
    hands->stage.may_quit = settings->may_quit;
    rotation_init(&hands->rotation, settings->rotate);
}

/* ---- what is at hand ---- */

static const struct snapshot_page *page_of(const struct hands *hands, const struct snapshot *snapshot)
{
    if (!snapshot || hands->stage.page >= snapshot->page_count)
        return NULL;
    return &snapshot->pages[hands->stage.page];
}

const struct snapshot_tile *hands_tile(const struct hands *hands, const struct snapshot *snapshot)
{
    const struct snapshot_page *page = page_of(hands, snapshot);
    if (!page || hands->stage.chosen < 0 || (size_t)hands->stage.chosen >= page->tile_count)
        return NULL;
    return &page->tiles[hands->stage.chosen];
}

static void make_wish(struct hands *hands, enum wish_kind kind, const char *tile, bool on)
{
    const struct wish wish = {kind, tile, on};
    if (hands->wish)
        hands->wish(hands->context, &wish);
}

/* ---- answers ---- */

void hands_say(struct hands *hands, int word, const char *what, int64_t now_ms)
{
    hands->stage.notice.word = word;
    snprintf(hands->stage.notice.what, sizeof hands->stage.notice.what, "%s", what ? what : "");
    hands->notice_until_ms = now_ms + HANDS_NOTICE_MS;
}

static void say_number(struct hands *hands, int word, size_t number, int64_t now_ms)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", number);
    hands_say(hands, word, digits, now_ms);
}

static bool has_one_page(const struct snapshot *snapshot)
{
    return snapshot && snapshot->page_count == 1;
}

static void say_page(struct hands *hands, const struct snapshot *snapshot, int64_t now_ms)
{
    if (has_one_page(snapshot))
        hands_say(hands, WORD_NOTICE_ONE_PAGE, NULL, now_ms);
    else
        say_number(hands, WORD_NOTICE_PAGE, hands->rotation.page + 1, now_ms);
}

/* ---- what lies over the wall ---- */

static bool explains_a_tile(enum stage_screen screen)
{
    return screen == STAGE_DETAIL || screen == STAGE_WHY;
}

static int64_t stays_ms(const struct stage *stage)
{
    switch (stage->screen) {
    case STAGE_WALL:
        return stage->chosen >= 0 ? HANDS_CHOOSING_MS : INT64_MAX;
    case STAGE_HUDDLE:
        return HUDDLE_MS;
    case STAGE_BLACK:
        return INT64_MAX;
    default:
        return HANDS_SHEET_MS;
    }
}

static void stay(struct hands *hands, int64_t now_ms)
{
    int64_t ms = stays_ms(&hands->stage);
    int64_t from_ms = hands->stage.screen == STAGE_HUDDLE ? hands->stage.huddle_began_ms : now_ms;
    hands->leaves_ms = ms == INT64_MAX ? INT64_MAX : from_ms + ms;
}

/* Asks for all about the tile that is looked at, or for nothing any more. */
static void ask_about_tile(struct hands *hands, const struct snapshot *snapshot)
{
    const struct snapshot_tile *tile = hands_tile(hands, snapshot);
    make_wish(hands, WISH_TILE, explains_a_tile(hands->stage.screen) && tile ? tile->id : NULL, true);
}

static bool is_held(const struct stage *stage, int64_t now_ms)
{
    return stage->step == HUDDLE_END || now_ms - stage->huddle_began_ms >= HANDS_HELD_MS;
}

static void end_huddle(struct hands *hands, int64_t now_ms)
{
    make_wish(hands, WISH_REVIEW, NULL, false);
    if (is_held(&hands->stage, now_ms))
        make_wish(hands, WISH_HUDDLE_HELD, NULL, true);
}

static void show_screen(struct hands *hands, enum stage_screen screen, const struct snapshot *snapshot,
                        int64_t now_ms)
{
    enum stage_screen before = hands->stage.screen;
    if (before == STAGE_HUDDLE && screen != STAGE_HUDDLE)
        end_huddle(hands, now_ms);
    hands->stage.screen = screen;
    if (!explains_a_tile(screen) && screen != STAGE_WALL)
        hands->stage.chosen = -1;
    if (explains_a_tile(screen) || explains_a_tile(before))
        ask_about_tile(hands, snapshot);
    stay(hands, now_ms);
}

static void begin_huddle(struct hands *hands, const struct snapshot *snapshot, int64_t now_ms)
{
    hands->stage.step = HUDDLE_REDS;
    hands->stage.huddle_began_ms = now_ms;
    hands->stage.news = 0;
    hands->stage.gone_silent = false;
    make_wish(hands, WISH_REVIEW, NULL, true);
    show_screen(hands, STAGE_HUDDLE, snapshot, now_ms);
}

/* ---- another board ---- */

static bool tells_of_a_board(const struct stage *stage)
{
    return stage->screen == STAGE_HUDDLE || explains_a_tile(stage->screen) || stage->chosen >= 0;
}

void hands_renew(struct hands *hands, const struct hands_settings *settings, int64_t now_ms)
{
    const struct hands before = *hands;
    const struct stage *stage = &before.stage;
    hands_init(hands, settings);
    hands->rotation.paused_until_ms = before.rotation.paused_until_ms;
    hands->stage.paused = rotation_is_paused(&hands->rotation, now_ms);
    if (stage->screen == STAGE_HUDDLE && is_held(stage, now_ms))
        make_wish(hands, WISH_HUDDLE_HELD, NULL, true);
    if (tells_of_a_board(stage)) {
        hands_say(hands, WORD_NOTICE_BOARD, NULL, now_ms);
        return;
    }
    hands->stage.screen = stage->screen;
    hands->leaves_ms = before.leaves_ms;
}

/* ---- tiles ---- */

static int rank(const struct snapshot_tile *tile)
{
    if (tile->display == DISPLAY_CRITICAL)
        return tile->acked_wall_ms ? 3 : 4;
    return tile->display == DISPLAY_WARN ? 2 : tile->display == DISPLAY_STALE ? 1 : 0;
}

/* What one most probably wants to know more about: the worst, of equals the first. */
static int worst_tile(const struct snapshot_page *page)
{
    int worst = 0;
    for (size_t i = 1; i < page->tile_count; i++)
        if (rank(&page->tiles[i]) > rank(&page->tiles[worst]))
            worst = (int)i;
    return worst;
}

static void choose(struct hands *hands, int tile, const struct snapshot *snapshot, int64_t now_ms)
{
    const struct snapshot_page *page = page_of(hands, snapshot);
    if (!page || page->tile_count == 0)
        return;
    int count = (int)page->tile_count;
    hands->stage.chosen = (tile + count) % count;
    if (explains_a_tile(hands->stage.screen))
        ask_about_tile(hands, snapshot);
    stay(hands, now_ms);
}

/* ---- acknowledging ---- */

static bool is_unseen(const struct snapshot_tile *tile)
{
    return tile->told && tile->acked_wall_ms == 0 && display_is_alert(tile->display);
}

static size_t acknowledge_tile(struct hands *hands, const struct snapshot_tile *tile)
{
    if (!is_unseen(tile))
        return 0;
    make_wish(hands, WISH_ACKNOWLEDGE, tile->id, true);
    return 1;
}

/* ---- keys ---- */

/* A key at work. */
struct press {
    struct hands *hands;
    enum key key;
    int number;
    const struct snapshot *snapshot;
    const struct hands_neighbours *neighbours;
    int64_t now_ms;
    enum hands_asks *asks;
};

/* What a key does on one of the screens. */
struct action {
    enum key key;
    void (*act)(const struct press *press);
};

static void show(const struct press *press, enum stage_screen screen)
{
    show_screen(press->hands, screen, press->snapshot, press->now_ms);
}

/* The wall again; from the why first to the detail. */
static void go_back(const struct press *press)
{
    struct hands *hands = press->hands;
    if (hands->stage.screen == STAGE_WHY) {
        show(press, STAGE_DETAIL);
        return;
    }
    bool bare = hands->stage.screen == STAGE_WALL && hands->stage.chosen < 0;
    if (hands->stage.screen == STAGE_WALL)
        hands->stage.chosen = -1;
    if (bare)
        rotation_pause(&hands->rotation, false, press->now_ms);
    show(press, STAGE_WALL);
    bool turns = bare && !has_one_page(press->snapshot);
    hands_say(hands, turns ? WORD_NOTICE_RESUMED : WORD_NOTICE_BACK, NULL, press->now_ms);
}

/* ---- on the wall ---- */

static void say_no_effect(const struct press *press)
{
    hands_say(press->hands, WORD_NOTICE_NO_EFFECT, NULL, press->now_ms);
}

static void turn_page(const struct press *press, int pages)
{
    struct hands *hands = press->hands;
    if (!press->snapshot) {
        say_no_effect(press);
        return;
    }
    rotation_turn(&hands->rotation, press->snapshot, pages, press->now_ms);
    hands->stage.page = hands->rotation.page;
    hands->stage.chosen = -1;
    say_page(hands, press->snapshot, press->now_ms);
    stay(hands, press->now_ms);
}

static void next_page(const struct press *press)
{
    turn_page(press, 1);
}

static void previous_page(const struct press *press)
{
    turn_page(press, -1);
}

static void begin_choosing(const struct press *press)
{
    const struct snapshot_page *page = page_of(press->hands, press->snapshot);
    if (!page || page->tile_count == 0) {
        say_no_effect(press);
        return;
    }
    choose(press->hands, worst_tile(page), press->snapshot, press->now_ms);
    hands_say(press->hands, WORD_NOTICE_CHOOSE, NULL, press->now_ms);
}

static const struct action wall_actions[] = {
    {KEY_RIGHT, next_page},        {KEY_NEXT, next_page},    {KEY_LEFT, previous_page},
    {KEY_PREVIOUS, previous_page}, {KEY_UP, begin_choosing}, {KEY_DOWN, begin_choosing},
    {KEY_SELECT, begin_choosing},  {KEY_NONE, NULL},
};

/* ---- with a tile chosen ---- */

static void choose_neighbour(const struct press *press)
{
    const struct hands_neighbours *next = press->neighbours;
    const int tiles[KEY_COUNT] = {
        [KEY_LEFT] = next->left, [KEY_RIGHT] = next->right, [KEY_UP] = next->up, [KEY_DOWN] = next->down};
    choose(press->hands, tiles[press->key], press->snapshot, press->now_ms);
}

static void open_detail(const struct press *press)
{
    show(press, STAGE_DETAIL);
}

static const struct action choosing_actions[] = {
    {KEY_LEFT, choose_neighbour},  {KEY_RIGHT, choose_neighbour},
    {KEY_UP, choose_neighbour},    {KEY_DOWN, choose_neighbour},
    {KEY_SELECT, open_detail},     {KEY_NEXT, next_page},
    {KEY_PREVIOUS, previous_page}, {KEY_NONE, NULL},
};

static void next_tile(const struct press *press)
{
    choose(press->hands, press->hands->stage.chosen + 1, press->snapshot, press->now_ms);
}

static void previous_tile(const struct press *press)
{
    choose(press->hands, press->hands->stage.chosen - 1, press->snapshot, press->now_ms);
}

/* W on the wall explains the worst tile of the page; from the why it goes back to the detail. */
static void explain(const struct press *press)
{
    struct hands *hands = press->hands;
    const struct snapshot_page *page = page_of(hands, press->snapshot);
    if (!page || page->tile_count == 0) {
        say_no_effect(press);
        return;
    }
    if (hands->stage.chosen < 0)
        hands->stage.chosen = worst_tile(page);
    show(press, hands->stage.screen == STAGE_WHY ? STAGE_DETAIL : STAGE_WHY);
}

/* A remote has no W: its middle key goes from the detail to the why and back. */
static const struct action tile_actions[] = {
    {KEY_RIGHT, next_tile},  {KEY_DOWN, next_tile},         {KEY_NEXT, next_tile}, {KEY_LEFT, previous_tile},
    {KEY_UP, previous_tile}, {KEY_PREVIOUS, previous_tile}, {KEY_SELECT, explain}, {KEY_NONE, NULL},
};

/* ---- in a huddle ---- */

static void next_step(const struct press *press)
{
    if (press->hands->stage.step + 1 < HUDDLE_STEPS)
        press->hands->stage.step++;
    else
        go_back(press);
}

static void previous_step(const struct press *press)
{
    if (press->hands->stage.step > HUDDLE_REDS)
        press->hands->stage.step--;
}

static void go_to_step(const struct press *press)
{
    if (press->number < HUDDLE_STEPS)
        press->hands->stage.step = (enum huddle_step)press->number;
}

static const struct action huddle_actions[] = {
    {KEY_RIGHT, next_step},        {KEY_DOWN, next_step},     {KEY_NEXT, next_step},
    {KEY_SELECT, next_step},       {KEY_LEFT, previous_step}, {KEY_UP, previous_step},
    {KEY_PREVIOUS, previous_step}, {KEY_NUMBER, go_to_step},  {KEY_NONE, NULL},
};

/* ---- everywhere ---- */

static void go_to_page(const struct press *press)
{
    struct hands *hands = press->hands;
    if (!rotation_go(&hands->rotation, press->snapshot, (size_t)press->number, press->now_ms)) {
        say_number(hands, WORD_NOTICE_NO_PAGE, (size_t)press->number + 1, press->now_ms);
        return;
    }
    hands->stage.page = hands->rotation.page;
    hands->stage.chosen = -1;
    show(press, STAGE_WALL);
    say_page(hands, press->snapshot, press->now_ms);
}

/* The chosen tile's alert, else those of the page in front of one. */
static void acknowledge(const struct press *press)
{
    struct hands *hands = press->hands;
    const struct snapshot_page *page = page_of(hands, press->snapshot);
    const struct snapshot_tile *tile = hands_tile(hands, press->snapshot);
    if (hands->stage.screen != STAGE_WALL && !explains_a_tile(hands->stage.screen)) {
        say_no_effect(press); /* what a sheet hides nobody has seen */
        return;
    }
    size_t seen = tile ? acknowledge_tile(hands, tile) : 0;
    for (size_t i = 0; !tile && page && i < page->tile_count; i++)
        seen += acknowledge_tile(hands, &page->tiles[i]);
    if (seen)
        say_number(hands, WORD_NOTICE_SEEN, seen, press->now_ms);
    else
        hands_say(hands, WORD_NOTICE_NONE_TO_SEE, NULL, press->now_ms);
}

static void pause_or_resume(const struct press *press)
{
    struct hands *hands = press->hands;
    bool paused = rotation_is_paused(&hands->rotation, press->now_ms);
    rotation_pause(&hands->rotation, !paused, press->now_ms);
    hands_say(hands, paused ? WORD_NOTICE_RESUMED : WORD_NOTICE_PAUSED, NULL, press->now_ms);
}

/* The key that opened a screen closes it again. */
static void toggle(const struct press *press, enum stage_screen screen)
{
    if (press->hands->stage.screen == screen)
        go_back(press);
    else
        show(press, screen);
}

static void huddle(const struct press *press)
{
    if (press->hands->stage.screen == STAGE_HUDDLE)
        go_back(press);
    else if (!press->snapshot)
        say_no_effect(press);
    else
        begin_huddle(press->hands, press->snapshot, press->now_ms);
}

static void black(const struct press *press)
{
    toggle(press, STAGE_BLACK);
}

static void info(const struct press *press)
{
    toggle(press, STAGE_INFO);
}

static void help(const struct press *press)
{
    toggle(press, STAGE_HELP);
}

static void ask_for_theme(const struct press *press)
{
    *press->asks = HANDS_THEME;
}

static void ask_for_language(const struct press *press)
{
    *press->asks = HANDS_LANGUAGE;
}

static void quit(const struct press *press)
{
    if (press->hands->may_quit)
        *press->asks = HANDS_QUIT;
    else
        hands_say(press->hands, WORD_NOTICE_NO_QUIT, NULL, press->now_ms);
}

static const struct action common_actions[] = {
    {KEY_NUMBER, go_to_page},
    {KEY_WHY, explain},
    {KEY_ACKNOWLEDGE, acknowledge},
    {KEY_HUDDLE, huddle},
    {KEY_PAUSE, pause_or_resume},
    {KEY_BLACK, black},
    {KEY_INFO, info},
    {KEY_HELP, help},
    {KEY_BACK, go_back},
    {KEY_THEME, ask_for_theme},
    {KEY_LANGUAGE, ask_for_language},
    {KEY_QUIT, quit},
    {KEY_NONE, NULL},
};

/* ---- which of them ---- */

static const struct action *actions_of(const struct stage *stage)
{
    static const struct action none[] = {{KEY_NONE, NULL}};
    if (stage->screen == STAGE_WALL)
        return stage->chosen < 0 ? wall_actions : choosing_actions;
    if (explains_a_tile(stage->screen))
        return tile_actions;
    return stage->screen == STAGE_HUDDLE ? huddle_actions : none;
}

static bool act(const struct action *actions, const struct press *press)
{
    for (; actions->act; actions++)
        if (actions->key == press->key) {
            actions->act(press);
            return true;
        }
    return false;
}

enum hands_asks hands_key(struct hands *hands, enum key key, int number, const struct snapshot *snapshot,
                          const struct hands_neighbours *neighbours, struct now now)
{
    enum hands_asks asks = HANDS_NOTHING;
    const struct press press = {hands, key, number, snapshot, neighbours, now.monotonic_ms, &asks};
    if (key == KEY_NONE)
        return HANDS_NOTHING;
    rotation_hold(&hands->rotation, now.monotonic_ms);
    stay(hands, now.monotonic_ms);
    hands->stage.notice.word = -1; /* it answered the key before */
    if (hands->stage.screen == STAGE_BLACK && key != KEY_QUIT)
        go_back(&press); /* the key that ends the black does nothing else */
    else if (!act(actions_of(&hands->stage), &press) && !act(common_actions, &press))
        say_no_effect(&press);
    hands->stage.paused = rotation_is_paused(&hands->rotation, now.monotonic_ms);
    return asks;
}

/* ---- time ---- */

static void leave(struct hands *hands, const struct snapshot *snapshot, int64_t now_ms)
{
    hands->stage.chosen = -1;
    show_screen(hands, STAGE_WALL, snapshot, now_ms);
}

void hands_rest(struct hands *hands, const struct snapshot *snapshot, int64_t now_ms)
{
    if (explains_a_tile(hands->stage.screen) || hands->stage.chosen >= 0)
        leave(hands, snapshot, now_ms);
}

/* Under whatever lies over the wall pages do not turn: one comes back to where one was. */
static void look_at_pages(struct hands *hands, const struct snapshot *snapshot, int64_t now_ms)
{
    bool at_rest = hands->stage.screen != STAGE_WALL || hands->stage.chosen >= 0;
    if (at_rest && hands->rotation.held_until_ms < now_ms + HANDS_NOTICE_MS)
        hands->rotation.held_until_ms = now_ms + HANDS_NOTICE_MS;
    if (rotation_look(&hands->rotation, snapshot, now_ms))
        hands->stage.chosen = -1;
    hands->stage.page = hands->rotation.page;
    hands->stage.paused = rotation_is_paused(&hands->rotation, now_ms);
}

void hands_follow(struct hands *hands, const struct snapshot *before, const struct snapshot *after)
{
    rotation_follow(&hands->rotation, before, after);
    hands->stage.page = hands->rotation.page;
}

void hands_look(struct hands *hands, const struct snapshot *snapshot, struct now now)
{
    if (now.monotonic_ms >= hands->notice_until_ms)
        hands->stage.notice.word = -1;
    if (now.monotonic_ms >= hands->leaves_ms)
        leave(hands, snapshot, now.monotonic_ms);
    look_at_pages(hands, snapshot, now.monotonic_ms);
    const struct snapshot_page *page = page_of(hands, snapshot);
    if (page && hands->stage.chosen >= (int)page->tile_count)
        hands->stage.chosen = -1;
}

int64_t hands_next_ms(const struct hands *hands, const struct snapshot *snapshot)
{
    int64_t next_ms = earlier_ms(rotation_next_ms(&hands->rotation, snapshot), hands->leaves_ms);
    return hands->stage.notice.word >= 0 ? earlier_ms(next_ms, hands->notice_until_ms) : next_ms;
}

#include "model/digest.h"

#include "model/board_parts.h"

/* ---- the log ---- */

/* The change `back` places before the newest (0). */
static const struct digest_change *change_at(const struct digest_log *log, size_t back)
{
    return &log->changes[(log->next + DIGEST_CHANGES_MAX - 1 - back) % DIGEST_CHANGES_MAX];
}

void digest_note(struct digest_log *log, enum display display, int64_t now_ms)
{
    if (log->count && change_at(log, 0)->display == display)
        return;
    log->changes[log->next] = (struct digest_change){now_ms, display};
    log->next = (log->next + 1) % DIGEST_CHANGES_MAX;
    if (log->count < DIGEST_CHANGES_MAX)
        log->count++;
}

/* ---- one tile ---- */

/* A red on its way through the log. */
struct red {
    bool open;
    int64_t from_ms;
};

/* Neither ends a red nor begins one. */
static bool is_silence(enum display display)
{
    return display == DISPLAY_STALE || display == DISPLAY_NODATA;
}

static void close_red(struct red *red, struct digest_tile *tile, int64_t at_ms)
{
    if (red->open && at_ms - red->from_ms > tile->longest_red_ms)
        tile->longest_red_ms = at_ms - red->from_ms;
    red->open = false;
}

/* `display` held from `from_ms` (not before the moment) to `to_ms`; `before`: it began before it. */
static void add_stretch(struct digest_tile *tile, struct red *red, enum display display, int64_t from_ms,
                        int64_t to_ms, bool before)
{
    tile->in_state_ms[display] += to_ms - from_ms;
    tile->display = display;
    if (is_silence(display))
        return;
    if (display != DISPLAY_CRITICAL) {
        close_red(red, tile, from_ms);
        return;
    }
    if (red->open)
        return;
    *red = (struct red){true, from_ms};
    tile->was_red = tile->was_red || before;
    tile->reds += !before;
}

struct digest_tile digest_of(const struct digest_log *log, int64_t since_ms, int64_t now_ms)
{
    struct digest_tile tile = {.display = DISPLAY_NODATA, .known_since_ms = now_ms};
    struct red red = {false, 0};
    for (size_t back = log->count; back-- > 0;) {
        int64_t from_ms = change_at(log, back)->at_ms;
        int64_t to_ms = back ? change_at(log, back - 1)->at_ms : now_ms;
        bool before = from_ms <= since_ms;
        if (back + 1 == log->count)
            tile.known_since_ms = before ? since_ms : from_ms;
        if (to_ms < since_ms || (to_ms == since_ms && back))
            continue;
        add_stretch(&tile, &red, change_at(log, back)->display, before ? since_ms : from_ms, to_ms, before);
    }
    tile.recovered = (tile.was_red || tile.reds) && tile.display == DISPLAY_OK;
    close_red(&red, &tile, now_ms);
    return tile;
}

/* ---- the board ---- */

static void add_tile(struct digest *digest, const struct digest_tile *tile)
{
    digest->new_red_count += tile->reds > 0;
    digest->recovered_count += tile->recovered;
    digest->red_now_count += tile->display == DISPLAY_CRITICAL;
    if (tile->longest_red_ms > (digest->longest ? digest->longest->longest_red_ms : 0))
        digest->longest = tile;
}

struct digest *board_digest(struct arena *arena, const struct board *board, int64_t since_ago_ms,
                            struct now now)
{
    struct digest *digest = arena_take(arena, 1, sizeof *digest);
    struct digest_tile *tiles = arena_take(arena, board->tile_count, sizeof *tiles);
    int64_t since_ms = now.monotonic_ms - since_ago_ms;
    digest->since_wall_ms = now.wall_ms - since_ago_ms;
    digest->until_wall_ms = now.wall_ms;
    digest->tile_count = board->tile_count;
    digest->tiles = tiles;
    for (size_t i = 0; i < board->tile_count; i++) {
        tiles[i] = digest_of(&board->tiles[i].log, since_ms, now.monotonic_ms);
        tiles[i].id = board->tiles[i].settings->id;
        tiles[i].repeats = board_watch_repeats(&board->tiles[i]);
        if (!tiles[i].repeats)
            add_tile(digest, &tiles[i]);
    }
    return digest;
}

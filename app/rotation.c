#include "app/rotation.h"

#include <string.h>

#include "base/now.h"
#include "base/text.h"

enum { DWELL_LEAST_MS = 12000, DWELL_MOST_MS = 30000, DWELL_BASE_MS = 8000, DWELL_TILE_MS = 2000 };

enum { TILES_KNOWN = 32 }; /* bits of red[] */

void rotation_init(struct rotation *rotation, bool turns)
{
    *rotation = (struct rotation){.turns = turns};
}

int64_t rotation_dwell_ms(size_t tile_count)
{
    int64_t dwell = DWELL_BASE_MS + DWELL_TILE_MS * (int64_t)tile_count;
    return dwell < DWELL_LEAST_MS ? DWELL_LEAST_MS : dwell > DWELL_MOST_MS ? DWELL_MOST_MS : dwell;
}

static size_t page_count(const struct snapshot *snapshot)
{
    return snapshot->page_count < ROTATION_PAGES_MAX ? snapshot->page_count : ROTATION_PAGES_MAX;
}

/* ---- what turned critical ---- */

static bool is_silent(enum display display)
{
    return display == DISPLAY_STALE || display == DISPLAY_NODATA;
}

/* A red that goes stale is still the same red when it is heard of again. */
static uint32_t red_tiles(const struct snapshot_page *page, uint32_t before)
{
    uint32_t red = 0;
    for (size_t i = 0; i < page->tile_count && i < TILES_KNOWN; i++) {
        const struct snapshot_tile *tile = &page->tiles[i];
        uint32_t bit = (uint32_t)1 << i;
        if ((tile->display == DISPLAY_CRITICAL && tile->told) || (is_silent(tile->display) && before & bit))
            red |= bit;
    }
    return red;
}

/* What was red when the wall began is no news; it has its additional turns. */
static void note_reds(struct rotation *rotation, const struct snapshot *snapshot)
{
    for (size_t i = 0; i < page_count(snapshot); i++) {
        uint32_t before = rotation->red[i];
        rotation->red[i] = red_tiles(&snapshot->pages[i], before);
        if (rotation->begun && rotation->red[i] & ~before)
            rotation->pins_due |= (uint64_t)1 << i;
    }
}

/* Some alert of the page waits for somebody to see it. */
static bool is_pressing(const struct snapshot_page *page)
{
    for (size_t i = 0; i < page->tile_count; i++)
        if (page->tiles[i].display == DISPLAY_CRITICAL && page->tiles[i].told &&
            page->tiles[i].acked_wall_ms == 0)
            return true;
    return false;
}

/* ---- which page comes ---- */

static bool all_off(const struct snapshot *snapshot)
{
    for (size_t i = 0; i < page_count(snapshot); i++)
        if (!snapshot->pages[i].off)
            return false;
    return true;
}

static bool has_turn(const struct snapshot *snapshot, size_t page)
{
    return !snapshot->pages[page].off || all_off(snapshot);
}

static bool wants_extra_turn(const struct snapshot *snapshot, size_t page)
{
    return is_pressing(&snapshot->pages[page]);
}

/* The next page after `from` that fits; `from` itself last, or where none does. */
static size_t next_page(const struct snapshot *snapshot, size_t from,
                        bool (*fits)(const struct snapshot *snapshot, size_t page))
{
    size_t count = page_count(snapshot);
    for (size_t step = 1; step <= count; step++)
        if (fits(snapshot, (from + step) % count))
            return (from + step) % count;
    return from;
}

static void show(struct rotation *rotation, const struct snapshot *snapshot, size_t page, bool extra,
                 int64_t now_ms)
{
    rotation->page = page;
    rotation->extra_turn = extra;
    if (extra)
        rotation->last_pinned = page;
    else
        rotation->last_calm = page;
    rotation->turn_ms = now_ms + rotation_dwell_ms(snapshot->pages[page].tile_count);
    rotation->pinned_until_ms = 0;
}

/* Every second turn belongs to a page whose alert nobody has seen. */
static void turn_over(struct rotation *rotation, const struct snapshot *snapshot, int64_t now_ms)
{
    size_t pressing = next_page(snapshot, rotation->last_pinned, wants_extra_turn);
    if (!rotation->extra_turn && wants_extra_turn(snapshot, pressing) && pressing != rotation->page) {
        show(rotation, snapshot, pressing, true, now_ms);
        return;
    }
    size_t calm = next_page(snapshot, rotation->last_calm, has_turn);
    if (calm == rotation->page && rotation->extra_turn)
        calm = next_page(snapshot, calm, has_turn);
    show(rotation, snapshot, calm, false, now_ms);
}

static bool pin(struct rotation *rotation, const struct snapshot *snapshot, int64_t now_ms)
{
    for (size_t i = 0; i < page_count(snapshot); i++) {
        if (!(rotation->pins_due >> i & 1))
            continue;
        rotation->pins_due &= ~((uint64_t)1 << i);
        if (!is_pressing(&snapshot->pages[i]))
            continue; /* over, or seen, before its turn came */
        show(rotation, snapshot, i, true, now_ms);
        rotation->turn_ms = rotation->pinned_until_ms = now_ms + ROTATION_PIN_MS;
        return true;
    }
    return false;
}

/* ---- time ---- */

static int64_t resting_until(const struct rotation *rotation)
{
    return rotation->held_until_ms > rotation->paused_until_ms ? rotation->held_until_ms
                                                               : rotation->paused_until_ms;
}

static void keep_page_in_range(struct rotation *rotation, const struct snapshot *snapshot)
{
    size_t count = page_count(snapshot);
    if (rotation->page >= count)
        rotation->page = 0;
    if (rotation->last_calm >= count)
        rotation->last_calm = 0;
    if (rotation->last_pinned >= count)
        rotation->last_pinned = 0;
}

static void begin(struct rotation *rotation, const struct snapshot *snapshot, int64_t now_ms)
{
    size_t first =
        has_turn(snapshot, rotation->page) ? rotation->page : next_page(snapshot, rotation->page, has_turn);
    rotation->begun = true;
    show(rotation, snapshot, first, false, now_ms);
}

static void look(struct rotation *rotation, const struct snapshot *snapshot, int64_t now_ms)
{
    if (now_ms < resting_until(rotation))
        return;
    if (rotation->pins_due && now_ms >= rotation->pinned_until_ms && pin(rotation, snapshot, now_ms))
        return;
    if (now_ms >= rotation->turn_ms)
        turn_over(rotation, snapshot, now_ms);
}

bool rotation_look(struct rotation *rotation, const struct snapshot *snapshot, int64_t now_ms)
{
    size_t before = rotation->page;
    if (!snapshot || snapshot->page_count == 0)
        return false;
    keep_page_in_range(rotation, snapshot);
    note_reds(rotation, snapshot);
    if (!rotation->begun)
        begin(rotation, snapshot, now_ms);
    if (rotation->turns && snapshot->page_count > 1)
        look(rotation, snapshot, now_ms);
    return rotation->page != before;
}

/* ---- pages that move ---- */

/* No page's number: there is none of that id. */
static size_t find_page(const struct snapshot *snapshot, const char *id)
{
    size_t count = page_count(snapshot);
    for (size_t i = 0; i < count; i++)
        if (text_equal(snapshot->pages[i].id, id))
            return i;
    return count;
}

void rotation_follow(struct rotation *rotation, const struct snapshot *before, const struct snapshot *after)
{
    const struct rotation was = *rotation;
    memset(rotation->red, 0, sizeof rotation->red);
    rotation->pins_due = 0;
    for (size_t i = 0; i < page_count(before); i++) {
        size_t now = find_page(after, before->pages[i].id);
        if (now == page_count(after))
            continue;
        rotation->red[now] = was.red[i];
        rotation->pins_due |= (was.pins_due >> i & 1) << now;
        rotation->page = was.page == i ? now : rotation->page;
        rotation->last_calm = was.last_calm == i ? now : rotation->last_calm;
        rotation->last_pinned = was.last_pinned == i ? now : rotation->last_pinned;
    }
}

/* ---- keys ---- */

void rotation_hold(struct rotation *rotation, int64_t now_ms)
{
    rotation->held_until_ms = now_ms + ROTATION_HOLD_MS;
}

bool rotation_go(struct rotation *rotation, const struct snapshot *snapshot, size_t page, int64_t now_ms)
{
    rotation_hold(rotation, now_ms);
    if (!snapshot || page >= page_count(snapshot))
        return false;
    show(rotation, snapshot, page, false, now_ms);
    return true;
}

void rotation_turn(struct rotation *rotation, const struct snapshot *snapshot, int pages, int64_t now_ms)
{
    size_t count = snapshot ? page_count(snapshot) : 0;
    if (count > 0)
        rotation_go(rotation, snapshot, (rotation->page + count + (size_t)pages) % count, now_ms);
}

void rotation_pause(struct rotation *rotation, bool pause, int64_t now_ms)
{
    rotation->paused_until_ms = pause ? now_ms + ROTATION_PAUSE_MS : 0;
    rotation->held_until_ms = 0;
}

bool rotation_is_paused(const struct rotation *rotation, int64_t now_ms)
{
    return now_ms < rotation->paused_until_ms;
}

int64_t rotation_next_ms(const struct rotation *rotation, const struct snapshot *snapshot)
{
    if (!rotation->turns || !snapshot || snapshot->page_count < 2)
        return INT64_MAX;
    int64_t rest_ms = resting_until(rotation);
    int64_t next_ms = rotation->pins_due ? rotation->pinned_until_ms : rotation->turn_ms;
    return later_ms(next_ms, rest_ms);
}

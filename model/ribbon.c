#include "model/ribbon.h"

#include <string.h>

#include "base/calendar.h"

/* Looks further apart than this leave a gap: nobody knows how it was between. */
static const int64_t GAP_MS = 90000;

/* The higher one stays in the cell. */
static int weight(enum display display)
{
    static const int WEIGHTS[DISPLAY_COUNT] = {
        [DISPLAY_CLOSED] = 0, [DISPLAY_NODATA] = 1, [DISPLAY_STALE] = 2,   [DISPLAY_NEUTRAL] = 3,
        [DISPLAY_OK] = 4,     [DISPLAY_WARN] = 5,   [DISPLAY_CRITICAL] = 6};
    return WEIGHTS[display];
}

static void begin_day(struct ribbon *ribbon, int64_t midnight_wall_ms)
{
    memset(ribbon->cells, 0, sizeof ribbon->cells);
    ribbon->first_cell = ribbon->end_cell = 0;
    ribbon->midnight_wall_ms = midnight_wall_ms;
    ribbon->red_ms = 0;
    ribbon->begun_wall_ms = 0;
}

static void reach(struct ribbon *ribbon, int64_t index)
{
    if (ribbon->end_cell == 0 || index < ribbon->first_cell)
        ribbon->first_cell = (unsigned char)index;
    if (index >= ribbon->end_cell)
        ribbon->end_cell = (unsigned char)(index + 1);
}

static void put(struct ribbon *ribbon, int64_t wall_ms, enum display display)
{
    int64_t index = (wall_ms - ribbon->midnight_wall_ms) / RIBBON_CELL_MS;
    if (index < 0 || index >= RIBBON_CELLS_MAX)
        return;
    reach(ribbon, index);
    unsigned char *cell = &ribbon->cells[index];
    if (*cell == 0 || weight(display) > weight((enum display)(*cell - 1)))
        *cell = (unsigned char)(display + 1);
}

static void look_at_day(struct ribbon *ribbon, int64_t wall_ms)
{
    int64_t midnight_wall_ms = calendar_midnight_ms(wall_ms);
    if (midnight_wall_ms != ribbon->midnight_wall_ms)
        begin_day(ribbon, midnight_wall_ms);
}

void ribbon_note(struct ribbon *ribbon, enum display display, struct now now)
{
    look_at_day(ribbon, now.wall_ms);
    int64_t passed_ms = now.monotonic_ms - ribbon->noted_ms;
    if (ribbon->noted == DISPLAY_CRITICAL && passed_ms > 0 && passed_ms <= GAP_MS)
        ribbon->red_ms += passed_ms;
    if (!ribbon->begun_wall_ms)
        ribbon->begun_wall_ms = now.wall_ms;
    ribbon->noted = display;
    ribbon->noted_ms = now.monotonic_ms;
    put(ribbon, now.wall_ms, display);
}

void ribbon_restore(struct ribbon *ribbon, int64_t first_wall_minute, const unsigned char *displays,
                    size_t count, struct now now)
{
    int64_t midnight_wall_ms = calendar_midnight_ms(now.wall_ms);
    if (midnight_wall_ms != ribbon->midnight_wall_ms)
        begin_day(ribbon, midnight_wall_ms);
    int64_t end_wall_ms = ribbon->begun_wall_ms ? ribbon->begun_wall_ms : now.wall_ms;
    for (size_t i = 0; i < count; i++) {
        int64_t wall_ms = (first_wall_minute + (int64_t)i) * 60000;
        if (wall_ms < midnight_wall_ms || wall_ms >= end_wall_ms || displays[i] == DISPLAY_NODATA)
            continue;
        if (!ribbon->begun_wall_ms || wall_ms < ribbon->begun_wall_ms)
            ribbon->begun_wall_ms = wall_ms;
        put(ribbon, wall_ms, (enum display)displays[i]);
        ribbon->red_ms += displays[i] == DISPLAY_CRITICAL ? 60000 : 0;
    }
}

struct snapshot_ribbon ribbon_copy(struct arena *arena, const struct ribbon *ribbon)
{
    size_t first = ribbon->first_cell, end = ribbon->end_cell;
    enum display *cells = arena_take(arena, end - first, sizeof *cells);
    for (size_t i = first; i < end; i++)
        cells[i - first] = ribbon->cells[i] ? (enum display)(ribbon->cells[i] - 1) : DISPLAY_NODATA;
    return (struct snapshot_ribbon){ribbon->midnight_wall_ms + (int64_t)first * RIBBON_CELL_MS, end - first,
                                    cells, ribbon->red_ms};
}

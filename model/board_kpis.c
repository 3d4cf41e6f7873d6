#include "model/board_kpis.h"

#include <math.h>

#include "base/calendar.h"
#include "base/text.h"
#include "model/board_parts.h"
#include "model/trend.h"

struct board_kpi {
    const char *kpi;
    struct outcome (*look)(struct board *board, struct board_tile *tile, struct now now);
};

/* ---- how old ---- */

static bool may_look_at(const struct board_tile *tile, const struct board_source *source)
{
    return !tile->settings->source || text_equal(tile->settings->source, source->name);
}

/* Of the source whose figures are the oldest. One that never answered has none: its own lamp says so. */
static struct outcome data_age(struct board *board, struct board_tile *tile, struct now now)
{
    double oldest_ms = -1;
    for (size_t i = 0; i < board->source_count; i++) {
        const struct freshness *freshness = &board->sources[i].freshness;
        if (freshness->has_figures && may_look_at(tile, &board->sources[i]))
            oldest_ms = fmax(oldest_ms, (double)(now.monotonic_ms - freshness->figures_ms));
    }
    return oldest_ms < 0 ? outcome_unknown() : outcome_value(floor(oldest_ms / 1000), NAN);
}

/* ---- how many alerts ---- */

/* Not those about alerts: a count that counts itself does not come to rest. */
static bool counts_alerts(const struct board_tile *tile);

static int count_compounds(const struct board *board, const struct dims *where)
{
    int told = 0;
    for (size_t i = 0; i < board->group_count; i++)
        for (int j = COMPOUND_NONE + 1; dims_match(where, &board->groups[i].where) && j < COMPOUND_COUNT; j++)
            told += board_watch_tells_compound(&board->groups[i], (enum compound)j);
    return told;
}

/* As many as the strip would tell, had it the room. */
static struct outcome active_alerts(struct board *board, struct board_tile *tile, struct now now)
{
    int told = count_compounds(board, &tile->where);
    (void)now;
    for (size_t i = 0; i < board->judged_count; i++) {
        const struct board_tile *other = board->judged[i];
        told += !counts_alerts(other) && dims_match(&tile->where, &other->scope) &&
                board_watch_tells_tile(other) && !board_watch_is_twin(board, other);
    }
    return outcome_value(told, NAN);
}

static bool counts_alerts(const struct board_tile *tile)
{
    return tile->board_kpi && tile->board_kpi->look == active_alerts;
}

/* ---- how many on target ---- */

/* The tiles of the page that the tile is on. */
static const struct board_tile *page_of(const struct board *board, const struct board_tile *tile,
                                        size_t *count)
{
    const struct board_tile *first = board->tiles;
    for (size_t i = 0; i < board->settings->page_count; i++) {
        *count = board->settings->pages[i].tile_count;
        if (tile < first + *count)
            return first;
        first += *count;
    }
    *count = 0;
    return first;
}

static struct outcome target_attainment(struct board *board, struct board_tile *tile, struct now now)
{
    size_t count;
    const struct board_tile *tiles = page_of(board, tile, &count);
    int met = 0, judged = 0;
    for (size_t i = 0; i < count; i++) {
        enum display display = tiles[i].display;
        met += display == DISPLAY_OK;
        judged += display == DISPLAY_OK || display_is_alert(display);
    }
    (void)now;
    return judged ? outcome_value(100.0 * met / judged, judged) : outcome_nothing();
}

/* ---- what will be crossed first ---- */

enum { LOOK_BACK_MINUTES = 15 };

/* A day's cumulative flattens by construction; what is not believed now says nothing about later. */
static bool may_breach(const struct board_tile *tile, const struct board_tile *other)
{
    bool judged = other->display == DISPLAY_OK || other->display == DISPLAY_WARN;
    bool live = other->outcome.period <= PERIOD_60M && other->outcome.covered_ms <= 0;
    return judged && live && !other->board_kpi && dims_match(&tile->where, &other->scope);
}

static size_t list_points(const struct series *series, struct trend_point *points)
{
    float values[LOOK_BACK_MINUTES];
    size_t count = series_copy(series, values, LOOK_BACK_MINUTES), kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!isnan(values[i]))
            points[kept++] = (struct trend_point){60.0 * (double)i, (double)values[i]};
    return kept;
}

/* Infinite: as far as one can see it will not be crossed. */
static double breach_s(const struct trend_point *points, size_t count, double limit, bool above)
{
    if (isnan(limit))
        return INFINITY;
    struct trend trend = trend_judge(points, count, limit, above);
    return isnan(trend.breach_s) ? INFINITY : trend.breach_s;
}

static double tile_breach_s(const struct board_tile *tile)
{
    struct trend_point points[LOOK_BACK_MINUTES];
    size_t count = list_points(&tile->series, points);
    return fmin(breach_s(points, count, tile->rule.limits.critical_high, true),
                breach_s(points, count, tile->rule.limits.critical_low, false));
}

/* Tiles that are red already are left out: there is nothing left to foresee. Curves have a value a minute. */
static struct outcome time_to_breach(struct board *board, struct board_tile *tile, struct now now)
{
    int64_t minute = board_minute(board, now.monotonic_ms);
    if (minute == tile->looked_minute && tile->outcome.kind != OUTCOME_UNKNOWN)
        return tile->outcome;
    double shortest_s = INFINITY;
    tile->looked_minute = minute;
    tile->about = NULL;
    for (size_t i = 0; i < board->tile_count; i++) {
        const struct board_tile *other = &board->tiles[i];
        double seconds = may_breach(tile, other) ? tile_breach_s(other) : INFINITY;
        if (seconds < shortest_s) {
            shortest_s = seconds;
            tile->about = other;
        }
    }
    return tile->about ? outcome_value(60.0 * trend_shown_minutes(shortest_s), NAN) : outcome_nothing();
}

/* ---- letters ---- */

/* How many of the letters S Q C D P are red; nothing where the board has no tile for any. */
static struct outcome red_letters(struct board *board, struct board_tile *tile, struct now now)
{
    int red = 0, known = 0;
    for (int letter = 0; letter < SQCDP_LETTERS; letter++) {
        enum display display = board_letter(board, (enum sqcdp_letter)letter);
        red += display == DISPLAY_CRITICAL;
        known += display != DISPLAY_NODATA;
    }
    (void)tile, (void)now;
    return known ? outcome_value(red, NAN) : outcome_unknown();
}

/* ---- what people wrote ---- */

/* All that was read; a file that cannot be read makes the count unknown, not smaller. */
static struct outcome
count_notes(const struct board *board,
            size_t (*count)(const struct notes *notes, const struct calendar_date *today), struct now now)
{
    struct calendar_time local;
    double sum = 0;
    calendar_local(now.wall_ms, &local);
    struct calendar_date today = {local.year, local.month, local.day};
    for (size_t i = 0; i < board->notes_count; i++) {
        if (!board->notes[i].notes.read)
            return outcome_unknown();
        sum += (double)count(&board->notes[i].notes, &today);
    }
    return board->notes_count ? outcome_value(sum, NAN) : outcome_unknown();
}

static size_t open_on(const struct notes *notes, const struct calendar_date *today)
{
    (void)today;
    return notes_open(notes);
}

static size_t verbatims_of(const struct notes *notes, const struct calendar_date *today)
{
    (void)today;
    return notes->verbatim_count;
}

static struct outcome open_actions(struct board *board, struct board_tile *tile, struct now now)
{
    (void)tile;
    return count_notes(board, open_on, now);
}

static struct outcome overdue_actions(struct board *board, struct board_tile *tile, struct now now)
{
    (void)tile;
    return count_notes(board, notes_overdue, now);
}

static struct outcome verbatims(struct board *board, struct board_tile *tile, struct now now)
{
    (void)tile;
    return count_notes(board, verbatims_of, now);
}

/* A table, a text, a clock: nothing to judge, and nothing that is missing. */
static struct outcome no_figure(struct board *board, struct board_tile *tile, struct now now)
{
    (void)board, (void)tile, (void)now;
    return outcome_nothing();
}

/* ---- the table ---- */

static const struct board_kpi ROWS[] = {
    {"data_age", data_age},
    {"active_alerts", active_alerts},
    {"target_attainment", target_attainment},
    {"time_to_breach", time_to_breach},
    {"sqcdp_status", red_letters},
    {"huddle_actions_open", open_actions},
    {"huddle_actions_overdue", overdue_actions},
    {"verbatim_feed", verbatims},
    {"", no_figure},
};

const struct board_kpi *board_kpi_find(const struct kpi *kpi)
{
    if (kpi->numerator.count)
        return NULL;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        if (text_equal(ROWS[i].kpi, kpi->id))
            return &ROWS[i];
    return NULL;
}

struct outcome board_kpi_evaluate(struct board *board, struct board_tile *tile, struct now now)
{
    struct outcome outcome = tile->board_kpi->look(board, tile, now);
    outcome.period = PERIOD_NOW;
    return outcome;
}

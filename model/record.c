#include "model/record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/board_parts.h"
#include "model/comparison.h"
#include "model/content_kpis.h"
#include "model/daily.h"

/* ---- what is kept ---- */

static const char *place_of(struct arena *arena, const struct dims *where)
{
    struct text text = {0};
    for (enum dim dim = 0; dim < DIM_COUNT; dim++)
        if (where->value[dim])
            text_append_format(&text, "%s%s=%s", text.length ? "," : "", dim_name(dim), where->value[dim]);
    const char *place = arena_copy_text(arena, text_bytes(&text));
    text_finish(&text);
    return place;
}

static bool is_rolling(enum period period)
{
    return period == PERIOD_NOW || windows_index(period) >= 0 || period == PERIOD_NEXT_30M;
}

static enum record_kind kind_of(enum period period)
{
    if (is_rolling(period))
        return RECORD_MEAN;
    return period == PERIOD_TODAY ? RECORD_DAY : RECORD_LAST;
}

/* Percentages and scores are never averaged, not even where the catalogue does not say what they divide by.
 */
static bool is_ratio(const struct kpi *kpi)
{
    return kpi->denominator.count > 0 || kpi->unit == UNIT_PERCENT || kpi->unit == UNIT_RATIO ||
           kpi->unit == UNIT_SCORE_1_5 || kpi->unit == UNIT_SCORE_M100_100;
}

struct record_series record_series_of(struct arena *arena, const struct tile_settings *tile)
{
    const struct kpi *kpi = tile->kpi;
    enum period period = tile->has_period ? tile->period : kpi->default_period;
    struct record_series series = {.kpi = kpi->id,
                                   .place = place_of(arena, &tile->where),
                                   .period = period_name(period),
                                   .kind = kind_of(period),
                                   .weighted = is_ratio(kpi)};
    series.additive = !series.weighted && kpi->aggregation == AGGREGATE_SUM && period == PERIOD_TODAY;
    if (tile->where.value[DIM_AGENT] || content_kpi_is(kpi) || tile->table || tile->ranks_agents)
        return series;
    series.name = arena_format(
        arena, "%s|%s|%s|%s|%s|%d.%d", kpi->id, series.period, series.place, tile->source ? tile->source : "",
        tile->has_sl_variant ? service_level_name(tile->sl_variant) : "", tile->objective, tile->key_result);
    return series;
}

bool record_has_days(const struct tile_settings *tile)
{
    if (!tile->kpi || tile->table)
        return false;
    enum period period = tile->has_period ? tile->period : tile->kpi->default_period;
    return period == PERIOD_TODAY && (is_ratio(tile->kpi) || tile->kpi->aggregation == AGGREGATE_SUM);
}

struct record_cell record_nothing(void)
{
    return (struct record_cell){NAN, NAN, DISPLAY_NODATA};
}

static float as_float(double value)
{
    return fabs(value) <= 3e38 ? (float)value : NAN;
}

/* Of a queue that one agent alone serves even the lights are a person's (P15). */
static bool of_a_person(const struct board_tile *tile)
{
    return tile->withheld != WITHHELD_NOT || board_tile_names_a_person(tile);
}

struct record_cell board_record(const struct board *board, size_t index)
{
    const struct board_tile *tile = &board->tiles[index];
    struct record_cell cell = record_nothing();
    if (of_a_person(tile))
        return cell;
    cell.display = tile->display;
    if (tile->display == DISPLAY_CLOSED || tile->display == DISPLAY_NODATA || tile->display == DISPLAY_STALE)
        return cell;
    cell.value = as_float(tile->outcome.value);
    cell.n = as_float(tile->outcome.n);
    return cell;
}

/* How much a light asks for: what is red in one place is red. */
static int urgency(enum display display)
{
    static const int of[DISPLAY_COUNT] = {
        [DISPLAY_NODATA] = 0, [DISPLAY_CLOSED] = 1, [DISPLAY_STALE] = 2,   [DISPLAY_NEUTRAL] = 3,
        [DISPLAY_OK] = 4,     [DISPLAY_WARN] = 5,   [DISPLAY_CRITICAL] = 6};
    return of[display];
}

struct record_cell record_join(struct record_cell a, struct record_cell b)
{
    struct record_cell joined = isnan(a.value) ? b : a;
    joined.display = urgency(a.display) >= urgency(b.display) ? a.display : b.display;
    return joined;
}

static int worse_direction(const struct limits *limits)
{
    bool low = !isnan(limits->warn_low) || !isnan(limits->critical_low);
    bool high = !isnan(limits->warn_high) || !isnan(limits->critical_high);
    return high - low;
}

struct record_call board_record_call(const struct board *board, size_t index, struct now now)
{
    const struct board_tile *tile = &board->tiles[index];
    struct record_call call = {.told = tile->told, .worse = worse_direction(&tile->rule.limits)};
    if (tile->machine.acked != SEVERITY_OK)
        call.acked_ms = now.wall_ms - (now.monotonic_ms - tile->machine.acked_ms);
    return call;
}

/* ---- alerts ---- */

static bool is_silence(enum display display)
{
    return display == DISPLAY_STALE || display == DISPLAY_NODATA;
}

/* A worse light, or in the same one a worse figure; what is on its way back is no peak. */
static bool worse(const struct record_alert *alert, const struct record_cell *cell,
                  const struct record_call *call)
{
    double beyond = call->worse * ((double)cell->value - alert->peak_value);
    return urgency(cell->display) > urgency(alert->peak) || (cell->display == alert->peak && beyond > 0);
}

static void begin(struct record_alert *alert, const struct record_cell *cell, bool told, int64_t wall_ms)
{
    *alert = (struct record_alert){.tile = alert->tile,
                                   .begun_ms = wall_ms,
                                   .peak = cell->display,
                                   .peak_value = (double)cell->value,
                                   .told = told};
}

bool record_alert_note(struct record_alert *alert, const struct record_cell *cell,
                       const struct record_call *call, int64_t wall_ms)
{
    bool open = alert->begun_ms && !alert->ended_ms;
    if (is_silence(cell->display) || (!open && !display_is_alert(cell->display)))
        return false;
    if (!open) {
        begin(alert, cell, call->told, wall_ms);
        return true;
    }
    if (!display_is_alert(cell->display)) {
        alert->ended_ms = wall_ms;
        return true;
    }
    bool peaks = worse(alert, cell, call);
    bool news = peaks || (call->acked_ms && !alert->acked_ms) || (call->told && !alert->told);
    if (peaks) {
        alert->peak = cell->display;
        alert->peak_value = (double)cell->value;
    }
    if (call->acked_ms)
        alert->acked_ms = alert->acked_ms ? alert->acked_ms : call->acked_ms;
    alert->told |= call->told;
    return news;
}

void board_begin_week(struct board *board, struct now now)
{
    alert_week_begin(board->week, now.wall_ms);
}

void board_note_alert(struct board *board, const struct record_alert *alert)
{
    alert_week_note(board->week, &(struct budget_alert){.figure = alert->tile,
                                                        .begun_ms = alert->begun_ms,
                                                        .ended_ms = alert->ended_ms,
                                                        .red = alert->peak == DISPLAY_CRITICAL,
                                                        .told = alert->told,
                                                        .answered = alert->acked_ms != 0});
}

void board_restore_week(struct board *board, const struct budget_alert *alerts, size_t count,
                        int64_t since_wall_ms)
{
    alert_week_restore(board->week, alerts, count, since_wall_ms);
}

void board_move_week(struct board *board, int64_t by_ms)
{
    alert_week_move(board->week, by_ms);
}

/* ---- after a start ---- */

/* Minutes of a series are counted on the monotonic clock, see board_minute(). */
static int64_t board_minute_of_wall(const struct board *board, int64_t wall_minute, struct now now)
{
    int64_t minutes_ago = now.wall_ms / 60000 - wall_minute;
    return board_minute(board, now.monotonic_ms) - minutes_ago;
}

void board_restore_series(struct board *board, size_t index, int64_t first_minute, const float *values,
                          const unsigned char *displays, size_t count, struct now now)
{
    if (index >= board->tile_count)
        return;
    series_put_before(&board->tiles[index].series, board_minute_of_wall(board, first_minute, now), values,
                      count, board_minute(board, now.monotonic_ms));
    if (displays)
        ribbon_restore(&board->tiles[index].ribbon, first_minute, displays, count, now);
}

void board_resume_alert(struct board *board, size_t index, const struct resumed_alert *alert)
{
    if (index < board->tile_count)
        board->tiles[index].resumed = *alert;
}

void board_set_days(struct board *board, size_t index, const struct daily_day *days, size_t count)
{
    if (index >= board->tile_count)
        return;
    struct board_tile *tile = &board->tiles[index];
    tile->days = memory_resize(tile->days, count ? count : 1, sizeof *days);
    tile->day_count = count;
    if (count)
        memcpy(tile->days, days, count * sizeof *days);
}

void board_set_so_far(struct board *board, size_t index, const struct to_date_so_far *so_far)
{
    if (index < board->tile_count)
        board->tiles[index].so_far = *so_far;
}

/* A rate weighs what stands behind it; a count is there or not. */
static struct daily_day today_of(const struct board_tile *tile, const struct snapshot_tile *shown,
                                 bool additive, struct now now)
{
    struct daily_day today = {.midnight_wall_ms = calendar_midnight_ms(now.wall_ms)};
    bool known = shown->display != DISPLAY_STALE && !isnan(shown->value) && tile->withheld == WITHHELD_NOT;
    if (!known || (!additive && !(shown->n > 0)))
        return today;
    today.weight = additive ? 1 : shown->n;
    today.sum = shown->value * today.weight;
    return today;
}

struct snapshot_bars board_days(struct arena *arena, const struct board_tile *tile,
                                const struct snapshot_tile *shown, struct now now)
{
    bool additive = !is_ratio(tile->settings->kpi);
    struct daily_past past = {tile->day_count, tile->days, additive, tile->hours};
    struct daily_day today = today_of(tile, shown, additive, now);
    return daily_bars(arena, &past, tile->settings->bars, &today, tile->day_rule.target);
}

/* A rate of the last minutes has sums too; how many wait has none. */
static bool adds_up(const struct tile_settings *tile)
{
    return tile->kpi && !tile->table && (is_ratio(tile->kpi) || record_has_days(tile));
}

size_t board_to_date(const struct board_tile *tile, struct now now, struct to_date rows[TO_DATE_PERIODS])
{
    if (!adds_up(tile->settings) || of_a_person(tile))
        return 0;
    const struct kpi *kpi = tile->settings->kpi;
    struct daily_past past = {tile->day_count, tile->days, !is_ratio(kpi), tile->hours};
    size_t count = to_date_make(&past, &tile->so_far, now.wall_ms, rows);
    for (size_t i = 0; i < count && kpi->unit == UNIT_SCORE_M100_100; i++)
        rows[i].before = NAN; /* its margin is not kept, see render/delta.c */
    return count;
}

bool board_comparable_day(const struct board *board, size_t index, struct now now, int64_t *midnight_wall_ms)
{
    return comparison_day(board->tiles[index].hours, now.wall_ms, midnight_wall_ms);
}

void board_compare(struct board_tile *tile, int64_t wall_ms)
{
    if (!tile->comparable_count || !comparison_moment(tile->hours, wall_ms, &tile->comparable_wall_ms))
        tile->comparable_wall_ms = 0;
}

/* What was not recorded within a quarter of an hour is not guessed. */
double board_comparable_value(const struct board_tile *tile)
{
    static const int64_t GAP_MAX_MS = 900000;
    return comparison_value_at(tile->comparable, tile->comparable_count, tile->comparable_wall_ms,
                               GAP_MAX_MS);
}

void board_set_comparable(struct board *board, size_t index, const struct comparison_point *points,
                          size_t count, struct now now)
{
    if (index >= board->tile_count)
        return;
    struct board_tile *tile = &board->tiles[index];
    tile->comparable = memory_resize(tile->comparable, count ? count : 1, sizeof *points);
    tile->comparable_count = count;
    if (count)
        memcpy(tile->comparable, points, count * sizeof *points);
    board_compare(tile, now.wall_ms);
}

/* ---- the memory itself ---- */

void board_set_marks(struct board *board, const struct snapshot_mark *marks, size_t count)
{
    arena_destroy(board->marks_arena);
    board->marks_arena = arena_create();
    board->marks = arena_take(board->marks_arena, count, sizeof *board->marks);
    board->mark_count = count;
    for (size_t i = 0; i < count; i++)
        board->marks[i] =
            (struct snapshot_mark){marks[i].wall_ms, arena_copy_text(board->marks_arena, marks[i].text)};
}

bool board_set_keeping(struct board *board, const struct snapshot_keeping *keeping)
{
    struct snapshot_keeping *known = &board->keeping;
    if (known->kept == keeping->kept && known->written_wall_ms == keeping->written_wall_ms &&
        known->bytes == keeping->bytes && known->trouble_since_wall_ms == keeping->trouble_since_wall_ms &&
        text_equal(known->trouble, keeping->trouble))
        return false;
    free((char *)known->trouble); /* its own, see below */
    *known = *keeping;
    known->trouble = memory_copy_text(keeping->trouble);
    return true;
}

void board_copy_memory(struct snapshot *snapshot, const struct board *board)
{
    struct snapshot_mark *marks = arena_take(snapshot->arena, board->mark_count, sizeof *marks);
    for (size_t i = 0; i < board->mark_count; i++)
        marks[i] = (struct snapshot_mark){board->marks[i].wall_ms,
                                          arena_copy_text(snapshot->arena, board->marks[i].text)};
    snapshot->marks = marks;
    snapshot->mark_count = board->mark_count;
    snapshot->keeping = board->keeping;
    snapshot->keeping.trouble = arena_copy_text(snapshot->arena, board->keeping.trouble);
}

void board_forget_memory(struct board *board)
{
    arena_destroy(board->marks_arena);
    free((char *)board->keeping.trouble);
}

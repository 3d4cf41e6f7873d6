#include "app/week_report.h"

#include <math.h>
#include <stdlib.h>

#include "base/calendar.h"
#include "base/memory.h"
#include "base/now.h"
#include "base/text.h"
#include "model/comparison.h"
#include "model/record.h"

static const int64_t QUARTER_MS = 900000;
enum { ALERTS_MAX = 2000, MARKS_MAX = 200, UNANSWERED_DAYS = 35 };

struct making {
    struct arena *arena;
    const struct config *config;
    struct reader *reader;
    struct report *report;
    struct report_figure *figures;
    size_t *series; /* of each figure, in the reader */
    struct report_alert *alerts;
    struct report_mark *marks;
    struct comparison_periods week;
    int64_t days_ms[REPORT_DAYS]; /* their beginnings */
};

/* ---- which figures ---- */

static bool is_listed(const struct making *making, size_t series)
{
    for (size_t i = 0; i < making->report->figure_count; i++)
        if (making->series[i] == series)
            return true;
    return false;
}

static const char *label_of(const struct config *config, const struct tile_settings *tile)
{
    return tile->label ? tile->label : tile->kpi->label[config->language][LABEL_LONG];
}

/* Only the values of the dimensions: "Ventes, voice". */
static const char *place_of(struct arena *arena, const struct dims *where)
{
    struct text text = {0};
    for (int i = 0; i < DIM_COUNT; i++)
        if (where->value[i])
            text_append_format(&text, "%s%s", text.length ? ", " : "", where->value[i]);
    const char *place = arena_copy_text(arena, text_bytes(&text));
    text_finish(&text);
    return place;
}

static void find_namesake(struct making *making, struct report_figure *figure)
{
    for (struct report_figure *other = making->figures; other < figure; other++)
        if (text_equal(other->label, figure->label) && text_equal(other->place, figure->place))
            other->has_namesake = figure->has_namesake = true;
}

static void add_tile(struct making *making, const struct tile_settings *tile)
{
    struct record_series named = record_series_of(making->arena, tile);
    int series = named.name ? reader_find(making->reader, named.name) : -1;
    if (series < 0 || is_listed(making, (size_t)series))
        return;
    const struct kpi *kpi = tile->kpi;
    enum language language = making->config->language;
    struct report_figure *figure = &making->figures[making->report->figure_count];
    figure->label = label_of(making->config, tile);
    figure->place = tile->label ? "" : place_of(making->arena, &tile->where);
    figure->period = tile->has_period ? tile->period : kpi->default_period;
    find_namesake(making, figure);
    figure->style = (struct figure_style){kpi->format, kpi->decimals, kpi->suffix[language], language};
    making->series[making->report->figure_count++] = (size_t)series;
}

static void list_figures(struct making *making)
{
    const struct board_settings *board = &making->config->board;
    size_t most = board_settings_tile_count(board);
    making->figures = arena_take(making->arena, most, sizeof *making->figures);
    making->series = arena_take(making->arena, most, sizeof *making->series);
    making->report->figures = making->figures;
    for (size_t i = 0; i < board->page_count; i++)
        for (size_t j = 0; j < board->pages[i].tile_count; j++)
            add_tile(making, &board->pages[i].tiles[j]);
}

static int figure_of(const struct making *making, size_t series)
{
    for (size_t i = 0; i < making->report->figure_count; i++)
        if (making->series[i] == series)
            return (int)i;
    return -1;
}

/* ---- their curves ---- */

static void make_curves(struct making *making)
{
    size_t count =
        (size_t)((calendar_add_days_ms(making->report->from_ms, REPORT_DAYS) - making->report->from_ms) /
                 QUARTER_MS);
    for (size_t i = 0; i < making->report->figure_count; i++) {
        float *quarters = arena_take(making->arena, count, sizeof *quarters);
        for (size_t j = 0; j < count; j++)
            quarters[j] = NAN;
        making->figures[i].quarters = quarters;
        making->figures[i].quarter_count = count;
    }
}

static int day_of(const struct making *making, int64_t wall_ms)
{
    int day = 0;
    while (day < REPORT_DAYS - 1 && wall_ms >= making->days_ms[day + 1])
        day++;
    return day;
}

static void take_quarter(void *context, const struct reader_cell *cell)
{
    struct making *making = context;
    int place = figure_of(making, cell->series);
    if (place < 0)
        return;
    struct report_figure *figure = &making->figures[place];
    const struct record_series *series = reader_series(making->reader, cell->series);
    size_t quarter = (size_t)((cell->wall_ms - making->report->from_ms) / QUARTER_MS);
    int day = day_of(making, cell->wall_ms);
    if (quarter < figure->quarter_count)
        ((float *)figure->quarters)[quarter] = (float)rolled_value(cell->rolled, series->kind); /* its own */
    figure->red_minutes[day] += cell->rolled->red;
    figure->known_minutes[day] += cell->rolled->known;
}

static void compare(struct making *making)
{
    const struct comparison_periods *week = &making->week;
    for (size_t i = 0; i < making->report->figure_count; i++) {
        struct report_figure *figure = &making->figures[i];
        figure->value = reader_total(making->reader, making->series[i], week->from_wall_ms, week->to_wall_ms);
        figure->before = reader_total(making->reader, making->series[i], week->before_from_wall_ms,
                                      week->before_to_wall_ms);
        figure->change_percent = comparison_change_percent(figure->value, figure->before);
    }
}

/* ---- alerts and events ---- */

static void take_alert(void *context, const struct reader_alert *read)
{
    struct making *making = context;
    int place = figure_of(making, read->series);
    if (place < 0 || making->report->alert_count == ALERTS_MAX)
        return;
    making->alerts[making->report->alert_count++] =
        (struct report_alert){.figure = (size_t)place,
                              .begun_ms = read->alert.begun_ms,
                              .ended_ms = read->alert.ended_ms,
                              .acked_ms = read->alert.acked_ms,
                              .unseen = read->unseen,
                              .told = read->alert.told,
                              .peak = read->alert.peak,
                              .peak_value = read->alert.peak_value,
                              .cause = arena_copy_text(making->arena, read->cause),
                              .action = arena_copy_text(making->arena, read->action)};
}

static void take_mark(void *context, int64_t wall_ms, const char *text)
{
    struct making *making = context;
    if (making->report->mark_count < MARKS_MAX)
        making->marks[making->report->mark_count++] =
            (struct report_mark){wall_ms, arena_copy_text(making->arena, text)};
}

static bool read_budget(struct making *making, int64_t from_ms, struct reader_budget *budget,
                        struct error *error)
{
    size_t count = reader_series_count(making->reader);
    int *figures = arena_take(making->arena, count, sizeof *figures);
    for (size_t i = 0; i < count; i++)
        figures[i] = figure_of(making, i);
    return reader_budget(making->reader, figures, from_ms, making->report->to_ms, budget, error);
}

/* From when on the week is known, as on the wall; and no longer than it was on. */
static bool count_budget(struct making *making, struct error *error)
{
    struct report *report = making->report;
    struct reader_budget budget;
    bool read = read_budget(making, report->from_ms, &budget, error);
    int64_t since_ms = calendar_floor_ms(budget.since_wall_ms, CALENDAR_QUARTER);
    int64_t from_ms = later_ms(since_ms, report->from_ms), to_ms = budget.until_wall_ms;
    report->budget = alert_budget_report(budget.alerts, budget.count, from_ms, to_ms);
    report->frequent = alert_budget_frequent(budget.alerts, budget.count, from_ms, to_ms);
    free(budget.alerts);
    return read;
}

/* As far back as a history reaches that is kept as long as usual. */
static bool find_unanswered(struct making *making, struct error *error)
{
    struct report *report = making->report;
    size_t *unanswered = arena_take(making->arena, report->figure_count, sizeof *unanswered);
    struct reader_budget budget;
    bool read = read_budget(making, calendar_add_days_ms(report->to_ms, -UNANSWERED_DAYS), &budget, error);
    for (size_t i = 0; i < report->figure_count; i++)
        if (alert_budget_unanswered(budget.alerts, budget.count, i, report->to_ms))
            unanswered[report->unanswered_count++] = i;
    report->unanswered = unanswered;
    free(budget.alerts);
    return read;
}

/* ---- the whole ---- */

static bool read_week(struct making *making, struct error *error)
{
    struct report *report = making->report;
    making->alerts = arena_take(making->arena, ALERTS_MAX, sizeof *making->alerts);
    making->marks = arena_take(making->arena, MARKS_MAX, sizeof *making->marks);
    report->alerts = making->alerts;
    report->marks = making->marks;
    return reader_cells(making->reader, READER_QUARTERS, report->from_ms, report->to_ms, take_quarter, making,
                        error) &&
           reader_alerts(making->reader, report->from_ms, report->to_ms, take_alert, making, error) &&
           reader_marks(making->reader, report->from_ms, report->to_ms, take_mark, making, error);
}

const struct report *week_report_make(struct arena *arena, const struct config *config, struct reader *reader,
                                      int64_t at_wall_ms, int64_t now_wall_ms, struct error *error)
{
    struct making making = {.arena = arena, .config = config, .reader = reader};
    struct report *report = making.report = arena_take(arena, 1, sizeof *report);
    report->title = config->title;
    report->made_ms = now_wall_ms;
    report->from_ms = calendar_floor_ms(at_wall_ms, CALENDAR_WEEK);
    report->to_ms = earlier_ms(calendar_add_days_ms(report->from_ms, REPORT_DAYS), now_wall_ms);
    if (report->to_ms <= report->from_ms ||
        !comparison_to_date(PERIOD_WEEK, report->to_ms - 1, &making.week)) {
        error_set(error, "this week has not begun yet");
        return NULL;
    }
    for (int day = 0; day < REPORT_DAYS; day++)
        making.days_ms[day] = calendar_add_days_ms(report->from_ms, day);
    list_figures(&making);
    make_curves(&making);
    if (!read_week(&making, error) || !count_budget(&making, error) || !find_unanswered(&making, error))
        return NULL;
    compare(&making);
    return report;
}

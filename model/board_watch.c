#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/board_parts.h"
#include "model/privacy.h"

/* The alerts of the board as a whole: feeds board_alerts.c from the tiles and from what is watched besides.
 */

static const char *const WATCHED[WATCH_COUNT] = {
    [WATCH_AVAILABLE] = "agents_available",
    [WATCH_LOGGED_IN] = "agents_logged_in",
    [WATCH_WAITING] = "calls_waiting",
    [WATCH_OCCUPANCY] = "occupancy",
};

/* ---- birth and death ---- */

static struct tile_settings watch_settings(const struct board *board, const struct dims *where,
                                           const char *kpi_id)
{
    return (struct tile_settings){.id = kpi_id,
                                  .kpi = catalogue_kpi(board->catalogue, kpi_id),
                                  .where = *where,
                                  .rule = rule_settings_inherited()};
}

static void watch_group(struct board *board, struct board_group *group)
{
    for (int watch = 0; watch < WATCH_COUNT; watch++) {
        struct tile_settings *settings = &group->watch_settings[watch];
        *settings = watch_settings(board, &group->where, WATCHED[watch]);
        if (settings->kpi)
            board_tile_init(board, &group->watches[watch], settings);
    }
}

static void group_reset(struct board_group *group)
{
    group->most_logged_in = NAN;
    group->queue_unnamed = false;
    for (int i = 0; i < COMPOUND_COUNT; i++)
        group->compounds[i] = (struct compound_alert){ALERT_TIMER_OFF, 0};
    board_alerts_notice_init(&group->notice);
}

static void group_init(struct board_group *group, const struct dims *where)
{
    group->where.value[DIM_SITE] = where->value[DIM_SITE];
    group->where.value[DIM_QUEUE] = where->value[DIM_QUEUE];
    group_reset(group);
}

static size_t group_of(struct board *board, const struct dims *where)
{
    size_t i = 0;
    while (i < board->group_count && !board_alerts_same_group(&board->groups[i].where, where))
        i++;
    if (i == board->group_count)
        group_init(&board->groups[board->group_count++], where);
    return i;
}

/* The nearest tile before it that asks for the same: of 200 that are compared with each other at every
 * snapshot, nearly all ask for something else. */
static const struct board_tile *asked_before(const struct board *board, size_t index)
{
    const struct board_tile *tiles = board->tiles;
    for (size_t i = index; i-- > 0;)
        if (tiles[i].settings->kpi == tiles[index].settings->kpi &&
            dims_equal(&tiles[i].scope, &tiles[index].scope))
            return &tiles[i];
    return NULL;
}

void board_watch_init(struct board *board)
{
    board->groups = memory_create(board->tile_count, sizeof *board->groups);
    board->source_down = memory_create(board->source_count, sizeof *board->source_down);
    board->week = alert_week_create();
    board_alerts_flood_init(&board->flood);
    for (size_t i = 0; i < board->tile_count; i++) {
        board->tiles[i].group = group_of(board, &board->tiles[i].where);
        board->tiles[i].asked_before = asked_before(board, i);
    }
    for (size_t i = 0; i < board->group_count; i++)
        watch_group(board, &board->groups[i]);
}

void board_watch_finish(struct board *board)
{
    for (size_t i = 0; i < board->group_count; i++)
        for (int watch = 0; watch < WATCH_COUNT; watch++)
            board_tile_finish(&board->groups[i].watches[watch]);
    alert_week_destroy(board->week);
    free(board->source_down);
    free(board->subjects);
    free(board->groups);
}

static void forget_group(struct board_group *group)
{
    for (int watch = 0; watch < WATCH_COUNT; watch++) {
        struct board_tile *tile = &group->watches[watch];
        board_tile_lose(tile);
        tile->source = -1;
        alert_machine_init(&tile->machine);
    }
    group_reset(group);
}

void board_watch_forget(struct board *board)
{
    for (size_t i = 0; i < board->group_count; i++)
        forget_group(&board->groups[i]);
    alert_week_destroy(board->week);
    board->week = alert_week_create();
    board_alerts_flood_init(&board->flood);
}

/* ---- what is looked at ---- */

static void look_at_sources(struct board *board, struct now now)
{
    for (size_t i = 0; i < board->source_count; i++)
        board->source_down[i] = board_alerts_source_down(
            board->sources[i].problem, board->sources[i].problem_since_wall_ms, now.wall_ms);
}

static void look_at_tiles(struct board *board, struct now now)
{
    for (size_t i = 0; i < board->judged_count; i++) {
        const struct board_tile *tile = board->judged[i];
        board->subjects[i] = (struct alert_subject){
            .kpi = tile->settings->kpi->id,
            .where = &tile->where,
            .source = tile->source,
            .display = tile->table ? DISPLAY_NEUTRAL : tile->display, /* its cells speak */
            .state = alert_machine_state(&tile->machine, &tile->rule, now.monotonic_ms),
            .value = tile->outcome.value,
            .limits = tile->rule.limits,
        };
    }
}

/* NaN where it is not known or too old. */
static double watched(struct board_group *group, enum watch watch, struct now now)
{
    struct board_tile *tile = &group->watches[watch];
    if (!tile->settings)
        return NAN;
    alert_machine_tick(&tile->machine, &tile->rule, now.monotonic_ms);
    enum display display = alert_machine_display(&tile->machine, &tile->rule, now.monotonic_ms);
    return display == DISPLAY_NODATA || display == DISPLAY_STALE ? NAN : tile->outcome.value;
}

static bool is_beyond(const struct alert_subject *subject)
{
    return display_is_alert(subject->display);
}

static void add_to_view(struct group_view *view, const struct alert_subject *subject, enum muting muting)
{
    if (subject->display == DISPLAY_CLOSED)
        view->open = false;
    if (!is_beyond(subject))
        return;
    if (text_equal(subject->kpi, "service_level"))
        view->service_level_critical |= subject->display == DISPLAY_CRITICAL;
    else if (text_equal(subject->kpi, "aht"))
        view->handling_too_short |= subject->value < subject->limits.warn_low;
    else if (text_equal(subject->kpi, "fcr") || text_equal(subject->kpi, "csat_rate"))
        view->quality_falling = true;
    view->agent_tiles_muted |= muting == MUTING_NO_AGENT;
}

/* ---- what comes of it ---- */

static void mute_tiles(struct board *board, const struct group_view *views)
{
    struct alert_surroundings surroundings = {board->subjects, board->judged_count, board->source_down,
                                              false};
    for (size_t i = 0; i < board->judged_count; i++) {
        if (!is_beyond(&board->subjects[i])) {
            board->judged[i]->muting = MUTING_NONE;
            continue;
        }
        surroundings.nobody_logged_in = views[board->judged[i]->group].logged_in == 0;
        board->judged[i]->muting = board_alerts_muting(&board->subjects[i], &surroundings);
    }
}

static void move_compounds(struct board *board, struct group_view *views, struct now now)
{
    for (size_t i = 0; i < board->tile_count; i++)
        add_to_view(&views[board->tiles[i].group], &board->subjects[i], board->tiles[i].muting);
    for (size_t i = 0; i < board->group_count; i++) {
        int new_ones = board_alerts_compound(board->groups[i].compounds, &views[i], now);
        for (; new_ones > 0; new_ones--)
            board_alerts_flood_note(&board->flood, now.monotonic_ms);
    }
}

/* The machine notes an activation exactly where a figure leaves OK; a cold start is none. */
static bool calls(struct board *board, struct board_tile *tile)
{
    int64_t activation_ms = tile->machine.activations_ms[0];
    bool is_new = activation_ms != tile->activation_ms && activation_ms != ALERT_TIMER_OFF;
    tile->activation_ms = activation_ms;
    return is_new && tile->muting == MUTING_NONE && !board_watch_is_twin(board, tile);
}

/* Cells of a table call as well as tiles do. */
static void count(struct board *board, struct now now)
{
    for (size_t i = 0; i < board->judged_count; i++) {
        struct board_tile *tile = board->judged[i];
        bool called = calls(board, tile);
        if (called)
            board_alerts_flood_note(&board->flood, now.monotonic_ms);
        tile->told = tile->machine.severity != SEVERITY_OK && (tile->told || called);
    }
    board_alerts_flood(&board->flood, now.monotonic_ms);
}

static bool same_limits(const struct limits *a, const struct limits *b)
{
    const double pairs[][2] = {{a->warn_low, b->warn_low},
                               {a->warn_high, b->warn_high},
                               {a->critical_low, b->critical_low},
                               {a->critical_high, b->critical_high}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i][0] != pairs[i][1] && !(isnan(pairs[i][0]) && isnan(pairs[i][1])))
            return false;
    return true;
}

bool board_watch_same(const struct board_tile *a, const struct board_tile *b)
{
    return a->settings->kpi == b->settings->kpi && a->settings->objective == b->settings->objective &&
           a->settings->key_result == b->settings->key_result && a->outcome.period == b->outcome.period &&
           a->source == b->source && dims_equal(&a->scope, &b->scope) &&
           same_limits(&a->rule.limits, &b->rule.limits);
}

bool board_watch_repeats(const struct board_tile *tile)
{
    for (const struct board_tile *other = tile->asked_before; other && !tile->table;
         other = other->asked_before)
        if (!other->table && other->display == tile->display && board_watch_same(other, tile))
            return true;
    return false;
}

bool board_watch_is_twin(const struct board *board, const struct board_tile *tile)
{
    for (size_t i = 0; i < board->judged_count && board->judged[i] != tile; i++) {
        const struct board_tile *other = board->judged[i];
        if (other->display == tile->display && board_watch_tells_tile(other) && board_watch_same(other, tile))
            return true;
    }
    return false;
}

bool board_watch_tells_tile(const struct board_tile *tile)
{
    return display_is_alert(tile->display) && tile->muting == MUTING_NONE && !tile->table;
}

/* That nobody is there says more than that nobody is free. */
bool board_watch_tells_compound(const struct board_group *group, enum compound compound)
{
    bool explained = group->compounds[COMPOUND_NOBODY_THERE].since_wall_ms &&
                     (compound == COMPOUND_NOBODY_FREE || compound == COMPOUND_NO_AGENT);
    return group->compounds[compound].since_wall_ms && !explained;
}

/* A number that stands for the alerts of a group; another alert, another number. */
static uint64_t mix(uint64_t alerts, uint64_t what)
{
    return (alerts ^ what) * 1099511628211u + 1;
}

static void tell_groups(struct board *board, uint64_t *alerts, struct now now)
{
    for (size_t i = 0; i < board->judged_count; i++) {
        uint64_t *group = &alerts[board->judged[i]->group];
        if (is_beyond(&board->subjects[i]) && board->judged[i]->muting == MUTING_NONE)
            *group = mix(*group, 8 * i + (uint64_t)board->subjects[i].display);
    }
    for (size_t i = 0; i < board->group_count; i++) {
        for (int j = COMPOUND_NONE + 1; j < COMPOUND_COUNT; j++)
            if (board->groups[i].compounds[j].since_wall_ms)
                alerts[i] = mix(alerts[i], (uint64_t)j << 32);
        if (board_alerts_notice(&board->groups[i].notice, alerts[i], now.monotonic_ms) != NOTICE_NONE)
            board->notices++;
    }
}

/* Where nobody is left, it is still the queue of whoever was there. What nobody counts is named, as for
 * tiles. */
static void look_at_people(struct board_group *group, double logged_in)
{
    if (logged_in > 0)
        group->most_logged_in = fmax(group->most_logged_in, logged_in);
    double serving = logged_in > 0 ? logged_in : group->most_logged_in;
    group->queue_unnamed =
        group->where.value[DIM_QUEUE] && !isnan(serving) && !privacy_queue_may_be_named(serving);
}

static struct group_view look_at_group(struct board_group *group, struct now now)
{
    return (struct group_view){.open = true,
                               .available = watched(group, WATCH_AVAILABLE, now),
                               .logged_in = watched(group, WATCH_LOGGED_IN, now),
                               .waiting = watched(group, WATCH_WAITING, now),
                               .occupancy_percent = watched(group, WATCH_OCCUPANCY, now)};
}

void board_watch_look(struct board *board, struct now now)
{
    struct arena *arena = arena_create();
    struct group_view *views = arena_take(arena, board->group_count, sizeof *views);
    for (size_t i = 0; i < board->group_count; i++) {
        views[i] = look_at_group(&board->groups[i], now);
        look_at_people(&board->groups[i], views[i].logged_in);
    }
    look_at_sources(board, now);
    look_at_tiles(board, now);
    mute_tiles(board, views);
    move_compounds(board, views, now);
    arena_destroy(arena);
}

void board_watch_tell(struct board *board, struct now now)
{
    struct arena *arena = arena_create();
    count(board, now);
    tell_groups(board, arena_take(arena, board->group_count, sizeof(uint64_t)), now);
    arena_destroy(arena);
}

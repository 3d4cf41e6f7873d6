#include "model/computed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/comparison.h"
#include "model/erlang.h"
#include "model/rule.h"
#include "model/scope.h"

/* Answered within 20 s, which sources mean unless they say otherwise. */
static const double SL_THRESHOLD_S = 20;
static const double ATTAINMENT_MAX = 120;
static const double PATIENCE_MAX_S = 86400;

enum {
    INPUTS_MAX = 8,
    CLASSES_MAX = 2000, /* more queues or classes: unknown, for a part of them would be too small a number */
    ONLY_NOW = 1 << PERIOD_NOW,
    ONLY_WINDOWS = 1 << PERIOD_15M | 1 << PERIOD_30M | 1 << PERIOD_60M,
    ONLY_TODAY = 1 << PERIOD_TODAY,
    ONLY_WISHED = -1 /* the period that the tile asks for */
};

/* ---- rows ---- */

/* A figure that is needed: a KPI of the catalogue, or counters. */
struct input {
    const char *kpi, *numerator, *denominator;
    enum period period;
    int only;       /* bits of periods; 0: any, the nearest that has something to measure */
    bool borrowed;  /* a queue that has nothing to measure yet takes that of the whole */
    bool whole;     /* for the tile as a whole, where others are looked at by queue */
    bool largest;   /* a duration: of several lines the longest, their sum means nothing */
    double least_n; /* with less behind it, it is an accident and counts as not known */
};

enum over { OVER_NOTHING, OVER_LARGEST, OVER_SUM, OVER_WEIGHTED };

/* What a row's function is given: one outcome an input, and the targets that are valid here. */
struct given {
    const struct outcome *in;
    const double *targets; /* of the inputs that are KPIs */
    double goal;           /* of the service level, 0..1 */
    const struct computed_memory *memory;
};

struct row {
    const char *kpi;
    struct outcome (*work)(const struct given *given);
    struct input inputs[INPUTS_MAX];
    enum over
        over; /* queues, as those of the first input; for the weighted mean its values are the weights */
    double (*finish)(double over_queues, const struct outcome *in); /* NULL: nothing to be done */
    const char *classes;                                            /* a counter by class … */
    enum dim class_dim;                                             /* … of this dimension */
    bool share;    /* the value is that of the largest class */
    bool by_state; /* the classes are states of agents */
    bool counts_time;
    size_t memory_bytes; /* of what it remembers … */
    void (*note)(struct computed_memory *memory, const struct outcome *in, int64_t wall_ms); /* … and how */
};

struct computed {
    const struct row *row;
    enum period period;
    size_t cell_count;
    struct formula *whole;  /* one an input */
    struct formula **cells; /* by queue; none: `whole` is the only one */
    double targets[INPUTS_MAX];
    double goal;
    size_t class_count;
    const char **class_names;
    struct formula *classes;
};

/* ---- outcomes ---- */

static struct outcome overloaded(void)
{
    struct outcome outcome = outcome_nothing();
    outcome.overloaded = true;
    return outcome;
}

/* The first of two that has a value: the better one, and what stands in for it. */
static double either(const struct outcome *first, const struct outcome *second)
{
    return isnan(first->value) ? second->value : first->value;
}

/* ---- the estimated wait ---- */

enum { WAIT_WAITING, WAIT_AVAILABLE, WAIT_SERVING, WAIT_SERVING_NO_ACW, WAIT_AHT };

static struct outcome estimate_wait(const struct given *given)
{
    const struct outcome *in = given->in;
    double waiting = in[WAIT_WAITING].value;
    double serving = either(&in[WAIT_SERVING], &in[WAIT_SERVING_NO_ACW]);
    if (waiting == 0 && in[WAIT_AVAILABLE].value > 0)
        return outcome_value(0, NAN);
    if (waiting == 0 && serving == 0)
        return outcome_nothing(); /* nobody waits, nobody serves: closed */
    if (!(serving > 0))
        return outcome_unknown();
    return outcome_value((waiting + 1) * in[WAIT_AHT].value / serving, NAN);
}

/* ---- how many agents ---- */

enum {
    STAFF_FORECAST,
    STAFF_OFFERED,
    STAFF_FORECAST_AHT,
    STAFF_AHT,
    STAFF_SERVING,
    STAFF_SERVING_NO_ACW,
    STAFF_PATIENCE
};

static double interval_s(enum period period)
{
    static const double SECONDS[] = {[PERIOD_15M] = 900, [PERIOD_30M] = 1800, [PERIOD_60M] = 3600};
    return period <= PERIOD_60M ? SECONDS[period] : 0;
}

/* NaN where it is not known: nobody hangs up then. Nor does he who would wait for a day. */
static double patience_s_of(const struct outcome *in)
{
    double patience_s = in[STAFF_PATIENCE].value;
    return patience_s > 0 && patience_s < PATIENCE_MAX_S ? patience_s : NAN;
}

/* The load of the next half hour where it is forecast, else that of the last; what a call takes as measured,
 * else as forecast. */
static bool load_of(const struct outcome *in, struct erlang_load *load)
{
    const struct outcome *calls = isnan(in[STAFF_FORECAST].value) ? &in[STAFF_OFFERED] : &in[STAFF_FORECAST];
    double aht_s = either(&in[STAFF_AHT], &in[STAFF_FORECAST_AHT]);
    *load = (struct erlang_load){calls->value, interval_s(calls->period), aht_s, patience_s_of(in)};
    return load->calls >= 0 && load->interval_s > 0 && (aht_s > 0 || load->calls == 0);
}

static struct outcome require_agents(const struct given *given)
{
    struct erlang_load load;
    if (!load_of(given->in, &load))
        return outcome_unknown();
    if (load.calls == 0)
        return outcome_value(0, NAN);
    int agents = erlang_agents_required(&load, SL_THRESHOLD_S, given->goal, 1);
    return agents < 0 ? outcome_unknown() : outcome_value(agents, NAN);
}

static double gap_of(double required, const struct outcome *in)
{
    return either(&in[STAFF_SERVING], &in[STAFF_SERVING_NO_ACW]) - required;
}

/* ---- the service level of the next half hour ---- */

enum { LEVEL_SCHEDULED = STAFF_PATIENCE + 1 };

static struct outcome forecast_level(const struct given *given)
{
    const struct outcome *in = given->in;
    double here = either(&in[STAFF_SERVING], &in[STAFF_SERVING_NO_ACW]);
    double agents = isnan(in[LEVEL_SCHEDULED].value) ? here : in[LEVEL_SCHEDULED].value;
    struct erlang_load load;
    if (isnan(in[STAFF_FORECAST].value) || !(agents >= 0) || agents > ERLANG_AGENTS_MAX ||
        !load_of(in, &load))
        return outcome_unknown();
    if (load.calls == 0)
        return outcome_nothing();
    struct erlang_queue queue = erlang_queue(&load, (int)agents, SL_THRESHOLD_S);
    return queue.steady_state ? outcome_value(100 * queue.service_level, NAN) : overloaded();
}

/* ---- productivity ---- */

enum { PRODUCT_FIRST, PRODUCT_LAST = 2, PRODUCT_LOGIN };

/* A term that is missing, or has no target, is left out. */
static struct outcome measure_productivity(const struct given *given)
{
    double sum = 0;
    int count = 0;
    for (int i = PRODUCT_FIRST; i <= PRODUCT_LAST; i++) {
        double attainment = 100 * given->in[i].value / given->targets[i];
        if (!isfinite(attainment))
            continue;
        sum += fmin(ATTAINMENT_MAX, attainment);
        count++;
    }
    return count ? outcome_value(sum / count, given->in[PRODUCT_LOGIN].value) : outcome_unknown();
}

/* ---- the error of the forecast ---- */

enum { WAPE_OFFERED, WAPE_FORECAST };

static const int64_t INTERVAL_MS = 1800000;

/* Intervals of half an hour; the totals are those of the day at the beginning of the present one. */
struct wape_memory {
    int64_t begin_wall_ms; /* of the present interval */
    int64_t midnight_wall_ms;
    double offered, forecast; /* NaN: its beginning was not seen */
    double error_sum, offered_sum;
};

static void close_interval(struct wape_memory *memory, double offered, double forecast)
{
    double counted = offered - memory->offered, expected = forecast - memory->forecast;
    if (!(counted >= 0 && expected >= 0))
        return; /* not seen from its beginning, or the source has restarted */
    memory->error_sum += fabs(counted - expected);
    memory->offered_sum += counted;
}

static void begin_day(struct wape_memory *memory, int64_t midnight_ms)
{
    if (memory->midnight_wall_ms == midnight_ms)
        return;
    *memory = (struct wape_memory){.midnight_wall_ms = midnight_ms, .offered = NAN, .forecast = NAN};
}

static void note_interval(struct computed_memory *memory, const struct outcome *in, int64_t wall_ms)
{
    struct wape_memory *wape = (void *)memory;
    double offered = in[WAPE_OFFERED].value, forecast = in[WAPE_FORECAST].value;
    int64_t begin_ms = wall_ms - wall_ms % INTERVAL_MS;
    if (isnan(offered) || isnan(forecast))
        return;
    begin_day(wape, calendar_midnight_ms(wall_ms));
    if (begin_ms == wape->begin_wall_ms)
        return;
    if (begin_ms == wape->begin_wall_ms + INTERVAL_MS)
        close_interval(wape, offered, forecast);
    bool seen_from_the_beginning = wape->begin_wall_ms != 0 && begin_ms == wape->begin_wall_ms + INTERVAL_MS;
    wape->begin_wall_ms = begin_ms;
    wape->offered = seen_from_the_beginning ? offered : NAN;
    wape->forecast = seen_from_the_beginning ? forecast : NAN;
}

static struct outcome measure_wape(const struct given *given)
{
    const struct wape_memory *memory = (const void *)given->memory;
    if (!memory || isnan(given->in[WAPE_OFFERED].value) || isnan(given->in[WAPE_FORECAST].value))
        return outcome_unknown();
    if (!(memory->offered_sum > 0))
        return outcome_nothing(); /* no interval is closed yet */
    return outcome_value(100 * memory->error_sum / memory->offered_sum, memory->offered_sum);
}

/* ---- complaints against the period before ---- */

enum { COMPLAINTS_POINTS = 63 * 24 };

/* The count of the period begun, once an hour for two months. */
struct complaints_memory {
    int64_t now_wall_ms;
    enum period period;
    size_t count;
    struct comparison_point points[COMPLAINTS_POINTS];
};

static void keep_complaints(struct complaints_memory *memory, double value, int64_t hour_ms)
{
    if (memory->count == COMPLAINTS_POINTS)
        memmove(memory->points, memory->points + 1, --memory->count * sizeof *memory->points);
    memory->points[memory->count++] = (struct comparison_point){hour_ms, value};
}

/* The first figure of an hour that is known stands for its beginning. */
static void note_complaints(struct computed_memory *memory, const struct outcome *in, int64_t wall_ms)
{
    struct complaints_memory *complaints = (void *)memory;
    int64_t hour_ms = calendar_floor_ms(wall_ms, CALENDAR_HOUR);
    complaints->now_wall_ms = wall_ms;
    if (isnan(in[0].value))
        return;
    if (complaints->count && complaints->points[complaints->count - 1].wall_ms >= hour_ms)
        return;
    keep_complaints(complaints, in[0].value, hour_ms);
}

static struct outcome compare_complaints(const struct given *given)
{
    static const int64_t GAP_MS = 7200000;
    const struct complaints_memory *memory = (const void *)given->memory;
    struct comparison_periods periods;
    if (!memory || isnan(given->in[0].value) ||
        !comparison_to_date(given->in[0].period, memory->now_wall_ms, &periods))
        return outcome_unknown();
    int64_t before_ms = periods.before_to_wall_ms;
    if (before_ms == periods.from_wall_ms)
        before_ms--; /* the whole period before: what is counted from its end on is of the new one */
    double before = comparison_value_at(memory->points, memory->count, before_ms, GAP_MS);
    if (before == 0)
        return outcome_nothing();
    return outcome_value(100 * (given->in[0].value / before - 1), before);
}

/* ---- shares ---- */

static struct outcome take_first(const struct given *given)
{
    return given->in[0];
}

/* ---- the table ---- */

#define GAUGE(expression)                                                                                    \
    {                                                                                                        \
        .numerator = expression, .period = PERIOD_NOW, .only = ONLY_NOW                                      \
    }
#define SERVING                                                                                              \
    {                                                                                                        \
        .numerator = "agents_available+agents_on_contact+agents_acw", .period = PERIOD_NOW,                  \
        .only = ONLY_NOW, .whole = true                                                                      \
    }
#define SERVING_NO_ACW                                                                                       \
    {                                                                                                        \
        .numerator = "agents_available+agents_on_contact", .period = PERIOD_NOW, .only = ONLY_NOW,           \
        .whole = true                                                                                        \
    }
#define HALF_HOUR(counter)                                                                                   \
    {                                                                                                        \
        .numerator = counter, .period = PERIOD_30M, .only = ONLY_WINDOWS                                     \
    }
#define MEASURED_AHT                                                                                         \
    {                                                                                                        \
        .kpi = "aht", .period = PERIOD_60M, .borrowed = true                                                 \
    }
#define FORECAST_AHT                                                                                         \
    {                                                                                                        \
        .numerator = "forecast_aht_s", .period = PERIOD_NOW, .only = ONLY_NOW, .largest = true               \
    }
/* Of four weeks, and of fifty who hung up at least. */
#define PATIENCE                                                                                             \
    {                                                                                                        \
        .numerator = "wait_answered_s+wait_abandoned_s", .denominator = "abandoned",                         \
        .period = PERIOD_ROLLING_28D, .least_n = 50, .borrowed = true                                        \
    }
#define STAFF_INPUTS                                                                                         \
    [STAFF_FORECAST] = HALF_HOUR("forecast_offered"), [STAFF_OFFERED] = HALF_HOUR("offered"),                \
    [STAFF_FORECAST_AHT] = FORECAST_AHT, [STAFF_AHT] = MEASURED_AHT, [STAFF_SERVING] = SERVING,              \
    [STAFF_SERVING_NO_ACW] = SERVING_NO_ACW, [STAFF_PATIENCE] = PATIENCE

static const struct row ROWS[] = {
    {.kpi = "ewt",
     .work = estimate_wait,
     .inputs = {[WAIT_WAITING] = GAUGE("waiting_now"),
                [WAIT_AVAILABLE] = GAUGE("agents_available"),
                [WAIT_SERVING] = GAUGE("agents_available+agents_on_contact+agents_acw"),
                [WAIT_SERVING_NO_ACW] = GAUGE("agents_available+agents_on_contact"),
                [WAIT_AHT] = MEASURED_AHT},
     .over = OVER_LARGEST},
    {.kpi = "agents_required", .work = require_agents, .inputs = {STAFF_INPUTS}, .over = OVER_SUM},
    {.kpi = "staffing_gap",
     .work = require_agents,
     .inputs = {STAFF_INPUTS},
     .over = OVER_SUM,
     .finish = gap_of},
    {.kpi = "service_level_forecast",
     .work = forecast_level,
     .inputs = {[STAFF_FORECAST] = HALF_HOUR("forecast_offered"),
                [STAFF_FORECAST_AHT] = FORECAST_AHT,
                [STAFF_AHT] = MEASURED_AHT,
                [STAFF_SERVING] = GAUGE("agents_available+agents_on_contact+agents_acw"),
                [STAFF_SERVING_NO_ACW] = GAUGE("agents_available+agents_on_contact"),
                [STAFF_PATIENCE] = PATIENCE,
                [LEVEL_SCHEDULED] = GAUGE("scheduled_agents")},
     .over = OVER_WEIGHTED},
    {.kpi = "agent_productivity",
     .work = measure_productivity,
     .inputs = {{.kpi = "contacts_per_hour", .period = PERIOD_TODAY},
                {.kpi = "schedule_adherence", .period = PERIOD_TODAY},
                {.kpi = "script_usage_rate", .period = PERIOD_TODAY},
                [PRODUCT_LOGIN] = {.numerator = "login_s", .period = PERIOD_TODAY}},
     .counts_time = true},
    {.kpi = "forecast_wape",
     .work = measure_wape,
     .inputs = {[WAPE_OFFERED] = {.numerator = "offered", .period = PERIOD_TODAY, .only = ONLY_TODAY},
                [WAPE_FORECAST] = {.numerator = "forecast_offered",
                                   .period = PERIOD_TODAY,
                                   .only = ONLY_TODAY}},
     .memory_bytes = sizeof(struct wape_memory),
     .note = note_interval},
    {.kpi = "complaints_trend",
     .work = compare_complaints,
     .inputs = {{.numerator = "complaints", .only = ONLY_WISHED}},
     .memory_bytes = sizeof(struct complaints_memory),
     .note = note_complaints},
    {.kpi = "agent_states", .work = take_first, .inputs = {GAUGE("agents_logged_in")}, .by_state = true},
    {.kpi = "tickets_by_type", .classes = "tickets_by_type", .class_dim = DIM_TYPE},
    {.kpi = "channel_share", .classes = "contacts_by_channel", .class_dim = DIM_CHANNEL, .share = true},
    {.kpi = "ivr_reason_share", .classes = "contacts_by_reason", .class_dim = DIM_REASON, .share = true},
};

static const struct {
    const char *name, *counter;
} STATES[] = {{"available", "agents_available"},
              {"on_contact", "agents_on_contact"},
              {"acw", "agents_acw"},
              {"pause", "agents_pause"},
              {"other", "agents_other"},
              {"not_responding", "agents_not_responding"}};

enum { STATE_COUNT = sizeof STATES / sizeof *STATES };

static const struct row *row_of(const struct kpi *kpi)
{
    if (kpi->numerator.count)
        return NULL; /* the board has its own way */
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        if (text_equal(ROWS[i].kpi, kpi->id))
            return &ROWS[i];
    return NULL;
}

bool computed_knows(const struct kpi *kpi)
{
    return row_of(kpi) != NULL;
}

bool computed_counts_time(const struct kpi *kpi)
{
    const struct row *row = row_of(kpi);
    return row && row->counts_time;
}

/* ---- inputs as KPIs ---- */

static bool is_given(const struct input *input)
{
    return input->kpi || input->numerator;
}

static const struct kpi *plain_kpi(struct arena *arena, const struct input *input)
{
    struct kpi *kpi = arena_take(arena, 1, sizeof *kpi);
    kpi->id = "";
    kpi->scale = 1;
    kpi->aggregation = input->largest ? AGGREGATE_MAX : AGGREGATE_SUM;
    expression_parse(arena, input->numerator, &kpi->numerator);
    expression_parse(arena, input->denominator, &kpi->denominator);
    return kpi;
}

static const struct kpi *kpi_of(struct arena *arena, const struct catalogue *catalogue,
                                const struct input *input)
{
    if (input->kpi)
        return catalogue_kpi(catalogue, input->kpi);
    return is_given(input) ? plain_kpi(arena, input) : NULL;
}

const struct computed_need *computed_needs(struct arena *arena, const struct catalogue *catalogue,
                                           const struct kpi *kpi, size_t *count)
{
    const struct row *row = row_of(kpi);
    struct computed_need *needs = arena_take(arena, INPUTS_MAX, sizeof *needs);
    *count = 0;
    for (int i = 0; row && i < INPUTS_MAX; i++) {
        const struct kpi *needed = kpi_of(arena, catalogue, &row->inputs[i]);
        if (needed)
            needs[(*count)++] = (struct computed_need){needed, row->inputs[i].period};
    }
    return needs;
}

/* ---- binding ---- */

struct binder {
    struct arena *arena;
    struct counters *counters;
    const struct formula_request *request;
    const struct board_settings *settings;
};

static struct formula_request request_for(const struct binder *binder, const struct kpi *kpi,
                                          enum period period, unsigned only, const struct dims *scope)
{
    struct formula_request request = *binder->request;
    request.kpi = kpi;
    request.scope = request.where = scope;
    request.period = period;
    request.named_period = false;
    request.only = only;
    request.all_periods = only == 0;
    return request;
}

static struct formula bind_kpi(const struct binder *binder, const struct kpi *kpi, enum period period,
                               unsigned only, const struct dims *scope)
{
    struct formula_request request = request_for(binder, kpi, period, only, scope);
    return formula_bind(binder->arena, binder->counters, &request);
}

static struct formula bind_input(const struct binder *binder, const struct input *input,
                                 const struct dims *scope)
{
    const struct kpi *kpi = kpi_of(binder->arena, binder->request->catalogue, input);
    bool wished = input->only == ONLY_WISHED;
    enum period period = wished ? binder->request->period : input->period;
    if (!kpi)
        return (struct formula){.way_count = 0};
    struct formula_request request =
        request_for(binder, kpi, period, wished ? 1u << period : (unsigned)input->only, scope);
    request.least_n = input->least_n;
    return formula_bind(binder->arena, binder->counters, &request);
}

static struct formula *bind_inputs(const struct binder *binder, const struct row *row,
                                   const struct dims *scope)
{
    struct formula *inputs = arena_take(binder->arena, INPUTS_MAX, sizeof *inputs);
    for (int i = 0; i < INPUTS_MAX; i++)
        inputs[i] = bind_input(binder, &row->inputs[i], scope);
    return inputs;
}

/*
 * A queue of which something is missing that the whole has: then only the whole can be worked out. What
 * may be an accident can be done without.
 */
static bool lacks_something(const struct row *row, const struct formula *cell, const struct formula *whole)
{
    for (int i = 0; i < INPUTS_MAX; i++)
        if (whole[i].way_count && !cell[i].way_count && !row->inputs[i].whole &&
            !(row->inputs[i].least_n > 0))
            return true;
    return false;
}

/* By numbers, never by address: the same order in every run. */
static int compare_names(const void *left, const void *right)
{
    uint32_t a = names_number(*(const char *const *)left), b = names_number(*(const char *const *)right);
    return (a > b) - (a < b);
}

/* The different values that the figures have of a dimension, in the arena; gives how many. */
static size_t list_values(struct arena *arena, struct figures figures, enum dim dim, const char ***values)
{
    const char **all = arena_take(arena, figures.count, sizeof *all);
    size_t given = 0, count = 0;
    for (size_t i = 0; i < figures.count; i++)
        if (figures.items[i]->dims.value[dim])
            all[given++] = figures.items[i]->dims.value[dim];
    qsort(all, given, sizeof *all, compare_names);
    for (size_t i = 0; i < given; i++)
        if (i == 0 || all[i] != all[count - 1])
            all[count++] = all[i];
    *values = all;
    return count;
}

/* The figures of the first input that is there tell the queues. */
static size_t list_queues(struct arena *arena, const struct computed *computed, const char ***queues)
{
    for (int i = 0; i < INPUTS_MAX; i++)
        if (computed->whole[i].way_count && computed->whole[i].ways[0].terms)
            return list_values(arena, computed->whole[i].ways[0].terms[0].figures, DIM_QUEUE, queues);
    return 0;
}

/* False: there are too many queues to work it out one by one. */
static bool bind_cells(const struct binder *binder, struct computed *computed)
{
    const char **queues;
    if (computed->row->over == OVER_NOTHING)
        return true;
    size_t count = list_queues(binder->arena, computed, &queues);
    if (count < 2 || count > CLASSES_MAX)
        return count < 2;
    computed->cells = arena_take(binder->arena, count, sizeof *computed->cells);
    for (size_t i = 0; i < count; i++) {
        struct dims scope = *binder->request->scope;
        scope.value[DIM_QUEUE] = queues[i];
        computed->cells[i] = bind_inputs(binder, computed->row, &scope);
        if (lacks_something(computed->row, computed->cells[i], computed->whole))
            return true;
    }
    computed->cell_count = count;
    return true;
}

static void make_room_for_classes(const struct binder *binder, struct computed *computed, size_t count)
{
    computed->class_names = arena_take(binder->arena, count, sizeof *computed->class_names);
    computed->classes = arena_take(binder->arena, count, sizeof *computed->classes);
}

static void add_class(struct computed *computed, const char *name, struct formula formula)
{
    if (!formula.way_count)
        return;
    computed->class_names[computed->class_count] = name;
    computed->classes[computed->class_count++] = formula;
}

/* All classes of the first period that has any. */
static void bind_classes(const struct binder *binder, struct computed *computed)
{
    const struct formula_request *request = binder->request;
    const struct row *row = computed->row;
    const struct kpi *kpi = plain_kpi(binder->arena, &(struct input){.numerator = row->classes});
    struct formula all = bind_kpi(binder, kpi, request->period, 0, request->scope);
    if (!all.way_count)
        return;
    computed->period = all.ways[0].period;
    const char **names;
    struct figures figures = counters_find(binder->counters, request->source, row->classes, computed->period);
    size_t count = list_values(binder->arena, figures, row->class_dim, &names);
    if (count > CLASSES_MAX)
        return;
    make_room_for_classes(binder, computed, count);
    for (size_t i = 0; i < count; i++) {
        struct dims scope = *request->scope;
        if (scope.value[row->class_dim] && scope.value[row->class_dim] != names[i])
            continue;
        scope.value[row->class_dim] = names[i];
        add_class(computed, names[i],
                  bind_kpi(binder, kpi, computed->period, 1u << computed->period, &scope));
    }
}

static void bind_states(const struct binder *binder, struct computed *computed)
{
    make_room_for_classes(binder, computed, STATE_COUNT);
    for (size_t i = 0; i < STATE_COUNT; i++)
        add_class(computed, STATES[i].name,
                  bind_kpi(binder, plain_kpi(binder->arena, &(struct input){.numerator = STATES[i].counter}),
                           PERIOD_NOW, ONLY_NOW, binder->request->scope));
}

static double target_of(const struct binder *binder, const char *kpi_id)
{
    const struct kpi *kpi = kpi_id ? catalogue_kpi(binder->request->catalogue, kpi_id) : NULL;
    return kpi ? rule_for_kpi(binder->settings, kpi, binder->request->scope).target : NAN;
}

static void set_targets(const struct binder *binder, struct computed *computed)
{
    for (int i = 0; i < INPUTS_MAX; i++)
        computed->targets[i] = target_of(binder, computed->row->inputs[i].kpi);
    computed->goal = target_of(binder, "service_level") / 100;
}

static bool has_anything(const struct computed *computed)
{
    for (int i = 0; i < INPUTS_MAX; i++)
        if (computed->whole[i].way_count)
            return true;
    return computed->class_count > 0;
}

struct computed *computed_bind(struct arena *arena, struct counters *counters,
                               const struct formula_request *request, const struct board_settings *settings)
{
    const struct row *row = row_of(request->kpi);
    if (!row)
        return NULL;
    struct binder binder = {arena, counters, request, settings};
    struct computed *computed = arena_take(arena, 1, sizeof *computed);
    computed->row = row;
    computed->period = request->period;
    computed->whole = bind_inputs(&binder, row, request->scope);
    if (!bind_cells(&binder, computed))
        return NULL;
    if (row->classes)
        bind_classes(&binder, computed);
    if (row->by_state)
        bind_states(&binder, computed);
    set_targets(&binder, computed);
    return has_anything(computed) ? computed : NULL;
}

/* ---- memory ---- */

struct computed_memory *computed_memory_create(const struct kpi *kpi)
{
    const struct row *row = row_of(kpi);
    return row && row->memory_bytes ? memory_create(1, row->memory_bytes) : NULL;
}

void computed_memory_destroy(struct computed_memory *memory)
{
    free(memory);
}

static void evaluate_inputs(const struct formula *inputs, struct outcome *in)
{
    for (int i = 0; i < INPUTS_MAX; i++)
        in[i] = formula_evaluate(&inputs[i]);
}

void computed_note(const struct computed *computed, struct computed_memory *memory, int64_t wall_ms)
{
    struct outcome in[INPUTS_MAX];
    if (!memory)
        return;
    evaluate_inputs(computed->whole, in);
    computed->row->note(memory, in, wall_ms);
}

/* ---- evaluating ---- */

/* Values of several queues on their way to one. */
struct pool {
    double largest, sum, weighted, weights;
    size_t count;
    bool unknown, overloaded;
};

static void pool_add(struct pool *pool, const struct outcome *outcome, double weight)
{
    pool->unknown |= outcome->kind == OUTCOME_UNKNOWN;
    pool->overloaded |= outcome->overloaded;
    if (outcome->kind != OUTCOME_VALUE)
        return;
    pool->largest = pool->count ? fmax(pool->largest, outcome->value) : outcome->value;
    pool->sum += outcome->value;
    pool->weighted += weight * outcome->value;
    pool->weights += weight;
    pool->count++;
}

static struct outcome pool_outcome(const struct pool *pool, enum over over)
{
    if (pool->unknown)
        return outcome_unknown();
    if (pool->overloaded)
        return overloaded();
    if (!pool->count)
        return outcome_nothing();
    if (over == OVER_WEIGHTED)
        return pool->weights > 0 ? outcome_value(pool->weighted / pool->weights, NAN) : outcome_nothing();
    return outcome_value(over == OVER_LARGEST ? pool->largest : pool->sum, NAN);
}

static void borrow(const struct row *row, const struct outcome *whole, struct outcome *in)
{
    for (int i = 0; i < INPUTS_MAX; i++)
        if (row->inputs[i].borrowed && isnan(in[i].value))
            in[i] = whole[i];
}

static struct outcome evaluate_cells(const struct computed *computed, const struct outcome *whole)
{
    struct outcome in[INPUTS_MAX];
    struct given given = {in, computed->targets, computed->goal, NULL};
    struct pool pool = {0};
    for (size_t i = 0; i < computed->cell_count; i++) {
        evaluate_inputs(computed->cells[i], in);
        borrow(computed->row, whole, in);
        struct outcome outcome = computed->row->work(&given);
        pool_add(&pool, &outcome, in[0].value);
    }
    return pool_outcome(&pool, computed->row->over);
}

static struct outcome evaluate_row(const struct computed *computed, const struct computed_memory *memory)
{
    struct outcome in[INPUTS_MAX];
    struct given given = {in, computed->targets, computed->goal, memory};
    evaluate_inputs(computed->whole, in);
    struct outcome outcome =
        computed->cell_count ? evaluate_cells(computed, in) : computed->row->work(&given);
    if (computed->row->finish && outcome.kind == OUTCOME_VALUE)
        outcome = outcome_value(computed->row->finish(outcome.value, in), NAN);
    return outcome;
}

/* ---- classes ---- */

static struct outcome evaluate_classes(const struct computed *computed)
{
    double total = 0, largest = 0;
    for (size_t i = 0; i < computed->class_count; i++) {
        double value = formula_evaluate(&computed->classes[i]).value;
        total += value;
        largest = fmax(largest, value);
    }
    if (!computed->class_count || isnan(total))
        return outcome_unknown();
    if (!computed->row->share)
        return outcome_value(total, NAN);
    return total > 0 ? outcome_value(100 * largest / total, total) : outcome_nothing();
}

struct outcome computed_evaluate(const struct computed *computed, const struct computed_memory *memory)
{
    struct outcome outcome = computed->row->work ? evaluate_row(computed, memory) : outcome_unknown();
    if (outcome.kind == OUTCOME_UNKNOWN && computed->class_count)
        outcome = evaluate_classes(computed);
    outcome.period = computed->period;
    outcome.bare = false;
    return outcome;
}

static bool is_other(const struct computed_part *part)
{
    return text_equal(part->name, "other");
}

static int compare_parts(const void *left, const void *right)
{
    const struct computed_part *a = left, *b = right;
    if (is_other(a) != is_other(b))
        return is_other(a) - is_other(b);
    if (a->value != b->value)
        return a->value < b->value ? 1 : -1;
    return strcmp(a->name, b->name);
}

static void set_part(struct computed_part *part, const char *name, double value)
{
    size_t length = strnlen(name, sizeof part->name - 1);
    memcpy(part->name, name, length);
    part->name[length] = '\0';
    part->value = value;
}

/* Everything behind the sixth is one. */
static size_t gather_others(struct computed_part *all, size_t count)
{
    enum { SHOWN = COMPUTED_PARTS_MAX - 1 };
    double others = 0;
    if (count <= SHOWN || (count == COMPUTED_PARTS_MAX && is_other(&all[SHOWN])))
        return count;
    for (size_t i = SHOWN; i < count; i++)
        others += all[i].value;
    set_part(&all[SHOWN], "other", others);
    return COMPUTED_PARTS_MAX;
}

size_t computed_parts(const struct computed *computed, struct computed_part parts[COMPUTED_PARTS_MAX])
{
    size_t count = computed->class_count;
    bool known = true;
    if (!count)
        return 0;
    struct computed_part *all = memory_create(count, sizeof *all);
    for (size_t i = 0; i < count; i++) {
        double value = formula_evaluate(&computed->classes[i]).value;
        set_part(&all[i], computed->class_names[i], value);
        known = known && !isnan(value);
    }
    if (known) /* what is not known has no place in an order */
        qsort(all, count, sizeof *all, compare_parts);
    count = known ? gather_others(all, count) : 0;
    memcpy(parts, all, count * sizeof *parts);
    free(all);
    return count;
}

/* ---- explaining ---- */

/* "aht", "agents_available+agents_on_contact", "(wait_answered_s+wait_abandoned_s)/abandoned" */
static const char *name_of(struct arena *arena, const struct input *input)
{
    if (input->kpi)
        return input->kpi;
    if (!input->denominator)
        return input->numerator;
    return arena_format(arena, "(%s)/%s", input->numerator, input->denominator);
}

const struct formula *computed_input(struct arena *arena, const struct computed *computed, size_t index,
                                     const char **name)
{
    size_t count = 0;
    for (int i = 0; i < INPUTS_MAX; i++) {
        if (!is_given(&computed->row->inputs[i]) || count++ != index)
            continue;
        *name = name_of(arena, &computed->row->inputs[i]);
        return &computed->whole[i];
    }
    if (index - count >= computed->class_count)
        return NULL;
    *name = arena_copy_text(arena, computed->class_names[index - count]);
    return &computed->classes[index - count];
}

#include "model/rule.h"

#include <math.h>

static const struct limits NO_LIMITS = {NAN, NAN, NAN, NAN};

struct rule_settings rule_settings_inherited(void)
{
    return (struct rule_settings){.warn = NAN,
                                  .warn_high = NAN,
                                  .critical = NAN,
                                  .critical_high = NAN,
                                  .hysteresis = NAN,
                                  .min_sample = NAN,
                                  .target = NAN,
                                  .for_ms = -1,
                                  .clear_ms = -1,
                                  .stale_after_ms = -1};
}

static double set_or(double value, double inherited)
{
    return isnan(value) ? inherited : value;
}

static int64_t set_or_ms(int64_t value_ms, int64_t inherited_ms)
{
    return value_ms < 0 ? inherited_ms : value_ms;
}

static double not_negative(double value)
{
    return value > 0 ? value : 0;
}

static struct rule from_catalogue(const struct kpi *kpi)
{
    return (struct rule){
        .direction = kpi->direction,
        .limits = kpi->threshold_mode == THRESHOLD_NONE ? NO_LIMITS : kpi->limits,
        .hysteresis = not_negative(kpi->hysteresis),
        .min_sample = not_negative(kpi->min_sample),
        .target = kpi->target,
        .for_ms = kpi->for_ms,
        .clear_ms = kpi->clear_ms,
        .stale_after_ms = kpi->stale_after_ms,
        .plan = NAN,
        .percent = NO_LIMITS,
    };
}

/* Limits for another direction say nothing about this one. */
static void set_direction(struct rule *rule, enum direction direction)
{
    if (rule->direction != direction)
        rule->limits = NO_LIMITS;
    rule->direction = direction;
}

static void change(struct rule *rule, const struct rule_settings *settings)
{
    if (settings->has_direction)
        set_direction(rule, settings->direction);

    struct limits limits = limits_make(rule->direction, settings->warn, settings->warn_high,
                                       settings->critical, settings->critical_high);
    rule->limits.warn_low = set_or(limits.warn_low, rule->limits.warn_low);
    rule->limits.warn_high = set_or(limits.warn_high, rule->limits.warn_high);
    rule->limits.critical_low = set_or(limits.critical_low, rule->limits.critical_low);
    rule->limits.critical_high = set_or(limits.critical_high, rule->limits.critical_high);
    rule->hysteresis = set_or(settings->hysteresis, rule->hysteresis);
    rule->min_sample = set_or(settings->min_sample, rule->min_sample);
    rule->target = set_or(settings->target, rule->target);
    rule->for_ms = set_or_ms(settings->for_ms, rule->for_ms);
    rule->clear_ms = set_or_ms(settings->clear_ms, rule->clear_ms);
    rule->stale_after_ms = set_or_ms(settings->stale_after_ms, rule->stale_after_ms);
}

/* ---- hours ---- */

enum { DAY_MINUTES = 1440 };

static struct calendar_date date_of(const struct calendar_time *time)
{
    return (struct calendar_date){time->year, time->month, time->day};
}

struct rule_moment rule_moment_at(int64_t wall_ms)
{
    struct calendar_time now, before;
    calendar_local(wall_ms, &now);
    struct calendar_time noon = {.year = now.year, .month = now.month, .day = now.day - 1, .hour = 12};
    calendar_local(calendar_moment_ms(&noon), &before);
    return (struct rule_moment){.minute = now.hour * 60 + now.minute,
                                .weekday = now.weekday,
                                .today = date_of(&now),
                                .yesterday = date_of(&before)};
}

static bool begins_on(const struct rule_hours *when, const struct calendar_date *date, int weekday)
{
    if (when->date.year)
        return calendar_compare_dates(&when->date, date) == 0;
    return (when->weekdays & 1U << weekday) != 0;
}

bool rule_in_force(const struct rule_hours *when, const struct rule_moment *moment)
{
    const struct opening_interval *hours = &when->interval;
    if (!when->given)
        return true;
    if (begins_on(when, &moment->today, moment->weekday) && moment->minute >= hours->from_minute &&
        moment->minute < hours->to_minute)
        return true;
    return begins_on(when, &moment->yesterday, (moment->weekday + 6) % 7) &&
           moment->minute < hours->to_minute - DAY_MINUTES;
}

bool rule_depends_on_time(const struct rule_settings *settings)
{
    return settings->when.given || settings->review_by.year;
}

static bool is_review_due(const struct rule_settings *settings, const struct rule_moment *moment)
{
    return settings->review_by.year && calendar_compare_dates(&moment->today, &settings->review_by) > 0;
}

/* ---- which apply ---- */

/* How particular its hours are: at all hours, on weekdays, on one day. */
enum { TIME_KINDS = 3, RANKS = (DIM_COUNT + 1) * TIME_KINDS };

static int rank_of(const struct rule_settings *settings)
{
    int time_kind = !settings->when.given ? 0 : settings->when.date.year ? 2 : 1;
    return dims_given(&settings->where) * TIME_KINDS + time_kind;
}

/* `moment` NULL: none yet. */
static bool holds_now(const struct rule_settings *settings, const struct rule_moment *moment)
{
    return moment ? rule_in_force(&settings->when, moment) : !settings->when.given;
}

static bool applies(const struct rule_settings *settings, const struct kpi *kpi, const struct dims *scope,
                    const struct rule_moment *moment)
{
    return settings->kpi == kpi && dims_match(&settings->where, scope) && holds_now(settings, moment);
}

static void apply(struct rule *rule, const struct rule_settings *settings, const struct rule_moment *moment)
{
    change(rule, settings);
    rule->review_due |= moment && is_review_due(settings, moment);
}

/* ---- percent of a plan ---- */

static bool is_of_plan(const struct kpi *kpi)
{
    return kpi->threshold_mode == THRESHOLD_PCT_OF_PLAN ||
           kpi->threshold_mode == THRESHOLD_PCT_OF_TARGET_PACED;
}

/* NaN: there is none. */
static double plan_for(const struct board_settings *settings, const struct kpi *kpi)
{
    double plan = NAN;
    for (size_t i = 0; i < settings->plan_count; i++)
        if (settings->plans[i].kpi == kpi)
            plan = settings->plans[i].value;
    return plan > 0 ? plan : NAN;
}

/* NaN times anything stays NaN: what is not limited stays so. */
static void multiply(struct rule *rule, double factor)
{
    rule->limits.warn_low *= factor;
    rule->limits.warn_high *= factor;
    rule->limits.critical_low *= factor;
    rule->limits.critical_high *= factor;
    rule->hysteresis *= factor;
    rule->target *= factor;
}

static void apply_plan(struct rule *rule, const struct board_settings *settings, const struct kpi *kpi)
{
    double plan = plan_for(settings, kpi);
    rule->of_plan = true;
    rule->plan = plan;
    rule->percent = rule->limits;
    rule->paced = kpi->threshold_mode == THRESHOLD_PCT_OF_TARGET_PACED;
    multiply(rule, plan / 100);
    if (isnan(plan))
        rule->hysteresis = 0;
}

struct rule rule_at_pace(const struct rule *rule, double elapsed)
{
    struct rule now = *rule;
    multiply(&now, elapsed);
    now.plan *= elapsed;
    return now;
}

static struct rule from_board(const struct board_settings *settings, const struct kpi *kpi,
                              const struct dims *scope, const struct rule_moment *moment)
{
    struct rule rule = from_catalogue(kpi);
    for (int rank = 0; rank < RANKS; rank++)
        for (size_t i = 0; i < settings->rule_count; i++)
            if (applies(&settings->rules[i], kpi, scope, moment) && rank_of(&settings->rules[i]) == rank)
                apply(&rule, &settings->rules[i], moment);
    return rule;
}

struct rule rule_for_kpi(const struct board_settings *settings, const struct kpi *kpi,
                         const struct dims *scope)
{
    struct rule rule = from_board(settings, kpi, scope, NULL);
    if (is_of_plan(kpi))
        apply_plan(&rule, settings, kpi);
    return rule;
}

struct rule rule_for_tile_at(const struct board_settings *settings, const struct tile_settings *tile,
                             const struct dims *scope, const struct rule_moment *moment)
{
    struct rule rule = from_board(settings, tile->kpi, scope, moment);
    if (holds_now(&tile->rule, moment))
        apply(&rule, &tile->rule, moment);
    if (is_of_plan(tile->kpi))
        apply_plan(&rule, settings, tile->kpi);
    return rule;
}

size_t rule_layers(const struct board_settings *settings, const struct tile_settings *tile,
                   const struct dims *scope, const struct rule_moment *moment, size_t *layers)
{
    size_t count = 0;
    for (int rank = 0; rank < RANKS; rank++)
        for (size_t i = 0; i < settings->rule_count; i++)
            if (applies(&settings->rules[i], tile->kpi, scope, moment) &&
                rank_of(&settings->rules[i]) == rank)
                layers[count++] = i;
    return count;
}

struct rule rule_for_tile(const struct board_settings *settings, const struct tile_settings *tile,
                          const struct dims *scope)
{
    return rule_for_tile_at(settings, tile, scope, NULL);
}

#include "model/kpi.h"

#include <ctype.h>
#include <math.h>

#include "base/arena.h"
#include "base/text.h"

bool unit_parse(const char *name, enum unit *unit)
{
    static const char *const names[] = {
        [UNIT_COUNT] = "count", [UNIT_SECONDS] = "seconds",     [UNIT_PERCENT] = "percent",
        [UNIT_RATIO] = "ratio", [UNIT_SCORE_1_5] = "score_1_5", [UNIT_SCORE_M100_100] = "score_m100_100",
        [UNIT_EUR] = "EUR",
    };
    int found = text_index(name, names, UNIT_EUR + 1);
    if (found >= 0)
        *unit = (enum unit)found;
    return found >= 0;
}

bool number_format_parse(const char *name, enum number_format *format)
{
    static const char *const names[FORMAT_COUNT] = {
        [FORMAT_INT] = "int",           [FORMAT_PCT] = "pct",       [FORMAT_SIGNED_PCT] = "signed_pct",
        [FORMAT_SIGNED] = "signed",     [FORMAT_SCORE5] = "score5", [FORMAT_EUR] = "eur",
        [FORMAT_RATE_H] = "rate_h",     [FORMAT_RATIO] = "ratio",   [FORMAT_DUR_CLOCK] = "dur_clock",
        [FORMAT_DUR_LONG] = "dur_long", [FORMAT_DUR_HM] = "dur_hm",
    };
    int found = text_index(name, names, FORMAT_COUNT);
    if (found >= 0)
        *format = (enum number_format)found;
    return found >= 0;
}

bool direction_parse(const char *name, enum direction *direction)
{
    static const char *const names[] = {
        [DIRECTION_NONE] = "none",
        [DIRECTION_HIGHER_IS_BETTER] = "higher_is_better",
        [DIRECTION_LOWER_IS_BETTER] = "lower_is_better",
        [DIRECTION_TARGET_BAND] = "target_band",
    };
    int found = text_index(name, names, DIRECTION_TARGET_BAND + 1);
    if (found >= 0)
        *direction = (enum direction)found;
    return found >= 0;
}

bool threshold_mode_parse(const char *name, enum threshold_mode *mode)
{
    static const char *const names[] = {
        [THRESHOLD_NONE] = "none",
        [THRESHOLD_ABSOLUTE] = "absolute",
        [THRESHOLD_PCT_OF_PLAN] = "pct_of_plan",
        [THRESHOLD_PCT_OF_TARGET_PACED] = "pct_of_target_paced",
    };
    int found = text_index(name, names, THRESHOLD_PCT_OF_TARGET_PACED + 1);
    if (found >= 0)
        *mode = (enum threshold_mode)found;
    return found >= 0;
}

bool aggregation_parse(const char *name, enum aggregation *aggregation)
{
    static const char *const names[] = {
        [AGGREGATE_SUM] = "sum",
        [AGGREGATE_DISTINCT_SUM] = "distinct sum",
        [AGGREGATE_RATIO_OF_SUMS] = "ratio_of_sums",
        [AGGREGATE_MAX] = "max",
        [AGGREGATE_MIN] = "min",
    };
    int found = text_index(name, names, AGGREGATE_MIN + 1);
    *aggregation = found >= 0 ? (enum aggregation)found : AGGREGATE_OTHER;
    return name != NULL;
}

static bool counter_character(char c)
{
    return islower((unsigned char)c) || isdigit((unsigned char)c) || c == '_';
}

bool expression_parse(struct arena *arena, const char *text, struct expression *expression)
{
    *expression = (struct expression){0};
    if (!text || !*text)
        return true;
    size_t most = 1;
    for (const char *c = text; *c; c++)
        most += *c == '+' || *c == '-';
    expression->terms = arena_take(arena, most, sizeof *expression->terms);

    double sign = 1;
    for (;;) {
        const char *end = text;
        while (counter_character(*end))
            end++;
        if (end == text)
            return false;
        expression->terms[expression->count++] =
            (struct term){.counter = arena_copy_bytes(arena, text, (size_t)(end - text)), .sign = sign};
        if (!*end)
            return true;
        if (*end != '+' && *end != '-')
            return false;
        sign = *end == '-' ? -1 : 1;
        text = end + 1;
    }
}

struct limits limits_make(enum direction direction, double warn, double warn2, double critical,
                          double critical2)
{
    struct limits limits = {NAN, NAN, NAN, NAN};
    switch (direction) {
    case DIRECTION_HIGHER_IS_BETTER:
        limits.warn_low = warn;
        limits.critical_low = critical;
        break;
    case DIRECTION_LOWER_IS_BETTER:
        limits.warn_high = warn;
        limits.critical_high = critical;
        break;
    case DIRECTION_TARGET_BAND:
        limits = (struct limits){warn, warn2, critical, critical2};
        break;
    case DIRECTION_NONE:
        break;
    }
    return limits;
}

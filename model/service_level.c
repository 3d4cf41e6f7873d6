#include "model/service_level.h"

#include <math.h>

#include "base/text.h"

/* How often each counter goes into the numerator and the denominator. */
struct variant_row {
    const char *name;
    const char *formula;
    int above[COUNTED_COUNT], below[COUNTED_COUNT];
};

static const struct variant_row rows[SERVICE_LEVEL_COUNT] = {
    [SERVICE_LEVEL_V1] = {"V1",
                          "answered in T / (offered - short abandons)",
                          {[COUNTED_ANSWERED_IN_T] = 1},
                          {[COUNTED_OFFERED] = 1, [COUNTED_SHORT_ABANDONED] = -1}},
    [SERVICE_LEVEL_V2] = {"V2",
                          "answered in T / offered",
                          {[COUNTED_ANSWERED_IN_T] = 1},
                          {[COUNTED_OFFERED] = 1}},
    [SERVICE_LEVEL_V3] = {"V3",
                          "answered in T / (offered - abandoned in T)",
                          {[COUNTED_ANSWERED_IN_T] = 1},
                          {[COUNTED_OFFERED] = 1, [COUNTED_ABANDONED_IN_T] = -1}},
    [SERVICE_LEVEL_V4] = {"V4",
                          "(answered in T + abandoned in T) / offered",
                          {[COUNTED_ANSWERED_IN_T] = 1, [COUNTED_ABANDONED_IN_T] = 1},
                          {[COUNTED_OFFERED] = 1}},
    [SERVICE_LEVEL_V5] = {"V5",
                          "answered in T / answered",
                          {[COUNTED_ANSWERED_IN_T] = 1},
                          {[COUNTED_ANSWERED] = 1}},
    [SERVICE_LEVEL_V6] = {"V6",
                          "(answered in T + short abandons) / offered",
                          {[COUNTED_ANSWERED_IN_T] = 1, [COUNTED_SHORT_ABANDONED] = 1},
                          {[COUNTED_OFFERED] = 1}},
    [SERVICE_LEVEL_V7] =
        {"V7",
         "answered in T / (offered - short abandons + waiting over T)",
         {[COUNTED_ANSWERED_IN_T] = 1},
         {[COUNTED_OFFERED] = 1, [COUNTED_SHORT_ABANDONED] = -1, [COUNTED_WAITING_OVER_T] = 1}},
    [SERVICE_LEVEL_SOURCE] = {"source",
                              "answered in T / counted by the source",
                              {[COUNTED_ANSWERED_IN_T] = 1},
                              {[COUNTED_BY_SOURCE] = 1}},
};

const char *service_level_name(enum service_level_variant variant)
{
    return rows[variant].name;
}

bool service_level_parse(const char *name, enum service_level_variant *variant)
{
    for (int i = 0; i < SERVICE_LEVEL_COUNT; i++) {
        if (text_equal(rows[i].name, name)) {
            *variant = (enum service_level_variant)i;
            return true;
        }
    }
    return false;
}

static const char *const counters[COUNTED_COUNT] = {
    [COUNTED_OFFERED] = "offered",
    [COUNTED_ANSWERED] = "answered",
    [COUNTED_ANSWERED_IN_T] = "answered_in_t",
    [COUNTED_ABANDONED_IN_T] = "abandoned_in_t",
    [COUNTED_SHORT_ABANDONED] = "short_abandoned",
    [COUNTED_WAITING_OVER_T] = "waiting_over_t_now",
    [COUNTED_BY_SOURCE] = "sl_counted",
};

size_t service_level_terms(enum service_level_variant variant, bool below, struct term terms[COUNTED_COUNT])
{
    const int *weights = below ? rows[variant].below : rows[variant].above;
    size_t count = 0;
    for (int i = 0; i < COUNTED_COUNT; i++)
        if (weights[i])
            terms[count++] = (struct term){counters[i], weights[i]};
    return count;
}

const char *service_level_formula(enum service_level_variant variant)
{
    return rows[variant].formula;
}

enum service_level_variant service_level_default(const struct service_level_counts *counts)
{
    return isnan(counts->of[COUNTED_BY_SOURCE]) ? SERVICE_LEVEL_V1 : SERVICE_LEVEL_SOURCE;
}

/* NaN times 0 would be NaN: a counter that does not take part is not looked at. */
static double weigh(const int weights[COUNTED_COUNT], const struct service_level_counts *counts)
{
    double sum = 0;
    for (int i = 0; i < COUNTED_COUNT; i++)
        if (weights[i] && !(i == COUNTED_SHORT_ABANDONED && isnan(counts->of[i])))
            sum += weights[i] * counts->of[i];
    return sum;
}

double service_level_percent(enum service_level_variant variant, const struct service_level_counts *counts)
{
    double below = weigh(rows[variant].below, counts);
    if (!(below > 0))
        return NAN;
    return 100 * weigh(rows[variant].above, counts) / below;
}

bool service_level_assumes_no_short(enum service_level_variant variant,
                                    const struct service_level_counts *counts)
{
    const struct variant_row *row = &rows[variant];
    bool used = row->above[COUNTED_SHORT_ABANDONED] || row->below[COUNTED_SHORT_ABANDONED];
    return used && isnan(counts->of[COUNTED_SHORT_ABANDONED]);
}

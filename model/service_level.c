#include "model/service_level.h"

#include "base/text.h"

/* How often each counter goes into the numerator and the denominator. */
struct variant_row {
    const char *name;
    int above[COUNTED_COUNT], below[COUNTED_COUNT];
};

static const struct variant_row rows[SERVICE_LEVEL_COUNT] = {
    [SERVICE_LEVEL_V1] = {"V1",
                          {[COUNTED_ANSWERED_IN_T] = 1},
                          {[COUNTED_OFFERED] = 1, [COUNTED_SHORT_ABANDONED] = -1}},
    [SERVICE_LEVEL_V2] = {"V2", {[COUNTED_ANSWERED_IN_T] = 1}, {[COUNTED_OFFERED] = 1}},
    [SERVICE_LEVEL_V3] = {"V3",
                          {[COUNTED_ANSWERED_IN_T] = 1},
                          {[COUNTED_OFFERED] = 1, [COUNTED_ABANDONED_IN_T] = -1}},
    [SERVICE_LEVEL_V4] = {"V4",
                          {[COUNTED_ANSWERED_IN_T] = 1, [COUNTED_ABANDONED_IN_T] = 1},
                          {[COUNTED_OFFERED] = 1}},
    [SERVICE_LEVEL_V5] = {"V5", {[COUNTED_ANSWERED_IN_T] = 1}, {[COUNTED_ANSWERED] = 1}},
    [SERVICE_LEVEL_V6] = {"V6",
                          {[COUNTED_ANSWERED_IN_T] = 1, [COUNTED_SHORT_ABANDONED] = 1},
                          {[COUNTED_OFFERED] = 1}},
    [SERVICE_LEVEL_V7] =
        {"V7",
         {[COUNTED_ANSWERED_IN_T] = 1},
         {[COUNTED_OFFERED] = 1, [COUNTED_SHORT_ABANDONED] = -1, [COUNTED_WAITING_OVER_T] = 1}},
    [SERVICE_LEVEL_SOURCE] = {"source", {[COUNTED_ANSWERED_IN_T] = 1}, {[COUNTED_BY_SOURCE] = 1}},
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

#include "model/content_kpis.h"

#include <math.h>

#include "base/text.h"

#define NAMED(fr, en)                                                                                        \
    {                                                                                                        \
        .id = "", .label = {[LANGUAGE_FR] = {fr, fr, fr}, [LANGUAGE_EN] = {en, en, en}},                     \
        .definition = {"", ""}, .formula = "", .family = "", .decimals = -1, .aggregation = AGGREGATE_OTHER, \
        .limits = {NAN, NAN, NAN, NAN}, .target = NAN, .range_min = NAN, .range_max = NAN,                   \
        .stale_after_ms = INT64_MAX / 4, .privacy = "team", .display = ""                                    \
    }

static const struct kpi tables[DIM_COUNT] = {
    [DIM_SITE] = NAMED("Par site", "By site"),
    [DIM_TEAM] = NAMED("Par équipe", "By team"),
    [DIM_QUEUE] = NAMED("Par file", "By queue"),
    [DIM_SKILL] = NAMED("Par compétence", "By skill"),
    [DIM_CHANNEL] = NAMED("Par canal", "By channel"),
    [DIM_TYPE] = NAMED("Par type", "By type"),
    [DIM_REASON] = NAMED("Par motif", "By reason"),
    [DIM_CAMPAIGN] = NAMED("Par campagne", "By campaign"),
    [DIM_AGENT] = NAMED("", ""), /* never: config refuses it */
};

static const struct row {
    const char *type;
    struct kpi kpi;
} rows[] = {
    {"text", NAMED("Annonce", "Announcement")},
    {"clock", NAMED("Heure", "Time")},
    {"countdown", NAMED("Compte à rebours", "Countdown")},
};

const struct kpi *content_kpi(const char *type, enum dim by)
{
    if (text_equal(type, "table"))
        return &tables[by];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (text_equal(rows[i].type, type))
            return &rows[i].kpi;
    return NULL;
}

bool content_kpi_is(const struct kpi *kpi)
{
    return kpi->id[0] == '\0';
}

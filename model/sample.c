#include "model/sample.h"

#include "base/arena.h"
#include "base/text.h"

static const char *const period_names[PERIOD_COUNT] = {
    [PERIOD_NOW] = "now",
    [PERIOD_15M] = "15m",
    [PERIOD_30M] = "30m",
    [PERIOD_60M] = "60m",
    [PERIOD_TODAY] = "today",
    [PERIOD_DAY] = "day",
    [PERIOD_WEEK] = "week",
    [PERIOD_MONTH] = "month",
    [PERIOD_ROLLING_7D] = "rolling_7d",
    [PERIOD_ROLLING_28D] = "rolling_28d",
    [PERIOD_NEXT_30M] = "next_30m",
    [PERIOD_QUARTER] = "quarter",
    [PERIOD_ROLLING_12M] = "rolling_12m",
};

static const char *const dim_names[DIM_COUNT] = {
    [DIM_SITE] = "site",     [DIM_TEAM] = "team",         [DIM_QUEUE] = "queue",
    [DIM_SKILL] = "skill",   [DIM_CHANNEL] = "channel",   [DIM_TYPE] = "type",
    [DIM_REASON] = "reason", [DIM_CAMPAIGN] = "campaign", [DIM_AGENT] = "agent",
};

static const char *const channels[CHANNEL_COUNT] = {"voice", "chat",     "email",  "social",     "sms",
                                                    "video", "callback", "ticket", "back_office"};

const char *period_name(enum period period)
{
    return period_names[period];
}

bool period_parse(const char *name, enum period *period)
{
    int found = text_index(name, period_names, PERIOD_COUNT);
    if (found >= 0)
        *period = (enum period)found;
    return found >= 0;
}

const char *dim_name(enum dim dim)
{
    return dim_names[dim];
}

bool dim_parse(const char *name, enum dim *dim)
{
    int found = text_index(name, dim_names, DIM_COUNT);
    if (found >= 0)
        *dim = (enum dim)found;
    return found >= 0;
}

const char *channel_name(int index)
{
    return index >= 0 && index < CHANNEL_COUNT ? channels[index] : NULL;
}

bool channel_known(const char *name)
{
    return text_index(name, channels, CHANNEL_COUNT) >= 0;
}

bool dims_match(const struct dims *where, const struct dims *dims)
{
    for (int i = 0; i < DIM_COUNT; i++)
        if (where->value[i] && !text_equal(where->value[i], dims->value[i]))
            return false;
    return true;
}

bool dims_equal(const struct dims *a, const struct dims *b)
{
    for (int i = 0; i < DIM_COUNT; i++)
        if (!text_equal(a->value[i], b->value[i]))
            return false;
    return true;
}

int dims_given(const struct dims *dims)
{
    int given = 0;
    for (int i = 0; i < DIM_COUNT; i++)
        given += dims->value[i] != NULL;
    return given;
}

void sample_document_destroy(struct sample_document *document)
{
    if (document)
        arena_destroy(document->arena); /* the document itself lives in it */
}

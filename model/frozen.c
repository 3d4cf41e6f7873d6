#include "model/frozen.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* With so many the same figures for ten minutes are no quiet spell. */
enum { CONTACTS_THAT_END = 3, AGENTS_THAT_MOVE = 8 };

struct floor {
    double waiting, longest_wait_s, on_contact, agents;
};

/* Agents may come as a total or by state, by queue or not: the largest number is one that is surely there. */
static void look_at(struct floor *floor, const struct sample *sample)
{
    if (sample->period != PERIOD_NOW || !isfinite(sample->value))
        return;
    if (text_equal(sample->id, "waiting_now"))
        floor->waiting = fmax(floor->waiting, sample->value);
    else if (text_equal(sample->id, "longest_wait_s"))
        floor->longest_wait_s = fmax(floor->longest_wait_s, sample->value);
    else if (text_equal(sample->id, "agents_on_contact"))
        floor->on_contact = fmax(floor->on_contact, sample->value);
    if (text_starts_with(sample->id, "agents_"))
        floor->agents = fmax(floor->agents, sample->value);
}

static struct floor floor_of(const struct sample_document *document)
{
    struct floor floor = {0};
    for (size_t i = 0; i < document->count; i++)
        look_at(&floor, &document->samples[i]);
    return floor;
}

static uint64_t fingerprint_of(const struct sample_document *document)
{
    uint64_t print = 1469598103934665603u + document->count;
    for (size_t i = 0; i < document->count; i++) {
        uint64_t bits;
        memcpy(&bits, &document->samples[i].value, sizeof bits);
        print = (print ^ bits ^ (print >> 31)) * 1099511628211u;
    }
    return print;
}

static bool same_clock(double a_s, double b_s)
{
    return a_s == b_s || (isnan(a_s) && isnan(b_s));
}

void frozen_note(struct frozen *frozen, const struct sample_document *document, struct now figures,
                 struct now now)
{
    uint64_t fingerprint = fingerprint_of(document);
    struct floor floor = floor_of(document);
    bool first = !frozen->has_figures;
    if (first || fingerprint != frozen->fingerprint) {
        frozen->since_ms = now.monotonic_ms;
        frozen->since_wall_ms = now.wall_ms;
        frozen->figures_since_ms = figures.monotonic_ms;
        frozen->figures_since_wall_ms = figures.wall_ms;
    }
    if (first || !same_clock(document->at_s, frozen->at_s))
        frozen->clock_since_ms = now.monotonic_ms;
    frozen->has_figures = true;
    frozen->fingerprint = fingerprint;
    frozen->at_s = document->at_s;
    frozen->somebody_there = floor.agents > 0 || floor.waiting > 0;
    frozen->should_move = floor.longest_wait_s > 0 || (floor.waiting > 0 && floor.agents > 0) ||
                          floor.on_contact >= CONTACTS_THAT_END || floor.agents >= AGENTS_THAT_MOVE;
}

bool frozen_is(const struct frozen *frozen, int64_t limit_ms, int64_t now_ms)
{
    if (!frozen->has_figures || now_ms - frozen->since_ms < limit_ms)
        return false;
    bool clock_stands = !isnan(frozen->at_s) && now_ms - frozen->clock_since_ms >= limit_ms;
    return frozen->should_move || (clock_stands && frozen->somebody_there);
}

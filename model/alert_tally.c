#include "model/alert_tally.h"

#include <math.h>

static const int64_t FLAP_WITHIN_MS = 600000;
static const double DAY_MS = 86400000;

void alert_tally_init(struct alert_tally *tally)
{
    *tally = (struct alert_tally){.got_better_ms = ALERT_TIMER_OFF};
}

static void note_worse(struct alert_tally *tally, const struct judgement *judgement, int64_t now_ms)
{
    if (judgement->alert == ALERT_SHELVED)
        return;
    tally->alerts += tally->last.severity == SEVERITY_OK;
    tally->reds += judgement->severity == SEVERITY_CRITICAL;
    if (tally->got_better_ms != ALERT_TIMER_OFF && now_ms - tally->got_better_ms <= FLAP_WITHIN_MS)
        tally->flaps++;
}

void alert_tally_note(struct alert_tally *tally, const struct judgement *judgement, int64_t now_ms)
{
    if (!tally->begun) {
        tally->begun = true;
        tally->from_ms = tally->last_ms = now_ms;
        tally->last = (struct judgement){.display = DISPLAY_NODATA};
    }
    tally->display_ms[tally->last.display] += now_ms - tally->last_ms;
    if (judgement->severity > tally->last.severity)
        note_worse(tally, judgement, now_ms);
    else if (judgement->severity < tally->last.severity)
        tally->got_better_ms = now_ms;
    tally->last = *judgement;
    tally->last_ms = now_ms;
}

double alert_tally_alerts_a_day(const struct alert_tally *tally)
{
    int64_t passed_ms = tally->last_ms - tally->from_ms;
    return passed_ms > 0 ? tally->alerts * DAY_MS / (double)passed_ms : NAN;
}

double alert_tally_minutes(const struct alert_tally *tally, enum display display)
{
    return (double)tally->display_ms[display] / 60000;
}

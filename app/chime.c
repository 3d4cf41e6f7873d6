#include "app/chime.h"

static bool may_be_heard(const struct snapshot_alert *alert)
{
    if (alert->display != DISPLAY_CRITICAL)
        return false;
    return !alert->tile || (!alert->tile->just_opened && !alert->tile->queue_unnamed);
}

bool chime_is_due(struct chime *chime, const struct snapshot *snapshot)
{
    int64_t newest_wall_ms = chime->newest_wall_ms;
    for (size_t i = 0; i < snapshot->alert_count; i++) {
        const struct snapshot_alert *alert = &snapshot->alerts[i];
        if (may_be_heard(alert) && alert->since_wall_ms > newest_wall_ms)
            newest_wall_ms = alert->since_wall_ms;
    }
    bool is_new = chime->started && newest_wall_ms > chime->newest_wall_ms;
    chime->started = true;
    chime->newest_wall_ms = newest_wall_ms;
    return is_new && !snapshot->flood;
}

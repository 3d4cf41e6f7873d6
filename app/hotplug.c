#include "app/hotplug.h"

static enum hotplug_order look_without_picture(const struct hotplug *hotplug, uint64_t plugged,
                                               int64_t now_ms)
{
    if (plugged == HOTPLUG_NOTHING)
        return HOTPLUG_STAY;
    bool failed_already = plugged == hotplug->failed && now_ms < hotplug->retry_ms;
    return failed_already ? HOTPLUG_STAY : HOTPLUG_OPEN;
}

enum hotplug_order hotplug_look(struct hotplug *hotplug, uint64_t plugged, int64_t now_ms)
{
    bool settled = plugged == hotplug->seen, same = plugged == hotplug->shown;
    hotplug->seen = plugged;
    hotplug->next_ms = now_ms + (hotplug->open && same ? HOTPLUG_LOOK_MS : HOTPLUG_SOON_MS);
    if (!hotplug->open)
        return look_without_picture(hotplug, plugged, now_ms);
    if (same || !settled)
        return HOTPLUG_STAY;
    return plugged == HOTPLUG_NOTHING ? HOTPLUG_CLOSE : HOTPLUG_REOPEN;
}

void hotplug_opened(struct hotplug *hotplug, uint64_t plugged, int64_t now_ms)
{
    *hotplug = (struct hotplug){
        .open = true, .shown = plugged, .seen = plugged, .next_ms = now_ms + HOTPLUG_LOOK_MS};
}

void hotplug_closed(struct hotplug *hotplug)
{
    hotplug->open = false;
}

void hotplug_failed(struct hotplug *hotplug, uint64_t plugged, int64_t now_ms)
{
    hotplug->open = false;
    hotplug->failed = plugged;
    hotplug->next_ms = now_ms + HOTPLUG_SOON_MS;
    hotplug->retry_ms = now_ms + HOTPLUG_TRY_AGAIN_MS;
}

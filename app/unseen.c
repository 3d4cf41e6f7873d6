#include "app/unseen.h"

#include "app/screen.h"
#include "base/clock.h"

bool unseen_run(const struct config *config, struct mailbox *mailbox, int width_px, int height_px,
                int64_t for_ms, const char *picture_path, struct error *error)
{
    struct scene_settings settings = screen_scene_settings(config, width_px, height_px);
    struct scene *scene = scene_create(&settings, error);
    if (!scene)
        return false;
    struct snapshot *shown = NULL;
    int64_t end_ms = clock_monotonic_ms() + for_ms;
    while (clock_monotonic_ms() < end_ms && !mailbox_stop_requested(mailbox)) {
        struct snapshot *newest = mailbox_wait(mailbox, end_ms);
        if (newest) {
            snapshot_destroy(shown);
            shown = newest;
        }
        scene_draw_changes(scene, shown, clock_now());
    }
    bool written = canvas_write_png(scene_canvas(scene), picture_path, error);
    snapshot_destroy(shown);
    scene_destroy(scene);
    return written;
}

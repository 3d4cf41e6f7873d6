#ifndef RENDER_SCENE_H
#define RENDER_SCENE_H

/*
 * The wall as a picture: draws what of a snapshot differs from what is on the canvas already.
 *
 * The canvas is one ARGB32 image in memory; a window shows it, a file keeps it, both the same pixels.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/language.h"
#include "base/now.h"
#include "model/snapshot.h"
#include "render/areas.h"
#include "render/stage.h"

struct scene;
struct canvas;
struct canvas_memory;

struct scene_settings {
    const char *assets_path; /* the folder that holds fonts/, themes/ and i18n/ */
    const char *theme;       /* a file of themes/ without its ending */
    enum language language;
    int width_px, height_px;
    double diagonal_in, reading_distance_m;
    bool reduced_motion; /* what turns critical does not swell */
};

/* NULL: the error names the font, theme or language file that is missing or broken. The caller owns the
 * scene. */
struct scene *scene_create(const struct scene_settings *settings, struct error *error);

/* The same on memory that is lent: see scene_draw_on(). */
struct scene *scene_create_on(const struct scene_settings *settings, const struct canvas_memory *memory,
                              struct error *error);
void scene_destroy(struct scene *scene);

/*
 * From now on it draws on memory that somebody lends until the next call; NULL, or of another size than the
 * scene's: on its own. Where that is another memory than before, all is drawn anew.
 */
void scene_draw_on(struct scene *scene, const struct canvas_memory *memory);

/* Which page of the snapshot is shown, counted from 0; beyond the last shows the last. */
void scene_show_page(struct scene *scene, size_t page);

/* The page and all that somebody with a key wants to see besides; what it points to lives until the next one.
 */
void scene_show(struct scene *scene, const struct stage *stage);

/* What people call its theme, in its language. */
const char *scene_theme_label(const struct scene *scene);

/* The tile that lies next to the chosen one in a direction (-1, 0, 1 each); the chosen one where there is
 * none. */
int scene_neighbour(const struct scene *scene, int chosen, int right, int down);

/*
 * Draws the snapshot as it looks at `now`; only what changed. NULL shows the "starting" screen.
 * True if any pixel may have changed: then scene_changes() says where.
 */
bool scene_draw_changes(struct scene *scene, const struct snapshot *snapshot, struct now now);

/* What the last scene_draw_changes() touched. Valid until the next one. */
const struct area *scene_changes(const struct scene *scene, size_t *count);

/* The picture. Belongs to the scene. */
const struct canvas *scene_canvas(const struct scene *scene);

/* The next moment (monotonic) at which the picture changes by itself (the clock's minute, an age); INT64_MAX:
 * none. */
int64_t scene_next_change_ms(const struct scene *scene, struct now now);

/* The smallest writing that was drawn since the scene was made. */
struct smallest_writing {
    double figure_px; /* height of its figures; 0: nothing was written */
    char words[64];   /* how it begins */
};

const struct smallest_writing *scene_smallest_writing(const struct scene *scene);

/* How high the figure of a tile of the page is drawn, whatever its digits are: by index; 0 where it has none.
 */
double scene_figure_px(struct scene *scene, size_t tile);

/* Every text drawn since the scene was made, in order, for tests that follow a figure to its pixels; one a
 * line. */
void scene_record_texts(struct scene *scene, bool record);
const char *scene_recorded_texts(const struct scene *scene);

#endif

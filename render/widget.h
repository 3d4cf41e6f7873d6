#ifndef RENDER_WIDGET_H
#define RENDER_WIDGET_H

/*
 * What a tile type implements: one function that draws the inside of a tile.
 *
 * The frame (label, light, scope, target, n) is tile.c's and the same for all types. A widget gets the
 * room between, draws with the pen only, and keeps nothing.
 */

#include "render/format.h"
#include "render/light.h"
#include "render/pen.h"

/* The size that a figure has in a room since the page came up: in the same room it only shrinks. Zeroed: none
 * yet. */
struct settled_size {
    int px;
    double width, height; /* of the room */
};

/* One tile at one moment, with the sizes and colours that its frame settled. */
struct tile_view {
    const struct snapshot_tile *tile;
    const struct snapshot_source *source; /* NULL: none yet */
    int64_t taken_wall_ms;
    int64_t age_ms;       /* of the figures, now */
    bool page_has_trends; /* some tile of the page has a curve or bars: all leave room, so that figures stand
                             in line */
    struct settled_size *settled; /* of the figure */

    const struct snapshot *snapshot;
    struct now now;
    int64_t page_since_ms; /* monotonic: when the page came up */
    enum display
        ground_display; /* whose ground and ink the tile wears: that of its state, if it is one figure */

    double unit;          /* the side that all proportions of the tile are taken from, in pixels */
    double figure_height; /* of the room for the figure, the same in all tiles of a size */
    int small_px;         /* type size of everything but label and value */
    bool answer_below;    /* what people have done about the alert has no room behind its word */
    colour ground;        /* of the tile */
    colour ink, ink_dim;  /* value; everything else */
    colour accent;        /* the state's colour on this ground */
};

typedef void widget_draw(struct pen *pen, const struct tile_view *view, struct box room);

widget_draw widget_number_draw;
widget_draw widget_gauge_draw;
widget_draw widget_sparkline_draw;
widget_draw widget_bar_draw;
widget_draw widget_breakdown_draw;
widget_draw widget_okr_draw;
widget_draw widget_ribbon_draw;
widget_draw widget_table_draw;
widget_draw widget_leaderboard_draw;
widget_draw widget_list_draw;
widget_draw widget_text_draw;
widget_draw widget_clock_draw;
widget_draw widget_countdown_draw;

/* ---- what widgets share ---- */

/*
 * The value, as large as the box allows, its unit half as large on the same baseline. ALIGN_LEFT or
 * ALIGN_CENTRE. Gives the baseline.
 */
double widget_draw_value(struct pen *pen, const struct tile_view *view, struct box box, enum align align);

/* The share of its room's height that a figure has, the same in all tiles of a page: what is below it may be
 * a curve or bars. */
double widget_value_share(const struct tile_view *view);

/* The height that the figure has of a room. */
double widget_value_height(const struct tile_view *view, struct box room);

/* How much of that box the value takes, whatever its digits are. */
double widget_value_width(struct pen *pen, const struct tile_view *view, struct box box);

/*
 * A line of words in a room: as it is, then narrow, then smaller as long as it is read from where people
 * stand, then cut with "…". Gives the width drawn.
 */
double widget_text(struct pen *pen, struct type_style style, colour ink, double x, double baseline,
                   double room, enum align align, const char *text);

/* The same from the left; what would be cut is broken at blanks, and its pieces take turns: « … avant 9 h ».
 */
void widget_turning_text(struct pen *pen, const struct tile_view *view, struct type_style style, double x,
                         double baseline, double room, const char *text);

/* Words on as many lines as they take, of at most that size; smaller where they must, paged where they still
 * do not fit. */
void widget_paragraph_draw(struct pen *pen, const struct tile_view *view, struct box box, double most_px,
                           const char *text);

/* Whether the figure would be high enough in the box to be read from where people stand. */
bool widget_value_is_readable(struct pen *pen, const struct tile_view *view, struct box box);

/* Whether a gauge is drawn as one in the room; else it is a number. */
bool widget_gauge_has_room(struct pen *pen, const struct tile_view *view, struct box room);

/* A quiet sentence in place of what is not there. */
void widget_words_draw(struct pen *pen, const struct tile_view *view, struct box room, const char *words);

/* Which page of so many things has its turn now, from 0; they change every WIDGET_PAGE_MS. */
enum { WIDGET_PAGE_MS = 10000 };
size_t widget_page(const struct tile_view *view, size_t count, size_t on_a_page);

/* In how long a countdown says something else; INT64_MAX: it is over. */
int64_t widget_countdown_next_ms(const struct snapshot_countdown *countdown, struct now now,
                                 int64_t page_since_ms);

/* The colours of a light inside a tile: on a tile that is filled its ink, for there a state's own colour
 * would not be seen; the shape tells which it is. */
struct light_colours widget_light_colours(const struct pen *pen, const struct tile_view *view,
                                          enum display display);

/* The baseline of a line of words of this size in the middle of a box. */
double widget_baseline(struct pen *pen, struct box box, int px);

/* Whether the tile has a value to show: an em dash has no unit and no gauge. */
bool widget_has_value(const struct tile_view *view);

#endif

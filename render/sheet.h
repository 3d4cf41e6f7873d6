#ifndef RENDER_SHEET_H
#define RENDER_SHEET_H

/*
 * What lies where the tiles would be while somebody stands in front of the wall: the detail of a tile, its
 * why, the steps of a huddle, the info page, the help. Written for three metres, not for ten.
 */

#include "base/now.h"
#include "render/pen.h"

struct sheet {
    const struct snapshot *snapshot; /* NULL: nothing came yet */
    const struct stage *stage;
    struct now now;
};

/* Draws (or watches) in the pen's area. */
void sheet_draw(struct pen *pen, const struct sheet *sheet);

/* All that it depends on, and in how long it changes by itself (INT64_MAX: never). */
uint64_t sheet_inputs(const struct sheet *sheet);
int64_t sheet_next_change_in_ms(const struct sheet *sheet);

/* ---- the screens, for sheet.c ---- */

void detail_draw(struct pen *pen, const struct sheet *sheet);
void detail_definition_draw(struct pen *pen, const struct sheet *sheet, const struct snapshot_tile *tile,
                            struct box box);
void why_draw(struct pen *pen, const struct sheet *sheet);
void huddle_draw(struct pen *pen, const struct sheet *sheet);
void info_draw(struct pen *pen, const struct sheet *sheet);
void help_draw(struct pen *pen, const struct sheet *sheet);

/* ---- what they share ---- */

/* The chosen tile; NULL: there is none. */
const struct snapshot_tile *sheet_tile(const struct sheet *sheet);

/* The tile as on the wall, in a part of the sheet. */
void sheet_tile_draw(struct pen *pen, const struct sheet *sheet, const struct snapshot_tile *tile,
                     struct box box);

/* A ground to write on, with a heading (NULL: none); gives the room inside. */
struct box sheet_panel(struct pen *pen, struct box box, const char *heading);

/* What a heading leaves of its own line. */
struct box sheet_panel_beside(struct pen *pen, struct box box, const char *heading);

/* How high it is with a heading and so much room inside. */
double sheet_panel_height(struct pen *pen, double room_height);

struct type_style sheet_type(const struct pen *pen, enum font_face face, double design_px);

/* One line, cut where it is too long; gives its width. */
double sheet_line(struct pen *pen, struct type_style style, colour ink, struct box box, enum align align,
                  const char *text);

/* Words on as many lines as they need, cut at the foot of the box; gives the height. Drawn only where `draw`.
 */
double sheet_paragraph(struct pen *pen, struct type_style style, colour ink, struct box box, const char *text,
                       bool draw);

/* A light, what is spoken of, and what is said of it, at both ends of a line. */
struct sheet_row {
    enum display display; /* NEUTRAL: no light */
    const char *lead, *rest;
};
void sheet_row_draw(struct pen *pen, const struct sheet_row *row, struct box box);

/* So many rows of `height` fit; the one that says how many more there are included. */
size_t sheet_rows_fit(struct box box, double height, size_t count);

/* "+3" in the last row, where not all fit. */
void sheet_more_draw(struct pen *pen, struct box box, size_t more);

/* "Niveau de service · Support · 30 min": the same figure may stand on the board for other periods. */
void sheet_tile_name(const struct pen *pen, const struct snapshot_tile *tile, struct text *out);

/* The tile's value as its figure is written; an em dash where there is none. */
void sheet_value(const struct pen *pen, const struct snapshot_tile *tile, double value, struct text *out);

/* "4 min", "2 h": how long something was. */
void sheet_duration(const struct pen *pen, int64_t ms, struct text *out);

/* Whether the sheet is higher than wide: then things stand below each other. */
bool sheet_is_upright(const struct pen *pen);

#endif

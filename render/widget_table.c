#include <math.h>

#include "render/light.h"
#include "render/tile.h"
#include "render/widget.h"

/*
 * KPIs side by side, queues (or teams, channels) below each other, every cell with its own light. A critical
 * cell is filled, as a tile would be. Nothing is smaller than what is read from where people stand: rows and
 * columns that have no room take turns, the worst row first, and the foot says so.
 */

/* Sizes of a table that is drawn. */
struct grid {
    struct box box;
    double name, column;     /* widths */
    double head, line, foot; /* heights */
    int px;                  /* of names and figures */
    size_t lines;            /* that have room */
    size_t columns;          /* that have room */
    size_t first_column;     /* of those that have their turn */
};

/* ---- sizes ---- */

static const double line_share = 1.42, close_line_share = 1.16; /* of the type size */

static const char *name_of(const struct pen *pen, const struct snapshot_row *row)
{
    return row->name_is_channel ? words_of_channel(pen->words, row->name) : row->name;
}

static double widest_name(struct pen *pen, const struct snapshot_table *table, struct type_style style)
{
    double widest = 0;
    for (size_t i = 0; i < table->row_count; i++)
        widest = fmax(widest, pen_text_width(pen, style, name_of(pen, &table->rows[i])));
    return ceil(widest);
}

static size_t rows_told(const struct snapshot_table *table)
{
    return table->row_count > table->untold ? table->row_count - table->untold : 0;
}

/* How many lines of that height there are. */
static size_t lines_in(double height, double line)
{
    return height > line ? (size_t)(height / line) : 1;
}

/* Lines stand closer rather than that some of them have to wait for their turn. */
static void set_lines(struct grid *grid, size_t rows, bool has_foot)
{
    double foot = round(grid->px * 1.1), close = grid->px * close_line_share;
    if (grid->box.height < grid->head + foot + close) /* a row is worth more than what is said about rows */
        foot = 0;
    if (grid->box.height < grid->head + close)
        grid->head = 0;
    double height = grid->box.height - grid->head, least = grid->px * line_share;
    grid->foot = has_foot ? foot : 0;
    if (lines_in(height - grid->foot, close) < rows) {
        grid->foot = foot;
        grid->lines = lines_in(height - foot, least);
    } else {
        grid->lines = rows;
    }
    height -= grid->foot;
    grid->line = grid->lines ? floor(fmin(height / (double)grid->lines, least * 1.6)) : 0;
}

/* ---- a cell ---- */

static bool is_loud(enum display display)
{
    return display == DISPLAY_CRITICAL;
}

static bool has_value(const struct snapshot_tile *cell)
{
    return isfinite(cell->value) && cell->display != DISPLAY_NODATA && cell->display != DISPLAY_CLOSED;
}

static void figure_of(const struct pen *pen, const struct snapshot_tile *cell, struct text *out)
{
    struct figure_style style = figure_style_of(cell, pen->language);
    struct figure figure =
        has_value(cell) ? figure_make_truthful(&style, cell->value, &cell->limits) : figure_make(&style, NAN);
    text_append(out, figure.text);
}

static void cell_light_draw(struct pen *pen, const struct snapshot_tile *cell, struct point centre,
                            double size, colour ground)
{
    if (cell->display == DISPLAY_NEUTRAL)
        return;
    if (cell->display == DISPLAY_OK && display_is_alert(cell->pending))
        light_draw_pending(pen, cell->pending, centre, size,
                           light_colours_on(pen->theme, cell->pending, ground).shape);
    else
        light_draw(pen, cell->display, centre, size, light_colours_on(pen->theme, cell->display, ground));
}

static void cell_ground_draw(struct pen *pen, const struct tile_view *view, const struct snapshot_tile *cell,
                             struct box box)
{
    const struct state_colours *state = &pen->theme->state[theme_state_of(cell->display)];
    double inset = fmax(pen_px(pen, 2), 1), radius = pen_px(pen, 6);
    struct box inner = box_inset(box, inset);
    if (is_loud(cell->display))
        pen_box(pen, inner, radius, state->fill);
    else if (cell->display == DISPLAY_STALE)
        pen_box_outline(pen, inner, radius, inset, pen_px(pen, 8), theme_mix(view->ground, state->fg, 0.8));
    else if (cell->display == DISPLAY_WARN)
        pen_box(pen, (struct box){inner.x, inner.y, pen_px(pen, 6), inner.height}, 0, state->fg);
}

/* ---- how large ---- */

static const double light_share = 0.85, padding_share = 0.35; /* of the type size */

static double figure_room(const struct grid *grid)
{
    return grid->column - grid->px * (light_share + 3 * padding_share);
}

static bool figures_fit(struct pen *pen, const struct snapshot_table *table, const struct grid *grid)
{
    struct type_style style = {FACE_NARROW_BOLD, grid->px};
    bool fit = true;
    for (size_t i = 0; i < table->row_count && fit; i++)
        for (size_t j = 0; j < table->column_count && fit; j++) {
            struct text figure = {0};
            figure_of(pen, &table->rows[i].cells[j], &figure);
            fit = pen_text_width(pen, style, text_bytes(&figure)) <= figure_room(grid);
            text_finish(&figure);
        }
    return fit;
}

static void set_columns(struct pen *pen, const struct snapshot_table *table, struct grid *grid)
{
    double name = widest_name(pen, table, (struct type_style){FACE_REGULAR, grid->px}) + grid->px * 0.6;
    grid->head = round(grid->px * 1.25);
    grid->name = fmin(name, grid->box.width * (grid->columns > 2 ? 0.3 : 0.4));
    grid->column = floor((grid->box.width - grid->name) / (double)grid->columns);
}

/* A figure is never cut: where a table is too wide for its tile, all of it is smaller as long as that can be
 * read; then there are fewer columns at a time. */
static void fit_columns(struct pen *pen, const struct snapshot_table *table, struct grid *grid)
{
    grid->columns = table->column_count;
    set_columns(pen, table, grid);
    while (!figures_fit(pen, table, grid)) {
        int smaller = pen_type_px(pen, grid->px * 0.92);
        if (smaller < grid->px && smaller > 2 * FONT_SMALLEST_PX)
            grid->px = smaller;
        else if (grid->columns > 1)
            grid->columns--;
        else
            return;
        set_columns(pen, table, grid);
    }
}

static struct grid grid_of(struct pen *pen, const struct tile_view *view, struct box room, bool has_foot)
{
    const struct snapshot_table *table = view->tile->table;
    struct grid grid = {.box = room, .px = view->small_px};
    fit_columns(pen, table, &grid);
    set_lines(&grid, rows_told(table), has_foot || grid.columns < table->column_count);
    return grid;
}

/* How many columns there are to be seen now. */
static size_t columns_shown(const struct snapshot_table *table, const struct grid *grid)
{
    size_t left = table->column_count - grid->first_column;
    return left < grid->columns ? left : grid->columns;
}

/* On the fill of its own cell a light is drawn in the fill's ink. */
static void cell_draw(struct pen *pen, const struct tile_view *view, const struct grid *grid,
                      const struct snapshot_tile *cell, struct box box)
{
    const struct state_colours *state = &pen->theme->state[theme_state_of(cell->display)];
    bool loud = is_loud(cell->display), dim = cell->display == DISPLAY_STALE || !has_value(cell);
    double light = grid->px * light_share, padding = grid->px * padding_share;
    struct point centre = {round(box.x + box.width - padding - light / 2), round(box.y + box.height / 2)};
    struct text figure = {0};
    cell_ground_draw(pen, view, cell, box);
    figure_of(pen, cell, &figure);
    widget_text(pen, (struct type_style){FACE_BOLD, grid->px},
                loud  ? state->on_fill
                : dim ? view->ink_dim
                      : view->ink,
                centre.x - light / 2 - padding, widget_baseline(pen, box, grid->px), figure_room(grid),
                ALIGN_RIGHT, text_bytes(&figure));
    if (loud)
        light_draw(pen, cell->display, centre, light, (struct light_colours){state->on_fill, state->fill});
    else
        cell_light_draw(pen, cell, centre, light, view->ground);
    text_finish(&figure);
}

/* ---- lines ---- */

static void head_draw(struct pen *pen, const struct tile_view *view, const struct grid *grid)
{
    const struct snapshot_table *table = view->tile->table;
    for (size_t i = 0; i < columns_shown(table, grid); i++) {
        struct box box = {grid->box.x + grid->name + grid->column * (double)i, grid->box.y, grid->column,
                          grid->head};
        struct type_style style = {FACE_REGULAR, pen_type_px(pen, grid->px * 0.9)};
        struct text label = {0};
        double padding = grid->px * 0.35;
        tile_fit_label(pen, &table->columns[grid->first_column + i], box.width - padding, &style, &label);
        pen_text(pen, style, view->ink_dim, box.x + box.width - padding, widget_baseline(pen, box, style.px),
                 ALIGN_RIGHT, text_bytes(&label));
        text_finish(&label);
    }
}

static bool all_closed(const struct snapshot_table *table, const struct snapshot_row *row)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (row->cells[i].display != DISPLAY_CLOSED)
            return false;
    return table->column_count > 0;
}

/* "FERMÉ · lun. 08:30" in place of dashes. */
static void closed_draw(struct pen *pen, const struct tile_view *view, const struct grid *grid,
                        const struct snapshot_row *row, struct box box)
{
    struct text words = {0};
    text_append(&words, words_get(pen->words, WORD_CLOSED));
    if (row->cells[0].opens_wall_ms) {
        text_append(&words, " · ");
        words_of_opening(pen->words, row->cells[0].opens_wall_ms, view->taken_wall_ms, true, &words);
    }
    double padding = grid->px * 0.35;
    widget_text(pen, (struct type_style){FACE_REGULAR, grid->px}, view->ink_dim, box.x + box.width - padding,
                widget_baseline(pen, box, grid->px), box.width - 2 * padding, ALIGN_RIGHT,
                text_bytes(&words));
    text_finish(&words);
}

static void row_draw(struct pen *pen, const struct tile_view *view, const struct grid *grid,
                     const struct snapshot_row *row, double top)
{
    const struct snapshot_table *table = view->tile->table;
    struct box name = {grid->box.x, top, grid->name - grid->px * 0.4, grid->line};
    struct box cells = {grid->box.x + grid->name, top, grid->box.width - grid->name, grid->line};
    double rule = fmax(pen_px(pen, 1), 1);
    pen_box(pen, (struct box){grid->box.x, top - rule, grid->box.width, rule}, 0,
            theme_mix(view->ground, view->ink_dim, 0.25));
    widget_text(pen, (struct type_style){FACE_REGULAR, grid->px}, view->ink, name.x,
                widget_baseline(pen, name, grid->px), name.width, ALIGN_LEFT, name_of(pen, row));
    if (all_closed(table, row)) {
        closed_draw(pen, view, grid, row, cells);
        return;
    }
    for (size_t i = 0; i < columns_shown(table, grid); i++)
        cell_draw(pen, view, grid, &row->cells[grid->first_column + i],
                  (struct box){cells.x + grid->column * (double)i, top, grid->column, grid->line});
}

/* ---- the foot ---- */

/* The first reason for which a cell is withheld; WITHHELD_NOT: none is. */
static enum withheld withheld_in(const struct snapshot_table *table)
{
    for (size_t i = 0; i < table->row_count; i++)
        for (size_t j = 0; j < table->column_count; j++)
            if (table->rows[i].cells[j].withheld != WITHHELD_NOT)
                return table->rows[i].cells[j].withheld;
    return WITHHELD_NOT;
}

/* "3–4 sur 5"; a single one is "5 sur 5". */
static void turn_text(const struct pen *pen, size_t first, size_t shown, size_t all, struct text *out)
{
    text_append_format(out, "%zu", first + 1);
    if (shown > 1)
        text_append_format(out, "–%zu", first + shown);
    text_append_format(out, " %s %zu", words_get(pen->words, WORD_OF), all);
}

/* "1–8 sur 200 · pires d’abord", "1–3 sur 5 →" of columns. */
static void paging_text(const struct pen *pen, const struct snapshot_table *table, const struct grid *grid,
                        size_t first, struct text *out)
{
    size_t all = rows_told(table), left = all - first, columns = columns_shown(table, grid);
    if (columns < table->column_count) {
        turn_text(pen, grid->first_column, columns, table->column_count, out);
        text_append(out, " →");
    }
    if (grid->lines >= all)
        return;
    text_append(out, out->length ? " · " : "");
    turn_text(pen, first, left < grid->lines ? left : grid->lines, all, out);
    text_append_format(out, " · %s", words_get(pen->words, WORD_WORST_FIRST));
}

static void foot_draw(struct pen *pen, const struct tile_view *view, const struct grid *grid,
                      const char *paging)
{
    enum withheld withheld = withheld_in(view->tile->table);
    struct text words = {0}, more = {0}, count = {0};
    struct box foot = {grid->box.x, grid->box.y + grid->box.height - grid->foot, grid->box.width, grid->foot};
    struct type_style style = {FACE_NARROW, pen_type_px(pen, grid->px * 0.85)};
    if (withheld != WITHHELD_NOT)
        text_append_format(&words, "— %s", words_get(pen->words, WORD_WITHHELD + (int)withheld - 1));
    text_append(&more, paging);
    if (view->tile->table->untold) {
        text_append(&more, more.length ? " · " : "");
        text_append_format(&count, "%zu", view->tile->table->untold);
        words_fill(pen->words, words_of_count(pen->language, WORD_MORE_ROWS, view->tile->table->untold),
                   text_bytes(&count), &more);
    }
    double baseline = widget_baseline(pen, foot, style.px);
    double taken = widget_text(pen, style, view->ink_dim, foot.x + foot.width, baseline,
                               foot.width * (words.length ? 0.6 : 1), ALIGN_RIGHT, text_bytes(&more));
    widget_text(pen, style, view->ink_dim, foot.x, baseline, foot.width - taken - grid->px, ALIGN_LEFT,
                text_bytes(&words));
    text_finish(&words);
    text_finish(&more);
    text_finish(&count);
}

static const struct snapshot_row *row_at(const struct snapshot_table *table, bool by_trouble, size_t index)
{
    return by_trouble ? table->by_trouble[index] : &table->rows[index];
}

/* All columns of some rows, then those of the next: gives the first row. */
static size_t set_turn(const struct tile_view *view, const struct snapshot_table *table, struct grid *grid)
{
    size_t across = (table->column_count + grid->columns - 1) / grid->columns;
    size_t down = (rows_told(table) + grid->lines - 1) / grid->lines;
    size_t turn = widget_page(view, across * down, 1);
    grid->first_column = turn % across * grid->columns;
    return turn / across * grid->lines;
}

void widget_table_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    const struct snapshot_table *table = view->tile->table;
    if (!table || table->row_count == 0 || table->column_count == 0) {
        widget_words_draw(pen, view, room, words_get(pen->words, WORD_NO_ROWS));
        return;
    }
    bool has_foot = table->untold > 0 || withheld_in(table) != WITHHELD_NOT;
    struct grid grid = grid_of(pen, view, room, has_foot);
    size_t all = rows_told(table);
    if (grid.lines == 0)
        return;
    bool paged = all > grid.lines;
    size_t first = set_turn(view, table, &grid);
    struct text paging = {0};
    if (grid.head > 0)
        head_draw(pen, view, &grid);
    for (size_t i = 0; i < grid.lines && first + i < all; i++)
        row_draw(pen, view, &grid, row_at(table, paged || table->worst_first, first + i),
                 grid.box.y + grid.head + grid.line * (double)i);
    paging_text(pen, table, &grid, first, &paging);
    if (grid.foot > 0)
        foot_draw(pen, view, &grid, text_bytes(&paging));
    text_finish(&paging);
}

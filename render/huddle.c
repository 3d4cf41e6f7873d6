/* The guided walk of a huddle: one question a step, frozen, with what is left of ten minutes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "model/comparison.h"
#include "model/review.h"
#include "model/sample.h"
#include "render/format.h"
#include "render/light.h"
#include "render/ring.h"
#include "render/sheet.h"

static const double row_px = 80, row_most_px = 104, half_row_px = 64; /* of the design */

/* ---- the head: which step, what is left, when it was frozen ---- */

static int64_t left_ms(const struct sheet *sheet)
{
    int64_t left = HUDDLE_MS - (sheet->now.monotonic_ms - sheet->stage->huddle_began_ms);
    return left < 0 ? 0 : left;
}

static bool is_soon_over(const struct sheet *sheet)
{
    return sheet->now.monotonic_ms - sheet->stage->huddle_began_ms >= HUDDLE_SOON_OVER_MS;
}

/* "07:12", amber and with its triangle for the last two minutes; it never flashes. */
static double draw_countdown(struct pen *pen, const struct sheet *sheet, struct box head)
{
    char digits[16];
    int64_t left_s = (left_ms(sheet) + 999) / 1000;
    struct type_style style = sheet_type(pen, FACE_BOLD, 72);
    bool soon = is_soon_over(sheet);
    const struct state_colours *amber = &pen->theme->state[STATE_WARN];
    double pad = soon ? style.px * 0.3 : 0, light = soon ? style.px * 0.7 : 0;
    snprintf(digits, sizeof digits, "%02d:%02d", (int)(left_s / 60), (int)(left_s % 60));
    double width = pen_text_width(pen, style, digits) + light + 3 * pad;
    struct box box = {head.x + head.width - width, head.y, width, head.height};
    if (soon) {
        pen_box(pen, box, pen_px(pen, 12), amber->fill);
        light_draw(pen, DISPLAY_WARN, (struct point){box.x + pad + light / 2, box.y + box.height / 2}, light,
                   (struct light_colours){amber->on_fill, amber->fill});
    }
    box.width -= pad;
    sheet_line(pen, style, soon ? amber->on_fill : pen->theme->text_primary, box, ALIGN_RIGHT, digits);
    return width;
}

/* "gelé 14:05" */
static double draw_stamp(struct pen *pen, const struct sheet *sheet, struct box head, double right)
{
    struct text time = {0}, stamp = {0};
    struct type_style style = sheet_type(pen, FACE_BOLD, 40);
    words_of_time(sheet->snapshot->taken.wall_ms, &time);
    words_fill(pen->words, WORD_FROZEN_AT, text_bytes(&time), &stamp);
    double pad = style.px * 0.5, height = round(style.px * 1.5);
    double width = pen_text_width(pen, style, text_bytes(&stamp)) + 2 * pad;
    struct box box = {right - width, round(head.y + (head.height - height) / 2), width, height};
    pen_box_outline(pen, box, height / 4, pen_px(pen, 3), 0, pen->theme->text_secondary);
    sheet_line(pen, style, pen->theme->text_primary, box, ALIGN_CENTRE, text_bytes(&stamp));
    text_finish(&time);
    text_finish(&stamp);
    return width;
}

/* One bar a step; those behind us are filled. */
static void draw_progress(struct pen *pen, enum huddle_step step, struct box line)
{
    double gap = pen_px(pen, 10), width = (line.width - gap * (HUDDLE_STEPS - 1)) / HUDDLE_STEPS;
    colour ahead = theme_mix(pen->theme->bg, pen->theme->text_secondary, 0.35);
    for (int i = 0; i < HUDDLE_STEPS; i++) {
        struct box bar = {line.x + i * (width + gap), line.y, width, line.height};
        pen_box(pen, bar, line.height / 2, i <= (int)step ? pen->theme->text_primary : ahead);
    }
}

static void draw_question(struct pen *pen, struct box title, const char *words)
{
    struct type_style style = sheet_type(pen, FACE_BOLD, 54);
    if (pen_text_width(pen, style, words) > title.width)
        style.face = FACE_NARROW_BOLD;
    sheet_line(pen, style, pen->theme->text_primary, title, ALIGN_LEFT, words);
}

/* Before the first huddle there is no last one to look back to. */
static int question_of(const struct sheet *sheet)
{
    const struct review *review = sheet->snapshot->review;
    if (sheet->stage->step == HUDDLE_SINCE && review && review->first)
        return WORD_HUDDLE_FIRST;
    return WORD_HUDDLE_STEP + (int)sheet->stage->step;
}

/* On a screen that stands the step has a line of its own. */
static double draw_head(struct pen *pen, const struct sheet *sheet, struct box whole)
{
    double height = pen_px(pen, 84), gap = pen_px(pen, 28), bar = pen_px(pen, 12);
    struct box head = {whole.x, whole.y + bar, whole.width, height}, title = head;
    double right = whole.x + whole.width - draw_countdown(pen, sheet, head) - gap;
    right -= draw_stamp(pen, sheet, head, right) + gap;
    if (sheet_is_upright(pen))
        title.y += height;
    else
        title.width = right - head.x;
    draw_question(pen, title, words_get(pen->words, question_of(sheet)));
    double below = title.y + height + bar - whole.y;
    draw_progress(pen, sheet->stage->step, (struct box){whole.x, whole.y + below, whole.width, bar});
    return below + bar * 2.2;
}

/* ---- the foot: the keys, and what goes on meanwhile ---- */

/* "en direct : 2 nouveaux rouges", else that figures do not come any more; false: neither. */
static bool meanwhile_text(const struct pen *pen, const struct stage *stage, struct text *out)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", stage->news);
    if (stage->news > 0)
        words_fill(pen->words, stage->news > 1 ? WORD_HUDDLE_NEWS_MANY : WORD_HUDDLE_NEWS, digits, out);
    else if (stage->gone_silent)
        text_append(out, words_get(pen->words, WORD_HUDDLE_SILENT));
    return out->length > 0;
}

static double draw_foot(struct pen *pen, const struct sheet *sheet, struct box whole)
{
    struct type_style style = sheet_type(pen, FACE_REGULAR, 32), mark = sheet_type(pen, FACE_BOLD, 34);
    double height = round(style.px * 1.7);
    struct box foot = {whole.x, whole.y + whole.height - height, whole.width, height};
    struct text words = {0};
    if (meanwhile_text(pen, sheet->stage, &words)) {
        enum display display = sheet->stage->news > 0 ? DISPLAY_CRITICAL : DISPLAY_STALE;
        double light = mark.px * 1.1;
        double width = sheet_line(pen, mark, pen->theme->text_primary, foot, ALIGN_RIGHT, text_bytes(&words));
        light_draw(pen, display, (struct point){foot.x + foot.width - width - light, foot.y + height / 2},
                   light, light_colours_on(pen->theme, display, pen->theme->bg));
    }
    text_finish(&words);
    foot.width *= 0.5;
    sheet_line(pen, style, pen->theme->text_secondary, foot, ALIGN_LEFT,
               words_get(pen->words, WORD_HUDDLE_KEYS));
    return height;
}

/* ---- rows ---- */

/* Where the rows of a step go, one below the other. */
struct list {
    struct pen *pen;
    struct box room;
    double height;
    size_t left_out;
    bool any;
};

/* Few rows are high ones: they are read from further away. */
static struct list list_in(struct pen *pen, struct box room, size_t count)
{
    double lines = sheet_is_upright(pen) ? 2 : 1, least = pen_px(pen, lines > 1 ? half_row_px : row_px);
    double height = floor(room.height / lines / (double)(count + 1));
    height = lines * fmin(fmax(height, least), pen_px(pen, row_most_px));
    return (struct list){.pen = pen, .room = room, .height = height};
}

/* On a screen that stands what is said stands below what it is said of. */
static void draw_entry(struct list *list, const struct sheet_row *row)
{
    struct box box = {list->room.x, list->room.y, list->room.width, list->height};
    if (!sheet_is_upright(list->pen)) {
        sheet_row_draw(list->pen, row, box);
        return;
    }
    box.height /= 2;
    sheet_row_draw(list->pen, &(struct sheet_row){row->display, row->lead, ""}, box);
    box.y += box.height;
    sheet_row_draw(list->pen, &(struct sheet_row){DISPLAY_NEUTRAL, "", row->rest}, box);
}

/* The last place is kept for "+n" where there may be more. */
static void list_add(struct list *list, const struct sheet_row *row)
{
    list->any = true;
    if (list->room.height < 2 * list->height) {
        list->left_out++;
        return;
    }
    draw_entry(list, row);
    list->room.y += list->height;
    list->room.height -= list->height;
}

static void list_end(struct list *list)
{
    list->room.height = fmin(list->height, pen_px(list->pen, row_px));
    sheet_more_draw(list->pen, list->room, list->left_out);
}

/* What stands where there is nothing to list; in the middle, for it is the message. */
static void draw_message(struct pen *pen, struct box room, enum display display, const char *text)
{
    struct type_style style = sheet_type(pen, FACE_BOLD, 52);
    double light = display == DISPLAY_NEUTRAL ? 0 : style.px * 1.6;
    struct box place = {room.x, room.y + room.height * 0.36, room.width, style.px * 1.4};
    if (light > 0)
        light_draw(pen, display, (struct point){room.x + room.width / 2, place.y - light * 0.9}, light,
                   light_colours_on(pen->theme, display, pen->theme->surface));
    if (pen_text_width(pen, style, text) <= place.width) {
        sheet_line(pen, style, pen->theme->text_primary, place, ALIGN_CENTRE, text);
        return;
    }
    place.height = room.y + room.height - place.y;
    sheet_paragraph(pen, style, pen->theme->text_primary, place, text, true);
}

/* ---- the tiles of a board ---- */

typedef void tile_visit(void *context, const struct snapshot_tile *tile);

static void visit_tiles(const struct snapshot *snapshot, tile_visit *visit, void *context)
{
    for (size_t i = 0; i < snapshot->page_count; i++)
        for (size_t j = 0; j < snapshot->pages[i].tile_count; j++)
            visit(context, &snapshot->pages[i].tiles[j]);
}

static const struct snapshot_tile *find_tile(const struct snapshot *snapshot, const char *id)
{
    for (size_t i = 0; i < snapshot->page_count; i++)
        for (size_t j = 0; j < snapshot->pages[i].tile_count; j++)
            if (text_equal(snapshot->pages[i].tiles[j].id, id))
                return &snapshot->pages[i].tiles[j];
    return NULL;
}

/* A queue of one agent is not named (P15). */
static void alert_name(const struct pen *pen, const struct snapshot_tile *tile, struct text *out)
{
    struct snapshot_tile named = *tile;
    if (tile->queue_unnamed)
        named.scope.value[DIM_QUEUE] = NULL;
    sheet_tile_name(pen, &named, out);
}

/* ---- 1: reds, the longest first ---- */

static int by_age(const void *left, const void *right)
{
    const struct snapshot_tile *a = *(const struct snapshot_tile *const *)left,
                               *b = *(const struct snapshot_tile *const *)right;
    return (a->since_wall_ms > b->since_wall_ms) - (a->since_wall_ms < b->since_wall_ms);
}

/* Tiles that were picked out, and cells of tables. */
struct picked {
    bool (*fits)(enum display display);
    const struct snapshot_tile **tiles;
    size_t count, capacity;
};

static bool is_red(enum display display)
{
    return display == DISPLAY_CRITICAL;
}

/* A figure that stands on two pages, or in a table and by itself, is one trouble. */
static bool is_same_figure(const struct snapshot_tile *a, const struct snapshot_tile *b)
{
    return text_equal(a->kpi_id, b->kpi_id) && dims_equal(&a->scope, &b->scope) && a->period == b->period &&
           a->objective == b->objective && text_equal(a->sl_variant, b->sl_variant) &&
           a->display == b->display && !a->table && !b->table;
}

static bool is_known(const struct picked *picked, const struct snapshot_tile *tile)
{
    for (size_t i = 0; i < picked->count; i++)
        if (is_same_figure(picked->tiles[i], tile))
            return true;
    return false;
}

static void add(struct picked *picked, const struct snapshot_tile *tile)
{
    picked->tiles = memory_grow(picked->tiles, &picked->capacity, picked->count, sizeof *picked->tiles);
    picked->tiles[picked->count++] = tile;
}

/* "Par file" is red says nothing: which figure of which queue is. False: none of them. */
static bool pick_cells(struct picked *picked, const struct snapshot_table *table)
{
    bool any = false;
    for (size_t i = 0; i < table->row_count; i++)
        for (size_t j = 0; j < table->column_count; j++) {
            const struct snapshot_tile *cell = &table->by_trouble[i]->cells[j];
            if (!picked->fits(cell->display))
                continue;
            any = true;
            if (!is_known(picked, cell))
                add(picked, cell);
        }
    return any;
}

static void pick(void *context, const struct snapshot_tile *tile)
{
    struct picked *picked = context;
    if (!picked->fits(tile->display) || tile->repeats)
        return;
    if (tile->table && pick_cells(picked, tile->table))
        return;
    if (!is_known(picked, tile))
        add(picked, tile);
}

/* "64,6 %   12 min" */
static void list_red(struct list *list, const struct snapshot *snapshot, const struct snapshot_tile *tile)
{
    struct text name = {0}, rest = {0};
    alert_name(list->pen, tile, &name);
    if (!tile->table) { /* its cells have figures, it has none */
        sheet_value(list->pen, tile, tile->value, &rest);
        text_append(&rest, "   ");
    }
    sheet_duration(list->pen, snapshot->taken.wall_ms - tile->since_wall_ms, &rest);
    const struct snapshot_tile *owner = find_tile(snapshot, tile->id); /* of a cell: what people have seen */
    if (owner && owner->acked_wall_ms != 0) {
        struct text time = {0};
        words_of_time(owner->acked_wall_ms, &time);
        text_append(&rest, "   ");
        words_fill(list->pen->words, WORD_SEEN_AT, text_bytes(&time), &rest);
        text_finish(&time);
    }
    list_add(list, &(struct sheet_row){tile->display, text_bytes(&name), text_bytes(&rest)});
    text_finish(&name);
    text_finish(&rest);
}

static void draw_reds(struct pen *pen, const struct sheet *sheet, struct box room)
{
    struct picked picked = {.fits = is_red};
    visit_tiles(sheet->snapshot, pick, &picked);
    struct list list = list_in(pen, room, picked.count);
    if (picked.count > 0)
        qsort(picked.tiles, picked.count, sizeof *picked.tiles, by_age);
    for (size_t i = 0; i < picked.count; i++)
        list_red(&list, sheet->snapshot, picked.tiles[i]);
    list_end(&list);
    if (picked.count == 0)
        draw_message(pen, room, DISPLAY_OK, words_get(pen->words, WORD_HUDDLE_NO_REDS));
    free(picked.tiles);
}

/* ---- 2 and 3: since the last huddle, recovered ---- */

static void draw_count(struct pen *pen, struct box box, size_t count, int word)
{
    char digits[24];
    struct box figure = {box.x, box.y, box.width, box.height * 0.68};
    struct box name = {box.x, box.y + figure.height, box.width, box.height * 0.32};
    snprintf(digits, sizeof digits, "%zu", count);
    sheet_line(pen, (struct type_style){FACE_BOLD, (int)lround(figure.height * 0.86)},
               pen->theme->text_primary, figure, ALIGN_LEFT, digits);
    sheet_line(pen, (struct type_style){FACE_REGULAR, (int)lround(name.height * 0.66)},
               pen->theme->text_secondary, name, ALIGN_LEFT,
               words_get(pen->words, words_of_count(pen->language, word, count)));
}

static double draw_counts(struct pen *pen, const struct sheet *sheet, struct box room)
{
    const struct review *review = sheet->snapshot->review;
    double height = pen_px(pen, 170), width = room.width / 3;
    struct box box = {room.x, room.y, width, height};
    draw_count(pen, box, review->new_red_count, WORD_HUDDLE_NEW_REDS);
    box.x += width;
    draw_count(pen, box, review->recovered_count, WORD_HUDDLE_RECOVERED);
    box.x += width;
    draw_count(pen, box, review->red_now_count, WORD_HUDDLE_RED_NOW);
    return height + pen_px(pen, 16);
}

/* "3 × rouge   au plus 12 min" */
static void past_text(const struct pen *pen, const struct digest_tile *past, struct text *out)
{
    char digits[24];
    struct text longest = {0};
    snprintf(digits, sizeof digits, "%zu", past->reds + past->was_red);
    words_fill(pen->words, WORD_HUDDLE_TIMES_RED, digits, out);
    sheet_duration(pen, past->longest_red_ms, &longest);
    text_append(out, "   ");
    words_fill(pen->words, WORD_HUDDLE_LONGEST, text_bytes(&longest), out);
    text_finish(&longest);
}

static void list_past(struct list *list, const struct snapshot *snapshot, const struct review_tile *reviewed)
{
    const struct snapshot_tile *tile = find_tile(snapshot, reviewed->id);
    struct text name = {0}, rest = {0};
    if (!tile || reviewed->past.repeats)
        return;
    alert_name(list->pen, tile, &name);
    past_text(list->pen, &reviewed->past, &rest);
    list_add(list, &(struct sheet_row){tile->display, text_bytes(&name), text_bytes(&rest)});
    text_finish(&name);
    text_finish(&rest);
}

static void draw_since(struct pen *pen, const struct sheet *sheet, struct box room)
{
    const struct review *review = sheet->snapshot->review;
    struct text time = {0}, since = {0};
    words_of_moment(pen->words, review->since_wall_ms, &time);
    words_fill(pen->words, WORD_HUDDLE_SINCE_MOMENT, text_bytes(&time), &since);
    double line = pen_px(pen, 50), counts;
    sheet_line(pen, sheet_type(pen, FACE_REGULAR, 38), pen->theme->text_secondary,
               (struct box){room.x, room.y, room.width, line}, ALIGN_LEFT, text_bytes(&since));
    room.y += line;
    counts = draw_counts(pen, sheet, room);
    room.y += counts;
    room.height -= line + counts;
    struct list list = list_in(pen, room, review->tile_count);
    for (size_t i = 0; i < review->tile_count; i++)
        if (review->tiles[i].past.reds || review->tiles[i].past.was_red)
            list_past(&list, sheet->snapshot, &review->tiles[i]);
    list_end(&list);
    if (!list.any)
        draw_message(pen, room, DISPLAY_OK, words_get(pen->words, WORD_HUDDLE_NO_CHANGES));
    text_finish(&time);
    text_finish(&since);
}

static void draw_recovered(struct pen *pen, const struct sheet *sheet, struct box room)
{
    const struct review *review = sheet->snapshot->review;
    struct list list = list_in(pen, room, review->recovered_count);
    for (size_t i = 0; i < review->tile_count; i++)
        if (review->tiles[i].past.recovered)
            list_past(&list, sheet->snapshot, &review->tiles[i]);
    list_end(&list);
    if (!list.any)
        draw_message(pen, room, DISPLAY_NEUTRAL, words_get(pen->words, WORD_HUDDLE_NONE_RECOVERED));
}

/* ---- 4: against the comparable day ---- */

static void list_compared(struct list *list, const struct snapshot *snapshot,
                          const struct review_tile *reviewed)
{
    const struct snapshot_tile *tile = find_tile(snapshot, reviewed->id);
    struct text name = {0}, then = {0}, rest = {0};
    if (!tile || reviewed->past.repeats || isnan(reviewed->comparable) || isnan(tile->value))
        return;
    sheet_tile_name(list->pen, tile, &name);
    sheet_value(list->pen, tile, reviewed->comparable, &then);
    sheet_value(list->pen, tile, tile->value, &rest);
    text_append(&rest, "   ");
    words_fill(list->pen->words, WORD_HUDDLE_THEN, text_bytes(&then), &rest);
    list_add(list, &(struct sheet_row){tile->display, text_bytes(&name), text_bytes(&rest)});
    text_finish(&name);
    text_finish(&then);
    text_finish(&rest);
}

static int64_t comparable_day(const struct review *review)
{
    for (size_t i = 0; i < review->tile_count; i++)
        if (review->tiles[i].comparable_wall_ms != 0)
            return review->tiles[i].comparable_wall_ms;
    return 0;
}

static void draw_compared(struct pen *pen, const struct sheet *sheet, struct box room)
{
    const struct review *review = sheet->snapshot->review;
    int64_t day_ms = comparable_day(review);
    struct text day = {0}, line = {0};
    double height = pen_px(pen, 64);
    if (day_ms == 0) {
        draw_message(pen, room, DISPLAY_NEUTRAL, words_get(pen->words, WORD_HUDDLE_NO_DAY));
        return;
    }
    words_of_date(pen->words, day_ms, false, &day);
    words_fill(pen->words, WORD_HUDDLE_COMPARED_WITH, text_bytes(&day), &line);
    sheet_line(pen, sheet_type(pen, FACE_REGULAR, 42), pen->theme->text_secondary,
               (struct box){room.x, room.y, room.width, height}, ALIGN_LEFT, text_bytes(&line));
    room.y += height;
    room.height -= height;
    struct list list = list_in(pen, room, review->tile_count);
    for (size_t i = 0; i < review->tile_count; i++)
        list_compared(&list, sheet->snapshot, &review->tiles[i]);
    list_end(&list);
    if (!list.any)
        draw_message(pen, room, DISPLAY_NEUTRAL, words_get(pen->words, WORD_HUDDLE_NOT_KNOWN));
    text_finish(&day);
    text_finish(&line);
}

/* ---- 5: objectives ---- */

/* The objective as a tile that shows it, for a board on which none does. */
static struct snapshot_tile tile_of_objective(const struct snapshot *snapshot, size_t index)
{
    const struct snapshot_objective *objective = &snapshot->objectives[index];
    struct snapshot_tile tile = {.id = "",
                                 .type = "okr",
                                 .own_label = true,
                                 .columns = 1,
                                 .rows = 1,
                                 .unit = UNIT_PERCENT,
                                 .format = FORMAT_PCT,
                                 .decimals = -1,
                                 .range_min = NAN,
                                 .range_max = NAN,
                                 .display = objective->display,
                                 .value = 100 * objective->progress,
                                 .n = NAN,
                                 .limits = {NAN, NAN, NAN, NAN},
                                 .target = NAN,
                                 .since_wall_ms = snapshot->taken.wall_ms,
                                 .source = -1,
                                 .answers_to_recover = NAN,
                                 .comparable = NAN,
                                 .objective = (int)index};
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        for (int length = 0; length < LABEL_COUNT; length++)
            tile.label[language][length] = objective->objective;
    return tile;
}

enum { OBJECTIVES_MOST = 6 };

/* Side by side, on a screen that stands below each other. */
static void draw_objectives(struct pen *pen, const struct sheet *sheet, struct box room)
{
    size_t count = sheet->snapshot->objective_count;
    size_t shown = count < OBJECTIVES_MOST ? count : OBJECTIVES_MOST;
    size_t columns = sheet_is_upright(pen) ? 1 : shown < 3 ? shown : (shown + 1) / 2;
    if (count == 0) {
        draw_message(pen, room, DISPLAY_NEUTRAL, words_get(pen->words, WORD_HUDDLE_NO_OBJECTIVES));
        return;
    }
    double rows = (double)((shown + columns - 1) / columns), gap = pen_px(pen, 24), more = pen_px(pen, 56);
    room.height -= count > shown ? more : 0;
    double width = (room.width + gap) / (double)columns, height = (room.height + gap) / rows;
    for (size_t i = 0; i < shown; i++) {
        struct snapshot_tile tile = tile_of_objective(sheet->snapshot, i);
        sheet_tile_draw(pen, sheet, &tile,
                        (struct box){room.x + width * (double)(i % columns),
                                     room.y + height * (double)(i / columns), width - gap, height - gap});
    }
    sheet_more_draw(pen, (struct box){room.x, room.y + room.height, room.width, more}, count - shown);
}

/* ---- 6: actions ---- */

enum { ACTIONS_MOST = 7 };

/* "chef d'équipe · 27 nov. · en retard" */
static void owner_text(const struct pen *pen, const struct snapshot_action *action, struct text *out)
{
    struct text day = {0};
    text_append(out, action->who ? action->who : words_get(pen->words, WORD_HUDDLE_NOBODY));
    if (action->due_wall_ms) {
        words_of_date(pen->words, action->due_wall_ms, true, &day);
        text_append_format(out, " · %s", text_bytes(&day));
    }
    if (action->overdue)
        text_append_format(out, " · %s", words_get(pen->words, WORD_OVERDUE));
    text_finish(&day);
}

/* What is to be done, narrow and smaller until it fits, on two lines or three: of all words these are not
 * cut. */
static void draw_deed(struct pen *pen, const char *deed, struct box box)
{
    struct type_style style = {FACE_NARROW_BOLD, (int)lround(box.height * 0.54)};
    double height;
    while ((height = sheet_paragraph(pen, style, 0, box, deed, false)) > box.height &&
           style.px > box.height * 0.24)
        style.px--;
    box.y += fmax(0, floor((box.height - height) / 2));
    sheet_paragraph(pen, style, pen->theme->text_primary, box, deed, true);
}

/* Beside its owner, on a screen that stands above. */
static bool deed_has_room(struct pen *pen, double line_px, double width, const char *deed, const char *owner,
                          double *taken)
{
    struct type_style bold = {FACE_BOLD, (int)lround(line_px * 0.54)}, regular = {FACE_REGULAR, bold.px};
    double gap = line_px * 0.35;
    *taken = sheet_is_upright(pen) ? 0 : pen_text_width(pen, regular, owner) + gap;
    return pen_text_width(pen, bold, deed) + *taken <= width;
}

/* What is late has a bar beside it and the word for it behind its owner; how far it is stands where others
 * have a light. */
static void list_action(struct list *list, const struct snapshot_action *action)
{
    struct pen *pen = list->pen;
    struct text owner = {0};
    struct box line = {list->room.x, list->room.y, list->room.width,
                       sheet_is_upright(pen) ? list->height / 2 : list->height};
    size_t left_out = list->left_out;
    colour late = pen->theme->state[STATE_WARN].fg;
    double ring = line.height * 0.5, bar = pen_px(pen, 10);
    double aside = line.height * 0.86, taken;
    owner_text(pen, action, &owner);
    bool fits = deed_has_room(pen, line.height, line.width - aside, action->text, text_bytes(&owner), &taken);
    list_add(list, &(struct sheet_row){DISPLAY_NEUTRAL, fits ? action->text : "", text_bytes(&owner)});
    text_finish(&owner);
    if (list->left_out > left_out)
        return;
    if (!fits)
        draw_deed(pen, action->text,
                  (struct box){line.x + aside, line.y, line.width - aside - taken, line.height});
    ring_draw(pen, (struct point){round(line.x + ring * 0.58), round(line.y + line.height / 2)}, ring,
              action->quarters, action->overdue ? late : pen->theme->text_primary);
    if (action->overdue)
        pen_box(pen, (struct box){line.x - bar * 1.8, line.y + line.height * 0.15, bar, line.height * 0.7},
                bar / 2, late);
}

/* More than seven nobody keeps in mind: then it says how many more there are. */
static void list_actions(struct pen *pen, const struct snapshot_notes *actions, struct box room)
{
    size_t shown = actions->action_count < ACTIONS_MOST ? actions->action_count : ACTIONS_MOST;
    struct list list = list_in(pen, room, shown);
    for (size_t i = 0; i < shown; i++)
        list_action(&list, &actions->actions[i]);
    list.left_out += actions->action_count - shown;
    list_end(&list);
    if (actions->action_count == 0)
        draw_message(pen, room, DISPLAY_NEUTRAL,
                     words_get(pen->words, actions->read ? WORD_HUDDLE_NONE_OPEN : WORD_HUDDLE_NOT_READ));
}

/* ---- 6, where a source counts them and nobody lists them ---- */

static const struct snapshot_tile *tile_of_kpi(const struct snapshot *snapshot, const char *kpi)
{
    for (size_t i = 0; i < snapshot->page_count; i++)
        for (size_t j = 0; j < snapshot->pages[i].tile_count; j++)
            if (text_equal(snapshot->pages[i].tiles[j].kpi_id, kpi))
                return &snapshot->pages[i].tiles[j];
    return NULL;
}

static void list_count(struct list *list, const struct snapshot_tile *tile, int word)
{
    struct text rest = {0};
    if (!tile)
        return;
    sheet_value(list->pen, tile, tile->value, &rest);
    list_add(list, &(struct sheet_row){tile->display, words_get(list->pen->words, word), text_bytes(&rest)});
    text_finish(&rest);
}

static void list_counts(struct pen *pen, const struct snapshot *snapshot, struct box room)
{
    struct list list = list_in(pen, room, 2);
    list_count(&list, tile_of_kpi(snapshot, "huddle_actions_open"), WORD_HUDDLE_OPEN);
    list_count(&list, tile_of_kpi(snapshot, "huddle_actions_overdue"), WORD_HUDDLE_OVERDUE);
    if (!list.any)
        draw_message(pen, room, DISPLAY_NEUTRAL, words_get(pen->words, WORD_HUDDLE_NO_ACTIONS));
}

static void draw_actions(struct pen *pen, const struct sheet *sheet, struct box room)
{
    const struct snapshot_notes *actions = sheet->snapshot->actions;
    struct type_style hint = sheet_type(pen, FACE_REGULAR, 44);
    bool torn = actions && !actions->read && actions->action_count > 0;
    double height = hint.px * (sheet_is_upright(pen) ? 3.0 : 1.6);
    room.height -= height;
    if (actions)
        list_actions(pen, actions, room);
    else
        list_counts(pen, sheet->snapshot, room);
    room.y += room.height;
    room.height = height;
    sheet_paragraph(pen, hint, pen->theme->text_secondary, room,
                    words_get(pen->words, torn ? WORD_HUDDLE_NOT_READ : WORD_HUDDLE_NO_ACTIONS_HINT), true);
}

/* ---- 7: the end ---- */

static int by_trouble(const void *left, const void *right)
{
    const struct snapshot_tile *a = *(const struct snapshot_tile *const *)left,
                               *b = *(const struct snapshot_tile *const *)right;
    if (a->display != b->display)
        return a->display == DISPLAY_CRITICAL ? -1 : 1;
    return by_age(left, right);
}

static void draw_end(struct pen *pen, const struct sheet *sheet, struct box room)
{
    struct picked picked = {.fits = display_is_alert};
    double line = pen_px(pen, 64);
    visit_tiles(sheet->snapshot, pick, &picked);
    if (picked.count == 0) {
        draw_message(pen, room, DISPLAY_OK, words_get(pen->words, WORD_HUDDLE_NOTHING_TO_WATCH));
        return;
    }
    qsort(picked.tiles, picked.count, sizeof *picked.tiles, by_trouble);
    sheet_line(pen, sheet_type(pen, FACE_REGULAR, 42), pen->theme->text_secondary,
               (struct box){room.x, room.y, room.width, line}, ALIGN_LEFT,
               words_get(pen->words, WORD_HUDDLE_TO_WATCH));
    room.y += line;
    room.height -= line;
    struct list list = list_in(pen, room, picked.count);
    for (size_t i = 0; i < picked.count; i++)
        list_red(&list, sheet->snapshot, picked.tiles[i]);
    list_end(&list);
    free(picked.tiles);
}

/* ---- the walk ---- */

struct step {
    void (*draw)(struct pen *pen, const struct sheet *sheet, struct box room);
    bool looks_back; /* needs the review */
};

static const struct step steps[HUDDLE_STEPS] = {
    [HUDDLE_REDS] = {draw_reds, false},
    [HUDDLE_SINCE] = {draw_since, true},
    [HUDDLE_RECOVERED] = {draw_recovered, true},
    [HUDDLE_COMPARED] = {draw_compared, true},
    [HUDDLE_OBJECTIVES] = {draw_objectives, false},
    [HUDDLE_ACTIONS] = {draw_actions, false},
    [HUDDLE_END] = {draw_end, false},
};

void huddle_draw(struct pen *pen, const struct sheet *sheet)
{
    struct box whole = {pen->clip.x, pen->clip.y, pen->clip.width, pen->clip.height};
    const struct step *step = &steps[sheet->stage->step];
    double head = draw_head(pen, sheet, whole), foot = draw_foot(pen, sheet, whole);
    whole.y += head;
    whole.height -= head + foot;
    struct box room = sheet_panel(pen, whole, NULL);
    if (step->looks_back && !sheet->snapshot->review)
        draw_message(pen, room, DISPLAY_NEUTRAL, words_get(pen->words, WORD_WAITING));
    else
        step->draw(pen, sheet, room);
}

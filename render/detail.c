/* One tile, close up: its curve with thresholds, what it is, what it is made of, what it has shown. */
#include <math.h>

#include "base/calendar.h"
#include "model/inquiry.h"
#include "render/delta.h"
#include "render/format.h"
#include "render/light.h"
#include "render/sheet.h"
#include "render/sparkline.h"
#include "render/tile.h"
#include "render/widget.h"

static const double row_px = 56, sum_line_px = 44; /* of the design */

/* What is known of the tile besides; NULL: the data thread has not answered yet. */
static const struct inquiry *inquiry_of(const struct sheet *sheet, const struct snapshot_tile *tile)
{
    const struct inquiry *inquiry = sheet->snapshot->inquiry;
    return inquiry && text_equal(inquiry->tile, tile->id) ? inquiry : NULL;
}

static void draw_waiting(struct pen *pen, struct box room)
{
    sheet_line(pen, sheet_type(pen, FACE_REGULAR, 40), pen->theme->text_secondary,
               (struct box){room.x, room.y, room.width, pen_px(pen, row_px)}, ALIGN_LEFT,
               words_get(pen->words, WORD_WAITING));
}

/* ---- what it is ---- */

/* "source acd · 14:06 · 30 min" */
static void facts_text(const struct pen *pen, const struct sheet *sheet, const struct snapshot_tile *tile,
                       struct text *out)
{
    if (tile->source >= 0 && (size_t)tile->source < sheet->snapshot->source_count)
        text_append_format(out, "%s%s%s", words_get(pen->words, WORD_SOURCE),
                           words_get(pen->words, WORD_COLON), sheet->snapshot->sources[tile->source].name);
    if (tile->value_wall_ms != 0) {
        text_append(out, out->length ? " · " : "");
        words_of_time(tile->value_wall_ms, out);
    }
    if (tile->period < PERIOD_COUNT)
        text_append_format(out, "%s%s", out->length ? " · " : "",
                           words_get(pen->words, WORD_PERIOD + (int)tile->period));
}

void detail_definition_draw(struct pen *pen, const struct sheet *sheet, const struct snapshot_tile *tile,
                            struct box box)
{
    const struct inquiry *inquiry = inquiry_of(sheet, tile);
    struct box room = sheet_panel(pen, box, words_get(pen->words, WORD_DEFINITION));
    struct type_style body = sheet_type(pen, FACE_REGULAR, 36), small = sheet_type(pen, FACE_NARROW, 34);
    struct text facts = {0};
    facts_text(pen, sheet, tile, &facts);
    double line = small.px * 1.3;
    sheet_line(pen, small, pen->theme->text_secondary,
               (struct box){room.x, room.y + room.height - line, room.width, line}, ALIGN_LEFT,
               text_bytes(&facts));
    text_finish(&facts);
    room.height -= line * 1.2;
    if (!inquiry) {
        draw_waiting(pen, room);
        return;
    }
    const char *definition = inquiry->definition[pen->language];
    double height =
        sheet_paragraph(pen, body, pen->theme->text_primary, room, definition ? definition : "—", true);
    room.y += height + body.px * 0.5;
    room.height -= height + body.px * 0.5;
    if (inquiry->formula && room.height > line)
        sheet_paragraph(pen, small, pen->theme->text_secondary, room, inquiry->formula, true);
}

/* ---- what it is made of ---- */

static void draw_part(struct pen *pen, const struct snapshot_tile *tile, const struct inquiry_part *part,
                      struct box box)
{
    struct text rest = {0};
    sheet_value(pen, tile, part->value, &rest);
    if (isfinite(part->n)) {
        text_append(&rest, "   ");
        tile_size_text(pen, tile, part->n, &rest);
    }
    sheet_row_draw(pen, &(struct sheet_row){part->display, part->name, text_bytes(&rest)}, box);
    text_finish(&rest);
}

static void draw_parts(struct pen *pen, const struct sheet *sheet, const struct snapshot_tile *tile,
                       struct box box)
{
    const struct inquiry *inquiry = inquiry_of(sheet, tile);
    bool teams = inquiry && inquiry->part_dim == DIM_TEAM;
    struct box room = sheet_panel(pen, box, words_get(pen->words, teams ? WORD_BY_TEAM : WORD_BY_QUEUE));
    if (!inquiry) {
        draw_waiting(pen, room);
        return;
    }
    if (inquiry->part_count == 0) {
        int word = inquiry->parts_withheld ? WORD_PARTS_WITHHELD : WORD_NO_PARTS;
        sheet_paragraph(pen, sheet_type(pen, FACE_REGULAR, 36), pen->theme->text_secondary, room,
                        words_get(pen->words, word), true);
        return;
    }
    double height = pen_px(pen, row_px);
    size_t all = inquiry->part_count + inquiry->parts_untold, fit = sheet_rows_fit(room, height, all);
    if (fit > inquiry->part_count)
        fit = inquiry->part_count;
    for (size_t i = 0; i < fit; i++, room.y += height)
        draw_part(pen, tile, &inquiry->parts[i], (struct box){room.x, room.y, room.width, height});
    sheet_more_draw(pen, (struct box){room.x, room.y, room.width, height}, all - fit);
}

/* ---- what it has shown ---- */

static void draw_change(struct pen *pen, const struct inquiry_change *change, int64_t until_wall_ms,
                        struct box box)
{
    struct text lead = {0}, rest = {0};
    const char *word = words_of_display(pen->words, change->display);
    words_of_time(change->at_wall_ms, &lead);
    text_append_format(&lead, "  %s", word ? word : words_get(pen->words, WORD_STATE_NEUTRAL));
    sheet_duration(pen, until_wall_ms - change->at_wall_ms, &rest);
    sheet_row_draw(pen, &(struct sheet_row){change->display, text_bytes(&lead), text_bytes(&rest)}, box);
    text_finish(&lead);
    text_finish(&rest);
}

/* Beside a flag like those in the curve: what they stand for. */
static void draw_mark(struct pen *pen, const struct snapshot_mark *mark, struct box box)
{
    struct text words = {0};
    double size = box.height * 0.4, top = box.y + box.height * 0.25, x = box.x + box.height * 0.15;
    struct point flag[] = {{x, top}, {x + size, top + size * 0.4}, {x, top + size * 0.8}};
    pen_line(pen, (struct point){x, top}, (struct point){x, top + size * 1.3}, fmax(pen_px(pen, 3), 1), 0,
             pen->theme->text_primary);
    pen_polygon(pen, flag, 3, pen->theme->text_primary);
    words_of_time(mark->wall_ms, &words);
    text_append_format(&words, "  %s", mark->text);
    sheet_row_draw(pen, &(struct sheet_row){DISPLAY_NEUTRAL, text_bytes(&words), ""}, box);
    text_finish(&words);
}

/* The newest mark before the moment, of those that have come; -1: none. */
static int mark_before(const struct snapshot *snapshot, int64_t wall_ms)
{
    int index = (int)snapshot->mark_count - 1;
    while (index >= 0 && snapshot->marks[index].wall_ms >= wall_ms)
        index--;
    return index;
}

/* What it showed and what was noted of the floor, the newest first. */
static void draw_story(struct pen *pen, const struct snapshot *snapshot, const struct inquiry *inquiry,
                       struct box room)
{
    double height = pen_px(pen, row_px);
    int64_t until_wall_ms = snapshot->taken.wall_ms;
    size_t change = 0, fit = (size_t)fmax(room.height / height, 0);
    int mark = mark_before(snapshot, until_wall_ms);
    for (size_t row = 0; row < fit && (change < inquiry->change_count || mark >= 0); row++) {
        struct box place = {room.x, room.y + (double)row * height, room.width, height};
        if (mark >= 0 && (change == inquiry->change_count ||
                          snapshot->marks[mark].wall_ms > inquiry->changes[change].at_wall_ms)) {
            draw_mark(pen, &snapshot->marks[mark--], place);
            continue;
        }
        draw_change(pen, &inquiry->changes[change], until_wall_ms, place);
        until_wall_ms = inquiry->changes[change++].at_wall_ms;
    }
}

static void draw_history(struct pen *pen, const struct sheet *sheet, const struct snapshot_tile *tile,
                         struct box box)
{
    const struct inquiry *inquiry = inquiry_of(sheet, tile);
    struct box room = sheet_panel(pen, box, words_get(pen->words, WORD_HISTORY));
    if (!inquiry) {
        draw_waiting(pen, room);
        return;
    }
    draw_story(pen, sheet->snapshot, inquiry, room);
}

/* ---- since its periods began ---- */

static bool has_sums(const struct sheet *sheet, const struct snapshot_tile *tile)
{
    const struct inquiry *inquiry = inquiry_of(sheet, tile);
    return inquiry && inquiry->to_date_count > 0;
}

/* "depuis le lun. 10 nov. · jours incomplets : 2" */
static void lack_words(const struct pen *pen, const struct to_date *row, struct text *out)
{
    struct text date = {0}, days = {0};
    if (row->since_wall_ms) {
        words_of_date(pen->words, row->since_wall_ms, true, &date);
        words_fill(pen->words, WORD_TO_DATE_SINCE, text_bytes(&date), out);
    }
    if (row->incomplete_days) {
        text_append_format(&days, "%d", row->incomplete_days);
        text_append(out, out->length ? " · " : "");
        words_fill(pen->words, WORD_TO_DATE_INCOMPLETE, text_bytes(&days), out);
    }
    text_finish(&date);
    text_finish(&days);
}

/* "81,2 % (79,4 %)" */
static void sum_words(const struct pen *pen, const struct snapshot_tile *tile, const struct to_date *row,
                      struct text *out)
{
    sheet_value(pen, tile, row->value, out);
    if (!isfinite(row->before))
        return;
    text_append(out, " (");
    sheet_value(pen, tile, row->before, out);
    text_append(out, ")");
}

/* How wide the first two columns are: what is missing of a period has the rest. */
struct sum_columns {
    double name, figures;
};

static struct sum_columns sum_columns_of(struct pen *pen, const struct snapshot_tile *tile,
                                         const struct inquiry *inquiry)
{
    struct type_style plain = sheet_type(pen, FACE_REGULAR, 36), bold = sheet_type(pen, FACE_BOLD, 36);
    struct sum_columns columns = {0};
    for (size_t i = 0; i < inquiry->to_date_count; i++) {
        struct text sum = {0};
        const char *name = words_get(pen->words, WORD_PERIOD + (int)inquiry->to_date[i].period);
        sum_words(pen, tile, &inquiry->to_date[i], &sum);
        columns.name = fmax(columns.name, pen_text_width(pen, plain, name));
        columns.figures = fmax(columns.figures, pen_text_width(pen, bold, text_bytes(&sum)));
        text_finish(&sum);
    }
    return (struct sum_columns){round(columns.name + plain.px), round(columns.figures + plain.px)};
}

/* The period, what it has been, what of it is missing: below each other as in a table. */
static void draw_period(struct pen *pen, const struct snapshot_tile *tile, const struct to_date *row,
                        const struct sum_columns *columns, struct box line)
{
    struct text sum = {0}, lack = {0};
    struct type_style plain = sheet_type(pen, FACE_REGULAR, 36), narrow = sheet_type(pen, FACE_NARROW, 34);
    double name = columns->name, figures = columns->figures;
    sum_words(pen, tile, row, &sum);
    lack_words(pen, row, &lack);
    sheet_line(pen, plain, pen->theme->text_secondary, (struct box){line.x, line.y, name, line.height},
               ALIGN_LEFT, words_get(pen->words, WORD_PERIOD + (int)row->period));
    sheet_line(pen, sheet_type(pen, FACE_BOLD, 36), pen->theme->text_primary,
               (struct box){line.x + name, line.y, figures, line.height}, ALIGN_LEFT, text_bytes(&sum));
    sheet_line(pen, narrow, pen->theme->text_secondary,
               (struct box){line.x + name + figures, line.y, line.width - name - figures, line.height},
               ALIGN_LEFT, text_bytes(&lack));
    text_finish(&sum);
    text_finish(&lack);
}

/* A moment of another day has its date: the wall was off since. */
static void until_words(const struct pen *pen, int64_t until_wall_ms, int64_t taken_wall_ms, struct text *out)
{
    struct text moment = {0};
    if (calendar_midnight_ms(until_wall_ms) == calendar_midnight_ms(taken_wall_ms))
        words_of_time(until_wall_ms, &moment);
    else
        words_of_moment(pen->words, until_wall_ms, &moment);
    words_fill(pen->words, WORD_TO_DATE, text_bytes(&moment), out);
    text_finish(&moment);
}

static void draw_to_date(struct pen *pen, const struct sheet *sheet, const struct snapshot_tile *tile,
                         struct box box)
{
    const struct inquiry *inquiry = inquiry_of(sheet, tile);
    struct text heading = {0};
    until_words(pen, inquiry->to_date[0].until_wall_ms, sheet->snapshot->taken.wall_ms, &heading);
    struct box room = sheet_panel(pen, box, text_bytes(&heading));
    text_finish(&heading);
    double line = pen_px(pen, sum_line_px);
    struct sum_columns columns = sum_columns_of(pen, tile, inquiry);
    for (size_t i = 0; i < inquiry->to_date_count; i++)
        draw_period(pen, tile, &inquiry->to_date[i], &columns,
                    (struct box){room.x, room.y + (double)i * line, room.width, line});
}

/* With its heading. */
static double to_date_height(const struct pen *pen, const struct inquiry *inquiry)
{
    return round(pen_px(pen, 82 + (double)inquiry->to_date_count * sum_line_px));
}

/* Takes its room off the foot of the curve's. */
static struct box take_to_date_box(const struct pen *pen, const struct inquiry *inquiry, struct box *curve,
                                   double gap)
{
    double height = to_date_height(pen, inquiry);
    curve->height -= height + gap;
    return (struct box){curve->x, curve->y + curve->height + gap, curve->width, height};
}

/* ---- its curve ---- */

static void add_limit(struct text *out, const struct pen *pen, int word, const char *sign, double limit,
                      const struct snapshot_tile *tile)
{
    struct figure_style style = figure_style_of(tile, pen->language);
    if (!isfinite(limit) || (*sign == '<' ? limit <= tile->range_min : limit >= tile->range_max))
        return; /* none, or one that nothing can pass */
    text_append_format(out, "%s%s %s\u00a0%s", out->length ? " · " : "", words_get(pen->words, word), sign,
                       figure_make_threshold(&style, limit).text);
}

/* "ATTENTION < 80 % · CRITIQUE < 70 %" */
static void limits_text(const struct pen *pen, const struct snapshot_tile *tile, struct text *out)
{
    add_limit(out, pen, WORD_WARN, "<", tile->limits.warn_low, tile);
    add_limit(out, pen, WORD_WARN, ">", tile->limits.warn_high, tile);
    add_limit(out, pen, WORD_CRITICAL, "<", tile->limits.critical_low, tile);
    add_limit(out, pen, WORD_CRITICAL, ">", tile->limits.critical_high, tile);
}

static struct tile_view view_of(const struct pen *pen, const struct sheet *sheet,
                                const struct snapshot_tile *tile)
{
    return (struct tile_view){.tile = tile,
                              .taken_wall_ms = sheet->snapshot->taken.wall_ms,
                              .snapshot = sheet->snapshot,
                              .page_has_trends = true,
                              .unit = pen_px(pen, 300),
                              .small_px = pen_px(pen, 34),
                              .ground = pen->theme->surface,
                              .ink = pen->theme->text_primary,
                              .ink_dim = pen->theme->text_secondary,
                              .accent = pen->theme->state[theme_state_of(tile->display)].fg};
}

/* "ATTENTION < 80 % · +3 pts vs jeu. 13 nov.": beside the heading; where that has no room, below it, and off
 * the curve's. */
static void draw_judgement(struct pen *pen, const struct tile_view *view, struct box beside, struct box *room)
{
    struct type_style small = sheet_type(pen, FACE_NARROW, 34);
    struct text words = {0};
    limits_text(pen, view->tile, &words);
    if (delta_possible(view->tile)) {
        text_append(&words, words.length ? " · " : "");
        delta_words(pen, view, &words);
    }
    double line = round(small.px * 1.3);
    bool fits = pen_text_width(pen, small, text_bytes(&words)) <= beside.width;
    sheet_line(pen, small, pen->theme->text_secondary,
               fits ? beside : (struct box){room->x, room->y, room->width, line},
               fits ? ALIGN_RIGHT : ALIGN_LEFT, text_bytes(&words));
    text_finish(&words);
    room->y += fits ? 0 : line * 1.2;
    room->height -= fits ? 0 : line * 1.2;
}

static void draw_curve(struct pen *pen, const struct sheet *sheet, const struct snapshot_tile *tile,
                       struct box box)
{
    const char *heading = words_get(pen->words, WORD_LAST_HOURS);
    struct box room = sheet_panel(pen, box, heading);
    struct tile_view view = view_of(pen, sheet, tile);
    draw_judgement(pen, &view, sheet_panel_beside(pen, box, heading), &room);
    if (sparkline_possible(tile))
        sparkline_draw(pen, &view, room,
                       (struct sparkline_look){.with_bands = true, .with_hours = true, .with_ahead = true});
    else
        sheet_line(pen, sheet_type(pen, FACE_REGULAR, 40), pen->theme->text_secondary, room, ALIGN_CENTRE,
                   words_get(pen->words, WORD_NO_CURVE));
}

/* ---- where it stands ---- */

struct places {
    struct box tile, curve, definition, parts, history;
};

/* The curve's place has the sums too, where there are any. */
static struct places lying(struct box whole, double gap, bool sums)
{
    double left = round((whole.width - gap) * 0.34);
    double top = round((whole.height - gap) * (sums ? 0.6 : 0.54));
    double third = floor((whole.width - 2 * gap) / 3), below = whole.y + top + gap;
    double low = whole.height - top - gap;
    return (struct places){{whole.x, whole.y, left, top},
                           {whole.x + left + gap, whole.y, whole.width - left - gap, top},
                           {whole.x, below, third, low},
                           {whole.x + third + gap, below, third, low},
                           {whole.x + 2 * (third + gap), below, whole.width - 2 * (third + gap), low}};
}

static struct places standing(struct box whole, double gap, bool sums)
{
    enum { COUNT = 5 };
    static const double of[][COUNT] = {{0.2, 0.22, 0.2, 0.2, 0.18}, {0.17, 0.31, 0.17, 0.19, 0.16}};
    const double *shares = of[sums];
    struct box boxes[COUNT];
    double y = whole.y, room = whole.height - (COUNT - 1) * gap;
    for (int i = 0; i < COUNT; i++) {
        boxes[i] = (struct box){whole.x, y, whole.width, round(room * shares[i])};
        y += boxes[i].height + gap;
    }
    return (struct places){boxes[0], boxes[1], boxes[2], boxes[3], boxes[4]};
}

/* The curve has a place of its own. */
static void draw_tile(struct pen *pen, const struct sheet *sheet, const struct snapshot_tile *tile,
                      struct box box)
{
    struct snapshot_tile bare = *tile;
    bare.series.count = 0;
    sheet_tile_draw(pen, sheet, &bare, box);
}

void detail_draw(struct pen *pen, const struct sheet *sheet)
{
    const struct snapshot_tile *tile = sheet_tile(sheet);
    struct box whole = {pen->clip.x, pen->clip.y, pen->clip.width, pen->clip.height};
    double gap = pen_px(pen, 16);
    if (!tile)
        return;
    bool sums = has_sums(sheet, tile);
    struct places places = sheet_is_upright(pen) ? standing(whole, gap, sums) : lying(whole, gap, sums);
    if (sums)
        draw_to_date(pen, sheet, tile, take_to_date_box(pen, inquiry_of(sheet, tile), &places.curve, gap));
    draw_tile(pen, sheet, tile, places.tile);
    draw_curve(pen, sheet, tile, places.curve);
    detail_definition_draw(pen, sheet, tile, places.definition);
    draw_parts(pen, sheet, tile, places.parts);
    draw_history(pen, sheet, tile, places.history);
}

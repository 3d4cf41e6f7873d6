#include "render/sheet.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/format.h"
#include "render/light.h"
#include "render/signature.h"
#include "render/states.h"
#include "render/tile.h"
#include "render/widget.h"

static const double line_height = 1.3; /* of the type size */

/* ---- which screen ---- */

typedef void screen_draw(struct pen *pen, const struct sheet *sheet);

static screen_draw *const screens[STAGE_COUNT] = {
    [STAGE_DETAIL] = detail_draw,
    [STAGE_WHY] = why_draw,
    [STAGE_HUDDLE] = huddle_draw,
    [STAGE_INFO] = info_draw,
    [STAGE_HELP] = help_draw,
    [STAGE_STARTING] = starting_draw,
    [STAGE_NO_NETWORK] = no_network_draw,
    [STAGE_CLOSED] = closed_draw,
    [STAGE_FAULT] = fault_draw,
};

/* Those that have something to say before anything came. */
static bool needs_no_snapshot(enum stage_screen screen)
{
    return screen == STAGE_INFO || screen == STAGE_HELP || screen == STAGE_STARTING || screen == STAGE_FAULT;
}

void sheet_draw(struct pen *pen, const struct sheet *sheet)
{
    pen_fill(pen, pen->theme->bg);
    screen_draw *draw = screens[sheet->stage->screen];
    if (draw && (sheet->snapshot || needs_no_snapshot(sheet->stage->screen)))
        draw(pen, sheet);
}

/* Coarse: the pen finds out what is really seen of it. */
uint64_t sheet_inputs(const struct sheet *sheet)
{
    const struct stage *stage = sheet->stage;
    uint64_t inputs = signature_add(SIGNATURE_START, (uint64_t)stage->screen << 8 | (uint64_t)stage->step);
    inputs = signature_add(inputs, (uint64_t)stage->chosen);
    inputs = signature_add(inputs, stage->news << 1 | stage->gone_silent);
    inputs = signature_add(inputs, (uint64_t)(sheet->now.monotonic_ms / 1000));
    return signature_add(inputs, sheet->snapshot ? (uint64_t)sheet->snapshot->taken.monotonic_ms : 0);
}

int64_t sheet_next_change_in_ms(const struct sheet *sheet)
{
    enum stage_screen screen = sheet->stage->screen;
    if (screen == STAGE_HELP || screen == STAGE_STARTING || screen == STAGE_CLOSED || screen == STAGE_FAULT)
        return INT64_MAX; /* but with the clock's minute */
    return 1000 - sheet->now.monotonic_ms % 1000;
}

/* ---- tiles ---- */

const struct snapshot_tile *sheet_tile(const struct sheet *sheet)
{
    const struct stage *stage = sheet->stage;
    if (!sheet->snapshot || stage->page >= sheet->snapshot->page_count)
        return NULL;
    const struct snapshot_page *page = &sheet->snapshot->pages[stage->page];
    bool there = stage->chosen >= 0 && (size_t)stage->chosen < page->tile_count;
    return there ? &page->tiles[stage->chosen] : NULL;
}

void sheet_tile_draw(struct pen *pen, const struct sheet *sheet, const struct snapshot_tile *tile,
                     struct box box)
{
    struct settled_size settled = {0};
    struct area area = {(int)lround(box.x), (int)lround(box.y), (int)lround(box.width),
                        (int)lround(box.height)};
    struct tile_surroundings surroundings = {.snapshot = sheet->snapshot,
                                             .now = sheet->now,
                                             .settled = &settled,
                                             .page_since_ms = sheet->now.monotonic_ms};
    struct area before = pen_narrow(pen, &area);
    tile_draw(pen, tile, &surroundings);
    pen_widen(pen, &before);
}

void sheet_tile_name(const struct pen *pen, const struct snapshot_tile *tile, struct text *out)
{
    struct text scope = {0};
    const char *label = tile->label[pen->language][LABEL_LONG];
    text_append(out, label ? label : tile->id);
    tile_scope_text(pen, tile, &scope);
    if (scope.length > 0)
        text_append_format(out, " · %s", text_bytes(&scope));
    if (tile->period < PERIOD_COUNT && tile->period != PERIOD_NOW && !tile->table)
        text_append_format(out, " · %s", words_get(pen->words, WORD_PERIOD + (int)tile->period));
    text_finish(&scope);
}

void sheet_value(const struct pen *pen, const struct snapshot_tile *tile, double value, struct text *out)
{
    struct figure_style style = figure_style_of(tile, pen->language);
    if (text_equal(tile->type, "okr")) { /* whose tile writes its score so */
        style = (struct figure_style){FORMAT_PCT, 0, NULL, pen->language};
        text_append(out, figure_make(&style, 100 * value).text);
        return;
    }
    text_append(out, figure_make_truthful(&style, value, &tile->limits).text);
}

void sheet_duration(const struct pen *pen, int64_t ms, struct text *out)
{
    char digits[24];
    int64_t minutes = ms / 60000, hours = minutes / 60;
    int word = minutes < 120 ? WORD_DURATION_MINUTES : hours < 48 ? WORD_DURATION_HOURS : WORD_DURATION_DAYS;
    int64_t number = minutes < 120 ? minutes : hours < 48 ? hours : hours / 24;
    snprintf(digits, sizeof digits, "%s%lld", minutes < 1 ? "<\u00a0" : "",
             (long long)(minutes < 1 ? 1 : number));
    words_fill(pen->words, word, digits, out);
}

/* ---- grounds and lines ---- */

bool sheet_is_upright(const struct pen *pen)
{
    return pen->clip.height > pen->clip.width;
}

struct type_style sheet_type(const struct pen *pen, enum font_face face, double design_px)
{
    return (struct type_style){face, pen_px(pen, design_px)};
}

double sheet_line(struct pen *pen, struct type_style style, colour ink, struct box box, enum align align,
                  const char *text)
{
    struct text words = {0};
    double figure = lettering_figure_height(pen->lettering, style);
    double x = align == ALIGN_LEFT ? box.x : align == ALIGN_RIGHT ? box.x + box.width : box.x + box.width / 2;
    text_append(&words, text);
    tile_cut(pen, style, fmax(box.width, 0), &words);
    double width =
        pen_text(pen, style, ink, x, round(box.y + (box.height + figure) / 2), align, text_bytes(&words));
    text_finish(&words);
    return width;
}

double sheet_panel_height(struct pen *pen, double room_height)
{
    return room_height + pen_px(pen, 24) * 1.4 + sheet_type(pen, FACE_BOLD, 36).px * 1.5;
}

static struct box inside_panel(const struct pen *pen, struct box box)
{
    double pad = pen_px(pen, 24);
    return (struct box){box.x + pad, box.y + pad * 0.7, box.width - 2 * pad, box.height - pad * 1.4};
}

struct box sheet_panel_beside(struct pen *pen, struct box box, const char *heading)
{
    struct type_style style = sheet_type(pen, FACE_BOLD, 36);
    struct box room = inside_panel(pen, box);
    double taken = pen_text_width(pen, style, heading) + style.px;
    return (struct box){room.x + taken, room.y, room.width - taken, style.px * line_height};
}

struct box sheet_panel(struct pen *pen, struct box box, const char *heading)
{
    struct type_style style = sheet_type(pen, FACE_BOLD, 36);
    pen_box(pen, box, pen_px(pen, 12), pen->theme->surface);
    struct box room = inside_panel(pen, box);
    if (!heading)
        return room;
    struct box line = {room.x, room.y, room.width, style.px * line_height};
    sheet_line(pen, style, pen->theme->text_secondary, line, ALIGN_LEFT, heading);
    room.y += style.px * 1.5;
    room.height -= style.px * 1.5;
    return room;
}

/* ---- paragraphs ---- */

/* As many words from `text` as fit the width, one at least; gives how many bytes. */
static size_t words_that_fit(struct pen *pen, struct type_style style, double width, const char *text)
{
    size_t fit = 0;
    struct text line = {0};
    for (const char *end = text; *end;) {
        end += strspn(end, " ");
        end += strcspn(end, " ");
        text_finish(&line);
        text_append_bytes(&line, text, (size_t)(end - text));
        if (fit > 0 && pen_text_width(pen, style, text_bytes(&line)) > width)
            break;
        fit = (size_t)(end - text);
    }
    text_finish(&line);
    return fit;
}

double sheet_paragraph(struct pen *pen, struct type_style style, colour ink, struct box box, const char *text,
                       bool draw)
{
    double step = round(style.px * line_height), height = 0;
    text += strspn(text, " ");
    while (*text) {
        size_t length = words_that_fit(pen, style, box.width, text);
        bool last = draw && height + 2 * step > box.height; /* no room for another: all that is left, cut */
        struct text line = {0};
        text_append_bytes(&line, text, last ? strlen(text) : length);
        struct box place = {box.x, box.y + height, box.width, step};
        if (draw)
            sheet_line(pen, style, ink, place, ALIGN_LEFT, text_bytes(&line));
        text_finish(&line);
        height += step;
        if (last)
            break;
        text += length;
        text += strspn(text, " ");
    }
    return height;
}

/* ---- rows ---- */

static bool has_light(enum display display)
{
    return display != DISPLAY_NEUTRAL;
}

static const double least_row = 0.7; /* of a row's letters, before any of them is cut */

void sheet_row_draw(struct pen *pen, const struct sheet_row *row, struct box box)
{
    double light = box.height * 0.58, gap = box.height * 0.35, aside = box.height * 0.86;
    struct type_style lead = {FACE_BOLD, (int)lround(box.height * 0.54)};
    struct type_style rest = {FACE_REGULAR, lead.px};
    struct box room = {box.x + aside, box.y, box.width - aside, box.height};
    if (has_light(row->display))
        light_draw(pen, row->display, (struct point){box.x + light / 2, box.y + box.height / 2}, light,
                   light_colours_on(pen->theme, row->display, pen->theme->surface));
    double taken = pen_text_width(pen, rest, row->rest);
    int least_px = (int)lround(lead.px * least_row);
    while (pen_text_width(pen, lead, row->lead) + gap + taken > room.width && lead.px > least_px) {
        if (lead.face == FACE_NARROW_BOLD) /* narrow first, then smaller: whoever reads it stands near */
            rest.px = --lead.px;
        lead.face = FACE_NARROW_BOLD;
        rest.face = FACE_NARROW;
        taken = pen_text_width(pen, rest, row->rest);
    }
    sheet_line(pen, rest, pen->theme->text_primary, room, ALIGN_RIGHT, row->rest);
    room.width -= taken + gap;
    sheet_line(pen, lead, pen->theme->text_primary, room, ALIGN_LEFT, row->lead);
}

size_t sheet_rows_fit(struct box box, double height, size_t count)
{
    size_t most = box.height > 0 && height > 0 ? (size_t)(box.height / height) : 0;
    if (count <= most)
        return count;
    return most > 0 ? most - 1 : 0;
}

void sheet_more_draw(struct pen *pen, struct box box, size_t more)
{
    char digits[24];
    struct text word = {0};
    struct type_style style = {FACE_BOLD, (int)lround(box.height * 0.55)};
    if (more == 0)
        return;
    snprintf(digits, sizeof digits, "%zu", more);
    words_fill(pen->words, WORD_MORE, digits, &word);
    sheet_line(pen, style, pen->theme->text_secondary, box, ALIGN_RIGHT, text_bytes(&word));
    text_finish(&word);
}

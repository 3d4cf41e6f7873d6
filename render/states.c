#include "render/states.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/light.h"

/* ---- which ---- */

static bool every_source_is(const struct snapshot *snapshot, enum source_problem problem)
{
    for (size_t i = 0; i < snapshot->source_count; i++)
        if (snapshot->sources[i].problem != problem)
            return false;
    return snapshot->source_count > 0;
}

bool states_ask_machine(const struct snapshot *snapshot)
{
    return snapshot && snapshot->summary == DISPLAY_NODATA && every_source_is(snapshot, SOURCE_UNREACHABLE);
}

static bool has_no_network(const struct stage *stage, const struct snapshot *snapshot)
{
    return states_ask_machine(snapshot) && stage->machine && stage->machine->asked &&
           stage->machine->address_count == 0;
}

enum stage_screen states_screen(const struct stage *stage, const struct snapshot *snapshot)
{
    if (stage->screen != STAGE_WALL)
        return stage->screen;
    if (stage->fault && stage->fault->alone)
        return STAGE_FAULT;
    if (!snapshot || every_source_is(snapshot, SOURCE_WAITING))
        return STAGE_STARTING;
    if (stage->chosen >= 0)
        return STAGE_WALL; /* who looks for a tile is shown the tiles */
    if (has_no_network(stage, snapshot))
        return STAGE_NO_NETWORK;
    return snapshot->summary == DISPLAY_CLOSED ? STAGE_CLOSED : STAGE_WALL;
}

/* ---- what they share: a column in the middle ---- */

static struct box clip_of(const struct pen *pen)
{
    return (struct box){pen->clip.x, pen->clip.y, pen->clip.width, pen->clip.height};
}

/* First filled without drawing, to know how high it is; then drawn where it stands best. */
struct column {
    struct pen *pen;
    struct box room; /* what is left of it */
    bool draw;
};

static void advance(struct column *column, double height_px)
{
    column->room.y += height_px;
    column->room.height -= height_px;
}

/* One line, smaller until it fits. */
static void add_line(struct column *column, struct type_style style, colour ink, const char *text)
{
    struct pen *pen = column->pen;
    while (style.px > pen_px(pen, 30) && pen_text_width(pen, style, text) > column->room.width)
        style.px -= 4;
    double height = round(style.px * 1.4);
    struct box line = {column->room.x, column->room.y, column->room.width, height};
    if (column->draw)
        sheet_line(pen, style, ink, line, ALIGN_CENTRE, text);
    advance(column, height);
}

static void add_headline(struct column *column, int word)
{
    struct pen *pen = column->pen;
    add_line(column, sheet_type(pen, FACE_BOLD, 108), pen->theme->text_primary, words_get(pen->words, word));
}

static void add_hint(struct column *column, int word)
{
    struct pen *pen = column->pen;
    add_line(column, sheet_type(pen, FACE_REGULAR, 48), pen->theme->text_secondary,
             words_get(pen->words, word));
}

static void add_paragraph(struct column *column, double design_px, colour ink, const char *text)
{
    struct type_style style = sheet_type(column->pen, FACE_REGULAR, design_px);
    advance(column, sheet_paragraph(column->pen, style, ink, column->room, text, column->draw));
}

static void add_light(struct column *column, enum display display)
{
    struct pen *pen = column->pen;
    double size = pen_px(pen, 120);
    if (column->draw)
        light_draw(pen, display,
                   (struct point){round(column->room.x + column->room.width / 2), column->room.y + size / 2},
                   size, light_colours_on(pen->theme, display, pen->theme->bg));
    advance(column, round(size * 1.25));
}

typedef void column_fill(struct column *column, const struct sheet *sheet);

/* A little above the middle, where the eye expects it; never wider than a line that is still read. */
static void draw_column(struct pen *pen, const struct sheet *sheet, column_fill *fill)
{
    struct box room = clip_of(pen);
    double width = fmin(room.width * 0.92, pen_px(pen, 1500));
    room.x = round(room.x + (room.width - width) / 2);
    room.width = width;
    struct column measured = {pen, room, false}, drawn = {pen, room, true};
    fill(&measured, sheet);
    advance(&drawn, round(fmax(0, measured.room.height * 0.42)));
    fill(&drawn, sheet);
}

/* "dans 12 s", by whole seconds; a past moment is now. */
static void wait_text(const struct pen *pen, int64_t at_ms, int64_t now_ms, struct text *out)
{
    char digits[24];
    int64_t seconds = at_ms > now_ms ? (at_ms - now_ms + 999) / 1000 : 0;
    snprintf(digits, sizeof digits, "%lld", (long long)seconds);
    words_fill(pen->words, WORD_NEXT_TRY, digits, out);
}

static void source_text(const struct pen *pen, const struct sheet *sheet,
                        const struct snapshot_source *source, struct text *out)
{
    words_of_problem(pen->words, source, out);
    if (source->problem == SOURCE_WAITING || source->next_try_ms == 0)
        return;
    text_append(out, " · ");
    wait_text(pen, source->next_try_ms, sheet->now.monotonic_ms, out);
}

static void add_source(struct column *column, const struct sheet *sheet, const struct snapshot_source *source,
                       double height)
{
    struct text rest = {0};
    struct box line = {column->room.x, column->room.y, column->room.width, height};
    source_text(column->pen, sheet, source, &rest);
    if (column->draw)
        sheet_row_draw(column->pen, &(struct sheet_row){DISPLAY_NODATA, source->name, text_bytes(&rest)},
                       line);
    text_finish(&rest);
    advance(column, height);
}

static void add_sources(struct column *column, const struct sheet *sheet)
{
    size_t count = sheet->snapshot ? sheet->snapshot->source_count : 0;
    double height = pen_px(column->pen, 68);
    advance(column, height * 0.7);
    size_t fit = sheet_rows_fit(column->room, height, count);
    for (size_t i = 0; i < fit; i++)
        add_source(column, sheet, &sheet->snapshot->sources[i], height);
    if (column->draw)
        sheet_more_draw(column->pen, (struct box){column->room.x, column->room.y, column->room.width, height},
                        count - fit);
}

/* ---- each ---- */

static void fill_starting(struct column *column, const struct sheet *sheet)
{
    add_headline(column, WORD_STARTING);
    add_hint(column, WORD_STARTING_HINT);
    add_sources(column, sheet);
}

void starting_draw(struct pen *pen, const struct sheet *sheet)
{
    draw_column(pen, sheet, fill_starting);
}

/* What IT asks for on the phone: the machine's name and its hardware addresses. */
static void add_machine(struct column *column, const struct stage_machine *machine)
{
    struct text line = {0};
    const struct pen *pen = column->pen;
    text_append_format(&line, pen->language == LANGUAGE_FR ? "%s\u00a0: %s" : "%s: %s",
                       words_get(pen->words, WORD_INFO_HOST), machine->host);
    for (size_t i = 0; i < machine->mac_count; i++)
        text_append_format(&line, " · %s", machine->macs[i]);
    add_line(column, sheet_type(pen, FACE_BOLD, 44), pen->theme->text_primary, text_bytes(&line));
    text_finish(&line);
}

static void fill_no_network(struct column *column, const struct sheet *sheet)
{
    add_light(column, DISPLAY_NODATA);
    add_headline(column, WORD_NO_NETWORK);
    add_hint(column, WORD_NO_NETWORK_HINT);
    if (sheet->stage->machine)
        add_machine(column, sheet->stage->machine);
    add_sources(column, sheet);
}

void no_network_draw(struct pen *pen, const struct sheet *sheet)
{
    draw_column(pen, sheet, fill_no_network);
}

static int64_t opens_wall_ms(const struct snapshot *snapshot)
{
    int64_t soonest_ms = 0;
    for (size_t p = 0; p < snapshot->page_count; p++)
        for (size_t t = 0; t < snapshot->pages[p].tile_count; t++) {
            int64_t opens_ms = snapshot->pages[p].tiles[t].opens_wall_ms;
            if (opens_ms && (!soonest_ms || opens_ms < soonest_ms))
                soonest_ms = opens_ms;
        }
    return soonest_ms;
}

/* Dark, and no brighter than it must be: a clock, and when somebody will be there again. */
static void fill_closed(struct column *column, const struct sheet *sheet)
{
    struct pen *pen = column->pen;
    struct text time = {0}, opening = {0};
    int64_t opens_ms = opens_wall_ms(sheet->snapshot);
    colour ink = pen->theme->text_secondary;
    double high = fmin(pen->clip.height * 0.42, pen->clip.width * 0.3) / pen->unit_px;
    words_of_time(sheet->now.wall_ms, &time);
    if (opens_ms)
        words_of_opening(pen->words, opens_ms, sheet->now.wall_ms, false, &opening);
    add_line(column, sheet_type(pen, FACE_BOLD, high), ink, text_bytes(&time));
    add_line(column, sheet_type(pen, FACE_BOLD, 88), ink, words_of_display(pen->words, DISPLAY_CLOSED));
    if (opening.length)
        add_line(column, sheet_type(pen, FACE_REGULAR, 64), ink, text_bytes(&opening));
    text_finish(&time);
    text_finish(&opening);
}

void closed_draw(struct pen *pen, const struct sheet *sheet)
{
    draw_column(pen, sheet, fill_closed);
}

/* "ligne 12 · pages[0].tiles[2].kpi", and below it what is wrong. */
static void add_fault_line(struct column *column, int line, const char *key, const char *text)
{
    struct pen *pen = column->pen;
    struct text place = {0};
    char digits[24];
    snprintf(digits, sizeof digits, "%d", line);
    if (line > 0)
        words_fill(pen->words, WORD_FAULT_LINE, digits, &place);
    text_append_format(&place, "%s%s", place.length && *key ? " · " : "", key);
    struct type_style style = sheet_type(pen, FACE_BOLD, 40);
    double height = place.length ? round(style.px * 1.3) : 0;
    struct box room = {column->room.x, column->room.y, column->room.width, height};
    if (place.length && column->draw)
        sheet_line(pen, style, pen->theme->state[theme_state_of(DISPLAY_WARN)].fg, room, ALIGN_LEFT,
                   text_bytes(&place));
    advance(column, height);
    add_paragraph(column, 40, pen->theme->text_primary, text);
    advance(column, pen_px(pen, 22));
    text_finish(&place);
}

/* Room for a place and two lines of words; the hint comes after all of them. */
static bool has_room_for_fault(const struct column *column)
{
    return !column->draw || column->room.height >= pen_px(column->pen, 52 + 2 * 52 + 56 + 68);
}

static void add_fault_lines(struct column *column, const struct stage_fault *fault)
{
    size_t i = 0;
    struct pen *pen = column->pen;
    while (i < fault->count && has_room_for_fault(column)) {
        add_fault_line(column, fault->lines[i].line, fault->lines[i].key, fault->lines[i].text);
        i++;
    }
    size_t more = fault->more + fault->count - i;
    struct box last = {column->room.x, column->room.y, column->room.width, pen_px(pen, 56)};
    if (more == 0)
        return;
    if (column->draw)
        sheet_more_draw(pen, last, more);
    advance(column, last.height);
}

static void fill_fault(struct column *column, const struct sheet *sheet)
{
    struct pen *pen = column->pen;
    const struct stage_fault *fault = sheet->stage->fault;
    add_line(column, sheet_type(pen, FACE_BOLD, 72), pen->theme->text_primary,
             words_get(pen->words, WORD_FAULT));
    if (!fault)
        return;
    add_line(column, sheet_type(pen, FACE_REGULAR, 40), pen->theme->text_secondary, fault->file);
    advance(column, pen_px(pen, 28));
    add_fault_lines(column, fault);
    advance(column, pen_px(pen, 12));
    add_hint(column, WORD_FAULT_HINT);
}

void fault_draw(struct pen *pen, const struct sheet *sheet)
{
    draw_column(pen, sheet, fill_fault);
}

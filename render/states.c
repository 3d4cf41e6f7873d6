#include "render/states.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

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

/* ---- what they share ---- */

static struct box clip_of(const struct pen *pen)
{
    return (struct box){pen->clip.x, pen->clip.y, pen->clip.width, pen->clip.height};
}

/* One line across the room, shrunk until it fits; takes its height off the room. */
static void headline(struct pen *pen, struct box *room, double design_px, colour ink, const char *text)
{
    struct type_style style = sheet_type(pen, FACE_BOLD, design_px);
    while (style.px > pen_px(pen, 36) && pen_text_width(pen, style, text) > room->width)
        style.px -= 8;
    double height = round(style.px * 1.35);
    sheet_line(pen, style, ink, (struct box){room->x, room->y, room->width, height}, ALIGN_LEFT, text);
    room->y += height;
    room->height -= height;
}

static void paragraph(struct pen *pen, struct box *room, double design_px, colour ink, const char *text)
{
    struct type_style style = sheet_type(pen, FACE_REGULAR, design_px);
    double height = sheet_paragraph(pen, style, ink, *room, text, true) + style.px * 0.4;
    room->y += height;
    room->height -= height;
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

static void draw_sources(struct pen *pen, const struct sheet *sheet, struct box room)
{
    size_t count = sheet->snapshot ? sheet->snapshot->source_count : 0;
    double height = pen_px(pen, 64);
    size_t fit = sheet_rows_fit(room, height, count);
    for (size_t i = 0; i < fit; i++, room.y += height) {
        struct text rest = {0};
        source_text(pen, sheet, &sheet->snapshot->sources[i], &rest);
        sheet_row_draw(
            pen, &(struct sheet_row){DISPLAY_NODATA, sheet->snapshot->sources[i].name, text_bytes(&rest)},
            (struct box){room.x, room.y, room.width, height});
        text_finish(&rest);
    }
    sheet_more_draw(pen, (struct box){room.x, room.y, room.width, height}, count - fit);
}

/* ---- each ---- */

void starting_draw(struct pen *pen, const struct sheet *sheet)
{
    struct box room = sheet_panel(pen, clip_of(pen), NULL);
    headline(pen, &room, 88, pen->theme->text_primary, words_get(pen->words, WORD_STARTING));
    paragraph(pen, &room, 40, pen->theme->text_secondary, words_get(pen->words, WORD_STARTING_HINT));
    room.y += pen_px(pen, 24);
    room.height -= pen_px(pen, 24);
    draw_sources(pen, sheet, room);
}

static void machine_lines(struct pen *pen, struct box *room, const struct stage_machine *machine)
{
    struct text line = {0};
    text_append_format(&line, "%s : %s", words_get(pen->words, WORD_INFO_HOST), machine->host);
    for (size_t i = 0; i < machine->mac_count; i++)
        text_append_format(&line, " · %s", machine->macs[i]);
    paragraph(pen, room, 40, pen->theme->text_primary, text_bytes(&line));
    text_finish(&line);
}

void no_network_draw(struct pen *pen, const struct sheet *sheet)
{
    struct box room = sheet_panel(pen, clip_of(pen), NULL);
    headline(pen, &room, 88, pen->theme->text_primary, words_get(pen->words, WORD_NO_NETWORK));
    paragraph(pen, &room, 40, pen->theme->text_secondary, words_get(pen->words, WORD_NO_NETWORK_HINT));
    if (sheet->stage->machine)
        machine_lines(pen, &room, sheet->stage->machine);
    room.y += pen_px(pen, 24);
    room.height -= pen_px(pen, 24);
    draw_sources(pen, sheet, room);
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

static void centred(struct pen *pen, struct box room, double centre_share, struct type_style style,
                    colour ink, const char *text)
{
    while (style.px > pen_px(pen, 36) && pen_text_width(pen, style, text) > room.width)
        style.px -= 8;
    double figure = lettering_figure_height(pen->lettering, style);
    pen_text(pen, style, ink, room.x + room.width / 2,
             round(room.y + room.height * centre_share + figure / 2), ALIGN_CENTRE, text);
}

/* Dark, and no brighter than it must be: a clock, and when somebody will be there again. */
void closed_draw(struct pen *pen, const struct sheet *sheet)
{
    struct box room = clip_of(pen);
    struct text time = {0}, opening = {0};
    int64_t opens_ms = opens_wall_ms(sheet->snapshot);
    double high = fmin(room.height * 0.42, room.width * 0.3) / pen->unit_px;
    words_of_time(sheet->now.wall_ms, &time);
    if (opens_ms)
        words_of_opening(pen->words, opens_ms, sheet->now.wall_ms, false, &opening);
    centred(pen, room, 0.34, sheet_type(pen, FACE_BOLD, high), pen->theme->text_secondary, text_bytes(&time));
    centred(pen, room, 0.68, sheet_type(pen, FACE_BOLD, 88), pen->theme->text_secondary,
            words_of_display(pen->words, DISPLAY_CLOSED));
    centred(pen, room, 0.82, sheet_type(pen, FACE_REGULAR, 64), pen->theme->text_secondary,
            text_bytes(&opening));
    text_finish(&time);
    text_finish(&opening);
}

static void fault_line(struct pen *pen, struct box *room, int line, const char *key, const char *text)
{
    struct text place = {0};
    char digits[24];
    snprintf(digits, sizeof digits, "%d", line);
    if (line > 0)
        words_fill(pen->words, WORD_FAULT_LINE, digits, &place);
    text_append_format(&place, "%s%s", place.length && *key ? " · " : "", key);
    struct type_style style = sheet_type(pen, FACE_BOLD, 40);
    double height = place.length ? round(style.px * 1.3) : 0;
    if (room->height < height + pen_px(pen, 52))
        return;
    if (place.length)
        sheet_line(pen, style, pen->theme->state[theme_state_of(DISPLAY_WARN)].fg,
                   (struct box){room->x, room->y, room->width, height}, ALIGN_LEFT, text_bytes(&place));
    room->y += height;
    room->height -= height;
    paragraph(pen, room, 40, pen->theme->text_primary, text);
    text_finish(&place);
}

void fault_draw(struct pen *pen, const struct sheet *sheet)
{
    const struct stage_fault *fault = sheet->stage->fault;
    struct box room = sheet_panel(pen, clip_of(pen), NULL);
    headline(pen, &room, 72, pen->theme->text_primary, words_get(pen->words, WORD_FAULT));
    if (!fault)
        return;
    paragraph(pen, &room, 40, pen->theme->text_secondary, fault->file);
    for (size_t i = 0; i < fault->count; i++)
        fault_line(pen, &room, fault->lines[i].line, fault->lines[i].key, fault->lines[i].text);
    sheet_more_draw(pen, (struct box){room.x, room.y, room.width, pen_px(pen, 56)}, fault->more);
    if (room.height > pen_px(pen, 60))
        paragraph(pen, &room, 40, pen->theme->text_secondary, words_get(pen->words, WORD_FAULT_HINT));
}

/* Why a tile shows what it shows: the lines of model/why_text.c, as large as all of them can be. */
#include "model/why.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "model/inquiry.h"
#include "render/sheet.h"

enum { LINES_MAX = 96, FACT_INDENT = 2 };

struct why_line {
    char *name, *text; /* of a fact; what belongs to one has no name */
    int depth;         /* 0: a fact; 1: a term; 2: a figure of the source */
};

struct why_lines {
    struct why_line line[LINES_MAX];
    size_t count;
    struct text bytes; /* that they are cut out of */
};

/* ---- taking the text apart ---- */

static size_t bytes_of_columns(const char *text, size_t columns)
{
    size_t bytes = 0;
    for (size_t i = 0; i < columns && text[bytes]; i++)
        do
            bytes++;
        while ((text[bytes] & 0xc0) == 0x80);
    return bytes;
}

static void trim_end(char *text)
{
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == ' ')
        text[--length] = '\0';
}

/* "  source     acd, chiffres de 14:06:58" */
static struct why_line fact(char *line)
{
    char *name = line + FACT_INDENT;
    size_t length = bytes_of_columns(name, WHY_NAME_COLUMNS);
    struct why_line cut = {name, name + length, 0};
    if (length > 0 && name[length - 1] == ' ')
        name[length - 1] = '\0';
    trim_end(name);
    return cut;
}

static void take_line(struct why_lines *lines, char *line)
{
    size_t indent = strspn(line, " ");
    if (lines->count == LINES_MAX || indent == 0 || !line[indent])
        return; /* the title: the tile beside says it */
    lines->line[lines->count++] =
        indent == FACT_INDENT ? fact(line) : (struct why_line){"", line + indent, indent > 6 ? 2 : 1};
}

static void lines_make(struct why_lines *lines, const struct why *why, enum language language)
{
    *lines = (struct why_lines){.count = 0};
    why_text(&lines->bytes, why, language);
    for (char *line = lines->bytes.bytes; line && *line;) {
        char *end = strchr(line, '\n');
        if (end)
            *end = '\0';
        take_line(lines, line);
        line = end ? end + 1 : NULL;
    }
}

/* ---- setting it ---- */

/* One way to set the lines: a size, and how much of the detail. */
struct setting {
    double px; /* of the design */
    int depth; /* the deepest that is shown */
};

static double name_room(struct pen *pen, const struct why_lines *lines, struct type_style style)
{
    double room = 0;
    for (size_t i = 0; i < lines->count; i++)
        room = fmax(room, pen_text_width(pen, style, lines->line[i].name));
    return room + style.px * 0.7;
}

static double set_line(struct pen *pen, const struct why_line *line, double px, double names, struct box room,
                       bool draw)
{
    struct type_style name = sheet_type(pen, FACE_REGULAR, px), text = sheet_type(pen, FACE_BOLD, px);
    colour ink = pen->theme->text_primary;
    if (line->depth > 0) {
        text = sheet_type(pen, FACE_NARROW, px * (line->depth > 1 ? 0.86 : 0.94));
        ink = line->depth > 1 ? pen->theme->text_secondary : ink;
    }
    double indent = names + (line->depth > 1 ? text.px : 0);
    struct box place = {room.x + indent, room.y, room.width - indent, room.height};
    if (draw)
        sheet_line(pen, name, pen->theme->text_secondary,
                   (struct box){room.x, room.y, names, round(text.px * 1.3)}, ALIGN_LEFT, line->name);
    return sheet_paragraph(pen, text, ink, place, line->text, draw) + (line->depth == 0 ? text.px * 0.25 : 0);
}

/* Gives the height of all; what does not fit is left out. */
static double set_lines(struct pen *pen, const struct why_lines *lines, struct setting setting,
                        struct box room, bool draw)
{
    double names = name_room(pen, lines, sheet_type(pen, FACE_REGULAR, setting.px)), height = 0;
    for (size_t i = 0; i < lines->count; i++) {
        const struct why_line *line = &lines->line[i];
        struct box rest = {room.x, room.y + height, room.width, room.height - height};
        if (line->depth > setting.depth)
            continue;
        if (draw && rest.height < pen_px(pen, setting.px))
            break;
        height += set_line(pen, line, setting.px, names, rest, draw);
    }
    return height;
}

/* Large with everything, else smaller, else without the single figures. */
static struct setting best_setting(struct pen *pen, const struct why_lines *lines, struct box room)
{
    static const struct setting settings[] = {{40, 2}, {36, 2}, {32, 2}, {36, 1}, {32, 1}, {32, 0}, {28, 0}};
    size_t last = sizeof settings / sizeof *settings - 1;
    for (size_t i = 0; i < last; i++)
        if (set_lines(pen, lines, settings[i], room, false) <= room.height)
            return settings[i];
    return settings[last];
}

static void draw_lines(struct pen *pen, const struct why *why, struct box room)
{
    struct why_lines lines;
    lines_make(&lines, why, pen->language);
    set_lines(pen, &lines, best_setting(pen, &lines, room), room, true);
    text_finish(&lines.bytes);
}

void why_draw(struct pen *pen, const struct sheet *sheet)
{
    const struct snapshot_tile *tile = sheet_tile(sheet);
    struct box whole = {pen->clip.x, pen->clip.y, pen->clip.width, pen->clip.height}, own = whole,
               rest = whole;
    double gap = pen_px(pen, 16);
    if (!tile)
        return;
    if (sheet_is_upright(pen)) {
        own.height = round(whole.height * 0.22);
        rest.y += own.height + gap;
        rest.height -= own.height + gap;
    } else {
        own.width = round(whole.width * 0.28);
        own.height = round(own.width * 0.66);
        rest.x += own.width + gap;
        rest.width -= own.width + gap;
        detail_definition_draw(
            pen, sheet, tile,
            (struct box){own.x, own.y + own.height + gap, own.width, whole.height - own.height - gap});
    }
    const struct inquiry *inquiry = sheet->snapshot->inquiry;
    bool answered = inquiry && inquiry->why && text_equal(inquiry->tile, tile->id);
    sheet_tile_draw(pen, sheet, tile, own);
    struct box room = sheet_panel(pen, rest, words_get(pen->words, WORD_WHY));
    if (answered)
        draw_lines(pen, inquiry->why, room);
    else
        sheet_line(pen, sheet_type(pen, FACE_REGULAR, 40), pen->theme->text_secondary,
                   (struct box){room.x, room.y, room.width, pen_px(pen, 56)}, ALIGN_LEFT,
                   words_get(pen->words, WORD_WAITING));
}

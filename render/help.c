/* The keys and what they do, for whoever has one in the hand and not the handbook. */
#include <math.h>

#include "render/sheet.h"

enum help_only { ALWAYS, WHERE_Q_QUITS, WITH_OTHER_DISPLAYS };

struct help_row {
    const char *keys[LANGUAGE_COUNT]; /* as printed on them, split by blanks */
    int word;
    enum help_only only;
};

static const struct help_row rows[] = {
    {{"→ ←", "→ ←"}, WORD_HELP_PAGES, ALWAYS},
    {{"1–9", "1–9"}, WORD_HELP_NUMBER, ALWAYS},
    {{"↑ ↓", "↑ ↓"}, WORD_HELP_CHOOSE, ALWAYS},
    {{"Entrée", "Enter"}, WORD_HELP_DETAIL, ALWAYS},
    {{"W", "W"}, WORD_HELP_WHY, ALWAYS},
    {{"A", "A"}, WORD_HELP_SEEN, ALWAYS},
    {{"H F5", "H F5"}, WORD_HELP_HUDDLE, ALWAYS},
    {{"P", "P"}, WORD_HELP_PAUSE, ALWAYS},
    {{"B .", "B ."}, WORD_HELP_BLACK, ALWAYS},
    {{"T", "T"}, WORD_HELP_THEME, ALWAYS},
    {{"L", "L"}, WORD_HELP_LANGUAGE, ALWAYS},
    {{"I", "I"}, WORD_HELP_INFO, ALWAYS},
    {{"Échap", "Esc"}, WORD_HELP_BACK, ALWAYS},
    {{"Q", "Q"}, WORD_HELP_QUIT, WHERE_Q_QUITS},
    {{"Tab", "Tab"}, WORD_HELP_DISPLAY, WITH_OTHER_DISPLAYS},
};

enum { ROWS = sizeof rows / sizeof *rows };

/* A key's cap; gives where the next one goes. */
static double draw_cap(struct pen *pen, const char *name, size_t length, struct type_style style,
                       struct box line)
{
    struct text cap = {0};
    text_append_bytes(&cap, name, length);
    double height = round(line.height * 0.8);
    double width = fmax(pen_text_width(pen, style, text_bytes(&cap)) + style.px * 0.8, height);
    struct box box = {line.x, round(line.y + (line.height - height) / 2), round(width), height};
    pen_box_outline(pen, box, height * 0.18, pen_px(pen, 3), 0, pen->theme->text_secondary);
    sheet_line(pen, style, pen->theme->text_primary, box, ALIGN_CENTRE, text_bytes(&cap));
    text_finish(&cap);
    return line.x + box.width + style.px * 0.3;
}

static void draw_caps(struct pen *pen, const char *names, struct type_style style, struct box line)
{
    while (*names) {
        const char *end = names;
        while (*end && *end != ' ')
            end++;
        line.x = draw_cap(pen, names, (size_t)(end - names), style, line);
        names = *end ? end + 1 : end;
    }
}

static void draw_row(struct pen *pen, const struct help_row *row, struct box line)
{
    struct type_style cap = {FACE_BOLD, (int)lround(line.height * 0.4)};
    struct type_style text = {FACE_REGULAR, (int)lround(line.height * 0.42)};
    double caps = pen_px(pen, 230);
    struct box rest = {line.x + caps, line.y, line.width - caps, line.height};
    const char *words = words_get(pen->words, row->word);
    draw_caps(pen, row->keys[pen->language], cap, line);
    if (pen_text_width(pen, text, words) > rest.width)
        text.face = FACE_NARROW;
    sheet_line(pen, text, pen->theme->text_primary, rest, ALIGN_LEFT, words);
}

static bool is_shown(const struct help_row *row, const struct stage *stage)
{
    if (row->only == WHERE_Q_QUITS)
        return stage->may_quit;
    return row->only == ALWAYS || stage->has_neighbours;
}

static size_t rows_shown(const struct sheet *sheet)
{
    size_t count = 0;
    for (size_t i = 0; i < ROWS; i++)
        count += is_shown(&rows[i], sheet->stage);
    return count;
}

/* In one column on a screen that stands, else in two. */
void help_draw(struct pen *pen, const struct sheet *sheet)
{
    struct box whole = {pen->clip.x, pen->clip.y, pen->clip.width, pen->clip.height};
    struct box room = sheet_panel(pen, whole, words_get(pen->words, WORD_HELP));
    struct type_style small = sheet_type(pen, FACE_NARROW, 34);
    size_t columns = sheet_is_upright(pen) ? 1 : 2, count = rows_shown(sheet);
    size_t high = (count + columns - 1) / columns;
    const char *remote = words_get(pen->words, WORD_HELP_REMOTE);
    double foot = sheet_paragraph(pen, small, pen->theme->text_secondary, room, remote, false),
           gap = pen_px(pen, 30);
    double height = fmin(floor((room.height - foot) / (double)high), pen_px(pen, 104));
    double width = (room.width - gap * (double)(columns - 1)) / (double)columns;
    for (size_t i = 0, shown = 0; i < ROWS && shown < count; i++) {
        if (!is_shown(&rows[i], sheet->stage))
            continue;
        double column = (double)(shown / high), line = (double)(shown % high);
        draw_row(pen, &rows[i],
                 (struct box){room.x + column * (width + gap), room.y + line * height, width, height});
        shown++;
    }
    sheet_paragraph(pen, small, pen->theme->text_secondary,
                    (struct box){room.x, room.y + room.height - foot, room.width, foot}, remote, true);
}

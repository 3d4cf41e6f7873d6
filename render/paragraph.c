/*
 * Words that take more than one line: broken at blanks, made smaller until they fit, and paged where they
 * still do not. Nothing scrolls: a moving line is read by nobody and costs a core.
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "render/widget.h"

static const double line_share = 1.3;     /* of the type size */
static const double turning_share = 0.88; /* of it: what turns is no smaller */

/* One line of a text, not copied. */
struct broken_line {
    const char *start;
    size_t length;
};

static bool fits(struct pen *pen, struct type_style style, double room, const char *start, size_t length)
{
    struct text line = {0};
    text_append_bytes(&line, start, length);
    bool fitting = pen_text_width(pen, style, text_bytes(&line)) <= room;
    text_finish(&line);
    return fitting;
}

/* A word that is wider than the line is cut where the line ends. */
static size_t cut_word(struct pen *pen, struct type_style style, double room, const char *start,
                       size_t length)
{
    size_t keep = length;
    while (keep > 1 && !fits(pen, style, room, start, keep))
        keep = utf8_cut(start, keep - 1);
    return keep ? keep : length;
}

/* How much of the text stands on one line. */
static size_t line_length(struct pen *pen, struct type_style style, double room, const char *start)
{
    size_t kept = 0;
    for (const char *end = start; *end;) {
        end += strspn(end, " ");
        end += strcspn(end, " \n");
        size_t length = (size_t)(end - start);
        if (!fits(pen, style, room, start, length))
            return kept ? kept : cut_word(pen, style, room, start, length);
        kept = length;
        if (*end == '\n')
            break;
    }
    return kept;
}

static size_t break_lines(struct pen *pen, struct type_style style, double room, const char *text,
                          struct broken_line **lines)
{
    size_t count = 0, capacity = 0;
    *lines = NULL;
    while (*(text += strspn(text, " \n"))) {
        size_t length = line_length(pen, style, room, text);
        *lines = memory_grow(*lines, &capacity, count, sizeof **lines);
        (*lines)[count++] = (struct broken_line){text, length};
        text += length;
    }
    return count;
}

static void line_draw(struct pen *pen, const struct tile_view *view, struct type_style style,
                      const struct broken_line *line, struct box box)
{
    struct text words = {0};
    text_append_bytes(&words, line->start, line->length);
    pen_text(pen, style, view->ink, box.x, widget_baseline(pen, box, style.px), ALIGN_LEFT,
             text_bytes(&words));
    text_finish(&words);
}

size_t widget_page(const struct tile_view *view, size_t count, size_t on_a_page)
{
    if (on_a_page == 0 || count <= on_a_page)
        return 0;
    size_t pages = (count + on_a_page - 1) / on_a_page;
    return (size_t)(view->now.wall_ms / WIDGET_PAGE_MS) % pages;
}

void widget_paragraph_draw(struct pen *pen, const struct tile_view *view, struct box box, double most_px,
                           const char *text)
{
    struct broken_line *lines = NULL;
    struct type_style style = {FACE_REGULAR, (int)lround(most_px)};
    size_t count = break_lines(pen, style, box.width, text, &lines);
    for (double share = 0.9; share > 0.6 && (double)count * style.px * line_share > box.height;
         share -= 0.15) {
        free(lines);
        style.px = pen_type_px(pen, most_px * share);
        count = break_lines(pen, style, box.width, text, &lines);
    }
    double height = round(style.px * line_share);
    size_t room = (size_t)fmax(box.height / height, 1);
    size_t first = widget_page(view, count, room) * room;
    for (size_t i = 0; i < room && first + i < count; i++)
        line_draw(pen, view, style, &lines[first + i],
                  (struct box){box.x, box.y + height * (double)i, box.width, height});
    free(lines);
}

/* « Signaler les pannes… », then « … avant 9 h ». */
static void piece_draw(struct pen *pen, const struct tile_view *view, struct type_style style, double x,
                       double baseline, double room, const struct broken_line *piece, bool first)
{
    struct text words = {0};
    text_append(&words, first ? "" : "… ");
    text_append_bytes(&words, piece->start, piece->length);
    text_append(&words, first ? "…" : "");
    widget_text(pen, style, view->ink, x, baseline, room, ALIGN_LEFT, text_bytes(&words));
    text_finish(&words);
}

/* The last piece begins as early as it has room: « … à l’exploitation avant 9 h » rather than « … 9 h ». */
static void lengthen_last(struct pen *pen, struct type_style style, double room, const char *text,
                          struct broken_line *piece)
{
    const char *end = piece->start + piece->length;
    for (const char *start = text; start < piece->start; start++) {
        bool begins = start == text || start[-1] == ' ';
        if (begins && *start != ' ' && fits(pen, style, room, start, (size_t)(end - start))) {
            *piece = (struct broken_line){start, (size_t)(end - start)};
            return;
        }
    }
}

void widget_turning_text(struct pen *pen, const struct tile_view *view, struct type_style style, double x,
                         double baseline, double room, const char *text)
{
    struct broken_line *pieces = NULL;
    struct type_style narrow = {FACE_NARROW, pen_type_px(pen, style.px * turning_share)};
    if (pen_text_width(pen, narrow, text) <= room) {
        widget_text(pen, style, view->ink, x, baseline, room, ALIGN_LEFT, text);
        return;
    }
    double sign = pen_text_width(pen, narrow, "… ");
    size_t count = break_lines(pen, narrow, fmax(room - sign, narrow.px), text, &pieces);
    size_t turn = widget_page(view, count, 1);
    if (count > 1)
        lengthen_last(pen, narrow, room - sign, text, &pieces[count - 1]);
    if (count > 0)
        piece_draw(pen, view, narrow, x, baseline, room, &pieces[turn], turn == 0);
    free(pieces);
}

void widget_words_draw(struct pen *pen, const struct tile_view *view, struct box room, const char *words)
{
    struct tile_view quiet = *view;
    quiet.ink = view->ink_dim;
    widget_paragraph_draw(pen, &quiet, room, view->small_px, words);
}

#include <math.h>

#include "render/light.h"
#include "render/ring.h"
#include "render/widget.h"

/*
 * Actions of the huddle (what, who, until when, how far) and words of customers that somebody has moderated.
 * At most seven lines; what is late is marked, and named before the rest.
 */

enum { LINES_MOST = 7 };

/* ---- an action ---- */

/* The word for it of what is late, else the day. */
static void when_text(const struct pen *pen, const struct snapshot_action *action, struct text *out)
{
    if (action->overdue)
        text_append(out, words_get(pen->words, WORD_OVERDUE));
    else if (action->due_wall_ms)
        words_of_date(pen->words, action->due_wall_ms, true, out);
}

/* "qualité · ven. 11 déc."; what is late says that first. */
static void who_and_when_text(const struct pen *pen, const struct snapshot_action *action, struct text *out)
{
    struct text when = {0};
    when_text(pen, action, &when);
    const char *first = action->overdue ? text_bytes(&when) : action->who, *then = action->who;
    if (!action->overdue)
        then = text_bytes(&when);
    text_append(out, first ? first : "");
    if (then && *then)
        text_append_format(out, "%s%s", out->length ? " · " : "", then);
    text_finish(&when);
}

static const double least_deed =
    7; /* of the em: a word or two of what is to be done at a time, or no day beside it */

/* Where there is no room for all, what is to be done and until when are read, and whose it is is left out;
 * then the day, which is never cut. What is late keeps its mark. */
static void due_text(struct pen *pen, const struct snapshot_action *action, struct type_style style,
                     double room, struct text *out)
{
    int words = pen_text_width(pen, (struct type_style){FACE_NARROW, style.px}, action->text);
    who_and_when_text(pen, action, out);
    if (words + style.px + pen_text_width(pen, style, text_bytes(out)) <= room)
        return;
    text_finish(out);
    when_text(pen, action, out);
    if (style.px * least_deed + pen_text_width(pen, style, text_bytes(out)) > room)
        text_finish(out);
}

/* A shape of its own beside the word: a colour alone is not told from 5 m, nor by everybody. */
static void overdue_mark_draw(struct pen *pen, const struct tile_view *view, struct point centre, double size)
{
    light_draw(pen, DISPLAY_WARN, centre, size, widget_light_colours(pen, view, DISPLAY_WARN));
}

static int action_px(const struct pen *pen, const struct tile_view *view, struct box line)
{
    return pen_type_px(pen, fmin(view->small_px, line.height * 0.72));
}

/* Behind the ring, and the mark of what is late. */
static double words_left(const struct snapshot_action *action, struct box line, int px)
{
    double ring = px * 0.85;
    return line.x + ring + px * 0.5 + (action->overdue ? ring + px * 0.4 : 0);
}

/* Whether all has room in wide letters. */
static bool fits_wide(struct pen *pen, const struct snapshot_action *action, struct box line, int px)
{
    struct text due = {0};
    struct type_style style = {action->overdue ? FACE_NARROW_BOLD : FACE_NARROW, px};
    double room = line.x + line.width - words_left(action, line, px);
    due_text(pen, action, style, room, &due);
    double taken = pen_text_width(pen, style, text_bytes(&due)) + px * 0.6;
    text_finish(&due);
    return pen_text_width(pen, (struct type_style){FACE_REGULAR, px}, action->text) <= room - taken;
}

/* One face for all lines of a list: letters that differ from line to line would say something. */
static enum font_face face_for(struct pen *pen, const struct snapshot_notes *notes, size_t count,
                               struct box line, int px)
{
    for (size_t i = 0; i < count; i++)
        if (!fits_wide(pen, &notes->actions[i], line, px))
            return FACE_NARROW;
    return FACE_REGULAR;
}

static void action_draw(struct pen *pen, const struct tile_view *view, const struct snapshot_action *action,
                        enum font_face face, struct box line)
{
    int px = action_px(pen, view, line);
    double baseline = widget_baseline(pen, line, px), ring = px * 0.85, left = words_left(action, line, px);
    double middle = round(line.y + line.height / 2);
    struct text due = {0};
    ring_draw(pen, (struct point){round(line.x + ring / 2), middle}, ring, action->quarters, view->ink_dim);
    if (action->overdue)
        overdue_mark_draw(pen, view, (struct point){round(line.x + ring + px * 0.5 + ring / 2), middle},
                          ring);
    struct type_style style = {action->overdue ? FACE_NARROW_BOLD : FACE_NARROW, px};
    due_text(pen, action, style, line.x + line.width - left, &due);
    double taken = widget_text(pen, style, action->overdue ? view->ink : view->ink_dim, line.x + line.width,
                               baseline, line.width * 0.6, ALIGN_RIGHT, text_bytes(&due));
    widget_turning_text(pen, view, (struct type_style){face, px}, left, baseline,
                        line.x + line.width - taken - px * 0.6 - left, action->text);
    text_finish(&due);
}

/* How many lines have room, and how high each is. */
static size_t lines_in(const struct tile_view *view, struct box room, size_t count, double *height)
{
    size_t most = (size_t)fmax(room.height / (view->small_px * 1.35), 1);
    if (most > LINES_MOST)
        most = LINES_MOST;
    if (most > count)
        most = count;
    *height = floor(fmin(room.height / (double)most, view->small_px * 2.2));
    return most;
}

static void more_draw(struct pen *pen, const struct tile_view *view, size_t more, struct box line)
{
    struct text count = {0}, words = {0};
    int px = pen_type_px(pen, view->small_px * 0.85);
    text_append_format(&count, "%zu", more);
    words_fill(pen->words, words_of_count(pen->language, WORD_MORE_ROWS, more), text_bytes(&count), &words);
    pen_text(pen, (struct type_style){FACE_NARROW, px}, view->ink_dim, line.x + line.width,
             widget_baseline(pen, line, px), ALIGN_RIGHT, text_bytes(&words));
    text_finish(&count);
    text_finish(&words);
}

static void actions_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    const struct snapshot_notes *notes = view->tile->notes;
    double height, foot = round(view->small_px * 1.05);
    size_t lines = lines_in(view, room, notes->action_count, &height);
    if (lines < notes->action_count) {
        room.height -= foot;
        lines = lines_in(view, room, notes->action_count, &height);
        more_draw(pen, view, notes->action_count - lines,
                  (struct box){room.x, room.y + room.height, room.width, foot});
    }
    struct box line = {room.x, room.y, room.width, height};
    enum font_face face = face_for(pen, notes, lines, line, action_px(pen, view, line));
    for (size_t i = 0; i < lines; i++, line.y += height)
        action_draw(pen, view, &notes->actions[i], face, line);
}

/* ---- words of customers ---- */

static void verbatim_draw(struct pen *pen, const struct tile_view *view,
                          const struct snapshot_verbatim *verbatim, struct box box)
{
    struct text quoted = {0}, day = {0};
    bool french = pen->language == LANGUAGE_FR;
    text_append_format(&quoted, "%s%s%s", french ? "«\u00a0" : "“", verbatim->text, french ? "\u00a0»" : "”");
    struct box words = box;
    if (verbatim->day_wall_ms) {
        int px = pen_type_px(pen, view->small_px * 0.85);
        words.height -= px * 1.2;
        words_of_date(pen->words, verbatim->day_wall_ms, true, &day);
        pen_text(pen, (struct type_style){FACE_NARROW, px}, view->ink_dim, box.x + box.width,
                 round(box.y + box.height - px * 0.25), ALIGN_RIGHT, text_bytes(&day));
    }
    widget_paragraph_draw(pen, view, words, view->small_px * 1.3, text_bytes(&quoted));
    text_finish(&quoted);
    text_finish(&day);
}

/* One at a time: a voice is heard, a list of voices is not. */
static void verbatims_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    const struct snapshot_notes *notes = view->tile->notes;
    verbatim_draw(pen, view, &notes->verbatims[widget_page(view, notes->verbatim_count, 1)], room);
}

void widget_list_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    const struct snapshot_notes *notes = view->tile->notes;
    bool customers = text_equal(view->tile->kpi_id, "verbatim_feed");
    if (!notes || !notes->read)
        widget_words_draw(pen, view, room, words_get(pen->words, WORD_NOT_READ));
    else if (customers && notes->verbatim_count)
        verbatims_draw(pen, view, room);
    else if (!customers && notes->action_count)
        actions_draw(pen, view, room);
    else
        widget_words_draw(pen, view, room,
                          words_get(pen->words, customers ? WORD_NO_VERBATIMS : WORD_NO_ACTIONS));
}

#include "render/delta.h"

#include <math.h>
#include <string.h>

#include "base/calendar.h"

/*
 * A net promoter score has none: its move is news only beyond the margin of both days, and
 * the history keeps no answers by class.
 */
bool delta_possible(const struct snapshot_tile *tile)
{
    bool fresh =
        tile->display == DISPLAY_OK || tile->display == DISPLAY_NEUTRAL || display_is_alert(tile->display);
    return fresh && !tile->too_few && tile->unit != UNIT_SCORE_M100_100 && tile->comparable_wall_ms != 0 &&
           isfinite(tile->value) && isfinite(tile->comparable);
}

/* A difference of two percentages is in points. */
static struct figure figure_of(const struct pen *pen, const struct snapshot_tile *tile, double value)
{
    struct figure_style style = figure_style_of(tile, pen->language);
    if (tile->unit == UNIT_PERCENT)
        style = (struct figure_style){.format = FORMAT_INT, .decimals = 1, .language = pen->language};
    if (style.format == FORMAT_SIGNED) /* it is written before it, as for all others */
        style.format = FORMAT_INT;
    return figure_make(&style, value);
}

/* -1: lower, 1: higher, 0: no difference that would be printed. */
static int delta_sign(const struct pen *pen, const struct snapshot_tile *tile)
{
    double difference = tile->value - tile->comparable;
    struct figure shown = figure_of(pen, tile, fabs(difference)), nothing = figure_of(pen, tile, 0);
    if (strcmp(shown.text, nothing.text) == 0)
        return 0;
    return difference > 0 ? 1 : -1;
}

/* Of a band neither way is good by itself. */
static const char *judgement(const struct pen *pen, const struct snapshot_tile *tile, int sign)
{
    bool judged =
        tile->direction == DIRECTION_HIGHER_IS_BETTER || tile->direction == DIRECTION_LOWER_IS_BETTER;
    if (!judged || sign == 0)
        return NULL;
    bool good = (sign > 0) == (tile->direction == DIRECTION_HIGHER_IS_BETTER);
    return words_get(pen->words, good ? WORD_DELTA_GOOD : WORD_DELTA_WATCH);
}

/* The weekday says it where it is that of last week; after a holiday the date does. */
static void day_words(const struct pen *pen, int64_t taken_wall_ms, int64_t then_wall_ms, struct text *out)
{
    struct calendar_time then;
    calendar_local(then_wall_ms, &then);
    int64_t last_week_ms = calendar_add_days_ms(calendar_midnight_ms(taken_wall_ms), -7);
    if (then_wall_ms < last_week_ms)
        words_of_date(pen->words, then_wall_ms, true, out);
    else
        text_append(out, words_get(pen->words, WORD_WEEKDAY_SHORT + (then.weekday + 1) % 7));
}

static void amount_words(const struct pen *pen, const struct snapshot_tile *tile, int sign, struct text *out)
{
    struct text figure = {0};
    text_append(&figure, sign > 0 ? "+" : "\u2212");
    text_append(&figure, figure_of(pen, tile, fabs(tile->value - tile->comparable)).text);
    if (tile->unit == UNIT_PERCENT)
        words_fill(pen->words, WORD_DELTA_POINTS, text_bytes(&figure), out);
    else
        text_append(out, text_bytes(&figure));
    text_finish(&figure);
}

static void difference_words(const struct pen *pen, const struct tile_view *view, struct text *out)
{
    struct text day = {0};
    int sign = delta_sign(pen, view->tile);
    day_words(pen, view->taken_wall_ms, view->tile->comparable_wall_ms, &day);
    if (sign) {
        amount_words(pen, view->tile, sign, out);
        text_append(out, " ");
    }
    words_fill(pen->words, sign ? WORD_DELTA_VERSUS : WORD_DELTA_SAME, text_bytes(&day), out);
    text_finish(&day);
}

void delta_words(const struct pen *pen, const struct tile_view *view, struct text *out)
{
    const char *word = judgement(pen, view->tile, delta_sign(pen, view->tile));
    difference_words(pen, view, out);
    if (word) {
        text_append(out, " · ");
        text_append(out, word);
    }
}

static void arrow_draw(struct pen *pen, colour ink, double x, double middle, double size, int sign)
{
    double half = size / 2, tip = middle - sign * half * 0.87, foot = middle + sign * half * 0.87;
    const struct point points[] = {{x, foot}, {x + size, foot}, {x + half, tip}};
    pen_polygon(pen, points, 3, ink);
}

bool delta_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    struct type_style style = {FACE_NARROW, view->small_px};
    struct text words = {0};
    int sign = delta_sign(pen, view->tile);
    const char *word = judgement(pen, view->tile, sign);
    difference_words(pen, view, &words);
    double size = round(style.px * 0.62), right = room.x + room.width, line = round(style.px * 1.2);
    double width = pen_text_width(pen, style, text_bytes(&words)), arrow = sign ? round(size * 1.4) : 0;
    double top = round(room.y + (room.height - (word ? 2 : 1) * line) / 2);
    struct box first = {room.x, top, room.width, line}, second = {room.x, top + line, room.width, line};
    double widest = fmax(width + arrow, word ? pen_text_width(pen, style, word) : 0);
    bool fits = widest <= room.width && 2 * line <= room.height;
    if (fits && sign)
        arrow_draw(pen, view->ink_dim, right - width - arrow, top + line / 2, size, sign);
    if (fits)
        pen_text(pen, style, view->ink_dim, right, widget_baseline(pen, first, style.px), ALIGN_RIGHT,
                 text_bytes(&words));
    if (fits && word)
        pen_text(pen, style, view->ink_dim, right, widget_baseline(pen, second, style.px), ALIGN_RIGHT, word);
    text_finish(&words);
    return fits;
}

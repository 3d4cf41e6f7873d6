#include <math.h>

#include "render/widget.h"

/* The time of day with its date, and how long it still is until something. */

static const double line_share = 0.24, line_most = 0.45; /* of the room, for the line of words below */
static const double words_share = 0.8;                   /* of that line, for its letters */

/* The largest size in which the template fits; figures are as wide as each other. */
static int size_for(struct pen *pen, const char *widest, struct box box)
{
    enum { MEASURED_PX = 200 };
    struct type_style style = {FACE_BOLD, MEASURED_PX};
    double by_width = box.width * MEASURED_PX / fmax(pen_text_width(pen, style, widest), 1);
    double by_height = box.height * MEASURED_PX / lettering_figure_height(pen->lettering, style);
    int step = pen_px(pen, 8);
    int px = (int)(fmin(by_width * 0.98, by_height * 0.82) / step) * step;
    return pen_type_px(pen, px > FONT_SMALLEST_PX ? px : FONT_SMALLEST_PX);
}

static void large_draw(struct pen *pen, const struct tile_view *view, struct box box, const char *widest,
                       const char *text)
{
    struct type_style style = {FACE_BOLD, size_for(pen, widest, box)};
    double figure = lettering_figure_height(pen->lettering, style);
    pen_text(pen, style, view->ink, box.x, round(box.y + (box.height + figure) / 2), ALIGN_LEFT, text);
}

static int words_px(const struct pen *pen, const struct tile_view *view, struct box line)
{
    return pen_type_px(pen, fmin(view->small_px, line.height * words_share));
}

static void below_draw(struct pen *pen, const struct tile_view *view, struct box box, const char *words)
{
    int px = words_px(pen, view, box);
    if (box.height <= 0)
        return;
    widget_text(pen, (struct type_style){FACE_REGULAR, px}, view->ink_dim, box.x,
                widget_baseline(pen, box, px), box.width, ALIGN_LEFT, words);
}

/* The room of the line of words: as high as it must be to be read, or none where the digits need it all. */
static double lower_height(const struct pen *pen, struct box room)
{
    double least = pen_type_px(pen, 1) / words_share, height = fmax(room.height * line_share, least);
    return height <= room.height * line_most ? round(height) : 0;
}

static struct box upper(const struct pen *pen, struct box room)
{
    room.height -= lower_height(pen, room);
    return room;
}

static struct box lower(const struct pen *pen, struct box room)
{
    double height = lower_height(pen, room);
    return (struct box){room.x, room.y + room.height - height, room.width, height};
}

/* "vendredi 21 novembre", where there is no room for it "ven. 21 nov." */
static void date_text(struct pen *pen, const struct tile_view *view, struct box line, struct text *out)
{
    struct type_style narrow = {FACE_NARROW, words_px(pen, view, line)};
    words_of_date(pen->words, view->now.wall_ms, false, out);
    if (pen_text_width(pen, narrow, text_bytes(out)) <= line.width)
        return;
    text_finish(out);
    words_of_date(pen->words, view->now.wall_ms, true, out);
}

void widget_clock_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    struct text time = {0}, date = {0};
    words_of_time(view->now.wall_ms, &time);
    date_text(pen, view, lower(pen, room), &date);
    large_draw(pen, view, upper(pen, room), "88:88", text_bytes(&time));
    below_draw(pen, view, lower(pen, room), text_bytes(&date));
    text_finish(&time);
    text_finish(&date);
}

/* ---- countdown ---- */

static int64_t left_ms(const struct tile_view *view)
{
    const struct snapshot_countdown *countdown = &view->tile->countdown;
    int64_t left = countdown->ends_wall_ms
                       ? countdown->ends_wall_ms - view->now.wall_ms
                       : countdown->lasts_ms - (view->now.monotonic_ms - view->page_since_ms);
    return left > 0 ? left : 0;
}

/* "3 j", "2 h 05", "09:59": seconds only where they can still matter. */
static void left_text(const struct pen *pen, int64_t left, struct text *out)
{
    struct figure_style style = {FORMAT_DUR_HM, -1, NULL, pen->language};
    int64_t seconds = (left + 999) / 1000, days = seconds / 86400;
    struct text count = {0};
    if (days >= 2) {
        text_append_format(&count, "%d", (int)days);
        words_fill(pen->words, WORD_DURATION_DAYS, text_bytes(&count), out);
    } else {
        style.format = seconds < 3600 ? FORMAT_DUR_CLOCK : FORMAT_DUR_HM;
        if (seconds >= 3600)
            seconds = (seconds + 59) / 60 * 60;
        text_append(out, figure_make(&style, (double)seconds).text);
    }
    text_finish(&count);
}

static void end_text(const struct pen *pen, const struct tile_view *view, struct text *out)
{
    int64_t ends = view->tile->countdown.ends_wall_ms;
    struct text when = {0};
    if (!ends)
        return;
    if (ends - view->now.wall_ms < 86400000)
        words_of_time(ends, &when);
    else
        words_of_date(pen->words, ends, true, &when);
    words_fill(pen->words, WORD_UNTIL, text_bytes(&when), out);
    text_finish(&when);
}

void widget_countdown_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    struct text left = {0}, end = {0};
    int64_t ms = left_ms(view);
    if (ms > 0)
        left_text(pen, ms, &left);
    else
        text_append(&left, words_get(pen->words, WORD_OVER));
    end_text(pen, view, &end);
    const char *widest = ms >= 3600000 ? "88 h 88" : ms > 0 ? "88:88" : text_bytes(&left);
    large_draw(pen, view, end.length ? upper(pen, room) : room, widest, text_bytes(&left));
    if (end.length)
        below_draw(pen, view, lower(pen, room), text_bytes(&end));
    text_finish(&left);
    text_finish(&end);
}

int64_t widget_countdown_next_ms(const struct snapshot_countdown *countdown, struct now now,
                                 int64_t page_since_ms)
{
    int64_t left = countdown->ends_wall_ms ? countdown->ends_wall_ms - now.wall_ms
                                           : countdown->lasts_ms - (now.monotonic_ms - page_since_ms);
    if (left <= 0)
        return INT64_MAX;
    int64_t step = left > 3600000 ? 60000 : 1000;
    return left % step ? left % step : step;
}

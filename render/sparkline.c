#include "render/sparkline.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "model/holt.h"

enum { MOST_MINUTES = 8 * 60, LEAST_MINUTES = 60, MINUTE_MS = 60000 };
enum { LOOK_BACK_MINUTES = 15, AHEAD_MINUTES = 15, AHEAD_STEP_MINUTES = 5 };

static const double most_words = 0.4; /* of the height, that the hours below may take */

/* What part of the series is shown, and where it goes. */
struct frame {
    struct box box;
    int64_t first_minute; /* since 1970, at the left edge */
    int minutes;          /* from the left edge to now */
    int ahead_minutes;    /* from now to the right edge */
    bool goes_on;         /* there is a line to draw there, by this */
    struct holt holt;
    double low, high; /* values at the lower and the upper edge */
};

/* ---- the values ---- */

static double value_at(const struct snapshot_series *series, int64_t minute)
{
    int64_t index = minute - series->first_wall_ms / MINUTE_MS;
    if (index < 0 || (uint64_t)index >= series->count)
        return NAN;
    double value = series->values[index];
    return isfinite(value) ? value : NAN;
}

bool sparkline_possible(const struct snapshot_tile *tile)
{
    const struct snapshot_series *series = &tile->series;
    size_t first = series->count > MOST_MINUTES ? series->count - MOST_MINUTES : 0;
    int known = 0;
    for (size_t i = first; i < series->count && known < 2; i++)
        known += isfinite(series->values[i]);
    return known == 2;
}

static int64_t last_minute_of(const struct tile_view *view)
{
    const struct snapshot_series *series = &view->tile->series;
    int64_t last_point = series->first_wall_ms / MINUTE_MS + (int64_t)series->count - 1;
    int64_t taken = view->taken_wall_ms / MINUTE_MS;
    return taken >= last_point && taken - last_point < MOST_MINUTES / 2 ? taken : last_point;
}

static int minutes_to_show(const struct snapshot_series *series)
{
    int minutes = series->count > MOST_MINUTES ? MOST_MINUTES : (int)series->count;
    return minutes < LEAST_MINUTES ? LEAST_MINUTES : minutes;
}

/* ---- the scale ---- */

static void widen(struct frame *frame, double value)
{
    if (!isfinite(value))
        return;
    frame->low = fmin(frame->low, value);
    frame->high = fmax(frame->high, value);
}

static void take_values(struct frame *frame, const struct snapshot_series *series)
{
    frame->low = INFINITY;
    frame->high = -INFINITY;
    for (int i = 0; i <= frame->minutes; i++)
        widen(frame, value_at(series, frame->first_minute + i));
}

/* A threshold is shown where it does not flatten the line to nothing. */
static void take_limit(struct frame *frame, double limit, double spread)
{
    if (isfinite(limit) && limit > frame->low - spread && limit < frame->high + spread)
        widen(frame, limit);
}

static void take_limits(struct frame *frame, const struct snapshot_tile *tile)
{
    double spread = (frame->high - frame->low) * 1.5 + fabs(frame->high) * 0.1;
    take_limit(frame, tile->limits.warn_low, spread);
    take_limit(frame, tile->limits.warn_high, spread);
    take_limit(frame, tile->target, spread);
}

/* ---- where it is heading ---- */

/* A day's cumulative flattens by construction, a mean of weeks goes nowhere. Kept free in every state, or the
 * curve would jump sideways with it. */
static bool has_ahead(const struct snapshot_tile *tile)
{
    return tile->period <= PERIOD_60M;
}

static bool may_go_on(const struct tile_view *view, int64_t last_minute)
{
    const struct snapshot_tile *tile = view->tile;
    int64_t ahead_ms = (last_minute + AHEAD_MINUTES) * MINUTE_MS;
    bool live = tile->display == DISPLAY_OK || display_is_alert(tile->display) ||
                (tile->display == DISPLAY_NEUTRAL && !tile->too_few);
    bool closes = tile->closes_wall_ms && tile->closes_wall_ms < ahead_ms;
    return live && !closes && tile->covered_ms <= 0;
}

static void take_ahead(struct frame *frame, const struct tile_view *view)
{
    struct trend_point points[LOOK_BACK_MINUTES + 1];
    const struct snapshot_tile *tile = view->tile;
    size_t count = 0;
    int64_t last = frame->first_minute + frame->minutes;
    if (!may_go_on(view, last))
        return;
    for (int i = -LOOK_BACK_MINUTES; i <= 0; i++) {
        double value = value_at(&tile->series, last + i);
        if (!isnan(value))
            points[count++] = (struct trend_point){60.0 * i, value};
    }
    frame->goes_on = trend_goes_on(points, count);
    if (!frame->goes_on)
        return;
    frame->holt = holt_smooth(points, count);
    widen(frame, fmin(fmax(holt_ahead(&frame->holt, 60, AHEAD_MINUTES), tile->range_min), tile->range_max));
}

/* Air above and below; a line that never moves runs through the middle. */
static void add_air(struct frame *frame)
{
    double spread = frame->high - frame->low;
    if (!(spread > fabs(frame->high) * 1e-9))
        spread = fmax(fabs(frame->high) * 0.2, 1);
    double middle = (frame->high + frame->low) / 2;
    frame->low = middle - spread * 0.58;
    frame->high = middle + spread * 0.58;
}

static struct frame frame_make(const struct tile_view *view, struct box box, struct sparkline_look look)
{
    struct frame frame = {.box = box, .minutes = minutes_to_show(&view->tile->series) - 1};
    frame.first_minute = last_minute_of(view) - frame.minutes;
    take_values(&frame, &view->tile->series);
    frame.ahead_minutes = look.with_ahead && has_ahead(view->tile) ? AHEAD_MINUTES : 0;
    if (frame.ahead_minutes)
        take_ahead(&frame, view);
    if (look.with_bands)
        take_limits(&frame, view->tile);
    add_air(&frame);
    return frame;
}

static double level_of(const struct frame *frame, double value)
{
    double share = (value - frame->low) / (frame->high - frame->low);
    share = fmin(fmax(share, 0), 1);
    /* quarter pixels: finer is not seen, and would redraw a tile for nothing */
    return round((frame->box.y + frame->box.height * (1 - share)) * 4) / 4;
}

static double place_of(const struct frame *frame, int64_t minute)
{
    double share = (double)(minute - frame->first_minute) / (frame->minutes + frame->ahead_minutes);
    return round((frame->box.x + frame->box.width * share) * 4) / 4;
}

/* ---- the shading ---- */

static void band(struct pen *pen, const struct frame *frame, double from, double to, colour paint)
{
    double top = level_of(frame, fmax(from, to)), bottom = level_of(frame, fmin(from, to));
    if (bottom - top >= 1)
        pen_box(pen, (struct box){frame->box.x, top, frame->box.width, bottom - top}, 0, paint);
}

static colour band_colour(const struct pen *pen, const struct tile_view *view, enum theme_state state)
{
    return theme_mix(view->ground, pen->theme->state[state].fg, state == STATE_CRITICAL ? 0.30 : 0.17);
}

/* With a line where it begins: to some eyes the two shades are one. */
static void critical_band(struct pen *pen, const struct tile_view *view, const struct frame *frame,
                          double critical, double end)
{
    double level = round(level_of(frame, critical)) + 0.5 * (pen_px(pen, 1) % 2);
    band(pen, frame, critical, end, band_colour(pen, view, STATE_CRITICAL));
    pen_line(pen, (struct point){frame->box.x, level}, (struct point){frame->box.x + frame->box.width, level},
             pen_px(pen, 1), 0, theme_mix(view->ground, view->ink_dim, 0.6));
}

/* Beyond `warn` is shaded, beyond `critical` more so; `end` is the edge of the frame on that side. */
static void side_draw(struct pen *pen, const struct tile_view *view, const struct frame *frame, double warn,
                      double critical, double end)
{
    if (isfinite(warn) && frame->low < warn && warn < frame->high)
        band(pen, frame, warn, end, band_colour(pen, view, STATE_WARN));
    if (isfinite(critical) && frame->low < critical && critical < frame->high)
        critical_band(pen, view, frame, critical, end);
}

static void bands_draw(struct pen *pen, const struct tile_view *view, const struct frame *frame)
{
    const struct limits *limits = &view->tile->limits;
    if (view->ground != pen->theme->surface || view->tile->display == DISPLAY_STALE)
        return; /* on a red or hatched ground shades would say nothing */
    side_draw(pen, view, frame, limits->warn_low, limits->critical_low, frame->low);
    side_draw(pen, view, frame, limits->warn_high, limits->critical_high, frame->high);
}

static void target_draw(struct pen *pen, const struct tile_view *view, const struct frame *frame)
{
    double target = view->tile->target;
    if (!isfinite(target) || target <= frame->low || target >= frame->high)
        return;
    double level = round(level_of(frame, target)) + 0.5 * (pen_px(pen, 2) % 2);
    pen_line(pen, (struct point){frame->box.x, level}, (struct point){frame->box.x + frame->box.width, level},
             pen_px(pen, 2), pen_px(pen, 8), theme_mix(view->ground, view->ink_dim, 0.7));
}

/* ---- the line ---- */

static void stretch_draw(struct pen *pen, const struct tile_view *view, const struct point *points,
                         size_t count)
{
    double width = fmax(3 * pen->unit_px, 1);
    if (count == 1)
        pen_disc(pen, points[0], width * 0.75, view->ink);
    else if (count > 1)
        pen_curve(pen, points, count, width, view->ink);
}

/* Points nearer than a few pixels are drawn as one: more would only make the line rough. */
static int minutes_in_a_step(const struct pen *pen, const struct frame *frame)
{
    double least_px = 4.5 * pen->unit_px;
    double minute_px = frame->box.width / (frame->minutes + frame->ahead_minutes);
    return minute_px >= least_px ? 1 : (int)ceil(least_px / minute_px);
}

/* The point for a step of minutes: the mean of what is known, so that a gap of a whole step stays a gap. */
static bool step_point(const struct frame *frame, const struct snapshot_series *series, int from, int count,
                       struct point *point)
{
    double sum = 0;
    int known = 0;
    for (int i = from; i < from + count && i <= frame->minutes; i++) {
        double value = value_at(series, frame->first_minute + i);
        if (isnan(value))
            continue;
        sum += level_of(frame, value);
        known++;
    }
    if (!known)
        return false;
    int middle = from + count - 1 < frame->minutes ? from + count - 1 : frame->minutes;
    *point = (struct point){place_of(frame, frame->first_minute + middle), round(sum / known * 4) / 4};
    return true;
}

/* From the last point, which it begins at: what is smoothed may be a little beside it. */
static void ahead_draw(struct pen *pen, const struct tile_view *view, const struct frame *frame,
                       struct point last)
{
    double moved = last.y - level_of(frame, holt_ahead(&frame->holt, 60, 0)), top = frame->box.y;
    struct point from = last;
    for (int minutes = AHEAD_STEP_MINUTES; minutes <= AHEAD_MINUTES; minutes += AHEAD_STEP_MINUTES) {
        double level = level_of(frame, holt_ahead(&frame->holt, 60, minutes)) + moved;
        struct point to = {place_of(frame, frame->first_minute + frame->minutes + minutes),
                           fmin(fmax(level, top), top + frame->box.height)};
        pen_line(pen, from, to, fmax(3 * pen->unit_px, 1), fmax(7 * pen->unit_px, 3), view->ink_dim);
        from = to;
    }
}

static void line_draw(struct pen *pen, const struct tile_view *view, const struct frame *frame)
{
    struct point *points = memory_create((size_t)frame->minutes + 1, sizeof *points);
    struct point last = {0};
    size_t count = 0;
    int step = minutes_in_a_step(pen, frame);
    /* steps begin at fixed minutes, or the curve would shiver as it moves */
    int offset = (int)(frame->first_minute % step);
    for (int i = -offset; i <= frame->minutes; i += step) {
        int from = i < 0 ? 0 : i, length = i < 0 ? step + i : step;
        if (step_point(frame, &view->tile->series, from, length, &points[count])) {
            last = points[count++];
            continue;
        }
        stretch_draw(pen, view, points, count);
        count = 0;
    }
    stretch_draw(pen, view, points, count);
    if (frame->goes_on)
        ahead_draw(pen, view, frame, last);
    double radius = fmax(6 * pen->unit_px, 1.5);
    pen_disc(pen, last, radius * 1.45, view->ground);
    pen_disc(pen, last, radius, view->accent);
    free(points);
}

/* ---- what was noted of the floor ---- */

/* A staff with its flag, in no state's colour: it explains a curve and judges nothing. */
static void flag_draw(struct pen *pen, const struct tile_view *view, const struct frame *frame, double x)
{
    double size = fmax(11 * pen->unit_px, 4), top = frame->box.y, bottom = top + frame->box.height;
    struct point flag[] = {{x, top}, {x + size, top + size * 0.5}, {x, top + size}};
    pen_line(pen, (struct point){x, top}, (struct point){x, bottom}, fmax(pen_px(pen, 2), 1), 0,
             theme_mix(view->ground, view->ink, 0.6));
    pen_polygon(pen, flag, 3, view->ink);
}

static void marks_draw(struct pen *pen, const struct tile_view *view, const struct frame *frame)
{
    for (size_t i = 0; view->snapshot && i < view->snapshot->mark_count; i++) {
        int64_t minute = view->snapshot->marks[i].wall_ms / MINUTE_MS;
        if (minute >= frame->first_minute && minute <= frame->first_minute + frame->minutes)
            flag_draw(pen, view, frame, place_of(frame, minute));
    }
}

/* ---- the hours ---- */

static int hours_between_ticks(struct pen *pen, const struct frame *frame, struct type_style style)
{
    static const int steps[] = {1, 2, 3, 4, 6, 12};
    struct text widest = {0};
    words_fill(pen->words, WORD_HOUR, "88", &widest);
    double width = pen_text_width(pen, style, text_bytes(&widest)) + style.px * 0.5;
    double hour = place_of(frame, frame->first_minute + 60) - place_of(frame, frame->first_minute);
    text_finish(&widest);
    size_t i = frame->minutes > 5 * 60 ? 1 : 0;
    while (i + 1 < sizeof steps / sizeof *steps && hour * steps[i] < width)
        i++;
    return steps[i];
}

/* Where its word has no room (`with_words`) the line alone: how long the curve is can be counted. */
static void hour_draw(struct pen *pen, const struct tile_view *view, const struct frame *frame,
                      struct type_style style, bool with_words, int64_t minute, int hour)
{
    double x = place_of(frame, minute), bottom = frame->box.y + frame->box.height;
    struct text word = {0};
    char digits[8] = {(char)(hour > 9 ? '0' + hour / 10 : '0' + hour),
                      (char)(hour > 9 ? '0' + hour % 10 : 0)};
    words_fill(pen->words, WORD_HOUR, digits, &word);
    double half = pen_text_width(pen, style, text_bytes(&word)) / 2.0;
    if (x - half >= frame->box.x && x + half <= frame->box.x + frame->box.width) {
        pen_line(pen, (struct point){x, frame->box.y}, (struct point){x, bottom}, pen_px(pen, 1), 0,
                 theme_mix(view->ground, view->ink_dim, 0.25));
        if (with_words)
            pen_text(pen, style, view->ink_dim, x, bottom + style.px * 1.05, ALIGN_CENTRE, text_bytes(&word));
    }
    text_finish(&word);
}

static void hours_draw(struct pen *pen, const struct tile_view *view, const struct frame *frame,
                       struct type_style style, bool with_words)
{
    int every = hours_between_ticks(pen, frame, style);
    for (int i = 0; i <= frame->minutes; i++) {
        int64_t minute = frame->first_minute + i;
        time_t seconds = (time_t)(minute * 60);
        if (minute % 15 != 0) /* no time zone's hours begin elsewhere */
            continue;
        struct tm moment;
        localtime_r(&seconds, &moment);
        if (moment.tm_min == 0 && moment.tm_hour % every == 0)
            hour_draw(pen, view, frame, style, with_words, minute, moment.tm_hour);
    }
}

void sparkline_draw(struct pen *pen, const struct tile_view *view, struct box box, struct sparkline_look look)
{
    if (!sparkline_possible(view->tile) || box.width < 8 || box.height < 8)
        return;
    struct type_style style = {FACE_NARROW, pen_type_px(pen, view->small_px * 0.78)};
    /* rather a curve without words than words without a curve */
    bool with_words = look.with_hours && style.px * 1.1 <= box.height * most_words;
    double mark = fmax(9 * pen->unit_px, 2); /* room for the mark of the last point */
    box.width -= mark;
    box.y += mark * 0.5;
    box.height -= mark + (with_words ? style.px * 1.1 : 0);
    struct frame frame = frame_make(view, box, look);
    if (look.with_bands)
        bands_draw(pen, view, &frame);
    if (look.with_hours)
        hours_draw(pen, view, &frame, style, with_words);
    if (look.with_bands)
        target_draw(pen, view, &frame);
    marks_draw(pen, view, &frame);
    line_draw(pen, view, &frame);
}

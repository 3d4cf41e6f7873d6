#include <math.h>

#include "base/calendar.h"
#include "render/light.h"
#include "render/widget.h"

/*
 * A day as a ribbon of quarters of an hour: when was it red, and for how long. The state is the height of the
 * cell as well as its colour. On the letters S Q C D P it is the month, a cell a day.
 */

/* ---- a day ---- */

enum { HOUR_MS = 3600000, QUARTER_MS = 900000, HOURS_LEAST = 6 };

/* From which moment to which the ribbon goes: whole hours. */
struct span {
    int64_t from_wall_ms, to_wall_ms;
};

static struct span span_of(const struct tile_view *view)
{
    const struct snapshot_ribbon *ribbon = &view->tile->ribbon;
    int64_t end = ribbon->first_wall_ms + (int64_t)ribbon->count * QUARTER_MS;
    struct span span = {calendar_floor_ms(ribbon->first_wall_ms, CALENDAR_HOUR), end};
    int64_t hour = calendar_floor_ms(end, CALENDAR_HOUR);
    span.to_wall_ms = hour < end ? hour + HOUR_MS : hour;
    int64_t missing = span.from_wall_ms + HOURS_LEAST * (int64_t)HOUR_MS - span.to_wall_ms;
    if (missing > 0) /* a young day has room to grow */
        span.to_wall_ms += missing;
    return span;
}

/* The worse, the higher. */
static double height_of(enum display display)
{
    static const double HEIGHTS[DISPLAY_COUNT] = {
        [DISPLAY_CLOSED] = 0.04, [DISPLAY_NODATA] = 0.04, [DISPLAY_STALE] = 0.30,   [DISPLAY_NEUTRAL] = 0.42,
        [DISPLAY_OK] = 0.42,     [DISPLAY_WARN] = 0.70,   [DISPLAY_CRITICAL] = 1.0,
    };
    return HEIGHTS[display];
}

static colour cell_colour(const struct pen *pen, const struct tile_view *view, enum display display)
{
    colour paint = pen->theme->state[theme_state_of(display)].fg;
    if (display == DISPLAY_CLOSED || display == DISPLAY_NODATA)
        return theme_mix(view->ground, view->ink_dim, 0.45);
    if (view->ground_display == DISPLAY_CRITICAL) /* on red: by height and by shade */
        return theme_mix(view->ground, view->ink, display == DISPLAY_CRITICAL ? 1 : 0.6);
    return paint;
}

static void cell_draw(struct pen *pen, const struct tile_view *view, enum display display, struct box cell)
{
    double height = fmax(round(cell.height * height_of(display)), 2);
    struct box box = {cell.x, cell.y + cell.height - height, cell.width, height};
    if (display == DISPLAY_STALE)
        pen_box_outline(pen, box_inset(box, 0.5), 0, fmax(pen_px(pen, 2), 1), 0,
                        cell_colour(pen, view, display));
    else
        pen_box(pen, box, 0, cell_colour(pen, view, display));
}

static void cells_draw(struct pen *pen, const struct tile_view *view, struct span span, struct box box)
{
    const struct snapshot_ribbon *ribbon = &view->tile->ribbon;
    double width = box.width * QUARTER_MS / (double)(span.to_wall_ms - span.from_wall_ms);
    double first = (double)(ribbon->first_wall_ms - span.from_wall_ms) / QUARTER_MS;
    double gap = width > 5 ? fmax(pen_px(pen, 1), 1) : 0;
    for (size_t i = 0; i < ribbon->count; i++) {
        double left = round(box.x + width * (first + (double)i)),
               right = round(box.x + width * (first + (double)i + 1));
        cell_draw(pen, view, ribbon->cells[i],
                  (struct box){left, box.y, fmax(right - left - gap, 1), box.height});
    }
}

static void hours_draw(struct pen *pen, const struct tile_view *view, struct span span, struct box box)
{
    struct type_style style = {FACE_NARROW, pen_type_px(pen, view->small_px * 0.8)};
    double hour_px = box.width * HOUR_MS / (double)(span.to_wall_ms - span.from_wall_ms);
    int every = (int)ceil(pen_text_width(pen, style, "88 h  ") / hour_px);
    double baseline = widget_baseline(pen, box, style.px);
    for (int64_t at = span.from_wall_ms; at < span.to_wall_ms; at += HOUR_MS) {
        struct calendar_time local;
        struct text number = {0}, name = {0};
        calendar_local(at, &local);
        if (local.hour % (every > 1 ? every : 1) != 0)
            continue;
        text_append_format(&number, "%d", local.hour);
        words_fill(pen->words, WORD_HOUR, text_bytes(&number), &name);
        double x = box.x + hour_px * (double)(at - span.from_wall_ms) / HOUR_MS;
        if (x + pen_text_width(pen, style, text_bytes(&name)) <= box.x + box.width)
            pen_text(pen, style, view->ink_dim, round(x), baseline, ALIGN_LEFT, text_bytes(&name));
        text_finish(&number);
        text_finish(&name);
    }
}

/* "en rouge 45 min", beside the figure; "45 min" where there is no room for more. */
static void red_draw(struct pen *pen, const struct tile_view *view, struct box box)
{
    struct text minutes = {0}, duration = {0}, words = {0};
    int red = (int)(view->tile->ribbon.red_ms / 60000);
    struct figure_style style = {FORMAT_DUR_HM, -1, NULL, pen->language};
    text_append_format(&minutes, "%d", red);
    if (red < 60)
        words_fill(pen->words, WORD_DURATION_MINUTES, text_bytes(&minutes), &duration);
    else
        text_append(&duration, figure_make(&style, red * 60.0).text);
    if (red > 0)
        words_fill(pen->words, WORD_RED_TODAY, text_bytes(&duration), &words);
    else
        text_append(&words, words_get(pen->words, WORD_NEVER_RED));
    struct type_style type = {FACE_NARROW, view->small_px};
    bool fits = pen_text_width(pen, type, text_bytes(&words)) <= box.width;
    if (pen_text_width(pen, (struct type_style){FACE_REGULAR, view->small_px}, text_bytes(&words)) <=
        box.width)
        type.face = FACE_REGULAR;
    widget_text(pen, type, view->ink_dim, box.x + box.width, widget_baseline(pen, box, view->small_px),
                box.width, ALIGN_RIGHT, text_bytes(fits || red == 0 ? &words : &duration));
    text_finish(&minutes);
    text_finish(&duration);
    text_finish(&words);
}

static void day_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    double words = round(pen_type_px(pen, view->small_px * 0.8) * 1.2);
    if (words > room.height * (1 - widget_value_share(view)) * 0.6)
        words = 0;
    struct box value = {room.x, room.y, round(room.width * 0.5), widget_value_height(view, room)};
    struct box red = {room.x + value.width, room.y, room.width - value.width, value.height};
    struct box cells = {room.x, room.y + value.height, room.width, room.height - value.height - words};
    struct span span = span_of(view);
    widget_draw_value(pen, view, value, ALIGN_LEFT);
    red_draw(pen, view, red);
    cells_draw(pen, view, span, cells);
    if (words > 0)
        hours_draw(pen, view, span, (struct box){room.x, cells.y + cells.height, room.width, words});
}

/* ---- a month of letters ---- */

static bool is_known(enum display display)
{
    return display != DISPLAY_NODATA && display != DISPLAY_CLOSED;
}

static bool has_past(const struct snapshot_month *month)
{
    for (int letter = 0; letter < SNAPSHOT_LETTERS; letter++)
        for (int day = 1; day < month->today; day++)
            if (is_known(month->cells[letter][day - 1]))
                return true;
    return false;
}

static const char *const LETTERS[SNAPSHOT_LETTERS] = {"S", "Q", "C", "D", "P"};

/* What stands at the beginning of a line. */
struct letter_type {
    struct type_style letter, name;
    double indent; /* from the letter's left to the name's */
};

static struct letter_type letter_type(struct pen *pen, const struct tile_view *view, double height)
{
    int px = pen_type_px(pen, fmin(view->small_px * 1.2, height * 0.8));
    struct letter_type type = {{FACE_BOLD, px}, {FACE_REGULAR, pen_type_px(pen, px * 0.85)}, px * 0.75};
    for (int letter = 0; letter < SNAPSHOT_LETTERS; letter++)
        type.indent = fmax(type.indent, pen_text_width(pen, type.letter, LETTERS[letter]));
    type.indent += px * 0.35;
    return type;
}

/* How wide a line begins with its name. */
static double named_width(struct pen *pen, const struct letter_type *type)
{
    double widest = 0;
    for (int letter = 0; letter < SNAPSHOT_LETTERS; letter++)
        widest = fmax(widest, pen_text_width(pen, type->name, words_get(pen->words, WORD_LETTER + letter)));
    return ceil(type->indent + widest + type->name.px * 0.6);
}

static void letter_draw(struct pen *pen, const struct tile_view *view, const struct letter_type *type,
                        int letter, struct box line, bool named)
{
    double baseline = widget_baseline(pen, line, type->letter.px);
    pen_text(pen, type->letter, view->ink, line.x, baseline, ALIGN_LEFT, LETTERS[letter]);
    if (named)
        widget_text(pen, type->name, view->ink_dim, line.x + type->indent, baseline,
                    line.width - type->indent, ALIGN_LEFT, words_get(pen->words, WORD_LETTER + letter));
}

static void state_draw(struct pen *pen, const struct tile_view *view, enum display display, struct box cell)
{
    struct point centre = {round(cell.x + cell.width / 2), round(cell.y + cell.height / 2)};
    double size = floor(fmin(cell.width, cell.height) * 0.86);
    double dot = fmax(size * 0.1, 1);
    if (is_known(display) && display != DISPLAY_NEUTRAL)
        light_draw(pen, display, centre, size, widget_light_colours(pen, view, display));
    else
        pen_disc(pen, centre, dot, theme_mix(view->ground, view->ink_dim, 0.5));
}

/* Days of the month beside each other; where not all have room, the last ones up to today. */
struct days {
    int first, count;
    double width;
};

/* A light is at least half as wide as its line is high. */
static struct days days_that_fit(const struct snapshot_month *month, struct box line)
{
    int most = (int)fmax(line.width / (line.height * 0.5), 1);
    struct days days = {1, month->day_count, line.width / month->day_count};
    if (most >= month->day_count)
        return days;
    days.count = most;
    days.first = month->today > most ? month->today - most + 1 : 1;
    days.width = line.width / most;
    return days;
}

static void days_draw(struct pen *pen, const struct tile_view *view, int letter, struct box line)
{
    const struct snapshot_month *month = &view->snapshot->month;
    struct days days = days_that_fit(month, line);
    for (int day = days.first; day < days.first + days.count; day++) {
        enum display display = day == month->today  ? view->snapshot->letters[letter]
                               : day < month->today ? month->cells[letter][day - 1]
                                                    : DISPLAY_NODATA;
        struct box cell = {line.x + days.width * (day - days.first), line.y, days.width, line.height};
        if (day == month->today)
            pen_box(pen, (struct box){cell.x, line.y, days.width, line.height}, 0,
                    theme_mix(view->ground, view->ink_dim, 0.2));
        state_draw(pen, view, display, cell);
    }
}

/* Of the words beside today's lights. */
static int word_px(const struct pen *pen, const struct tile_view *view, struct box line)
{
    return pen_type_px(pen, fmin(view->small_px, line.height * 0.7));
}

static double word_room(struct box line, int px)
{
    return line.width - line.height - px * 0.4;
}

/* All or none: half a word is none, and one that is missing among others looks like a state of its own. */
static bool words_have_room(struct pen *pen, const struct tile_view *view, struct box line)
{
    int px = word_px(pen, view, line);
    for (int letter = 0; letter < SNAPSHOT_LETTERS; letter++) {
        const char *word = words_of_display(pen->words, view->snapshot->letters[letter]);
        if (word && pen_text_width(pen, (struct type_style){FACE_NARROW, px}, word) > word_room(line, px))
            return false;
    }
    return true;
}

/* Today's word beside its light: a month that knows nothing yet would be a field of dots. */
static void today_draw(struct pen *pen, const struct tile_view *view, int letter, struct box line, bool said)
{
    enum display display = view->snapshot->letters[letter];
    const char *word = words_of_display(pen->words, display);
    struct box light = {line.x + line.width - line.height, line.y, line.height, line.height};
    int px = word_px(pen, view, line);
    state_draw(pen, view, display, light);
    if (word && said)
        widget_text(pen, (struct type_style){FACE_REGULAR, px}, view->ink_dim, light.x - px * 0.4,
                    widget_baseline(pen, line, px), word_room(line, px), ALIGN_RIGHT, word);
}

/* A small tile has no room for five lines: letter and light, three beside each other or all five. */
static void compact_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    int across = room.height >= view->small_px * 2.4 ? 3 : SNAPSHOT_LETTERS;
    int down = (SNAPSHOT_LETTERS + across - 1) / across;
    double width = room.width / across, height = floor(room.height / down);
    int px = pen_type_px(pen, fmin(height * 0.7, width * 0.5));
    for (int letter = 0; letter < SNAPSHOT_LETTERS; letter++) {
        struct box cell = {room.x + width * (letter % across), room.y + height * (letter / across), width,
                           height};
        double light = fmin(px * 0.95, width * 0.45);
        double said = pen_text(pen, (struct type_style){FACE_NARROW_BOLD, px}, view->ink, cell.x,
                               widget_baseline(pen, cell, px), ALIGN_LEFT, LETTERS[letter]);
        state_draw(pen, view, view->snapshot->letters[letter],
                   (struct box){cell.x + said + px * 0.15, cell.y + (height - light) / 2, light, light});
    }
}

static void letters_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    const struct snapshot_month *month = &view->snapshot->month;
    bool past = has_past(month) && month->day_count > 0;
    if (room.height < SNAPSHOT_LETTERS * view->small_px * 1.05) {
        compact_draw(pen, view, room);
        return;
    }
    double height = room.height / SNAPSHOT_LETTERS;
    struct letter_type type = letter_type(pen, view, floor(height));
    /* All names or none: half of one says no more than its letter. Beside a month they have a quarter, beside
       today's light all that it leaves. */
    double most = past ? room.width * 0.24 : room.width - height * 1.2;
    bool named = named_width(pen, &type) <= most;
    double name = named ? named_width(pen, &type) : type.indent;
    struct box first = {room.x + name, room.y, room.width - name, floor(height)};
    bool said = !past && words_have_room(pen, view, first);
    for (int letter = 0; letter < SNAPSHOT_LETTERS; letter++) {
        struct box line = {first.x, round(room.y + height * letter), first.width, first.height};
        letter_draw(pen, view, &type, letter, (struct box){room.x, line.y, name, line.height}, named);
        if (past)
            days_draw(pen, view, letter, line);
        else
            today_draw(pen, view, letter, line, said);
    }
}

void widget_ribbon_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    if (text_equal(view->tile->kpi_id, "sqcdp_status"))
        letters_draw(pen, view, room);
    else if (view->tile->ribbon.count == 0)
        widget_number_draw(pen, view, room);
    else
        day_draw(pen, view, room);
}

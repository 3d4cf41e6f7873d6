#include "render/strip.h"

#include <math.h>
#include <stdio.h>

#include "render/format.h"
#include "render/light.h"
#include "render/sheet.h"
#include "render/signature.h"
#include "render/tile.h"

enum { MOST_ITEMS = 24 };

/* ---- what there is to say ---- */

static bool is_failing(const struct snapshot_source *source)
{
    return source->problem != SOURCE_FINE && source->problem != SOURCE_WAITING;
}

bool strip_needed(const struct snapshot *snapshot)
{
    if (!snapshot)
        return false;
    for (size_t i = 0; i < snapshot->source_count; i++)
        if (is_failing(&snapshot->sources[i]))
            return true;
    return snapshot->alert_count > 0;
}

static int64_t duration_of(const struct snapshot_alert *alert, struct now now)
{
    int64_t duration_ms = now.wall_ms - alert->since_wall_ms;
    return duration_ms > 0 ? duration_ms : 0;
}

static uint64_t add_tile_inputs(uint64_t inputs, const struct snapshot_tile *tile, enum language language)
{
    inputs = signature_add_number(inputs, tile->value);
    inputs = signature_add(inputs, tile->queue_unnamed);
    inputs = signature_add(inputs, (uint64_t)tile->returning);
    inputs = signature_add(inputs, (uint64_t)(tile->acked_wall_ms / 60000));
    inputs = signature_add_text(inputs, tile->id);
    for (int i = 0; i < DIM_COUNT; i++)
        inputs = signature_add_text(inputs, tile->scope.value[i]);
    return signature_add_text(inputs, tile->label[language][LABEL_LONG]);
}

static uint64_t add_compound_inputs(uint64_t inputs, const struct snapshot_alert *alert)
{
    inputs = signature_add(inputs, (uint64_t)alert->compound);
    inputs = signature_add_text(inputs, alert->where.value[DIM_SITE]);
    return signature_add_text(inputs, alert->where.value[DIM_QUEUE]);
}

uint64_t strip_inputs(const struct snapshot *snapshot, enum language language, struct now now)
{
    uint64_t inputs = SIGNATURE_START;
    for (size_t i = 0; i < snapshot->alert_count && i < MOST_ITEMS; i++) {
        const struct snapshot_alert *alert = &snapshot->alerts[i];
        inputs = signature_add(inputs, (uint64_t)alert->display);
        inputs = signature_add(inputs, (uint64_t)(duration_of(alert, now) / 60000));
        inputs =
            alert->tile ? add_tile_inputs(inputs, alert->tile, language) : add_compound_inputs(inputs, alert);
    }
    for (size_t i = 0; i < snapshot->source_count; i++) {
        const struct snapshot_source *source = &snapshot->sources[i];
        inputs = signature_add(inputs, (uint64_t)source->problem);
        if (!is_failing(source))
            continue;
        inputs = signature_add_number(inputs, source->number);
        inputs = signature_add(inputs, (uint64_t)(source->problem_since_wall_ms / 60000));
        inputs = signature_add_text(inputs, source->name);
    }
    return signature_add(inputs, (snapshot->alert_count + snapshot->alerts_untold) << 1 | snapshot->flood);
}

int64_t strip_next_change_in_ms(const struct snapshot *snapshot, struct now now)
{
    int64_t soonest = INT64_MAX;
    for (size_t i = 0; i < snapshot->alert_count && i < MOST_ITEMS; i++) {
        int64_t begun = now.wall_ms - snapshot->alerts[i].since_wall_ms;
        int64_t left = begun < 0 ? 60000 - begun : 60000 - begun % 60000;
        if (left < soonest)
            soonest = left;
    }
    return soonest;
}

/* ---- items ---- */

struct item {
    enum display display;
    struct text lead;       /* bold */
    struct text brief_lead; /* with a short name, where there is less room; empty: there is none */
    struct text rest;
    struct text brief; /* of the rest, likewise */
};

static void add_part(struct text *out, const char *part)
{
    if (!*part)
        return;
    text_append(out, out->length > 0 ? " · " : "");
    text_append(out, part);
}

/* "Personne n'est connecté, des clients attendent" — "Support · depuis 4 min" */
static struct item compound_item(struct pen *pen, const struct snapshot_alert *alert, struct now now)
{
    struct item item = {.display = alert->display};
    const struct snapshot_tile place = {.scope = alert->where};
    text_append(&item.lead, words_get(pen->words, WORD_COMPOUND + (int)alert->compound - 1));
    tile_scope_text(pen, &place, &item.rest);
    words_of_duration(pen->words, duration_of(alert, now), &item.brief);
    add_part(&item.rest, text_bytes(&item.brief));
    return item;
}

/* "vu 14:05" in place of "depuis 4 min": somebody is at it. */
static void seen_text(struct pen *pen, const struct snapshot_tile *tile, struct text *out)
{
    struct text time = {0};
    words_of_time(tile->acked_wall_ms, &time);
    words_fill(pen->words, WORD_SEEN_AT, text_bytes(&time), out);
    text_finish(&time);
}

/* "14 alertes à la fois": what follows is the first of them and the worst. */
static struct item flood_item(struct pen *pen, const struct snapshot *snapshot)
{
    struct item item = {.display = DISPLAY_CRITICAL};
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", snapshot->alert_count + snapshot->alerts_untold);
    words_fill(pen->words, WORD_FLOOD, digits, &item.lead);
    return item;
}

/* "Attente max · Support 04:32": whose figure it is belongs to its name, which has that share of the room. */
static void lead_text(struct pen *pen, const struct snapshot_tile *tile, struct type_style style,
                      double name_room, struct text *out)
{
    struct text scope = {0}, value = {0};
    struct snapshot_tile named = *tile;
    if (tile->queue_unnamed)
        named.scope.value[DIM_QUEUE] = NULL;
    tile_scope_text(pen, &named, &scope);
    const char *xs = tile->own_label ? NULL : tile->label[pen->language][LABEL_XS];
    double shortest = xs ? pen_text_width(pen, style, xs) : 0; /* the catalogue's shortest name is not cut */
    tile_fit_label(pen, tile, fmax(name_room, shortest), &style, out);
    add_part(out, text_bytes(&scope));
    sheet_value(pen, tile, tile->value, &value);
    text_append_format(out, "\u00a0 %s", text_bytes(&value));
    text_finish(&value);
    text_finish(&scope);
}

static const double name_share = 0.4, brief_name_share = 0.22; /* of the strip, whatever the place is … */
static const double alone = 1.6; /* … and so much more where it has it alone */

/* "Attente max · Support 04:32" — "depuis 4 min" */
static struct item alert_item(struct pen *pen, const struct snapshot_alert *alert, struct type_style style,
                              double room, struct now now)
{
    const struct snapshot_tile *tile = alert->tile;
    if (!tile)
        return compound_item(pen, alert, now);
    struct item item = {.display = alert->display};
    lead_text(pen, tile, style, room * name_share, &item.lead);
    if (!tile->own_label) /* what a board calls something is not shortened */
        lead_text(pen, tile, style, room * brief_name_share, &item.brief_lead);
    if (tile->returning == RETURNING_SOON)
        text_append(&item.rest, words_get(pen->words, WORD_RETURNING_IN_STRIP));
    else if (tile->acked_wall_ms != 0)
        seen_text(pen, tile, &item.rest);
    else
        words_of_duration(pen->words, duration_of(alert, now), &item.rest);
    return item;
}

/* "Zendesk : serveur injoignable" — "depuis 14:02" */
static struct item source_item(struct pen *pen, const struct snapshot_source *source)
{
    struct item item = {.display = DISPLAY_STALE};
    struct text time = {0};
    text_append(&item.lead, source->name ? source->name : "");
    text_append(&item.lead, words_get(pen->words, WORD_COLON));
    words_of_problem(pen->words, source, &item.lead);
    if (source->problem_since_wall_ms != 0) {
        words_of_time(source->problem_since_wall_ms, &time);
        words_fill(pen->words, WORD_SINCE_TIME, text_bytes(&time), &item.rest);
    }
    text_finish(&time);
    return item;
}

static void item_finish(struct item *item)
{
    text_finish(&item->lead);
    text_finish(&item->brief_lead);
    text_finish(&item->rest);
    text_finish(&item->brief);
}

/* ---- measures ---- */

struct measures {
    struct type_style lead, rest;
    double height, pad, light, gap;
};

static struct measures measures_of(const struct pen *pen, int lines)
{
    double height = pen->clip.height / (double)(lines > 0 ? lines : 1);
    int px = pen_type_px(pen, height * 0.44);
    return (struct measures){
        {FACE_NARROW_BOLD, px}, {FACE_NARROW, px}, lines > 1 ? round(height * 0.9) : height,
        round(height * 0.3),    height * 0.5,      round(height * 0.25)};
}

/* ---- drawing ---- */

/* As it is told at the end: with one of its names, and one of its rests or none (""). */
struct telling {
    enum display display;
    const char *lead, *rest;
};

static double telling_width(struct pen *pen, const struct measures *sizes, const struct telling *telling)
{
    double width = sizes->pad * 2.5 + sizes->light + pen_text_width(pen, sizes->lead, telling->lead);
    if (*telling->rest)
        width += sizes->pad * 0.8 + pen_text_width(pen, sizes->rest, telling->rest);
    return ceil(width) + 1;
}

static void telling_draw(struct pen *pen, const struct measures *sizes, const struct telling *telling,
                         struct box box)
{
    const struct state_colours *colours = &pen->theme->state[theme_state_of(telling->display)];
    double middle = box.y + box.height / 2, x = box.x + sizes->pad, end = box.x + box.width - sizes->pad;
    double figure = lettering_figure_height(pen->lettering, sizes->lead),
           baseline = round(middle + figure / 2);
    struct text lead = {0};
    text_append(&lead, telling->lead);
    pen_box(pen, box, pen_px(pen, 10), colours->fill);
    light_draw(pen, telling->display, (struct point){x + sizes->light / 2, middle}, sizes->light,
               (struct light_colours){colours->on_fill, colours->fill});
    x += sizes->light + sizes->pad * 0.5;
    tile_cut(pen, sizes->lead, end - x, &lead);
    x += pen_text(pen, sizes->lead, colours->on_fill, x, baseline, ALIGN_LEFT, text_bytes(&lead));
    pen_text(pen, sizes->rest, colours->on_fill, x + sizes->pad * 0.8, baseline, ALIGN_LEFT, telling->rest);
    text_finish(&lead);
}

/* Where the next item goes: along the lines, like words. */
struct cursor {
    double x;
    int line, lines;
    double left, right;
};

static double room_on_line(const struct cursor *cursor, double reserved)
{
    return cursor->right - cursor->x - (cursor->line == cursor->lines - 1 ? reserved : 0);
}

/* Finds room for the width; the first item of a line may be cut to what there is. */
static bool cursor_place(struct cursor *cursor, double width, double reserved, double *given)
{
    while (cursor->line < cursor->lines) {
        double room = room_on_line(cursor, reserved);
        if (width <= room || cursor->x <= cursor->left) {
            *given = fmin(width, room);
            return true;
        }
        if (cursor->line == cursor->lines - 1)
            return false;
        cursor->line++;
        cursor->x = cursor->left;
    }
    return false;
}

static size_t things_to_say(const struct snapshot *snapshot)
{
    size_t count = snapshot->alert_count + snapshot->alerts_untold;
    count += snapshot->flood && snapshot->alerts_untold > 0; /* the item that says so */
    for (size_t i = 0; i < snapshot->source_count; i++)
        count += is_failing(&snapshot->sources[i]);
    return count;
}

/* The order of telling: the worst alert, the sources that fail, then the other alerts. */
static size_t items_make(struct pen *pen, const struct snapshot *snapshot, const struct measures *sizes,
                         struct now now, struct item *items)
{
    size_t count = 0, first = snapshot->alert_count > 0 ? 1 : 0;
    double room = pen->clip.width * (things_to_say(snapshot) == 1 ? alone : 1);
    if (snapshot->flood && snapshot->alerts_untold > 0)
        items[count++] = flood_item(pen, snapshot);
    if (first)
        items[count++] = alert_item(pen, &snapshot->alerts[0], sizes->lead, room, now);
    for (size_t i = 0; i < snapshot->source_count && count < MOST_ITEMS; i++)
        if (is_failing(&snapshot->sources[i]))
            items[count++] = source_item(pen, &snapshot->sources[i]);
    for (size_t i = first; i < snapshot->alert_count && count < MOST_ITEMS; i++)
        items[count++] = alert_item(pen, &snapshot->alerts[i], sizes->lead, room, now);
    return count;
}

static void more_text(const struct pen *pen, size_t more, struct text *word)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", more);
    words_fill(pen->words, WORD_MORE, digits, word);
}

/* As wide as is needed for most, so that it does not change with every alert; wider for hundreds. */
static double more_width(struct pen *pen, const struct measures *sizes, size_t most)
{
    struct text word = {0};
    more_text(pen, most, &word);
    double width = pen_text_width(pen, sizes->lead, text_bytes(&word)) + sizes->lead.px * 0.8;
    text_finish(&word);
    return fmax(sizes->lead.px * 2.2, width);
}

static void more_draw(struct pen *pen, const struct measures *sizes, size_t more, struct box box)
{
    struct text word = {0};
    more_text(pen, more, &word);
    double figure = lettering_figure_height(pen->lettering, sizes->lead);
    pen_box(pen, box, pen_px(pen, 10), pen->theme->surface);
    pen_text(pen, sizes->lead, pen->theme->text_primary, box.x + box.width / 2,
             round(box.y + (box.height + figure) / 2), ALIGN_CENTRE, text_bytes(&word));
    text_finish(&word);
}

static struct box item_box(const struct pen *pen, const struct measures *sizes, const struct cursor *cursor,
                           double width)
{
    double line_height = pen->clip.height / (double)cursor->lines;
    return (struct box){cursor->x,
                        round(pen->clip.y + line_height * cursor->line + (line_height - sizes->height)),
                        width, sizes->height};
}

/* How much is told of each. */
struct manner {
    bool brief_names, without_rests;
};

static const struct manner manners[] = {{false, false}, {true, false}, {true, true}};
enum { MANNERS = sizeof manners / sizeof *manners };

/* Where items go, and what came of it. */
struct plan {
    struct manner manner;
    bool draws;
    struct cursor cursor;
    double reserved; /* for "+n" */
    size_t said, whole;
};

/* With all that there is to say of it, else with less; false where there is no room even so. */
static bool item_place(struct pen *pen, const struct measures *sizes, const struct item *item,
                       struct plan *plan, double reserved)
{
    const char *rests[] = {text_bytes(&item->rest), text_bytes(&item->brief), ""};
    const struct text *lead =
        plan->manner.brief_names && item->brief_lead.length ? &item->brief_lead : &item->lead;
    enum { RESTS = sizeof rests / sizeof *rests };
    for (size_t i = plan->manner.without_rests ? RESTS - 1 : 0; i < RESTS; i++) {
        struct telling telling = {item->display, text_bytes(lead), rests[i]};
        double width = telling_width(pen, sizes, &telling), given = 0;
        struct cursor trial = plan->cursor;
        if (!cursor_place(&trial, width, reserved, &given) || (given < width && i + 1 < RESTS))
            continue;
        if (plan->draws)
            telling_draw(pen, sizes, &telling, item_box(pen, sizes, &trial, given));
        trial.x += given + sizes->gap;
        plan->cursor = trial;
        plan->whole += given >= width;
        return true;
    }
    return false;
}

static struct plan items_tell(struct pen *pen, const struct measures *sizes, const struct item *items,
                              size_t count, struct plan plan)
{
    for (; plan.said < count; plan.said++)
        if (!item_place(pen, sizes, &items[plan.said], &plan,
                        plan.said + 1 < count ? plan.reserved + sizes->gap : 0))
            break;
    return plan;
}

/*
 * Two alerts with their short names say more than one with its long name and an empty strip beside it. Of two
 * on a line it is worth more since when they are than that there is a third.
 */
static struct manner manner_for(struct pen *pen, const struct measures *sizes, const struct item *items,
                                size_t count, const struct plan *start)
{
    size_t lines = (size_t)start->cursor.lines, most = 0, best = 0;
    size_t enough = count < 2 * lines ? count : 2 * lines;
    for (size_t i = 0; i < MANNERS && most < enough; i++) {
        struct plan plan = *start;
        plan.manner = manners[i];
        size_t whole = items_tell(pen, sizes, items, count, plan).whole;
        if (whole > most) {
            most = whole;
            best = i;
        }
    }
    return manners[best];
}

void strip_draw(struct pen *pen, const struct snapshot *snapshot, int lines, struct now now)
{
    struct item items[MOST_ITEMS];
    struct measures sizes = measures_of(pen, lines);
    size_t count = items_make(pen, snapshot, &sizes, now, items);
    struct plan plan = {.cursor = {pen->clip.x, 0, lines, pen->clip.x, pen->clip.x + pen->clip.width},
                        .reserved = more_width(pen, &sizes, things_to_say(snapshot))};
    plan.manner = manner_for(pen, &sizes, items, count, &plan);
    plan.draws = true;
    pen_fill(pen, pen->theme->bg);
    plan = items_tell(pen, &sizes, items, count, plan);
    if (plan.said < things_to_say(snapshot)) {
        plan.cursor.line = lines - 1;
        struct box box = item_box(pen, &sizes, &plan.cursor, plan.reserved);
        box.x = fmin(plan.cursor.x, plan.cursor.right - plan.reserved);
        more_draw(pen, &sizes, things_to_say(snapshot) - plan.said, box);
    }
    for (size_t i = 0; i < count; i++)
        item_finish(&items[i]);
}

#include "render/tile.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/utf8.h"
#include "render/light.h"
#include "render/signature.h"
#include "render/sparkline.h"
#include "render/widget.h"

/* ---- types ---- */

/* How much of the tile the frame keeps for itself. */
enum frame {
    FRAME_FIGURE, /* label, scope and period above; target and n below */
    FRAME_PARTS,  /* label, scope and period above */
    FRAME_CONTENT /* only the label: what is inside speaks for itself */
};

struct type {
    const char *name;
    widget_draw *draw;
    enum frame frame;
};

static const struct type types[] = {
    {"number", widget_number_draw, FRAME_FIGURE},
    {"gauge", widget_gauge_draw, FRAME_FIGURE},
    {"sparkline", widget_sparkline_draw, FRAME_FIGURE},
    {"bar", widget_bar_draw, FRAME_FIGURE},
    {"breakdown", widget_breakdown_draw, FRAME_PARTS},
    {"okr", widget_okr_draw, FRAME_PARTS},
    {"ribbon", widget_ribbon_draw, FRAME_FIGURE},
    {"table", widget_table_draw, FRAME_CONTENT},
    {"leaderboard", widget_leaderboard_draw, FRAME_CONTENT},
    {"list", widget_list_draw, FRAME_CONTENT},
    {"text", widget_text_draw, FRAME_CONTENT},
    {"clock", widget_clock_draw, FRAME_CONTENT},
    {"countdown", widget_countdown_draw, FRAME_CONTENT},
};

enum { TYPES = sizeof types / sizeof *types };

const char *const *tile_type_names(void)
{
    static const char *names[TYPES + 1];
    for (size_t i = 0; i < TYPES; i++)
        names[i] = types[i].name;
    return names;
}

/* A type that nobody knows is shown as a number. */
static const struct type *type_of(const char *name)
{
    for (size_t i = 0; i < TYPES; i++)
        if (text_equal(types[i].name, name))
            return &types[i];
    return &types[0];
}

bool tile_type_known(const char *name)
{
    return name && text_equal(type_of(name)->name, name);
}

/* ---- ages ---- */

static int64_t tile_age_ms(const struct snapshot_tile *tile, const struct tile_surroundings *surroundings)
{
    if (tile->value_wall_ms == 0)
        return 0;
    int64_t since_taken = surroundings->now.monotonic_ms - surroundings->snapshot->taken.monotonic_ms;
    return tile->age_ms + (since_taken > 0 ? since_taken : 0);
}

static bool age_is_for(const struct snapshot_tile *tile)
{
    return tile->value_wall_ms != 0 && tile->display != DISPLAY_STALE && tile->display != DISPLAY_NODATA &&
           tile->display != DISPLAY_CLOSED;
}

/* Young figures say nothing: every tile would. From half the age at which it is stale, it matters. */
static int64_t age_matters_from_ms(const struct snapshot_tile *tile)
{
    int64_t half = tile->stale_after_ms / 2;
    return half > 60000 ? half : 60000;
}

static int64_t age_shown_ms(const struct snapshot_tile *tile, const struct tile_surroundings *surroundings)
{
    int64_t age_ms = tile_age_ms(tile, surroundings);
    return age_is_for(tile) && age_ms >= age_matters_from_ms(tile) ? age_ms : 0;
}

/* Whether something in it may take turns. */
static bool may_page(const struct snapshot_tile *tile)
{
    return (tile->table && tile->table->row_count + tile->table->column_count > 2) ||
           (tile->notes && tile->notes->verbatim_count + tile->notes->action_count > 0) || tile->message ||
           text_equal(tile->type, "okr");
}

static int64_t content_change_in_ms(const struct snapshot_tile *tile,
                                    const struct tile_surroundings *surroundings)
{
    if (text_equal(tile->type, "countdown"))
        return widget_countdown_next_ms(&tile->countdown, surroundings->now, surroundings->page_since_ms);
    return may_page(tile) ? WIDGET_PAGE_MS - surroundings->now.wall_ms % WIDGET_PAGE_MS : INT64_MAX;
}

int64_t tile_next_change_in_ms(const struct snapshot_tile *tile, const struct tile_surroundings *surroundings)
{
    int64_t content_ms = content_change_in_ms(tile, surroundings);
    if (content_ms != INT64_MAX || !age_is_for(tile))
        return content_ms;
    int64_t age_ms = tile_age_ms(tile, surroundings), from_ms = age_matters_from_ms(tile);
    return age_ms < from_ms ? from_ms - age_ms : 60000 - age_ms % 60000;
}

/* ---- what it depends on ---- */

static uint64_t add_limits(uint64_t inputs, const struct limits *limits)
{
    inputs = signature_add_number(inputs, limits->warn_low);
    inputs = signature_add_number(inputs, limits->warn_high);
    inputs = signature_add_number(inputs, limits->critical_low);
    return signature_add_number(inputs, limits->critical_high);
}

static uint64_t add_names(uint64_t inputs, const struct snapshot_tile *tile, enum language language)
{
    for (int length = 0; length < LABEL_COUNT; length++)
        inputs = signature_add_text(inputs, tile->label[language][length]);
    inputs = signature_add_text(inputs, tile->type);
    inputs = signature_add_text(inputs, tile->suffix[language]);
    for (int dim = 0; dim < DIM_COUNT; dim++)
        if (tile->scope.value[dim])
            inputs = signature_add_text(signature_add(inputs, (uint64_t)dim), tile->scope.value[dim]);
    return inputs;
}

static uint64_t add_figures(uint64_t inputs, const struct snapshot_tile *tile)
{
    const double numbers[] = {tile->value,  tile->n,         tile->min_sample,
                              tile->target, tile->range_min, tile->range_max};
    const int flags = tile->own_label | tile->too_few << 1 | tile->not_aggregated << 2 |
                      tile->overloaded << 3 | tile->n_is_time << 4;
    const int choices[] = {flags,
                           (int)tile->unit,
                           (int)tile->format,
                           tile->decimals,
                           (int)tile->direction,
                           (int)tile->period,
                           (int)tile->display,
                           (int)round(tile->covered_ms / 60000),
                           (int)tile->withheld,
                           (int)tile->pending,
                           (int)tile->returning};
    inputs = signature_add(inputs, (uint64_t)(tile->acked_wall_ms / 60000));
    inputs = signature_add(inputs, (uint64_t)(tile->closes_wall_ms / 60000)); /* no curve goes on over it */
    inputs = signature_add(inputs, (uint64_t)(tile->shelved_until_wall_ms / 60000));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        inputs = signature_add_number(inputs, numbers[i]);
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        inputs = signature_add(inputs, (uint64_t)choices[i]);
    return add_limits(inputs, &tile->limits);
}

/* Those that are noted since the curve's beginning. */
static uint64_t add_marks(uint64_t inputs, const struct snapshot_tile *tile, const struct snapshot *snapshot)
{
    for (size_t i = 0; tile->series.count && i < snapshot->mark_count; i++)
        if (snapshot->marks[i].wall_ms >= tile->series.first_wall_ms)
            inputs = signature_add(inputs, (uint64_t)(snapshot->marks[i].wall_ms / 60000));
    return inputs;
}

static uint64_t add_series(uint64_t inputs, const struct snapshot_series *series, int64_t taken_wall_ms,
                           struct kept_series *kept)
{
    if (series->count == 0)
        return signature_add(inputs, 0);
    inputs = signature_add(inputs, (uint64_t)series->first_wall_ms);
    inputs = signature_add(inputs, (uint64_t)(taken_wall_ms / 60000));
    return signature_add(inputs, kept_series_signature(kept, series->values, series->count));
}

static uint64_t add_parts(uint64_t inputs, const struct snapshot_tile *tile)
{
    for (size_t i = 0; i < tile->part_count; i++)
        inputs = signature_add_number(signature_add_text(inputs, tile->parts[i].name), tile->parts[i].value);
    for (size_t i = 0; i < tile->bars.count; i++)
        inputs = signature_add_number(
            signature_add_number(signature_add(inputs, (uint64_t)tile->bars.bars[i].from_wall_ms << 1 |
                                                           tile->bars.bars[i].cut),
                                 tile->bars.bars[i].value),
            tile->bars.bars[i].plan);
    inputs = signature_add(inputs, (uint64_t)(tile->comparable_wall_ms / 86400000));
    return signature_add_number(inputs, tile->comparable);
}

static uint64_t add_ribbon(uint64_t inputs, const struct snapshot_tile *tile)
{
    if (tile->ribbon.count == 0 && tile->ribbon.red_ms == 0)
        return inputs;
    inputs = signature_add(inputs, (uint64_t)(tile->ribbon.red_ms / 60000));
    inputs = signature_add(inputs, (uint64_t)tile->ribbon.first_wall_ms);
    for (size_t i = 0; i < tile->ribbon.count; i++)
        inputs = signature_add(inputs, (uint64_t)tile->ribbon.cells[i]);
    return inputs;
}

static uint64_t add_month(uint64_t inputs, const struct snapshot *snapshot)
{
    inputs = signature_add(inputs, (uint64_t)snapshot->month.today);
    for (int letter = 0; letter < SNAPSHOT_LETTERS; letter++) {
        inputs = signature_add(inputs, (uint64_t)snapshot->letters[letter]);
        for (int day = 0; day < snapshot->month.day_count; day++)
            inputs = signature_add(inputs, (uint64_t)snapshot->month.cells[letter][day]);
    }
    return inputs;
}

static uint64_t add_key_result(uint64_t inputs, const struct snapshot_key_result *result,
                               enum language language)
{
    const double numbers[] = {result->start, result->goal, result->current, result->progress};
    inputs = signature_add_text(inputs, result->label[language]);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        inputs = signature_add_number(inputs, numbers[i]);
    inputs = signature_add(inputs, (uint64_t)result->display << 2 | (uint64_t)result->too_easy << 1 |
                                       (uint64_t)result->typed);
    inputs = signature_add(inputs, (uint64_t)result->changed_wall_ms);
    return signature_add(inputs, (uint64_t)(result->updated_wall_ms / 60000));
}

static uint64_t add_objective(uint64_t inputs, const struct snapshot_tile *tile,
                              const struct snapshot *snapshot, enum language language)
{
    if (!text_equal(tile->type, "okr") || tile->objective < 0 ||
        (size_t)tile->objective >= snapshot->objective_count)
        return inputs;
    const struct snapshot_objective *objective = &snapshot->objectives[tile->objective];
    inputs = signature_add_text(signature_add_text(inputs, objective->objective), objective->team);
    inputs = signature_add_number(inputs, round(objective->elapsed * 1000));
    inputs = signature_add_number(inputs, objective->progress);
    for (size_t i = 0; i < objective->key_result_count; i++)
        inputs = add_key_result(inputs, &objective->key_results[i], language);
    return inputs;
}

static uint64_t add_table(uint64_t inputs, const struct snapshot_tile *tile, enum language language)
{
    const struct snapshot_table *table = tile->table;
    if (!table)
        return inputs;
    for (size_t i = 0; i < table->column_count; i++)
        inputs = signature_add_text(inputs, table->columns[i].label[language][LABEL_LONG]);
    for (size_t i = 0; i < table->row_count; i++) {
        inputs = signature_add_text(inputs, table->by_trouble[i]->name);
        inputs = signature_add(inputs, (uint64_t)table->by_trouble[i]->rank);
        for (size_t j = 0; j < table->column_count; j++)
            inputs = add_figures(inputs, &table->by_trouble[i]->cells[j]);
    }
    return signature_add(inputs, (uint64_t)table->untold << 8 | (uint64_t)table->ranking);
}

static uint64_t add_podium(uint64_t inputs, const struct snapshot_podium *podium)
{
    if (!podium)
        return inputs;
    for (size_t i = 0; i < podium->place_count; i++) {
        inputs = signature_add_text(inputs, podium->places[i].pseudonym);
        inputs = signature_add(inputs, (uint64_t)podium->places[i].rank);
    }
    inputs = signature_add(inputs, (uint64_t)podium->until_wall_ms);
    inputs = signature_add(inputs, (uint64_t)podium->next_wall_ms);
    return signature_add(inputs, (uint64_t)podium->ranking);
}

static uint64_t add_notes(uint64_t inputs, const struct snapshot_notes *notes)
{
    if (!notes)
        return inputs;
    inputs = signature_add(inputs, notes->read);
    for (size_t i = 0; i < notes->action_count; i++) {
        const struct snapshot_action *action = &notes->actions[i];
        inputs = signature_add_text(signature_add_text(inputs, action->text), action->who);
        inputs = signature_add(inputs, (uint64_t)action->due_wall_ms);
        inputs = signature_add(inputs, (uint64_t)action->quarters << 1 | (uint64_t)action->overdue);
    }
    for (size_t i = 0; i < notes->verbatim_count; i++)
        inputs = signature_add(signature_add_text(inputs, notes->verbatims[i].text),
                               (uint64_t)notes->verbatims[i].day_wall_ms);
    return inputs;
}

/* What changes with the clock alone. */
static uint64_t add_moment(uint64_t inputs, const struct snapshot_tile *tile,
                           const struct tile_surroundings *surroundings)
{
    int64_t wall_ms = surroundings->now.wall_ms;
    if (may_page(tile))
        inputs = signature_add(inputs, (uint64_t)(wall_ms / WIDGET_PAGE_MS));
    if (text_equal(tile->type, "clock"))
        inputs = signature_add(inputs, (uint64_t)(wall_ms / 60000));
    if (!text_equal(tile->type, "countdown"))
        return inputs;
    inputs = signature_add(inputs, (uint64_t)tile->countdown.ends_wall_ms);
    inputs = signature_add(inputs,
                           (uint64_t)((surroundings->now.monotonic_ms - surroundings->page_since_ms) / 1000));
    return signature_add(inputs, (uint64_t)(wall_ms / 1000));
}

static uint64_t add_message(uint64_t inputs, const struct snapshot_message *message)
{
    if (!message)
        return inputs;
    inputs = signature_add_text(signature_add_text(inputs, message->text), message->author);
    inputs = signature_add_text(inputs, message->picture);
    return signature_add(signature_add(inputs, (uint64_t)message->from_wall_ms),
                         (uint64_t)message->until_wall_ms);
}

static const struct snapshot_source *source_of(const struct snapshot_tile *tile,
                                               const struct snapshot *snapshot)
{
    if (tile->source < 0 || (size_t)tile->source >= snapshot->source_count)
        return NULL;
    return &snapshot->sources[tile->source];
}

/* Without a source of its own a tile waits for all: the first that is in trouble is the reason. */
static const struct snapshot_source *source_to_blame(const struct snapshot_tile *tile,
                                                     const struct snapshot *snapshot)
{
    const struct snapshot_source *own = source_of(tile, snapshot);
    if (own)
        return own;
    const struct snapshot_source *waiting = NULL;
    for (size_t i = 0; i < snapshot->source_count; i++) {
        const struct snapshot_source *source = &snapshot->sources[i];
        if (source->problem == SOURCE_WAITING && !waiting)
            waiting = source;
        else if (source->problem != SOURCE_FINE && source->problem != SOURCE_WAITING)
            return source;
    }
    return waiting;
}

static uint64_t add_source(uint64_t inputs, const struct snapshot_source *source)
{
    if (!source)
        return signature_add(inputs, 0);
    inputs = signature_add(inputs, 1 + (uint64_t)source->problem);
    inputs = signature_add_number(inputs, source->number);
    return signature_add_text(inputs, source->name);
}

/* "lundi" becomes "à 08:30" at midnight. */
static uint64_t add_opening(uint64_t inputs, const struct snapshot_tile *tile, int64_t taken_wall_ms)
{
    inputs = signature_add(inputs, (uint64_t)(tile->opens_wall_ms / 60000));
    return signature_add(inputs, (uint64_t)calendar_midnight_ms(taken_wall_ms));
}

/* The letters of a day, which has no period but that. */
static bool is_letters(const struct snapshot_tile *tile)
{
    return text_equal(tile->kpi_id, "sqcdp_status");
}

uint64_t tile_inputs(const struct snapshot_tile *tile, const struct tile_surroundings *surroundings,
                     enum language language)
{
    const struct snapshot *snapshot = surroundings->snapshot;
    uint64_t inputs = add_names(SIGNATURE_START, tile, language);
    inputs = add_figures(inputs, tile);
    inputs = add_series(inputs, &tile->series, snapshot->taken.wall_ms, surroundings->curve);
    inputs = add_marks(inputs, tile, snapshot);
    inputs = add_parts(inputs, tile);
    inputs = add_ribbon(inputs, tile);
    inputs = add_objective(inputs, tile, snapshot, language);
    inputs = add_table(inputs, tile, language);
    inputs = add_podium(inputs, tile->podium);
    inputs = add_notes(inputs, tile->notes);
    inputs = add_message(inputs, tile->message);
    inputs = add_moment(inputs, tile, surroundings);
    if (is_letters(tile))
        inputs = add_month(inputs, snapshot);
    inputs = signature_add(inputs, surroundings->page_has_trends);
    inputs = signature_add(inputs, (uint64_t)(age_shown_ms(tile, surroundings) / 60000));
    if (tile->display == DISPLAY_STALE)
        inputs = signature_add(inputs, (uint64_t)(tile->value_wall_ms / 60000));
    if (tile->display == DISPLAY_STALE || tile->display == DISPLAY_NODATA)
        inputs = add_source(inputs, source_to_blame(tile, snapshot));
    if (tile->display == DISPLAY_CLOSED && tile->opens_wall_ms != 0)
        inputs = add_opening(inputs, tile, snapshot->taken.wall_ms);
    return inputs;
}

/* ---- words that fit ---- */

void tile_cut(struct pen *pen, struct type_style style, double room, struct text *text)
{
    static const char ellipsis[] = "…";
    while (text->length > 0 && pen_text_width(pen, style, text_bytes(text)) > room) {
        size_t keep = text->length;
        if (text_ends_with(text->bytes, ellipsis))
            keep -= strlen(ellipsis);
        if (keep == 0)
            break;
        keep = utf8_cut(text->bytes, keep - 1);
        while (keep > 0 && text->bytes[keep - 1] == ' ')
            keep--;
        text->length = keep;
        text->bytes[keep] = '\0';
        text_append(text, ellipsis);
    }
}

static const char *label_of(const struct snapshot_tile *tile, enum language language, int length)
{
    const char *label = tile->label[language][length];
    for (int other = 0; !label && other < LABEL_COUNT; other++)
        label = tile->label[language][other];
    return label ? label : tile->kpi_id ? tile->kpi_id : tile->id ? tile->id : "";
}

static bool fits(struct pen *pen, struct type_style style, double room, const char *text)
{
    return pen_text_width(pen, style, text) <= room;
}

/* The longest name that fits, of those that the tile has; NULL: none does. */
static const char *longest_fitting(struct pen *pen, const struct snapshot_tile *tile, struct type_style style,
                                   double room)
{
    static const int lengths[] = {LABEL_LONG, LABEL_SHORT, LABEL_XS};
    size_t choices = tile->own_label ? 1 : sizeof lengths / sizeof *lengths;
    for (size_t i = 0; i < choices; i++) {
        const char *label = label_of(tile, pen->language, lengths[i]);
        if (fits(pen, style, room, label))
            return label;
    }
    return NULL;
}

/* Smaller, but not so small that it is not read any more; what is smaller already stays as it is. */
static int step_px(const struct pen *pen, int px, double share)
{
    int smaller = pen_type_px(pen, px * share);
    return smaller < px ? smaller : px;
}

void tile_fit_label(struct pen *pen, const struct snapshot_tile *tile, double room, struct type_style *style,
                    struct text *label)
{
    static const struct {
        double size;
        bool narrow;
    } steps[] = {{1, false}, {0.9, false}, {0.9, true}, {0.8, true}, {0.7, true}};
    int px = style->px;
    bool bold = style->face == FACE_BOLD || style->face == FACE_NARROW_BOLD;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        style->px = step_px(pen, px, steps[i].size);
        if (steps[i].narrow)
            style->face = bold ? FACE_NARROW_BOLD : FACE_NARROW;
        const char *fitting = longest_fitting(pen, tile, *style, room);
        if (!fitting)
            continue;
        text_append(label, fitting);
        return;
    }
    text_append(label, label_of(tile, pen->language, tile->own_label ? LABEL_LONG : LABEL_XS));
    tile_cut(pen, *style, room, label);
}

struct light_colours widget_light_colours(const struct pen *pen, const struct tile_view *view,
                                          enum display display)
{
    if (view->ground_display == DISPLAY_CRITICAL)
        return (struct light_colours){view->ink, view->ground};
    return light_colours_on(pen->theme, display, view->ground);
}

double widget_baseline(struct pen *pen, struct box box, int px)
{
    double figure = lettering_figure_height(pen->lettering, (struct type_style){FACE_REGULAR, px});
    return round(box.y + (box.height + figure) / 2);
}

double widget_text(struct pen *pen, struct type_style style, colour ink, double x, double baseline,
                   double room, enum align align, const char *words)
{
    static const struct {
        double size;
        bool narrow;
    } steps[] = {{1, false}, {1, true}, {0.88, true}, {0.78, true}};
    bool bold = style.face == FACE_BOLD || style.face == FACE_NARROW_BOLD;
    int px = style.px;
    struct text text = {0};
    text_append(&text, words);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        style.px = step_px(pen, px, steps[i].size);
        if (steps[i].narrow)
            style.face = bold ? FACE_NARROW_BOLD : FACE_NARROW;
        if (fits(pen, style, room, words))
            break;
    }
    tile_cut(pen, style, room, &text);
    double width = pen_text(pen, style, ink, x, baseline, align, text_bytes(&text));
    text_finish(&text);
    return width;
}

void tile_scope_text(const struct pen *pen, const struct snapshot_tile *tile, struct text *out)
{
    for (int dim = 0; dim < DIM_COUNT; dim++) {
        const char *value = tile->scope.value[dim];
        if (!value || dim == DIM_AGENT)
            continue;
        if (out->length > 0)
            text_append(out, " · ");
        text_append(out, dim == DIM_CHANNEL ? words_of_channel(pen->words, value) : value);
    }
}

/* ---- colours ---- */

/* Too bad already, not yet for long enough: it wears no green any more. */
static bool is_pending(const struct snapshot_tile *tile)
{
    return tile->display == DISPLAY_OK && display_is_alert(tile->pending);
}

/* Amber, and red already for a while: the amber stays, and what is to come stands beside it. */
static bool is_worsening(const struct snapshot_tile *tile)
{
    return tile->display == DISPLAY_WARN && tile->pending == DISPLAY_CRITICAL;
}

static void colours_set(const struct theme *theme, struct tile_view *view)
{
    enum display display = view->ground_display;
    const struct state_colours *state = &theme->state[theme_state_of(display)];
    view->ground = theme->surface;
    view->ink = theme->text_primary;
    view->ink_dim = theme->text_secondary;
    view->accent = theme->state[theme_state_of(view->tile->display)].fg;
    if (display == DISPLAY_CRITICAL) {
        view->ground = state->fill;
        view->ink = view->accent = state->on_fill;
        view->ink_dim = theme_mix(state->on_fill, state->fill, 0.08);
    } else if (display == DISPLAY_STALE) {
        view->ink = view->ink_dim = view->accent = state->on_fill;
    } else if (display == DISPLAY_NODATA || display == DISPLAY_CLOSED) {
        view->ink = view->accent = theme->text_secondary;
    } else if (is_pending(view->tile)) {
        view->accent = theme->text_secondary; /* as a gauge that is not judged */
    }
}

/* ---- the ground ---- */

/* Inside the rounded corners, so that it needs no rounded edge itself. */
static void hatch_draw(struct pen *pen, const struct tile_view *view, int inset)
{
    struct area area = {pen->clip.x + inset, pen->clip.y + inset, pen->clip.width - 2 * inset,
                        pen->clip.height - 2 * inset};
    colour paint = theme_mix(view->ground, pen->theme->state[STATE_STALE].fill, 0.62);
    pen_hatch(pen, area, pen_px(pen, 30), pen_px(pen, 8), view->ground, paint);
}

static void ground_draw(struct pen *pen, const struct tile_view *view, struct box whole)
{
    enum display display = view->ground_display;
    const struct theme *theme = pen->theme;
    double radius = pen_px(pen, 12), edge = pen_px(pen, 1);
    bool dashed = display == DISPLAY_STALE || display == DISPLAY_NODATA;
    pen_fill(pen, theme->bg);
    if (!dashed && display != DISPLAY_CRITICAL) {
        pen_box(pen, whole, radius, theme_mix(theme->surface, theme->border, 0.55));
        whole = box_inset(whole, edge);
        radius = fmax(radius - edge, 0);
    }
    pen_box(pen, whole, radius, view->ground);
    if (display == DISPLAY_STALE)
        hatch_draw(pen, view, pen_px(pen, 7));
    if (dashed)
        pen_box_outline(pen, whole, radius, pen_px(pen, 3), pen_px(pen, 12), theme->state[STATE_STALE].fg);
}

static void stripe_draw(struct pen *pen, const struct tile_view *view, struct box whole)
{
    if (view->tile->display != DISPLAY_WARN)
        return;
    double width = pen_px(pen, 10), inset = pen_px(pen, 12);
    struct box stripe = {whole.x, whole.y + inset, width, whole.height - 2 * inset};
    pen_box(pen, stripe, width / 2, view->accent);
}

/* ---- the lines of words ---- */

/* One line of the frame: where its words stand. */
struct line {
    double left, right, baseline;
};

static struct line line_at(struct pen *pen, double x, double width, double top, double height, int px)
{
    double figure = lettering_figure_height(pen->lettering, (struct type_style){FACE_REGULAR, px});
    return (struct line){x, x + width, round(top + (height + figure) / 2)};
}

static void pending_draw(struct pen *pen, const struct tile_view *view, struct point centre, double size)
{
    enum display level = view->tile->pending;
    light_draw_pending(pen, level, centre, size, light_colours_on(pen->theme, level, view->ground).shape);
}

/* Ends at `right`; gives the width that it takes, with a space before it. */
static double tile_light_draw(struct pen *pen, const struct tile_view *view, double right, double middle,
                              double size)
{
    double step = size * 1.35;
    struct point centre = {right - size / 2, middle};
    if (is_pending(view->tile)) {
        pending_draw(pen, view, centre, size);
        return step;
    }
    light_draw(pen, view->tile->display, centre, size, (struct light_colours){view->accent, view->ground});
    if (!is_worsening(view->tile))
        return step;
    pending_draw(pen, view, (struct point){centre.x - step, middle}, size);
    return 2 * step;
}

static void state_word(struct pen *pen, const struct tile_view *view, struct text *word);

/* A table has no second line: its word stands beside the light, where its name leaves room. Gives the room
 * that it takes. */
static double label_word_draw(struct pen *pen, const struct tile_view *view, struct line line, double light,
                              int label_px)
{
    struct text word = {0};
    double width = 0, room = (line.right - line.left) * 0.6;
    double lights = view->tile->display == DISPLAY_NEUTRAL ? 0 : is_worsening(view->tile) ? 2.6 : 1.25;
    double right = line.right - light * lights;
    struct type_style style = {FACE_BOLD, view->small_px};
    if (view->tile->table && view->tile->table->ranking == RANKING_NONE)
        state_word(pen, view, &word);
    struct type_style least = {FACE_NARROW, step_px(pen, label_px, 0.7)};
    double name = pen_text_width(pen, least, label_of(view->tile, pen->language, LABEL_XS));
    room = fmin(room, line.right - line.left - light * (lights + 0.5) - name);
    if (pen_text_width(pen, style, text_bytes(&word)) > room)
        style.face = FACE_NARROW_BOLD;
    if (word.length && pen_text_width(pen, style, text_bytes(&word)) <= room)
        width = light * 0.5 +
                pen_text(pen, style, view->accent, right, line.baseline, ALIGN_RIGHT, text_bytes(&word));
    text_finish(&word);
    return width;
}

/* Where the lines of the frame are, and what they leave. */
struct frame_lines {
    double left, width, top, bottom;
    double label, small, gap; /* heights */
    int label_px;
    bool second, last; /* which lines of words there is room for */
    bool sentence;     /* the label has two lines */
};

static struct line frame_line(struct pen *pen, const struct frame_lines *lines, double top, double height,
                              int px)
{
    return line_at(pen, lines->left, lines->width, top, height, px);
}

static const double sentence_share = 0.84; /* of a label: as its narrow one */

/* An objective is a sentence: on two lines rather than cut. */
static void sentence_draw(struct pen *pen, const struct tile_view *view, const struct frame_lines *lines)
{
    struct tile_view quiet = *view;
    struct line first = frame_line(pen, lines, lines->top, lines->label / 2, lines->label_px);
    double figure =
        lettering_figure_height(pen->lettering, (struct type_style){FACE_REGULAR, lines->label_px});
    double light =
        view->tile->display == DISPLAY_NEUTRAL
            ? 0
            : tile_light_draw(pen, view, first.right, first.baseline - figure / 2, lines->label_px);
    quiet.ink = view->ground_display == DISPLAY_CRITICAL ? view->ink : view->ink_dim;
    widget_paragraph_draw(pen, &quiet,
                          (struct box){lines->left, lines->top, lines->width - light, lines->label},
                          lines->label_px * sentence_share, label_of(view->tile, pen->language, LABEL_LONG));
}

static void label_draw(struct pen *pen, const struct tile_view *view, struct line line, int px)
{
    double light = px * 1.0, room = line.right - line.left;
    struct type_style style = {FACE_REGULAR, px};
    room -= label_word_draw(pen, view, line, light, px);
    if (view->tile->display != DISPLAY_NEUTRAL) {
        double figure = lettering_figure_height(pen->lettering, style);
        room -= tile_light_draw(pen, view, line.right, line.baseline - figure / 2, light);
    }
    struct text label = {0};
    tile_fit_label(pen, view->tile, room, &style, &label);
    pen_text(pen, style, view->ground_display == DISPLAY_CRITICAL ? view->ink : view->ink_dim, line.left,
             line.baseline, ALIGN_LEFT, text_bytes(&label));
    text_finish(&label);
}

/* Two texts at the ends of one line, both also in brief. */
struct pair {
    struct text left, brief, right, right_brief;
    bool is_figure; /* what stands on the left: rather none than half of it, which would be another one */
    struct type_style left_style, right_style;
    colour right_ink;
};

static void pair_finish(struct pair *pair)
{
    text_finish(&pair->left);
    text_finish(&pair->brief);
    text_finish(&pair->right);
    text_finish(&pair->right_brief);
}

static void pair_style(struct pair *pair, int px, bool narrow)
{
    bool bold = pair->right_style.face == FACE_BOLD || pair->right_style.face == FACE_NARROW_BOLD;
    pair->left_style = (struct type_style){narrow ? FACE_NARROW : FACE_REGULAR, px};
    pair->right_style = (struct type_style){
        bold ? (narrow ? FACE_NARROW_BOLD : FACE_BOLD) : (narrow ? FACE_NARROW : FACE_REGULAR), px};
}

/* What is said on the right gives way to what is said on the left. */
static void take_right_brief(struct pair *pair)
{
    text_finish(&pair->right);
    pair->right = pair->right_brief;
    pair->right_brief = (struct text){0};
}

/* What the right one leaves to the left one. */
static double left_room(struct pen *pen, const struct pair *pair, struct line line)
{
    double room = line.right - line.left;
    if (!pair->right.length)
        return room;
    return room - pen_text_width(pen, pair->right_style, text_bytes(&pair->right)) -
           pair->right_style.px * 0.6;
}

static const char *left_words(const struct pair *pair, bool brief)
{
    return text_bytes(brief ? &pair->brief : &pair->left);
}

/* Half a word says nothing: rather none. */
static void cut_or_drop(struct pen *pen, struct type_style style, double room, struct text *text)
{
    struct text whole = {0};
    text_append(&whole, text_bytes(text));
    tile_cut(pen, style, fmax(room, 0), text);
    if (text->length && utf8_length(text->bytes) * 3 < utf8_length(whole.bytes) * 2)
        text_finish(text);
    text_finish(&whole);
}

/* "Support" of "Support · voix": part of a place is one, half a word is none. */
static void drop_parts(struct pen *pen, struct type_style style, double room, struct text *text)
{
    static const char dot[] = " · ";
    while (text->length && !fits(pen, style, room, text->bytes)) {
        size_t at = text->length;
        while (at > 0 && !text_starts_with(text->bytes + at, dot))
            at--;
        if (at == 0)
            return;
        text->length = at;
        text->bytes[at] = '\0';
    }
}

/* How the two share a line, the best first. */
static const struct sharing {
    double size;
    bool narrow, brief, right_brief;
} sharings[] = {{1, false, false, false},   {1, true, false, false}, {0.88, true, false, false},
                {0.78, true, false, false}, {1, false, true, false}, {1, true, true, false},
                {1, true, false, true},     {1, true, true, true}};
enum { SHARINGS = sizeof sharings / sizeof *sharings, WHOLE_SHARINGS = 4 };

/* The first of so many that both have room in; all of them where none is. */
static size_t sharing_of(struct pen *pen, const struct tile_view *view, struct line line, struct pair *pair,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (sharings[i].right_brief && pair->right_brief.length)
            take_right_brief(pair);
        pair_style(pair, step_px(pen, view->small_px, sharings[i].size), sharings[i].narrow);
        if (fits(pen, pair->left_style, left_room(pen, pair, line), left_words(pair, sharings[i].brief)))
            return i;
    }
    return count;
}

/* First narrower, then smaller, then brief; then the left one gives way. */
static void pair_draw(struct pen *pen, const struct tile_view *view, struct line line, struct pair *pair)
{
    size_t sharing = sharing_of(pen, view, line, pair, SHARINGS);
    struct text left = {0};
    text_append(&left,
                left_words(pair, sharing < SHARINGS ? sharings[sharing].brief : pair->brief.length > 0));
    drop_parts(pen, pair->left_style, left_room(pen, pair, line), &left);
    if (sharing == SHARINGS && pair->is_figure)
        text_finish(&left);
    else
        cut_or_drop(pen, pair->left_style, left_room(pen, pair, line), &left);
    tile_cut(pen, pair->right_style, line.right - line.left, &pair->right);
    pen_text(pen, pair->left_style, view->ink_dim, line.left, line.baseline, ALIGN_LEFT, text_bytes(&left));
    pen_text(pen, pair->right_style, pair->right_ink, line.right, line.baseline, ALIGN_RIGHT,
             text_bytes(&pair->right));
    text_finish(&left);
}

/* How many stand behind a rate: contacts, or the time of agents. */
static struct figure size_figure(const struct pen *pen, const struct snapshot_tile *tile, double n)
{
    struct figure_style style = {tile->n_is_time ? FORMAT_DUR_HM : FORMAT_INT, -1, NULL, pen->language};
    return figure_make(&style, n);
}

void tile_size_text(const struct pen *pen, const struct snapshot_tile *tile, double n, struct text *out)
{
    words_fill(pen->words, tile->n_is_time ? WORD_SAMPLE_TIME : WORD_SAMPLE_SIZE,
               size_figure(pen, tile, n).text, out);
}

/* An objective has a score: nobody waits for it to last, nor has it been dealt with. */
static enum returning way_back(const struct tile_view *view)
{
    return text_equal(view->tile->type, "okr") ? RETURNING_NOT : view->tile->returning;
}

/* Quiet states need no word. */
static bool says_a_word(const struct tile_view *view)
{
    return view->tile->too_few || view->tile->withheld != WITHHELD_NOT || way_back(view) != RETURNING_NOT ||
           (view->tile->display != DISPLAY_OK && view->tile->display != DISPLAY_NEUTRAL);
}

/* "14:02"; of another day its date: a time alone would be taken for today's. */
static void moment_text(struct pen *pen, const struct tile_view *view, int64_t wall_ms, struct text *out)
{
    if (calendar_midnight_ms(wall_ms) == calendar_midnight_ms(view->taken_wall_ms))
        words_of_time(wall_ms, out);
    else
        words_of_date(pen->words, wall_ms, true, out);
}

/* "vu 14:05": what people have done about the alert. */
static void answer_text(const struct pen *pen, const struct snapshot_tile *tile, struct text *word)
{
    bool shelved = tile->shelved_until_wall_ms != 0;
    struct text time = {0};
    if (!shelved && tile->acked_wall_ms == 0)
        return;
    words_of_time(shelved ? tile->shelved_until_wall_ms : tile->acked_wall_ms, &time);
    words_fill(pen->words, shelved ? WORD_SHELVED_UNTIL : WORD_SEEN_AT, text_bytes(&time), word);
    text_finish(&time);
}

/* The word of a state that must not rest on colour and shape alone; "" for the quiet ones. */
static void state_word(struct pen *pen, const struct tile_view *view, struct text *word)
{
    const struct snapshot_tile *tile = view->tile;
    if (tile->withheld != WITHHELD_NOT) {
        text_append(word, words_get(pen->words, WORD_WITHHELD + (int)tile->withheld - 1));
        return;
    }
    if (tile->too_few) {
        words_fill(pen->words, WORD_TOO_FEW, size_figure(pen, tile, tile->min_sample).text, word);
        return;
    }
    if (tile->overloaded) {
        text_append(word, words_get(pen->words, WORD_OVERLOADED));
        return;
    }
    if (!says_a_word(view))
        return;
    if (way_back(view) != RETURNING_NOT)
        text_append(word, words_get(pen->words, WORD_RETURNING + (int)way_back(view) - 1));
    else
        text_append(word, words_of_display(pen->words, tile->display));
    if (tile->display == DISPLAY_STALE && tile->value_wall_ms != 0) {
        text_append(word, " ");
        moment_text(pen, view, tile->value_wall_ms, word);
    }
    if (view->answer_below)
        return;
    struct text answer = {0};
    answer_text(pen, tile, &answer);
    text_append_format(word, "%s%s", answer.length ? " · " : "", text_bytes(&answer));
    text_finish(&answer);
}

/* "FIGÉ 14:02", where there is no room for more; "" where nothing is old. */
static void stale_brief_text(struct pen *pen, const struct tile_view *view, struct text *out)
{
    if (view->tile->display != DISPLAY_STALE || view->tile->value_wall_ms == 0)
        return;
    text_append_format(out, "%s ", words_get(pen->words, WORD_STALE_BRIEF));
    moment_text(pen, view, view->tile->value_wall_ms, out);
}

/* Of a rolling period that is not yet full, what it covers so far. */
static int covered_minutes(const struct snapshot_tile *tile)
{
    return tile->covered_ms > 0 ? (int)round(tile->covered_ms / 60000) : 0;
}

static void period_text(const struct pen *pen, const struct snapshot_tile *tile, struct text *out)
{
    char minutes[16];
    snprintf(minutes, sizeof minutes, "%d", covered_minutes(tile));
    if (tile->covered_ms > 0)
        words_fill(pen->words, WORD_DURATION_MINUTES, minutes, out);
    else
        text_append(out, words_get(pen->words, WORD_PERIOD + (int)tile->period));
}

static const char *owner_of(const struct pen *pen, const struct snapshot_objective *objective)
{
    return objective->team ? objective->team : words_get(pen->words, WORD_OKR_SITE);
}

/* "Support · jusqu’à jeu. 31 déc." */
static void objective_text(const struct pen *pen, const struct snapshot_objective *objective,
                           struct text *out)
{
    struct text day = {0};
    text_append(out, owner_of(pen, objective));
    text_append(out, " · ");
    words_of_date(pen->words, objective->to_wall_ms - 1, true, &day);
    words_fill(pen->words, WORD_UNTIL, text_bytes(&day), out);
    text_finish(&day);
}

static const struct snapshot_objective *objective_of(const struct tile_view *view)
{
    const struct snapshot *snapshot = view->snapshot;
    int index = view->tile->objective;
    bool is_one = text_equal(view->tile->type, "okr") && index >= 0;
    return is_one && (size_t)index < snapshot->objective_count ? &snapshot->objectives[index] : NULL;
}

static void scope_and_period(struct pen *pen, const struct tile_view *view, struct text *out)
{
    if (objective_of(view)) {
        objective_text(pen, objective_of(view), out);
        return;
    }
    tile_scope_text(pen, view->tile, out);
    if (view->tile->period >= PERIOD_COUNT || view->tile->table || is_letters(view->tile))
        return;
    if (out->length > 0)
        text_append(out, " · ");
    period_text(pen, view->tile, out);
}

static bool is_in_trouble(const struct tile_view *view)
{
    return view->tile->display == DISPLAY_STALE || view->tile->display == DISPLAY_NODATA;
}

/* What there is to say instead of a figure is longer than a word, and stands below it. */
static bool speaks_below(const struct tile_view *view)
{
    return is_in_trouble(view) || view->tile->display == DISPLAY_CLOSED;
}

static bool has_parts(const struct snapshot_tile *tile)
{
    return type_of(tile->type)->draw == widget_breakdown_draw && tile->part_count > 0;
}

/* Key results, letters and the parts of a whole are shown, dated, even where they are old; figures are not.
 */
static bool is_silent(const struct tile_view *view)
{
    const struct snapshot_tile *tile = view->tile;
    bool timeless = tile->message || type_of(tile->type)->draw == widget_clock_draw ||
                    type_of(tile->type)->draw == widget_countdown_draw;
    bool has_content =
        tile->display == DISPLAY_STALE && (objective_of(view) || tile->table || has_parts(tile));
    return speaks_below(view) && !timeless && !has_content && !tile->notes;
}

/* "ATTENTION · 56 %" */
static void add_score(const struct pen *pen, const struct snapshot_objective *objective, struct text *out)
{
    struct figure_style share = {FORMAT_PCT, 0, NULL, pen->language};
    if (out->length)
        text_append(out, " · ");
    text_append(out, figure_make(&share, 100 * objective->progress).text);
}

static void size_text(const struct pen *pen, const struct tile_view *view, struct text *out);

/* What is worth more than the age of young figures where the last line has no room. */
static void quiet_words(struct pen *pen, const struct tile_view *view, bool only_line, struct text *out)
{
    words_of_age(pen->words, view->age_ms, out);
    if (!out->length && only_line)
        size_text(pen, view, out);
}

/* `only_line`: there is no other one below the figure. */
static void second_line_draw(struct pen *pen, const struct tile_view *view, struct line line, bool only_line)
{
    struct pair pair = {0};
    scope_and_period(pen, view, &pair.left);
    if (objective_of(view))
        text_append(&pair.brief, owner_of(pen, objective_of(view)));
    else
        tile_scope_text(pen, view->tile, &pair.brief);
    if (!is_silent(view) && !view->tile->table)
        state_word(pen, view, &pair.right);
    if (pair.right.length)
        stale_brief_text(pen, view, &pair.right_brief);
    if (objective_of(view))
        add_score(pen, objective_of(view), &pair.right);
    bool quiet = pair.right.length == 0;
    if (quiet)
        quiet_words(pen, view, only_line, &pair.right);
    pair.right_style.face = quiet ? FACE_REGULAR : FACE_BOLD;
    pair.right_ink = quiet ? view->ink_dim : view->accent;
    /* a figure without its period is not known; how many stand behind it may wait for the detail */
    if (quiet && sharing_of(pen, view, line, &pair, WHOLE_SHARINGS) == WHOLE_SHARINGS)
        text_finish(&pair.right);
    pair_draw(pen, view, line, &pair);
    pair_finish(&pair);
}

/* ---- target, n, age ---- */

/* `word`: -1 for none. */
static void add_threshold(const struct pen *pen, const struct tile_view *view, int word, const char *sign,
                          double value, struct text *out)
{
    struct figure_style style = figure_style_of(view->tile, pen->language);
    struct figure figure = figure_make_threshold(&style, value);
    if (word >= 0)
        text_append_format(out, "%s ", words_get(pen->words, word));
    text_append_format(out, "%s%s%s", sign, *sign ? "\u00a0" : "", figure.text);
}

static void band_text(const struct pen *pen, const struct tile_view *view, int word, struct text *out)
{
    struct figure_style style = figure_style_of(view->tile, pen->language);
    struct figure high = figure_make_threshold(&style, view->tile->limits.warn_high);
    add_threshold(pen, view, word, "", view->tile->limits.warn_low, out);
    text_append_format(out, "\u00a0–\u00a0%s", high.text);
}

/*
 * A light follows the limit at which somebody has to act, a target is what one aims for: between the two a
 * tile is green and off target, and says so. By what is printed: « 75 % » does not miss « ≥ 75 % ».
 */
static bool is_off_target(const struct pen *pen, const struct tile_view *view)
{
    const struct snapshot_tile *tile = view->tile;
    struct figure_style style = figure_style_of(tile, pen->language);
    bool below = tile->direction == DIRECTION_HIGHER_IS_BETTER && tile->value < tile->target,
         above = tile->direction == DIRECTION_LOWER_IS_BETTER && tile->value > tile->target;
    return tile->display == DISPLAY_OK && (below || above) &&
           !text_equal(figure_make_threshold(&style, tile->value).text,
                       figure_make_threshold(&style, tile->target).text);
}

/* "< objectif 75 %": in the room of "objectif ≥ 75 %". */
static void missed_target_text(const struct pen *pen, const struct tile_view *view, int word,
                               struct text *out)
{
    text_append(out, view->tile->direction == DIRECTION_HIGHER_IS_BETTER ? "<\u00a0" : ">\u00a0");
    add_threshold(pen, view, word, "", view->tile->target, out);
}

/* "objectif ≥ 80 %"; without a target the threshold; for a band both ends. With -1 as word only "≥ 80 %". */
static void target_text(const struct pen *pen, const struct tile_view *view, int word, struct text *out)
{
    const struct snapshot_tile *tile = view->tile;
    const struct limits *limits = &tile->limits;
    int limit = word < 0 ? word : WORD_LIMIT;
    static const char *const signs[] = {[DIRECTION_NONE] = "",
                                        [DIRECTION_HIGHER_IS_BETTER] = "≥",
                                        [DIRECTION_LOWER_IS_BETTER] = "≤",
                                        [DIRECTION_TARGET_BAND] = ""};
    if (is_off_target(pen, view))
        missed_target_text(pen, view, word, out);
    else if (isfinite(tile->target))
        add_threshold(pen, view, word, signs[tile->direction], tile->target, out);
    else if (isfinite(limits->warn_low) && isfinite(limits->warn_high))
        band_text(pen, view, word, out);
    else if (isfinite(limits->warn_low))
        add_threshold(pen, view, limit, "≥", limits->warn_low, out);
    else if (isfinite(limits->warn_high))
        add_threshold(pen, view, limit, "≤", limits->warn_high, out);
}

static void add_part(struct text *out, const char *part)
{
    if (out->length > 0 && *part)
        text_append(out, " · ");
    text_append(out, part);
}

static void size_text(const struct pen *pen, const struct tile_view *view, struct text *out)
{
    if (isfinite(view->tile->n) && widget_has_value(view))
        tile_size_text(pen, view->tile, view->tile->n, out);
}

/* "il y a 3 min · non agrégé" */
static void remarks_text(const struct pen *pen, const struct tile_view *view, struct text *out)
{
    if (says_a_word(view)) /* else the age stands where the word would */
        words_of_age(pen->words, view->age_ms, out);
    if (view->tile->not_aggregated)
        add_part(out, words_get(pen->words, WORD_NOT_AGGREGATED));
}

/* "Zendesk : serveur injoignable" */
static void reason_text(const struct pen *pen, const struct tile_view *view, struct text *out)
{
    if (!view->source || view->source->problem == SOURCE_FINE)
        return;
    text_append(out, view->source->name ? view->source->name : "");
    text_append(out, words_get(pen->words, WORD_COLON));
    words_of_problem(pen->words, view->source, out);
}

static bool has_sign(const struct snapshot_tile *tile)
{
    return tile->direction == DIRECTION_HIGHER_IS_BETTER || tile->direction == DIRECTION_LOWER_IS_BETTER;
}

/* "n = 412 · non agrégé", in brief "n = 412" */
static void facts_texts(const struct pen *pen, const struct tile_view *view, bool with_remarks,
                        struct pair *pair)
{
    struct text remarks = {0};
    if (view->answer_below)
        answer_text(pen, view->tile, &pair->right);
    else
        size_text(pen, view, &pair->right);
    if (with_remarks)
        remarks_text(pen, view, &remarks);
    text_append(&pair->right_brief, text_bytes(&pair->right));
    add_part(&pair->right, text_bytes(&remarks));
    text_finish(&remarks);
}

/* False where there is nothing to say: then the widget may have the room. `with_remarks`: they have no line
 * of their own. */
static bool last_line_draw(struct pen *pen, const struct tile_view *view, struct line line, bool with_remarks)
{
    struct pair pair = {.right_ink = view->ink_dim, .is_figure = !is_in_trouble(view)};
    if (is_in_trouble(view))
        reason_text(pen, view, &pair.left);
    if (pair.left.length)
        words_of_problem(pen->words, view->source, &pair.brief);
    if (pair.left.length == 0) {
        target_text(pen, view, WORD_TARGET, &pair.left);
        if (has_sign(view->tile)) /* a figure alone would be taken for a value */
            target_text(pen, view, -1, &pair.brief);
        facts_texts(pen, view, with_remarks, &pair);
    }
    pair_draw(pen, view, line, &pair);
    bool said = pair.left.length + pair.right.length > 0;
    pair_finish(&pair);
    return said;
}

enum below { BELOW_WHOLE, BELOW_BRIEF, BELOW_WORD };

/* "FERMÉ · ouvre lundi à 08:30", brief "FERMÉ · lun. 08:30", at worst "FERMÉ"; "DONNÉES FIGÉES 14:02", brief
 * "FIGÉ 14:02": a time is never cut. */
static void below_text(struct pen *pen, const struct tile_view *view, enum below length, struct text *out)
{
    bool brief = length != BELOW_WHOLE;
    if (brief)
        stale_brief_text(pen, view, out);
    if (out->length)
        return;
    state_word(pen, view, out);
    if (length == BELOW_WORD || view->tile->display != DISPLAY_CLOSED || view->tile->opens_wall_ms == 0)
        return;
    text_append(out, " · ");
    words_of_opening(pen->words, view->tile->opens_wall_ms, view->taken_wall_ms, brief, out);
}

/* "DONNÉES FIGÉES 14:02", where a healthy tile has its curve. */
static void below_line_draw(struct pen *pen, const struct tile_view *view, struct line line)
{
    static const struct {
        bool narrow;
        enum below length;
    } steps[] = {{false, BELOW_WHOLE},
                 {true, BELOW_WHOLE},
                 {false, BELOW_BRIEF},
                 {true, BELOW_BRIEF},
                 {true, BELOW_WORD}};
    struct type_style style = {FACE_BOLD, view->small_px};
    struct text words = {0};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        text_finish(&words);
        style.face = steps[i].narrow ? FACE_NARROW_BOLD : FACE_BOLD;
        below_text(pen, view, steps[i].length, &words);
        if (fits(pen, style, line.right - line.left, text_bytes(&words)))
            break;
    }
    tile_cut(pen, style, line.right - line.left, &words);
    pen_text(pen, style, view->ink, line.left, line.baseline, ALIGN_LEFT, text_bytes(&words));
    text_finish(&words);
}

/* ---- the whole ---- */

/* Proportions of the tile, all of `unit`; where a floor is far away, letters grow into what room there is. */
static const double line_height = 1.14, /* of the em */
    figure_line = 0.9;                  /* a figure with its comma, of its em */
static const double padding_share = 0.05, label_share = 0.13, label_line = 0.148, small_share = 0.096,
                    small_line = 0.116, gap_share = 0.032;

/* A page of one large list is no poster: its letters are those of a page of six. */
static const double content_unit_px = 460;

static double unit_of(const struct pen *pen, const struct snapshot_tile *tile, enum frame frame)
{
    double width = pen->clip.width, height = pen->clip.height;
    if (frame == FRAME_FIGURE)
        return fmin(height, width * 0.74);
    double columns = tile->columns > 1 ? tile->columns : 1, rows = tile->rows > 1 ? tile->rows : 1;
    return fmin(fmin(height / rows, width / columns * 0.74), pen_px(pen, content_unit_px));
}

static void view_set(struct pen *pen, struct tile_view *view, const struct snapshot_tile *tile,
                     const struct tile_surroundings *surroundings)
{
    *view = (struct tile_view){
        .tile = tile,
        .source = source_to_blame(tile, surroundings->snapshot),
        .taken_wall_ms = surroundings->snapshot->taken.wall_ms,
        .age_ms = age_shown_ms(tile, surroundings),
        .page_has_trends = surroundings->page_has_trends,
        .settled = surroundings->settled,
        .snapshot = surroundings->snapshot,
        .now = surroundings->now,
        .ground_display = tile->display,
        .page_since_ms = surroundings->page_since_ms,
    };
    if (tile->table && tile->display == DISPLAY_CRITICAL) /* the cells are filled, not the whole */
        view->ground_display = DISPLAY_NEUTRAL;
    view->unit = unit_of(pen, tile, type_of(tile->type)->frame);
    view->small_px = pen_type_px(pen, view->unit * small_share);
    colours_set(pen->theme, view);
}

/* How generous a tile is: as much as leaves its figure the height that the profile asks for. */
struct generosity {
    enum legibility profile;
    bool second, last;
};

static const struct generosity generosities[] = {
    {LEGIBILITY_COMFORT, true, true},  {LEGIBILITY_STANDARD, true, true},  {LEGIBILITY_STANDARD, true, false},
    {LEGIBILITY_MINIMUM, true, false}, {LEGIBILITY_MINIMUM, false, false},
};

static struct frame_lines lines_of(const struct pen *pen, const struct tile_view *view, struct box whole)
{
    double padding = round(view->unit * padding_share), side = round(fmax(padding, pen_px(pen, 20)));
    return (struct frame_lines){.left = whole.x + side,
                                .width = whole.width - 2 * side,
                                .top = whole.y + padding,
                                .bottom = whole.y + whole.height - padding,
                                .small = round(fmax(view->unit * small_line, view->small_px * line_height)),
                                .gap = round(view->unit * gap_share)};
}

static void lines_choose(const struct pen *pen, const struct tile_view *view, struct generosity chosen,
                         struct frame_lines *lines)
{
    lines->label_px = pen_type_px(pen, fmax(view->unit * label_share, pen->least[chosen.profile].label));
    lines->label = round(fmax(view->unit * label_line, lines->label_px * line_height));
    lines->second = chosen.second;
    lines->last = chosen.last;
}

/* Whether its label is too long for its line, and the tile high enough for one more. */
static bool needs_sentence(struct pen *pen, const struct tile_view *view, const struct frame_lines *lines)
{
    struct type_style narrow = {FACE_NARROW, step_px(pen, lines->label_px, 0.8)};
    const char *label = label_of(view->tile, pen->language, LABEL_LONG);
    bool roomy = lines->bottom - lines->top > 5 * lines->label;
    return objective_of(view) && roomy && !fits(pen, narrow, lines->width - lines->label_px * 1.35, label);
}

static double figure_room(const struct tile_view *view, const struct frame_lines *lines)
{
    struct tile_view own = *view;
    bool is_old = is_silent(view) && widget_has_value(view); /* it has a line for since when, and no curve */
    int words = lines->second + lines->last + is_old;
    double room = lines->bottom - lines->top - lines->label - words * lines->small - 2 * lines->gap;
    own.page_has_trends &= !is_old;
    return room * widget_value_share(&own);
}

/* The parts of a whole and the letters of a day are read one by one: the frame gives way to them. */
static size_t things_inside(const struct tile_view *view)
{
    if (is_letters(view->tile))
        return SNAPSHOT_LETTERS;
    return type_of(view->tile->type)->frame == FRAME_PARTS ? view->tile->part_count : 0;
}

static void lines_fit(const struct pen *pen, const struct tile_view *view, struct frame_lines *lines)
{
    size_t inside = things_inside(view);
    if (inside > 0) {
        lines_choose(pen, view, (struct generosity){LEGIBILITY_MINIMUM, true, false}, lines);
        double room = lines->bottom - lines->top - lines->label - lines->small - lines->gap;
        bool is_dated = is_in_trouble(view); /* rather a part less than no date */
        bool says = !is_letters(view->tile) || dims_given(&view->tile->scope) > 0;
        lines->second = is_dated || (says && room >= (double)inside * view->small_px * line_height);
        return;
    }
    for (size_t i = 0; i < sizeof generosities / sizeof *generosities; i++) {
        lines_choose(pen, view, generosities[i], lines);
        if (figure_room(view, lines) >= pen->least[generosities[i].profile].value * figure_line)
            return;
    }
}

/* A figure that cannot be read is no use with a curve below it: in all tiles of this size none has one. */
static void curves_give_way(const struct pen *pen, struct tile_view *view, struct frame_lines *lines)
{
    double least = pen->least[LEGIBILITY_MINIMUM].value * figure_line;
    if (!view->page_has_trends || figure_room(view, lines) >= least)
        return;
    view->page_has_trends = false;
    lines_fit(pen, view, lines);
}

/* Content needs the line only for a scope. */
static bool has_second_line(const struct tile_view *view)
{
    return view->tile->table && dims_given(&view->tile->scope) > 0;
}

/* Nothing is drawn below the figure: neither a curve, nor bars, nor a ring round it. */
static bool figure_is_alone(struct pen *pen, const struct tile_view *view, struct box room)
{
    const struct snapshot_tile *tile = view->tile;
    widget_draw *draw = type_of(tile->type)->draw;
    bool is_ribbon = tile->ribbon.count > 0 || is_letters(tile);
    bool may_be = draw == widget_number_draw || draw == widget_sparkline_draw ||
                  (draw == widget_ribbon_draw && !is_ribbon) ||
                  (draw == widget_gauge_draw && !widget_gauge_has_room(pen, view, room));
    return may_be && !sparkline_possible(tile) && !is_silent(view);
}

static const double least_band = 0.85; /* of the em: capitals, and air above them */

/* Where others have a curve, on a page of figures that stand in line: is there room for a line of words? */
static bool has_band(struct pen *pen, const struct tile_view *view, const struct frame_lines *lines,
                     struct box room)
{
    double spare = room.height - widget_value_height(view, room) + (lines->last ? 0 : lines->gap);
    return view->page_has_trends && spare >= view->small_px * least_band && figure_is_alone(pen, view, room);
}

static void remarks_draw(struct pen *pen, const struct tile_view *view, struct line line)
{
    struct pair pair = {.right_ink = view->ink_dim};
    remarks_text(pen, view, &pair.left);
    pair_draw(pen, view, line, &pair);
    pair_finish(&pair);
}

/* Target and n below the figure; where a curve would have been also what there is to remark. */
static bool facts_draw(struct pen *pen, const struct tile_view *view, const struct frame_lines *lines,
                       bool in_band)
{
    double top = lines->bottom - lines->small;
    struct line line = frame_line(pen, lines, top, lines->small, view->small_px);
    if (in_band && lines->last)
        remarks_draw(pen, view, frame_line(pen, lines, top - lines->small, lines->small, view->small_px));
    return last_line_draw(pen, view, line, !in_band || !lines->last);
}

/* What the words above and below leave to a figure. */
static struct box room_between(const struct frame_lines *lines, double top, double bottom)
{
    return (struct box){lines->left, top + lines->gap, lines->width, bottom - top - lines->gap};
}

/* The words of the frame of a figure; gives the room that they leave. */
static struct box frame_draw(struct pen *pen, struct tile_view *view, const struct frame_lines *lines,
                             enum frame frame)
{
    double top = lines->top + lines->label, bottom = lines->bottom, small = lines->small;
    bool below = is_silent(view), in_band = false, last = frame == FRAME_FIGURE || below;
    if (lines->sentence)
        sentence_draw(pen, view, lines);
    else
        label_draw(pen, view, frame_line(pen, lines, lines->top, lines->label, lines->label_px),
                   lines->label_px);
    bool second = lines->second && (frame != FRAME_CONTENT || below || has_second_line(view));
    struct line second_line = frame_line(pen, lines, top, small, view->small_px);
    top += second ? small : 0;
    if (frame == FRAME_FIGURE)
        in_band = has_band(pen, view, lines,
                           room_between(lines, top, bottom - (lines->last ? small : 0) - lines->gap));
    if (last && (lines->last || in_band)) {
        /* figures keep their place beside each other; a curve takes the room of a line that says nothing */
        bool said = facts_draw(pen, view, lines, in_band);
        if (lines->last && (said || below || type_of(view->tile->type)->draw == widget_number_draw))
            bottom -= small;
    }
    if (second)
        second_line_draw(pen, view, second_line, !lines->last && !in_band);
    if (below) {
        bottom -= small;
        below_line_draw(pen, view, frame_line(pen, lines, bottom, small, view->small_px));
        view->page_has_trends = false;
    }
    if (last)
        bottom -= lines->gap;
    return room_between(lines, top, bottom);
}

/* Whether "CRITIQUE · vu 14:05" is too long for a line even in the smallest letters. */
static bool needs_answer_below(struct pen *pen, const struct tile_view *view, const struct frame_lines *lines)
{
    struct type_style least = {FACE_NARROW_BOLD, step_px(pen, view->small_px, 0.78)};
    struct text word = {0};
    if (is_silent(view) || (view->tile->acked_wall_ms == 0 && view->tile->shelved_until_wall_ms == 0))
        return false;
    state_word(pen, view, &word);
    bool fits_line = fits(pen, least, lines->width, text_bytes(&word));
    text_finish(&word);
    return !fits_line;
}

void tile_draw(struct pen *pen, const struct snapshot_tile *tile,
               const struct tile_surroundings *surroundings)
{
    const struct type *type = type_of(tile->type);
    struct tile_view view;
    view_set(pen, &view, tile, surroundings);
    struct box whole = {pen->clip.x, pen->clip.y, pen->clip.width, pen->clip.height};
    struct frame_lines lines = lines_of(pen, &view, whole);
    lines_fit(pen, &view, &lines);
    curves_give_way(pen, &view, &lines);
    lines.sentence = needs_sentence(pen, &view, &lines);
    view.answer_below = needs_answer_below(pen, &view, &lines);
    if (lines.sentence)
        lines.label = round(2 * lines.label_px * line_height);
    view.figure_height = round(figure_room(&view, &lines));
    ground_draw(pen, &view, whole);
    stripe_draw(pen, &view, whole);
    struct box room = frame_draw(pen, &view, &lines, type->frame);
    if (room.height <= 4 || room.width <= 4)
        return;
    if (is_silent(&view))
        widget_number_draw(pen, &view, room);
    else
        type->draw(pen, &view, room);
}

#include "app/draft.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { MOST_TILES = 6, MOST_LEVELS = 8, FEW_TILES = 3, FOUR_TILES = 4 };

/* A value that goes into the draft. */
struct figure {
    const char *id;
    double factor;
    enum period period;
    int score;
    const struct scalar *scalar; /* NULL: it is known by name */
    const char *name;
    int list;
};

struct figures {
    size_t count, capacity;
    struct figure *all;
};

void draft_write_yaml(struct text *out, const char *text)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-";
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/";
    static const char *const other[] = {"true", "false", "null", "yes", "no", "on", "off", NULL};
    bool is_plain = *text && strchr(letters, *text) && strspn(text, plain) == strlen(text);
    for (size_t i = 0; other[i]; i++)
        is_plain = is_plain && strcasecmp(other[i], text) != 0;
    if (is_plain)
        text_append(out, text);
    else
        json_write_text(out, text);
}

/* ---- what is worth a draft ---- */

static struct figure *same_figure(struct figures *figures, const struct figure *figure)
{
    for (size_t i = 0; i < figures->count; i++)
        if (figures->all[i].list == figure->list && strcmp(figures->all[i].id, figure->id) == 0)
            return &figures->all[i];
    return NULL;
}

/* Of two values for one figure the likelier one. */
static void add_figure(struct figures *figures, const struct figure *figure)
{
    struct figure *same = same_figure(figures, figure);
    if (same && same->score >= figure->score)
        return;
    if (!same) {
        figures->all = memory_grow(figures->all, &figures->capacity, figures->count, sizeof *figures->all);
        same = &figures->all[figures->count++];
    }
    *same = *figure;
}

/* Items that cannot be told apart would be the same figure many times. */
static bool can_be_told_apart(const struct draft_request *request, int list)
{
    for (; list != SCALARS_NO_LIST; list = request->scalars->lists[list].parent) {
        const struct scalar *name;
        enum dim dim;
        if (request->scalars->lists[list].items > 1 &&
            !likely_name_of(request->words, request->scalars, list, &name, &dim))
            return false;
    }
    return true;
}

static void find_figures(const struct draft_request *request, struct figures *figures)
{
    for (size_t i = 0; i < request->scalars->count; i++) {
        const struct scalar *scalar = &request->scalars->all[i];
        struct likely likely = likely_guess(request->words, request->scalars, scalar);
        if (likely.id && strcmp(scalar->inner, ".") != 0 && can_be_told_apart(request, scalar->list))
            add_figure(figures, &(struct figure){likely.id, likely.factor, likely.period, likely.score,
                                                 scalar, NULL, scalar->list});
    }
}

static void find_named_figures(const struct draft_request *request, const struct scalar *names,
                               struct figures *figures)
{
    for (size_t i = 0; names && i < names->different; i++) {
        struct likely likely = likely_guess_name(request->words, names->texts[i]);
        if (likely.id)
            add_figure(figures, &(struct figure){likely.id, likely.factor, likely.period, likely.score, NULL,
                                                 names->texts[i], names->list});
    }
}

/* ---- the filter ---- */

static const char num[] = "# A number, also one written \"81,5 %\", \"1 234\" or \"00:02:31\" (seconds); "
                          "anything else is unknown, never "
                          "0.\n"
                          "def num:\n"
                          "  if type == \"number\" then .\n"
                          "  elif type == \"string\" then\n"
                          "    (gsub(\"[ %\\u00a0\\u202f]\"; \"\") | sub(\",\"; \".\")\n"
                          "     | if test(\"^-?[0-9]+([.][0-9]+)?$\") then tonumber\n"
                          "       elif test(\"^[0-9]+(:[0-9]{1,2}){1,2}$\") then (split(\":\") | "
                          "map(tonumber) | reduce .[] as $part (0; . * "
                          "60 + $part))\n"
                          "       else null end)\n"
                          "  else null end;\n";
static const char times[] = "def times($k): if . == null then null else . * $k end;\n";
static const char dims[] =
    "def dims: with_entries(select(.value != null and .value != \"\") | .value |= tostring);\n";
static const char moment[] =
    "# Seconds since 1970, out of seconds, milliseconds or a text with its offset; without one it says "
    "nothing.\n"
    "def moment:\n"
    "  if type == \"number\" then (if . > 100000000000 then . / 1000 else . end)\n"
    "  elif type == \"string\" then\n"
    "    ((capture(\"^(?<t>[0-9-]{10}T[0-9:]{8})([.][0-9]+)?(?<o>Z|[-+][0-9]{2}:?[0-9]{2})$\")\n"
    "      | (.t + \"Z\" | fromdateiso8601) as $t\n"
    "      | if .o == \"Z\" then $t\n"
    "        else (.o | gsub(\":\"; \"\")) as $o\n"
    "          | (($o[1:3] | tonumber) * 3600 + ($o[3:5] | tonumber) * 60) as $s\n"
    "          | if ($o | startswith(\"-\")) then $t + $s else $t - $s end\n"
    "        end) // null)\n"
    "  else null end;\n";

static bool any_factor(const struct figures *figures)
{
    for (size_t i = 0; i < figures->count; i++)
        if (figures->all[i].factor != 1)
            return true;
    return false;
}

static bool any_channel(const struct draft_request *request)
{
    const struct scalar *name;
    enum dim dim;
    for (size_t i = 0; i < request->scalars->list_count; i++)
        if (likely_channel_of(request->words, request->scalars, (int)i) ||
            (likely_name_of(request->words, request->scalars, (int)i, &name, &dim) && dim == DIM_CHANNEL))
            return true;
    return false;
}

static void write_definitions(struct text *out, const struct draft_request *request,
                              const struct figures *figures, bool has_moment)
{
    text_append(out, num);
    if (any_factor(figures))
        text_append(out, times);
    if (has_moment)
        text_append(out, moment);
    if (request->scalars->list_count == 0)
        return;
    text_append(out, dims);
    if (!any_channel(request))
        return;
    text_append(out, "def channel: if type == \"string\" then ");
    likely_write_channels(request->words, out);
    text_append(out, "[ascii_downcase] else null end;\n");
}

static void write_figure(struct text *out, const struct figure *figure, const char *dims_written)
{
    text_append_format(out, "{id: \"%s\", value: (%s | num", figure->id, figure->scalar->inner);
    if (figure->factor != 1) {
        text_append(out, " | times(");
        json_write_number(out, figure->factor);
        text_append(out, ")");
    }
    text_append_format(out, "), window: \"%s\", dims: %s}", period_name(figure->period), dims_written);
}

/* One item of a list after the other, each level's item in a variable of its own. */
static void write_level(struct text *out, const struct scalar_list *list, int level)
{
    const char *inner = strcmp(list->inner, ".") == 0 ? "" : list->inner;
    if (list->by_name)
        text_append_format(out, "%s | to_entries[] | .key as $name%d | .value | . as $item%d\n    | ",
                           *inner ? inner : ".", level, level);
    else
        text_append_format(out, "%s[] | . as $item%d\n    | ", *inner ? inner : ".", level);
}

static void write_dims_of(struct text *out, const struct draft_request *request, int list, int level)
{
    const struct scalar *name, *channel = likely_channel_of(request->words, request->scalars, list);
    enum dim dim;
    bool named = likely_name_of(request->words, request->scalars, list, &name, &dim);
    if (named && name && dim != DIM_CHANNEL)
        text_append_format(out, "%s: $item%d%s, ", dim_name(dim), level, name->inner);
    if (named && !name)
        text_append_format(out, dim == DIM_CHANNEL ? "%s: ($name%d | channel), " : "%s: $name%d, ",
                           dim_name(dim), level);
    if (named && name && dim == DIM_CHANNEL)
        text_append_format(out, "channel: ($item%d%s | channel), ", level, name->inner);
    else if (channel && channel != name)
        text_append_format(out, "channel: ($item%d%s | channel), ", level, channel->inner);
}

static size_t levels_of(const struct scalars *scalars, int list, int levels[MOST_LEVELS])
{
    size_t count = 0;
    for (int at = list; at != SCALARS_NO_LIST && count < MOST_LEVELS; at = scalars->lists[at].parent)
        count++;
    for (size_t i = count; i > 0; i--, list = scalars->lists[list].parent)
        levels[i - 1] = list;
    return count;
}

static void write_way_in(struct text *out, const struct draft_request *request, int list)
{
    int levels[MOST_LEVELS];
    struct text named = {0};
    size_t count = levels_of(request->scalars, list, levels);
    for (size_t i = 0; i < count; i++) {
        write_level(out, &request->scalars->lists[levels[i]], (int)i + 1);
        write_dims_of(&named, request, levels[i], (int)i + 1);
    }
    if (named.length)
        named.bytes[named.length -= 2] = '\0';
    text_append_format(out, "({%s} | dims) as $dims\n    | ", text_bytes(&named));
    text_finish(&named);
}

static bool write_figures_of(struct text *out, const struct draft_request *request,
                             const struct figures *figures, int list, bool is_first)
{
    const char *separator = is_first ? "    (" : ",\n    (";
    bool any = false;
    for (size_t i = 0; i < figures->count; i++) {
        if (figures->all[i].list != list)
            continue;
        text_append(out, any ? ",\n     " : separator);
        if (!any && list != SCALARS_NO_LIST)
            write_way_in(out, request, list);
        write_figure(out, &figures->all[i], list == SCALARS_NO_LIST ? "{}" : "$dims");
        any = true;
    }
    if (any)
        text_append(out, ")");
    return any;
}

static void write_filter(struct text *out, const struct draft_request *request, const struct figures *figures)
{
    const struct scalar *at = likely_moment(request->words, request->scalars, request->now_s);
    text_append_format(
        out,
        "# Draft by `vigie probe --url` for %s: names and windows are guesses. Compare each figure with\n"
        "# the vendor's own screen; ids are those of assets/catalogue/counters.csv and kpis.json.\n",
        request->title);
    write_definitions(out, request, figures, at != NULL);
    if (at)
        text_append_format(out, "(%s | moment) as $at\n| (if $at == null then {} else {at: $at} end)\n+ ",
                           at->path);
    text_append(out, "{samples: [\n");
    bool any = write_figures_of(out, request, figures, SCALARS_NO_LIST, true);
    for (size_t list = 0; list < request->scalars->list_count; list++)
        any = write_figures_of(out, request, figures, (int)list, !any) || any;
    text_append(out, "\n  ]}\n");
}

/* ---- the board ---- */

static const struct figure *find_figure(const struct figures *figures, const char *id, int list)
{
    for (size_t i = 0; i < figures->count; i++)
        if (figures->all[i].list == list && strcmp(figures->all[i].id, id) == 0)
            return &figures->all[i];
    return NULL;
}

static bool has_all(const struct figures *figures, const struct expression *expression, int list)
{
    for (size_t i = 0; i < expression->count; i++)
        if (!find_figure(figures, expression->terms[i].counter, list))
            return false;
    return true;
}

static bool can_be_counted(const struct figures *figures, const struct kpi *kpi, int list)
{
    return kpi->numerator.count > 0 && dims_given(&kpi->filter) == 0 &&
           has_all(figures, &kpi->numerator, list) && has_all(figures, &kpi->denominator, list);
}

/* A finished figure is shown for exactly whom it is of; one whose name must not be shown has no tile. */
static bool write_whose(struct text *out, const struct draft_request *request, int list)
{
    const struct scalar *name;
    enum dim dim;
    if (list == SCALARS_NO_LIST)
        return true;
    const struct scalar_list *about = &request->scalars->lists[list];
    if (about->parent != SCALARS_NO_LIST || likely_channel_of(request->words, request->scalars, list) ||
        !likely_name_of(request->words, request->scalars, list, &name, &dim) || dim == DIM_CHANNEL)
        return false;
    if (name && (likely_is_private(request->words, request->scalars, name) || !name->different))
        return false;
    text_append_format(out, ", where: {%s: ", dim_name(dim));
    json_write_text(out, name ? name->texts[0] : about->first_name);
    text_append(out, "}");
    return true;
}

/* Labels of metrics that are dimensions: whose figure it is cannot be said here. */
static bool has_dims_beside(const struct draft_request *request, const struct figure *figure)
{
    enum dim dim;
    for (size_t i = 0; i < request->scalars->count; i++)
        if (request->scalars->all[i].list == figure->list && dim_parse(request->scalars->all[i].key, &dim))
            return true;
    return false;
}

static bool write_tile(struct text *out, const struct draft_request *request, const struct figures *figures,
                       const char *id)
{
    const struct kpi *kpi = catalogue_kpi(request->catalogue, id);
    struct text whose = {0};
    bool fits = false;
    for (int list = SCALARS_NO_LIST; kpi && !fits && list < (int)request->scalars->list_count; list++) {
        const struct figure *bare = find_figure(figures, id, list);
        fits = can_be_counted(figures, kpi, list);
        if (!fits && bare)
            fits = bare->scalar ? write_whose(&whose, request, list) : !has_dims_beside(request, bare);
    }
    if (fits)
        text_append_format(out, "      - {kpi: %s%s}\n", id, text_bytes(&whose));
    text_finish(&whose);
    return fits;
}

static void write_tiles(struct text *out, struct draft *draft, const struct draft_request *request,
                        const struct figures *figures)
{
    const char *id;
    for (size_t i = 0; draft->tiles < MOST_TILES && (id = likely_tile(request->words, i)); i++)
        draft->tiles += write_tile(out, request, figures, id);
}

static void write_grid(struct text *out, size_t tiles)
{
    if (tiles <= FEW_TILES)
        text_append_format(out, "    grid: %zux1\n", tiles);
    else
        text_append(out, tiles == FOUR_TILES ? "    grid: 2x2\n" : "    grid: 3x2\n");
}

/* What is what by name, as the adapter wants to be told. */
static void write_map(struct text *out, const struct known_shape *shape, const struct figures *figures)
{
    if (!shape->map)
        return;
    text_append_format(out, "    cfg:\n      %s:\n", shape->map);
    for (size_t i = 0; i < figures->count; i++) {
        text_append(out, "        ");
        draft_write_yaml(out, figures->all[i].name);
        text_append_format(out, ": {id: %s, window: %s", figures->all[i].id,
                           period_name(figures->all[i].period));
        if (figures->all[i].factor != 1) {
            text_append(out, ", k: ");
            json_write_number(out, figures->all[i].factor);
        }
        text_append(out, "}\n");
    }
}

static void write_board(struct draft *draft, const struct draft_request *request,
                        const struct figures *figures)
{
    struct text *out = &draft->board, tiles = {0};
    write_tiles(&tiles, draft, request, figures);
    if (draft->tiles) {
        text_append(out, "# Draft by `vigie probe --url`: run `vigie check` on it, then `vigie probe`, then "
                         "`vigie run`.\nvigie: 1\ntitle: ");
        draft_write_yaml(out, request->title);
        text_append(out, "\nlanguage: fr\nsources:\n  - name: ");
        draft_write_yaml(out, request->name);
        text_append(out, "\n    adapter: ");
        draft_write_yaml(out, draft->shape.adapter ? draft->shape.adapter : request->name);
        text_append_format(out, "%s\n%s", draft->shape.adapter ? "" : ".jq", request->source);
        write_map(out, &draft->shape, figures);
        text_append(out, "    every: 15s\npages:\n  - id: live\n    title: En direct\n");
        write_grid(out, draft->tiles);
        text_append_format(out, "    tiles:\n%s", text_bytes(&tiles));
    }
    text_finish(&tiles);
}

void draft_make(struct draft *draft, const struct draft_request *request)
{
    struct figures figures = {0};
    *draft = (struct draft){0};
    if (likely_known_shape(request->words, request->scalars, &draft->shape))
        find_named_figures(request, draft->shape.names, &figures);
    else
        find_figures(request, &figures);
    draft->figures = figures.count;
    if (!draft->shape.adapter && figures.count)
        write_filter(&draft->filter, request, &figures);
    if (figures.count)
        write_board(draft, request, &figures);
    free(figures.all);
}

void draft_finish(struct draft *draft)
{
    text_finish(&draft->filter);
    text_finish(&draft->board);
    *draft = (struct draft){0};
}

#include "model/conclusion.h"

#include "base/text.h"

enum { MOST_NAMES = 3 };

struct phrases {
    const char *one_alert, *alerts;
    const char *one_unknown, *unknown;
    const char *colon;
    const char *all_well, *not_judged, *closed, *nothing_known, *no_alert_known;
};

static const struct phrases PHRASES[LANGUAGE_COUNT] = {
    [LANGUAGE_FR] = {"alerte", "alertes", "chiffre inconnu", "chiffres inconnus", "\u00a0: ", "Tout va bien",
                     "Rien n’est jugé sur cette page", "Fermé", "On ne sait pas", "Aucune alerte connue"},
    [LANGUAGE_EN] = {"alert", "alerts", "figure unknown", "figures unknown", ": ", "All is well",
                     "Nothing is judged on this page", "Closed", "Not known", "No alert known"},
};

/* Which states a line counts; the first is told first. */
struct kind {
    enum display displays[2];
};

static const struct kind ALERTS = {{DISPLAY_CRITICAL, DISPLAY_WARN}};
static const struct kind UNKNOWN = {{DISPLAY_STALE, DISPLAY_NODATA}};

static size_t count_of(const struct snapshot_page *page, enum display display)
{
    size_t count = 0;
    for (size_t i = 0; i < page->tile_count; i++)
        count += page->tiles[i].display == display;
    return count;
}

static size_t count_kind(const struct snapshot_page *page, const struct kind *kind)
{
    return count_of(page, kind->displays[0]) + count_of(page, kind->displays[1]);
}

static const char *name_of(const struct snapshot_tile *tile, enum language language)
{
    const char *name = tile->label[language][LABEL_SHORT];
    return name ? name : tile->id;
}

/* "Niv. service (Support)": the same figure of two queues is two names. One agent's queue has none (P15). */
static void append_name(struct text *out, const struct snapshot_tile *tile, enum language language, bool more)
{
    const char *queue = tile->queue_unnamed ? NULL : tile->scope.value[DIM_QUEUE];
    text_append(out, more ? ", " : "");
    text_append(out, name_of(tile, language));
    if (!queue)
        return;
    text_append(out, " (");
    text_append(out, queue);
    text_append(out, ")");
}

static void append_names(struct text *out, const struct snapshot_page *page, const struct kind *kind,
                         enum language language)
{
    size_t named = 0, count = count_kind(page, kind);
    for (int k = 0; k < 2; k++)
        for (size_t i = 0; i < page->tile_count && named < MOST_NAMES; i++)
            if (page->tiles[i].display == kind->displays[k])
                append_name(out, &page->tiles[i], language, named++ > 0);
    if (count <= named)
        return;
    text_append(out, " ");
    text_append_format(out, language == LANGUAGE_FR ? "et %zu de plus" : "and %zu more", count - named);
}

static void append_kind(struct text *out, const struct snapshot_page *page, const struct kind *kind,
                        const char *one, const char *many, enum language language)
{
    size_t count = count_kind(page, kind);
    if (!count)
        return;
    text_append_format(out, out->length ? " · %zu " : "%zu ", count);
    text_append(out, count == 1 ? one : many);
    text_append(out, PHRASES[language].colon);
    append_names(out, page, kind, language);
}

/* Where there is no alert. */
static const char *calm(const struct snapshot_page *page, const struct phrases *phrases, size_t unknown)
{
    size_t ok = count_of(page, DISPLAY_OK);
    if (unknown)
        return ok ? phrases->no_alert_known : phrases->nothing_known;
    if (ok)
        return phrases->all_well;
    return page->tile_count && count_of(page, DISPLAY_CLOSED) == page->tile_count ? phrases->closed
                                                                                  : phrases->not_judged;
}

const char *conclusion_make(struct arena *arena, const struct snapshot_page *page, enum language language)
{
    const struct phrases *phrases = &PHRASES[language];
    struct text line = {0};
    if (count_kind(page, &ALERTS))
        append_kind(&line, page, &ALERTS, phrases->one_alert, phrases->alerts, language);
    else
        text_append(&line, calm(page, phrases, count_kind(page, &UNKNOWN)));
    append_kind(&line, page, &UNKNOWN, phrases->one_unknown, phrases->unknown, language);
    const char *kept = arena_copy_text(arena, text_bytes(&line));
    text_finish(&line);
    return kept;
}

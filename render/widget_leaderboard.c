#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "render/widget.h"

/*
 * Teams by their progress against themselves, or the first three of the agents who asked for it: places and
 * names, no figures, no colours, nothing that marks the last one (P07, P09). Under its conditions nothing but
 * the reason is shown.
 */

/* ---- teams ---- */

static int compare_ranks(const void *left, const void *right)
{
    const struct snapshot_row *const *a = left, *const *b = right;
    return (*a)->rank - (*b)->rank;
}

static size_t ranked_rows(const struct snapshot_table *table, const struct snapshot_row **rows)
{
    size_t count = 0;
    for (size_t i = 0; i < table->row_count; i++)
        if (table->rows[i].rank > 0)
            rows[count++] = &table->rows[i];
    if (count)
        qsort(rows, count, sizeof *rows, compare_ranks);
    return count;
}

/* Where a name begins beside its place. */
static double name_left(int px)
{
    return px * 1.5;
}

static void place_draw(struct pen *pen, const struct tile_view *view, int place, const char *name,
                       struct box line, struct type_style style)
{
    int px = style.px;
    struct text rank = {0};
    double baseline = widget_baseline(pen, line, px), left = name_left(px);
    text_append_format(&rank, "%d", place);
    pen_text(pen, (struct type_style){FACE_BOLD, px}, view->ink_dim, line.x + px * 0.9, baseline, ALIGN_RIGHT,
             text_bytes(&rank));
    widget_text(pen, style, view->ink, line.x + left, baseline, line.width - left, ALIGN_LEFT, name);
    text_finish(&rank);
}

static void basis_draw(struct pen *pen, const struct tile_view *view, struct box line, const char *words)
{
    int px = pen_type_px(pen, view->small_px * 0.85);
    widget_text(pen, (struct type_style){FACE_NARROW, px}, view->ink_dim, line.x,
                widget_baseline(pen, line, px), line.width, ALIGN_LEFT, words);
}

static void teams_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    const struct snapshot_table *table = view->tile->table;
    enum ranking ranking = table ? table->ranking : RANKING_UNKNOWN;
    if (ranking != RANKING_SHOWN) {
        int word = ranking == RANKING_TOO_FEW ? WORD_RANKING_TOO_FEW : WORD_RANKING_UNKNOWN;
        widget_words_draw(pen, view, room, words_get(pen->words, word));
        return;
    }
    const struct snapshot_row **rows = memory_create(table->row_count, sizeof(struct snapshot_row *));
    size_t count = ranked_rows(table, rows);
    double foot = round(view->small_px * 1.1), height = room.height - foot;
    double line = floor(fmin(height / (double)(count ? count : 1), view->small_px * 2.0));
    size_t lines = (size_t)fmax(height / fmax(line, view->small_px * 1.1), 1);
    for (size_t i = 0; i < count && i < lines; i++)
        place_draw(
            pen, view, rows[i]->rank, rows[i]->name,
            (struct box){room.x, room.y + line * (double)i, room.width, line},
            (struct type_style){FACE_REGULAR, pen_type_px(pen, fmin(view->small_px * 1.15, line * 0.72))});
    basis_draw(pen, view, (struct box){room.x, room.y + height, room.width, foot},
               words_get(pen->words, WORD_RANKING_BASIS));
    free(rows);
}

/* ---- agents ---- */

enum { PODIUM_LINES = 3 };

/* Why there are no places. */
static void podium_words(const struct pen *pen, const struct snapshot_podium *podium, struct text *out)
{
    static const int words[] = {
        [RANKING_NONE] = WORD_WAITING,           [RANKING_TOO_FEW] = WORD_PODIUM_TOO_FEW,
        [RANKING_UNKNOWN] = WORD_WAITING,        [RANKING_SHOWN] = WORD_PODIUM_WEEK,
        [RANKING_TIED] = WORD_PODIUM_TIED,       [RANKING_ENDED] = WORD_PODIUM_ENDED,
        [RANKING_NO_LIST] = WORD_PODIUM_NO_LIST, [RANKING_NO_CLOCK] = WORD_PODIUM_NO_CLOCK};
    struct text day = {0};
    if (!podium->next_wall_ms) {
        text_append(out, words_get(pen->words, words[podium->ranking]));
        return;
    }
    words_of_date(pen->words, podium->next_wall_ms, true, &day);
    words_fill(pen->words, WORD_PODIUM_FIRST, text_bytes(&day), out);
    text_finish(&day);
}

static bool names_fit(struct pen *pen, const struct snapshot_podium *podium, struct type_style style,
                      double width)
{
    for (size_t i = 0; i < podium->place_count; i++)
        if (name_left(style.px) + pen_text_width(pen, style, podium->places[i].pseudonym) > width)
            return false;
    return true;
}

/* All names in one face and size, or the longest would look like the least. */
static struct type_style names_style(struct pen *pen, const struct tile_view *view, double width, double line)
{
    struct type_style style = {FACE_REGULAR, (int)(line * 0.72)};
    if (names_fit(pen, view->tile->podium, style, width))
        return style;
    style.face = FACE_NARROW;
    while (style.px > view->small_px && !names_fit(pen, view->tile->podium, style, width))
        style.px = style.px * 9 / 10;
    return style;
}

static void week_draw(struct pen *pen, const struct tile_view *view, struct box line)
{
    struct text day = {0}, words = {0};
    words_of_date(pen->words, view->tile->podium->until_wall_ms, true, &day);
    words_fill(pen->words, WORD_PODIUM_WEEK, text_bytes(&day), &words);
    struct type_style style = {FACE_NARROW, pen_type_px(pen, view->small_px * 0.85)};
    bool fits = pen_text_width(pen, style, text_bytes(&words)) <= line.width;
    basis_draw(pen, view, line, text_bytes(fits ? &words : &day));
    text_finish(&day);
    text_finish(&words);
}

/* Three lines, however many names there are: a place does not move with the others. */
static void places_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    const struct snapshot_podium *podium = view->tile->podium;
    double foot = round(view->small_px * 1.3), line = floor((room.height - foot) / PODIUM_LINES);
    struct type_style style = names_style(pen, view, room.width, line);
    for (size_t i = 0; i < podium->place_count; i++)
        place_draw(pen, view, podium->places[i].rank, podium->places[i].pseudonym,
                   (struct box){room.x, room.y + line * (double)i, room.width, line}, style);
    week_draw(pen, view, (struct box){room.x, room.y + room.height - foot, room.width, foot});
}

static void podium_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    struct text words = {0};
    if (view->tile->podium->ranking == RANKING_SHOWN) {
        places_draw(pen, view, room);
        return;
    }
    podium_words(pen, view->tile->podium, &words);
    widget_words_draw(pen, view, room, text_bytes(&words));
    text_finish(&words);
}

void widget_leaderboard_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    if (view->tile->podium)
        podium_draw(pen, view, room);
    else
        teams_draw(pen, view, room);
}

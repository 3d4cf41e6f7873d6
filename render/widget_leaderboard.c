#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "render/widget.h"

/*
 * Teams by their progress against themselves: places and names, no figures, no colours, nothing that marks
 * the last one (P07). Under its conditions nothing but the reason is shown.
 */

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

static void place_draw(struct pen *pen, const struct tile_view *view, const struct snapshot_row *row,
                       struct box line)
{
    int px = pen_type_px(pen, fmin(view->small_px * 1.15, line.height * 0.72));
    struct text rank = {0};
    double baseline = widget_baseline(pen, line, px), left = px * 1.5;
    text_append_format(&rank, "%d", row->rank);
    pen_text(pen, (struct type_style){FACE_BOLD, px}, view->ink_dim, line.x + px * 0.9, baseline, ALIGN_RIGHT,
             text_bytes(&rank));
    widget_text(pen, (struct type_style){FACE_REGULAR, px}, view->ink, line.x + left, baseline,
                line.width - left, ALIGN_LEFT, row->name);
    text_finish(&rank);
}

static void basis_draw(struct pen *pen, const struct tile_view *view, struct box line)
{
    int px = pen_type_px(pen, view->small_px * 0.85);
    widget_text(pen, (struct type_style){FACE_NARROW, px}, view->ink_dim, line.x,
                widget_baseline(pen, line, px), line.width, ALIGN_LEFT,
                words_get(pen->words, WORD_RANKING_BASIS));
}

void widget_leaderboard_draw(struct pen *pen, const struct tile_view *view, struct box room)
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
        place_draw(pen, view, rows[i], (struct box){room.x, room.y + line * (double)i, room.width, line});
    basis_draw(pen, view, (struct box){room.x, room.y + height, room.width, foot});
    free(rows);
}

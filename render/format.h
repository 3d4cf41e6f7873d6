#ifndef RENDER_FORMAT_H
#define RENDER_FORMAT_H

/*
 * Figures as people read them, in French and English typography; tests/data/format_cases.csv holds the
 * vectors. A figure comes in pieces, because the wall writes units smaller than digits.
 *
 * Ties are rounded away from zero: printf's even rule would print 2.5 as 2.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/language.h"
#include "model/kpi.h"
#include "model/snapshot.h"

struct figure_style {
    enum number_format format;
    int decimals;       /* -1: as the format has them */
    const char *suffix; /* NULL: none */
    enum language language;
};

enum { FIGURE_BYTES = 96, FIGURE_PIECES = 6 };

struct figure_piece {
    bool is_unit;
    char text[FIGURE_BYTES / 2];
};

struct figure {
    char text[FIGURE_BYTES]; /* the whole */
    size_t count;
    struct figure_piece piece[FIGURE_PIECES]; /* the same, cut where digits and units meet */
};

/* NaN and infinities are an em dash; beyond 10^15 says so in place of digits that nobody can read. */
struct figure figure_make(const struct figure_style *style, double value);

/*
 * As figure_make(), with as many more decimals as it takes for the printed figure to stand on the same
 * side of every limit as the value does: 79.96 in warn under 80 is never "80,0 %".
 */
struct figure figure_make_truthful(const struct figure_style *style, double value,
                                   const struct limits *limits);

/* A threshold or target: no decimals that say nothing ("80 %", "4,5 %"); a reckoned one as a value is
 * written. */
struct figure figure_make_threshold(const struct figure_style *style, double value);

/* How a tile's value is written. */
struct figure_style figure_style_of(const struct snapshot_tile *tile, enum language language);

#endif

#ifndef MODEL_FROZEN_H
#define MODEL_FROZEN_H

/*
 * Finds a source out that answers well and says nothing new: the same figures, over and over, while
 * people are at work. Its figures look fresh and are not.
 *
 * A quiet night is not frozen: one agent who is ready and nobody who calls give the same figures for
 * hours. So something must be there that cannot stand still - a caller whose wait does not grow, a
 * caller and somebody to answer, three contacts at once, eight agents - or the source's own clock must
 * stand still while anybody is there.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/now.h"
#include "model/sample.h"

struct frozen {
    bool has_figures;
    uint64_t fingerprint; /* of all figures */
    double at_s;          /* the source's own clock; NaN: it has none */
    bool should_move, somebody_there;
    int64_t since_ms, since_wall_ms;                 /* the figures are these */
    int64_t figures_since_ms, figures_since_wall_ms; /* their time when they were first these */
    int64_t clock_since_ms;                          /* the source's clock says this */
};

/* An answer, whose figures are of the moment `figures` on our clocks. */
void frozen_note(struct frozen *frozen, const struct sample_document *document, struct now figures,
                 struct now now);

bool frozen_is(const struct frozen *frozen, int64_t limit_ms, int64_t now_ms);

#endif

#ifndef MODEL_SCOPE_H
#define MODEL_SCOPE_H

/*
 * Which figures make up the total of a scope ("queue Ventes", "everything on the phone").
 *
 * A figure with fewer dimensions is the source's own total over those it leaves out, and beats the sum
 * of finer ones. So the coarsest are taken first, then those that surely overlap with none of them:
 * nothing is counted twice.
 */

#include <stdbool.h>

#include "base/arena.h"
#include "model/counters.h"

/*
 * The figures of `figures` that add up to the total of `scope`, whose texts are names; the array lives
 * in `arena`, or is that of `figures` itself.  `inside`: all
 * are known to lie in the scope. None, or a muddle that cannot be told apart: count 0.
 */
struct figures scope_select(struct arena *arena, struct figures figures, const struct dims *scope,
                            bool inside);

/* The one figure for exactly these dimensions; NULL: there is none. */
const struct figure *scope_exact(struct figures figures, const struct dims *dims);

/*
 * Whether two totals speak of the same parts: of the dimensions that all their figures have, the same
 * values occur in both. Talk time of two queues over the contacts of three is not a mean.
 */
bool scope_same_parts(struct figures a, struct figures b);

#endif

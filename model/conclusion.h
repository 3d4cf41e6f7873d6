#ifndef MODEL_CONCLUSION_H
#define MODEL_CONCLUSION_H

/*
 * One line that says what a page says (R12): "2 alertes : Attente max, Abandon".
 *
 * "Tout va bien" only where every figure of the page that can be judged is fresh and good. What is
 * not known is said, never passed over.
 */

#include "base/arena.h"
#include "base/language.h"
#include "model/snapshot.h"

/* Lives in the arena. */
const char *conclusion_make(struct arena *arena, const struct snapshot_page *page, enum language language);

#endif

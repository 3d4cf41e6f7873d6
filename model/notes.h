#ifndef MODEL_NOTES_H
#define MODEL_NOTES_H

/*
 * What people write for the wall: actions of the huddle and words of customers. They come from the board file
 * or from a small file beside it, and may be read anew while the wall runs.
 *
 * An action belongs to a role or to initials, never to a full name on the wall. Words of customers that
 * nobody has moderated never get in.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/calendar.h"

enum { NOTES_QUARTERS = 4, NOTES_MAX = 100 };

struct action {
    const char *text;
    const char *who;          /* role or initials; NULL: nobody yet */
    struct calendar_date due; /* no year: none */
    int quarters;             /* done, of four; four: it is done */
};

struct verbatim {
    const char *text;
    struct calendar_date day; /* no year: not told */
    bool moderated;
};

/* The content of one file; zeroed: nothing was read, so nothing is known. */
struct notes {
    bool read;
    size_t action_count, verbatim_count;
    const struct action *actions;
    const struct verbatim *verbatims;
};

/* Everything in the arena; words that nobody has moderated stay behind. */
struct notes notes_copy(struct arena *arena, const struct notes *notes);

/* Not done; not done and its day is past. */
size_t notes_open(const struct notes *notes);
size_t notes_overdue(const struct notes *notes, const struct calendar_date *today);

#endif

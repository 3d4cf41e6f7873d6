#ifndef FETCH_PAGES_H
#define FETCH_PAGES_H

/*
 * Answers that come in pages: what to ask next, and one array of all of them for the filter.
 *
 * All or nothing: whatever is odd (another server, the same page twice, too many pages or bytes, a
 * place where nothing is) fails the poll, so that a part is never shown as the whole.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "fetch/fault.h"
#include "fetch/request.h"
#include "fetch/source.h"

enum { PAGES_MOST = 50 };

/* Zeroed is "none yet". Given to pages_finish(). */
struct pages {
    const struct paging *paging;
    size_t max_bytes;
    struct text gathered;           /* the array, without its closing bracket */
    size_t count;                   /* pages in it */
    double rows;                    /* rows on them, where pages are counted */
    uint64_t asked[PAGES_MOST + 1]; /* URLs and tokens, by their hash */
    size_t asked_count;
    uint64_t last_page; /* what the page before was */
};

/* Begins with the first request of a poll, which may get its number put in. `max_bytes`: of all pages. */
bool pages_begin(struct pages *pages, const struct paging *paging, size_t max_bytes, struct request *request,
                 struct fault *fault);

enum pages_turn { PAGES_NEXT, PAGES_COMPLETE, PAGES_FAILED };

/*
 * Takes an answer that is JSON, with the header Link (NULL: none). PAGES_NEXT: the request is set for
 * the next one; its credentials are the caller's business. PAGES_COMPLETE: see pages_take_all().
 */
enum pages_turn pages_take(struct pages *pages, const struct text *answer, const char *link,
                           struct request *request, struct fault *fault);

/* Puts the array of all answers, in order, in place of what `answer` holds. */
void pages_take_all(struct pages *pages, struct text *answer);

void pages_finish(struct pages *pages);

#endif

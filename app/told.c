#include "app/told.h"

#include <string.h>

#include "base/text.h"

enum { AGAIN_MS = 60000 };

bool told_is_news(struct told *told, enum source_problem problem, const char *detail,
                  int64_t now_monotonic_ms)
{
    uint64_t words = text_hash(TEXT_HASH_BEGIN, detail, strlen(detail));
    bool as_before = problem == SOURCE_FINE || words == told->words || now_monotonic_ms < told->next_ms;
    if (problem == told->problem && as_before)
        return false;
    *told = (struct told){problem, words, now_monotonic_ms + AGAIN_MS};
    return true;
}

#include "render/kept_series.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "render/signature.h"

static bool is_kept(const struct kept_series *kept, const float *values, size_t bytes)
{
    return kept->count > 0 && kept->count * sizeof *values == bytes &&
           memcmp(kept->values, values, bytes) == 0;
}

uint64_t kept_series_signature(struct kept_series *kept, const float *values, size_t count)
{
    size_t bytes = count * sizeof *values;
    if (count == 0)
        return SIGNATURE_START;
    if (is_kept(kept, values, bytes))
        return kept->signature;
    if (count > kept->capacity) {
        kept->values = memory_resize(kept->values, count, sizeof *values);
        kept->capacity = count;
    }
    memcpy(kept->values, values, bytes);
    kept->count = count;
    kept->signature = signature_add_bytes(SIGNATURE_START, values, bytes);
    return kept->signature;
}

void kept_series_finish(struct kept_series *kept)
{
    free(kept->values);
    *kept = (struct kept_series){0};
}

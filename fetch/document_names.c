#include "fetch/document_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

enum { FIRST_SIZE = 64 };

/* The place of the name: its own, or the free one where it belongs. */
static struct document_name **place_of(const struct document_names *names, const char *bytes, size_t length)
{
    uint64_t hash = text_hash(TEXT_HASH_BEGIN, bytes, length);
    for (size_t at = (size_t)(hash ^ hash >> 29);; at++) {
        struct document_name **place = &names->places[at & (names->size - 1)];
        if (!*place || ((*place)->length == length && memcmp((*place)->text, bytes, length) == 0))
            return place;
    }
}

static void grow(struct document_names *names)
{
    struct document_names old = *names;
    names->size = old.size ? old.size * 2 : FIRST_SIZE;
    names->places = memory_create(names->size, sizeof *names->places);
    for (size_t i = 0; i < old.size; i++)
        if (old.places[i])
            *place_of(names, old.places[i]->text, old.places[i]->length) = old.places[i];
    free(old.places);
}

struct document_name *document_names_find(struct document_names *names, struct arena *arena,
                                          const char *bytes, size_t length)
{
    if (2 * (names->count + 1) > names->size)
        grow(names);
    struct document_name **place = place_of(names, bytes, length);
    if (!*place) {
        *place = arena_take(arena, 1, sizeof **place);
        **place = (struct document_name){.text = arena_copy_bytes(arena, bytes, length), .length = length};
        names->count++;
    }
    return *place;
}

void document_names_finish(struct document_names *names)
{
    free(names->places);
    *names = (struct document_names){0};
}

#include "fetch/strikes.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"

struct record {
    const void *who;
    uint64_t settings_hash;
    int count;
    struct error reason;
};

/* A few sources at most ever have one. */
struct strikes {
    struct record *records;
    size_t count, capacity;
};

struct strikes *strikes_create(void)
{
    return memory_create(1, sizeof(struct strikes));
}

void strikes_destroy(struct strikes *strikes)
{
    if (!strikes)
        return;
    free(strikes->records);
    free(strikes);
}

static struct record *find(const struct strikes *strikes, const void *who)
{
    for (size_t i = 0; i < strikes->count; i++)
        if (strikes->records[i].who == who)
            return &strikes->records[i];
    return NULL;
}

int strikes_count(const struct strikes *strikes, const void *who, uint64_t settings_hash)
{
    const struct record *record = find(strikes, who);
    return record && record->settings_hash == settings_hash ? record->count : 0;
}

const char *strikes_reason(const struct strikes *strikes, const void *who)
{
    const struct record *record = find(strikes, who);
    return record && record->count > 0 ? record->reason.text : NULL;
}

static struct record *add_record(struct strikes *strikes, const void *who)
{
    strikes->records =
        memory_grow(strikes->records, &strikes->capacity, strikes->count, sizeof *strikes->records);
    struct record *record = &strikes->records[strikes->count++];
    *record = (struct record){.who = who};
    return record;
}

void strikes_add(struct strikes *strikes, const void *who, uint64_t settings_hash, const char *reason)
{
    struct record *record = find(strikes, who);
    if (!record)
        record = add_record(strikes, who);
    if (record->settings_hash != settings_hash)
        *record = (struct record){.who = who, .settings_hash = settings_hash};
    record->count++;
    error_set(&record->reason, "%s", reason);
}

void strikes_forgive(struct strikes *strikes, const void *who)
{
    struct record *record = find(strikes, who);
    if (record)
        record->count = 0;
}

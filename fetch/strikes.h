#ifndef FETCH_STRIKES_H
#define FETCH_STRIKES_H

/*
 * Who had a filter stopped, and how often in a row.
 *
 * A strike holds for the settings (filter and cfg, told apart by their hash) that it was earned with: with
 * others one starts afresh.
 */

#include <stddef.h>
#include <stdint.h>

enum { MOST_STRIKES = 3 };

struct strikes;

struct strikes *strikes_create(void);
void strikes_destroy(struct strikes *strikes);

/* How many there are against `who` with these settings. */
int strikes_count(const struct strikes *strikes, const void *who, uint64_t settings_hash);

/* Why the newest came; NULL: there is none. Valid until the next strikes_add(). */
const char *strikes_reason(const struct strikes *strikes, const void *who);

void strikes_add(struct strikes *strikes, const void *who, uint64_t settings_hash, const char *reason);

/* An answer was mapped: all is forgiven. */
void strikes_forgive(struct strikes *strikes, const void *who);

#endif

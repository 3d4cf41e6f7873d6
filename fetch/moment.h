#ifndef FETCH_MOMENT_H
#define FETCH_MOMENT_H

/*
 * Moments in requests: "today-1d|iso" is yesterday's midnight of the site, as an ISO 8601 time.
 *
 * now, hour, quarter, today, week, month; then perhaps an offset (-30m, +1h, -45s, -1d, -4w); then
 * how it is written: iso, iso_ms, iso_local, epoch, epoch_ms, date, hhmm, strftime:FORMAT. All is
 * reckoned on the site's calendar (base/calendar.h).
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

/* Appends the moment that the expression (`length` bytes of it) means at `now_wall_ms`. */
bool moment_write(struct text *out, const char *expression, size_t length, int64_t now_wall_ms,
                  struct error *error);

#endif

#ifndef APP_WEEK_REPORT_H
#define APP_WEEK_REPORT_H

/* A week of a board's history as render/report.h draws it. */

#include "app/config.h"
#include "base/arena.h"
#include "history/reader.h"
#include "render/report.h"

/* The week that `at` is in, up to `now` at most; figures in the order of the board. In the arena. NULL:
 * error. */
const struct report *week_report_make(struct arena *arena, const struct config *config, struct reader *reader,
                                      int64_t at_wall_ms, int64_t now_wall_ms, struct error *error);

#endif

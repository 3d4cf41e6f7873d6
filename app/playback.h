#ifndef APP_PLAYBACK_H
#define APP_PLAYBACK_H

/*
 * A recording played onto a board.
 *
 * A line first lets time pass up to its moment (one tick), then its samples apply, then its event.
 *
 * Whose truth is a line? A document is the whole truth of its source, but a recording does not say which
 * sources there were, and may tell each figure on a line of its own. So:
 * - All counters of a recording come from one source, and a line with counters is its whole answer: a
 *   series that is not in it is unknown from then on.
 * - Each KPI given as a finished figure is a source of its own. A line that does not have it says nothing
 *   about it, and the figure ages. Nor is a line in which it is null an answer: an answer without a figure
 *   judges nothing and makes nothing younger, and the last figure goes stale when its time has come.
 * For that a board played onto has other sources than its file names, and tiles take from all of them.
 */

#include <stdbool.h>

#include "app/config.h"
#include "app/recording.h"
#include "base/now.h"

/* Moments of a recording: seconds since 1970 are taken as they are, others count from `origin_wall_ms`. */
struct now playback_moment(double t_s, int64_t origin_wall_ms);

/* A board for the config's pages and rules; the config's sources are replaced. The caller owns the board. */
struct board *playback_board(struct config *config);

/* Plays one line. False: its event is about a tile that the board does not have. */
bool playback_line(struct board *board, const struct catalogue *catalogue, const struct recorded_line *line,
                   struct now now);

#endif

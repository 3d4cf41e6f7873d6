#ifndef APP_REPLAY_REPORT_H
#define APP_REPLAY_REPORT_H

/*
 * What a rehearsal of thresholds has shown, in words and columns that a team lead can read out: one
 * column for a board, two where two boards were played side by side.
 */

#include "app/config.h"
#include "base/text.h"
#include "model/alert_tally.h"

struct rehearsed_board {
    const struct config *config;
    const struct alert_tally *tallies; /* one a tile, page by page */
};

enum { REPLAY_BOARDS_MAX = 2 };

/* In the language of the first board. `passed_ms`: how long the recording is. */
void replay_report_write(struct text *out, const struct rehearsed_board *boards, size_t board_count,
                         int64_t passed_ms);

#endif

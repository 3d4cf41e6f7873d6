#ifndef APP_PROBE_ADVICE_H
#define APP_PROBE_ADVICE_H

/* What somebody can do about a poll that failed, who asks by hand and has not read our documents. */

#include "fetch/fetcher.h"

/* Where that is written down: as options of `vigie probe --url`, or as keys of a board. */
enum advice_place { ADVICE_FOR_URL, ADVICE_FOR_BOARD, ADVICE_PLACE_COUNT };

/* A sentence without its full stop; NULL: the failure says all there is. */
const char *probe_advice(const struct source_settings *source, const struct fetch_result *result,
                         enum advice_place place);

#endif

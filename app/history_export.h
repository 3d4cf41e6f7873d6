#ifndef APP_HISTORY_EXPORT_H
#define APP_HISTORY_EXPORT_H

/* What a history holds as CSV or JSON lines; each ends with what it may not be used for (P16). */

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "history/reader.h"

struct history_export {
    const char *kpi; /* NULL: all */
    int64_t since_ms, until_ms;
    enum reader_step step;
    bool alerts; /* alerts and events in place of figures */
    bool jsonl;  /* else CSV */
    FILE *to;
};

bool history_export(const struct history_export *export, struct reader *reader, struct error *error);

#endif

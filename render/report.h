#ifndef RENDER_REPORT_H
#define RENDER_REPORT_H

/*
 * A week on paper, for whoever leads the team: what each figure was, against the week before, when it was
 * red, and which alerts there were. A4 pages as one PDF, or below each other as one PNG.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "model/alert_budget.h"
#include "model/sample.h"
#include "model/snapshot.h"
#include "render/format.h"
#include "render/i18n.h"

enum { REPORT_DAYS = 7 };

struct report_figure {
    const char *label, *place; /* place "" for the whole site */
    enum period period;
    bool has_namesake; /* another has the same label and place: the period tells them apart */
    struct figure_style style;
    double value,
        before; /* of the week, and of as much of the week before; NaN: not known, not to be added up */
    double change_percent; /* NaN: not known */
    size_t quarter_count;  /* of the curve, from the week's beginning on */
    const float *quarters; /* NaN: a gap */
    int red_minutes[REPORT_DAYS], known_minutes[REPORT_DAYS];
};

struct report_alert {
    size_t figure;
    int64_t begun_ms, ended_ms, acked_ms; /* 0: not yet, nobody */
    bool unseen;                          /* the wall was off when it ended */
    bool told;                            /* else nobody was called: it does not count */
    enum display peak;
    double peak_value;
    const char *cause, *action; /* NULL: not given */
};

struct report_mark {
    int64_t wall_ms;
    const char *text;
};

struct report {
    const char *title;
    int64_t from_ms, to_ms; /* Monday 0 h, and the end or now */
    int64_t made_ms;
    size_t figure_count, alert_count, mark_count;
    const struct report_figure *figures;
    const struct report_alert *alerts; /* in the order of time */
    const struct report_mark *marks;
    struct budget_report budget;
    struct budget_frequent frequent; /* its figures are those above */
    size_t unanswered_count;
    const size_t *unanswered; /* figures whose alerts nobody has answered for four weeks */
};

/* A path that ends in .png gives a picture, any other a PDF. */
bool report_write(const struct report *report, const char *assets_path, const struct words *words,
                  const char *path, struct error *error);

#endif

#ifndef MODEL_GRADE_H
#define MODEL_GRADE_H

/*
 * Good, doubtful or bad: where a value lies among its limits. Exactly on a limit is good.
 *
 * Which end of the scale is the bad one was settled when the limits were made (limits_make): here a
 * value is inside or outside of an interval, and nothing asks for the direction again.
 */

#include <stdbool.h>

#include "model/kpi.h"

enum severity { SEVERITY_OK, SEVERITY_WARN, SEVERITY_CRITICAL, SEVERITY_COUNT };

/* Whether there is any limit to judge by. */
bool grade_possible(const struct limits *limits);

/* The level of a value alone, whatever it was before. */
enum severity grade_level(const struct limits *limits, double value);

/* Whether the value is better than the limit of `level` by the hysteresis at least. */
bool grade_recovered(const struct limits *limits, enum severity level, double hysteresis, double value);

#endif

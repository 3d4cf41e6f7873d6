#ifndef TESTS_TREND_POINTS_H
#define TESTS_TREND_POINTS_H

/* The points of tests/data/ttb_reference.csv: "0:4 15:4.3 …", seconds and values. */

#include <stdlib.h>

#include "model/trend.h"

static size_t read_points(const char *text, struct trend_point *points)
{
    size_t count = 0;
    for (char *end; *text; text = end, count++) {
        points[count].t_s = strtod(text, &end);
        points[count].value = strtod(end + 1, &end);
    }
    return count;
}

#endif

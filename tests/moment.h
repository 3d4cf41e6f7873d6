#ifndef TESTS_MOMENT_H
#define TESTS_MOMENT_H

/* Moments of a test as people write them: "2026-11-21T14:07", in the time zone that is set. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/calendar.h"

/* Milliseconds since 1970. */
static inline int64_t moment_ms(const char *iso)
{
    int64_t wall_ms = 0;
    assert_true(calendar_parse_iso(iso, &wall_ms));
    return wall_ms;
}

#endif

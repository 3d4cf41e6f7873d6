#ifndef TESTS_OPENING_KIT_H
#define TESTS_OPENING_KIT_H

/* Opening hours of a test as a board writes them: "mon-fri", "08:30-12:00". */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/schedule.h"

/* Adds an interval to each of these days. */
static inline void open_on(struct opening_hours *hours, const char *days, const char *interval)
{
    unsigned weekdays = 0;
    struct opening_interval read = {0, 0};
    assert_true(schedule_parse_days(days, &weekdays, NULL));
    assert_true(schedule_parse_interval(interval, &read, NULL));
    for (int day = 0; day < 7; day++)
        if (weekdays & 1U << day)
            assert_true(schedule_add_interval(&hours->week[day], read, NULL));
}

#endif

#include "sim/ledger.h"

#include <string.h>

static int64_t whole(int64_t value, int64_t unit) /* rounds down, also below 0 */
{
    int64_t quotient = value / unit;
    return value % unit < 0 ? quotient - 1 : quotient;
}

int64_t day_of(int64_t moment_ms)
{
    return whole(moment_ms, DAY_MS);
}

int64_t minute_of(int64_t moment_ms)
{
    return whole(moment_ms, MINUTE_MS);
}

static int64_t row(int64_t index, int64_t rows)
{
    return ((index % rows) + rows) % rows;
}

void ledger_add(struct ledger *ledger, int account, enum field field, int64_t amount)
{
    ledger->total[account].of[field] += amount;
}

void ledger_mark_minute(struct ledger *ledger, int64_t minute)
{
    memcpy(ledger->minutes[row(minute, LEDGER_KEPT_MINUTES)], ledger->total, sizeof ledger->minutes[0]);
}

void ledger_forget_offered(struct ledger *ledger, int64_t minute, int line, int waiting)
{
    ledger->minutes[row(minute, LEDGER_KEPT_MINUTES)][line].of[FIELD_OFFERED] -= waiting;
}

void ledger_mark_midnight(struct ledger *ledger, int64_t day)
{
    memcpy(ledger->midnights[row(day, LEDGER_KEPT_DAYS)], ledger->total, sizeof ledger->midnights[0]);
}

int64_t ledger_over_minutes(const struct ledger *ledger, int account, enum field field, int minutes,
                            int64_t now_ms)
{
    int64_t began = minute_of(now_ms) - minutes;
    return ledger->total[account].of[field] -
           ledger->minutes[row(began, LEDGER_KEPT_MINUTES)][account].of[field];
}

/*
 * The days that are simulated are working days only: five make a week, twenty are the last four
 * weeks. Day 0 is a Wednesday and the twelfth working day of a month of twenty.
 */
static int64_t first_day(enum window window, int64_t today)
{
    switch (window) {
    case WINDOW_WEEK:
        return today - row(today + 2, 5);
    case WINDOW_MONTH:
        return today - row(today + 11, 20);
    case WINDOW_ROLLING_7D:
        return today - 4;
    case WINDOW_ROLLING_28D:
        return today - 19;
    default:
        return today;
    }
}

int64_t ledger_over(const struct ledger *ledger, int account, enum field field, enum window window,
                    int64_t now_ms)
{
    if (window == WINDOW_30M || window == WINDOW_60M)
        return ledger_over_minutes(ledger, account, field, window == WINDOW_30M ? 30 : 60, now_ms);
    int64_t day = first_day(window, day_of(now_ms));
    return ledger->total[account].of[field] -
           ledger->midnights[row(day, LEDGER_KEPT_DAYS)][account].of[field];
}

#include "model/sqcdp.h"

#include "base/calendar.h"
#include "base/text.h"

struct kpi_row {
    const char *kpi_id;
    enum sqcdp_letter letter;
};

static const struct kpi_row kpi_rows[] = {
    {"occupancy", SQCDP_SAFETY},
    {"esat_score", SQCDP_SAFETY},
    {"csat_rate", SQCDP_QUALITY},
    {"fcr", SQCDP_QUALITY},
    {"complaints_trend", SQCDP_QUALITY},
    {"aht", SQCDP_COST},
    {"ticket_resolution_rate", SQCDP_COST},
    {"service_level", SQCDP_DELIVERY},
    {"abandonment_rate", SQCDP_DELIVERY},
    {"email_first_response_time", SQCDP_DELIVERY},
    {"staffing_gap", SQCDP_PEOPLE},
    {"huddle_actions_overdue", SQCDP_PEOPLE},
};

/* The higher, the worse; a figure that is missing weighs more than one that is good. */
static const int badness[DISPLAY_COUNT] = {
    [DISPLAY_CLOSED] = 0, [DISPLAY_NEUTRAL] = 1, [DISPLAY_OK] = 2,       [DISPLAY_STALE] = 3,
    [DISPLAY_NODATA] = 3, [DISPLAY_WARN] = 4,    [DISPLAY_CRITICAL] = 5,
};

bool sqcdp_letter_of(const char *kpi_id, enum sqcdp_letter *letter)
{
    for (size_t i = 0; i < sizeof kpi_rows / sizeof kpi_rows[0]; i++) {
        if (text_equal(kpi_rows[i].kpi_id, kpi_id)) {
            *letter = kpi_rows[i].letter;
            return true;
        }
    }
    return false;
}

enum display sqcdp_worst(const enum display *states, size_t count)
{
    if (count == 0)
        return DISPLAY_NODATA;
    enum display worst = states[0];
    for (size_t i = 1; i < count; i++)
        if (badness[states[i]] > badness[worst])
            worst = states[i];
    return worst == DISPLAY_STALE ? DISPLAY_NODATA : worst;
}

/* ---- a month ---- */

static int days_in(int year, int number)
{
    /* the day before the first of the next month, at noon, where no clock jumps */
    struct calendar_time last = {.year = year, .month = number + 1, .day = 0, .hour = 12}, local;
    calendar_local(calendar_moment_ms(&last), &local);
    return local.day;
}

void sqcdp_month_init(struct sqcdp_month *month, int year, int number)
{
    *month = (struct sqcdp_month){.year = year, .month = number, .day_count = days_in(year, number)};
    for (int letter = 0; letter < SQCDP_LETTERS; letter++)
        for (int day = 0; day < SQCDP_DAYS_MAX; day++)
            month->cells[letter][day] = DISPLAY_NODATA;
}

static bool has_day(const struct sqcdp_month *month, int day)
{
    return day >= 1 && day <= month->day_count;
}

enum display sqcdp_shown(const struct sqcdp_month *month, enum sqcdp_letter letter, int day)
{
    return has_day(month, day) ? month->cells[letter][day - 1] : DISPLAY_NODATA;
}

void sqcdp_keep(struct sqcdp_month *month, enum sqcdp_letter letter, int day, enum display state)
{
    if (has_day(month, day))
        month->cells[letter][day - 1] = state;
}

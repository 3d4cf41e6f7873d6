#include "model/sqcdp.h"

#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "base/utf8.h"

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

static const char *const letter_names[SQCDP_LETTERS] = {"S", "Q", "C", "D", "P"};

/* The higher, the worse; a figure that is missing weighs more than one that is good. */
static const int badness[DISPLAY_COUNT] = {
    [DISPLAY_CLOSED] = 0, [DISPLAY_NEUTRAL] = 1, [DISPLAY_OK] = 2,       [DISPLAY_STALE] = 3,
    [DISPLAY_NODATA] = 3, [DISPLAY_WARN] = 4,    [DISPLAY_CRITICAL] = 5,
};

const char *sqcdp_letter_name(enum sqcdp_letter letter)
{
    return letter_names[letter];
}

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

const char *sqcdp_mark(enum display display)
{
    static const char *const marks[DISPLAY_COUNT] = {
        [DISPLAY_OK] = "✓", [DISPLAY_WARN] = "!", [DISPLAY_CRITICAL] = "✕"};
    return marks[display] ? marks[display] : "";
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
            month->cells[letter][day].computed = DISPLAY_NODATA;
}

const struct sqcdp_cell *sqcdp_cell(const struct sqcdp_month *month, enum sqcdp_letter letter, int day)
{
    return day >= 1 && day <= month->day_count ? &month->cells[letter][day - 1] : NULL;
}

static struct sqcdp_cell *cell_of(struct sqcdp_month *month, enum sqcdp_letter letter, int day)
{
    return day >= 1 && day <= month->day_count ? &month->cells[letter][day - 1] : NULL;
}

enum display sqcdp_shown(const struct sqcdp_cell *cell)
{
    return cell->edited ? cell->by_hand : cell->computed;
}

bool sqcdp_compute(struct sqcdp_month *month, enum sqcdp_letter letter, int day, enum display state)
{
    struct sqcdp_cell *cell = cell_of(month, letter, day);
    if (cell)
        cell->computed = state;
    return cell != NULL;
}

/* ---- by hand ---- */

static bool day_over_or_today(const struct sqcdp_month *month, int day, int64_t now_wall_ms)
{
    struct calendar_time begin = {.year = month->year, .month = month->month, .day = day};
    return calendar_moment_ms(&begin) <= now_wall_ms;
}

static bool reason_sound(const char *reason, struct error *error)
{
    size_t length = reason ? strlen(reason) : 0;
    if (length == 0 || strspn(reason, " \t\n") == length)
        error_set(error, "a cell set by hand needs a reason");
    else if (length > SQCDP_REASON_MAX)
        error_set(error, "the reason has %zu bytes, at most %d fit; shorten it", length, SQCDP_REASON_MAX);
    else if (!utf8_valid(reason, length, NULL))
        error_set(error, "the reason is not UTF-8");
    else
        return true;
    return false;
}

bool sqcdp_edit(struct sqcdp_month *month, enum sqcdp_letter letter, int day, enum display state,
                const char *reason, int64_t now_wall_ms, struct error *error)
{
    struct sqcdp_cell *cell = cell_of(month, letter, day);
    if (!cell) {
        error_set(error, "the month has %d days, not %d", month->day_count, day);
        return false;
    }
    if (!day_over_or_today(month, day, now_wall_ms)) {
        error_set(error, "%04d-%02d-%02d has not begun", month->year, month->month, day);
        return false;
    }
    if (state != DISPLAY_OK && state != DISPLAY_WARN && state != DISPLAY_CRITICAL) {
        error_set(error, "a cell set by hand is good, warning or critical");
        return false;
    }
    if (!reason_sound(reason, error))
        return false;
    cell->edited = true;
    cell->by_hand = state;
    cell->edited_wall_ms = now_wall_ms;
    memcpy(cell->reason, reason, strlen(reason) + 1);
    return true;
}

void sqcdp_unedit(struct sqcdp_month *month, enum sqcdp_letter letter, int day)
{
    struct sqcdp_cell *cell = cell_of(month, letter, day);
    if (cell)
        *cell = (struct sqcdp_cell){.computed = cell->computed};
}

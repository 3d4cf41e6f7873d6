#include "model/daily.h"

#include <math.h>

#include "base/calendar.h"

/* A bar being added up. */
struct sum {
    double sum, weight;
    bool missing; /* a day of work was not recorded */
    bool cut;     /* the end of one was not */
};

static double value_of(const struct sum *sum, bool additive)
{
    if (!(sum->weight > 0))
        return NAN;
    return additive ? sum->sum : sum->sum / sum->weight;
}

/* ---- days whose end nobody saw ---- */

static const int64_t CLOSING_SLACK_MS = 1800000, USUAL_SLACK_MS = 3600000;

static int64_t known_for_ms(const struct daily_day *day)
{
    return day->known_until_wall_ms - day->midnight_wall_ms;
}

/* The median: how far into the day the wall mostly looked. */
static int64_t usual_ms(const struct daily_past *past)
{
    int64_t sorted[DAILY_KEPT];
    size_t count = 0;
    for (size_t i = 0; i < past->count && count < DAILY_KEPT; i++) {
        if (!past->days[i].known_until_wall_ms)
            continue;
        size_t at = count++;
        for (; at > 0 && sorted[at - 1] > known_for_ms(&past->days[i]); at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = known_for_ms(&past->days[i]);
    }
    return count ? sorted[count / 2] : 0;
}

static bool is_cut(const struct daily_past *past, const struct daily_day *day, int64_t usual)
{
    if (!day->known_until_wall_ms)
        return false;
    if (!past->hours)
        return known_for_ms(day) + USUAL_SLACK_MS < usual;
    int64_t soon_ms = day->known_until_wall_ms + CLOSING_SLACK_MS;
    struct opening opening = schedule_at(past->hours, soon_ms);
    return opening.closes_wall_ms > soon_ms ||
           (opening.opens_wall_ms && calendar_midnight_ms(opening.opens_wall_ms) == day->midnight_wall_ms);
}

/* ---- days of work ---- */

static unsigned weekday_bit(int64_t midnight_ms)
{
    struct calendar_time local;
    calendar_local(midnight_ms, &local);
    return 1U << local.weekday;
}

/* Where there are no hours, of two weeks: the days on which the wall was on. A bit a weekday. */
static unsigned weekdays_of_work(const struct daily_past *past)
{
    static const unsigned all = 127;
    unsigned seen = 0;
    if (past->hours || past->count == 0 ||
        past->days[past->count - 1].midnight_wall_ms <
            calendar_add_days_ms(past->days[0].midnight_wall_ms, 14))
        return all;
    for (size_t i = 0; i < past->count; i++)
        seen |= weekday_bit(past->days[i].midnight_wall_ms);
    return seen;
}

static bool is_worked(const struct daily_past *past, unsigned weekdays, int64_t midnight_ms)
{
    return schedule_works_on(past->hours, midnight_ms) && (weekdays & weekday_bit(midnight_ms));
}

/* ---- bars ---- */

static const struct daily_day *find_day(const struct daily_past *past, const struct daily_day *today,
                                        int64_t midnight_ms)
{
    if (midnight_ms == today->midnight_wall_ms)
        return today;
    for (size_t i = 0; i < past->count; i++)
        if (past->days[i].midnight_wall_ms == midnight_ms)
            return &past->days[i];
    return NULL;
}

/* What is usual with these days. */
struct usual {
    int64_t known_for_ms; /* see usual_ms() */
    unsigned weekdays;    /* of work, a bit each */
};

static void add_day(struct sum *sum, const struct daily_past *past, const struct daily_day *today,
                    int64_t midnight_ms, const struct usual *usual)
{
    const struct daily_day *day = find_day(past, today, midnight_ms);
    if (!day && is_worked(past, usual->weekdays, midnight_ms))
        sum->missing = true;
    if (!day)
        return;
    sum->sum += day->sum;
    sum->weight += day->weight;
    sum->cut |= day != today && is_cut(past, day, usual->known_for_ms);
}

static struct snapshot_bar bar_of(const struct daily_past *past, const struct daily_day *today,
                                  int64_t from_ms, int days, const struct usual *usual)
{
    struct sum sum = {0};
    for (int i = 0; i < days; i++) {
        int64_t day_ms = calendar_add_days_ms(from_ms, i);
        if (day_ms <= today->midnight_wall_ms)
            add_day(&sum, past, today, day_ms, usual);
    }
    sum.missing |= sum.cut && days > 1;
    return (struct snapshot_bar){.from_wall_ms = from_ms,
                                 .value = sum.missing ? (double)NAN : value_of(&sum, past->additive),
                                 .plan = NAN,
                                 .cut = sum.cut && !sum.missing && sum.weight > 0,
                                 .begun = calendar_add_days_ms(from_ms, days) > today->midnight_wall_ms};
}

/* That of a rate is the same for a week; that of a count is of one day alone, and not of one without work. */
static double plan_of(const struct snapshot_bar *bar, enum bar_step step, bool additive, double plan)
{
    bool fits = !isnan(bar->value) && (step == BAR_DAY || !additive);
    return fits ? plan : (double)NAN;
}

struct snapshot_bars daily_bars(struct arena *arena, const struct daily_past *past, enum bar_step step,
                                const struct daily_day *today, double plan)
{
    bool weeks = step == BAR_WEEK;
    int most = weeks ? DAILY_WEEKS : DAILY_DAYS, days = weeks ? 7 : 1;
    int64_t last_ms =
        weeks ? calendar_floor_ms(today->midnight_wall_ms, CALENDAR_WEEK) : today->midnight_wall_ms;
    struct snapshot_bar *all = arena_take(arena, (size_t)most, sizeof *all);
    struct snapshot_bars bars = {.step = step, .bars = all};
    struct usual usual = {usual_ms(past), weekdays_of_work(past)};
    for (int i = most - 1; i >= 0; i--) {
        struct snapshot_bar bar = bar_of(past, today, calendar_add_days_ms(last_ms, -i * days), days, &usual);
        bar.plan = plan_of(&bar, step, past->additive, plan);
        if (bars.count || !isnan(bar.value)) /* begins with the first that is known */
            all[bars.count++] = bar;
    }
    return bars;
}

/* ---- a stretch of days ---- */

/* A count that was looked at is at least 0: without any it was not told. */
static bool is_incomplete(const struct daily_past *past, const struct daily_day *day, bool works,
                          int64_t usual)
{
    return is_cut(past, day, usual) || (works && past->additive && !(day->weight > 0));
}

static void begin_with(struct daily_stretch *stretch, int64_t midnight_ms)
{
    if (stretch->begun)
        return;
    stretch->begun = true;
    stretch->since_wall_ms = stretch->incomplete_days ? midnight_ms : 0;
    stretch->incomplete_days = 0;
}

struct daily_stretch daily_add_up(const struct daily_past *past, int64_t from_wall_ms, int64_t to_wall_ms)
{
    static const struct daily_day none = {.midnight_wall_ms = INT64_MIN};
    struct daily_stretch stretch = {0};
    int64_t usual = usual_ms(past);
    unsigned weekdays = weekdays_of_work(past);
    for (int64_t at_ms = from_wall_ms; at_ms < to_wall_ms; at_ms = calendar_add_days_ms(at_ms, 1)) {
        const struct daily_day *day = find_day(past, &none, at_ms);
        bool works = is_worked(past, weekdays, at_ms);
        if (day)
            begin_with(&stretch, at_ms);
        stretch.sum += day ? day->sum : 0;
        stretch.weight += day ? day->weight : 0;
        stretch.incomplete_days += day ? is_incomplete(past, day, works, usual) : works;
    }
    return stretch;
}

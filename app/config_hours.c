/* Hours of the board: when queues are open (schedules:) and when a rule is in force (when:). */
#include <stdio.h>

#include "app/config_reading.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { DAYS = 7, DAY_MINUTES = 1440, WEEK_MINUTES = DAYS * DAY_MINUTES };

static const char *const day_names[DAYS] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/* ---- words of time ---- */

static struct yaml_place item_place(struct yaml_reader *reader, const struct yaml_node *list,
                                    const char *path, size_t index)
{
    if (list->shape != YAML_LIST)
        return (struct yaml_place){.node = list, .path = path};
    return (struct yaml_place){.node = list->items[index],
                               .path = arena_format(yaml_arena(reader), "%s[%zu]", path, index)};
}

/* One value may stand for a list of one. */
static size_t item_count(const struct yaml_node *node)
{
    return node->shape == YAML_LIST ? node->count : 1;
}

static const char *word_of(const struct yaml_node *node)
{
    return node->shape == YAML_SCALAR && node->text ? node->text : "";
}

static bool parse_date(struct yaml_reader *reader, const struct yaml_place *place, const char *key,
                       const char *text, struct calendar_date *date)
{
    if (calendar_parse_date(text, date))
        return true;
    yaml_error(reader, place, key, "\"%s\" is no date; write it like 2026-12-24", yaml_shown(reader, text));
    return false;
}

const char config_date_schema[] = "\"type\": \"string\", \"format\": \"date\"";

void config_read_date(struct yaml_reader *reader, const struct yaml_node *node, const char *path,
                      void *target)
{
    struct yaml_place place = {.node = node, .path = path};
    parse_date(reader, &place, NULL, word_of(node), target);
}

/* ---- when: ---- */

static void read_days(struct yaml_reader *reader, const struct yaml_node *node, const char *path,
                      void *target)
{
    unsigned *weekdays = target;
    for (size_t i = 0; i < item_count(node); i++) {
        struct yaml_place place = item_place(reader, node, path, i);
        struct error error = {""};
        unsigned days = 0;
        if (!schedule_parse_days(word_of(place.node), &days, &error))
            yaml_error(reader, &place, NULL, "%s", error.text);
        *weekdays |= days;
    }
}

static void read_minute(struct yaml_reader *reader, const struct yaml_node *node, const char *path,
                        void *target)
{
    struct yaml_place place = {.node = node, .path = path};
    if (!schedule_parse_minute(word_of(node), target))
        yaml_error(reader, &place, NULL, "\"%s\" is no time of day; write it like 08:30",
                   yaml_shown(reader, word_of(node)));
}

static const char days_schema[] = "\"type\": [\"string\", \"array\"], \"items\": {\"type\": \"string\"}";
static const char minute_schema[] = "\"type\": \"string\", \"pattern\": \"^[0-2][0-9]:[0-5][0-9]$\"";

static const struct when_entry when_defaults = {.from_minute = -1, .to_minute = -1};

#define AT(member) offsetof(struct when_entry, member)
static const struct yaml_field when_fields[] = {
    {"days", YAML_KIND_OWN, AT(weekdays), .read = read_days, .schema = days_schema,
     .help = "mon, mon-fri, all, or a list of these; all if not given"},
    {"from", YAML_KIND_OWN, AT(from_minute), .read = read_minute, .schema = minute_schema,
     .help = "the first minute, 00:00 if not given"},
    {"to", YAML_KIND_OWN, AT(to_minute), .read = read_minute, .schema = minute_schema,
     .help = "the minute after the last; before `from` it is the next day's; 24:00 if not given"},
    {"date", YAML_KIND_OWN, AT(date), .read = config_read_date, .schema = config_date_schema,
     .help = "this day alone; beats rules for weekdays"},
};
#undef AT
const struct yaml_table config_when_table = {"when", sizeof(struct when_entry), &when_defaults, when_fields,
                                             COUNT(when_fields)};

static bool says_nothing(const struct when_entry *when)
{
    return when->place.node->count == 0;
}

static bool is_before(const struct calendar_date *date, const struct calendar_date *today)
{
    return date->year && today->year && calendar_compare_dates(date, today) < 0;
}

static void check_when(struct config_reading *reading, const struct when_entry *when,
                       const struct opening_interval *interval)
{
    struct yaml_reader *yaml = reading->yaml;
    if (says_nothing(when))
        yaml_warning(yaml, &when->place, NULL,
                     "neither days nor hours nor a date: the rule is always in force; leave this out");
    if (when->date.year && when->weekdays)
        yaml_error(yaml, &when->place, "days", "a date has its weekday already; leave out days or date");
    if (interval->from_minute == interval->to_minute || interval->from_minute == DAY_MINUTES)
        yaml_error(yaml, &when->place, when->to_minute < 0 ? "from" : "to",
                   "no minute lies between from and to; the rule would never be in force");
    if (is_before(&when->date, &reading->today))
        yaml_warning(yaml, &when->place, "date",
                     "the day is past: the rule is never in force again; delete it");
}

struct rule_hours config_when_make(struct config_reading *reading, const struct when_entry *when)
{
    struct rule_hours hours = {0};
    if (!when->place.node || when->place.node->shape != YAML_MAP)
        return hours;
    hours.given = !says_nothing(when);
    hours.date = when->date;
    hours.weekdays = when->weekdays ? when->weekdays : 0x7f;
    hours.interval.from_minute = when->from_minute < 0 ? 0 : when->from_minute;
    hours.interval.to_minute = when->to_minute < 0 ? DAY_MINUTES : when->to_minute;
    check_when(reading, when, &hours.interval);
    if (hours.interval.to_minute < hours.interval.from_minute)
        hours.interval.to_minute += DAY_MINUTES;
    return hours;
}

/* Of two intervals that begin on these weekdays, in a week that comes again. */
static bool intervals_meet(int day_a, const struct opening_interval *a, int day_b,
                           const struct opening_interval *b)
{
    int from_a = day_a * DAY_MINUTES + a->from_minute, to_a = day_a * DAY_MINUTES + a->to_minute;
    int from_b = day_b * DAY_MINUTES + b->from_minute, to_b = day_b * DAY_MINUTES + b->to_minute;
    if (from_a == to_a || from_b == to_b)
        return false;
    for (int shift = -WEEK_MINUTES; shift <= WEEK_MINUTES; shift += WEEK_MINUTES)
        if (from_a < to_b + shift && from_b + shift < to_a)
            return true;
    return false;
}

bool config_hours_meet(const struct rule_hours *a, const struct rule_hours *b)
{
    if (!a->given || !b->given || (a->date.year != 0) != (b->date.year != 0))
        return false; /* one of them is the more particular, and wins */
    if (a->date.year)
        return calendar_compare_dates(&a->date, &b->date) == 0 &&
               intervals_meet(0, &a->interval, 0, &b->interval);
    for (int i = 0; i < DAYS; i++)
        for (int j = 0; j < DAYS; j++)
            if (a->weekdays & 1U << i && b->weekdays & 1U << j &&
                intervals_meet(i, &a->interval, j, &b->interval))
                return true;
    return false;
}

/* ---- the table of a schedule ---- */

struct week_entry {
    struct opening_day days[DAYS];
};

struct dates_entry {
    size_t count;
    struct opening_exception *dates;
};

struct schedule_entry {
    struct yaml_place place;
    struct dims where;
    struct week_entry open;
    const char *holidays;
    struct dates_entry closed, exceptional;
};

/* The openings of one day as written: one interval or a list of them, none: closed. */
static struct opening_day read_intervals(struct yaml_reader *reader, const struct yaml_node *node,
                                         const char *path)
{
    struct opening_day day = {0};
    for (size_t i = 0; i < item_count(node); i++) {
        struct yaml_place place = item_place(reader, node, path, i);
        struct opening_interval interval;
        struct error error = {""};
        if (!schedule_parse_interval(word_of(place.node), &interval, &error) ||
            !schedule_add_interval(&day, interval, &error))
            yaml_error(reader, &place, NULL, "%s", error.text);
    }
    return day;
}

/* Several keys may speak of one day, as long as their hours do not overlap. */
static bool add_hours(struct opening_day *day, const struct opening_day *hours, struct error *error)
{
    for (size_t i = 0; i < hours->count; i++)
        if (!schedule_add_interval(day, hours->intervals[i], error))
            return false;
    return true;
}

static void read_open_days(struct yaml_reader *reader, const struct yaml_place *open, size_t index,
                           struct week_entry *week)
{
    const char *key = open->node->keys[index]->text;
    struct yaml_place place = yaml_place_of(reader, open, key);
    struct error error = {""};
    unsigned weekdays = 0;
    if (!schedule_parse_days(key, &weekdays, &error)) {
        yaml_error(reader, &place, NULL, "%s", error.text);
        return;
    }
    struct opening_day hours = read_intervals(reader, open->node->items[index], place.path);
    for (int day = 0; day < DAYS; day++) {
        if (!(weekdays & 1U << day) || add_hours(&week->days[day], &hours, &error))
            continue;
        yaml_error(reader, &place, NULL, "%s (%s is under another key too); keep one", error.text,
                   day_names[day]);
        return;
    }
}

static void read_open(struct yaml_reader *reader, const struct yaml_node *node, const char *path,
                      void *target)
{
    struct yaml_place place = {.node = node, .path = path};
    if (node->shape != YAML_MAP) {
        yaml_error(reader, &place, NULL, "days and hours are due here, like {mon-fri: [08:30-18:30]}");
        return;
    }
    for (size_t i = 0; i < node->count; i++)
        read_open_days(reader, &place, i, target);
}

static struct opening_exception exception_on(const struct calendar_date *date)
{
    return (struct opening_exception){.year = date->year, .month = date->month, .day = date->day};
}

static void read_closed(struct yaml_reader *reader, const struct yaml_node *node, const char *path,
                        void *target)
{
    struct dates_entry *closed = target;
    closed->dates = arena_take(yaml_arena(reader), item_count(node), sizeof *closed->dates);
    for (size_t i = 0; i < item_count(node); i++) {
        struct yaml_place place = item_place(reader, node, path, i);
        struct calendar_date date;
        if (parse_date(reader, &place, NULL, word_of(place.node), &date))
            closed->dates[closed->count++] = exception_on(&date);
    }
}

static void read_exceptional(struct yaml_reader *reader, const struct yaml_node *node, const char *path,
                             void *target)
{
    struct dates_entry *exceptional = target;
    struct yaml_place place = {.node = node, .path = path};
    if (node->shape != YAML_MAP) {
        yaml_error(reader, &place, NULL, "dates and hours are due here, like {2026-12-27: [10:00-16:00]}");
        return;
    }
    exceptional->dates = arena_take(yaml_arena(reader), node->count, sizeof *exceptional->dates);
    for (size_t i = 0; i < node->count; i++) {
        const char *key = node->keys[i]->text;
        struct calendar_date date;
        if (!parse_date(reader, &place, key, key, &date))
            continue;
        struct opening_exception *exception = &exceptional->dates[exceptional->count++];
        *exception = exception_on(&date);
        exception->hours = read_intervals(reader, node->items[i], yaml_place_of(reader, &place, key).path);
    }
}

static const char *const holidays_choices[] = {"none", "france", "alsace-moselle", NULL};
static const struct schedule_entry schedule_defaults = {.holidays = "none"};

#define INTERVALS                                                                                            \
    "\"additionalProperties\": {\"type\": [\"string\", \"array\"], \"items\": {\"type\": \"string\"}}"
static const char open_schema[] = "\"type\": \"object\", " INTERVALS;
static const char dates_schema[] =
    "\"type\": [\"string\", \"array\"], \"items\": {\"type\": \"string\", \"format\": \"date\"}";

#define AT(member) offsetof(struct schedule_entry, member)
static const struct yaml_field schedule_fields[] = {
    {"where", YAML_KIND_OWN, AT(where), .read = config_read_where, .schema = config_where_schema,
     .help = "for which queue, channel, …; the whole site if not given"},
    {"open", YAML_KIND_OWN, AT(open), .required = true, .read = read_open, .schema = open_schema,
     .help = "hours by days: {mon-fri: [08:30-12:00, 13:30-18:30]}; past midnight: 22:00-06:00"},
    {"holidays", YAML_KIND_CHOICE, AT(holidays), .choices = holidays_choices,
     .help = "public holidays on which it is closed; none if not given"},
    {"closed", YAML_KIND_OWN, AT(closed), .read = read_closed, .schema = dates_schema,
     .help = "dates on which it is closed besides"},
    {"exceptional", YAML_KIND_OWN, AT(exceptional), .read = read_exceptional, .schema = open_schema,
     .help = "hours of single dates, which beat weekdays and holidays: {2026-12-27: [10:00-16:00]}"},
};
#undef AT
const struct yaml_table config_schedule_table = {"a schedule", sizeof(struct schedule_entry),
                                                 &schedule_defaults, schedule_fields, COUNT(schedule_fields)};

/* ---- one schedule ---- */

/* Whether hours are written, right or wrong. */
static bool hours_written(const struct yaml_node *days)
{
    for (size_t i = 0; days && i < days->count; i++)
        if (days->items[i]->shape != YAML_LIST || days->items[i]->count)
            return true;
    return false;
}

static bool never_opens(const struct schedule_entry *entry)
{
    const struct yaml_node *open = yaml_member(entry->place.node, "open");
    return open && open->shape == YAML_MAP && !hours_written(open) &&
           !hours_written(yaml_member(entry->place.node, "exceptional"));
}

/* A night may not run into the hours of the next morning. */
static void check_nights(struct config_reading *reading, const struct schedule_entry *entry)
{
    for (int day = 0; day < DAYS; day++) {
        const struct opening_day *before = &entry->open.days[day],
                                 *after = &entry->open.days[(day + 1) % DAYS];
        if (!before->count || !after->count)
            continue;
        int until = before->intervals[before->count - 1].to_minute - DAY_MINUTES;
        int from = after->intervals[0].from_minute;
        if (until > from)
            yaml_error(reading->yaml, &entry->place, "open",
                       "the night of %s runs until %02d:%02d, but %s opens at %02d:%02d already; let one end "
                       "where the other begins",
                       day_names[day], until / 60, until % 60, day_names[(day + 1) % DAYS], from / 60,
                       from % 60);
    }
}

static bool same_day(const struct opening_exception *a, const struct opening_exception *b)
{
    return a->year == b->year && a->month == b->month && a->day == b->day;
}

static void check_dates(struct config_reading *reading, const struct schedule_entry *entry)
{
    for (size_t i = 0; i < entry->exceptional.count; i++)
        for (size_t j = 0; j < entry->closed.count; j++)
            if (same_day(&entry->exceptional.dates[i], &entry->closed.dates[j]))
                yaml_error(reading->yaml, &entry->place, "exceptional",
                           "%04d-%02d-%02d is closed: as well; leave it out in one of them",
                           entry->closed.dates[j].year, entry->closed.dates[j].month,
                           entry->closed.dates[j].day);
}

static void check_schedule(struct config_reading *reading, const struct schedule_entry *all, size_t index)
{
    const struct schedule_entry *entry = &all[index];
    if (never_opens(entry))
        yaml_warning(reading->yaml, &entry->place, "open",
                     "it never opens: its tiles will always say closed; write hours, or leave it out");
    check_nights(reading, entry);
    check_dates(reading, entry);
    for (size_t i = 0; i < index; i++)
        if (dims_equal(&all[i].where, &entry->where))
            yaml_warning(reading->yaml, &entry->place, NULL,
                         "schedules[%zu] is for the same; only the last one counts, make them one", i);
}

/* Closed dates and exceptional ones in one list. */
static void join_dates(struct config_reading *reading, const struct schedule_entry *entry,
                       struct opening_hours *hours)
{
    size_t count = entry->closed.count + entry->exceptional.count;
    struct opening_exception *dates = arena_take(reading->config->arena, count, sizeof *dates);
    for (size_t i = 0; i < entry->closed.count; i++)
        dates[i] = entry->closed.dates[i];
    for (size_t i = 0; i < entry->exceptional.count; i++)
        dates[entry->closed.count + i] = entry->exceptional.dates[i];
    hours->exceptions = dates;
    hours->exception_count = count;
}

static struct opening_hours make_hours(struct config_reading *reading, const struct schedule_entry *entry)
{
    struct opening_hours hours = {.where = entry->where};
    for (int day = 0; day < DAYS; day++)
        hours.week[day] = entry->open.days[day];
    holidays_parse(entry->holidays, &hours.holidays);
    join_dates(reading, entry, &hours);
    return hours;
}

/* ---- schedules: ---- */

void config_schedules_build(struct config_reading *reading, const struct yaml_list *entries)
{
    const struct schedule_entry *all = entries->items;
    struct opening_hours *schedules = arena_take(reading->config->arena, entries->count, sizeof *schedules);
    for (size_t i = 0; i < entries->count; i++) {
        check_schedule(reading, all, i);
        schedules[i] = make_hours(reading, &all[i]);
    }
    reading->config->board.schedules = schedules;
    reading->config->board.schedule_count = entries->count;
}

void config_schedules_check(struct config_reading *reading, const struct yaml_list *entries)
{
    const struct board_settings *board = &reading->config->board;
    const struct schedule_entry *all = entries->items;
    for (size_t i = 0; board->page_count && i < board->schedule_count; i++)
        if (!config_shown_where(reading, NULL, &board->schedules[i].where))
            yaml_warning(
                reading->yaml, &all[i].place, "where",
                "no tile is limited to this; the hours count only for totals that have it as a part");
}

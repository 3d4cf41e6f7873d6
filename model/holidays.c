#include "model/holidays.h"

#include <stddef.h>

#include "base/text.h"

struct holiday_row {
    int month, day;      /* of a fixed date; month 0: days after Easter Sunday in `day` */
    enum holidays first; /* the smallest set that has it */
    const char *name[LANGUAGE_COUNT];
};

static const struct holiday_row rows[] = {
    {1, 1, HOLIDAYS_FRANCE, {"Jour de l'An", "New Year's Day"}},
    {0, -2, HOLIDAYS_ALSACE_MOSELLE, {"Vendredi saint", "Good Friday"}},
    {0, 1, HOLIDAYS_FRANCE, {"Lundi de Pâques", "Easter Monday"}},
    {5, 1, HOLIDAYS_FRANCE, {"Fête du Travail", "Labour Day"}},
    {5, 8, HOLIDAYS_FRANCE, {"Victoire de 1945", "Victory Day"}},
    {0, 39, HOLIDAYS_FRANCE, {"Ascension", "Ascension Day"}},
    {0, 50, HOLIDAYS_FRANCE, {"Lundi de Pentecôte", "Whit Monday"}},
    {7, 14, HOLIDAYS_FRANCE, {"Fête nationale", "Bastille Day"}},
    {8, 15, HOLIDAYS_FRANCE, {"Assomption", "Assumption"}},
    {11, 1, HOLIDAYS_FRANCE, {"Toussaint", "All Saints' Day"}},
    {11, 11, HOLIDAYS_FRANCE, {"Armistice de 1918", "Armistice Day"}},
    {12, 25, HOLIDAYS_FRANCE, {"Noël", "Christmas Day"}},
    {12, 26, HOLIDAYS_ALSACE_MOSELLE, {"Saint-Étienne", "St Stephen's Day"}},
};

bool holidays_parse(const char *name, enum holidays *holidays)
{
    static const char *const names[HOLIDAYS_COUNT] = {"none", "france", "alsace-moselle"};
    int found = text_index(name, names, HOLIDAYS_COUNT);
    if (found >= 0)
        *holidays = (enum holidays)found;
    return found >= 0;
}

/* The moon's 19-year cycle, the leap years of centuries and the weekday, in integers alone. */
void holidays_easter(int year, int *month, int *day)
{
    int cycle = year % 19, century = year / 100, rest = year % 100;
    int moon_shift = (century - (century + 8) / 25 + 1) / 3;
    int full_moon = (19 * cycle + century - century / 4 - moon_shift + 15) % 30;
    int weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - full_moon - rest % 4) % 7;
    int late = (cycle + 11 * full_moon + 22 * weekday) / 451;
    int sum = full_moon + weekday - 7 * late + 114;
    *month = sum / 31;
    *day = sum % 31 + 1;
}

/* Days from 1 March: from there to Easter and Whitsun no leap day comes between. */
static int day_of_spring(int month, int day)
{
    static const int before[] = {0, 31, 61, 92, 122};
    return month >= 3 && month <= 7 ? before[month - 3] + day : -1000;
}

static bool falls_on(const struct holiday_row *row, int year, int month, int day)
{
    if (row->month)
        return row->month == month && row->day == day;
    int easter_month, easter_day;
    holidays_easter(year, &easter_month, &easter_day);
    return day_of_spring(month, day) == day_of_spring(easter_month, easter_day) + row->day;
}

const char *holiday_name(enum holidays holidays, int year, int month, int day, enum language language)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].first <= holidays && falls_on(&rows[i], year, month, day))
            return rows[i].name[language];
    return NULL;
}

/* Texts that mean a number, a time, a size. */
#include "base/yaml.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char blanks[] = " \t";

/* strtod() knows more than people write (nan, inf, 0x1p3): only digits, a point, an exponent begin one. */
static bool begins_number(const char *text)
{
    if (*text == '+' || *text == '-')
        text++;
    if (*text == '0' && (text[1] == 'x' || text[1] == 'X'))
        return false;
    return (*text >= '0' && *text <= '9') || (*text == '.' && text[1] >= '0' && text[1] <= '9');
}

static bool leading_number(const char **text, double *value)
{
    if (!begins_number(*text))
        return false;
    char *end;
    double number = strtod(*text, &end);
    if (!isfinite(number))
        return false;
    *value = number;
    *text = end + strspn(end, blanks);
    return true;
}

bool yaml_parse_number(const char *text, double *value)
{
    double number;
    if (!leading_number(&text, &number) || *text)
        return false;
    *value = number;
    return true;
}

static const struct {
    const char *name;
    double ms;
} duration_units[] = {
    {"ms", 1},      {"s", 1000},     {"min", 60000},  {"m", 60000},
    {"h", 3600000}, {"d", 86400000}, {"j", 86400000}, {"w", 604800000},
};

static bool leading_unit(const char **text, double *ms)
{
    for (size_t i = 0; i < sizeof duration_units / sizeof *duration_units; i++) {
        size_t length = strlen(duration_units[i].name);
        if (strncmp(*text, duration_units[i].name, length) != 0)
            continue;
        *ms = duration_units[i].ms;
        *text += length;
        *text += strspn(*text, blanks);
        return true;
    }
    return false;
}

bool yaml_parse_duration(const char *text, int64_t *duration_ms)
{
    const double longest_ms = 10.0 * 366 * 86400000;
    double bare_s, sum_ms = 0;
    if (yaml_parse_number(text, &bare_s)) {
        sum_ms = bare_s * 1000;
        text = "";
    }
    while (*text) {
        double number, unit_ms;
        if (!leading_number(&text, &number) || !leading_unit(&text, &unit_ms))
            return false;
        sum_ms += number * unit_ms;
    }
    if (!(fabs(sum_ms) <= longest_ms))
        return false;
    *duration_ms = llround(sum_ms);
    return true;
}

bool yaml_parse_quantity(const char *text, double *value, enum yaml_unit *unit)
{
    const char *rest = text;
    if (!leading_number(&rest, value))
        return false;
    *unit = YAML_UNIT_BARE;
    if (*rest == '\0')
        return true;
    if (*rest == '%') {
        *unit = YAML_UNIT_PERCENT;
        return rest[1 + strspn(rest + 1, blanks)] == '\0';
    }
    int64_t duration_ms;
    if (!yaml_parse_duration(text, &duration_ms))
        return false;
    *unit = YAML_UNIT_SECONDS;
    *value = (double)duration_ms / 1000;
    return true;
}

static bool leading_whole(const char **text, int *value)
{
    size_t digits = strspn(*text, "0123456789");
    if (digits < 1 || digits > 4)
        return false;
    *value = atoi(*text);
    *text += digits;
    *text += strspn(*text, blanks);
    return true;
}

bool yaml_parse_size(const char *text, struct yaml_size *size)
{
    static const char times[] = "×";
    struct yaml_size read = {0};
    if (!leading_whole(&text, &read.columns))
        return false;
    if (*text == 'x' || *text == 'X')
        text++;
    else if (text_starts_with(text, times))
        text += sizeof times - 1;
    else
        return false;
    text += strspn(text, blanks);
    if (!leading_whole(&text, &read.rows) || *text)
        return false;
    *size = read;
    return true;
}

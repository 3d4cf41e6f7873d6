#include "fetch/limits.h"

#include <math.h>
#include <stddef.h>
#include <time.h>

#include "base/yaml.h"

enum { DAY_MS = 86400000 };

/* As HTTP writes dates, and wrote them once (RFC 9110, 5.6.7). */
static const char *const date_forms[] = {"%a, %d %b %Y %H:%M:%S GMT", "%a, %d-%b-%y %H:%M:%S GMT",
                                         "%a %b %d %H:%M:%S %Y"};

static bool has_form(const char *text, const char *form, struct tm *date)
{
    *date = (struct tm){0};
    const char *end = strptime(text, form, date);
    return end && !*end;
}

/* Not by curl_getdate(): on a 32-bit Debian 12 libcurl's time_t is half as wide as ours. */
bool limits_read_date(const char *text, int64_t *wall_ms)
{
    for (size_t i = 0; text && i < sizeof date_forms / sizeof *date_forms; i++) {
        struct tm date;
        int64_t seconds = has_form(text, date_forms[i], &date) ? (int64_t)timegm(&date) : 0;
        if (seconds <= 0)
            continue;
        *wall_ms = seconds * 1000;
        return true;
    }
    return false;
}

/* What is past asks for no wait; what is too far is a day. */
static int64_t sensible_ms(double wait_ms)
{
    if (!(wait_ms > 0))
        return 0;
    return wait_ms < DAY_MS ? (int64_t)ceil(wait_ms) : DAY_MS;
}

static int64_t from_retry_after(const char *text, int64_t server_ms)
{
    double seconds;
    int64_t until_ms;
    if (yaml_parse_number(text, &seconds))
        return sensible_ms(seconds * 1000);
    return limits_read_date(text, &until_ms) ? sensible_ms((double)until_ms - (double)server_ms) : 0;
}

static int64_t from_vendor(const char *text, enum limit_meaning meaning, int64_t server_ms)
{
    double number;
    if (!yaml_parse_number(text, &number))
        return 0;
    return sensible_ms(meaning == LIMIT_EPOCH ? number * 1000 - (double)server_ms : number * 1000);
}

int64_t limits_wait_ms(const struct limit_words *words, enum limit_meaning meaning, int64_t now_wall_ms)
{
    int64_t server_ms = now_wall_ms;
    limits_read_date(words->date, &server_ms);
    int64_t wait_ms = words->retry_after ? from_retry_after(words->retry_after, server_ms) : 0;
    return wait_ms || !words->vendor ? wait_ms : from_vendor(words->vendor, meaning, server_ms);
}

#include "base/csv.h"

/* Copies what stands in quotes to `*to`; gives what comes behind the closing one. */
static char *take_quoted(char *from, char **to)
{
    while (*from) {
        if (*from == '"' && *++from != '"')
            return from;
        *(*to)++ = *from++;
    }
    return from;
}

static char *take_plain(char *from, char **to)
{
    while (*from && *from != ',' && *from != '\n')
        *(*to)++ = *from++;
    return from;
}

bool csv_next_cell(char **rest, char **cell)
{
    char *from = *rest, *to = *cell = from;
    if (*from == '"')
        from = take_quoted(from + 1, &to);
    from = take_plain(from, &to);
    char end = *from;
    if (end == '\n' && to > *cell && to[-1] == '\r')
        to--;
    *to = '\0';
    *rest = end ? from + 1 : from;
    return end == ',';
}

#include "base/chance.h"

#include <sys/random.h>
#include <time.h>

#include "base/text.h"

enum { MOST_ID_BYTES = 256 };

uint32_t chance_of_machine(const char *machine_id, int64_t moment_ns)
{
    uint64_t hash = 1469598103934665603U ^ (uint64_t)moment_ns;
    for (; *machine_id; machine_id++)
        hash = (hash ^ (unsigned char)*machine_id) * 1099511628211U;
    return (uint32_t)(hash ^ hash >> 32) | 1;
}

/* A Pi without a clock and without noise starts with the same moment as its neighbours: its identity differs.
 */
static uint32_t draw_from_machine(void)
{
    struct timespec moment = {0};
    struct text id = {0};
    text_read_file(&id, "/etc/machine-id", MOST_ID_BYTES);
    clock_gettime(CLOCK_MONOTONIC, &moment);
    uint32_t drawn = chance_of_machine(text_bytes(&id), moment.tv_nsec);
    text_finish(&id);
    return drawn;
}

uint32_t chance_draw(void)
{
    uint32_t drawn;
    if (getrandom(&drawn, sizeof drawn, GRND_NONBLOCK) != (ssize_t)sizeof drawn)
        return draw_from_machine();
    return drawn ? drawn : 1;
}

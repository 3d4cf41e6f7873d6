/*
 * Whether the wall grows: days of updates and page turns in minutes, see tests/soak_kit.h.
 *
 * usage: bench_soak [UPDATES]       100,000 by default, one each 5 s of the wall's time: 5.8 days
 */

#include <stdio.h>
#include <unistd.h>

#include "tests/soak_kit.h"

enum { STEP_MS = 5000, HOUR_STEPS = 3600000 / STEP_MS, ROWS = 8 };

struct reading {
    double hours, heap_kib, rss_kib;
    int fds;
};

static double rss_kib(void)
{
    struct text text = {0};
    long pages = 0;
    if (text_read_file(&text, "/proc/self/statm", 4096))
        sscanf(text_bytes(&text), "%*s %ld", &pages);
    text_finish(&text);
    return (double)pages * (double)sysconf(_SC_PAGESIZE) / 1024;
}

static int fd_count(void)
{
    int count = 0;
    DIR *folder = opendir("/proc/self/fd");
    while (folder && readdir(folder))
        count++;
    if (folder)
        closedir(folder);
    return count - 3; /* ".", ".." and the folder itself */
}

static struct reading take_reading(long step)
{
    return (struct reading){(double)step / HOUR_STEPS, (double)soak_heap_bytes() / 1024, rss_kib(),
                            fd_count()};
}

static void print(const struct reading *reading)
{
    printf("  after %6.1f h: heap %8.0f KiB   RSS %8.0f KiB   %d descriptors\n", reading->hours,
           reading->heap_kib, reading->rss_kib, reading->fds);
    fflush(stdout);
}

/* From the second day on, when every curve is as long as it ever gets. */
static void print_slope(const struct reading *from, const struct reading *to, long drawn)
{
    double days = (to->hours - from->hours) / 24;
    printf("  slope over the last %.1f days: heap %+.1f KiB a day, RSS %+.1f KiB a day, %+d descriptors; "
           "%ld pictures\n",
           days, (to->heap_kib - from->heap_kib) / days, (to->rss_kib - from->rss_kib) / days,
           to->fds - from->fds, drawn);
}

int main(int count, char **arguments)
{
    long updates = count > 1 ? strtol(arguments[1], NULL, 10) : 100000;
    struct soak soak;
    struct error error = {""};
    struct reading from = {0}, to = {0};
    if (!soak_init(&soak, config_read("assets/boards/plateau.yaml"), 960, 540, STEP_MS, &error)) {
        fprintf(stderr, "bench_soak: %s\n", error.text);
        return 1;
    }
    for (long step = 0; step < updates; step++) {
        soak_step(&soak, step);
        if ((step + 1) % (updates / ROWS) != 0 && step + 1 != HOUR_STEPS)
            continue;
        to = take_reading(step + 1);
        print(&to);
        if (from.hours < 24)
            from = to;
    }
    print_slope(&from, &to, soak.drawn);
    soak_finish(&soak);
    return 0;
}

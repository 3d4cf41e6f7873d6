#include "model/windows.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/memory.h"

static const struct {
    enum period period;
    int minutes;
} WINDOWS[WINDOWS_COUNT] = {{PERIOD_15M, 15}, {PERIOD_30M, 30}, {PERIOD_60M, 60}};

static const int64_t POINT_EVERY_MS = 60000;
static const int64_t LATE_MIDNIGHT_MS = 600000;
static const double CORRECTION_SHARE = 0.9; /* what is left after a correction, at least */
static const double CORRECTION_LEAST = 20;  /* a counter under this that goes down has restarted */

/* The total at one moment. */
struct point {
    int64_t at_ms; /* monotonic */
    double total;
};

struct window_ring {
    bool started;
    double last;  /* as the source said */
    double total; /* since the first news, without restarts */
    int64_t last_ms, last_wall_ms;
    size_t capacity, count, end; /* of the points; `end` is the place behind the newest */
    struct point points[];
};

int windows_index(enum period period)
{
    for (int i = 0; i < WINDOWS_COUNT; i++)
        if (WINDOWS[i].period == period)
            return i;
    return -1;
}

enum period windows_period(int window)
{
    return WINDOWS[window].period;
}

struct window_ring *window_ring_create(unsigned windows)
{
    int minutes = 0;
    for (int i = 0; i < WINDOWS_COUNT; i++)
        if (windows & (1u << i))
            minutes = WINDOWS[i].minutes;
    size_t capacity = (size_t)minutes + 3;
    struct window_ring *ring = memory_resize(NULL, 1, sizeof *ring + capacity * sizeof *ring->points);
    *ring = (struct window_ring){.capacity = capacity};
    return ring;
}

void window_ring_destroy(struct window_ring *ring)
{
    free(ring);
}

/* ---- gathering ---- */

static void keep_point(struct window_ring *ring, int64_t at_ms)
{
    ring->points[ring->end] = (struct point){at_ms, ring->total};
    ring->end = (ring->end + 1) % ring->capacity;
    if (ring->count < ring->capacity)
        ring->count++;
}

/* Points from the newest (0) back. */
static const struct point *point_back(const struct window_ring *ring, size_t back)
{
    return &ring->points[(ring->end + ring->capacity - 1 - back) % ring->capacity];
}

static bool midnight_is_sure(const struct window_moment *moment)
{
    return moment->wall_ms - moment->midnight_wall_ms >= LATE_MIDNIGHT_MS;
}

/* The first news says nothing about when it was counted, but that it was after midnight. */
static void start(struct window_ring *ring, double value, const struct window_moment *moment)
{
    ring->started = true;
    if (midnight_is_sure(moment)) {
        keep_point(ring, moment->monotonic_ms - (moment->wall_ms - moment->midnight_wall_ms));
        ring->total = value;
    }
    keep_point(ring, moment->monotonic_ms);
}

static bool is_restart(double last, double value)
{
    return value < last && !(last >= CORRECTION_LEAST && value >= CORRECTION_SHARE * last);
}

static double rise(const struct window_ring *ring, double value, const struct window_moment *moment)
{
    bool new_day = ring->last_wall_ms < moment->midnight_wall_ms && midnight_is_sure(moment);
    return new_day || is_restart(ring->last, value) ? value : value - ring->last;
}

void window_ring_put(struct window_ring *ring, double value, const struct window_moment *moment)
{
    if (isnan(value) || (ring->started && moment->monotonic_ms < ring->last_ms))
        return;
    if (!ring->started)
        start(ring, value, moment);
    else
        ring->total += rise(ring, value, moment);
    ring->last = value;
    ring->last_ms = moment->monotonic_ms;
    ring->last_wall_ms = moment->wall_ms;
    if (moment->monotonic_ms - point_back(ring, 0)->at_ms >= POINT_EVERY_MS)
        keep_point(ring, moment->monotonic_ms);
}

/* ---- asking ---- */

/* The newest point that lies a window back; where that is too far back, the one behind it. */
static const struct point *beginning(const struct window_ring *ring, int64_t window_ms)
{
    const struct point *after = NULL;
    for (size_t back = 0; back < ring->count; back++) {
        const struct point *point = point_back(ring, back);
        int64_t covered_ms = ring->last_ms - point->at_ms;
        if (covered_ms >= window_ms - POINT_EVERY_MS / 2)
            return covered_ms <= window_ms + window_ms / 4 ? point : after;
        after = point;
    }
    return after;
}

struct window_sum window_ring_sum(const struct window_ring *ring, int window)
{
    int64_t window_ms = (int64_t)WINDOWS[window].minutes * 60000;
    const struct point *from = beginning(ring, window_ms);
    if (!from || 2 * (ring->last_ms - from->at_ms) < window_ms)
        return (struct window_sum){NAN, 0};
    double value = ring->total - from->total;
    int64_t covered_ms = ring->last_ms - from->at_ms;
    bool full = covered_ms >= window_ms - POINT_EVERY_MS / 2;
    return (struct window_sum){value < 0 ? NAN : value, full ? 0 : (double)covered_ms};
}

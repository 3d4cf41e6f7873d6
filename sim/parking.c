#include "sim/parking.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"

static const int64_t never_ms = INT64_MAX;

struct parked {
    struct MHD_Connection *connection;
    int64_t until_ms; /* monotonic */
    struct parked *next;
};

struct parking {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    pthread_t thread;
    bool closed, joined;
    struct parked *first;
};

/* Lets go whose time has come; gives when the next one's comes. The mutex is held. */
static int64_t release_due(struct parking *parking, int64_t now_ms)
{
    int64_t next_ms = never_ms;
    struct parked **link = &parking->first;
    while (*link) {
        struct parked *parked = *link;
        if (parked->until_ms > now_ms) {
            next_ms = parked->until_ms < next_ms ? parked->until_ms : next_ms;
            link = &parked->next;
            continue;
        }
        *link = parked->next;
        MHD_resume_connection(parked->connection);
        free(parked);
    }
    return next_ms;
}

static void sleep_until(struct parking *parking, int64_t until_ms)
{
    if (until_ms == never_ms) {
        pthread_cond_wait(&parking->changed, &parking->mutex);
        return;
    }
    struct timespec until = {.tv_sec = (time_t)(until_ms / 1000),
                             .tv_nsec = (long)(until_ms % 1000) * 1000000};
    pthread_cond_timedwait(&parking->changed, &parking->mutex, &until);
}

static void *watch(void *argument)
{
    struct parking *parking = argument;
    pthread_mutex_lock(&parking->mutex);
    while (!parking->closed)
        sleep_until(parking, release_due(parking, clock_monotonic_ms()));
    release_due(parking, never_ms);
    pthread_mutex_unlock(&parking->mutex);
    return NULL;
}

struct parking *parking_create(void)
{
    struct parking *parking = memory_create(1, sizeof *parking);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_mutex_init(&parking->mutex, NULL);
    pthread_cond_init(&parking->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    if (pthread_create(&parking->thread, NULL, watch, parking) != 0)
        abort(); /* no memory for a thread */
    return parking;
}

bool parking_take(struct parking *parking, struct MHD_Connection *connection, int64_t for_ms)
{
    pthread_mutex_lock(&parking->mutex);
    bool taken = !parking->closed;
    if (taken) {
        struct parked *parked = memory_create(1, sizeof *parked);
        parked->connection = connection;
        parked->until_ms = for_ms < 0 ? never_ms : clock_monotonic_ms() + for_ms;
        parked->next = parking->first;
        parking->first = parked;
        MHD_suspend_connection(connection);
        pthread_cond_signal(&parking->changed);
    }
    pthread_mutex_unlock(&parking->mutex);
    return taken;
}

void parking_close(struct parking *parking)
{
    if (!parking || parking->joined)
        return;
    pthread_mutex_lock(&parking->mutex);
    parking->closed = true;
    pthread_cond_signal(&parking->changed);
    pthread_mutex_unlock(&parking->mutex);
    pthread_join(parking->thread, NULL);
    parking->joined = true;
}

void parking_destroy(struct parking *parking)
{
    if (!parking)
        return;
    parking_close(parking);
    pthread_cond_destroy(&parking->changed);
    pthread_mutex_destroy(&parking->mutex);
    free(parking);
}

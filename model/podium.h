#ifndef MODEL_PODIUM_H
#define MODEL_PODIUM_H

/*
 * The ranking of agents who asked for one (P08 to P10): the only place where a figure of a single person is
 * looked at.
 *
 * A week's figures of those on the opt-in list are kept until the week is over, then their order until the
 * next week is over: in this memory and nowhere else. What Monday shows is last week's, and it stays for the
 * week. Figures belong to the week of their source's own time, so that a source may also send the week that
 * is over. Whoever is not on the list never gets in, and whoever leaves it is gone at once; others keep their
 * order. Outside the agreement of the employer (P08) everything is dropped.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/now.h"
#include "model/catalogue.h"
#include "model/leaderboard.h"
#include "model/privacy.h"
#include "model/sample.h"
#include "model/snapshot.h"

enum { PODIUM_PARTICIPANTS_MAX = 500 };

/* Somebody who wants to take part. */
struct podium_participant {
    const char *agent; /* as the source calls them: never shown, logged or stored */
    const char *pseudonym;
};

/* The opt-in list; zeroed: it could not be read, so nobody takes part. */
struct podium_list {
    bool read;
    size_t count;
    const struct podium_participant *participants;
};

/* Borrowed for as long as the podium lives; the list is copied. */
struct podium_settings {
    struct privacy_agreement agreement;
    size_t kpi_count; /* LEADERBOARD_MEASURES_MAX at most */
    const struct kpi *const *kpis;
    struct podium_list list;
};

struct podium;

struct podium *podium_create(const struct catalogue *catalogue, const struct podium_settings *settings);
void podium_destroy(struct podium *podium);

/* Another list. Whoever is not on it any more is forgotten; whoever is new takes part from this week on. */
void podium_set_list(struct podium *podium, const struct podium_list *list);

/* Goes on where `before` stood, whose settings were read anew. `same_sources`: they are numbered alike. */
void podium_take_over(struct podium *podium, const struct podium *before, bool same_sources);

/* A source's answer; samples of agents over a week are looked at, the others left alone. */
void podium_hear(struct podium *podium, size_t source, const struct sample_document *document,
                 int64_t figures_wall_ms, struct now now);

/* What a board knows of the moment. */
struct podium_moment {
    bool all_heard;     /* every source has answered or failed: before that nobody is ranked */
    bool clock_trusted; /* else neither the week nor the expiry can be told */
    struct now now;
};

/* Weeks end, agreements expire. True if something else is shown because of it. */
bool podium_tick(struct podium *podium, const struct podium_moment *moment);

/* Drops all figures and places. */
void podium_forget(struct podium *podium);

/* Pseudonyms of three places at most. */
const struct snapshot_podium *podium_snapshot(struct arena *arena, const struct podium *podium);

#endif

#ifndef SIM_SIMULATOR_H
#define SIM_SIMULATOR_H

/*
 * A contact centre that is not there: a French weekday by discrete events. Calls and chats arrive
 * (Poisson, by quarter of an hour), wait, are answered or give up; agents talk, wrap up, take
 * breaks. The same scenario and seed give the same day, event by event, on every machine.
 *
 * Time inside is the site's own day, in milliseconds since its midnight; who calls says how far it
 * has come.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

struct simulator;

/* NULL: no such scenario; the error lists those there are. The caller owns it. */
struct simulator *simulator_create(const char *scenario, uint64_t seed, struct error *error);
void simulator_destroy(struct simulator *simulator);

/* Another one of the same past, which costs next to nothing, while the weeks before the first day cost half a
 * billion instructions. The caller owns it. */
struct simulator *simulator_copy(const struct simulator *simulator);

/* Lets the day run up to this moment; earlier moments than the last are ignored. */
void simulator_advance(struct simulator *simulator, int64_t day_ms);

/*
 * The floor at this moment, in three shapes, appended to `out`. `at_s` is the real time (epoch
 * seconds) that the answer gives as its own, where that shape has one. The agents' week is the one before.
 */
void simulator_write_canonical(struct simulator *simulator, double at_s, struct text *out);
void simulator_write_agents_week(const struct simulator *simulator, double at_s, struct text *out);
void simulator_write_zendesk_queue(struct simulator *simulator, struct text *out);
void simulator_write_zendesk_account(struct simulator *simulator, double at_s, struct text *out);
void simulator_write_zendesk_agents(struct simulator *simulator, struct text *out);
void simulator_write_genesys_observations(struct simulator *simulator, double at_s, struct text *out);
/* window_s: the last so many seconds, 0 for today */
void simulator_write_genesys_aggregates(struct simulator *simulator, double at_s, int64_t window_s,
                                        struct text *out);

#endif
